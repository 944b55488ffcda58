"""Take back: an iteration, or all that a session committed, because a person says so."""

from __future__ import annotations

from itc_tui.domain import commit_messages
from itc_tui.domain.events import ChangeReverted
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import CommitNote, State
from itc_tui.domain.undoing import commits_to_undo, is_half_done, rollback_step, undone
from itc_tui.phases.persist import write_down
from itc_tui.ports import Clock, Commit, Repository, SessionStore, Steps


def take_back(
    state: State, iteration: int, repository: Repository, store: SessionStore, clock: Clock
) -> Steps[int]:
    """How many commits, the newest first; 0 is the whole session.

    Each is written down before the next one begins: cut short, it goes on when asked again.
    """
    if is_half_done(state):
        # As the session itself would do first when it goes on.
        repository.restore(repository.owned_paths())
    notes = commits_to_undo(state, iteration)
    for note in notes:
        revert = repository.revert(
            as_commit(note),
            commit_messages.taken_back(note.message),
            state.session_id,
            rollback_step(note),
        )
        told = CommitNote(
            step=revert.step, iteration=note.iteration, sha=revert.sha, message=revert.message
        )
        after = undone(state, note, told, timestamp(clock.now()))
        for event in write_down(state, after, store):
            yield store.record(event)
        state = after
        yield store.record(
            ChangeReverted(
                iteration=note.iteration, sha=revert.sha, reason="taken back by a person"
            )
        )
    return len(notes)


def as_commit(note: CommitNote) -> Commit:
    return Commit(sha=note.sha, message=note.message, step=note.step)

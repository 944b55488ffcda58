"""Taking back an iteration or a whole session: which commits, and what the state says after."""

from __future__ import annotations

from itc_tui.domain.state import CommitNote, State


def commits_to_undo(state: State, iteration: int) -> tuple[CommitNote, ...]:
    """The newest first; iteration 0 means the whole session, its developed tests included."""
    taken_back = {
        note.step.removeprefix("rollback-")
        for note in state.commits
        if note.step.startswith("rollback-")
    }
    standing = [
        note
        for note in state.commits
        if not note.step.startswith("rollback-") and _name(note) not in taken_back
    ]
    if iteration:
        standing = [note for note in standing if note.step == f"keep-{iteration}"]
    return tuple(reversed(standing))


def undone(state: State, note: CommitNote, revert: CommitNote) -> State:
    """The state after one commit of ours was taken back."""
    history = tuple(
        entry.but(reverted_by=revert.sha) if entry.commit == note.sha else entry
        for entry in state.iterations.history
    )
    fixes = tuple(
        fix.but(outcome="reverted")
        if note.step == f"keep-{fix.iteration}" and fix.outcome == "kept"
        else fix
        for fix in state.fix_history
    )
    return state.but(
        iterations=state.iterations.but(history=history),
        fix_history=fixes,
        commits=(*state.commits, revert),
    )


def rollback_step(note: CommitNote) -> str:
    return f"rollback-{_name(note)}"


def _name(note: CommitNote) -> str:
    return note.step.removeprefix("keep-")

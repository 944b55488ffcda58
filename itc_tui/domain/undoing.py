"""Taking back an iteration or a whole session: which commits, and what the state says after."""

from __future__ import annotations

from itc_tui.domain.iterations import FixEntry, Iterations
from itc_tui.domain.state import CommitNote, State, TakenBack
from itc_tui.domain.words import Phase, Step

_LEANS_ON_NOTHING = (Step.TEST, Step.KEEP)
"""Where a session goes on as it is: it measures first, or as soon as its gain is committed."""


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
        # A session that was extended counts its iterations anew.
        standing = [note for note in standing if note.iteration == iteration][-1:]
    return tuple(reversed(standing))


def undone(state: State, note: CommitNote, revert: CommitNote, at: str) -> State:
    """The state after a person took back one commit of ours: what it measured is of before."""
    history = tuple(
        entry.but(reverted_by=revert.sha) if entry.commit == note.sha else entry
        for entry in state.iterations.history
    )
    known = state.taken_back or TakenBack()
    return state.but(
        iterations=state.iterations.but(history=history),
        fix_history=_without_gain(state, note),
        commits=(*state.commits, revert),
        taken_back=TakenBack(
            at=at,
            iterations=tuple(sorted({*known.iterations, note.iteration})),
            commits=(*known.commits, revert.sha),
        ),
    )


def going_on(state: State) -> State:
    """Where a session stands of which something was taken back: it judges nothing by old results.

    Without its tests it has only its plan, and writes them anew.
    """
    if state.taken_back is None or state.phase not in (Phase.DEVELOPED, Phase.ITERATING):
        return state
    if state.taken_back.is_everything:
        return _anew(state)
    if state.iterations.standing in _LEANS_ON_NOTHING:
        return state
    return _measuring_first(state)


def again(state: State) -> State:
    """A completed session of which something was taken back: as if it had not come to its end."""
    state = state.but(summary=None, phase=Phase.ITERATING)
    is_everything = state.taken_back is not None and state.taken_back.is_everything
    return _anew(state) if is_everything else _measuring_first(state)


def _anew(state: State) -> State:
    gone = without_tests(state)
    return gone.but(phase=Phase.DESIGNED, iterations=Iterations(), fix_history=())


def _measuring_first(state: State) -> State:
    return state.but(iterations=state.iterations.at(Step.TEST, stop_because=""))


def without_tests(state: State) -> State:
    """What was written and is taken back is not counted among what there is."""
    is_gone = state.taken_back is not None and state.taken_back.is_everything
    return state.but(test_inventory=None, awaits_commit=False) if is_gone else state


def is_half_done(state: State) -> bool:
    """A fix was being tried; what it left in the tree belongs to nobody yet."""
    return state.phase is Phase.ITERATING and state.iterations.standing is Step.FIX


def rollback_step(note: CommitNote) -> str:
    return f"rollback-{_name(note)}"


def unused_step(state: State, step: str) -> str:
    """That name, or another where a commit has it: an extended session counts anew."""
    names = {note.step for note in state.commits}
    name, number = step, 2
    while name in names:
        name, number = f"{step}-again-{number}", number + 1
    return name


def _without_gain(state: State, note: CommitNote) -> tuple[FixEntry, ...]:
    fixes = list(state.fix_history)
    for place, fix in reversed(list(enumerate(fixes))):
        if note.iteration and fix.iteration == note.iteration and fix.outcome == "kept":
            fixes[place] = fix.but(outcome="reverted")
            break
    return tuple(fixes)


def _name(note: CommitNote) -> str:
    return note.step.removeprefix("keep-")

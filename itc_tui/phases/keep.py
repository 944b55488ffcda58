"""Keep or take back: what git does with an iteration's change."""

from __future__ import annotations

from itc_tui.domain import commit_messages
from itc_tui.domain.events import ChangeKept, ChangeReverted, Noted
from itc_tui.domain.iterations import HistoryEntry
from itc_tui.domain.results import Results
from itc_tui.domain.state import CommitNote, State
from itc_tui.domain.undoing import rollback_step, unused_step
from itc_tui.ports import Commit, Steps, World


def keep_development(state: State, world: World) -> Steps[State]:
    """Commit the developed tests, and nothing else."""
    inventory = state.test_inventory
    step = unused_step(state, f"develop-{len(inventory.cases)}" if inventory else "develop")
    message = commit_messages.development(state.module)
    commit = world.repository.keep(world.repository.owned_paths(), message, state.session_id, step)
    if commit is None:
        yield Noted(text="There was nothing to commit after development.", level="warning")
        return state
    yield ChangeKept(iteration=0, sha=commit.sha, message=commit.message)
    yield from _warnings(commit)
    return _noted(state, commit, 0)


def keep_gain(state: State, world: World) -> Steps[State]:
    """Commit an iteration's change that let more cases pass."""
    iterations = state.iterations
    *earlier, entry = iterations.history
    fix = state.fix_history[-1]
    new_rate = (iterations.latest_results or Results()).pass_rate
    commit = world.repository.keep(
        world.repository.owned_paths(),
        commit_messages.gain(entry.iteration, fix.strategy, entry.pass_rate, new_rate),
        state.session_id,
        unused_step(state, f"keep-{entry.iteration}"),
    )
    if commit is None:
        # Nothing of it stands any more: it was taken back, and the process killed at that moment.
        return state.but(fix_history=(*state.fix_history[:-1], fix.but(outcome="undone")))
    kept = fix.but(outcome="kept")
    flaky = tuple(one for one in state.flaky if one.test not in fix.affected_tests)
    state = state.but(fix_history=(*state.fix_history[:-1], kept), flaky=flaky)
    yield ChangeKept(
        iteration=entry.iteration,
        sha=commit.sha,
        message=commit.message,
        old_rate=entry.pass_rate,
        new_rate=new_rate,
    )
    yield from _warnings(commit)
    history = (*earlier, entry.but(commit=commit.sha))
    return _noted(state.but(iterations=iterations.but(history=history)), commit, entry.iteration)


def roll_back(state: State, world: World) -> Steps[State]:
    """`git revert` of the last kept iteration, after a full run showed that it was a loss."""
    entry = last_kept(state)
    note = next((one for one in state.commits if entry and one.sha == entry.commit), None)
    if entry is None or note is None:
        return state
    revert = world.repository.revert(
        Commit(sha=note.sha, message=note.message, step=note.step),
        commit_messages.rollback(entry.iteration),
        state.session_id,
        rollback_step(note),
    )
    yield ChangeReverted(
        iteration=entry.iteration, sha=revert.sha, reason="the full run passed fewer cases"
    )
    history = tuple(
        one.but(reverted_by=revert.sha) if one.iteration == entry.iteration else one
        for one in state.iterations.history
    )
    fixes = tuple(
        one.but(outcome="reverted") if one.iteration == entry.iteration else one
        for one in state.fix_history
    )
    state = state.but(iterations=state.iterations.but(history=history), fix_history=fixes)
    return _noted(state, revert, entry.iteration)


def stands_to_be_reverted(state: State, results: Results) -> bool:
    """The last iteration's change was kept, and the full run passes fewer cases than before it."""
    entry = last_kept(state)
    return (
        entry is not None
        and entry.iteration == state.iterations.history[-1].iteration
        and results.passed < entry.passed
    )


def last_kept(state: State) -> HistoryEntry | None:
    kept = [one for one in state.iterations.history if one.commit and not one.reverted_by]
    return kept[-1] if kept else None


def _warnings(commit: Commit) -> Steps[None]:
    for warning in commit.warnings:
        yield Noted(text=warning, level="warning")


def _noted(state: State, commit: Commit, iteration: int) -> State:
    note = CommitNote(step=commit.step, iteration=iteration, sha=commit.sha, message=commit.message)
    others = tuple(one for one in state.commits if one.step != note.step)
    return state.but(commits=(*others, note))

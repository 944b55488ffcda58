"""Restate: the docstring of a written test follows what the person approved since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from itc_tui.domain import commit_messages
from itc_tui.domain.counting import counted
from itc_tui.domain.docstrings import restated
from itc_tui.domain.events import ChangeKept, Noted
from itc_tui.domain.inventory import Inventory, WrittenCase
from itc_tui.domain.state import CommitNote, State
from itc_tui.domain.undoing import unused_step
from itc_tui.domain.words import Provenance, Step
from itc_tui.phases.complete import with_new_advice
from itc_tui.phases.notice import take_up_edits
from itc_tui.phases.persist import persist
from itc_tui.ports import Steps, World

_NOTHING_UNDER_WAY = (Step.TEST, Step.REFLECT, Step.CHOOSE, Step.COMPLETE)
"""No fix stands in the tree, whole or in part, that a commit would take along."""


def restate(state: State, world: World) -> Steps[State]:
    """Nothing of what a test does is touched; what was written and not committed stays so."""
    inventory = state.test_inventory or Inventory()
    stale = [case for case in inventory.cases if case.docstring_says]
    is_free = state.awaits_commit or state.iterations.standing in _NOTHING_UNDER_WAY
    if not stale or not is_free:
        return state
    yield from take_up_edits(world)
    paths = tuple(dict.fromkeys(_path(case) for case in stale))
    for path in paths:
        _rewrite(path, _standings(inventory, path), world)
    cases = tuple(case.but(docstring_says=None) for case in inventory.cases)
    after = with_new_advice(state.but(test_inventory=inventory.but(cases=cases)))
    if not state.awaits_commit:
        after = yield from _committed(after, paths, world)
    names = ", ".join(case.node_id.rpartition("::")[2] for case in stale)
    yield Noted(
        text="Who stands for what is expected is now said in "
        f"{counted(len(stale), 'docstring')}: {names}."
    )
    return (yield from persist(state, after, "restated", world))


def _rewrite(path: str, standings: Mapping[str, Provenance], world: World) -> None:
    before = world.repository.read(path) or ""
    after = restated(before, standings, world.target.conventions.line_length)
    if after != before:
        world.repository.write(path, after)


def _committed(state: State, paths: tuple[str, ...], world: World) -> Steps[State]:
    commit = world.repository.keep(
        tuple(path for path in paths if world.repository.is_ours(path)),
        commit_messages.restated(state.module),
        state.session_id,
        unused_step(state, "restate"),
    )
    if commit is None:
        return state
    yield ChangeKept(iteration=0, sha=commit.sha, message=commit.message)
    for warning in commit.warnings:
        yield Noted(text=warning, level="warning")
    note = CommitNote(step=commit.step, sha=commit.sha, message=commit.message)
    return state.but(commits=(*state.commits, note))


def _standings(inventory: Inventory, path: str) -> dict[str, Provenance]:
    """Function → who stands for it; where several cases share one, the person has to for all."""
    of_function = defaultdict(set)
    for case in inventory.cases:
        if _path(case) == path:
            function = case.node_id.partition("::")[2].partition("[")[0]
            of_function[function].add(case.provenance)
    return {
        function: Provenance.APPROVED if found == {Provenance.APPROVED} else Provenance.OBSERVED
        for function, found in of_function.items()
    }


def _path(case: WrittenCase) -> str:
    return case.node_id.partition("::")[0]

"""From a package to proven-stable witnesses: search, look again, choose, join, look again."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted, Progressed
from itc_tui.engines.builtin.evidence.gather import Shown
from itc_tui.engines.builtin.existing.asserted_calls import without_repeats
from itc_tui.engines.builtin.existing.looked_at import NO_TESTS, Existing
from itc_tui.engines.builtin.grouping import Group, alone, grouped
from itc_tui.engines.builtin.holding import held_cases
from itc_tui.engines.builtin.hosting import hosts_for, room_for_hosts
from itc_tui.engines.builtin.laboratory import Laboratory, Tally, nothing_told
from itc_tui.engines.builtin.oracles.court import Judged, put_to_the_test
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.oracles.registry import judged
from itc_tui.engines.builtin.oracles.shown_otherwise import Examples, as_documents_show, remarked
from itc_tui.engines.builtin.second_look import Faces, looked_at_again
from itc_tui.engines.builtin.selection import chosen
from itc_tui.engines.builtin.settling import settled, that_can_be_settled
from itc_tui.engines.builtin.shortening import shortened
from itc_tui.engines.builtin.simplifying import simplified
from itc_tui.engines.builtin.trips import there_and_back
from itc_tui.engines.builtin.witnesses import (
    Line,
    Witness,
    without_dead_values,
)
from itc_tui.ports import Steps, as_step


@dataclass(frozen=True)
class Found:
    cases: tuple[tuple[Witness, Group], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def find(
    laboratory: Laboratory,
    shown: Shown,
    sites: frozenset[Line],
    *,
    modules: tuple[str, ...] = (),
    scripts: Collection[tuple[str, str]] = (),
    tally: Tally = nothing_told,
    is_asked_for: Callable[[str], bool] = lambda _file: True,
    budget_s: float,
    most_cases: int,
    existing: Existing = NO_TESTS,
    open_faces: Faces = lambda _looked: {},
) -> Steps[Found]:
    searching = laboratory.search(
        shown, modules, budget_s, scripts=scripts, tally=tally, sites=sites
    )
    rows = yield from as_step("search", searching)
    looked = yield from looked_at_again(laboratory, rows, most_cases, open_faces)
    weighed = yield from _weighed(laboratory, looked, shown, existing, most_cases)
    among = counted(len(weighed.looked), "observation")
    yield Progressed(what=f"choosing among {among}", step="choice")
    words = dict.fromkeys(_own_words(shown))
    telling = Examples(shown.examples).telling(weighed.looked)
    picked = chosen(
        weighed.looked, sites, most_cases * 6, is_asked_for, existing.edges, words, telling
    )
    room = max(1, most_cases - len(weighed.promises.cases) - len(weighed.trips))
    choice = _joined(laboratory, weighed.looked, picked, sites, room, words)
    joined, spare = yield from as_step("choice", choice)
    groups = [*(alone(settled(one)) for one in weighed.trips), *map(_tidied, joined)]
    cases = yield from as_step("steadiness", held_cases(laboratory, groups))
    yield Noted(
        text=f"{counted(len(rows), 'call')} found, of which {counted(len(cases), 'case')} "
        "held in repeated runs"
    )
    kept = {group.key for _, group in cases}
    lost = [group for group in groups if group.key not in kept]
    return Found(
        (*weighed.promises.cases, *_judged(cases, shown)),
        (
            *((_named(group), _why_spare(group, sites, existing)) for group in spare),
            *((_named(group), "does not give the same twice") for group in lost),
            *weighed.left_out,
            *shown.left_out,
        ),
        weighed.promises.notes,
    )


@dataclass(frozen=True)
class _Weighed:
    """What was seen, before promises and documents, and beside the existing tests."""

    promises: Judged
    trips: list[Witness]
    looked: list[Witness]
    """What is left to choose from."""
    left_out: list[tuple[str, str]]


def _weighed(
    laboratory: Laboratory,
    looked: list[Witness],
    shown: Shown,
    existing: Existing,
    most_cases: int,
) -> Steps[_Weighed]:
    court = put_to_the_test(laboratory, looked, shown, most_kept=most_cases // 5)
    promises = yield from as_step("promises", court)
    looked = [witness for witness in looked if witness.ident not in promises.tainted]
    looked, otherwise = as_documents_show(looked, Examples(shown.examples))
    looked, unsettled = that_can_be_settled(looked)
    going_back = there_and_back(laboratory, looked, most_cases // 10)
    trips = yield from as_step("promises", going_back)
    looked, repeated = without_repeats(looked, existing.asserted)
    return _Weighed(promises, trips, looked, [*repeated, *otherwise, *unsettled])


def _joined(
    laboratory: Laboratory,
    looked: list[Witness],
    picked: list[Witness],
    sites: frozenset[Line],
    room: int,
    words: Collection[str],
) -> Steps[tuple[list[Group], list[Group]]]:
    """Cases of what was picked, short and plain, and what found no room."""
    in_use = len(grouped(picked, sites, room)[0])
    hosts = hosts_for(looked, picked, sites, room_for_hosts(room, in_use))
    every = list(map(settled, (yield from shortened(laboratory, [*picked, *hosts]))))
    groups, _ = grouped(every[: len(picked)], sites, room, every[len(picked) :])
    in_sight = {member.ident for group in groups for member in group.members}
    plainer = simplified(laboratory, every, words, lambda one: one.ident in in_sight)
    every = list(map(settled, (yield from plainer)))
    return grouped(every[: len(picked)], sites, room, every[len(picked) :])


def _judged(
    cases: Iterable[tuple[Witness, Group]], shown: Shown
) -> Iterator[tuple[Witness, Group]]:
    """With what is promised of what they assert."""
    wanted, examples = _wanted(shown), Examples(shown.examples)
    for witness, group in cases:
        told = {**remarked(examples, group.members), **wanted}
        yield judged(witness, Facts(told, shown.documented_errors)), group


def _own_words(shown: Shown) -> list[str]:
    """Texts of the target's documents and sources, those of its examples first."""
    texts = [
        node.value
        for example in shown.examples
        for step in example.program.steps
        for node in _nodes(step.code)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return list(dict.fromkeys([*texts, *(word for own in shown.words.values() for word in own)]))


def _nodes(code: str) -> Iterator[ast.AST]:
    try:
        yield from ast.walk(ast.parse(code.strip()))
    except (SyntaxError, ValueError):
        return


def _tidied(group: Group) -> Group:
    if not group.members[0].is_given:
        return group
    return replace(group, program=without_dead_values(group.program))


def _why_spare(group: Group, sites: frozenset[Line], existing: Existing) -> str:
    edges = [edge for member in group.members for edge in member.edges]
    if edges and all(edge in existing.edges for edge in edges):
        return f"covered by {existing.edges[edges[0]]}, and no room beside what is not covered"
    if group.crosses(sites):
        return "no room in a suite of this size"
    return "stays within one module, and no case about that module had room for it"


def _named(group: Group) -> str:
    """As the source has it; an example by where it stands."""
    first = group.members[0]
    if first.is_given:
        return first.focus.removeprefix("given:")
    return group.key.rstrip("!").replace(":", ".")


def _wanted(shown: Shown) -> dict[str, tuple[str, str]]:
    return {
        name: (text, example.origin)
        for example in shown.examples
        for name, text in example.wanted.items()
    }

"""From a package to proven-stable witnesses: search, look again, choose, join, look again."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted, Progressed
from itc_tui.engines.builtin.evidence.gather import Shown
from itc_tui.engines.builtin.existing.asserted_calls import without_repeats
from itc_tui.engines.builtin.existing.looked_at import NO_TESTS, Existing
from itc_tui.engines.builtin.grouping import Group, alone, grouped
from itc_tui.engines.builtin.holding import held_cases
from itc_tui.engines.builtin.hosting import hosts_for, room_for_hosts
from itc_tui.engines.builtin.inside.programs import Program, from_json
from itc_tui.engines.builtin.inside.receivers import focus_as_seen
from itc_tui.engines.builtin.inside.tracing import FROM_OUTSIDE
from itc_tui.engines.builtin.laboratory import Laboratory, Tally, nothing_told
from itc_tui.engines.builtin.oracles.court import put_to_the_test
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.oracles.registry import judged
from itc_tui.engines.builtin.oracles.shown_otherwise import Examples, as_documents_show, remarked
from itc_tui.engines.builtin.selection import chosen
from itc_tui.engines.builtin.settling import settled, that_can_be_settled
from itc_tui.engines.builtin.simplifying import simplified
from itc_tui.engines.builtin.subjects import is_public
from itc_tui.engines.builtin.trips import there_and_back
from itc_tui.engines.builtin.witnesses import (
    Line,
    Witness,
    slices,
    used_imports,
    without_dead_values,
    witness_of,
)
from itc_tui.engines.builtin.writing.naming import listed
from itc_tui.ports import Steps, as_step

_MOST_LOOKED_AT = 900
_FEWEST_LOOKED_AT = 150
_SAME = 0.92
_QUICK_CHUNK = 12


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
    open_faces: Callable[[Sequence[Witness]], Mapping[str, str]] = lambda _looked: {},
) -> Steps[Found]:
    """`open_faces` says of which modules the callers are a boundary, by their files."""
    searching = laboratory.search(
        shown, modules, budget_s, scripts=scripts, tally=tally, sites=sites
    )
    rows = yield from as_step("search", searching)
    most = _FEWEST_LOOKED_AT + 12 * most_cases
    looked = yield from as_step("observation", _looked_at(laboratory, rows, most))
    if not laboratory.faces and (opened := open_faces(looked)):
        yield Noted(text=_told_of(opened.values()))
        laboratory.faces = tuple(opened)
        looked = yield from as_step("observation", _seen_from_outside(laboratory, looked))
    if laboratory.faces:
        looked = [one for one in looked if is_public(one) or _is_within(one)]
    court = put_to_the_test(laboratory, looked, shown, most_kept=most_cases // 5)
    promises = yield from as_step("promises", court)
    looked = [witness for witness in looked if witness.ident not in promises.tainted]
    examples = Examples(shown.examples)
    looked, otherwise = as_documents_show(looked, examples)
    looked, unsettled = that_can_be_settled(looked)
    going_back = there_and_back(laboratory, looked, most_cases // 10)
    trips = yield from as_step("promises", going_back)
    looked, repeated = without_repeats(looked, existing.asserted)
    among = counted(len(looked), "observation")
    yield Progressed(what=f"choosing among {among}", step="choice")
    words = dict.fromkeys(_own_words(shown))
    picked = chosen(looked, sites, most_cases * 6, is_asked_for, existing.edges, words)
    room = max(1, most_cases - len(promises.cases) - len(trips))
    in_use = len(grouped(picked, sites, room)[0])
    hosts = hosts_for(looked, picked, sites, room_for_hosts(room, in_use))
    every = yield from as_step("choice", _shortened(laboratory, [*picked, *hosts]))
    every = list(map(settled, every))
    groups, _ = grouped(every[: len(picked)], sites, room, every[len(picked) :])
    in_sight = {member.ident for group in groups for member in group.members}
    plainer = simplified(laboratory, every, words, lambda one: one.ident in in_sight)
    every = list(map(settled, (yield from as_step("choice", plainer))))
    groups, spare = grouped(every[: len(picked)], sites, room, every[len(picked) :])
    groups = [*map(alone, trips), *map(_tidied, groups)]
    cases = yield from as_step("steadiness", held_cases(laboratory, groups))
    lost = [group for group in groups if group.key not in {key for _, key in _keys(cases)}]
    yield Noted(
        text=f"{counted(len(rows), 'call')} found, of which {counted(len(cases), 'case')} "
        "held in repeated runs"
    )
    wanted = _wanted(shown)

    def facts_of(group: Group) -> Facts:
        told = {**remarked(examples, group.members), **wanted}
        return Facts(told, shown.documented_errors)

    judged_cases = [(judged(witness, facts_of(group)), group) for witness, group in cases]
    return Found(
        (*promises.cases, *judged_cases),
        tuple((_named(group), _why_spare(group, sites, existing)) for group in spare)
        + tuple((_named(group), "does not give the same twice") for group in lost)
        + tuple(repeated + otherwise + unsettled)
        + tuple(shown.left_out),
        promises.notes,
    )


def _told_of(opened: Collection[str]) -> str:
    """Why tests are made of what no boundary of the map holds."""
    return (
        "Much was reached by no call between modules;"
        f" the callers of {listed(list(opened), 3)} are taken for a boundary too."
    )


def _is_within(witness: Witness) -> bool:
    """It crosses from one module of the target to another."""
    return any(edge[:2] != FROM_OUTSIDE for edge in witness.crossing)


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


def _keys(cases: Iterable[tuple[Witness, Group]]) -> list[tuple[str, str]]:
    return [(witness.ident, group.key) for witness, group in cases]


def _named(group: Group) -> str:
    return group.key.removeprefix("given:").rstrip("!").replace(":", ".")


def _wanted(shown: Shown) -> dict[str, tuple[str, str]]:
    return {
        name: (text, example.origin)
        for example in shown.examples
        for name, text in example.wanted.items()
    }


def _looked_at(
    laboratory: Laboratory, rows: list[dict[str, Any]], most: int
) -> Steps[list[Witness]]:
    """Every program again, what brought news first, as far as the number goes."""
    most = min(most, _MOST_LOOKED_AT)
    rows = sorted(rows, key=lambda row: not (row["arcs"] or row["edges"]))[:most]
    programs: dict[str, Program] = {}
    focus: dict[str, str] = {}
    for number, row in enumerate(rows):
        *_, whole = slices(from_json(row["program"]), row["error"])
        programs[str(number)] = whole
        focus[str(number)] = row["focus"]
    seen = yield from laboratory.observe(programs, seed=1, chunk=_QUICK_CHUNK, limit_s=240)
    found = (
        witness_of(i, programs[i], focus_as_seen(focus[i], row.get("asked", {})), row)
        for i, row in seen.items()
    )
    return [witness for witness in found if witness is not None]


def _seen_from_outside(laboratory: Laboratory, looked: list[Witness]) -> Steps[list[Witness]]:
    """Those again that reach a module whose callers are a boundary from now on."""
    faces = laboratory.faces
    touched = {
        one.ident: one for one in looked if any(file.startswith(faces) for file, _ in one.lines)
    }
    programs = {ident: one.program for ident, one in touched.items()}
    rows = yield from laboratory.observe(programs, seed=1, chunk=_QUICK_CHUNK, limit_s=240)
    again = {i: witness_of(i, programs[i], touched[i].focus, row) for i, row in rows.items()}
    seen = (again.get(one.ident) if one.ident in touched else one for one in looked)
    return [witness for witness in seen if witness is not None]


def _shortened(laboratory: Laboratory, witnesses: list[Witness]) -> Steps[list[Witness]]:
    """Each in the shortest form that shows the same; no line is lost to all of them."""
    forms: dict[str, Program] = {}
    wholes: dict[str, Witness] = {}
    for number, witness in enumerate(witnesses):
        if witness.is_given:
            continue  # what a document promises, it promises of the example as it stands
        for place, form in enumerate(slices(witness.program, witness.ends_in_error)):
            if form != witness.program:
                forms[f"{number}/{place}"] = _with_used_imports(form)
                wholes[f"{number}/{place}"] = witness
    seen = yield from laboratory.observe(forms, seed=1, chunk=_QUICK_CHUNK, limit_s=120)
    candidates: dict[str, list[Witness]] = defaultdict(list)
    for ident, form in forms.items():
        whole = wholes[ident]
        found = witness_of(whole.ident, form, whole.focus, seen[ident]) if ident in seen else None
        if found is not None and _ends_alike(found, whole):
            candidates[whole.ident].append(found)
    return as_short_as_they_may_be(witnesses, candidates)


def as_short_as_they_may_be(
    witnesses: Sequence[Witness], candidates: Mapping[str, Sequence[Witness]]
) -> list[Witness]:
    """Of each the first form that reaches nearly as much, or all but what another reaches too."""
    reached = Counter(thing for witness in witnesses for thing in _reach(witness))
    result = []
    for witness in witnesses:
        best = witness
        for form in candidates.get(witness.ident, ()):
            if witness.edges and not form.edges:
                continue  # it would cross nothing any more
            lost = _reach(witness) - _reach(form)
            common = len(witness.lines & form.lines)
            if common >= _SAME * len(witness.lines) or all(reached[thing] > 1 for thing in lost):
                reached.subtract(lost)
                best = form
                break
        result.append(best)
    return result


def _reach(witness: Witness) -> frozenset[Any]:
    return witness.arcs | witness.edges


def _with_used_imports(form: Program) -> Program:
    texts = [step.code for step in form.steps]
    return form._replace(imports=used_imports(form.imports, texts))


def _ends_alike(shorter: Witness, whole: Witness) -> bool:
    def ending(witness: Witness) -> Any:
        return (
            [claim.text for claim in witness.last_claims],
            [(error.name, error.message) for error in witness.raised.values()],
            witness.files,
        )

    # What an example printed on its way here says nothing of the call that is looked at.
    prints_as_much = whole.out.endswith(shorter.out) and bool(
        shorter.out or whole.last_claims or whole.is_error or not whole.out
    )
    return ending(shorter) == ending(whole) and prints_as_much

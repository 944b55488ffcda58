"""Turns witnesses into a plan that a person can review: scenarios per boundary, with cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict

from itc_tui.domain.counting import counted
from itc_tui.domain.plan import Case, LeftOut, Mocking, MockingStrategy, Plan, Scenario
from itc_tui.domain.words import Level, MockingApproach, Priority, Provenance
from itc_tui.engines.builtin.boundaries import Boundaries, Pair
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.grouping import Group
from itc_tui.engines.builtin.inside.drivers.door import label_in, without_label
from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.oracles.court import is_promised
from itc_tui.engines.builtin.repeating import ToldBefore, without_echoes, without_idle_looks
from itc_tui.engines.builtin.subjects import Row, by_subject, is_public_name
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.acts import acts_in
from itc_tui.engines.builtin.writing.body import stable_message
from itc_tui.engines.builtin.writing.door_titles import title_at_door
from itc_tui.engines.builtin.writing.files import Telling
from itc_tui.engines.builtin.writing.layout import laid_out
from itc_tui.engines.builtin.writing.naming import listed, slug, with_readable_names
from itc_tui.engines.builtin.writing.tellings import impact_of, telling_of
from itc_tui.engines.builtin.writing.titles import title_of

BROKEN = "broken promise"
_NOT_MENTIONED = {"__init__", "__new__"}


def plan_of(
    cases: Sequence[tuple[Witness, Group]],
    boundaries: Boundaries,
    docs: dict[str, str],
    left_out: Sequence[tuple[str, str]],
) -> tuple[Plan, list[Prepared]]:
    """`docs`: first docstring line of the target's functions, by dotted name."""
    rows: dict[Pair, list[Row]] = defaultdict(list)
    omitted = [LeftOut(what=what, why=why) for what, why in left_out]
    taken: Counter[Pair] = Counter()
    for witness, group in cases:
        pair = boundaries.best(witness, group.module, taken, group.crossing)
        if group.promise is not None:
            place = group.promise.place.rpartition(":")[0]
            pair = pair or boundaries.nearest(boundaries.module(place))
        if pair is None or boundaries.is_face(pair):  # an outer edge says more than a face
            pair = boundaries.outer(witness) or pair
        if pair is None:
            what = listed(_focuses(group)) or group.key
            omitted.append(LeftOut(what=what, why="crosses no boundary between modules"))
            continue
        taken[pair] += 1
        rows[pair].append((witness, group))
    order = sorted(rows, key=lambda pair: (-boundaries.score(pair), pair))
    prepared: list[Prepared] = []
    titles: set[str] = set()
    files: dict[str, ToldBefore] = defaultdict(ToldBefore)
    acts: set[str] = set()
    scenarios = []
    for pair in order:
        is_face = boundaries.is_face(pair)
        before = files[pair[1] if is_face else pair[0]]
        for own in by_subject(rows[pair]) if is_face else [rows[pair]]:
            told = [_tidied(before, *row) for row in own]
            told = [row for row in told if _is_first(row, acts, omitted)]
            if told:
                every = list(rows)
                scenarios.append(_scenario(pair, told, boundaries, every, docs, prepared, titles))
    omitted.extend(
        LeftOut(what=point.name, why="no call was found that crosses it from outside")
        for point in boundaries.unshown({p for w, _ in cases for p in boundaries.crossed(w)})
    )
    plan = Plan(
        integration_scenarios=tuple(scenarios),
        mocking_strategy=MockingStrategy(
            approach=MockingApproach.MINIMAL,
            real_boundaries=tuple(f"{one} → {other}" for one, other in rows),
            rationale="The target's own code runs for real on both sides of every boundary; "
            "files go to a temporary folder.",
        ),
        left_out=tuple(omitted),
    ).with_ids()
    sequence = tuple(scenario.id for scenario in plan.integration_scenarios)
    return plan.but(execution_order=sequence), prepared


def _is_first(row: Row, acts: set[str], omitted: list[LeftOut]) -> bool:
    """No case does just what another does; a case is known by what it does."""
    witness, group = row
    text = input_text(with_readable_names(witness))
    if text in acts:
        what = listed(_focuses(group)) or group.key
        omitted.append(LeftOut(what=what, why="another case does the same"))
        return False
    acts.add(text)
    return True


def _tidied(before: ToldBefore, witness: Witness, group: Group) -> Row:
    """`before`: what the cases before it in its file say."""
    if group.promise is not None:
        return witness, group
    if not group.members[0].is_given:  # an example stays as it stands in its document
        witness = without_idle_looks(witness)
    return before.told(without_echoes(witness)), group


def _scenario(
    pair: Pair,
    rows: Sequence[Row],
    boundaries: Boundaries,
    every: Sequence[Pair],
    docs: dict[str, str],
    prepared: list[Prepared],
    titles: set[str],
) -> Scenario:
    priority = boundaries.priority(pair, every)
    cases = []
    for witness, group in rows:
        shown = with_readable_names(witness)
        called = called_across(witness, pair, boundaries)
        case = _case(shown, group, priority, titles)
        titles.add(slug(case.name))
        telling = _telling(shown, group, pair, called, docs, case.name, boundaries)
        cases.append(case)
        prepared.append(Prepared(case.input, case.expected, shown, asdict(telling)))
    return scenario_of(pair, tuple(cases), boundaries, every)


def called_across(witness: Witness, pair: Pair, boundaries: Boundaries) -> list[str]:
    """What is called across the boundary, as far as a person would name it."""
    names = [name for name in boundaries.callees(witness, pair) if name not in _NOT_MENTIONED]
    return list(filter(is_public_name, names)) if boundaries.is_face(pair) else names


def scenario_of(
    pair: Pair,
    cases: tuple[Case, ...],
    boundaries: Boundaries,
    every: Sequence[Pair],
) -> Scenario:
    """It gets its name when it is known which of its cases stay."""
    caller, callee = pair
    point = boundaries.point(pair)
    sites = len(point.sites) if point and not point.is_face else 0
    return Scenario(
        boundary=f"{caller} → {callee}",
        kind=boundaries.scenario_kind(pair),
        priority=boundaries.priority(pair, every),
        test_cases=cases,
        mocking=_nothing_mocked(pair, boundaries.is_face(pair)),
        setup="Objects are built through the package's own constructors; files in tmp_path.",
        teardown="Nothing is left: pytest removes tmp_path, and blocks close what they opened.",
        success_criteria=f"Every case holds; {counted(sites, 'call site')} crossed."
        if sites
        else "",
    )


def _nothing_mocked(pair: Pair, is_face: bool) -> Mocking:
    if is_face:
        return Mocking(real_targets=pair[1:], reason="It is quick and needs no outside.")
    return Mocking(real_targets=pair, reason="Both sides are quick and need no outside.")


def _case(witness: Witness, group: Group, priority: Priority, titles: Collection[str]) -> Case:
    criticality = {Priority.CRITICAL: Level.HIGH, Priority.HIGH: Level.MEDIUM}
    promise = group.promise
    promised = promise is not None or is_promised(witness)
    is_broken = promise is not None and not promise.holds
    level = criticality.get(priority, Level.LOW)
    title = title_at_door(witness, group.focuses, titles) or title_of(
        group.members, titles, witness
    )
    return Case(
        name=promise.name if promise is not None else title,
        input=input_text(witness),
        expected=expected_text(witness),
        assertion_type=BROKEN if is_broken else "raises" if witness.is_error else "equality",
        provenance=Provenance.CONTRACT if promised else Provenance.OBSERVED,
        evidence=promise.evidence if promise is not None else _evidence(witness, group),
        criticality=Level.HIGH if is_broken else level,
    )


def input_text(witness: Witness) -> str:
    given = [step.var for step in witness.program.steps if step.kind in GIVEN]
    lines, pad = [f"# given: {', '.join(given)}"] if given else [], ""
    for step in witness.program.steps:
        if step.kind in GIVEN:
            continue
        text = _statement(step, len(pad))
        lines.append(pad + text)
        if step.kind == "with":
            pad += "    "
    if pad and witness.program.steps[-1].kind == "with":
        lines.append(pad + "pass")
    return "\n".join(lines)


def _statement(step: Step, indent: int) -> str:
    if step.kind == "with":
        return laid_out(step.code, indent, "with ", f" as {step.var}:")
    return laid_out(step.code, indent, f"{step.var} = " if step.var and step.kind == "do" else "")


def expected_text(witness: Witness) -> str:
    lines = []
    for at in range(len(witness.program.steps)):
        if at in witness.raised:
            error = witness.raised[at]
            message = stable_message(error)
            lines.append(f"raises {error.name}" + (f": {message}" if message else ""))
        elif at < len(witness.claims):
            lines.extend(claim.text for claim in witness.claims[at])
    if witness.out.strip():
        lines.append(f"capsys.readouterr().out == {witness.out!r}")
    lines.extend(
        f"(tmp_path / {name!r}).read_text(encoding='utf-8') == {text!r}"
        for name, text in list(witness.files.items())[:3]
    )
    return "\n".join(lines)


def _focuses(group: Group) -> list[str]:
    names = []
    for member in group.members:
        if not member.is_given:
            names.append(label_in(member.focus) or member.focus.partition(":")[2])
    return list(dict.fromkeys(names))


def _origin(group: Group) -> str:
    return group.members[0].focus.removeprefix("given:")


def _evidence(witness: Witness, group: Group) -> str:
    sources = {claim.source for step in witness.claims for claim in step if claim.source}
    sources |= {error.source for error in witness.raised.values() if error.source}
    if group.members[0].is_given:
        sources.add(f"example {_origin(group)}")
    return ", ".join(sorted(sources)) or "observed in the box, five times alike"


def _telling(
    witness: Witness,
    group: Group,
    pair: Pair,
    callees: Sequence[str],
    docs: dict[str, str],
    name: str,
    boundaries: Boundaries,
) -> Telling:
    caller, callee = pair
    through = f" ({listed(callees, 3)})" if callees else ""
    scope = f"{caller} → {callee}{through}"
    if group.promise is not None:
        return group.promise.telling(name, scope)
    impact = impact_of(
        _dotted(witness, group), docs, callees, boundaries.callers_of(callee, callees)
    )
    return telling_of(name, scope, witness, group.members, impact)


def _dotted(witness: Witness, group: Group) -> list[str]:
    """What the case calls, and what that belongs to."""
    names = []
    for focus in _called(witness, group):
        module, _, qualname = without_label(focus).partition(":")
        while qualname:
            names.append(f"{module}.{qualname}")
            qualname = qualname.rpartition(".")[0]
    return names


def _called(witness: Witness, group: Group) -> list[str]:
    if group.is_door:
        return [member.focus for member in group.members]
    acts = sorted(acts_in(witness, group.members), key=lambda act: not act.is_telling)
    return [act.focus for act in acts if act.focus]

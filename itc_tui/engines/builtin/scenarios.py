"""Turns witnesses into a plan that a person can review: scenarios per boundary, with cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from itc_tui.domain.plan import Case, LeftOut, Mocking, MockingStrategy, Plan, Scenario
from itc_tui.domain.words import Level, MockingApproach, Priority, Provenance
from itc_tui.engines.builtin.boundaries import Boundaries, Pair
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.inside.drivers.door import label_in, without_label
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.oracles.court import is_promised
from itc_tui.engines.builtin.selection import Group
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.body import stable_message
from itc_tui.engines.builtin.writing.door_titles import acts_of, success_of, title_of
from itc_tui.engines.builtin.writing.files import Telling
from itc_tui.engines.builtin.writing.layout import laid_out
from itc_tui.engines.builtin.writing.naming import listed, readable, renamed

BROKEN = "broken promise"
_NOT_MENTIONED = {"__init__", "__new__"}


def with_readable_names(witness: Witness) -> Witness:
    names = readable(witness)
    program = witness.program._replace(
        steps=tuple(
            step._replace(var=names.get(step.var, step.var), code=renamed(step.code, names))
            for step in witness.program.steps
        )
    )
    claims = tuple(
        tuple(
            type(claim)(
                renamed(claim.left, names),
                renamed(claim.right, names),
                claim.imports,
                claim.is_whole,
                claim.source,
            )
            for claim in step
        )
        for step in witness.claims
    )
    return witness.but(program=program, claims=claims)


def plan_of(
    cases: Sequence[tuple[Witness, Group]],
    boundaries: Boundaries,
    docs: dict[str, str],
    left_out: Sequence[tuple[str, str]],
) -> tuple[Plan, list[Prepared]]:
    """`docs`: first docstring line of the target's functions, by dotted name."""
    rows: dict[Pair, list[tuple[Witness, Group]]] = defaultdict(list)
    omitted = [LeftOut(what=what, why=why) for what, why in left_out]
    taken: Counter[Pair] = Counter()
    for witness, group in cases:
        pair = boundaries.best(witness, group.module, taken)
        if group.promise is not None:
            pair = pair or boundaries.nearest(group.module)
        if pair is None:
            what = listed(_focuses(group)) or group.key
            omitted.append(LeftOut(what=what, why="crosses no boundary between modules"))
            continue
        taken[pair] += 1
        rows[pair].append((witness, group))
    prepared: list[Prepared] = []
    scenarios = [
        _scenario(pair, rows[pair], boundaries, list(rows), docs, prepared)
        for pair in sorted(rows, key=lambda pair: (-boundaries.score(pair), pair))
    ]
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
    order = tuple(scenario.id for scenario in plan.integration_scenarios)
    return plan.but(execution_order=order), prepared


def _scenario(
    pair: Pair,
    rows: Sequence[tuple[Witness, Group]],
    boundaries: Boundaries,
    every: Sequence[Pair],
    docs: dict[str, str],
    prepared: list[Prepared],
) -> Scenario:
    caller, callee = pair
    priority = boundaries.priority(pair, every)
    cases = []
    callees: list[str] = []
    for witness, group in rows:
        shown = with_readable_names(witness)
        called = [n for n in boundaries.callees(witness, pair) if n not in _NOT_MENTIONED]
        callees.extend(called)
        case = _case(shown, group, priority)
        telling = _telling(shown, group, pair, called, docs, case.name)
        cases.append(case)
        prepared.append(Prepared(case.input, case.expected, shown, asdict(telling)))
    point = boundaries.point(pair)
    sites = len(point.sites) if point else 0
    through = listed(list(dict.fromkeys(callees)), 4)
    return Scenario(
        name=f"{_last(caller)} works through {_last(callee)}" + (f": {through}" if through else ""),
        boundary=f"{caller} → {callee}",
        kind=boundaries.scenario_kind(pair),
        priority=priority,
        test_cases=_with_own_names(cases),
        mocking=Mocking(
            real_targets=(caller, callee), reason="Both sides are quick and need no outside."
        ),
        setup="Objects are built through the package's own constructors; files in tmp_path.",
        teardown="Nothing is left: pytest removes tmp_path, and blocks close what they opened.",
        success_criteria=f"Every case holds; {sites} call sites cross here." if sites else "",
    )


def _with_own_names(cases: Sequence[Case]) -> tuple[Case, ...]:
    seen: Counter[str] = Counter()
    named = []
    for case in cases:
        seen[case.name] += 1
        count = seen[case.name]
        named.append(case if count == 1 else case.but(name=f"{case.name}, part {count}"))
    return tuple(named)


def _case(witness: Witness, group: Group, priority: Priority) -> Case:
    criticality = {Priority.CRITICAL: Level.HIGH, Priority.HIGH: Level.MEDIUM}
    promise = group.promise
    promised = promise is not None or is_promised(witness)
    is_broken = promise is not None and not promise.holds
    level = criticality.get(priority, Level.LOW)
    return Case(
        name=promise.name if promise is not None else _name(witness, group),
        input=input_text(witness),
        expected=expected_text(witness),
        assertion_type=BROKEN if is_broken else "raises" if witness.is_error else "equality",
        provenance=Provenance.CONTRACT if promised else Provenance.OBSERVED,
        evidence=promise.evidence if promise is not None else _evidence(witness, group),
        criticality=Level.HIGH if is_broken else level,
    )


def input_text(witness: Witness) -> str:
    lines, pad = [], ""
    for step in witness.program.steps:
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


def _name(witness: Witness, group: Group) -> str:
    if title := title_of(witness, group.focuses):
        return title
    names = [name.replace(".__init__", "") for name in _focuses(group)]
    if not names:
        return f"the example of {_origin(group)} holds"
    tops = list(dict.fromkeys(name.split(".")[0] for name in names))
    if witness.is_error:
        kinds = list(dict.fromkeys(error.name for error in witness.raised.values()))
        return f"{listed(tops)} reports bad input with {listed(kinds, 2)}"
    if len(tops) == 1 and any("." in name for name in names):
        parts = [_spoken(name.rpartition(".")[2]) for name in names]
        return f"{tops[0]} keeps its promises through {listed(list(dict.fromkeys(parts)))}"
    kinds = [kind for kind in witness.kinds if kind]
    last = kinds[-1] if kinds else "result"
    return (
        f"{listed(tops)} give the expected {last}"
        if len(tops) > 1
        else (f"{tops[0]} gives the expected {last}")
    )


def _spoken(name: str) -> str:
    words = {
        "__eq__": "equality",
        "__lt__": "ordering",
        "__str__": "text",
        "__repr__": "repr",
        "__len__": "length",
        "__iter__": "iteration",
        "__add__": "addition",
        "__sub__": "subtraction",
        "__mul__": "multiplication",
        "__getitem__": "lookup",
        "__contains__": "membership",
        "__call__": "calling it",
    }
    return words.get(name, name.strip("_").replace("_", " ") if name[:2] == "__" else name)


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
) -> Telling:
    caller, callee = pair
    through = f" ({listed(callees, 3)})" if callees else ""
    if group.promise is not None:
        return group.promise.telling(name, f"{caller} → {callee}{through}")
    subject = next((docs[n] for n in _dotted(group) if n in docs), "")
    acts = _focuses(group)
    strategy = f"call {listed(acts, 4)} for real" if acts else "run the documented example"
    count = len(witness.raised)
    success = (
        f"{count} refusals with the right type and message"
        if count > 1
        else "the right exception type and message"
        if count
        else "what comes back, or is left behind, has the stated value"
    )
    return Telling(
        summary=(name[:1].upper() + name[1:] if name.startswith("the ") else name) + ".",
        scope=f"{caller} → {callee}{through}",
        impact=subject,
        strategy=acts_of(group.focuses) or strategy,
        success=success_of(group.focuses) or success,
    )


def _dotted(group: Group) -> list[str]:
    names = []
    for member in group.members:
        module, _, qualname = without_label(member.focus).partition(":")
        while qualname:
            names.append(f"{module}.{qualname}")
            qualname = qualname.rpartition(".")[0]
    return names


def _last(module: str) -> str:
    return module.rpartition(".")[2]

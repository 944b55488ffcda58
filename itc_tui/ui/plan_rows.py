"""The plan as a table of rows: scenarios, and the cases of those that are unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.domain.vocabulary import Priority, Provenance
from itc_tui.ui.text import fit, plain, plain_lines, wrap
from itc_tui.ui.widgets.painting import Piece, Row, spread
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.plan import Case, Plan, Scenario
    from itc_tui.ui.plan_draft import Spot

PRIORITY_SIGNS = {
    Priority.CRITICAL: ("●", "bad"),
    Priority.HIGH: ("◐", "warn"),
    Priority.MEDIUM: ("○", "dim"),
}
PROVENANCE_SIGNS = {
    Provenance.APPROVED: ("✓", "good"),
    Provenance.CONTRACT: ("§", "accent"),
    Provenance.OBSERVED: ("~", "warn"),
    Provenance.PENDING: ("?", "dim"),
}
"""Where an expectation comes from, with a sign of its own each."""

WIDE_ENOUGH_FOR_KINDS = 90
KIND_ROOM = 16


def spots(plan: Plan, unfolded: set[str], needle: str) -> Iterator[Spot]:
    """Every row of the table, in order."""
    needle = needle.lower()
    for place, scenario in enumerate(plan.integration_scenarios):
        own = needle in f"{scenario.id} {scenario.name} {scenario.boundary}".lower()
        cases = [
            index
            for index, case in enumerate(scenario.test_cases)
            if own or needle in f"{case.name} {case.input} {case.expected}".lower()
        ]
        if own or cases:
            yield (place, None)
            if scenario.id in unfolded or (needle and not own):
                yield from ((place, index) for index in cases)


def boundary_room(plan: Plan) -> int:
    """Columns that the longest boundary needs."""
    names = (without_package(scenario.boundary) for scenario in plan.integration_scenarios)
    return max((cell_len(plain(name)) for name in names), default=0)


def scenario_row(
    scenario: Scenario, width: int, *, is_open: bool, rejected: int, boundary: int = 30
) -> Row:
    sign, paint = PRIORITY_SIGNS[Priority(scenario.priority)]
    off = not scenario.enabled
    left: list[Piece] = [
        ("▾ " if is_open else "▸ ", "faint"),
        (f"{sign} ", "faint" if off else paint),
        (f"{fit(plain(scenario.id), 7)}", "faint"),
        (" ", ""),
    ]
    right: list[Piece] = [(_count(scenario), "dim")]
    kind_room = KIND_ROOM if width >= WIDE_ENOUGH_FOR_KINDS else 0
    if kind_room:
        kind = fit(say(f"scenario_kind.{scenario.kind}"), kind_room - 2)
        right = [(f"{kind}  ", "faint"), *right]
    if rejected:
        right = [(f"{say('plan.rejected', count=rejected)} ", "warn"), *right]
    if off:
        right = [(f"{say('plan.off')} ", "warn"), *right]
    if width >= 64:
        name_room = max(20, width - 24 - kind_room - min(boundary, width * 2 // 5))
        left.append((fit(plain(told(scenario.name)), name_room), "faint" if off else ""))
        left += [("  ", ""), (plain(without_package(scenario.boundary)), "dim")]
    else:
        left.append((plain(told(scenario.name)), "faint" if off else ""))
    return spread(tuple(left), tuple(right), width)


def case_row(case: Case, width: int, *, reason: str = "") -> Row:
    sign, paint = PROVENANCE_SIGNS[Provenance(case.provenance)]
    off = not case.enabled
    name = plain(case.name)
    left: list[Piece] = [
        ("     ", ""),
        ("☐ " if off else "☑ ", "faint"),
        (name, "faint" if off else ""),
    ]
    right: Row = ((f"{sign} {say(f'provenance.{case.provenance}')}", paint),)
    if reason:
        left += [("  ", ""), (plain(told(reason)), "warn")]
    elif width >= 64 and case.expected and case.expected != case.name:
        left += [("  ", ""), (plain(case.expected), "dim")]
    return spread(tuple(left), right, width)


def case_details(case: Case, width: int) -> list[Row]:
    """What the table has no room for."""
    rows: list[Row] = []
    for word, text in (
        ("input", case.input),
        ("expected", case.expected or say("plan.to_observe")),
        ("evidence", told(case.evidence)),
    ):
        rows += _labelled(word, text, width)
    if case.provenance is Provenance.OBSERVED:
        rows += [((part, "warn"),) for part in wrap(say("plan.observed_warning"), width)]
    return rows


def scenario_details(scenario: Scenario, width: int) -> list[Row]:
    rows: list[Row] = [
        ((f"{plain(scenario.boundary)}  ", ""), (say(f"type.{scenario.kind}"), "dim")),
    ]
    if scenario.mocking.mock_targets or scenario.mocking.real_targets:
        rows.append(
            (
                (f"{say('field.mock_targets')}: ", "faint"),
                (plain(", ".join(scenario.mocking.mock_targets)) or "–", ""),
                (f"   {say('field.real_targets')}: ", "faint"),
                (plain(", ".join(scenario.mocking.real_targets)) or "–", ""),
            )
        )
    for word, text in (
        ("setup", told(scenario.setup)),
        ("teardown", told(scenario.teardown)),
        ("success_criteria", told(scenario.success_criteria)),
    ):
        rows += _labelled(word, text, width)
    return rows


def _labelled(word: str, text: str, width: int) -> list[Row]:
    """The label, and every line of the text beside it."""
    label = f"{say(f'field.{word}')}: "
    indent = " " * cell_len(label)
    return [
        ((indent if number else label, "faint"), (line, ""))
        for number, line in enumerate(
            part for line in plain_lines(text) for part in wrap(line, width - cell_len(label))
        )
    ]


def without_package(boundary: str) -> str:
    """`shop.api → shop.orders` says as much without `shop`, where columns are few."""
    left, arrow, right = boundary.partition(" → ")
    package, dot, _ = left.partition(".")
    if not (arrow and dot):
        return boundary
    prefix = package + dot
    return f"{left.removeprefix(prefix)}{arrow}{right.removeprefix(prefix)}"


def _count(scenario: Scenario) -> str:
    enabled = sum(case.enabled for case in scenario.test_cases)
    total = len(scenario.test_cases)
    number = str(total) if enabled == total else f"{enabled}/{total}"
    return say("plan.cases", count=number)

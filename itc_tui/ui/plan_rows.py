"""The plan as a table of rows: scenarios, and the cases of those that are unfolded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.domain.vocabulary import Priority, Provenance
from itc_tui.ui.plan_columns import (
    GAP,
    Columns,
    count_of,
    in_words,
    kind_of,
    priority_of,
    state_of,
    without_package,
)
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


def scenario_row(
    scenario: Scenario, columns: Columns, *, is_open: bool, rejected: Collection[str]
) -> Row:
    sign, paint = PRIORITY_SIGNS[Priority(scenario.priority)]
    off = not scenario.enabled
    name, state = plain(told(scenario.name)), state_of(scenario, rejected)
    boundary: Piece = (plain(in_words(without_package(scenario.boundary))), "dim")
    if state and not columns.state:
        boundary = (state, "warn")
        if not columns.boundary:
            name = f"{fit(name, columns.name - cell_len(state) - GAP)}{'':{GAP}}{state}"
    row: list[Piece] = [
        ("▾ " if is_open else "▸ ", "faint"),
        (f"{sign} ", "faint" if off else paint),
        (f"{fit(plain(scenario.id), columns.id - GAP)}{'':{GAP}}", "faint"),
        (fit(name, columns.name), "faint" if off else ""),
    ]
    for room, (text, text_paint) in (
        (columns.boundary, boundary),
        (columns.kind, (kind_of(scenario), "faint")),
        (columns.priority, (priority_of(scenario), "faint" if off else paint)),
        (columns.state, (state, "warn")),
    ):
        row += [(" " * GAP, ""), (fit(text, room), text_paint)] if room else []
    return (*row, (" " * GAP, ""), (f"{count_of(scenario):>{columns.cases}}", "dim"))


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
        left += [("  ", ""), (plain(" · ".join(case.expected.splitlines())), "dim")]
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
        *(((line, "strong"),) for line in wrap(plain(told(scenario.name)), width)),
        (
            (f"{plain(in_words(scenario.boundary))}  ", ""),
            (f"{kind_of(scenario)} · {priority_of(scenario)}", "dim"),
        ),
    ]
    if scenario.mocking.mock_targets or scenario.mocking.real_targets:
        rows.append(
            (
                (_label("mock_targets"), "faint"),
                (plain(", ".join(scenario.mocking.mock_targets)) or "–", ""),
                (f"   {_label('real_targets')}", "faint"),
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
    label = _label(word)
    indent = " " * cell_len(label)
    return [
        ((indent if number else label, "faint"), (line, ""))
        for number, line in enumerate(
            part for line in plain_lines(text) for part in wrap(line, width - cell_len(label))
        )
    ]


def _label(word: str) -> str:
    return say("field.label", what=say(f"field.{word}"))

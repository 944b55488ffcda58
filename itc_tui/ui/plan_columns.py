"""Which columns the plan's table has at a width, and how wide each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.domain.vocabulary import CALLERS
from itc_tui.ui.text import fit, plain
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.plan import Plan, Scenario

SIGNS = 4
"""The fold, and the sign of the priority; the id begins behind them."""
GAP = 2
ROOM_FOR_BOUNDARIES, ROOM_FOR_KINDS, ROOM_FOR_PRIORITIES = 64, 90, 110
ROOM_FOR_STATES = ROOM_FOR_KINDS
"""Where there is less, a state stands in the place of that row's boundary."""
_LONGEST_STATE = 18


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells; 0 is a column for which there is no room, or no need."""

    id: int
    """With the gap that parts it from the name."""
    name: int
    boundary: int
    kind: int
    priority: int
    state: int
    cases: int


def columns_of(plan: Plan, rejected: Collection[str], width: int) -> Columns:
    """Boundaries give way to names, but never by more than to two fifths of what both have."""
    scenarios = plan.integration_scenarios
    cases = _widest("column.cases", map(count_of, scenarios))
    kind = _widest("column.type", (kind_of(one) for one in scenarios))
    priority = _widest("column.priority", (priority_of(one) for one in scenarios))
    kind = kind if width >= ROOM_FOR_KINDS else 0
    priority = priority if width >= ROOM_FOR_PRIORITIES else 0
    state = max(map(cell_len, states_of(plan, rejected)), default=0)
    if state:
        state = max(min(state, _LONGEST_STATE), cell_len(say("column.state")))
    state = state if width >= ROOM_FOR_STATES else 0
    mark = min(_widest("column.id", (one.id for one in scenarios)) + GAP, width // 3)
    rest = width - SIGNS - mark - sum(one + GAP for one in (cases, kind, priority, state) if one)
    if width < ROOM_FOR_BOUNDARIES:
        return Columns(mark, max(8, rest), 0, 0, 0, 0, cases)
    rest -= GAP
    name = _widest("column.scenario", (one.name for one in scenarios))
    short = (in_words(without_package(one.boundary)) for one in scenarios)
    boundary = _widest("column.boundary", short)
    boundary = min(boundary, max(rest * 2 // 5, rest - name))
    return Columns(mark, rest - boundary, boundary, kind, priority, state, cases)


def head(columns: Columns) -> Row:
    """The names of the columns, where their columns are."""
    cells = [" " * SIGNS, fit(say("column.id"), columns.id)]
    cells.append(fit(say("column.scenario"), columns.name))
    for word in ("boundary", "type", "priority", "state"):
        room = getattr(columns, "kind" if word == "type" else word)
        cells += [" " * GAP, fit(say(f"column.{word}"), room)] if room else []
    count = say("column.cases")
    return (("".join([*cells, " " * (GAP + columns.cases - cell_len(count)), count]), "heading"),)


def states_of(plan: Plan, rejected: Collection[str]) -> Iterator[str]:
    return (state_of(one, rejected) for one in plan.integration_scenarios)


def state_of(scenario: Scenario, rejected: Collection[str]) -> str:
    """What sets it apart from the others; mostly nothing does."""
    count = sum(case.id in rejected for case in scenario.test_cases)
    words = [] if scenario.enabled else [say("plan.off")]
    return " ".join([*words, *([say("plan.rejected", count=count)] if count else [])])


def kind_of(scenario: Scenario) -> str:
    return say(f"type.{scenario.kind}")


def priority_of(scenario: Scenario) -> str:
    return say(f"priority.{scenario.priority}")


def count_of(scenario: Scenario) -> str:
    """How many cases, and how many of them are on when some are off."""
    enabled = sum(case.enabled for case in scenario.test_cases)
    total = len(scenario.test_cases)
    return str(total) if enabled == total else f"{enabled}/{total}"


def without_package(boundary: str) -> str:
    """`shop.api → shop.orders` says as much without `shop`, where columns are few."""
    left, arrow, right = boundary.partition(" → ")
    package, dot, _ = (right if left == CALLERS else left).partition(".")
    if not (arrow and dot):
        return boundary
    prefix = package + dot
    return f"{left.removeprefix(prefix)}{arrow}{right.removeprefix(prefix)}"


def in_words(boundary: str) -> str:
    """Names of modules stay as they are; the callers of one are called so in each language."""
    left, arrow, right = boundary.partition(" → ")
    return f"{told(left) if left == CALLERS else left}{arrow}{right}"


def _widest(word: str, texts: Iterable[str]) -> int:
    """Of the heading and of what stands below it."""
    return max(map(cell_len, (say(word), *map(plain, texts))))

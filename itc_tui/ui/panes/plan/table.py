"""The table of scenarios and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itc_tui.ui.left_out_rows import fold_row, item_row, left_out_of
from itc_tui.ui.plan_columns import Columns, columns_of, head
from itc_tui.ui.plan_rows import case_row, scenario_row, spots
from itc_tui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from itc_tui.domain.plan import LeftOut, Plan
    from itc_tui.ui.plan_draft import Spot
    from itc_tui.ui.widgets.painting import Row


_LEFT_OUT = "left out"
"""Among the unfolded, in the place of a scenario's id."""


class PlanTable(RowList):
    """Its columns have their names above them, in a `ListHead`.

    Below the spots stands what the plan leaves out.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.unfolded: set[str] = set()
        self._plan: Plan | None = None
        self._columns: tuple[int, Columns] | None = None
        """For which width, and the columns that it has."""
        self._spots: list[Spot] = []
        self._left: list[LeftOut] = []
        self._rejected: dict[str, str] = {}
        self._needle = ""

    def lay(
        self, plan: Plan, rejected: dict[str, str], needle: str, at: Spot | None = None
    ) -> None:
        at = at or self.spot
        self._plan, self._rejected, self._needle = plan, rejected, needle
        self._columns = None
        self._spots = list(spots(plan, self.unfolded, needle))
        self._left = left_out_of(plan, needle)
        unfolded = len(self._left) if _LEFT_OUT in self.unfolded else 0
        self.show(len(self._spots) + (1 + unfolded if self._left else 0))
        if at in self._spots:
            self.cursor = self._spots.index(at)

    @property
    def spot(self) -> Spot | None:
        return self._spots[self.cursor] if self.cursor < len(self._spots) else None

    @property
    def left_out(self) -> list[LeftOut]:
        """What the cursor is on of that which the plan does not hold: all of it, or one."""
        below = self.cursor - len(self._spots)
        if below < 0 or not self._left:
            return []
        return self._left[below - 1 : below] if below else self._left

    def turn_left_out(self) -> None:
        self._fold_left_out(shut=_LEFT_OUT in self.unfolded)

    def fold(self, *, shut: bool) -> None:
        """Shut or open the scenario that the cursor is in."""
        if self.left_out:
            self._fold_left_out(shut=shut)
        if self.spot is None or self._plan is None:
            return
        scenario = self._plan.integration_scenarios[self.spot[0]]
        (self.unfolded.discard if shut else self.unfolded.add)(scenario.id)
        self.lay(self._plan, self._rejected, self._needle, (self.spot[0], None))

    def _fold_left_out(self, *, shut: bool) -> None:
        assert self._plan is not None, "nothing is left out of no plan"
        (self.unfolded.discard if shut else self.unfolded.add)(_LEFT_OUT)
        self.lay(self._plan, self._rejected, self._needle)
        self.cursor = len(self._spots)

    def unfold_all(self, plan: Plan) -> None:
        self.unfolded = {scenario.id for scenario in plan.integration_scenarios}

    def head(self, width: int) -> Row:
        return head(self._columns_at(width - 1)) if self._spots else ()

    def row(self, index: int, width: int) -> Row:
        """The last cell is left to part the numbers from the scrollbar."""
        width -= 1
        assert self._plan is not None, "a spot is a place in a plan"
        if index >= len(self._spots):
            return self._row_left_out(index - len(self._spots), width)
        place, case_place = self._spots[index]
        scenario = self._plan.integration_scenarios[place]
        if case_place is None:
            is_open = scenario.id in self.unfolded
            columns = self._columns_at(width)
            return scenario_row(scenario, columns, is_open=is_open, rejected=self._rejected)
        case = scenario.test_cases[case_place]
        return case_row(case, width, reason=self._rejected.get(case.id, ""))

    def _row_left_out(self, below: int, width: int) -> Row:
        if below:
            return item_row(self._left[below - 1], width)
        return fold_row(self._left, width, is_open=_LEFT_OUT in self.unfolded)

    def _columns_at(self, width: int) -> Columns:
        """Looked through once for each plan and width, not for each row."""
        if self._columns is None or self._columns[0] != width:
            assert self._plan is not None, "there is nothing to lay out without one"
            self._columns = width, columns_of(self._plan, self._rejected, width)
        return self._columns[1]

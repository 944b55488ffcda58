"""The plan pane: table, form and text of one draft, with undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from itc_tui.ui import plan_draft
from itc_tui.ui.commands import bindings, commands
from itc_tui.ui.left_out_rows import left_out_details
from itc_tui.ui.panes.plan.drafting import Drafting
from itc_tui.ui.panes.plan.table import PlanTable
from itc_tui.ui.plan_as_text import as_text
from itc_tui.ui.plan_draft import Draft, Spot
from itc_tui.ui.plan_rows import case_details, scenario_details
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.list_head import ListHead
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.widgets.underway import Underway
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.domain.plan import Plan
    from itc_tui.ui.panes.plan.form import SpotForm
    from itc_tui.ui.panes.plan.whole_text import PlanText
    from itc_tui.ui.view import View
    from itc_tui.ui.widgets.painting import Row


class PlanPane(Drafting):
    BINDINGS: ClassVar[list[BindingType]] = bindings("plan")
    number = 2
    word = "plan"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._seen: Plan | None = None

    @property
    def spot(self) -> Spot | None:
        return self.query_one(PlanTable).spot

    def compose(self) -> ComposeResult:
        table = PlanTable(id="plan-table")
        yield ListHead(table, id="plan-head")
        yield table
        yield Reading(id="plan-details", classes="detail empty")
        yield Teaching(id="no-plan")
        yield Underway("plan", id="plan-underway")

    def parts(self, view: View) -> tuple[object, ...]:
        known = (view.plan, view.plan_approved_by, view.rejected, view.exploration)
        return (*known, view.progress, view.work, view.notes if view.plan is None else None)

    @property
    def is_empty(self) -> bool:
        return self.view.plan is None

    def focus_content(self) -> Widget:
        if form := self.query("SpotForm"):
            return form.first().query("Input, OneOf").first()
        if text := self.query("PlanText"):
            return text.first()
        return self.query_one(PlanTable if self._draft else Underway)

    def draw(self) -> None:
        plan = self.view.plan
        if plan is None:  # also again, in a recording that is gone back in
            self._draft = self._seen = None
        elif plan is not self._seen:
            is_first = self._seen is None
            self._seen = plan
            is_new = not self.view.plan_approved_by
            self._draft = (
                self._draft.rebased(plan, is_proposal=is_new) if self._draft else Draft(plan, plan)
            )
            if is_first and len(plan.integration_scenarios) <= 8:
                self.query_one(PlanTable).unfold_all(plan)
        self.lay()

    def lay(self, at: Spot | None = None) -> None:
        table, teaching = self.query_one(PlanTable), self.query_one(Teaching)
        underway = self.query_one(Underway)
        underway.display = self._is_under_way
        underway.set_class(self._draft is not None, "brief")
        self.set_class(underway.display, "working")
        teaching.display = self._draft is None and not underway.display
        self.tick()
        table.display = self._draft is not None and not self.query("PlanText")
        self.query_one(ListHead).display = table.display
        if self._draft is None:
            teaching.teach("plan")
            self.query_one("#plan-details").add_class("empty")
            self.retitle()
            return
        if at and at[1] is not None:
            table.unfolded.add(self._draft.plan.integration_scenarios[at[0]].id)
        rejected = {event.case_id: event.reason for event in self.view.rejected}
        table.lay(self._draft.plan, rejected, FilterLine.text_in(self, "plan-filter"), at)
        self.query_one(ListHead).refresh()
        self._tell_details()
        self.retitle(self._remark())

    @property
    def _is_under_way(self) -> bool:
        """While it is designed; and while it is developed, below the table."""
        is_told = bool(self.view.work or (self.view.progress and self._draft is None))
        return self.view.phase in (3, 4) and is_told

    def tick(self) -> None:
        if not self._is_under_way:
            return
        underway = self.query_one(Underway)
        (underway.tell if self._draft is None else underway.tell_briefly)(self.view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a form or the text is open, letters are letters."""
        del parameters
        names = {command.name for command in commands("plan")}
        return not (action in names and self.has_class("editing"))

    def hand_over(self) -> None:
        """The reply to a question about the plan carries the draft."""
        if self._draft:
            self._draft = self._draft.handed_over()
            self.lay()

    def correct_text(self, text: str) -> None:
        """From an editor: taken up, or laid open here with what is wrong, for it is work done."""
        fault = self.take_up_text(text) if self._draft else None
        if self._draft and fault:
            from itc_tui.ui.panes.plan.whole_text import PlanText

            before = as_text(self._draft.plan)
            self._open(PlanText(before, id="plan-text", instead=text, fault=fault))

    def action_edit_spot(self) -> None:
        if not self._draft or not self.may_edit():
            return
        spot = self.spot
        if spot is None:
            self.notify(say("plan.nothing_here"))
            return
        from itc_tui.ui.panes.plan.form import SpotForm  # with all that a text field loads

        self._open(SpotForm(self._draft.plan, spot, self._boundaries()))

    def action_as_text(self) -> None:
        if self._draft and self.may_edit():
            from itc_tui.ui.panes.plan.whole_text import PlanText

            self._open(PlanText(as_text(self._draft.plan), id="plan-text"))

    def action_in_editor(self) -> None:
        if self._draft and self.may_edit():
            self.post_message(self.EditorWanted(as_text(self._draft.plan)))

    def action_more_details(self) -> None:
        self.query_one("#plan-details").toggle_class("tall")

    def action_fold(self) -> None:
        self.query_one(PlanTable).fold(shut=True)

    def action_unfold(self) -> None:
        self.query_one(PlanTable).fold(shut=False)

    def action_filter(self) -> None:
        FilterLine.open_in(self, "filter_plan", "plan-filter")

    def on_spot_form_changed(self, event: SpotForm.Changed) -> None:
        event.stop()
        self.change(event.plan, event.spot)

    async def on_spot_form_left(self, event: SpotForm.Left) -> None:
        event.stop()
        await self.query("SpotForm").remove()
        self._close_edit()

    async def on_plan_text_left(self, event: PlanText.Left) -> None:
        event.stop()
        if fault := self.take_up_text(event.editor.text):
            event.editor.go_to(fault)
            return
        await event.editor.remove()
        self._close_edit()

    @on(RowList.Widened, "#plan-underway")
    def _tell_again(self) -> None:
        self.tick()

    @on(FilterLine.Narrowed)
    def _narrow(self, event: FilterLine.Narrowed) -> None:
        event.stop()
        self.lay()

    @on(FilterLine.Left)
    def _back(self, event: FilterLine.Left) -> None:
        event.stop()
        self.focus_content().focus()

    @on(RowList.Moved, "#plan-table")
    @on(RowList.Widened, "#plan-details")
    def _tell_details(self) -> None:
        details = self.query_one("#plan-details", Reading)
        width = max(20, (details.size.width or self.size.width) - 4)
        table = self.query_one(PlanTable)
        spot = table.spot
        rows: list[Row] = left_out_details(left, width) if (left := table.left_out) else []
        if spot and self._draft and spot[0] < len(self._draft.plan.integration_scenarios):
            scenario = self._draft.plan.integration_scenarios[spot[0]]
            rows = (
                scenario_details(scenario, width)
                if spot[1] is None
                else case_details(scenario.test_cases[spot[1]], width)
            )
        details.read(rows)
        details.set_class(not rows, "empty")

    @on(RowList.Chosen, "#plan-table")
    def _choose(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.query_one(PlanTable).left_out:
            self.query_one(PlanTable).turn_left_out()
        else:
            self.action_edit_spot()

    def _boundaries(self) -> list[str]:
        found = self.view.exploration
        return [point.name for point in found.integration_points] if found else []

    def _open(self, editor: Widget) -> None:
        self.add_class("editing")
        self.mount(editor, after=self.query_one(PlanTable))
        if editor.id == "plan-text":
            self.query_one(PlanTable).display = self.query_one(ListHead).display = False
            editor.focus()
            self.notify(say("plan.text_help"))

    def _close_edit(self) -> None:
        self.remove_class("editing")
        self.lay()
        self.focus_content().focus()

    def _remark(self) -> str:
        assert self._draft is not None
        plan = self._draft.plan
        words = []
        if self._draft.is_changed:
            words.append(say("plan.draft_waits" if self.view.plan_approved_by else "plan.draft"))
        elif self.view.plan_approved_by:
            words.append(say("plan.approved"))
        words.append(
            say(
                "plan.summary",
                scenarios=len(plan.integration_scenarios),
                cases=len(plan.enabled_cases),
            )
        )
        if observed := plan_draft.observed_count(plan):
            words.append(say("plan.observed", count=observed))
        return " · ".join(words)

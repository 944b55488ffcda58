"""The plan pane: table, form and text of one draft, with undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from itc_tui.ui import plan_draft
from itc_tui.ui.commands import bindings, commands
from itc_tui.ui.panes.plan.table import PlanTable
from itc_tui.ui.plan_draft import Draft, Spot
from itc_tui.ui.plan_rows import case_details, scenario_details
from itc_tui.ui.text import plain
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.domain.plan import Plan
    from itc_tui.ui.panes.plan.form import SpotForm
    from itc_tui.ui.panes.plan.whole_text import PlanText
    from itc_tui.ui.view import View
    from itc_tui.ui.widgets.painting import Row


class PlanPane(Pane):
    BINDINGS: ClassVar[list[BindingType]] = bindings("plan")
    number = 2
    word = "plan"

    @dataclass
    class EditorWanted(Message):
        """The whole plan, in the person's own editor."""

        text: str

    @dataclass
    class DraftChanged(Message):
        plan: Plan

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._draft: Draft | None = None
        self._seen: Plan | None = None

    @property
    def draft(self) -> Plan | None:
        """The plan as the person has it now."""
        return self._draft.plan if self._draft else None

    def compose(self) -> ComposeResult:
        yield PlanTable(id="plan-table")
        yield Reading(id="plan-details", classes="detail")
        yield Teaching(id="no-plan")
        yield FilterLine("filter_plan", id="plan-filter")

    def parts(self, view: View) -> tuple[object, ...]:
        while_empty = (view.progress, view.notes) if view.plan is None else (None, None)
        known = (view.plan, view.plan_approved_by, view.rejected, view.exploration)
        return (*known, *while_empty)

    def focus_content(self) -> Widget:
        if form := self.query("SpotForm"):
            return form.first().query("Input, OneOf").first()
        if text := self.query("PlanText"):
            return text.first()
        return self.query_one(PlanTable)

    def draw(self) -> None:
        plan = self.view.plan
        if plan is not None and plan is not self._seen:
            is_first = self._seen is None
            self._seen = plan
            is_new = not self.view.plan_approved_by
            self._draft = (
                self._draft.rebased(plan, is_proposal=is_new) if self._draft else Draft(plan, plan)
            )
            if is_first and len(plan.integration_scenarios) <= 8:
                self.query_one(PlanTable).unfold_all(plan)
        self._lay()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a form or the text is open, letters are letters."""
        del parameters
        names = {command.name for command in commands("plan")}
        return not (action in names and self.has_class("editing"))

    def hand_over(self) -> None:
        """The reply to a question about the plan carries the draft."""
        if self._draft:
            self._draft = self._draft.handed_over()
            self._lay()

    def correct_text(self, text: str) -> None:
        """From an editor: taken up, or laid open here with what is wrong, for it is work done."""
        if self._draft and not self.take_up_text(text):
            from itc_tui.ui.panes.plan.whole_text import PlanText

            before = plan_draft.as_text(self._draft.plan)
            self._open(PlanText(before, id="plan-text", instead=text))

    def take_up_text(self, text: str) -> bool:
        """A whole plan, edited as text; False (and said why) when it is not one."""
        plan = plan_draft.from_text(text)
        if isinstance(plan, str):
            self.notify(say("plan.text_wrong", why=plain(plan)), severity="error", timeout=10)
            return False
        self._change(plan)
        return True

    def action_edit_spot(self) -> None:
        spot = self.query_one(PlanTable).spot
        if spot is None or not self._may_edit():
            return
        assert self._draft is not None
        from itc_tui.ui.panes.plan.form import SpotForm  # with all that a text field loads

        self._open(SpotForm(self._draft.plan, spot, self._boundaries()))

    def action_add_case(self) -> None:
        self._edit(plan_draft.added_case, then_open=True)

    def action_add_scenario(self) -> None:
        self._edit(lambda plan, spot: plan_draft.added(plan, (spot[0], None)), then_open=True)

    def action_copy_spot(self) -> None:
        self._edit(plan_draft.copied)

    def action_remove_spot(self) -> None:
        self._edit(plan_draft.removed)

    def action_toggle_spot(self) -> None:
        self._edit(lambda plan, spot: (plan_draft.toggled(plan, spot), spot))

    def action_move_up(self) -> None:
        self._edit(lambda plan, spot: plan_draft.moved(plan, spot, -1))

    def action_move_down(self) -> None:
        self._edit(lambda plan, spot: plan_draft.moved(plan, spot, 1))

    def action_approve(self) -> None:
        self._edit(lambda plan, spot: (plan_draft.approved(plan, spot), spot))

    def action_approve_all(self) -> None:
        if self._draft:
            count = plan_draft.observed_count(self._draft.plan)
            self._edit(lambda plan, spot: (plan_draft.approved(plan), spot))
            self.notify(say("plan.approved_all", count=count))

    def action_reject(self) -> None:
        self._edit(lambda plan, spot: (plan_draft.rejected(plan, spot), spot))

    def action_undo(self) -> None:
        if self._draft:
            self._have(self._draft.undone())

    def action_redo(self) -> None:
        if self._draft:
            self._have(self._draft.redone())

    def action_as_text(self) -> None:
        if self._draft and self._may_edit():
            from itc_tui.ui.panes.plan.whole_text import PlanText

            self._open(PlanText(plan_draft.as_text(self._draft.plan), id="plan-text"))

    def action_in_editor(self) -> None:
        if self._draft and self._may_edit():
            self.post_message(self.EditorWanted(plan_draft.as_text(self._draft.plan)))

    def action_fold(self) -> None:
        self.query_one(PlanTable).fold(shut=True)

    def action_unfold(self) -> None:
        self.query_one(PlanTable).fold(shut=False)

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    def on_spot_form_changed(self, event: SpotForm.Changed) -> None:
        event.stop()
        self._change(event.plan, event.spot)

    async def on_spot_form_left(self, event: SpotForm.Left) -> None:
        event.stop()
        await self.query("SpotForm").remove()
        self._close_edit()

    async def on_plan_text_left(self, event: PlanText.Left) -> None:
        event.stop()
        if self.take_up_text(event.text):
            await self.query("PlanText").remove()
            self._close_edit()

    @on(FilterLine.Narrowed)
    def _narrow(self, event: FilterLine.Narrowed) -> None:
        event.stop()
        self._lay()

    @on(FilterLine.Left)
    def _back(self, event: FilterLine.Left) -> None:
        event.stop()
        self.focus_content().focus()

    @on(RowList.Moved, "#plan-table")
    @on(RowList.Widened, "#plan-details")
    def _tell_details(self) -> None:
        details = self.query_one("#plan-details", Reading)
        width = max(20, (details.size.width or self.size.width) - 4)
        spot = self.query_one(PlanTable).spot
        rows: list[Row] = []
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
        self.action_edit_spot()

    def _boundaries(self) -> list[str]:
        found = self.view.exploration
        return [point.name for point in found.integration_points] if found else []

    def _may_edit(self) -> bool:
        if self.is_read_only:
            self.notify(say("plan.read_only"))
        return not self.is_read_only

    def _edit(self, how: object, *, then_open: bool = False) -> None:
        table = self.query_one(PlanTable)
        if self._draft is None or not self._may_edit() or not callable(how):
            return
        spot = table.spot or (0, None)
        if not self._draft.plan.integration_scenarios and how is not plan_draft.added:
            return
        plan, at = how(self._draft.plan, spot)
        if at[1] is not None:
            table.unfolded.add(plan.integration_scenarios[at[0]].id)
        self._change(plan, at)
        if then_open:
            self.action_edit_spot()

    def _change(self, plan: Plan, at: Spot | None = None) -> None:
        if self._draft:
            self._have(self._draft.with_plan(plan), at)

    def _have(self, draft: Draft, at: Spot | None = None) -> None:
        if self._draft is not None and draft.plan != self._draft.plan:
            self.post_message(self.DraftChanged(draft.plan))
        self._draft = draft
        self._lay(at)

    def _open(self, editor: Widget) -> None:
        self.add_class("editing")
        self.mount(editor, after=self.query_one(PlanTable))
        if editor.id == "plan-text":
            self.query_one(PlanTable).display = False
            editor.focus()
            self.notify(say("plan.text_help"))

    def _close_edit(self) -> None:
        self.remove_class("editing")
        self.query_one(PlanTable).display = True
        self._lay()
        self.focus_content().focus()

    def _lay(self, at: Spot | None = None) -> None:
        table, teaching = self.query_one(PlanTable), self.query_one(Teaching)
        teaching.display = self._draft is None
        table.display = self._draft is not None and not self.query("PlanText")
        if self._draft is None:
            teaching.teach("plan", self._what_is_done())
            self.query_one("#plan-details").add_class("empty")
            return
        rejected = {event.case_id: event.reason for event in self.view.rejected}
        table.lay(self._draft.plan, rejected, self.query_one(FilterLine).value, at)
        self._tell_details()
        self.retitle(self._remark())

    def _what_is_done(self) -> str:
        """Designing takes a while: what it is at, and what it noted last."""
        if self.view.phase != 3:
            return ""
        progress = self.view.progress
        lines = [plain(note.text) for note in self.view.notes[-5:]]
        return "\n".join([*lines, *([plain(progress.what)] if progress else [])])

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

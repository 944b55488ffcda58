"""What a person does to the plan: every deed upon one draft, with undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from itc_tui.ui import plan_draft
from itc_tui.ui.plan_as_text import TextFault, from_text
from itc_tui.ui.plan_draft import Draft, Spot
from itc_tui.ui.text import plain
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.domain.plan import Plan

    Deed = Callable[[Plan, Spot], tuple[Plan, Spot]]
    """From a plan, and the spot that it is done to, to the plan and where the cursor goes."""


class Drafting(Pane):
    """Who shows the draft says where the cursor is, and lays it out anew after each deed."""

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

    @property
    def draft(self) -> Plan | None:
        """The plan as the person has it now."""
        return self._draft.plan if self._draft else None

    @property
    def spot(self) -> Spot | None:
        """What the next deed is done to."""
        raise NotImplementedError

    def lay(self, at: Spot | None = None) -> None:
        """Show the draft as it is now, with the cursor there."""
        raise NotImplementedError

    def action_edit_spot(self) -> None:
        raise NotImplementedError

    def may_edit(self) -> bool:
        if self.is_read_only:
            self.notify(say("plan.read_only"))
        return not self.is_read_only

    def change(self, plan: Plan, at: Spot | None = None) -> None:
        if self._draft:
            self._have(self._draft.with_plan(plan), at)

    def take_up_text(self, text: str) -> TextFault | None:
        """A whole plan, edited as text; where it is wrong is said, and given."""
        plan = from_text(text)
        if isinstance(plan, TextFault):
            self.notify(plan.sentence, severity="error", timeout=10)
            return plan
        self.change(plan)
        return None

    def action_add_case(self) -> None:
        self._edit(plan_draft.added_case, then_open=True)

    def action_add_scenario(self) -> None:
        self._edit(plan_draft.added_scenario, then_open=True, is_anywhere=True)

    def action_copy_spot(self) -> None:
        self._edit(plan_draft.copied)

    def action_remove_spot(self) -> None:
        name = self._name_here()
        if self._edit(plan_draft.removed):
            self.notify(say("plan.removed", name=name))

    def action_toggle_spot(self) -> None:
        self._edit(lambda plan, spot: (plan_draft.toggled(plan, spot), spot))

    def action_move_up(self) -> None:
        self._edit(lambda plan, spot: plan_draft.moved(plan, spot, -1))

    def action_move_down(self) -> None:
        self._edit(lambda plan, spot: plan_draft.moved(plan, spot, 1))

    def action_approve(self) -> None:
        if not self._edit(lambda plan, spot: (plan_draft.approved(plan, spot), spot)):
            self._say_why_not("plan.none_observed")

    def action_approve_all(self) -> None:
        count = plan_draft.observed_count(self._draft.plan) if self._draft else 0
        if self._edit(lambda plan, spot: (plan_draft.approved(plan), spot), is_anywhere=True):
            self.notify(say("plan.approved_all", count=count))
        else:
            self._say_why_not("plan.none_observed")

    def action_reject(self) -> None:
        if self._edit(lambda plan, spot: (plan_draft.rejected(plan, spot), spot)):
            self.notify(say("plan.rejected_one"))
        else:
            is_scenario = self.spot is not None and self.spot[1] is None
            self._say_why_not("plan.reject_a_case" if is_scenario else "plan.none_observed")

    def action_undo(self) -> None:
        if self._draft and not self._go_to(self._draft.undone()):
            self.notify(say("plan.nothing_to_undo"))

    def action_redo(self) -> None:
        if self._draft and not self._go_to(self._draft.redone()):
            self.notify(say("plan.nothing_to_redo"))

    def _edit(self, how: Deed, *, then_open: bool = False, is_anywhere: bool = False) -> bool:
        """Whether it changed anything; `is_anywhere`: no matter where the cursor is."""
        if self._draft is None or not self.may_edit():
            return False
        before = self._draft.plan
        if not before.integration_scenarios and how is not plan_draft.added_scenario:
            self.notify(say("plan.no_scenario"))
            return False
        if self.spot is None and before.integration_scenarios and not is_anywhere:
            self.notify(say("plan.nothing_here"))
            return False
        plan, at = how(before, self.spot or (0, None))
        self.change(plan, at)
        if then_open:
            self.action_edit_spot()
        return plan != before

    def _go_to(self, draft: Draft) -> bool:
        """One step along the edits, with the cursor where it changed something."""
        if self._draft is None or draft is self._draft:
            return False
        self._have(draft, plan_draft.first_change(self._draft.plan, draft.plan))
        return True

    def _name_here(self) -> str:
        if self._draft is None or self.spot is None:
            return ""
        scenario = self._draft.plan.integration_scenarios[self.spot[0]]
        return plain((scenario if self.spot[1] is None else scenario.test_cases[self.spot[1]]).name)

    def _say_why_not(self, word: str) -> None:
        """Unless it was said already that nothing can be edited here."""
        if self._draft and self.spot is not None and not self.is_read_only:
            self.notify(say(word))

    def _have(self, draft: Draft, at: Spot | None = None) -> None:
        if self._draft is not None and draft.plan != self._draft.plan:
            self.post_message(self.DraftChanged(draft.plan))
        self._draft = draft
        self.lay(at)

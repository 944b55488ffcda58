"""One question until it is answered; what was changed along the way outlives looking around."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App

from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Question, Reply, Topic
from itc_tui.domain.requests import FileEdit
from itc_tui.domain.trouble import Trouble
from itc_tui.ui.diffs import of_edits
from itc_tui.ui.screens.fix_editor import FixEditor
from itc_tui.ui.screens.question import EDIT, EDIT_OUTSIDE, STOP, Ask
from itc_tui.ui.text import plain
from itc_tui.ui.words import say


class Interview:
    def __init__(
        self,
        question: Question,
        edits: tuple[FileEdit, ...] = (),
        known: Sequence[str] = (),
        edit_text: Callable[[str, str], str] | None = None,
    ) -> None:
        self.question = question
        self._proposed = self._edits = edits if question.topic is Topic.FIX else ()
        self._known = known
        self._edit_text = edit_text
        self._ticked = frozenset(one.name for one in question.options if one.is_ticked)

    async def hold(self, app: App[Any], draft: Callable[[], Plan | None]) -> Reply | None:
        """None when the person wants to look around first."""
        while True:
            dialog = Ask(
                _about(self.question, draft()),
                of_edits(self._edits),
                self._known,
                ticked=self._ticked,
                may_edit=bool(self._edits),
                has_editor=self._edit_text is not None,
            )
            reply: Reply | None = await app.push_screen_wait(dialog)
            self._ticked = dialog.ticked
            if reply is None or reply.choice == STOP:
                return reply
            if reply.choice == EDIT:
                self._edits = await app.push_screen_wait(FixEditor(self._edits, self._proposed))
            elif reply.choice == EDIT_OUTSIDE:
                self._edit_outside(app)
            else:
                return self._with_payload(reply, draft())

    def _edit_outside(self, app: App[Any]) -> None:
        """Each file of the fix, as the person's editor left it."""
        edit = self._edit_text
        assert edit is not None
        try:
            with app.suspend():
                self._edits = tuple(one.but(after=edit(one.after, ".py")) for one in self._edits)
        except Trouble as trouble:
            app.notify(plain(trouble.sentence), severity="error", timeout=10)
        app.refresh()

    def _with_payload(self, reply: Reply, draft: Plan | None) -> Reply:
        """What was edited or ticked goes along with whatever is said about it."""
        if self._edits != self._proposed:
            return reply.but(payload=self._edits)
        if self.question.options:
            return reply.but(payload=sorted(self._ticked))
        if self.question.topic is Topic.PLAN and draft is not None:
            return reply.but(payload=draft)
        return reply


def _about(question: Question, draft: Plan | None) -> Question:
    """The plan is asked about as the person has it now."""
    if question.topic is not Topic.PLAN or draft is None:
        return question
    scenarios, cases = len(draft.integration_scenarios), len(draft.enabled_cases)
    return question.but(detail=say("plan.summary", scenarios=scenarios, cases=cases))

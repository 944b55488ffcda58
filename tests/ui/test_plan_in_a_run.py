"""The plan edited while the loop works: taken up and told, undone, kept, refused when over."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from textual.pilot import Pilot

from itc_tui.adapters.screen_tools import edited_text
from itc_tui.domain.events import Noted, PlanTakenUp
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Topic
from itc_tui.domain.state import State
from itc_tui.domain.trouble import Trouble
from itc_tui.ports import Steps, StopSwitch
from itc_tui.ports.steering import Steering
from itc_tui.ui.leaving import Left
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Launch
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.panes.plan.table import PlanTable
from tests.ui.rerun_stage import told
from tests.ui.scripted import journey
from tests.ui.stage import answer, application, bench, launch, outside, painted, until

PATIENCE_S = 20


class Slow:
    """A loop that waits where the tests would be written, and takes the plan up when it may."""

    def __init__(self) -> None:
        self.may_take_up = threading.Event()
        self.steering, self.stop = Steering(), StopSwitch()
        self.stop.on_pull(self.may_take_up.set)

    def __call__(self) -> Steps[State]:
        steps = journey()
        reply = None
        while True:
            try:
                event = steps.send(reply)
            except StopIteration as end:
                state: State = end.value
                return state
            reply = yield event
            if event.event == "plan_approved":
                yield Noted(text="writing")
                assert self.may_take_up.wait(PATIENCE_S)
                if plan := self.steering.take_plan():
                    yield PlanTakenUp(plan=plan.but(user_feedback=("edited by hand",)))
                    self.may_take_up.clear()
                    assert self.may_take_up.wait(PATIENCE_S)

    @property
    def launch(self) -> Launch:
        return Launch(self, self.stop, self.steering)


async def in_development(app: Any, pilot: Pilot[Left]) -> Plan:
    await answer(pilot, Topic.CONSENT, "y")
    await answer(pilot, Topic.PLAN, "c")
    await until(pilot, lambda: bench(pilot).view.plan_approved_by)
    await pilot.press("2")
    await until(pilot, lambda: isinstance(app.focused, PlanTable))
    draft: Plan = app.screen.query_one(PlanPane).draft
    return draft


async def test_an_edit_waits_for_the_next_step_and_is_no_draft_after_it() -> None:
    slow = Slow()
    async with application(started=slow.launch) as (app, pilot):
        before = await in_development(app, pilot)
        pane = app.screen.query_one(PlanPane)
        await pilot.press("t", "j", "t")
        await until(pilot, lambda: "changed by you, taken up at the next step" in painted(app))
        slow.may_take_up.set()
        await until(pilot, lambda: "changed by you" not in painted(app))
        assert pane.draft != before
        await pilot.press("u")
        await until(pilot, lambda: "changed by you, taken up at the next step" in painted(app))
        await pilot.press("u")
        assert [one.enabled for one in pane.draft.integration_scenarios] == [
            one.enabled for one in before.integration_scenarios
        ], "the way back leads across what was taken up"
        assert slow.steering.take_plan() == pane.draft
        await pilot.press("U")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def test_an_edit_is_written_down_though_nobody_takes_it_up() -> None:
    slow, kept = Slow(), list[Plan]()
    slow.steering.keep_by(kept.append)
    async with application(started=slow.launch) as (app, pilot):
        await in_development(app, pilot)
        pane = app.screen.query_one(PlanPane)
        await pilot.press("t", "j", "t")
        await until(pilot, lambda: kept and kept[-1] == pane.draft)
        await pilot.press("u")
        await until(pilot, lambda: kept[-1] == pane.draft)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def test_what_is_edited_while_the_plan_is_asked_about_is_kept_for_whoever_leaves() -> None:
    begun = launch()
    async with application(started=begun) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        await pilot.press("2", "t")
        await until(pilot, lambda: "changed by you" in painted(app))
        offered = begun.steering.take_plan()
        assert offered
        assert offered == app.screen.query_one(PlanPane).draft
        begun.steering.offer_plan(offered)
        await pilot.press("A")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: bench(pilot).view.plan_approved_by)
        assert begun.steering.take_plan() is None, "the reply carried it"


async def test_a_session_that_is_over_takes_no_edit() -> None:
    async with application(started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await answer(pilot, Topic.NEXT_STEPS, "d")
        await until(pilot, lambda: bench(pilot).mood is Mood.DONE)
        await pilot.press("2", "t")
        await until(pilot, lambda: "not running here cannot be edited" in told(app))
        assert "changed by you" not in painted(app)


async def test_a_text_from_the_editor_that_is_no_plan_is_laid_open_with_what_is_wrong() -> None:
    slow = Slow()
    texts: list[str] = []

    def edit(text: str, _suffix: str) -> str:
        texts.append(text)
        return text.replace('"enabled": true', '"enabled": maybe', 1)

    world = outside(edit_text=edit, launch=lambda _topic: slow.launch)
    async with application(world, slow.launch) as (app, pilot):
        await in_development(app, pilot)
        app.suspend = nullcontext
        await pilot.press("E")
        await until(pilot, lambda: app.screen.query("PlanText"))
        await until(pilot, lambda: "Not taken up" in told(app))
        text = app.screen.query_one("#plan-text")
        await until(pilot, lambda: "maybe" in text.text)
        text.undo()
        await until(pilot, lambda: json.loads(text.text) == json.loads(texts[0]))
        await pilot.press("escape")
        await until(pilot, lambda: not app.screen.query("PlanText"))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


def test_an_editor_that_fails_takes_nothing_up_and_keeps_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = "import sys; open(sys.argv[1], 'a').write('mine'); sys.exit(3)"
    monkeypatch.setenv("VISUAL", f'{sys.executable} -c "{writes}"')
    monkeypatch.setattr(platformdirs, "user_state_dir", lambda *_words, **_more: str(tmp_path))
    with pytest.raises(Trouble, match=r"ended with code 3\. What you wrote is not taken up"):
        edited_text("the plan, ", ".json")
    assert (tmp_path / "edited.json").read_text() == "the plan, mine"


@pytest.mark.parametrize(
    ("editor", "says"),
    [
        ("/nowhere/ed", "cannot be run .* set the variable EDITOR"),
        ('vim "', "is no command .* correct it"),
        (f'{sys.executable} -c "raise SystemExit(1)"', "ended with code 1. Nothing was changed."),
    ],
    ids=["missing", "quotes", "gives up"],
)
def test_an_editor_that_cannot_be_used_is_told_in_a_sentence(
    editor: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    with pytest.raises(Trouble, match=says):
        edited_text("text", ".json")

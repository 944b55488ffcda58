"""The person is called when they are needed and away, and left in peace when they look."""

from __future__ import annotations

import pytest
from textual import events

from itc_tui.domain.questions import Topic
from itc_tui.ui.attention import QUIET_S, Attention
from itc_tui.ui.look import Look
from tests.ui.stage import answer, application, bench, launch, outside, until

KEY = events.Key("s", "s")


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attention(clock: Clock) -> Attention:
    return Attention(clock)


def test_who_has_just_pressed_a_key_is_left_in_peace(attention: Attention, clock: Clock) -> None:
    clock.now_s = 100
    attention.notice(KEY)
    clock.now_s += QUIET_S - 1
    assert not attention.is_worth_a_bell(has_focus=True)
    assert not attention.is_worth_a_notice(has_focus=True)


def test_after_a_while_of_quiet_both_are_due(attention: Attention, clock: Clock) -> None:
    clock.now_s = QUIET_S
    assert attention.is_worth_a_bell(has_focus=True)
    assert attention.is_worth_a_notice(has_focus=True)


def test_who_left_the_window_is_called_at_once(attention: Attention) -> None:
    attention.notice(KEY)
    attention.notice(events.AppBlur())
    assert attention.is_worth_a_bell(has_focus=False)
    assert attention.is_worth_a_notice(has_focus=False)


def test_who_is_known_to_look_is_only_rung_for(attention: Attention, clock: Clock) -> None:
    attention.notice(events.AppBlur())
    attention.notice(events.AppFocus())
    clock.now_s = QUIET_S
    assert attention.is_worth_a_bell(has_focus=True)
    assert not attention.is_worth_a_notice(has_focus=True)


@pytest.mark.parametrize(("notify", "ways"), [("auto", {"auto"}), ("off", set())])
async def test_a_question_and_the_end_reach_who_is_elsewhere(notify: str, ways: set[str]) -> None:
    told: list[tuple[str, str, str]] = []

    def notice(*words: str) -> str:
        told.append(words)  # type: ignore[arg-type]  # three of them
        return ""

    rung: list[bool] = []
    look = Look(language="en", theme="itc-dark", reduced_motion=True, notify=notify)
    async with application(outside(notice=notice), started=launch(), look=look) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        before = len(told)
        app.bell = lambda: rung.append(True)
        app.post_message(events.AppBlur())
        await until(pilot, lambda: not app.app_focus)
        bench(pilot).worker.stop()
        await until(pilot, lambda: rung)
    assert {way for way, _, _ in told[before:]} == ways
    assert all(title == "itc · payments and orders 支付" for _, title, _ in told[before:])
    assert [body.split(".")[0] for _, _, body in told[-1:]] == ["Stopped"] * len(ways)

"""What the loop asks can be read in the person's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from itc_tui.domain.events import QuestionAsked
from itc_tui.domain.questions import Choice, Question, Topic
from itc_tui.loop import cycle
from itc_tui.ports import Steps
from itc_tui.ui.asked import consequence_of, label_of, text_of, why_not_skipped
from itc_tui.ui.mood import Mood
from itc_tui.ui.screens.question import Ask
from itc_tui.ui.words import speak
from tests.driving import FILE, mend, new_session, red_while_it_says_red, text_with
from tests.fakes import ScriptedEngine, fake_world
from tests.test_stepping import stepping
from tests.ui.stage import application, bench, launch, painted, until


def questions() -> tuple[Question, ...]:
    """All that a session can ask: one where nothing matches, and one in step mode."""
    lost = fake_world(ScriptedEngine({FILE: text_with("a")}, chosen=()), red_while_it_says_red)
    engine = ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")])
    asked = (
        *asked_by(cycle(new_session(1).but(module="what is paid"), lost)),
        *asked_by(cycle(new_session(), stepping(engine))),
    )
    return tuple({f"{one.topic} {one.text}": one for one in asked}.values())


def asked_by(steps: Steps[object]) -> Iterator[Question]:
    yield from (event.question for event in steps if isinstance(event, QuestionAsked))


@pytest.fixture
def chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


@pytest.mark.usefixtures("chinese")
def test_in_chinese_no_english_is_left_in_text_and_choices() -> None:
    for question in questions():
        if question.topic != "fix":  # its text is the engine's own
            assert not text_of(question).isascii(), question.text
        for choice in question.choices:
            assert not label_of(choice).isascii(), choice.label
            assert not (choice.consequence and consequence_of(choice).isascii()), choice


@pytest.mark.usefixtures("chinese")
def test_what_cannot_be_skipped_says_why_in_chinese() -> None:
    reasons = [why_not_skipped(question) for question in questions()]
    assert any(reasons)
    assert all(not reason.isascii() for reason in reasons if reason)


async def test_a_chinese_sentence_goes_on_behind_a_path_and_no_line_begins_with_its_full_stop() -> (
    None
):
    detail = (
        "在 /tmp/a/b 的副本中运行：独立的主目录，除本机外没有网络，不写入外部，时间与内存受限。"
    )
    yes = Choice(key="y", name="yes", label="可以", consequence="")
    question = Question(topic=Topic.CONSENT, text="可以运行吗？", detail=detail, choices=(yes,))
    async with application(review="a", size=(80, 24)) as (app, pilot):
        for columns in range(70, 90):
            await pilot.resize_terminal(columns, 24)
            app.push_screen(Ask(question))
            await until(pilot, lambda: isinstance(app.screen, Ask) and "可以运行" in painted(app))
            lines = [line.strip(" │╭╮╰╯─") for line in painted(app).splitlines()]
            said = [line for line in lines if line and line in detail]
            assert "".join(said) == detail
            assert said[0].startswith("在 /tmp/a/b 的副本")
            assert not said[-1].startswith("。")
            app.pop_screen()


async def test_while_a_sentence_is_written_nothing_says_that_a_letter_chooses() -> None:
    reject = Choice(key="n", name="reject", label="Leave it", consequence="")
    question = Question(topic=Topic.FIX, text="a fix", choices=(reject,))
    async with application(review="a", size=(80, 24)) as (app, pilot):
        app.push_screen(Ask(question))
        await until(pilot, lambda: "press its letter" in painted(app))
        await pilot.press("n")
        await until(pilot, lambda: "⏎ sends it · esc chooses again" in painted(app))
        assert "press its letter" not in painted(app)
        await pilot.press("escape")
        await until(pilot, lambda: "press its letter" in painted(app))


async def test_stop_stops_while_a_question_stands_open_and_asks_it_again_another_time() -> None:
    begun = launch()
    async with application(started=begun) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("X")
        await until(pilot, lambda: bench(pilot).mood is Mood.STOPPED)
        assert begun.stop.is_pulled
        assert bench(pilot).view.question is not None, "nobody has answered it"

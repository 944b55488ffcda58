"""What the loop asks can be read in the person's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from itc_tui.domain.events import QuestionAsked
from itc_tui.domain.questions import Question
from itc_tui.loop import cycle
from itc_tui.ports import Steps
from itc_tui.ui.asked import consequence_of, label_of, text_of, why_not_skipped
from itc_tui.ui.words import speak
from tests.driving import FILE, mend, new_session, red_while_it_says_red, text_with
from tests.fakes import ScriptedEngine, fake_world
from tests.test_stepping import stepping


def questions() -> tuple[Question, ...]:
    """All that a session can ask: one where nothing matches, and one in step mode."""
    lost = fake_world(ScriptedEngine({FILE: text_with("a")}, chosen=()), red_while_it_says_red)
    engine = ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")])
    asked = (
        *asked_by(cycle(new_session(1), lost)),
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

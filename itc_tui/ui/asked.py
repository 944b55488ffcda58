"""A question of the loop in the person's language, and why it cannot be skipped."""

from __future__ import annotations

from itc_tui.domain.questions import Choice, Question
from itc_tui.ui.text import plain
from itc_tui.ui.words import has_words, say, told


def text_of(question: Question) -> str:
    return told(question.text)


def detail_of(question: Question) -> str:
    return told(question.detail)


def label_of(choice: Choice) -> str:
    return plain(told(choice.label))


def consequence_of(choice: Choice) -> str:
    return plain(told(choice.consequence))


def about_of(choice: Choice) -> str:
    return plain(say("ask.about", what=told(choice.about))) if choice.about else ""


def why_not_skipped(question: Question | None) -> str:
    """Of the step or question that is shown; empty when it can be skipped."""
    if question is None:
        return say("never.nothing")
    if any(choice.name == "skip" for choice in question.choices):
        return ""
    if question.ahead and has_words(f"never.{question.ahead.step}"):
        return say(f"never.{question.ahead.step}")
    return say("never.question")

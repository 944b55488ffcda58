"""A question in the person's language; what has no words of its own is told as the loop said it."""

from __future__ import annotations

from itc_tui.domain.counting import counted
from itc_tui.domain.questions import Ahead, Choice, Question
from itc_tui.ui.text import plain
from itc_tui.ui.words import has_words, say, spoken

_NOUNS = {"cases": "case", "files": "file", "failures": "failure", "boundaries": "boundary"}


def text_of(question: Question) -> str:
    if question.ahead:
        return _of_step(question.ahead, f"ahead.{question.ahead.step}")
    return _told(f"asked.{question.topic}", question.text)


def detail_of(question: Question) -> str:
    if question.ahead:
        return _of_step(question.ahead, f"ahead.{question.ahead.step}.more")
    return _told(f"detail.{question.topic}", question.detail)


def label_of(question: Question, choice: Choice) -> str:
    return plain(_told(f"choice.{question.topic}.{choice.name}", choice.label))


def consequence_of(question: Question, choice: Choice) -> str:
    return plain(_told(f"choice.{question.topic}.{choice.name}.more", choice.consequence))


def about_of(choice: Choice) -> str:
    return plain(say("ask.about", what=choice.about)) if choice.about else ""


def why_not_skipped(question: Question | None) -> str:
    """Of the step or question that is shown; empty when it can be skipped."""
    if question is None:
        return say("never.nothing")
    if any(choice.name == "skip" for choice in question.choices):
        return ""
    if question.ahead and has_words(f"never.{question.ahead.step}"):
        return say(f"never.{question.ahead.step}")
    return say("never.question")


def _of_step(ahead: Ahead, key: str) -> str:
    facts = dict(ahead.facts)
    if spoken() == "en":
        facts |= {
            name: counted(int(value), _NOUNS[name])
            for name, value in facts.items()
            if name in _NOUNS and value.isdigit()
        }
    if has_words(f"strategy.{facts.get('strategy')}"):
        facts["strategy"] = say(f"strategy.{facts['strategy']}")
    return say(key, **facts)


def _told(key: str, otherwise: str) -> str:
    """English is as the loop says it, with the numbers and names of this moment."""
    return otherwise if spoken() == "en" or not has_words(key) else say(key)

"""Ask the person, and tell what was answered."""

from __future__ import annotations

from itc_tui.domain.events import QuestionAnswered, QuestionAsked
from itc_tui.domain.questions import Question, Reply
from itc_tui.ports import Steps


def ask(question: Question) -> Steps[Reply]:
    """A driver that has nobody to ask sends nothing back: then the recommended choice stands."""
    sent = yield QuestionAsked(question=question)
    reply = sent or Reply(choice=question.recommended.name)
    yield QuestionAnswered(question=question, reply=reply)
    return reply

"""How questions are answered without a screen: by policy, or on the command line."""

from __future__ import annotations

from collections.abc import Callable

from itc_tui.domain.questions import Question, Reply, Topic
from itc_tui.domain.trouble import Trouble
from itc_tui.speech import tell, told


def auto(_: Question) -> Reply | None:
    """`-y`: the recommended choice, always."""
    return None


def unattended(question: Question) -> Reply | None:
    """Nobody is there and nobody said `-y`: everything but the consent has a safe answer."""
    if question.topic is Topic.CONSENT:
        raise Trouble(
            "There is no terminal to ask whether the code may be run in the box; "
            "add -y to allow it."
        )
    return None


def prompting(
    read: Callable[[str], str], show: Callable[[str], None]
) -> Callable[[Question], Reply | None]:
    """Ask on the command line: one key a choice, return for the recommended one."""

    def answer(question: Question) -> Reply:
        show("")
        show(told(question.text))
        if question.detail:
            show(f"  {told(question.detail)}")
        for choice in question.choices:
            mark = "*" if choice.is_recommended else " "
            show(f" {mark} {choice.key}  {told(choice.label)} — {told(choice.consequence)}")
        by_word = {choice.key: choice for choice in question.choices}
        by_word |= {choice.name: choice for choice in question.choices}
        while True:
            word = read(f"[{question.recommended.key}] ").strip().lower()
            chosen = by_word.get(word) if word else question.recommended
            if chosen is not None:
                break
            keys = ", ".join(choice.key for choice in question.choices)
            show(tell("Please answer one of: {keys}", keys=keys))
        note = (
            read(tell("In a few words:") + " ").strip()
            if _wants_words(question, chosen.name)
            else ""
        )
        return Reply(choice=chosen.name, note=note)

    return answer


def _wants_words(question: Question, choice: str) -> bool:
    return (question.topic, choice) in {
        (Topic.PLAN, "scope"),
        (Topic.PLAN, "mocks"),
        (Topic.PLAN, "scenarios"),
        (Topic.MODULE, "modules"),
        (Topic.NEXT_STEPS, "extend"),
        (Topic.FIX, "reject"),
    }

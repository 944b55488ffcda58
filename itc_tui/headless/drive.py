"""Pull the loop to its end, telling each event and answering each question."""

from __future__ import annotations

from collections.abc import Callable

from itc_tui.domain.events import Event, QuestionAsked, StepPersisted
from itc_tui.domain.questions import Question, Reply
from itc_tui.domain.state import State
from itc_tui.ports import Steps

Answer = Callable[[Question], Reply | None]
"""None means: nobody was asked, the recommended choice stands."""
_NO_STEPS = {"initialized", "consented"}
"""Where a continued session stands, and what a person allowed."""


def drive(
    steps: Steps[State],
    tell: Callable[[Event], None],
    answer: Answer,
    *,
    only_one_step: bool = False,
) -> State | None:
    """The final state; None when it stopped after one step, as asked.

    What is only written down, and does nothing, is not counted.
    """
    reply: Reply | None = None
    while True:
        try:
            event = steps.send(reply)
        except StopIteration as end:
            final: State = end.value
            return final
        tell(event)
        reply = answer(event.question) if isinstance(event, QuestionAsked) else None
        if only_one_step and isinstance(event, StepPersisted) and event.step not in _NO_STEPS:
            steps.close()
            return None

"""Pull the loop to its end, telling each event and answering each question."""

from __future__ import annotations

from collections.abc import Callable

from itc_tui.domain.events import Event, QuestionAsked, StepPersisted
from itc_tui.domain.questions import Question, Reply
from itc_tui.domain.state import State
from itc_tui.domain.trouble import ExitCode
from itc_tui.domain.words import Ending
from itc_tui.ports import Steps

Answer = Callable[[Question], Reply | None]
"""None means: nobody was asked, the recommended choice stands."""


def drive(
    steps: Steps[State],
    tell: Callable[[Event], None],
    answer: Answer,
    *,
    only_one_step: bool = False,
) -> State | None:
    """The final state; None when it stopped after one step, as asked.

    The first step of a continued session only says where it stands, so it is not counted.
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
        if only_one_step and isinstance(event, StepPersisted) and event.step != "initialized":
            steps.close()
            return None


def exit_code_of(state: State) -> ExitCode:
    if state.summary is None:
        return ExitCode.NOT_REACHED
    if state.summary.result is Ending.SUCCESS:
        return ExitCode.SUCCESS
    if state.summary.result is Ending.PARTIAL_SUCCESS:
        return ExitCode.PARTIAL_SUCCESS
    results = state.iterations.latest_results
    bugs = {finding.test for finding in state.findings}
    if bugs and results and all(failure.test in bugs for failure in results.failures):
        return ExitCode.PRODUCT_BUGS
    return ExitCode.NOT_REACHED

"""Engines in the person's order; the next one is asked when one cannot answer well enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import ValidationError

from itc_tui.domain.events import Noted
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.iterations import Judgement
from itc_tui.domain.plan import Plan
from itc_tui.domain.requests import (
    AnalyseRequest,
    DesignRequest,
    DevelopRequest,
    Draft,
    ExploreRequest,
    Fix,
    FixRequest,
    ValidateRequest,
)
from itc_tui.domain.trouble import EngineTrouble
from itc_tui.engines.remembered import RememberedFixes
from itc_tui.ports import Engine, Steps

LEAST_CONFIDENCE = 0.4
FEWEST_WORDS = 100
SAME_CAUSE_TIMES = 3

Answer = TypeVar("Answer")


class EngineChain:
    """Speaks for all of them. The last one's answer stands, however thin it is."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = tuple(engines)
        self.name = " → ".join(engine.name for engine in self._engines)
        self._memory = RememberedFixes()
        self._causes: dict[tuple[str, str], int] = {}
        """(engine, root cause) → how often it was given, to notice one that goes in circles."""

    def explore(self, request: ExploreRequest) -> Steps[Exploration]:
        return self._first("explore", lambda engine: engine.explore(request))

    def design(self, request: DesignRequest) -> Steps[Plan]:
        return self._first("design", lambda engine: engine.design(request))

    def develop(self, request: DevelopRequest) -> Steps[Draft]:
        return self._first("develop", lambda engine: engine.develop(request))

    def validate(self, request: ValidateRequest) -> Steps[Draft]:
        return self._first("validate", lambda engine: engine.validate(request))

    def analyse(self, request: AnalyseRequest) -> Steps[Judgement]:
        try:
            return (
                yield from self._first(
                    "analyse the failure", lambda engine: engine.analyse(request), self._objection
                )
            )
        except EngineTrouble as trouble:
            yield Noted(text=f"{trouble.sentence} {_FROM_MEMORY}", level="warning")
            return self._memory.judgement(request)

    def fix(self, request: FixRequest) -> Steps[Fix]:
        try:
            return (yield from self._first("fix", lambda engine: engine.fix(request)))
        except EngineTrouble as trouble:
            yield Noted(text=f"{trouble.sentence} {_FROM_MEMORY}", level="warning")
            return self._memory.fix(request)

    def _first(
        self,
        what: str,
        ask: Callable[[Engine], Steps[Answer]],
        objection: Callable[[Engine, Answer], str] | None = None,
    ) -> Steps[Answer]:
        reasons: list[str] = []
        for engine in self._engines:
            is_last = engine is self._engines[-1]
            try:
                answer = yield from ask(engine)
            except (EngineTrouble, ValidationError, TimeoutError) as error:
                reason = _in_words(error)
            else:
                reason = "" if is_last or objection is None else objection(engine, answer)
                if not reason:
                    return answer
            reasons.append(f"{engine.name}: {reason}")
            if not is_last:
                yield Noted(
                    text=f"{engine.name} could not {what} ({reason}); the next engine is asked.",
                    level="warning",
                )
        raise EngineTrouble(f"No engine could {what}: {'; '.join(reasons)}.")

    def _objection(self, engine: Engine, judgement: Judgement) -> str:
        if judgement.confidence < LEAST_CONFIDENCE:
            return f"its confidence is {judgement.confidence:.2f}"
        words = len(
            " ".join(
                (judgement.root_cause, judgement.assumed, judgement.reality, judgement.learned)
            ).split()
        )
        if words < FEWEST_WORDS:
            return f"its analysis has {words} words"
        key = (engine.name, judgement.root_cause)
        self._causes[key] = self._causes.get(key, 0) + 1
        if self._causes[key] >= SAME_CAUSE_TIMES:
            return f"it has named the same root cause {self._causes[key]} times"
        return ""


_FROM_MEMORY = "What helped against the same failure before is looked up instead."


def _in_words(error: Exception) -> str:
    if isinstance(error, EngineTrouble):
        return error.sentence
    if isinstance(error, ValidationError):
        return "its answer has another form than was asked for"
    return "it did not answer in time"

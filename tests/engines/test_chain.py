"""The fallback chain: every trigger of the specification, and what happens when all fail."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

import pytest
from pydantic import TypeAdapter

from itc_tui.domain.events import Event, Noted
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.iterations import FixEntry, Judgement, StrategyChoice
from itc_tui.domain.plan import Plan
from itc_tui.domain.requests import AnalyseRequest, ExploreRequest, Fix, FixRequest
from itc_tui.domain.results import Failure
from itc_tui.domain.trouble import EngineTrouble, Stopped
from itc_tui.domain.words import Verdict
from itc_tui.engines.chain import EngineChain
from itc_tui.ports import Steps
from tests.draining import drained
from tests.fakes import ScriptedEngine

Noun = TypeVar("Noun")
LONG = " ".join(["word"] * 120)


class Answering(ScriptedEngine):
    """Answers each analysis with the same judgement."""

    def __init__(self, name: str, judgement: Judgement) -> None:
        super().__init__({})
        self.name = name
        self.judgement = judgement

    def analyse(self, request: AnalyseRequest) -> Steps[Judgement]:
        yield from ()
        return self.judgement


class Failing(ScriptedEngine):
    """Cannot answer anything."""

    def __init__(self, name: str, error: Exception) -> None:
        super().__init__({})
        self.name = name
        self.error = error

    def explore(self, request: ExploreRequest) -> Steps[Exploration]:
        yield from ()
        raise self.error

    def analyse(self, request: AnalyseRequest) -> Steps[Judgement]:
        yield from ()
        raise self.error

    def fix(self, request: FixRequest) -> Steps[Fix]:
        yield from ()
        raise self.error


def asked(steps: Generator[Event, Any, Noun]) -> tuple[Noun, list[str]]:
    noun, events = drained(steps)
    return noun, [event.text for event in events if isinstance(event, Noted)]


def invalid_json() -> Exception:
    with pytest.raises(ValueError) as caught:
        TypeAdapter(Judgement).validate_json("{not json")
    return caught.value


REQUEST = AnalyseRequest(
    exploration=Exploration(), plan=Plan(), failure=Failure(error="boom", signature="s"), source=""
)
GOOD = Judgement(root_cause=LONG, confidence=0.9, verdict=Verdict.WRONG_TEST)
LAST = Judgement(root_cause="short", confidence=0.1, verdict=Verdict.UNKNOWN)


@pytest.mark.parametrize(
    "error",
    [
        EngineTrouble("the service said 429"),
        TimeoutError(),
        invalid_json(),
    ],
    ids=["rate limit", "time-out", "invalid JSON"],
)
def test_an_engine_that_cannot_answer_is_passed_over(error: Exception) -> None:
    chain = EngineChain([Failing("gemini", error), Answering("qwen", GOOD), Answering("b", LAST)])
    judgement, notes = asked(chain.analyse(REQUEST))
    assert judgement == GOOD
    assert notes[0].startswith("gemini could not analyse the failure")


@pytest.mark.parametrize(
    ("judgement", "reason"),
    [
        (GOOD.but(confidence=0.39), "confidence"),
        (GOOD.but(root_cause="too short"), "2 words"),
    ],
)
def test_a_thin_answer_is_passed_over(judgement: Judgement, reason: str) -> None:
    chain = EngineChain([Answering("gemini", judgement), Answering("builtin", LAST)])
    answer, notes = asked(chain.analyse(REQUEST))
    assert answer == LAST
    assert reason in notes[0]


def test_the_same_root_cause_a_third_time_is_passed_over() -> None:
    chain = EngineChain([Answering("gemini", GOOD), Answering("builtin", LAST)])
    answers = [asked(chain.analyse(REQUEST))[0] for _ in range(3)]
    assert answers == [GOOD, GOOD, LAST]


def test_exploring_falls_back_to_the_next_engine() -> None:
    last = ScriptedEngine({})
    chain = EngineChain([Failing("gemini", EngineTrouble("no answer")), last])
    exploration, notes = asked(chain.explore(ExploreRequest(topic="cart")))
    assert exploration.metadata.chosen_modules == ("shop",)
    assert len(notes) == 1


def test_when_all_fail_the_fix_history_is_asked_and_the_person_told() -> None:
    chain = EngineChain([Failing("gemini", EngineTrouble("down"))])
    history = (
        FixEntry(iteration=2, outcome="kept", signatures=("s",), explanation="await the call"),
    )
    judgement, notes = asked(chain.analyse(REQUEST.but(earlier_fixes=history)))
    assert "await the call" in judgement.root_cause
    assert "No engine could" in notes[-1]
    fix, _ = asked(
        chain.fix(
            FixRequest(
                exploration=Exploration(),
                plan=Plan(),
                strategy=StrategyChoice(),
                failures=(Failure(signature="s"),),
                judgements=(),
                sources={},
                earlier_fixes=history,
            )
        )
    )
    assert fix.edits == ()
    assert "await the call" in fix.explanation


def test_a_stop_is_not_a_failure_of_an_engine() -> None:
    chain = EngineChain([Failing("gemini", Stopped()), Answering("builtin", LAST)])
    with pytest.raises(Stopped):
        asked(chain.analyse(REQUEST))

"""The closed vocabularies as records hold them: read kindly, whoever wrote them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from itc_tui.domain.record import first_choice, optional_choice
from itc_tui.domain.vocabulary import (
    RERUN,
    RETRY,
    Ending,
    Level,
    MockingApproach,
    NextAction,
    Outcome,
    Phase,
    PointKind,
    Priority,
    Provenance,
    ScenarioKind,
    Step,
    StrategyName,
    Verdict,
)

__all__ = [
    "RERUN",
    "RETRY",
    "AnyApproach",
    "AnyEnding",
    "AnyLevel",
    "AnyNextAction",
    "AnyPhase",
    "AnyPointKind",
    "AnyPriority",
    "AnyScenarioKind",
    "AnyStrategy",
    "Ending",
    "Level",
    "MockingApproach",
    "NextAction",
    "OptionalStrategy",
    "Outcome",
    "Phase",
    "PointKind",
    "Priority",
    "Provenance",
    "ScenarioKind",
    "Step",
    "StrategyName",
    "Verdict",
]

AnyPhase = Annotated[Phase, BeforeValidator(first_choice(Phase, Phase.INIT))]
AnyNextAction = Annotated[NextAction, BeforeValidator(first_choice(NextAction, NextAction.EXPLORE))]
AnyStrategy = Annotated[
    StrategyName, BeforeValidator(first_choice(StrategyName, StrategyName.CONSERVATIVE))
]
OptionalStrategy = Annotated[StrategyName | None, BeforeValidator(optional_choice(StrategyName))]
AnyLevel = Annotated[Level, BeforeValidator(first_choice(Level, Level.MEDIUM))]
AnyPriority = Annotated[Priority, BeforeValidator(first_choice(Priority, Priority.MEDIUM))]
AnyPointKind = Annotated[PointKind, BeforeValidator(first_choice(PointKind, PointKind.API))]
AnyScenarioKind = Annotated[
    ScenarioKind, BeforeValidator(first_choice(ScenarioKind, ScenarioKind.API_CONTRACT))
]
AnyApproach = Annotated[
    MockingApproach, BeforeValidator(first_choice(MockingApproach, MockingApproach.MINIMAL))
]
AnyEnding = Annotated[Ending, BeforeValidator(first_choice(Ending, Ending.FAILURE))]

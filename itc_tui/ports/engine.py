"""Who does the thinking."""

from __future__ import annotations

from typing import Protocol

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
from itc_tui.ports.steps import Steps


class Engine(Protocol):
    """Who does the thinking. A request may yield `WorkOutlined`, `Progressed` and `Noted` only."""

    name: str

    def explore(self, request: ExploreRequest) -> Steps[Exploration]: ...

    def design(self, request: DesignRequest) -> Steps[Plan]: ...

    def develop(self, request: DevelopRequest) -> Steps[Draft]: ...

    def validate(self, request: ValidateRequest) -> Steps[Draft]:
        """Mend what the syntax gate found; what cannot be mended is left out with its reason."""
        ...

    def analyse(self, request: AnalyseRequest) -> Steps[Judgement]: ...

    def fix(self, request: FixRequest) -> Steps[Fix]: ...

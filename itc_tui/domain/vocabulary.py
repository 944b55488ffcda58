"""The closed vocabularies: phases, verdicts, strategies, and the like."""

from __future__ import annotations

from enum import StrEnum

CALLERS = "callers"
"""The near side of a boundary that a module has with whoever uses the target."""

RERUN = "rerun"
"""Purpose of a run that the person asked for: shown, and never counted."""

RETRY = "retry without "
"""Begins the purpose of a run that goes on where a test took the process down."""


class Phase(StrEnum):
    """How far a session has come; the names are those of the file format."""

    INIT = "init"
    EXPLORED = "explored"
    DESIGNED = "designed"
    DEVELOPED = "developed"
    ITERATING = "iterating"
    COMPLETED = "completed"


class NextAction(StrEnum):
    """What an interrupted session does first when it is continued."""

    EXPLORE = "explore"
    EXECUTE_TESTS = "execute_tests"
    EXECUTE_FIX = "execute_fix"
    COMPLETE = "complete"


class Step(StrEnum):
    """Where inside an iteration a session stands; finer than `NextAction`."""

    TEST = "test"
    ROLL_BACK = "roll_back"
    REFLECT = "reflect"
    CHOOSE = "choose"
    FIX = "fix"
    KEEP = "keep"
    COMPLETE = "complete"

    @property
    def next_action(self) -> NextAction:
        if self is Step.COMPLETE:
            return NextAction.COMPLETE
        if self in (Step.TEST, Step.ROLL_BACK):
            return NextAction.EXECUTE_TESTS
        return NextAction.EXECUTE_FIX


class StrategyName(StrEnum):
    CONSERVATIVE = "conservative"
    AGGRESSIVE = "aggressive"
    SURGICAL = "surgical"
    REFLECTIVE = "reflective"


class Verdict(StrEnum):
    """What a red test means."""

    PRODUCT_BUG = "product_bug"
    WRONG_TEST = "wrong_test"
    ENVIRONMENT = "environment"
    FLAKY = "flaky"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Criticality of a failure, priority of a risk."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Priority(StrEnum):
    """How much a scenario matters."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"


class PointKind(StrEnum):
    """How one side of a boundary reaches the other."""

    API = "api"
    EVENT = "event"
    SHARED_STATE = "shared_state"
    DATABASE = "database"
    HTTP = "http"
    CACHE = "cache"
    FILE = "file"
    ENVIRONMENT = "environment"
    PROCESS = "process"


class ScenarioKind(StrEnum):
    API_CONTRACT = "api_contract"
    EVENT_FLOW = "event_flow"
    SHARED_STATE = "shared_state"
    DATA_PIPELINE = "data_pipeline"


class MockingApproach(StrEnum):
    MINIMAL = "minimal"
    MODERATE = "moderate"
    HEAVY = "heavy"


class Provenance(StrEnum):
    """Where an expectation comes from."""

    APPROVED = "approved"
    CONTRACT = "contract"
    OBSERVED = "observed"
    PENDING = "pending"
    """Planned, but nothing has been observed or promised yet."""


class Outcome(StrEnum):
    """How one case ended in a run; only PASSED is passing."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    NOT_RUN = "not_run"


class Ending(StrEnum):
    """The result of a session, as the file format names it."""

    SUCCESS = "success"
    PARTIAL_SUCCESS = "partial_success"
    FAILURE = "failure"

"""How a session ended (phase 6)."""

from __future__ import annotations

from itc_tui.domain.record import Record
from itc_tui.domain.words import AnyEnding, AnyStrategy, Ending


class Metrics(Record):
    total_tests: int = 0
    passed: int = 0
    failed: int = 0
    test_files: int = 0
    integration_points_covered: int = 0
    integration_points_total: int = 0
    """Boundaries of the map, between the modules that were chosen."""
    planned_not_written: int = 0


class Summary(Record):
    result: AnyEnding = Ending.FAILURE
    final_pass_rate: float = 0
    total_iterations: int = 0
    strategies_used: tuple[AnyStrategy, ...] = ()
    test_metrics: Metrics = Metrics()
    key_learnings: tuple[str, ...] = ()
    corrected_assumptions: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    completed: str = ""
    product_bugs: tuple[str, ...] = ()
    """Ids of the findings; not empty means: the suite is done, the product is not."""
    why: str = ""
    """One sentence: why this result and no other."""

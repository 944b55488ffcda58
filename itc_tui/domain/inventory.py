"""The frozen list of written cases: the denominator of every pass rate (phase 4)."""

from __future__ import annotations

from itc_tui.domain.record import Record
from itc_tui.domain.words import AnyLevel, Level, Provenance


class InventoryFile(Record):
    path: str = ""
    """Relative to the repository's root, with forward slashes."""
    scenario_ids: tuple[str, ...] = ()
    test_count: int = 0
    boundary: str = ""
    digest: str = ""
    """sha256 of the file as accepted, so that later changes are noticed."""


class WrittenCase(Record):
    """One case of the plan that became a test."""

    case_id: str = ""
    scenario_id: str = ""
    node_id: str = ""
    """pytest's name for it: `tests/integration/test_orders.py::test_x[1]`."""
    boundary: str = ""
    criticality: AnyLevel = Level.MEDIUM
    provenance: Provenance = Provenance.OBSERVED
    expected: str = ""
    """What was observed for it when it was written, where the plan said nothing or else."""
    docstring_says: Provenance | None = None
    """Where its expectation comes from, as its docstring has it; None where that is so."""


class UnwrittenCase(Record):
    """One case of the plan that could not become a test, and why."""

    case_id: str = ""
    scenario_id: str = ""
    name: str = ""
    reason: str = ""


class Proof(Record):
    """What shows that an accepted test can fail."""

    case_id: str = ""
    enters_both_sides: bool = False
    faults_tried: int = 0
    faults_caught: int = 0
    repeats_held: int = 0
    crosses: tuple[str, ...] = ()
    """Every boundary of the map that it crosses, its own among them."""
    rejected_because: str = ""
    """Empty when the case is accepted."""


class Inventory(Record):
    test_files: tuple[InventoryFile, ...] = ()
    total_tests: int = 0
    total_files: int = 0
    timestamp: str = ""
    cases: tuple[WrittenCase, ...] = ()
    unwritten: tuple[UnwrittenCase, ...] = ()
    proofs: tuple[Proof, ...] = ()
    validation_found: int = 0
    validation_fixed: int = 0
    notes: tuple[str, ...] = ()

    @property
    def planned_total(self) -> int:
        return len(self.cases) + len(self.unwritten)

    @property
    def leaves_too_much_unwritten(self) -> bool:
        """More than a tenth of the plan was not written: no full success."""
        return len(self.unwritten) * 10 > self.planned_total

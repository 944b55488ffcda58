"""What exploring found: the map of modules, boundaries and risks (phase 2)."""

from __future__ import annotations

from pydantic import Field

from itc_tui.domain.record import Record
from itc_tui.domain.vocabulary import CALLERS as CALLERS
from itc_tui.domain.words import AnyLevel, AnyPointKind, Level, PointKind


class CallSite(Record):
    """One place in the source where a boundary is crossed."""

    caller: str = ""
    """Dotted name of the calling function: `shop.orders.Orders.place`."""
    callee: str = ""
    """Dotted name of what is called, or the client library's call for an outer edge."""
    file: str = ""
    """Relative to the repository's root, with forward slashes."""
    line: int = 0


class IntegrationPoint(Record):
    """A boundary: a place where one module calls another, or the outside."""

    from_module: str = Field("", alias="from")
    to_module: str = Field("", alias="to")
    """A module of the target, or the name of what lies outside: `sqlite3`, `http`."""
    kind: AnyPointKind = Field(PointKind.API, alias="type")
    contract: str = ""
    sites: tuple[CallSite, ...] = ()
    is_outer: bool = False
    """The other side is not the target's own code."""
    is_face: bool = False
    """The near side is not the target's own code: those who call it, as a test does."""

    @property
    def name(self) -> str:
        return f"{self.from_module} → {self.to_module}"


class ModuleStructure(Record):
    entry_points: tuple[str, ...] = ()
    public_apis: tuple[str, ...] = ()
    internal_modules: tuple[str, ...] = ()


class Dependencies(Record):
    upstream: tuple[str, ...] = ()
    """Modules outside the chosen ones that they use."""
    downstream: tuple[str, ...] = ()
    """Modules outside the chosen ones that use them."""
    external_services: tuple[str, ...] = ()


class DataFlow(Record):
    name: str = ""
    path: tuple[str, ...] = ()
    transforms: tuple[str, ...] = ()


class ExistingTests(Record):
    test_files: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    utilities: tuple[str, ...] = ()
    mocking_conventions: str = ""


class Framework(Record):
    runner: str = ""
    assertion_lib: str = ""
    mock_lib: str = ""


class RiskArea(Record):
    area: str = ""
    reason: str = ""
    priority: AnyLevel = Level.MEDIUM


class ExplorationMetadata(Record):
    files_analyzed: int = 0
    timestamp: str = ""
    packages: tuple[str, ...] = ()
    """Import names of the target's packages."""
    chosen_modules: tuple[str, ...] = ()
    """The modules that the description was matched to."""
    chosen_because: str = ""
    unreadable: tuple[str, ...] = ()
    """Files that could not be parsed, each with its reason."""


class Exploration(Record):
    module_structure: ModuleStructure = ModuleStructure()
    dependencies: Dependencies = Dependencies()
    integration_points: tuple[IntegrationPoint, ...] = ()
    data_flows: tuple[DataFlow, ...] = ()
    existing_tests: ExistingTests = ExistingTests()
    test_framework: Framework = Framework()
    risk_areas: tuple[RiskArea, ...] = ()
    metadata: ExplorationMetadata = Field(ExplorationMetadata(), alias="_metadata")
    data_contracts: tuple[str, ...] = ()
    """What crosses boundaries: `shop.orders.Order (dataclass): item: str, count: int`."""
    configuration: tuple[str, ...] = ()
    """What decides from outside how it behaves: variables, settings classes, files."""
    assumptions: tuple[str, ...] = ()
    """What exploring took for granted, each with its basis."""

    @property
    def has_faces(self) -> bool:
        """Its boundaries are with those who call the target, for it has none inside."""
        return any(point.is_face for point in self.integration_points)

    @property
    def boundaries(self) -> tuple[str, ...]:
        """Each pair of places once, however many kinds of points join them."""
        return tuple(dict.fromkeys(point.name for point in self.integration_points))

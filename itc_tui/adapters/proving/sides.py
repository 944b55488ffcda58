"""Whether a case entered both sides of its boundary, and what lies behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from itc_tui.domain.exploration import CALLERS, Exploration, IntegrationPoint
from itc_tui.domain.words import PointKind

_ARROW = " → "

#: Outer boundaries are named for what they reach; these are the libraries that reach it.
_REACHED_BY: Mapping[PointKind, frozenset[str]] = {
    PointKind.FILE: frozenset({"_io", "io", "os", "posix", "pathlib", "shutil", "tempfile"}),
    PointKind.ENVIRONMENT: frozenset({"os", "posix", "dotenv", "decouple", "environs"}),
    PointKind.PROCESS: frozenset(
        {"subprocess", "os", "posix", "multiprocessing", "_posixsubprocess"}
    ),
    PointKind.HTTP: frozenset(
        {"http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "socket"}
    ),
    PointKind.DATABASE: frozenset({"sqlite3", "_sqlite3", "sqlalchemy", "psycopg", "psycopg2"}),
    PointKind.CACHE: frozenset({"redis", "fakeredis", "pymemcache", "cachetools", "functools"}),
}


@dataclass(frozen=True)
class Sides:
    near: str
    far: str
    is_outer: bool = False
    libraries: frozenset[str] = frozenset()
    is_face: bool = False
    """The near side is whoever calls: the test itself."""

    def missing(self, entered: Collection[str], libraries: Collection[str]) -> tuple[str, ...]:
        """The sides of which no function ran; empty when it crossed."""
        absent = []
        if not self.is_face and not self.near_of(entered):
            absent.append(self.near)
        if self.is_outer:
            if not self.libraries & set(libraries):
                absent.append(self.far)
        elif not self.far_of(entered):
            absent.append(self.far)
        return tuple(absent)

    def near_of(self, modules: Collection[str]) -> tuple[str, ...]:
        return _of_side(modules, self.near, self.far)

    def far_of(self, modules: Collection[str]) -> tuple[str, ...]:
        return () if self.is_outer else _of_side(modules, self.far, self.near)

    def behind(self, modules: Collection[str]) -> tuple[str, ...]:
        """Modules where a fault lies behind the boundary: the far side, where that is ours."""
        return self.near_of(modules) if self.is_outer else self.far_of(modules)


def sides_of(boundary: str, exploration: Exploration, packages: Sequence[str]) -> Sides | None:
    """None when the case names no boundary."""
    near, arrow, far = boundary.partition(_ARROW)
    if not arrow:
        return None
    near, far = near.strip(), far.strip()
    points = [p for p in exploration.integration_points if p.name == boundary]
    is_outer = any(point.is_outer for point in points)
    if not points:
        is_outer = far.split(".")[0] not in packages
    is_face = any(point.is_face for point in points) or (
        near == CALLERS and near not in packages and not is_outer
    )
    return Sides(near, far, is_outer, _libraries(far, points), is_face)


def _libraries(far: str, points: Sequence[IntegrationPoint]) -> frozenset[str]:
    names = {far.split(".")[0].lower()}
    for point in points:
        names |= {site.callee.split(".")[0] for site in point.sites if site.callee}
        if isinstance(point.kind, PointKind):
            names |= _REACHED_BY.get(point.kind, frozenset())
    return frozenset(names | {f"_{name}" for name in names})


def _of_side(modules: Collection[str], side: str, other: str) -> tuple[str, ...]:
    """Modules of one side; where the other lies inside it, without the other's."""
    is_wider = _is_under(other, side) and other != side
    return tuple(
        sorted(
            module
            for module in modules
            if _is_under(module, side) and not (is_wider and _is_under(module, other))
        )
    )


def _is_under(module: str, side: str) -> bool:
    return module == side or module.startswith(side + ".")

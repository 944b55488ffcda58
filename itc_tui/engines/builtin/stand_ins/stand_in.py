"""A stand-in: a fixture written into the tests, and where the target needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from itc_tui.domain.exploration import CallSite, IntegrationPoint
from itc_tui.engines.builtin.witnesses import Line


@dataclass(frozen=True)
class StandIn:
    name: str
    """Of the fixture, and so of the parameter of a test."""
    source: str
    """The fixture as it stands in the test file, with its decorator; empty for one of pytest."""
    imports: tuple[str, ...]
    sites: tuple[Line, ...]
    """Lines of the target behind which it is needed."""
    outside: str
    """What it stands for, as the map names it: `clock`, `requests`; empty where it replaces
    nothing, and only puts back what tests change."""
    reason: str
    """Why this one, for the plan."""
    better: str = ""
    """What would stand closer to the real thing, were it installed."""
    openings: tuple[tuple[str, ...], ...] = ()
    """Ways to arrange it before the call: one or more statements each."""
    opening_imports: tuple[str, ...] = ()
    offers: tuple[tuple[str, tuple[str, str]], ...] = ()
    """Expressions over it that calls may be handed, with the type of each."""
    offers_by_name: tuple[tuple[str, str], ...] = ()
    """The same by the name of a parameter."""
    shows: tuple[str, ...] = ()
    """Expressions over it that tell what the code did to it."""
    objects: tuple[str, ...] = ()
    """Names of objects that all share: who speaks of one needs it, whatever lines it passes."""


@dataclass(frozen=True)
class Outside:
    """One thing outside, and every place where the target reaches it."""

    name: str
    points: tuple[IntegrationPoint, ...]
    sources: dict[str, str]
    """File → text, of the files with such places."""
    hidden: frozenset[str] = frozenset()
    """Modules whose package gives their name to something else: `shop.clock` is a function."""

    @property
    def sites(self) -> tuple[CallSite, ...]:
        return tuple(site for point in self.points for site in point.sites)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(sorted({(site.file, site.line) for site in self.sites}))


@dataclass(frozen=True)
class Environment:
    installed: frozenset[str]
    """Distributions of the target's interpreter."""

    def has(self, *names: str) -> bool:
        return all(name in self.installed for name in names)


Proposal = Callable[[Outside, Environment], StandIn | None]
"""What a file of this folder offers; None where it does not apply."""

"""Ranks modules by what would hurt: many users, complexity, churn, no tests, effects outside."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from itc_tui.domain.exploration import IntegrationPoint, RiskArea
from itc_tui.domain.words import Level
from itc_tui.engines.builtin.map.source_index import SourceIndex

AREAS_SHOWN = 12
HIGH, MEDIUM = 0.55, 0.3


@dataclass(slots=True)
class _Signs:
    """What is known of one module; each weight is 0 to 1 among its kind."""

    users: set[str] = field(default_factory=set)
    crossings: int = 0
    complexity: int = 0
    hardest: str = ""
    hardest_complexity: int = 0
    changes: int = 0
    functions: int = 0
    covered: int = 0
    outside: list[str] = field(default_factory=list)


def risk_areas(
    index: SourceIndex,
    chosen: Iterable[str],
    outer: Iterable[IntegrationPoint],
    changes: Mapping[str, int],
    covered: set[str],
) -> list[RiskArea]:
    signs = _signs(index, outer, changes, covered)
    wanted = [name for name in chosen if name in signs and signs[name].functions]
    heights = {name: _height(signs[name], signs) for name in wanted}
    ranked = sorted(wanted, key=lambda name: (-heights[name], name))
    return [
        RiskArea(area=name, reason=_reason(signs[name]), priority=_level(heights[name]))
        for name in ranked[:AREAS_SHOWN]
        if heights[name] > 0
    ]


def _signs(
    index: SourceIndex,
    outer: Iterable[IntegrationPoint],
    changes: Mapping[str, int],
    covered: set[str],
) -> dict[str, _Signs]:
    signs: dict[str, _Signs] = defaultdict(_Signs)
    for edge in index.crossings:
        signs[edge.callee_module].users.add(edge.caller_module)
        signs[edge.callee_module].crossings += 1
    for name in index.own_modules:
        module, sign = index.modules[name], signs[name]
        sign.changes = changes.get(module.path, 0)
        for qual, function in module.facts.functions.items():
            sign.functions += 1
            sign.covered += f"{name}.{qual}" in covered
            sign.complexity += function.complexity
            if function.complexity > sign.hardest_complexity:
                sign.hardest, sign.hardest_complexity = qual, function.complexity
    for point in outer:
        if point.kind != "environment" and point.to_module not in signs[point.from_module].outside:
            signs[point.from_module].outside.append(point.to_module)
    return signs


def _height(sign: _Signs, signs: Mapping[str, _Signs]) -> float:
    """A mean of what speaks for danger, raised by lack of tests and by effects outside."""
    most = Counter(
        users=max((len(one.users) for one in signs.values()), default=0),
        complexity=max((one.complexity for one in signs.values()), default=0),
        changes=max((one.changes for one in signs.values()), default=0),
    )
    fan_in = _share(len(sign.users), most["users"])
    complexity = _share(sign.complexity, most["complexity"])
    churn = _share(sign.changes, most["changes"])
    untested = 1 - sign.covered / sign.functions if sign.functions else 0
    effect = 1.0 if sign.outside else 0.0
    weights = (0.3 * fan_in, 0.3 * complexity, 0.15 * churn, 0.1 * untested, 0.15 * effect)
    return sum(weights)


def _share(value: int, most: int) -> float:
    """Logarithmic, so that one giant does not make all others look safe."""
    return math.log1p(value) / math.log1p(most) if most else 0.0


def _level(height: float) -> Level:
    if height >= HIGH:
        return Level.HIGH
    return Level.MEDIUM if height >= MEDIUM else Level.LOW


def _reason(sign: _Signs) -> str:
    words = []
    if sign.users:
        words.append(
            f"{_count(len(sign.users), 'module')} call it ({_count(sign.crossings, 'call')})"
        )
    if sign.hardest_complexity > 5:
        words.append(f"{sign.hardest} has {sign.hardest_complexity} paths")
    if sign.changes > 1:
        words.append(f"changed in {sign.changes} of the last commits")
    if sign.outside:
        words.append(f"reaches {', '.join(sign.outside[:4])}")
    if not sign.covered:
        words.append("no existing test enters it")
    elif sign.covered < sign.functions:
        words.append(f"existing tests enter {sign.covered} of {sign.functions} functions")
    return "; ".join(words) or "little speaks for danger"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

"""Ranks modules by what would hurt: many users, complexity, churn, no tests, effects outside."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from itc_tui.domain.counting import counted
from itc_tui.domain.exploration import IntegrationPoint, RiskArea
from itc_tui.domain.words import Level
from itc_tui.engines.builtin.map.links import ON_CALL, ON_OVERRIDE
from itc_tui.engines.builtin.map.source_index import SourceIndex

AREAS_SHOWN = 12
HIGH, MEDIUM = 0.5, 0.25
HIGH_SHARE, MEDIUM_SHARE = 0.25, 0.7


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
    most = _most(signs.values())
    heights = {name: _height(signs[name], most) for name in wanted}
    ranked = sorted(wanted, key=lambda name: (-heights[name], name))
    return [
        RiskArea(
            area=name,
            reason=_reason(signs[name]),
            priority=_level(heights[name], rank / len(ranked)),
        )
        for rank, name in enumerate(ranked[:AREAS_SHOWN])
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
        signs[edge.callee_module].crossings += edge.when in (ON_CALL, ON_OVERRIDE)
    for name in index.own_modules:
        module, sign = index.modules[name], signs[name]
        sign.changes = changes.get(module.path, 0)
        for qual, function in module.facts.functions.items():
            # Properties and operators run without a call that could be followed.
            if function.kind != "property" and not qual.endswith("__"):
                sign.functions += 1
                sign.covered += f"{name}.{qual}" in covered
            sign.complexity += function.complexity
            if function.complexity > sign.hardest_complexity:
                sign.hardest, sign.hardest_complexity = qual, function.complexity
    for point in outer:
        if point.kind != "environment" and point.to_module not in signs[point.from_module].outside:
            signs[point.from_module].outside.append(point.to_module)
    return signs


def _most(signs: Iterable[_Signs]) -> Counter[str]:
    most: Counter[str] = Counter()
    for one in signs:
        most["users"] = max(most["users"], len(one.users))
        most["complexity"] = max(most["complexity"], one.complexity)
        most["changes"] = max(most["changes"], one.changes)
    return most


def _height(sign: _Signs, most: Mapping[str, int]) -> float:
    """A mean of what speaks for danger, raised by lack of tests and by effects outside."""
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


def _level(height: float, place: float) -> Level:
    """High is only what stands out: when everything is urgent, nothing is."""
    if height >= HIGH and place < HIGH_SHARE:
        return Level.HIGH
    return Level.MEDIUM if height >= MEDIUM and place < MEDIUM_SHARE else Level.LOW


def _reason(sign: _Signs) -> str:
    words = []
    if sign.users:
        verb = "call" if sign.crossings else "use"
        verb += "s" if len(sign.users) == 1 else ""
        modules, calls = counted(len(sign.users), "module"), counted(sign.crossings, "call")
        words.append(f"{modules} {verb} it ({calls})")
    if sign.hardest_complexity > 5:
        words.append(f"{sign.hardest} has {sign.hardest_complexity} paths")
    if sign.changes > 1:
        words.append(f"changed in {sign.changes} of the last commits")
    if sign.outside:
        words.append(f"reaches {', '.join(sign.outside[:4])}")
    if not sign.covered:
        words.append("no existing test enters it")
    elif sign.covered < sign.functions:
        words.append(
            f"existing tests enter {sign.covered} of {counted(sign.functions, 'function')}"
        )
    return "; ".join(words) or "little speaks for danger"

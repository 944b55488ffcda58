"""The picture of the boundary map: modules as boxes by layer, calls as arrows, risk by sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.ui.exploration_rows import RISK_SIGNS, levels, near_side
from itc_tui.ui.text import cut, fit, plain
from itc_tui.ui.widgets.painting import width_of
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.exploration import Exploration, IntegrationPoint
    from itc_tui.domain.vocabulary import Level
    from itc_tui.ui.widgets.painting import Piece, Row


_ARROW, _GAP, _SIGN = 7, 2, 2
_SHORTEST_CONTRACT = 12
"""Of less than that nothing can be read."""


def map_rows(exploration: Exploration, width: int) -> list[Row]:
    """Each calling module once, in layers from the entry inward, with its arrows beside its box."""
    risks = levels(exploration)
    calls: dict[str, list[IntegrationPoint]] = defaultdict(list)
    for point in exploration.integration_points:
        calls[point.from_module].append(point)
    longest = max((cell_len(_box_name(own[0])) for own in calls.values()), default=8)
    box = min(longest + _SIGN, max(8, width // 3)) + 4
    columns = _columns_of(exploration.integration_points, width - box)
    rows = [*_legend(width), ()]
    for name in _inward(exploration):
        if name in calls:
            rows += [*_boxed(calls[name], risks, box, columns), ()]
    return rows


def _columns_of(points: Iterable[IntegrationPoint], room: int) -> tuple[int, int, int]:
    """Room for what is called, how, and by which contract: one below the other, in all boxes."""
    points = list(points)
    target = max((cell_len(_target(point)) for point in points), default=0)
    kind = max((cell_len(say(f"kind.{point.kind}")) for point in points), default=0)
    left = room - _ARROW - kind - 2 * _GAP
    target = min(target, max(8, min(room // 2, left)))
    contract = left - target
    return target, kind, contract if contract >= _SHORTEST_CONTRACT else 0


def _legend(width: int) -> list[Row]:
    signs: list[Piece] = []
    for level, (sign, paint) in RISK_SIGNS.items():
        signs += [(f"{sign} ", paint), (f"{say(f'level.{level}')}   ", "dim")]
    words: Row = ((say("map.legend"), "dim"),)
    row: Row = (*signs, *words)
    return [row] if width_of(row) <= width else [tuple(signs), words]


def _boxed(
    points: list[IntegrationPoint],
    risks: dict[str, Level],
    box: int,
    columns: tuple[int, int, int],
) -> list[Row]:
    height = max(3, len(points) + 2)
    rows: list[Row] = []
    for line in range(height):
        row: list[Piece]
        if line == 0:
            row = [(f"╭{'─' * (box - 2)}╮", "faint")]
        elif line == height - 1:
            row = [(f"╰{'─' * (box - 2)}╯", "faint")]
        else:
            edge = "├" if line <= len(points) else "│"
            inside = _named(points[0], risks, box - 4) if line == 1 else [(" " * (box - 4), "")]
            row = [("│ ", "faint"), *inside, (" ", ""), (edge, "faint")]
            if line <= len(points):
                row += _arrow(points[line - 1], risks, columns)
        rows.append(tuple(row))
    return rows


def _named(point: IntegrationPoint, risks: dict[str, Level], width: int) -> list[Piece]:
    """The caller may be at risk itself, whatever it calls."""
    level = risks.get(point.from_module)
    sign, paint = RISK_SIGNS[level] if level else (" ", "")
    name = fit(_box_name(point), width - _SIGN)
    return [(f"{sign} ", paint), (name, "dim" if point.is_face else "strong")]


def _arrow(
    point: IntegrationPoint, risks: dict[str, Level], columns: tuple[int, int, int]
) -> list[Piece]:
    level = risks.get(point.name) or risks.get(point.to_module)
    sign, paint = RISK_SIGNS[level] if level else ("─", "faint")
    target, kind, contract = columns
    said = fit(say(f"kind.{point.kind}"), kind)
    return [
        ("──", paint),
        (sign, paint),
        ("──▶ ", paint),
        (fit(_target(point), target), "dim" if point.is_outer else ""),
        (f"{'':{_GAP}}{said}{'':{_GAP}}{cut(plain(told(point.contract)), contract)}", "faint"),
    ]


def _box_name(point: IntegrationPoint) -> str:
    return f"( {near_side(point)} )" if point.is_face else near_side(point)


def _target(point: IntegrationPoint) -> str:
    other = plain(point.to_module)
    return f"( {other} )" if point.is_outer else f"[ {other} ]"


def _inward(exploration: Exploration) -> list[str]:
    """Modules in the order in which a call goes through them; circles end where they began."""
    callers = list(dict.fromkeys(point.from_module for point in exploration.integration_points))
    called = {point.to_module for point in exploration.integration_points}
    order: list[str] = []
    waiting = [name for name in callers if name not in called] or callers[:1]
    while waiting:
        name = waiting.pop(0)
        if name in order:
            continue
        order.append(name)
        waiting += [
            point.to_module for point in exploration.integration_points if point.from_module == name
        ]
    return order + [name for name in callers if name not in order]

"""The picture of the boundary map: modules as boxes by layer, calls as arrows, risk by sign."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.ui.exploration_rows import RISK_SIGNS, levels
from itc_tui.ui.text import cut, fit, plain
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.domain.exploration import Exploration, IntegrationPoint
    from itc_tui.domain.vocabulary import Level
    from itc_tui.ui.widgets.painting import Piece, Row


def map_rows(exploration: Exploration, width: int) -> list[Row]:
    """Each calling module once, in layers from the entry inward, with its arrows beside its box."""
    risks = levels(exploration)
    calls: dict[str, list[IntegrationPoint]] = defaultdict(list)
    for point in exploration.integration_points:
        calls[point.from_module].append(point)
    box = min(max((cell_len(plain(name)) for name in calls), default=8), max(8, width // 3)) + 4
    rows: list[Row] = []
    for name in _inward(exploration):
        if name in calls:
            rows += [*_boxed(plain(name), calls[name], risks, box, width), ()]
    legend: list[Piece] = []
    for level, (sign, paint) in RISK_SIGNS.items():
        legend += [(f"{sign} ", paint), (f"{say(f'level.{level}')}   ", "dim")]
    return [*rows, tuple(legend), ((say("map.legend"), "dim"),)]


def _boxed(
    name: str,
    points: list[IntegrationPoint],
    risks: dict[str, Level],
    box: int,
    width: int,
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
            text = name if line == 1 else ""
            edge = "├" if line <= len(points) else "│"
            row = [("│ ", "faint"), (fit(text, box - 4), "strong"), (" ", ""), (edge, "faint")]
            if line <= len(points):
                row += _arrow(points[line - 1], risks, width - box)
        rows.append(tuple(row))
    return rows


def _arrow(point: IntegrationPoint, risks: dict[str, Level], room: int) -> list[Piece]:
    level = risks.get(point.name) or risks.get(point.to_module)
    sign, paint = RISK_SIGNS[level] if level else ("─", "faint")
    other = plain(point.to_module)
    target = f"( {other} )" if point.is_outer else f"[ {other} ]"
    kind = say(f"kind.{point.kind}")
    return [
        ("──", paint),
        (sign, paint),
        ("──▶ ", paint),
        (target, "dim" if point.is_outer else ""),
        (cut(f"  {kind}  {plain(point.contract)}", max(0, room - 8 - cell_len(target))), "faint"),
    ]


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

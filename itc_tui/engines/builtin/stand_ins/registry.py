"""The stand-ins there are, in the order in which they are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from itc_tui.domain.exploration import Exploration, IntegrationPoint
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.stand_ins.aws import aws
from itc_tui.engines.builtin.stand_ins.clock import clock
from itc_tui.engines.builtin.stand_ins.http_clients import http_clients
from itc_tui.engines.builtin.stand_ins.http_server import http_server
from itc_tui.engines.builtin.stand_ins.mail import mail
from itc_tui.engines.builtin.stand_ins.randomness import randomness
from itc_tui.engines.builtin.stand_ins.redis_server import redis_server
from itc_tui.engines.builtin.stand_ins.references import is_hidden
from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, Proposal, StandIn
from itc_tui.engines.builtin.stand_ins.variables import variables

PROPOSALS: tuple[Proposal, ...] = (
    clock,
    randomness,
    variables,
    http_clients,
    http_server,
    mail,
    redis_server,
    aws,
)


def stand_ins_for(target: Target, exploration: Exploration) -> list[StandIn]:
    environment = Environment(frozenset(target.installed))
    found: list[StandIn] = []
    for outside in _outsides(Path(target.root), exploration):
        for proposal in PROPOSALS:
            stand_in = proposal(outside, environment)
            if stand_in is not None and stand_in.name not in {one.name for one in found}:
                found.append(stand_in)
                break
    return found


def _outsides(root: Path, exploration: Exploration) -> Iterator[Outside]:
    points: dict[str, list[IntegrationPoint]] = defaultdict(list)
    for point in exploration.integration_points:
        if point.is_outer:
            points[point.to_module].append(point)
    for name, rows in points.items():
        files = {site.file for point in rows for site in point.sites}
        texts = {file: _text(root / file) for file in sorted(files)}
        yield Outside(name, tuple(rows), texts, frozenset(_hidden(root, rows)))


def _hidden(root: Path, points: Iterable[IntegrationPoint]) -> Iterator[str]:
    for point in points:
        for folder in {Path(site.file).parent for site in point.sites}:
            try:
                package = parsed_source(_text(root / folder / "__init__.py"))
            except SyntaxError:
                continue
            if is_hidden(point.from_module, package):
                yield point.from_module


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""

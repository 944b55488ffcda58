"""All that is known of existing tests when a plan is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted
from itc_tui.domain.exploration import CALLERS, Exploration
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import module_of
from itc_tui.engines.builtin.existing.asserted_calls import AssertedCall, asserted_calls
from itc_tui.engines.builtin.existing.crossed import edges_of_tests
from itc_tui.engines.builtin.inside.tracing import FROM_OUTSIDE
from itc_tui.engines.builtin.witnesses import Edge
from itc_tui.ports import Box, Steps


@dataclass(frozen=True)
class Existing:
    asserted: dict[str, list[AssertedCall]] = field(default_factory=dict)
    edges: Mapping[Edge, str] = field(default_factory=dict)
    """Call between two modules → a test that makes it."""


NO_TESTS = Existing()


def look_at_tests(target: Target, exploration: Exploration, box: Box) -> Steps[Existing]:
    files = exploration.existing_tests.test_files
    if not files:
        return NO_TESTS
    seen = yield from edges_of_tests(box, files)
    if exploration.has_faces:
        seen = {_as_from_outside(target, edge): test for edge, test in reversed(seen.items())}
    edges = {edge: test for edge, test in seen.items() if all(_modules(target, edge))}
    if edges:
        pairs = {_modules(target, edge) for edge in edges}
        yield Noted(
            text=f"Existing tests cross {counted(len(pairs), 'boundary')};"
            " what they do not do comes first"
        )
    return Existing(asserted_calls(Path(target.root), files), edges)


def _as_from_outside(target: Target, edge: Edge) -> Edge:
    """A test's own call as it is seen of any caller; calls between modules stay what they are."""
    return edge if module_of(target, edge[0]) else (*FROM_OUTSIDE, *edge[2:])


def _modules(target: Target, edge: Edge) -> tuple[str | None, str | None]:
    caller = CALLERS if edge[0] == CALLERS else module_of(target, edge[0])
    return caller, module_of(target, edge[2])

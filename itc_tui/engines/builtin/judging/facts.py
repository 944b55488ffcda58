"""What is known of one failure before anybody judges it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itc_tui.domain.case_syntax import FunctionNode, cases_in
from itc_tui.domain.plan import Case, Plan
from itc_tui.domain.results import Failure
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.judging.product import Product

_FRAME = re.compile(r"^\s*(?:File \")?([^\s:\"][^:\"\n]*\.py)(?:\", line |:)(\d+)", re.M)
_ERROR = re.compile(r"^(?:[a-z_]\w*\.)*([A-Z_]\w*)(?::\s*(.*))?$", re.S)


@dataclass(frozen=True)
class Frame:
    path: str
    line: int


@dataclass(frozen=True)
class Facts:
    failure: Failure
    path: str
    source: str
    """Text of the test file."""
    function: FunctionNode | None
    case: Case
    frames: tuple[Frame, ...]
    """Frames in the test file and in the product, the innermost last."""
    error: str
    """Type of the error, without its module."""
    said: str

    @property
    def name(self) -> str:
        """`test_x`, or `TestY::test_x`, without its parameters."""
        return self.failure.test.split("::", 1)[-1].split("[", 1)[0]

    @property
    def is_promised(self) -> bool:
        return self.case.provenance in (Provenance.CONTRACT, Provenance.APPROVED)

    @property
    def innermost(self) -> Frame | None:
        return self.frames[-1] if self.frames else None

    @property
    def is_raised_in_test(self) -> bool:
        return self.innermost is None or self.innermost.path == self.path

    @property
    def failing_line(self) -> int:
        """Where in the test it went wrong."""
        lines = [frame.line for frame in self.frames if frame.path == self.path]
        return lines[-1] if lines else self.failure.line

    @property
    def is_assertion(self) -> bool:
        return self.error == "AssertionError" or self.failure.error.startswith("assert ")


def facts_of(failure: Failure, source: str, plan: Plan, product: Product) -> Facts:
    path = failure.test.split("::", 1)[0]
    case = next((c for _, c in plan.enabled_cases if c.id == failure.case_id), Case())
    first = failure.error.strip()
    found = _ERROR.match(first)
    error, said = (found[1], (found[2] or "").strip()) if found else ("", first)
    if first.startswith("assert "):
        error, said = "AssertionError", first
    frames = tuple(
        frame
        for frame in map(_frame, _FRAME.findall(failure.traceback))
        if frame.path == path or product.is_product(frame.path)
    )
    name = failure.test.split("::", 1)[-1].split("[", 1)[0]
    return Facts(failure, path, source, _function(source, name), case, frames, error, said)


def _frame(found: tuple[str, str]) -> Frame:
    return Frame(found[0].removeprefix("./"), int(found[1]))


def _function(source: str, name: str) -> FunctionNode | None:
    try:
        tree = parsed_source(source)
    except (SyntaxError, ValueError):
        return None
    return next((case.node for case in cases_in(tree) if case.name == name), None)

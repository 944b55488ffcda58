"""A red test to be mended, and what a repair makes of it."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from itc_tui.domain.case_syntax import FunctionNode, cases_in
from itc_tui.domain.iterations import Judgement
from itc_tui.domain.requests import CorrectedExpectation
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.judging.facts import Facts
from itc_tui.engines.builtin.judging.product import Product
from itc_tui.engines.builtin.judging.retrial import Retried


@dataclass(frozen=True)
class Damage:
    facts: Facts
    judgement: Judgement
    product: Product
    text: str
    """The test file as it stands, with earlier repairs of the same fix in it."""
    run: Callable[[str], tuple[Retried, ...]]
    """The case in the box, with this text of its file; nothing where there is no box."""

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def function(self) -> FunctionNode | None:
        name = self.facts.name
        return next((case.node for case in cases_in(self.tree) if case.name == name), None)

    @property
    def may_be_observed_anew(self) -> bool:
        """An expectation that somebody promised is not replaced by what was seen."""
        return self.facts.case.provenance in (Provenance.OBSERVED, Provenance.PENDING)


@dataclass(frozen=True)
class Mended:
    text: str
    line: int
    what: str
    corrections: tuple[CorrectedExpectation, ...] = ()
    confidence: float = 0.7


Repair = Callable[[Damage], Mended | None]


def replaced(text: str, node: ast.AST, new: str) -> str:
    """The text with one node's source replaced, and nothing else touched."""
    raw = text.encode("utf-8")
    starts = [0]
    for line in raw.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
    end = starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
    return (raw[:start] + new.encode("utf-8") + raw[end:]).decode("utf-8")


def inserted(text: str, line: int, new: str) -> str:
    """The text with lines put before line number `line`, indented as that line is."""
    lines = text.splitlines(keepends=True)
    below = lines[line - 1] if line <= len(lines) else ""
    indent = below[: len(below) - len(below.lstrip())]
    lines[line - 1 : line - 1] = [f"{indent}{part}\n" for part in new.split("\n")]
    return "".join(lines)


def with_import(text: str, statement: str) -> str:
    """The text with an import at its head, unless it is there already."""
    tree = ast.parse(text)
    if any(ast.unparse(node) == statement for node in tree.body):
        return text
    for node in tree.body:
        is_words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not is_words and not is_future:
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
            return inserted(text, first, statement)
    return text + statement + "\n"


def first_line(function: FunctionNode) -> int:
    """Of its body, below the docstring."""
    for node in function.body:
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return node.lineno
    return function.body[-1].lineno


def with_parameter(text: str, function: FunctionNode, name: str) -> str:
    """The text with one more fixture asked for."""
    names = [argument.arg for argument in function.args.args]
    if name in names:
        return text
    lines = text.splitlines(keepends=True)
    for number in range(function.lineno - 1, len(lines)):
        if f"def {function.name}(" in lines[number]:
            head, tail = lines[number].split(f"def {function.name}(", 1)
            comma = ", " if names else ""
            lines[number] = f"{head}def {function.name}({name}{comma}{tail}"
            break
    return "".join(lines)


def nearest(name: str, among: Iterable[str]) -> str:
    """The one name that was surely meant; empty when none is near, or two are."""
    public = sorted({other for other in among if other != name})
    found = difflib.get_close_matches(name, public, n=2, cutoff=0.6)
    if not found:
        return ""
    if len(found) > 1:
        first, second = (difflib.SequenceMatcher(None, name, one).ratio() for one in found)
        if first - second < 0.03:
            return ""
    return found[0]

"""What was only observed is observed again; what has no order is compared without one."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from itc_tui.domain.case_syntax import FunctionNode, called
from itc_tui.domain.requests import CorrectedExpectation
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.judging.retrial import Retried
from itc_tui.engines.builtin.one_line import is_literal
from itc_tui.engines.builtin.repairs.damage import Damage, Mended, replaced

_RUNS = "seen the same in {} runs in the box, each with another hash seed"


def mend_order(damage: Damage) -> Mended | None:
    """The values are the same each time, only their order is not."""
    found = _failing_equality(damage)
    if found is None or not damage.may_be_observed_anew:
        return None
    compare, expected = found
    runs = damage.run(damage.text)
    bags = {_sorted(run.left) for run in runs}
    if len(bags) != 1 or "" in bags or len({run.left for run in runs}) < 2:
        return None
    left, bag = ast.unparse(compare.left), bags.pop()
    text = replaced(damage.text, compare, f"sorted({left}) == {bag}")
    evidence = f"the order differs from run to run ({len(runs)} runs with other hash seeds)"
    corrections = [_correction(damage, "an order", "any order", evidence)]
    if ast.unparse(expected) != bag:
        corrections.append(_correction(damage, ast.unparse(expected), bag, evidence))
    what = "no order is promised; the values are compared without it"
    return Mended(text, compare.lineno, what, tuple(corrections), 0.8)


def mend_value(damage: Damage) -> Mended | None:
    """The written value is replaced by what is seen each time."""
    found = _failing_equality(damage)
    if found is None or not damage.may_be_observed_anew:
        return None
    compare, expected = found
    runs = damage.run(damage.text)
    seen = _steady(runs, "left")
    if not seen or not is_literal(seen) or seen == ast.unparse(expected):
        return None
    written, place = _where_written(damage, expected)
    if written is None:
        return None
    text = replaced(damage.text, place, seen)
    correction = _correction(damage, ast.unparse(written), seen, _RUNS.format(len(runs)))
    what = f"{ast.unparse(compare.left)} is {seen}, not {ast.unparse(written)}"
    return Mended(text, compare.lineno, what, (correction,), 0.65)


def mend_error(damage: Damage) -> Mended | None:
    """Another error than expected: taken over where it is documented, or seen each time."""
    raises = _failing_raises(damage)
    error = damage.facts.error
    if raises is None or not raises.args or error in ("Failed", "AssertionError", ""):
        return None
    expected = ast.unparse(raises.args[0])
    if error == expected.rsplit(".", 1)[-1]:
        return None
    where = next(
        (
            place
            for frame in reversed(damage.facts.frames)
            if (place := damage.product.documented_errors(frame.path, frame.line).get(error))
        ),
        "",
    )
    if where:
        correction = _correction(damage, expected, error, where, Provenance.CONTRACT)
    elif damage.may_be_observed_anew and _steady(runs := damage.run(damage.text), "error") == error:
        correction = _correction(damage, expected, error, _RUNS.format(len(runs)))
    else:
        return None
    if not _is_known(damage, error):
        return None
    text = replaced(damage.text, raises.args[0], error)
    return Mended(text, raises.lineno, f"{error} is raised, not {expected}", (correction,), 0.7)


def mend_message(damage: Damage) -> Mended | None:
    raises = _failing_raises(damage)
    said = re.search(r"(?:Actual message|Input): (['\"].*['\"])", damage.facts.failure.error)
    if raises is None or not said or not damage.may_be_observed_anew:
        return None
    match = next((keyword for keyword in raises.keywords if keyword.arg == "match"), None)
    if match is None:
        return None
    new = f"re.escape({said[1]})"
    literal = repr(re.escape(ast.literal_eval(said[1])))
    text = replaced(damage.text, match.value, literal)
    runs = damage.run(text)
    if not runs or any(run.outcome != "passed" for run in runs):
        return None
    correction = _correction(damage, ast.unparse(match.value), literal, _RUNS.format(len(runs)))
    return Mended(text, raises.lineno, f"the message is {new}", (correction,), 0.65)


def _correction(
    damage: Damage,
    old: str,
    new: str,
    evidence: str,
    provenance: Provenance = Provenance.OBSERVED,
) -> CorrectedExpectation:
    return CorrectedExpectation(
        function=damage.facts.name, old=old, new=new, evidence=evidence, provenance=provenance
    )


def _failing_equality(damage: Damage) -> tuple[ast.Compare, ast.expr] | None:
    """The `a == b` of the assertion that failed."""
    if damage.function is None or not damage.facts.is_assertion:
        return None
    line = damage.facts.failing_line
    for node in ast.walk(damage.function):
        if not isinstance(node, ast.Assert) or not isinstance(node.test, ast.Compare):
            continue
        is_equality = len(node.test.ops) == 1 and isinstance(node.test.ops[0], ast.Eq)
        if is_equality and node.lineno <= line <= (node.end_lineno or line):
            return node.test, node.test.comparators[0]
    return None


def _failing_raises(damage: Damage) -> ast.Call | None:
    if damage.function is None:
        return None
    line = damage.facts.failing_line
    for node in ast.walk(damage.function):
        if isinstance(node, ast.With) and node.lineno <= line <= (node.end_lineno or line):
            for item in node.items:
                call = item.context_expr
                if isinstance(call, ast.Call) and called(call).endswith("raises"):
                    return call
    return None


def _where_written(damage: Damage, expected: ast.expr) -> tuple[ast.expr | None, ast.expr]:
    """The literal itself, or the one place in the function where its name got it."""
    if is_literal(ast.unparse(expected)):
        return expected, expected
    function: FunctionNode | None = damage.function
    if isinstance(expected, ast.Name) and function is not None:
        values = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == expected.id for t in node.targets)
        ]
        if len(values) == 1 and is_literal(ast.unparse(values[0])):
            return values[0], values[0]
    return None, expected


def _steady(runs: Sequence[Retried], what: str) -> str:
    seen = {getattr(run, what) for run in runs}
    return str(seen.pop()) if len(seen) == 1 and len(runs) > 1 else ""


def _sorted(text: str) -> str:
    """The list in this text, sorted; empty when it is none, or cannot be sorted."""
    try:
        value = ast.literal_eval(text)
        return repr(sorted(value)) if isinstance(value, list | tuple) else ""
    except (ValueError, SyntaxError, TypeError):
        return ""


def _is_known(damage: Damage, error: str) -> bool:
    """It can be named in the file: Python's own, or imported there."""
    import builtins

    if isinstance(getattr(builtins, error, None), type):
        return True
    return any(
        (alias.asname or alias.name) == error
        for node in ast.walk(damage.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )

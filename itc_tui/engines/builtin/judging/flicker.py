"""Why a case ends differently from run to run, by what it uses and how its values differ."""

from __future__ import annotations

import ast
import re

from itc_tui.engines.builtin.judging.facts import Facts
from itc_tui.engines.builtin.judging.product import Product
from itc_tui.engines.builtin.judging.retrial import Retried

_CAUSES = (
    ("the clock", re.compile(r"\b(time\.(time|monotonic|perf_counter)|now\(|today\(|utcnow)")),
    ("random numbers", re.compile(r"\b(random|uuid|secrets|token_hex|shuffle|urandom)\b")),
    (
        "the order of a set",
        re.compile(r"\bset\(|frozenset|\{[^:{}]+ for |\.keys\(\)|listdir|glob\("),
    ),
    ("threads", re.compile(r"\bthreading|Thread\(|Executor|asyncio\.gather")),
)


def cause_of_flicker(facts: Facts, product: Product, retrials: tuple[Retried, ...]) -> str:
    """Named from what the test and the functions on its way use, and from how values differ."""
    shown = [r.left for r in retrials if r.left]
    if len({_as_bag(left) for left in shown}) == 1 and len(set(shown)) > 1:
        return "the order of a set"
    function = facts.function
    called = set(re.findall(r"\w+", ast.unparse(function) if function else facts.source))
    texts = [ast.unparse(function)] if function else []
    texts += product.sources_of(called)
    for cause, pattern in _CAUSES:
        if any(pattern.search(text) for text in texts):
            return cause
    return "something that changes between runs"


def _as_bag(text: str) -> str:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return "".join(sorted(text))
    return repr(sorted(map(repr, value))) if isinstance(value, list | tuple | set) else text

"""Examples that ask the clock are asked at one moment, so that they show the same every day."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import partial

from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.writing.spelling import edited, names_given

#: Half past twelve, UTC, on 17 May 2024: the moment of the clocks that stand still.
_SECONDS = "1715949045"
_DAY = "2024, 5, 17"
_MOMENT = f"{_DAY}, 12, 30, 45"
_MODULES = frozenset({"datetime", "time"})
_ASKING = frozenset(
    {
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
        *("time.ctime", "time.asctime", "time.strftime"),
        *("time.perf_counter", "time.monotonic", "time.process_time"),
    }
)
_WITH_A_MOMENT = frozenset({"time.localtime", "time.gmtime", "time.ctime", "time.asctime"})
"""Handed one, they ask nobody."""


class AsksTheClock(Exception):
    """It does so in a way that cannot be answered beforehand; says which."""


def at_a_fixed_moment(program: Program) -> Program:
    """The same program where it asks nobody; raises `AsksTheClock` where there is no other way."""
    means = {
        name: meaning for line in program.imports for name, meaning in names_given(line).items()
    }
    steps = []
    for step in program.steps:
        if step.kind == "raw":
            means |= {n: m for line in _imports_in(step.code) for n, m in names_given(line).items()}
        steps.append(step._replace(code=edited(step.code, partial(_answer, means=means))))
    return program._replace(steps=tuple(steps))


def examples_at_a_fixed_moment(
    examples: Iterable[Example],
) -> tuple[list[Example], list[tuple[str, str]]]:
    """Those that can be asked so, and the others with the reason.

    What an example is said to give, it need not give at another moment: it accuses nobody.
    """
    kept: list[Example] = []
    left_out: list[tuple[str, str]] = []
    for example in examples:
        try:
            program = at_a_fixed_moment(example.program)
        except AsksTheClock as asked:
            why = f"asks the clock by `{asked}`, so that it shows something else every time"
            left_out.append((f"example {example.origin}", why))
            continue
        is_whole = example.is_self_contained and program == example.program
        kept.append(example._replace(program=program, is_self_contained=is_whole))
    return kept, left_out


def asks_the_clock(node: ast.AST) -> bool:
    """Anywhere in an expression whose imports nobody knows; better once too often."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    chains = [ast.unparse(func) for func in calls if isinstance(func, ast.Attribute | ast.Name)]
    return any(chain.rpartition(".")[2] in _ALWAYS or chain in _ASKING for chain in chains)


_ALWAYS = frozenset({"now", "utcnow", "today", "perf_counter", "monotonic"})


def _answer(node: ast.AST, means: dict[str, str]) -> str | None:
    """What stands in the place of a call that asks; None for everything else."""
    if not isinstance(node, ast.Call):
        return None
    asked = _asked(node.func, means)
    if asked not in _ASKING or (asked in _WITH_A_MOMENT and node.args):
        return None
    if asked == "time.strftime" and len(node.args) > 1:
        return None
    owner = ast.unparse(node.func).rpartition(".")[0]
    arguments = [*node.args, *(word.value for word in node.keywords)]
    if asked in ("datetime.now", "datetime.utcnow", "datetime.today", "date.today"):
        if arguments:
            return f"{owner}.fromtimestamp({_SECONDS}, {ast.unparse(arguments[0])})"
        return f"{owner}({_DAY if asked == 'date.today' else _MOMENT})"
    if asked == "time.time":
        return f"{_SECONDS}.0"
    if asked == "time.time_ns":
        return f"{_SECONDS}{'0' * 9}"
    if asked in ("time.localtime", "time.gmtime") and owner:
        return f"{owner}.gmtime({_SECONDS})"
    raise AsksTheClock(ast.unparse(node))


def _asked(func: ast.expr, means: dict[str, str]) -> str:
    """`dt.datetime.now` → `datetime.now`; empty where it is none of the clock's."""
    head, _, rest = ast.unparse(func).partition(".")
    parts = [*means.get(head, "").split("."), *([rest] if rest else [])]
    parts = ".".join(parts).split(".")
    return ".".join(parts[-2:]) if _MODULES & set(parts[:-1]) else ""


def _imports_in(code: str) -> Iterator[str]:
    try:
        tree = parsed_source(code)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield ast.unparse(node)

"""Small readings of callables and calls that the search needs."""

from __future__ import annotations

import ast
import dis
import os
import re
from typing import Dict, List, Set, Tuple

from itc_tui.engines.builtin.inside.inverse import is_inverse
from itc_tui.engines.builtin.inside.programs import Step, fresh
from itc_tui.engines.builtin.inside.surface import Entry
from itc_tui.engines.builtin.inside.tracing import Tracer


def pairs_of(callables: List[Entry]) -> Dict[str, List[Entry]]:
    """What may undo each callable, by name."""
    found: Dict[str, List[Entry]] = {}
    for target in callables:
        short = target.ident.rpartition(".")[2].rpartition(":")[2]
        for other in callables:
            name = other.ident.rpartition(".")[2].rpartition(":")[2]
            if other.kind in ("function", "static", "method") and is_inverse(short, name):
                found.setdefault(target.ident, []).append(other)
    return found


def lines_of(target: Entry, tracer: Tracer) -> Set[Tuple[str, int]]:
    if target.code is None:
        return set()
    file = tracer.relative(os.path.realpath(target.code.co_filename))
    if file is None:
        return set()
    lines: Set[Tuple[str, int]] = set()
    codes = [target.code]
    while codes:
        code = codes.pop()
        lines.update((file, line) for _, line in dis.findlinestarts(code) if line)
        codes.extend(const for const in code.co_consts if hasattr(const, "co_code"))
    lines.discard((file, target.code.co_firstlineno))
    return lines


def arguments_in(text: str) -> List[str]:
    """The arguments of a call, as texts."""
    try:
        call = ast.parse("f(%s)" % text, mode="eval").body
    except SyntaxError:
        return [text]
    parts = []
    for node in getattr(call, "args", []):
        part = ast.get_source_segment("f(%s)" % text, node) or ""
        parts.append(part if isinstance(node, (ast.Name, ast.Constant)) else "(%s)" % part)
    return parts


def stem_of(target: Entry) -> str:
    name = target.ident.rpartition(".")[2].rpartition(":")[2]
    return "made_" + name.lower() if target.kind == "class" else "got_" + name.strip("_").lower()


def with_step(steps: Tuple[Step, ...], index: int, new: Step) -> Tuple[Step, ...]:
    """The steps with one replaced; what depends on it gets new names, as it is another value."""
    names: Dict[str, str] = {}
    result = []
    for place, step in enumerate(steps):
        step = new if place == index else step
        code = re.sub(r"\bv_\w+_\d+\b", lambda m: names.get(m.group(), m.group()), step.code)
        if place >= index and step.var.startswith("v_"):
            names[step.var] = fresh(re.sub(r"^v_|_\d+$", "", step.var))
        result.append(step._replace(var=names.get(step.var, step.var), code=code))
    return tuple(result)

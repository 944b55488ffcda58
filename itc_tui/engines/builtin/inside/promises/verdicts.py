"""What was found out about one promise, as it leaves the target's interpreter."""

from __future__ import annotations

import ast
import enum
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.surface import Surface


class Stated(NamedTuple):
    """`left == right`, or the truth of `left` where there is no right side."""

    left: str
    right: str
    imports: Tuple[str, ...] = ()


class Verdict(NamedTuple):
    kind: str
    name: str
    """What is promised, in words that make a test's name."""
    text: str
    """The promise as it is written."""
    place: str
    """`src/shop/config.py:26`"""
    holds: bool
    is_red: bool
    """Broken, and sure enough to be shown as a red test."""
    focus: str
    """`shop.config:load_settings`"""
    program: Program
    claims: Tuple[Stated, ...] = ()
    """Of the last step."""
    held: str = ""
    """What is there instead."""
    raises: str = ""
    """The last step must raise this: `shop.errors:UnknownOrder`."""
    taints: Tuple[str, ...] = ()
    """Programs whose observed values lean on the broken promise."""

    def as_json(self) -> Dict[str, Any]:
        row = self._asdict()
        row["program"] = self.program.as_json()
        row["claims"] = [[one.left, one.right, list(one.imports)] for one in self.claims]
        return row


def claim_of_kind(left: str, kinds: Tuple[Any, ...], surface: Surface) -> Optional[Stated]:
    names: List[str] = []
    imports: Set[str] = set()
    for kind in kinds:
        if kind.__module__ == "builtins":
            names.append(kind.__name__)
            continue
        path = surface.path_of(kind) or (kind.__module__, kind.__qualname__)
        if "." in path[1] and issubclass(kind, enum.Enum):
            return None
        imports.add("from %s import %s" % path)
        names.append(path[1])
    wanted = "is %s" % names[0] if len(names) == 1 else "in (%s)" % ", ".join(names)
    return Stated("type(%s) %s" % (left, wanted), "", tuple(sorted(imports)))


_SURROUNDINGS = {"monkeypatch", "tmp_path"}
"""What is done to them is seen by code that names neither."""


def shortened(program: Program, last: int) -> Tuple[Program, str]:
    """The steps that lead to step `last`, and the name of its value; no name if it has none."""
    steps = list(program.steps[: last + 1])
    if not steps or not steps[-1].var or steps[-1].kind == "raises":
        return program, ""
    kept = [steps[-1]]
    wanted = used_names(steps[-1].code)
    for step in reversed(steps[:-1]):
        used = used_names(step.code)
        touches = step.kind == "raw" or not step.var or bool(_receivers(step.code) & wanted)
        is_stage = not step.var and bool(used & _SURROUNDINGS)
        if step.var in wanted or (touches and used & wanted) or is_stage or step.kind == "with":
            wanted |= used
            kept.append(step)
    kept.reverse()
    return program._replace(imports=_needed(program.imports, kept), steps=tuple(kept)), kept[-1].var


def with_article(name: str) -> str:
    return ("an " if name[:1].lower() in "aeiou" else "a ") + name


def used_names(code: str) -> Set[str]:
    try:
        tree = ast.parse(code.strip())
    except SyntaxError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _receivers(code: str) -> Set[str]:
    try:
        tree = ast.parse(code.strip())
    except SyntaxError:
        return set()
    return {
        node.func.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
    }


def _needed(imports: Tuple[str, ...], steps: List[Step]) -> Tuple[str, ...]:
    used: Set[str] = set()
    for step in steps:
        used |= used_names(step.code)
    kept = []
    for line in imports:
        node = ast.parse(line).body[0]
        names = getattr(node, "names", [])
        given = {(alias.asname or alias.name).split(".")[0] for alias in names}
        if given & used or "*" in given:
            kept.append(line)
    return tuple(kept)

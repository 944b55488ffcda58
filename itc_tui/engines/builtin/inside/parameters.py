"""What is known of each parameter of a callable: type, use, default, and documented values."""

from __future__ import annotations

import ast
import builtins
import inspect
import typing
from typing import Any, Dict, List, Tuple

from itc_tui.engines.builtin.inside.hints import Hint, hints_of
from itc_tui.engines.builtin.inside.kinds import EMPTY, Param
from itc_tui.engines.builtin.inside.surface import Entry, Surface

_PLAIN_MODULES = ("datetime", "decimal", "re", "operator", "json", "math")


class Parameters:
    def __init__(self, surface: Surface, evidence: Dict[str, Dict[str, List[str]]]) -> None:
        self._evidence = evidence
        self._of: Dict[str, List[Param]] = {}
        self.names: Dict[str, Any] = {}
        """Public names of the target, for expressions taken from its documents."""
        for module, name in surface.paths.values():
            self.names.setdefault(name, "from %s import %s" % (module, name))

    def of(self, target: Entry) -> List[Param]:
        if target.ident not in self._of:
            self._of[target.ident] = self._read(target)
        return self._of[target.ident]

    def _read(self, target: Entry) -> List[Param]:
        try:
            signature = inspect.signature(target.func)
        except (TypeError, ValueError):
            return []
        hints = hints_of(target.func)
        types = _types_of(target.func)
        rows = list(signature.parameters.values())
        if target.kind in ("method", "operator") and rows:
            rows = rows[1:]
        short = target.ident.rpartition(".")[2].rpartition(":")[2]
        if target.kind == "class":
            short = target.func.__name__
        known = self._evidence.get(short, {})
        params = []
        for place, row in enumerate(rows):
            found = [*known.get(row.name, ()), *known.get(str(place), ())]
            params.append(
                Param(
                    row.name,
                    row.kind,
                    row.default is not EMPTY,
                    types.get(row.name, row.annotation),
                    hints.get(row.name) or Hint(),
                    [(code, imports) for code in found for imports in self._imports_of(code)],
                )
            )
        return params

    def _imports_of(self, code: str) -> List[Tuple[str, ...]]:
        """The imports that a documented expression needs; none at all when it cannot be had."""
        try:
            tree = ast.parse(code, mode="eval")
        except (SyntaxError, ValueError):
            return []
        bound = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
        bound |= {
            n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        imports = []
        for node in ast.walk(tree):
            if not isinstance(node, ast.Name) or node.id in bound or hasattr(builtins, node.id):
                continue
            if node.id in self.names:
                imports.append(self.names[node.id])
            elif node.id in _PLAIN_MODULES:
                imports.append("import %s" % node.id)
            else:
                return []
        return [tuple(imports)]


def _types_of(func: Any) -> Dict[str, Any]:
    source = func.__init__ if inspect.isclass(func) else func
    try:
        return typing.get_type_hints(inspect.unwrap(source))
    except Exception:
        return {}

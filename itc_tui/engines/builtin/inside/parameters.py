"""What is known of each parameter of a callable: type, use, default, and documented values."""

from __future__ import annotations

import ast
import builtins
import inspect
from typing import Any, Dict, List, Tuple

from itc_tui.engines.builtin.inside.doc_types import doc_types
from itc_tui.engines.builtin.inside.hints import Hint, hints_of
from itc_tui.engines.builtin.inside.kinds import EMPTY, Param
from itc_tui.engines.builtin.inside.needed import needed_by
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.type_comments import comment_types
from itc_tui.engines.builtin.inside.type_hints import type_hints_of

#: As `evidence.calls` names it.
WHOLE = "()"
Whole = Dict[str, str]
"""Parameter → its argument in one documented call."""


class Parameters:
    def __init__(self, surface: Surface, evidence: Dict[str, Dict[str, List[str]]]) -> None:
        self._evidence = evidence
        self._of: Dict[Tuple[str, str], List[Param]] = {}
        self._wholes: Dict[Tuple[str, str], List[Whole]] = {}
        self.names: Dict[str, Any] = {}
        """Public names of the target, for expressions taken from its documents."""
        self.declared: Dict[str, List[Program]] = {}
        """Names that documents define → programs that do so."""
        kinds = (kind for kind, _ in surface.classes if not hasattr(builtins, kind.__name__))
        self._classes = {kind.__name__: kind for kind in kinds}
        for module, name in surface.paths.values():
            self.names.setdefault(name, "from %s import %s" % (module, name))
        for top in surface.tops:
            self.names.setdefault(top, "import %s" % top)
        for one in sorted(surface.modules, key=lambda module: module.__name__.count(".")):
            for name in vars(one):
                if name.isupper() and not name.startswith("_"):
                    self.names.setdefault(name, "from %s import %s" % (one.__name__, name))

    def of(self, target: Entry) -> List[Param]:
        key = (target.ident, target.template)
        if key not in self._of:
            self._of[key] = self._read(target)
        return self._of[key]

    def _read(self, target: Entry) -> List[Param]:
        try:
            signature = inspect.signature(target.func)
        except Exception:  # as it is, or as what it is made of likes
            return []
        hints = hints_of(target.func)
        types = {**doc_types(target.func), **comment_types(target.func)}
        types.update(type_hints_of(target.func, self._classes))
        rows = list(signature.parameters.values())
        if target.kind in ("method", "operator") and rows:
            rows = rows[1:]
        known = self._known(target)
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
                    [
                        (code, before)
                        for code in found
                        for before in needed_by(code, self.names, self.declared)
                    ],
                    row.default,
                )
            )
        return params

    def wholes(self, target: Entry) -> List[Whole]:
        """Calls of it, or of what it is a kind of, as documents show them."""
        key = (target.ident, target.template)
        if key not in self._wholes:
            names = [param.name for param in self.of(target)]
            codes = self._known(target).get(WHOLE, ())
            self._wholes[key] = [_whole_of(code, names) for code in codes]
        return self._wholes[key]

    def _known(self, target: Entry) -> Dict[str, List[str]]:
        """Of a constructor, also what is shown of its base classes, where nothing is nearer."""
        names = [target.ident.rpartition(".")[2].rpartition(":")[2]]
        if target.kind == "class":
            names = [kind.__name__ for kind in target.func.__mro__]
        known: Dict[str, List[str]] = {}
        for name in names:
            for slot, codes in self._evidence.get(name, {}).items():
                known.setdefault(slot, codes)
        return known


def _whole_of(code: str, names: List[str]) -> Whole:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    whole = {name: ast.unparse(arg) for name, arg in zip(names, call.args)}
    whole.update((word.arg, ast.unparse(word.value)) for word in call.keywords if word.arg)
    return whole

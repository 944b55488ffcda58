"""Names that stand for a package which may be installed, and is not here: `numpy = None`.

Where it is installed, the same call goes another way. Whoever sets such a name to what it is here
goes this way everywhere.
"""

from __future__ import annotations

import ast
import inspect
import sys
from typing import Any, Dict, FrozenSet, Iterable, Iterator, Set, Tuple

from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.inside.tracing import Tracer

Line = Tuple[str, int]
_REFUSING = frozenset({"ImportError", "ModuleNotFoundError", "Exception"})


class Lacking:
    def __init__(self, modules: Iterable[Any], tracer: Tracer) -> None:
        self._told: Dict[Line, Set[str]] = {}
        """Line of a function → what it reads, as `monkeypatch.setattr` is told of it."""
        for module in modules:
            file = tracer.relative(getattr(module, "__file__", None) or "")
            if file is not None:
                self._read(module, file)

    def _read(self, module: Any, file: str) -> None:
        try:
            tree = parsed_source(inspect.getsource(module))
        except (OSError, SyntaxError, TypeError):
            return
        names = {name for name in _set_where_absent(tree) if _is_unset(module, name)}
        for function in ast.walk(tree) if names else ():
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for name, line in _reads(function, names):
                    value = vars(module)[name]
                    told = "'%s.%s', %r" % (module.__name__, name, value)
                    self._told.setdefault((file, line), set()).add(told)

    def read_in(self, lines: Iterable[Line]) -> FrozenSet[str]:
        """What is read on these lines."""
        if not self._told:
            return frozenset()
        return frozenset(told for line in lines for told in self._told.get(line, ()))


def _is_unset(module: Any, name: str) -> bool:
    value = vars(module).get(name, "")
    return (value is None or value is False) and _is_reached_by_its_path(module)


def _is_reached_by_its_path(module: Any) -> bool:
    """A package may give the module's name to something else."""
    parent, _, name = module.__name__.rpartition(".")
    return getattr(sys.modules.get(parent), name, None) is module if parent else True


def _set_where_absent(tree: ast.Module) -> Iterator[str]:
    """At the top of the module, where an import was refused."""
    for node in tree.body:
        if not (isinstance(node, ast.Try) and any(map(_imports, node.body))):
            continue
        for handler in node.handlers:
            if handler.type is not None and not _names_in(handler.type) & _REFUSING:
                continue
            for statement in handler.body:
                targets = statement.targets if isinstance(statement, ast.Assign) else []
                yield from (one.id for one in targets if isinstance(one, ast.Name))


def _imports(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


def _names_in(node: ast.AST) -> Set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _reads(function: Any, names: Set[str]) -> Iterator[Tuple[str, int]]:
    own = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names - own:
            yield node.id, node.lineno

"""Names that an example uses and never imports, as a reader of the document would supply them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable

from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.inside.programs import Program

_OF_PYTHON = {
    "collections": ("OrderedDict", "defaultdict", "namedtuple"),
    "dataclasses": ("dataclass",),
    "datetime": ("timedelta",),
    "decimal": ("Decimal",),
    "enum": ("Enum", "IntEnum"),
    "functools": ("partial", "wraps"),
    "io": ("BytesIO", "StringIO"),
    "pathlib": ("Path",),
    "typing": ("Any", "Dict", "List", "NamedTuple", "Optional", "Tuple", "Union"),
}
_IMPORTS = {
    name: f"from {module} import {name}" for module in _OF_PYTHON for name in _OF_PYTHON[module]
}
_MODULES = frozenset(
    [
        *("asyncio", "collections", "dataclasses", "datetime", "decimal", "enum", "functools"),
        *("itertools", "json", "math", "operator", "random", "re", "time", "typing", "uuid"),
    ]
)


class PublicNames:
    """What the target offers under which name, by its sources alone."""

    def __init__(self) -> None:
        self._homes: dict[str, str] = {}
        self._modules: dict[str, tuple[str, frozenset[str]]] = {}

    def take(self, module: str, tree: ast.Module) -> None:
        names = set(_defined(tree))
        offered = names | {name for one in ast.walk(tree) for name in _imported(one)}
        for name in names:
            if not name.startswith("_") and _is_nearer(module, self._homes.get(name)):
                self._homes[name] = module
        parent, _, last = module.rpartition(".")
        if not last.startswith("_") and _is_nearer(
            module, self._modules.get(last, ("",))[0] or None
        ):
            self._modules[last] = (f"{parent}.{last}".strip("."), frozenset(offered))

    def import_of(self, name: str, attributes: set[str]) -> str | None:
        """The line that gives the name; `attributes` are those that are taken of it."""
        if name in self._homes:
            return f"from {self._homes[name]} import {name}"
        if name in self._modules:
            whole, names = self._modules[name]
            parent = whole.rpartition(".")[0]
            if not parent:
                return f"import {name}"
            is_there = attributes <= names or "*" in names
            return f"from {parent} import {name}" if attributes and is_there else None
        if name == "datetime":
            is_module = attributes & {"datetime", "date", "time", "timedelta", "timezone"}
            return "import datetime" if is_module else "from datetime import datetime"
        if name in _MODULES and attributes:
            return f"import {name}"
        return _IMPORTS.get(name)


def completed(program: Program, public: PublicNames) -> tuple[Program, frozenset[str]]:
    """The program with the imports that it lacks, and the names that nobody knows."""
    trees = [*_trees(step.text if step.kind != "with" else step.code for step in program.steps)]
    given = {name for tree in trees for name in _given_at_top(tree)}
    given |= {step.var for step in program.steps}
    given |= {name for tree in _trees(program.imports) for name in _bound(tree)}
    lines, unknown = [], set()
    for name, attributes in _free(trees, given).items():
        line = public.import_of(name, attributes)
        if line is None:
            unknown.add(name)
        else:
            lines.append(line)
    imports = tuple(dict.fromkeys((*program.imports, *sorted(lines))))
    return program._replace(imports=imports), frozenset(unknown)


def without_unknown(program: Program, unknown: frozenset[str]) -> Program:
    """The statements that can run, when what the document never shows is left away."""
    steps, missing = [], set(unknown)
    for step in program.steps:
        loose = {name for tree in _trees([step.code]) for name in _loose_names(tree)}
        if loose & missing:
            missing |= {step.var} | {name for tree in _trees([step.code]) for name in _bound(tree)}
        else:
            steps.append(step)
            missing.discard(step.var)
    return program._replace(steps=tuple(steps))


def _loose_names(tree: ast.AST) -> Iterable[str]:
    parameters = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        is_read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        if isinstance(node, ast.Name) and is_read and node.id not in parameters:
            yield node.id


def _free(trees: Iterable[ast.AST], given: set[str]) -> dict[str, set[str]]:
    """Name → the attributes that are taken of it."""
    found: dict[str, set[str]] = {}
    names: set[str] = set()
    """Those that some statement does not bind itself."""
    for tree in trees:
        own = set(_bound(tree))
        read = [node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute)]
        for node in read:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, set())
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.setdefault(node.value.id, set()).add(node.attr)
        names |= {node.id for node in read if isinstance(node, ast.Name)} - own
    return {
        name: attributes
        for name, attributes in found.items()
        if name in names - given and not hasattr(builtins, name) and not name.startswith("__")
    }


def _given_at_top(tree: ast.AST) -> Iterable[str]:
    """Names that the statements after this one may use; what a function binds stays its own."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                yield node.id
            elif isinstance(node, ast.alias):
                yield (node.asname or node.name).split(".")[0]
            stack.extend(ast.iter_child_nodes(node))


def _bound(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name


def _defined(tree: ast.Module) -> Iterable[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _imported(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)


def _is_nearer(module: str, other: str | None) -> bool:
    return other is None or (module.count("."), module) < (other.count("."), other)


def _trees(codes: Iterable[str]) -> Iterable[ast.AST]:
    for code in codes:
        try:
            yield parsed_source(code)
        except (SyntaxError, ValueError):
            continue

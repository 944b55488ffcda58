"""What the target's modules offer, read from their source: names, signatures, and what is async."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from itc_tui.domain.case_syntax import FunctionNode, dotted
from itc_tui.domain.counting import counted


@dataclass(frozen=True)
class Shape:
    """How a function may be called."""

    positional: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()
    """Names that may be given by keyword."""
    takes_more: bool = False
    takes_any_keyword: bool = False
    is_async: bool = False

    def objection_to(self, call: ast.Call) -> str:
        """Why this call cannot work; empty when it may."""
        if any(isinstance(argument, ast.Starred) for argument in call.args) or any(
            keyword.arg is None for keyword in call.keywords
        ):
            return ""
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        if len(call.args) > len(self.positional) and not self.takes_more:
            return (
                f"takes {counted(len(self.positional), 'positional argument')}, "
                f"is given {len(call.args)}"
            )
        if not self.takes_any_keyword and given - self.keywords:
            return f"has no parameter {', '.join(sorted(given - self.keywords))}"
        missing = self.required - given - set(self.positional[: len(call.args)])
        return f"misses {', '.join(sorted(missing))}" if missing else ""


@dataclass(frozen=True)
class ModuleNames:
    defined: frozenset[str] = frozenset()
    """Everything that can be imported from it."""
    code: frozenset[str] = frozenset()
    """Its own functions and classes."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Imported name → where it comes from: `get` → `requests.get`."""
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    """`f`, `Class` (its constructor), `Class.method` → how it is called."""
    is_open: bool = False
    """A star import or `__getattr__`: names that are not seen here may exist."""


@dataclass(frozen=True)
class KnownNames:
    """The target's modules by dotted name, and what else its interpreter can import."""

    modules: Mapping[str, ModuleNames] = field(default_factory=dict)
    importable: frozenset[str] = frozenset()
    """Top-level names: standard library and installed packages."""

    @property
    def packages(self) -> frozenset[str]:
        return frozenset(name.split(".", 1)[0] for name in self.modules)

    def is_own(self, name: str) -> bool:
        return name.split(".", 1)[0] in self.packages

    def split(self, name: str) -> tuple[str, str]:
        """The longest part that is a known module, and the rest of the dotted name."""
        parts = name.split(".")
        for count in range(len(parts), 0, -1):
            module = ".".join(parts[:count])
            if module in self.modules:
                return module, ".".join(parts[count:])
        return "", name

    def shape_of(self, name: str) -> Shape | None:
        """Of a dotted name, through re-exports."""
        for _ in range(8):
            module, rest = self.split(name)
            if not module or not rest:
                return None
            names = self.modules[module]
            if rest in names.shapes:
                return names.shapes[rest]
            head, _, tail = rest.partition(".")
            if head not in names.origins:
                return None
            name = names.origins[head] + (f".{tail}" if tail else "")
        return None


def know(sources: Mapping[str, str], importable: Collection[str] = ()) -> KnownNames:
    """Read `sources` (dotted module name → its text); what cannot be parsed counts as open."""
    modules: dict[str, ModuleNames] = {}
    for name, text in sources.items():
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            modules[name] = ModuleNames(is_open=True)
            continue
        modules[name] = _names_of(name, tree, _submodules(name, sources))
    for name in sources:  # a package without a file of its own can be imported as well
        for parent in _parents(name):
            modules.setdefault(
                parent, ModuleNames(defined=frozenset(_submodules(parent, sources)), is_open=True)
            )
    return KnownNames(modules, frozenset(importable))


def _parents(name: str) -> Iterable[str]:
    while "." in name:
        name = name.rsplit(".", 1)[0]
        yield name


def _submodules(package: str, sources: Iterable[str]) -> set[str]:
    prefix = package + "."
    return {name[len(prefix) :].split(".")[0] for name in sources if name.startswith(prefix)}


def _names_of(module: str, tree: ast.Module, submodules: set[str]) -> ModuleNames:
    defined: set[str] = set(submodules)
    code: set[str] = set()
    origins: dict[str, str] = {}
    shapes: dict[str, Shape] = {}
    is_open = False
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            is_open |= any(alias.name == "*" for alias in node.names)
            origin = _origin(module, node, bool(submodules))
            origins |= {
                alias.asname or alias.name: f"{origin}.{alias.name}" for alias in node.names
            }
        elif isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                origins[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.Global):  # it is bound when that function is called
            defined |= set(node.names)
        elif isinstance(node, ast.Call) and dotted(node.func) == "globals":
            is_open = True  # whoever asks for it may put anything there
    for statement in _top_statements(tree.body):
        if isinstance(statement, FunctionNode):
            code.add(statement.name)
            is_open |= statement.name == "__getattr__"
            shapes[statement.name] = shape_of(statement, is_method=False)
        elif isinstance(statement, ast.ClassDef):
            code.add(statement.name)
            shapes |= _shapes_of_class(statement)
        else:
            defined |= _assigned(statement)
    return ModuleNames(
        frozenset(defined | code | origins.keys()), frozenset(code), origins, shapes, is_open
    )


def _top_statements(body: list[ast.stmt]) -> Iterable[ast.stmt]:
    """Also those under `if TYPE_CHECKING`, `try` and `with` of the module itself."""
    for node in body:
        yield node
        for field_name in ("body", "orelse", "finalbody"):
            inner = getattr(node, field_name, None)
            if isinstance(inner, list) and not isinstance(node, FunctionNode | ast.ClassDef):
                yield from _top_statements(inner)
        for handler in getattr(node, "handlers", ()):
            yield from _top_statements(handler.body)


def _assigned(node: ast.stmt) -> set[str]:
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    }


def _origin(module: str, node: ast.ImportFrom, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    keep = len(parts) - node.level + (1 if is_package else 0)
    return ".".join([*parts[:keep], *([node.module] if node.module else [])])


def _shapes_of_class(node: ast.ClassDef) -> dict[str, Shape]:
    shapes = {}
    for item in node.body:
        if isinstance(item, FunctionNode) and not item.decorator_list:
            shapes[f"{node.name}.{item.name}"] = shape_of(item, is_method=True)
    plain = not node.decorator_list and not node.keywords
    if plain and f"{node.name}.__init__" in shapes:
        shapes[node.name] = shapes[f"{node.name}.__init__"]
    return shapes


def shape_of(node: FunctionNode, *, is_method: bool) -> Shape:
    """A decorator may hide the true signature; then anything goes."""
    known = {"staticmethod", "classmethod", "override", "final"}
    hidden = [d for d in node.decorator_list if dotted(d).rsplit(".", 1)[-1] not in known]
    yields = any(isinstance(inner, ast.Yield) for inner in ast.walk(node))
    is_async = isinstance(node, ast.AsyncFunctionDef) and not yields
    if hidden:
        return Shape(takes_more=True, takes_any_keyword=True, is_async=is_async)
    arguments = node.args
    ordered = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    defaults = len(arguments.defaults)
    required = set(ordered[: len(ordered) - defaults] if defaults else ordered)
    by_keyword = {argument.arg for argument in (*arguments.args, *arguments.kwonlyargs)}
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is None:
            required.add(argument.arg)
    if is_method and ordered:
        required.discard(ordered[0])
        by_keyword.discard(ordered[0])
        ordered = ordered[1:]
    return Shape(
        tuple(ordered),
        frozenset(required),
        frozenset(by_keyword),
        arguments.vararg is not None,
        arguments.kwarg is not None,
        is_async,
    )

"""What one source file says, as plain values that survive a cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple, TypeAlias, TypeVar

FORMAT = 14
"""Raised whenever a reader of old cached facts would misunderstand them."""

UNKNOWN = 0
"""The row of an expression that says nothing about what it stands for."""


class Row(NamedTuple):
    """One expression: what it does, a word, and the rows it is made of."""

    op: str
    text: str
    parts: tuple[int, ...]


NARROWED = "narrowed"
"""Of a name that a check tells more about; it has its meaning from elsewhere."""


class Binding(NamedTuple):
    """One way in which a name gets its meaning."""

    kind: str
    """`module`, `from`, `def`, `value`, `typed`, `param` or `opaque`."""
    text: str = ""
    """The module imported (from), the qualified name defined, or `NARROWED`."""
    name: str = ""
    """The name imported from that module."""
    row: int = UNKNOWN


class CallFacts(NamedTuple):
    """A call; or what may run without one: an attribute, a `for`, a `with`."""

    row: int
    line: int
    column: int


class ParameterFacts(NamedTuple):
    name: str
    kind: str
    """`positional`, `plain`, `varargs`, `keyword` or `kwargs`."""
    annotation: str
    row: int
    default: str
    default_row: int


class DecoratorFacts(NamedTuple):
    text: str
    row: int
    line: int


class FieldFacts(NamedTuple):
    """An annotated name in a class body."""

    name: str
    annotation: str
    default: str


class StoreFacts(NamedTuple):
    """A write to an attribute or item of something: `config.debug = True`."""

    row: int
    attribute: str
    line: int


class AttributeFacts(NamedTuple):
    """`self.name = …` inside the method `scope`."""

    scope: str
    binding: Binding


Names: TypeAlias = dict[str, list[Binding]]


@dataclass(slots=True)
class FunctionFacts:
    qual: str
    line: int
    end_line: int
    owner: str = ""
    """Qualified name of the class that it is a method of."""
    parent: str = ""
    """Qualified name of the function around it."""
    kind: str = "function"
    is_async: bool = False
    is_generator: bool = False
    signature: str = ""
    returns: str = ""
    returns_rows: list[int] = field(default_factory=list)
    """What annotations promise; overloads promise several things."""
    docstring: str = ""
    complexity: int = 1
    is_abstract: bool = False
    raises: list[str] = field(default_factory=list)
    parameters: list[ParameterFacts] = field(default_factory=list)
    decorators: list[DecoratorFacts] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    calls: list[CallFacts] = field(default_factory=list)
    return_rows: list[int] = field(default_factory=list)
    yield_rows: list[int] = field(default_factory=list)
    stores: list[StoreFacts] = field(default_factory=list)
    globals: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ClassFacts:
    qual: str
    line: int
    end_line: int
    parent: str = ""
    docstring: str = ""
    bases: list[int] = field(default_factory=list)
    base_texts: list[str] = field(default_factory=list)
    decorators: list[DecoratorFacts] = field(default_factory=list)
    fields: list[FieldFacts] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    attributes: dict[str, list[AttributeFacts]] = field(default_factory=dict)


@dataclass(slots=True)
class ModuleFacts:
    docstring: str = ""
    lines: int = 0
    exports: list[str] | None = None
    """`__all__`, when it is written out."""
    is_script: bool = False
    """Holds `if __name__ == "__main__":`."""
    has_tests: bool = False
    comments: str = ""
    names: Names = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    imports: list[tuple[str, int]] = field(default_factory=list)
    """Absolute names of modules (or of names in modules) and the line."""
    rows: list[Row] = field(default_factory=list)
    """Use `rows_of`: from the cache they come as plain lists, and most are never looked at."""
    functions: dict[str, FunctionFacts] = field(default_factory=dict)
    classes: dict[str, ClassFacts] = field(default_factory=dict)
    calls: list[CallFacts] = field(default_factory=list)
    stores: list[StoreFacts] = field(default_factory=list)
    schemas: dict[str, str] = field(default_factory=dict)
    """Name of a JSON schema that is written out → what it asks for."""


def to_plain(facts: ModuleFacts) -> list[Any]:
    """Lists, texts and numbers only: what JSON keeps."""
    plain = _values(facts)
    plain[_FUNCTIONS] = {qual: _values(one) for qual, one in facts.functions.items()}
    plain[_CLASSES] = {qual: _values(one) for qual, one in facts.classes.items()}
    return plain


def from_plain(plain: list[Any]) -> ModuleFacts:
    """Raises ValueError or TypeError for what `to_plain` cannot have written."""
    if len(plain) != len(_FIELDS[ModuleFacts]):
        raise ValueError("these are not the facts of a module")
    facts = ModuleFacts(*plain)
    facts.names = _names(facts.names)
    facts.imports = [(name, line) for name, line in facts.imports]
    facts.functions = {qual: _function(values) for qual, values in facts.functions.items()}
    facts.classes = {qual: _class(values) for qual, values in facts.classes.items()}
    facts.calls = _each(CallFacts._make, facts.calls)
    facts.stores = _each(StoreFacts._make, facts.stores)
    return facts


def rows_of(facts: ModuleFacts) -> list[Row]:
    first: Any = facts.rows[0] if facts.rows else None
    if isinstance(first, list):
        facts.rows = [Row(op, text, tuple(parts)) for op, text, parts in facts.rows]
    return facts.rows


Made = TypeVar("Made")

_FIELDS = {
    kind: [one.name for one in fields(kind)] for kind in (ModuleFacts, FunctionFacts, ClassFacts)
}
_FUNCTIONS = _FIELDS[ModuleFacts].index("functions")
_CLASSES = _FIELDS[ModuleFacts].index("classes")


def _values(facts: ModuleFacts | FunctionFacts | ClassFacts) -> list[Any]:
    return [getattr(facts, name) for name in _FIELDS[type(facts)]]


def _each(make: Callable[[Iterable[Any]], Made], values: Iterable[Any]) -> list[Made]:
    return [make(value) for value in values]


def _names(names: dict[str, Any]) -> Names:
    return {name: _each(Binding._make, bindings) for name, bindings in names.items()}


def _function(values: Any) -> FunctionFacts:
    function = FunctionFacts(*values)
    function.parameters = _each(ParameterFacts._make, function.parameters)
    function.decorators = _each(DecoratorFacts._make, function.decorators)
    function.names = _names(function.names)
    function.calls = _each(CallFacts._make, function.calls)
    function.stores = _each(StoreFacts._make, function.stores)
    return function


def _class(values: Any) -> ClassFacts:
    found = ClassFacts(*values)
    found.decorators = _each(DecoratorFacts._make, found.decorators)
    found.fields = _each(FieldFacts._make, found.fields)
    found.names = _names(found.names)
    found.attributes = {
        name: [AttributeFacts(scope, Binding._make(binding)) for scope, binding in places]
        for name, places in found.attributes.items()
    }
    return found

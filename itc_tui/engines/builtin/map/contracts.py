"""Says what functions, classes and boundaries promise: signatures, shapes, documented errors."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterable

from itc_tui.engines.builtin.map.facts import ClassFacts
from itc_tui.engines.builtin.map.source_index import ClassEntry, FunctionEntry, SourceIndex

SIGNATURES_SHOWN = 4

_SHAPES = {
    "pydantic": ("pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic_settings.BaseSettings",
                 "pydantic.RootModel", "sqlmodel.SQLModel"),
    "typed dict": ("typing.TypedDict", "typing_extensions.TypedDict"),
    "named tuple": ("typing.NamedTuple", "collections.namedtuple"),
    "protocol": ("typing.Protocol", "typing_extensions.Protocol"),
    "enum": ("enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"),
    "struct": ("msgspec.Struct",),
    "model": ("django.db.models.Model", "sqlalchemy.orm.DeclarativeBase", "peewee.Model",
              "mongoengine.Document"),
    "schema": ("marshmallow.Schema", "rest_framework.serializers.Serializer"),
    "exception": ("builtins.Exception", "builtins.BaseException"),
}  # fmt: skip
_DECORATED = {
    "dataclass": re.compile(r"^(?:dataclasses\.|pydantic\.dataclasses\.)?dataclass\b"),
    "attrs": re.compile(r"^(?:attrs?\.(?:s|attrs|define|frozen|mutable)|define|frozen|attrs)\b"),
}


def shape_of(entry: ClassEntry) -> str:
    """`dataclass`, `pydantic`, `enum` …; empty for an ordinary class."""
    for decorator in entry.facts.decorators:
        for shape, pattern in _DECORATED.items():
            if pattern.match(decorator.text):
                return shape
    bases = set(entry.bases)
    for shape, names in _SHAPES.items():
        if bases.intersection(names):
            return shape
    texts = {text.split("[")[0].split("(")[0].rsplit(".", 1)[-1] for text in entry.facts.base_texts}
    if any(
        base.startswith("builtins.") and base.endswith(("Error", "Exception")) for base in bases
    ):
        return "exception"
    return "abstract class" if texts & {"ABC"} else ""


def fields_text(facts: ClassFacts) -> str:
    """The annotated fields of a data class, as one writes them."""
    words = [
        f"{one.name}: {one.annotation}" + (f" = {one.default}" if one.default else "")
        for one in facts.fields
        if not one.annotation.startswith(("ClassVar", "typing.ClassVar"))
    ]
    return ", ".join(words)


_GOOGLE = re.compile(r"^[ \t]*Raises:[ \t]*\n((?:[ \t]+\S.*\n?|[ \t]*\n)+)", re.MULTILINE)
_NUMPY = re.compile(r"^[ \t]*Raises[ \t]*\n[ \t]*-{3,}[ \t]*\n((?:.*\n?)+)", re.MULTILINE)
_SPHINX = re.compile(r":(?:raises?|exception|except)\s+((?:~?[\w.]+(?:\s*,\s*)?)+)\s*:")
_NAME = re.compile(r"^[ \t]*~?([A-Z][\w.]*|[a-z_][\w.]*\.[A-Z]\w*)[ \t]*(?::|$)", re.MULTILINE)


def documented_raises(docstring: str) -> tuple[str, ...]:
    """Exceptions that a docstring promises, in any of the three common styles."""
    found = [
        name.strip().lstrip("~")
        for match in _SPHINX.finditer(docstring)
        for name in match[1].split(",")
    ]
    for pattern in (_GOOGLE, _NUMPY):
        section = pattern.search(docstring)
        if section:
            found += [match[1] for match in _NAME.finditer(section[1])]
    return tuple(dict.fromkeys(name for name in found if name))


def doctests_of(docstring: str) -> tuple[tuple[str, str], ...]:
    """Each example: what is done, and what it shows."""
    if ">>>" not in docstring:
        return ()
    try:
        examples = doctest.DocTestParser().get_examples(docstring)
    except ValueError:
        return ()
    return tuple((one.source.strip(), one.want.strip()) for one in examples)


def raises_of(function: FunctionEntry) -> tuple[str, ...]:
    """What it raises by itself, and what its docstring says it raises."""
    return tuple(dict.fromkeys((*function.facts.raises, *documented_raises(function.docstring))))


def signature_of(index: SourceIndex, name: str) -> str:
    """How one calls a function or makes a class: `Orders.place(self, item: str) -> Order`."""
    function = index.functions.get(name)
    if function is not None:
        owner = function.facts.owner
        return f"{owner}.{function.signature}" if owner else function.signature
    kind = index.classes.get(name)
    if kind is None:
        return name.rsplit(".", 1)[-1] + "(…)"
    fields = fields_text(kind.facts)
    if shape_of(kind) and fields:
        return f"{kind.qualname}({fields})"
    made = _constructor(index, kind)
    return f"{kind.qualname}{made}" if made else f"{kind.qualname}()"


def _constructor(index: SourceIndex, kind: ClassEntry) -> str:
    for owner in (kind.name, *kind.bases):
        function = index.functions.get(f"{owner}.__init__")
        if function is not None:
            arguments = function.signature.removeprefix("__init__").split(" -> ")[0]
            return re.sub(r"^\(\w+(?:, )?", "(", arguments)
    return ""


def boundary_contract(index: SourceIndex, callees: Iterable[str]) -> str:
    """What holds between two modules: the signatures that are used, and what they can raise."""
    names = list(dict.fromkeys(callees))
    shown = [signature_of(index, name) for name in names[:SIGNATURES_SHOWN]]
    if len(names) > SIGNATURES_SHOWN:
        shown.append(f"and {len(names) - SIGNATURES_SHOWN} more")
    raised = dict.fromkeys(
        error
        for name in names
        if (function := index.functions.get(name)) is not None
        for error in raises_of(function)
    )
    text = "; ".join(shown)
    return f"{text}; raises {', '.join(list(raised)[:5])}" if raised else text

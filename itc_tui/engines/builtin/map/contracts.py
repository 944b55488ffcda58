"""Says what functions, classes and boundaries promise: signatures, shapes, documented errors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from itc_tui.engines.builtin.map.facts import ClassFacts
from itc_tui.engines.builtin.map.schema_files import schema_files
from itc_tui.engines.builtin.map.source_index import ClassEntry, SourceIndex

SIGNATURES_SHOWN = 4
ERRORS_SHOWN = 6
MEMBERS_SHOWN = 12

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


def signature_of(index: SourceIndex, name: str) -> str:
    """How one calls a function or makes a class: `Orders.place(self, item: str) -> Order`."""
    function = index.functions.get(name)
    if function is not None:
        owner = function.facts.owner
        if function.facts.kind == "property":
            return f"{function.qualname}: {function.facts.returns or 'property'}"
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
    everything = list(dict.fromkeys(callees))
    errors = [name for name in everything if _is_exception(index, name)]
    names = [name for name in everything if name not in errors]
    shown = [signature_of(index, name) for name in names[:SIGNATURES_SHOWN]]
    if len(names) > SIGNATURES_SHOWN:
        shown.append(f"and {len(names) - SIGNATURES_SHOWN} more")
    raised = dict.fromkeys(name.rpartition(".")[2] for name in errors)
    raised |= dict.fromkeys(
        error
        for name in names
        if (function := index.functions.get(name)) is not None
        for error in function.raises
    )
    if raised:
        shown.append(f"raises {', '.join(list(raised)[:ERRORS_SHOWN])}")
    return "; ".join(shown)


def data_contracts(index: SourceIndex, modules: set[str]) -> list[str]:
    """What in these modules has a shape that is a promise, with its fields."""
    found = []
    for name, entry in index.classes.items():
        shape = shape_of(entry) if entry.module in modules else ""
        if shape in ("", "exception", "abstract class"):
            continue
        fields = fields_text(entry.facts) or ", ".join(_members(index, entry))
        found.append(f"{name} ({shape}): {fields}" if fields else f"{name} ({shape})")
    return [*found, *_json_schemas(index, modules)]


def _json_schemas(index: SourceIndex, modules: set[str]) -> list[str]:
    """Those in the modules; the files belong to all of them."""
    own = [
        (f"{name}.{schema}", told)
        for name in index.own_modules
        if name in modules
        for schema, told in index.modules[name].facts.schemas.items()
    ]
    files = schema_files(Path(index.root)) if modules else ()
    return [f"{name} (JSON schema): {told}" for name, told in (*own, *files)]


def _members(index: SourceIndex, entry: ClassEntry) -> list[str]:
    """Methods of a protocol, names of an enumeration."""
    functions = index.modules[entry.module].facts.functions.values()
    methods = [one.signature for one in functions if one.owner == entry.qualname]
    if shape_of(entry) == "protocol":
        return methods[:SIGNATURES_SHOWN]
    return [
        name
        for name, bindings in entry.facts.names.items()
        if not name.startswith("_") and any(one.kind == "value" for one in bindings)
    ][:MEMBERS_SHOWN]


def _is_exception(index: SourceIndex, name: str) -> bool:
    kind = index.classes.get(name)
    return kind is not None and shape_of(kind) == "exception"

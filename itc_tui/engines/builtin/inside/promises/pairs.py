"""Pairs of functions where one is to undo the other, found by name and type."""

from __future__ import annotations

import collections.abc as abc
import inspect
import re
import typing
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.promises.asking import Asking, place_of
from itc_tui.engines.builtin.inside.promises.records import fields_of, has_value_equality
from itc_tui.engines.builtin.inside.promises.sayings import told_by
from itc_tui.engines.builtin.inside.surface import Surface

_WRITES = {
    "add", "save", "put", "store", "write", "insert", "set", "append", "push", "record", "dump",
    "create", "register",
}  # fmt: skip
_READS = {
    "get", "load", "read", "find", "fetch", "lookup", "retrieve", "by", "all", "list",
}  # fmt: skip
_INVERSE = (
    ("dumps", "loads"),
    ("dump", "load"),
    ("encode", "decode"),
    ("serialize", "deserialize"),
    ("serialise", "deserialise"),
    ("pack", "unpack"),
    ("format", "parse"),
    ("to", "from"),
    ("as", "from"),
    ("escape", "unescape"),
    ("quote", "unquote"),
    ("compress", "decompress"),
)


class Pair(NamedTuple):
    writer: str
    """Template of the call: `{store}.add({x})`, `write_csv({xs}, {path})`."""
    reader: str
    """`{store}.get({x}.number)`; `{y}` is what the writer gave, where that is what is read."""
    kind: Any
    """Of the value that makes the trip."""
    owner: Any
    """Class of the object that keeps it; None where nothing keeps it."""
    imports: Tuple[str, ...]
    wants_list: bool
    gives_list: bool
    focus: str
    names: Tuple[str, str]
    said: Tuple[str, str]
    """The promise as it is written, and where; empty when only the names make it."""
    place: str
    is_pure: bool
    codes: Tuple[Any, Any]
    """Of the two functions."""
    carrier: str = ""
    """The writer's parameter that takes the value."""
    keys: Tuple[str, ...] = ()
    """Fields of the value by which the reader finds it."""


class _Half(NamedTuple):
    name: str
    func: Any
    ident: str
    owner: Any
    imports: str
    is_static: bool


def pairs_of(surface: Surface, asking: Asking, relative: Any) -> Iterator[Pair]:
    finder = _Finder(asking, relative)
    groups: Dict[Any, List[_Half]] = {}
    for target in surface.callables:
        if target.kind not in ("function", "method", "static") or target.is_async:
            continue
        name = target.ident.rpartition(":")[2].rpartition(".")[2]
        func = inspect.unwrap(getattr(target.func, "__func__", target.func))
        owner = target.owner if target.kind == "method" else None
        if target.kind == "static":
            owner = getattr(target.func, "__self__", None) or target.func
        module, _, path = target.ident.partition(":")
        groups.setdefault((module, path.rpartition(".")[0]), []).append(
            _Half(name, func, target.ident, owner, target.imports, target.kind == "static")
        )
    for group in groups.values():
        for one in group:
            for other in group:
                if one is not other:
                    yield from finder.stored(one, other)
                    yield from finder.inverse(one, other)
        yield from finder.parsed(group, surface)


class _Finder:
    def __init__(self, asking: Asking, relative: Any) -> None:
        self._asking, self._relative = asking, relative

    def stored(self, one: _Half, other: _Half) -> Iterator[Pair]:
        """`store.add(x)`, then `store.get(x.key)`; `write(xs, path)`, then `read(path)`."""
        if not _is_stored_under(one.name, other.name) or one.is_static or other.is_static:
            return
        given = _parameters(one)
        hints = self._asking.hints(one.func)
        gives, gives_list = _inner(self._asking.hints(other.func).get("return"))
        if given is None or not has_value_equality(gives):
            return
        carriers = [name for name in given if _inner(hints.get(name))[0] is gives]
        if len(carriers) != 1:
            return
        carrier, wants_list = carriers[0], _inner(hints[carriers[0]])[1]
        shared = {name: _shared_value(name, hints.get(name)) for name in given if name != carrier}
        keys = _parameters(other)
        if keys is None or not all(shared.values()):
            return
        own = fields_of(gives)
        asked = []
        for key in keys:
            if key in shared:
                asked.append(shared[key])
            elif key in own and not wants_list:
                asked.append("{x}.%s" % key)
            else:
                return
        head = "{store}." if one.owner is not None else ""
        values = ["{x}" if name == carrier else shared[name] for name in given]
        yield self._pair(
            one,
            other,
            "%s%s(%s)" % (head, one.name, ", ".join(str(value) for value in values)),
            "%s%s(%s)" % (head, other.name, ", ".join(str(value) for value in asked)),
            gives,
            wants_list,
            gives_list,
        )._replace(carrier=carrier, keys=tuple(key for key in keys if key not in shared))

    def inverse(self, one: _Half, other: _Half) -> Iterator[Pair]:
        """`from_x(to_x(value))`, on records with value equality."""
        if not _is_inverse(one.name, other.name):
            return
        given, keys = _parameters(one), _parameters(other)
        gives, is_list = _inner(self._asking.hints(other.func).get("return"))
        if given is None or keys is None or len(keys) != 1 or is_list:
            return
        if one.owner is not None and not one.is_static:
            if given or not _makes(other, gives, one.owner):
                return
            kind, writer = one.owner, "{x}.%s()" % one.name
            reader = "%s.%s({y})" % (kind.__name__, other.name)
        elif len(given) == 1 and one.owner is None and other.owner is None:
            kind = _inner(self._asking.hints(one.func).get(given[0]))[0]
            writer, reader = "%s({x})" % one.name, "%s({y})" % other.name
            if gives is not kind:
                return
        else:
            return
        if has_value_equality(kind):
            yield self._pair(one, other, writer, reader, kind, False, False)

    def parsed(self, group: List[_Half], surface: Surface) -> Iterator[Pair]:
        """`Kind.parse(str(x))`, where the docstring says so."""
        for half in group:
            kind = half.owner
            if half.name not in ("parse", "from_string", "from_str", "fromstring") or not (
                half.is_static and inspect.isclass(kind) and has_value_equality(kind)
            ):
                continue
            keys = _parameters(half)
            told = (getattr(half.func, "__doc__", "") or "").lower()
            if keys is None or len(keys) != 1 or kind.__str__ is object.__str__:
                continue
            if "str" not in told:
                continue
            reader = "%s.%s({y})" % (kind.__name__, half.name)
            yield self._pair(half, half, "str({x})", reader, kind, False, False)._replace(
                names=("str", half.name)
            )

    def _pair(
        self,
        one: _Half,
        other: _Half,
        writer: str,
        reader: str,
        kind: Any,
        wants_list: bool,
        gives_list: bool,
    ) -> Pair:
        is_pure = "{y}" in reader
        keeper = one.owner if "{store}" in writer else None
        imports = {half.imports for half in (one, other) if half.imports}
        return Pair(
            writer,
            reader,
            kind,
            keeper,
            tuple(sorted(imports)),
            wants_list,
            gives_list,
            other.ident if not is_pure else one.ident,
            (one.name, other.name),
            told_by([one.func, other.func, keeper], self._relative),
            place_of(other.func, self._relative) or "",
            is_pure,
            (getattr(one.func, "__code__", None), getattr(other.func, "__code__", None)),
        )


def _words(name: str) -> List[str]:
    return [word for word in name.split("_") if word]


def _is_stored_under(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    if not first or not second or first[0] not in _WRITES:
        return False
    rest = first[1:]
    if second[0] in _READS:
        return second[1:] == rest
    return bool(rest) and second == rest


def _is_inverse(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    return any(
        a in first
        and b in second
        and [word for word in first if word != a] == [word for word in second if word != b]
        for a, b in _INVERSE
    )


def _parameters(half: _Half) -> Optional[List[str]]:
    """Names of what must be given; None when it cannot be known."""
    try:
        rows = list(inspect.signature(half.func).parameters.values())
    except (TypeError, ValueError):
        return None
    if half.owner is not None and rows and rows[0].name in ("self", "cls"):
        rows = rows[1:]
    needed = [row for row in rows if row.default is inspect.Parameter.empty]
    simple = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)
    if any(row.kind not in simple for row in needed):
        return None
    return [row.name for row in needed]


def _inner(annotation: Any) -> Tuple[Any, bool]:
    """The class that is carried, and whether it is in a list."""
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (list, abc.Iterable, abc.Sequence, abc.Collection) and args:
        return args[0], True
    if args and (origin is typing.Union or str(origin) == "<class 'types.UnionType'>"):
        rest = [arg for arg in args if arg is not type(None)]
        return (rest[0], False) if len(rest) == 1 else (None, False)
    return annotation, False


def _makes(other: _Half, gives: Any, owner: Any) -> bool:
    return other.is_static and (
        gives is owner or str(gives) in ("typing.Self", "typing_extensions.Self")
    )


def _shared_value(name: str, annotation: Any) -> str:
    """What both halves are given alike."""
    if re.search(r"path|file|dest|target", name):
        return "tmp_path / 'kept.txt'"
    if annotation is str and re.search(r"key|name|id$", name):
        return "'first'"
    if annotation is int and re.search(r"key|id$|number", name):
        return "1"
    return ""

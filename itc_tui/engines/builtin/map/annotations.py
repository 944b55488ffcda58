"""Works out which values an annotation promises: unions, containers, aliases, quoted names."""

from __future__ import annotations

from itc_tui.engines.builtin.map.facts import Row
from itc_tui.engines.builtin.map.meaning import evaluate
from itc_tui.engines.builtin.map.values import (
    Knows,
    Place,
    Value,
    Values,
    instance_of,
    many,
    united,
)
from itc_tui.engines.builtin.map.word_sets import words

WRAPPERS = words(
    """
    Optional Union Final ClassVar Required NotRequired ReadOnly Awaitable InitVar Mapped
    """
)
FIRST_OF = frozenset(("Annotated",))
SERIES = words(
    """
    list List set Set frozenset FrozenSet Sequence MutableSequence Iterable Iterator
    Generator AsyncIterator AsyncIterable AsyncGenerator Collection Container deque Deque
    AbstractSet MutableSet ContextManager AbstractContextManager AsyncContextManager
    AbstractAsyncContextManager Reversible
    """
)
MAPPINGS = words(
    """
    dict Dict Mapping MutableMapping defaultdict DefaultDict OrderedDict ChainMap
    WeakValueDictionary
    """
)
KINDS = frozenset(("type", "Type"))
SELF = frozenset(("typing.Self", "typing_extensions.Self"))


def promised(names: Knows, place: Place, row: Row) -> Values:
    """What has the type that `row` writes down."""
    if row.op == "any":
        return united(names.types(place, part) for part in row.parts)
    if row.op == "item":
        return _generic(names, place, row)
    if row.op in ("name", "attr"):
        found = united(_made(names, place, value) for value in evaluate(names, place, row))
        return found or _alias(names, place, row)
    return ()


def _made(names: Knows, place: Place, value: Value) -> Values:
    if value.kind == "class":
        return (instance_of(value),)
    if value.kind == "outside":
        if value.module in SELF:
            around = names.class_around(place)
            return (instance_of(around),) if around else ()
        root = value.module.split(".")[0]
        return () if root in ("builtins", "typing", "typing_extensions") else (value,)
    return ()


def _alias(names: Knows, place: Place, row: Row) -> Values:
    """`Stores = dict[str, Store]` written once and used by name."""
    if row.op != "name":
        return ()
    found = []
    for origin, number in names.aliased(place, row.text):
        if names.row(origin.module, number).op in ("item", "any"):
            found.append(names.types(origin, number))
    return united(found)


def _generic(names: Knows, place: Place, row: Row) -> Values:
    head, parts = names.row(place.module, row.parts[0]), row.parts[1:]
    word = head.text
    if not parts or head.op not in ("name", "attr"):
        return ()
    if word in WRAPPERS:
        return united(names.types(place, part) for part in parts)
    if word in FIRST_OF:
        return names.types(place, parts[0])
    if word == "Coroutine":
        return names.types(place, parts[-1])
    if word in ("tuple", "Tuple"):
        return many(united(names.types(place, part) for part in parts))
    if word in SERIES:
        return many(names.types(place, parts[0]))
    if word in MAPPINGS:
        return many(names.types(place, parts[-1]))
    if word == "Callable":
        return (Value("callable", "", "", names.types(place, parts[-1])),)
    if word in KINDS:
        kinds = united(names.types(place, part) for part in parts)
        return tuple(
            Value("class", one.module, one.qual) for one in kinds if one.kind == "instance"
        )
    return promised(names, place, head)

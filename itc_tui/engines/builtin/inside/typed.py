"""Arguments for an annotation: generics, unions, literals, enums and the target's own classes."""

from __future__ import annotations

import ast
import collections.abc as abc
import inspect
import random
import re
import typing
from typing import TYPE_CHECKING, Any, Optional

from itc_tui.engines.builtin.inside import kinds as made
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.protocols import fulfilling, is_protocol, of_library
from itc_tui.engines.builtin.inside.python_samples import SAMPLES

if TYPE_CHECKING:
    from itc_tui.engines.builtin.inside.arguments import Arguments

_ABSTRACT = {
    abc.Iterable: "list",
    abc.Sequence: "list",
    abc.Collection: "list",
    abc.MutableSequence: "list",
    abc.Iterator: "iter",
    abc.Generator: "iter",
    abc.Mapping: "dict",
    abc.MutableMapping: "dict",
    abc.Set: "set",
    abc.MutableSet: "set",
    abc.Callable: "func",
    abc.Hashable: "str",
    abc.Sized: "list",
    abc.AsyncIterable: "aiter",
    abc.AsyncIterator: "aiter",
}


def typed_argument(maker: "Arguments", kind: Any, module: str, depth: int) -> "Optional[made.Arg]":
    if depth > 4:
        return None
    if kind is None:
        kind = type(None)
    simple = made.SIMPLE.get(kind) if _hashable(kind) else None
    if simple == "any":
        held = maker.pool.with_attributes(set()) if maker.rng.random() < 0.3 else None
        return made.Arg(held.program, held.name, "") if held else maker.simple("any", module)
    if simple:
        return maker.simple(simple, module)
    origin = typing.get_origin(kind)
    if origin is not None:
        return _generic(maker, origin, typing.get_args(kind), module, depth)
    if isinstance(kind, typing.TypeVar):
        options = kind.__constraints__ or ((kind.__bound__,) if kind.__bound__ else (typing.Any,))
        return maker.of_type(maker.rng.choice(options), module, depth + 1)
    if hasattr(kind, "__supertype__"):
        return maker.of_type(kind.__supertype__, module, depth + 1)
    if kind in _ABSTRACT:
        return _generic(maker, kind, (), module, depth)
    if kind is typing.Pattern or kind is re.Pattern:
        return made.Arg(Program(("import re",)), "re.compile('[a-z]+')", "")
    if isinstance(kind, type) and issubclass(kind, ast.AST):
        return python_tree(maker.rng)
    if made.is_enum(kind):
        return _enum_member(maker, kind)
    if is_protocol(kind):
        return fulfilling(maker, kind, module, depth)
    if isinstance(kind, type):
        return of_library(kind) or _instance(maker, kind)
    return None


def python_tree(rng: random.Random) -> "made.Arg":
    code = rng.choice([text for text in SAMPLES if _parses(text)])
    return made.Arg(Program(("import ast",)), "ast.parse(%r)" % code, "")


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _hashable(kind: Any) -> bool:
    try:
        hash(kind)
    except TypeError:
        return False
    return True


def _generic(
    maker: "Arguments", origin: Any, args: Any, module: str, depth: int
) -> "Optional[made.Arg]":
    rng = maker.rng
    if (
        origin is typing.Union
        or type(origin).__name__ == "UnionType"
        or str(origin) == ("<class 'types.UnionType'>")
    ):
        return maker.of_type(rng.choice(args), module, depth + 1)
    if str(origin) == "typing.Literal":
        return made.Arg(Program(), repr(rng.choice(args)), "")
    if str(origin) == "typing.Annotated":
        return maker.of_type(args[0], module, depth + 1)
    if origin is type:
        return _class_itself(maker, args[0] if args else None)
    if origin is tuple and args:
        row = [args[0]] * rng.choice((0, 1, 2, 3)) if args[-1] is Ellipsis else list(args)
        return _gathered(maker, row, "(%s,)" if len(row) == 1 else "(%s)", module, depth)
    kind = made.SIMPLE.get(origin) or _ABSTRACT.get(origin)
    if kind == "func":
        return _function(maker, args)
    if kind == "dict" and len(args) == 2:
        return _mapping(maker, args, module, depth)
    if kind in ("list", "set", "iter", "aiter"):
        row = [args[0] if args else typing.Any] * rng.choice((0, 1, 2, 2, 3))
        form = {"list": "[%s]", "set": "{%s}", "iter": "iter([%s])"}.get(kind, "[%s]")
        return _gathered(maker, row, form if row or kind != "set" else "set(%s)", module, depth)
    if kind:
        return maker.simple(kind, module)
    if is_protocol(origin):
        return fulfilling(maker, origin, module, depth)
    return _instance(maker, origin) if isinstance(origin, type) else None


def _class_itself(maker: "Arguments", kind: Any) -> "made.Arg":
    """`Type[Event]` asks for the class or one that is made from it."""
    found = []
    if isinstance(kind, type):
        found = [path for one, path in maker.surface.classes if _is_made_from(one, kind)]
    if found:
        path = maker.rng.choice(found)
        return made.Arg(Program(("from %s import %s" % path,)), path[1], "")
    return made.Arg(Program(), maker.rng.choice(("str", "int", "dict")), "")


def _is_made_from(one: Any, kind: Any) -> bool:
    return kind in getattr(one, "__mro__", ())


def _gathered(
    maker: "Arguments", kinds: Any, form: str, module: str, depth: int
) -> "Optional[made.Arg]":
    program, parts = Program(), []
    for kind in kinds:
        arg = maker.of_type(kind, module, depth + 1)
        both = program.beside(arg.program) if arg else None
        if arg is None or both is None:
            return None
        program = both
        parts.append(arg.code)
    return made.Arg(program, form % ", ".join(parts), "")


def _mapping(maker: "Arguments", args: Any, module: str, depth: int) -> "Optional[made.Arg]":
    program, parts = Program(), []
    for _ in range(maker.rng.choice((0, 1, 2, 3))):
        pair = _gathered(maker, args, "%s", module, depth)
        key, value = (maker.of_type(kind, module, depth + 1) for kind in args)
        if pair is None or key is None or value is None:
            return None
        both = program.beside(key.program)
        both = both.beside(value.program) if both is not None else None
        if both is None:
            return None
        program = both
        parts.append("%s: %s" % (key.code, value.code))
    return made.Arg(program, "{%s}" % ", ".join(parts), "")


def is_callable(kind: Any) -> bool:
    """What is asked for is to be called, be it by way of a type variable."""
    bound = getattr(kind, "__bound__", None)
    return abc.Callable in (kind, typing.get_origin(kind), bound, typing.get_origin(bound))


def _function(maker: "Arguments", args: Any) -> "Optional[made.Arg]":
    if args and (typing.get_origin(args[-1]) or args[-1]) in (abc.Awaitable, abc.Coroutine):
        return maker.simple("afunc")
    if args and isinstance(args[0], list):
        names = ["one", "two", "three", "four"][: len(args[0])]
        result = "True" if args[-1] is bool else (names[0] if names else "None")
        if args[-1] is str:
            result = "str(%s)" % (names[0] if names else "'x'")
        if len(names) == len(args[0]):
            return made.Arg(Program(), "lambda %s: %s" % (", ".join(names), result), "")
    return maker.simple("func")


def _enum_member(maker: "Arguments", kind: Any) -> "Optional[made.Arg]":
    path = maker.surface.path_of(kind)
    members = list(kind.__members__)
    if not members:
        return None
    module, name = path or (kind.__module__, kind.__qualname__)
    code = "%s.%s" % (name, maker.rng.choice(members))
    return made.Arg(Program(("from %s import %s" % (module, name.split(".")[0]),)), code, "")


def _instance(maker: "Arguments", kind: Any) -> "Optional[made.Arg]":
    held = maker.pool.of_type(kind)
    if held is not None:
        return made.Arg(held.program, held.name, "")
    path = maker.surface.path_of(kind)
    if path is not None or inspect.isabstract(kind):
        return None  # it comes when its constructor has been tried
    module, name = kind.__module__, kind.__qualname__
    if module == "builtins" or "." in name:
        return None
    stem = fresh(name.lower())
    return made.Arg(
        Program(("from %s import %s" % (module, name),), (Step(stem, "%s()" % name),)), stem, ""
    )

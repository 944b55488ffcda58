"""What can be called from outside: functions, classes, methods and operators, with their paths."""

from __future__ import annotations

import builtins
import contextlib
import enum
import inspect
import sys
import types
from collections import Counter
from typing import Any, Collection, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.modules import Before, held_in, modules_of
from itc_tui.engines.builtin.inside.operators import OPERATORS


class Entry(NamedTuple):
    """One thing that can be called, and how its call is written."""

    ident: str
    """`pkg.mod:Class.method`."""
    kind: str
    """function, class, static, method, property or operator."""
    template: str
    """`name(...)`; `{0}` is the receiver, `...` stands for the arguments."""
    imports: str
    code: Any
    func: Any
    """What the parameters are read from; None when there are none to read."""
    owner: Any
    """The class of the receiver."""
    is_async: bool
    shown: float
    """How much it belongs to the public face: 1 for a public name, less for an inner one."""
    compose: Any = None
    """Makes the whole program, where that is more than a call: see `drivers.door`."""
    prelude: Any = None
    """The program that defines what is called, where no module does: see `declared`."""


class Surface:
    def __init__(self) -> None:
        self.modules: List[types.ModuleType] = []
        self.callables: List[Entry] = []
        self.classes: List[Tuple[Any, Tuple[str, str]]] = []
        """Public classes, each with the module and the name to import it by."""
        self.paths: Dict[int, Tuple[str, str]] = {}
        """id of an object → module and name to import it by."""
        self.failed: Dict[str, str] = {}
        self.tops: Tuple[str, ...] = ()
        """Names of the packages that are looked at."""
        self._met: Set[int] = set()

    def path_of(self, thing: Any) -> Optional[Tuple[str, str]]:
        found = self.paths.get(id(thing))
        if found is not None:
            return found
        module, name = getattr(thing, "__module__", None), getattr(thing, "__qualname__", "")
        if module not in sys.modules or not name.isidentifier():
            return None
        return (module, name) if getattr(sys.modules[module], name, None) is thing else None

    def meet(self, kind: Any) -> List[Entry]:
        """What an object offers whose class has no public name: new ones, taken up here as well."""
        is_known = id(kind) in self._met or id(kind) in self.paths
        if is_known or kind.__module__.split(".")[0] not in self.tops:
            return []
        self._met.add(id(kind))
        ident = "%s:%s" % (kind.__module__, kind.__qualname__)
        every = _as_it_lets_us(_of_members(kind, kind.__name__, "", ident, 1.0, self.tops))
        found = [one for one in every if one.owner is not None]
        self.callables.extend(found)
        return found


def read_surface(
    packages: List[str],
    passed_over: Collection[str] = (),
    limit_s: float = 5.0,
    before: Before = lambda _name, _failed: None,
) -> Surface:
    """`passed_over` are modules that are known to end or to hang when they are imported."""
    surface = Surface()
    for package in packages:
        surface.modules.extend(modules_of(package, passed_over, surface.failed, limit_s, before))
    tops = surface.tops = tuple(packages)
    _find_paths(surface, tops)
    seen: Set[int] = set()
    for module in surface.modules:
        for thing in held_in(module).values():
            if id(thing) in seen or not _belongs(thing, tops):
                continue
            seen.add(id(thing))
            path = surface.paths.get(id(thing))
            if inspect.isclass(thing) and path is not None:
                surface.classes.append((thing, path))
            surface.callables.extend(_as_it_lets_us(_callables_of(thing, surface, tops)))
    surface.callables = list(_each_code_once(surface.callables))
    return surface


def _as_it_lets_us(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Until something of it raises when it is looked at, as a metaclass of its own may have it."""
    with contextlib.suppress(Exception):
        for entry in entries:
            has_code = isinstance(entry.code, types.CodeType)
            yield entry if has_code or entry.code is None else entry._replace(code=None)


def _each_code_once(entries: List[Entry]) -> Iterator[Entry]:
    """Whoever defines a method shows it best; all that inherit it are together tried as often."""
    heirs = Counter(entry.code for entry in entries if _is_inherited(entry))
    for entry in entries:
        share = 1.0 / heirs[entry.code] if _is_inherited(entry) else 1.0
        yield entry._replace(shown=entry.shown * min(1.0, share))


def _is_inherited(entry: Entry) -> bool:
    if entry.code is None or entry.kind in ("function", "class"):
        return False
    func = getattr(entry.func, "__func__", entry.func)
    if func is None:  # of a property there is only its code, which knows its name since 3.11
        home = getattr(entry.code, "co_qualname", "")
    else:
        home = getattr(inspect.unwrap(func), "__qualname__", "")
    return bool(home != entry.ident.partition(":")[2])


def _belongs(thing: Any, tops: Tuple[str, ...]) -> bool:
    try:
        if not (inspect.isclass(thing) or inspect.isroutine(thing) or _wraps(thing)):
            return False
        return any(
            isinstance(module, str) and module.split(".")[0] in tops
            for module in (getattr(thing, "__module__", None), _written_in(thing))
        )
    except Exception:  # a stranger's; it may raise whatever it likes
        return False


def _written_in(thing: Any) -> Any:
    """What wraps a function of another's says that it is that one; its code knows better."""
    is_function = isinstance(thing, types.FunctionType)
    return thing.__globals__.get("__name__") if is_function else None


def _wraps(thing: Any) -> bool:
    """A function behind a decorator that made an object of it, such as lru_cache."""
    return callable(thing) and inspect.isfunction(getattr(thing, "__wrapped__", None))


def _find_paths(surface: Surface, tops: Tuple[str, ...]) -> None:
    best: Dict[int, Tuple[Any, ...]] = {}
    for module in surface.modules:
        for name, thing in held_in(module).items():
            if name.startswith("_") or not _belongs(thing, tops):
                continue
            parts = module.__name__.split(".")
            hidden = sum(part.startswith("_") for part in parts)
            away = 0 if getattr(thing, "__module__", "") == module.__name__ else 1
            listed = 0 if name in getattr(module, "__all__", ()) else 1
            renamed = 0 if getattr(thing, "__name__", name) == name else 1
            rank = (hidden, renamed, 0 if len(parts) == 1 else 1, listed, away, len(parts))
            if id(thing) not in best or rank < best[id(thing)][0]:
                best[id(thing)] = (rank, module.__name__, name)
    surface.paths = {key: (found[1], found[2]) for key, found in best.items()}


def _callables_of(thing: Any, surface: Surface, tops: Tuple[str, ...]) -> Iterator[Entry]:
    path = surface.path_of(thing)
    if path is None:
        return
    module, name = path
    if name.startswith("_"):
        return
    shown = 0.4 if any(part.startswith("_") for part in module.split(".")) else 1.0
    imports = "from %s import %s" % (module, name)
    # `set` of its own must not hide Python's in the test, and pytest must not take it for a test.
    if hasattr(builtins, name) or name.startswith(("test", "Test")):
        imports, name = "import %s" % module, "%s.%s" % (module, name)
    is_own = thing.__module__.split(".")[0] in tops
    qualname = getattr(thing, "__qualname__", name) if is_own else path[1]
    ident = "%s:%s" % (thing.__module__ if is_own else module, qualname)
    if inspect.isclass(thing):
        yield from _of_class(thing, name, imports, ident, shown, tops)
        return
    plain = inspect.unwrap(thing)
    code = getattr(plain, "__code__", None)
    is_async = inspect.iscoroutinefunction(plain)
    yield Entry(ident, "function", name + "(...)", imports, code, thing, None, is_async, shown)


def _of_class(
    cls: Any, name: str, imports: str, ident: str, shown: float, tops: Tuple[str, ...]
) -> Iterator[Entry]:
    makes = not inspect.isabstract(cls) and not issubclass(cls, enum.Enum)
    if makes and not getattr(cls, "_is_protocol", False):
        init = getattr(cls, "__init__", None)
        code = getattr(init, "__code__", None)
        less = 0.3 if issubclass(cls, BaseException) else 1.0
        yield Entry(ident, "class", name + "(...)", imports, code, cls, None, False, shown * less)
    yield from _of_members(cls, name, imports, ident, shown, tops)


def _of_members(
    cls: Any, name: str, imports: str, ident: str, shown: float, tops: Tuple[str, ...]
) -> Iterator[Entry]:
    for attr, raw in _members(cls, tops):
        place = "%s.%s" % (ident, attr)
        if attr in OPERATORS:
            code = getattr(raw, "__code__", None)
            yield Entry(place, "operator", OPERATORS[attr], "", code, raw, cls, False, shown)
        elif isinstance(raw, (staticmethod, classmethod)):
            bound = getattr(cls, attr, None)
            inner = inspect.unwrap(raw.__func__)
            template = "%s.%s(...)" % (name, attr)
            yield Entry(
                place,
                "static",
                template,
                imports,
                getattr(inner, "__code__", None),
                bound,
                None,
                inspect.iscoroutinefunction(inner),
                shown,
            )
        elif _is_property(raw):
            getter = getattr(raw, "fget", None) or getattr(raw, "func", None)
            code = getattr(getter, "__code__", None)
            yield Entry(place, "property", "{0}." + attr, "", code, None, cls, False, shown)
        elif callable(raw):
            inner = inspect.unwrap(raw)
            code = getattr(inner, "__code__", None)
            template = "{0}(...)" if attr == "__call__" else "{0}.%s(...)" % attr
            is_async = inspect.iscoroutinefunction(inner)
            yield Entry(place, "method", template, "", code, raw, cls, is_async, shown)


def _is_generated(raw: Any) -> bool:
    """As `@dataclass` and attrs write them: nothing of the target's own would be tested."""
    code = getattr(inspect.unwrap(raw), "__code__", None)
    return code is not None and code.co_filename.startswith("<")


def _is_property(raw: Any) -> bool:
    return isinstance(raw, property) or "property" in type(raw).__name__


def _members(cls: Any, tops: Tuple[str, ...]) -> Iterator[Tuple[str, Any]]:
    """Members that the target itself defines, the nearest definition first."""
    seen: Set[str] = set()
    for owner in cls.__mro__:
        if owner.__module__.split(".")[0] not in tops:
            seen.update(vars(owner) if owner is not object else ())
            continue
        for attr, raw in list(vars(owner).items()):
            if attr in seen:
                continue
            seen.add(attr)
            generated = attr in OPERATORS and (owner is not cls or _is_generated(raw))
            if attr.startswith("_") and attr not in OPERATORS and attr != "__call__":
                continue
            if inspect.isclass(raw) or generated:
                continue
            yield attr, raw

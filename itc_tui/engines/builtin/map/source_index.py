"""The whole target read once: modules, functions, classes, and what calls what."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from itc_tui.domain.events import Progressed
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.map.calls import (
    Edge,
    Handover,
    ModuleLinks,
    OuterCall,
    StateWrite,
    link_module,
)
from itc_tui.engines.builtin.map.fact_store import FactStore, digest_of
from itc_tui.engines.builtin.map.facts import (
    ClassFacts,
    FunctionFacts,
    ModuleFacts,
    from_plain,
    to_plain,
)
from itc_tui.engines.builtin.map.names import Names
from itc_tui.engines.builtin.map.reading import Unreadable, read_module
from itc_tui.engines.builtin.map.source_files import SourceFile, find_files
from itc_tui.engines.builtin.map.values import Value
from itc_tui.ports import Steps

SIZE_LIMIT = 2_000_000
"""Bytes; larger files are made by programs."""
STEP = 50
"""Files between two signs of life."""


@dataclass(slots=True)
class Module:
    name: str
    path: str
    is_package: bool
    is_test: bool
    is_stub: bool
    digest: str
    facts: ModuleFacts


@dataclass(frozen=True)
class FunctionEntry:
    """One function or method, as designing needs to know it."""

    name: str
    """Dotted: `shop.orders.Orders.place`."""
    module: str
    qualname: str
    file: str
    facts: FunctionFacts

    @property
    def line(self) -> int:
        return self.facts.line

    @property
    def signature(self) -> str:
        return self.facts.signature

    @property
    def docstring(self) -> str:
        return self.facts.docstring

    @property
    def is_public(self) -> bool:
        return not any(
            part.startswith("_") and not part.endswith("__")
            for part in self.name.replace("<locals>", "_").split(".")
        )


@dataclass(frozen=True)
class ClassEntry:
    name: str
    module: str
    qualname: str
    file: str
    facts: ClassFacts
    bases: tuple[str, ...] = ()
    """Dotted names of all it is derived from, inside and outside."""


@dataclass
class SourceIndex:
    root: str
    packages: tuple[str, ...]
    modules: dict[str, Module]
    links: dict[str, ModuleLinks]
    names: Names
    unreadable: list[str] = field(default_factory=list)
    parsed: int = 0
    """Files that had to be parsed; the others were known."""
    linked: int = 0
    """Modules whose calls had to be followed anew."""

    @property
    def own_modules(self) -> list[str]:
        return [name for name, one in self.modules.items() if not one.is_test]

    @property
    def tests(self) -> list[Module]:
        return [one for one in self.modules.values() if one.is_test]

    @cached_property
    def functions(self) -> dict[str, FunctionEntry]:
        return {
            f"{name}.{qual}": FunctionEntry(f"{name}.{qual}", name, qual, one.path, facts)
            for name, one in self.modules.items()
            for qual, facts in one.facts.functions.items()
        }

    @cached_property
    def classes(self) -> dict[str, ClassEntry]:
        found = {}
        for name, one in self.modules.items():
            for qual, facts in one.facts.classes.items():
                bases = tuple(
                    base.dotted for base in self.names.bases(Value("class", name, qual))[1:]
                )
                found[f"{name}.{qual}"] = ClassEntry(
                    f"{name}.{qual}", name, qual, one.path, facts, bases
                )
        return found

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Calls from the target's own code to its own code, also within one module."""
        return tuple(edge for name in self.own_modules for edge in self.links[name].edges)

    @cached_property
    def crossings(self) -> tuple[Edge, ...]:
        """Calls from one module of the target into another."""
        return tuple(edge for edge in self.edges if edge.crosses)

    @cached_property
    def edges_of_tests(self) -> tuple[Edge, ...]:
        """What existing tests call directly."""
        return tuple(edge for one in self.tests for edge in self.links[one.name].edges)

    @cached_property
    def outer_calls(self) -> tuple[OuterCall, ...]:
        return tuple(call for name in self.own_modules for call in self.links[name].outer)

    @cached_property
    def handovers(self) -> tuple[Handover, ...]:
        return tuple(one for name in self.own_modules for one in self.links[name].handovers)

    @cached_property
    def writes(self) -> tuple[StateWrite, ...]:
        return tuple(one for name in self.own_modules for one in self.links[name].writes)

    def callers_of(self, name: str) -> tuple[Edge, ...]:
        return self._by_callee.get(name, ())

    def callees_of(self, name: str) -> tuple[Edge, ...]:
        return self._by_caller.get(name, ())

    @cached_property
    def _by_callee(self) -> dict[str, tuple[Edge, ...]]:
        return _grouped((edge.callee_name, edge) for edge in self.edges)

    @cached_property
    def _by_caller(self) -> dict[str, tuple[Edge, ...]]:
        return _grouped((edge.caller_name, edge) for edge in self.edges)


def index_target(target: Target, cache_dir: Path | None) -> Steps[SourceIndex]:
    """Read what changed since the last time, and follow the calls that this touches."""
    store = FactStore(cache_dir)
    try:
        found = find_files(target)
        modules, unreadable, parsed = yield from _read_all(Path(target.root), found.files, store)
        names = Names({name: one.facts for name, one in modules.items()})
        links, linked = yield from _link_all(modules, names, store)
    finally:
        store.close()
    return SourceIndex(
        root=target.root,
        packages=tuple(found.packages),
        modules=modules,
        links=links,
        names=names,
        unreadable=[*unreadable, *found.notes],
        parsed=parsed,
        linked=linked,
    )


def _read_all(
    root: Path, files: list[SourceFile], store: FactStore
) -> Steps[tuple[dict[str, Module], list[str], int]]:
    contents, unreadable = _contents(root, files)
    digests = {
        file.module: digest_of(contents[file.path], file.module, file.is_package)
        for file in files
        if file.path in contents
    }
    known = store.load(digests.values())
    modules: dict[str, Module] = {}
    fresh: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        for number, file in enumerate(files):
            if number % STEP == 0:
                yield Progressed(what="reading source", done=number, total=len(files))
            if file.path not in contents:
                continue
            digest = digests[file.module]
            try:
                facts = _recalled(known.get(digest)) or _read(file, contents[file.path])
            except Unreadable as error:
                unreadable.append(f"{file.path}: {error}")
                continue
            if digest not in known:
                fresh[digest] = to_plain(facts)
            modules[file.module] = Module(
                file.module, file.path, file.is_package, file.is_test, file.is_stub, digest, facts
            )
    store.save(fresh, used=known)
    return modules, unreadable, len(fresh)


def _contents(root: Path, files: Iterable[SourceFile]) -> tuple[dict[str, bytes], list[str]]:
    contents, unreadable = {}, []
    for file in files:
        try:
            if (root / file.path).stat().st_size > SIZE_LIMIT:
                unreadable.append(f"{file.path}: is larger than {SIZE_LIMIT // 1_000_000} MB")
            else:
                contents[file.path] = (root / file.path).read_bytes()
        except OSError as error:
            unreadable.append(f"{file.path}: cannot be opened: {error.strerror}")
    return contents, unreadable


def _recalled(plain: Any) -> ModuleFacts | None:
    """Cached facts; whatever somebody else may have put there counts as unknown."""
    try:
        return from_plain(plain) if plain is not None else None
    except (TypeError, ValueError, AttributeError):
        return None


def _read(file: SourceFile, content: bytes) -> ModuleFacts:
    return read_module(content, file.module, file.is_package)


def _link_all(
    modules: dict[str, Module], names: Names, store: FactStore
) -> Steps[tuple[dict[str, ModuleLinks], int]]:
    everyone = sorted(modules)
    keys = {
        name: digest_of(one.digest.encode(), "links", everyone) for name, one in modules.items()
    }
    known = store.load(keys.values())
    links: dict[str, ModuleLinks] = {}
    fresh: dict[str, Any] = {}
    for number, (name, key) in enumerate(keys.items()):
        if number % STEP == 0:
            yield Progressed(what="following calls", done=number, total=len(keys))
        found = _still_true(known.get(key), modules)
        if found is None:
            names.touched = 0
            found = link_module(names, name)
            leans_on = {other: modules[other].digest for other in names.modules_of(names.touched)}
            fresh[key] = [leans_on, found.edges, found.outer, found.handovers, found.writes]
        links[name] = found
    store.save(fresh, used=known)
    return links, len(fresh)


def _still_true(plain: Any, modules: dict[str, Module]) -> ModuleLinks | None:
    """Remembered links, unless a module that they lean on has changed."""
    try:
        leans_on, edges, outer, handovers, writes = plain
        if any(modules[name].digest != digest for name, digest in leans_on.items()):
            return None
        return ModuleLinks(
            [Edge._make(one) for one in edges],
            [OuterCall._make(one) for one in outer],
            [Handover._make(one) for one in handovers],
            [StateWrite._make(one) for one in writes],
        )
    except (TypeError, ValueError, AttributeError, KeyError):
        return None


def _grouped(pairs: Iterable[tuple[str, Edge]]) -> dict[str, tuple[Edge, ...]]:
    groups: dict[str, list[Edge]] = defaultdict(list)
    for key, edge in pairs:
        groups[key].append(edge)
    return {key: tuple(edges) for key, edges in groups.items()}

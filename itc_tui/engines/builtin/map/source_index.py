"""The whole target read once: modules, functions, classes, and what calls what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from itc_tui.engines.builtin.map.docstrings import documented_raises
from itc_tui.engines.builtin.map.events import event_edges
from itc_tui.engines.builtin.map.facts import ClassFacts, FunctionFacts, ModuleFacts
from itc_tui.engines.builtin.map.links import Edge, Handover, ModuleLinks, OuterCall, StateWrite
from itc_tui.engines.builtin.map.overrides import overriding


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
    def raises(self) -> tuple[str, ...]:
        """What it raises by itself, and what its docstring says it raises."""
        return tuple(dict.fromkeys((*self.facts.raises, *documented_raises(self.docstring))))


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
                bases = tuple(self.links[name].bases.get(qual, ()))
                found[f"{name}.{qual}"] = ClassEntry(
                    f"{name}.{qual}", name, qual, one.path, facts, bases
                )
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, ...]]:
        """Each module of the target and those of its own that it imports."""
        return {name: tuple(self._imported_by(name)) for name in self.own_modules}

    def _imported_by(self, module: str) -> list[str]:
        found: dict[str, None] = {}
        for name, _ in self.modules[module].facts.imports:
            origin = name if name in self.modules else name.rpartition(".")[0]
            other = self.modules.get(origin)
            if other is not None and origin != module and not other.is_test:
                found.setdefault(origin)
        return list(found)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Calls from the target's own code to its own code, also within one module."""
        named = [edge for name in self.own_modules for edge in self.links[name].edges]
        facts = {name: self.modules[name].facts for name in self.own_modules}
        bases = {name: entry.bases for name, entry in self.classes.items()}
        uses = [one for name in self.own_modules for one in self.links[name].events]
        places = {name: (one.module, one.qualname) for name, one in self.functions.items()}
        return (
            *named,
            *overriding(facts, bases, named),
            *event_edges(uses, bases, places),
        )

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

    def callees_of(self, name: str) -> tuple[Edge, ...]:
        return self._by_caller.get(name, ())

    @cached_property
    def _by_caller(self) -> dict[str, tuple[Edge, ...]]:
        return _grouped((edge.caller_name, edge) for edge in self.edges)


def _grouped(pairs: Iterable[tuple[str, Edge]]) -> dict[str, tuple[Edge, ...]]:
    groups: dict[str, list[Edge]] = defaultdict(list)
    for key, edge in pairs:
        groups[key].append(edge)
    return {key: tuple(edges) for key, edges in groups.items()}

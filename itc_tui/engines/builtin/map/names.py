"""Knows what every name of the target means: imports, re-exports, members, results of calls."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import TypeAlias

from itc_tui.engines.builtin.map.annotations import promised
from itc_tui.engines.builtin.map.facts import (
    NARROWED,
    UNKNOWN,
    Binding,
    FunctionFacts,
    ModuleFacts,
    Row,
    rows_of,
)
from itc_tui.engines.builtin.map.meaning import evaluate
from itc_tui.engines.builtin.map.members import bases_of, member_of
from itc_tui.engines.builtin.map.memory import Memory
from itc_tui.engines.builtin.map.values import (
    Place,
    Value,
    Values,
    many,
    outside,
    united,
)

ROWS_LIMIT = 8


Passed: TypeAlias = Mapping[tuple[str, str, int], Values]
"""Module, function and number of a parameter → what its callers pass."""


class Names:
    def __init__(
        self,
        modules: Mapping[str, ModuleFacts],
        passed: Passed | None = None,
        fixtures: Mapping[str, Values] | None = None,
        tests: frozenset[str] = frozenset(),
    ) -> None:
        self.modules = modules
        self.memory = Memory()
        self._passed = passed or {}
        self._fixtures = fixtures or {}
        self._tests = tests
        self._bits = {name: 1 << number for number, name in enumerate(modules)}
        self._folders = _folders(modules)

    @cached_property
    def properties(self) -> frozenset[str]:
        """Names that are a property somewhere; other attributes need not be looked at."""
        return frozenset(
            qual.rpartition(".")[2]
            for facts in self.modules.values()
            for qual, one in facts.functions.items()
            if one.kind == "property"
        )

    def touched_modules(self) -> list[str]:
        return [name for name, bit in self._bits.items() if self.memory.touched & bit]

    def row(self, module: str, number: int) -> Row:
        return rows_of(self.modules[module])[number]

    def function(self, value: Value) -> FunctionFacts | None:
        facts = self.modules.get(value.module)
        return facts.functions.get(value.qual) if facts else None

    def values(self, place: Place, row: int) -> Values:
        """What the expression may stand for."""
        if row == UNKNOWN:
            return ()
        return self._once(
            (place, row), lambda: evaluate(self, place, self.row(place.module, row)), place.module
        )

    def types(self, place: Place, row: int) -> Values:
        """What has the type that the expression writes down."""
        if row == UNKNOWN:
            return ()
        return self._once(
            ("type", place, row),
            lambda: promised(self, place, self.row(place.module, row)),
            place.module,
        )

    def named(self, place: Place, name: str) -> Values:
        """A name as it is seen from `place`: locals, functions around, the module."""
        scope = place.scope
        facts = self.modules[place.module]
        while scope:
            holder = facts.functions.get(scope) or facts.classes.get(scope)
            if holder is None:
                break
            bindings = holder.names.get(name)
            if bindings and any(one.kind != "opaque" for one in bindings):
                found = self._local(Place(place.module, scope), name, bindings)
                if all(one.text == NARROWED for one in bindings):
                    outer = self.named(Place(place.module, holder.parent), name)
                    return united((found, outer))
                # `Error = Error` in a class body means the one outside.
                if found or scope in facts.functions:
                    return found
            scope = holder.parent
        return self.lookup(place.module, name)

    def _local(self, place: Place, name: str, bindings: list[Binding]) -> Values:
        key = ("local", place, name)
        return self._once(key, lambda: self.meanings(place, bindings), place.module)

    def lookup(self, module: str, name: str) -> Values:
        """A name at the top of a module, also as others import it."""
        return self._once(("top", module, name), lambda: self._top(module, name), module)

    def aliased(self, place: Place, name: str) -> list[tuple[Place, int]]:
        """The expressions that a module-level name was assigned, where they stand."""
        found: list[tuple[Place, int]] = []
        module = place.module
        for _ in range(ROWS_LIMIT):
            facts = self.modules.get(module)
            bindings = facts.names.get(name, []) if facts else []
            found += [(Place(module), one.row) for one in bindings if one.kind == "value"]
            onward = next((one for one in bindings if one.kind == "from"), None)
            if found or onward is None:
                break
            module, name = onward.text, onward.name
        return found

    def member(self, owner: Value, name: str) -> Values:
        key = ("member", owner.kind, owner.module, owner.qual, name)
        return self._once(key, lambda: member_of(self, owner, name), owner.module)

    def bases(self, owner: Value) -> Values:
        """The class and what it is derived from, depth first; outside bases as well."""
        key = ("bases", owner.module, owner.qual)
        return self._once(key, lambda: bases_of(self, owner.module, owner.qual), owner.module)

    def returned(self, function: Value) -> Values:
        return self._once(("result", function), lambda: self._returned(function), function.module)

    def class_around(self, place: Place) -> Value | None:
        scope, facts = place.scope, self.modules[place.module]
        while scope:
            if scope in facts.classes:
                return Value("class", place.module, scope)
            function = facts.functions.get(scope)
            if function is None:
                return None
            scope = function.owner or function.parent
        return None

    def _once(self, key: Hashable, work: Callable[[], Values], module: str) -> Values:
        return self.memory.once(key, self._bits.get(module, 0), work)

    def _top(self, module: str, name: str) -> Values:
        facts, below = self.modules.get(module), f"{module}.{name}"
        submodule = (Value("module", below),) if below in self._folders else ()
        if facts is None:
            return submodule if module in self._folders else (outside(below),)
        bindings = facts.names.get(name)
        if bindings:
            return self.meanings(Place(module), bindings) or submodule
        if submodule:
            return submodule
        if name.startswith("_") and name not in (facts.exports or ()):
            return ()
        ours = [origin for origin in facts.stars if origin in self.modules]
        return united(self.lookup(origin, name) for origin in ours)

    def meanings(self, place: Place, bindings: list[Binding]) -> Values:
        return united(self.meaning(place, binding) for binding in bindings)

    def meaning(self, place: Place, binding: Binding) -> Values:
        if binding.kind == "module":
            ours = binding.text in self._folders
            return (Value("module", binding.text) if ours else outside(binding.text),)
        if binding.kind == "from":
            return self.lookup(binding.text, binding.name)
        if binding.kind == "def":
            kind = "class" if binding.text in self.modules[place.module].classes else "function"
            return (Value(kind, place.module, binding.text),)
        if binding.kind == "typed":
            found = self.types(place, binding.row)
            return many(found) if binding.text in ("varargs", "kwargs") else found
        if binding.kind == "param":
            return self._parameter(place, binding)
        return self.values(Place(place.module, binding.text or place.scope), binding.row)

    def _parameter(self, place: Place, binding: Binding) -> Values:
        function = self.modules[place.module].functions[binding.text]
        number = int(binding.name)
        if number == 0 and function.owner and function.kind != "staticmethod":
            kind = "class" if function.kind == "classmethod" else "instance"
            return (Value(kind, place.module, function.owner),)
        found = self.values(place, function.parameters[number].default_row)
        found = united((found, self._passed.get((place.module, function.qual, number), ())))
        if not found and not function.parameters[number].row:
            return self._given(place.module, function.parameters[number].name)
        return found

    def _given(self, module: str, name: str) -> Values:
        """What the fixture makes that pytest passes by the name of the parameter."""
        if module not in self._tests:
            return ()
        made = united(self.returned(one) for one in self._fixtures.get(name, ()))
        return united(one.inner if one.kind == "many" else (one,) for one in made)

    def _returned(self, function: Value) -> Values:
        facts = self.function(function)
        if facts is None:
            return ()
        around = Place(function.module, facts.owner or facts.parent)
        promised_values = united(self.types(around, row) for row in facts.returns_rows)
        if promised_values:
            return promised_values
        place = Place(function.module, function.qual)
        if facts.is_generator:
            return many(united(self.values(place, row) for row in facts.yield_rows[:ROWS_LIMIT]))
        # What comes in and goes out again depends on the call; all calls together say too much.
        rows = [row for row in facts.return_rows if not self._is_parameter(function, row)]
        found = united(self.values(place, row) for row in rows[:ROWS_LIMIT])
        own = Value("instance", function.module, facts.owner)
        if function.inner and own in found:
            # `return self` gives what the method was called on, which may be a subclass.
            return united((function.inner, found))
        return found

    def _is_parameter(self, function: Value, number: int) -> bool:
        row, facts = self.row(function.module, number), self.function(function)
        if row.op != "name" or facts is None:
            return False
        names = [one.name for one in facts.parameters if not one.row]
        return row.text in (names[1:] if facts.owner else names)


def _folders(modules: Mapping[str, ModuleFacts]) -> frozenset[str]:
    """All modules, and the packages above them that have no file of their own."""
    found = set(modules)
    for name in modules:
        while "." in name:
            name = name.rpartition(".")[0]
            found.add(name)
    return frozenset(found)

"""Knows what every name of the target means: imports, re-exports, members, results of calls."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from itc_tui.engines.builtin.map.annotations import promised
from itc_tui.engines.builtin.map.facts import UNKNOWN, Binding, FunctionFacts, ModuleFacts, Row
from itc_tui.engines.builtin.map.meaning import evaluate
from itc_tui.engines.builtin.map.values import (
    Place,
    Value,
    Values,
    instance_of,
    many,
    outside,
    united,
)

DEPTH_LIMIT = 90
"""So many steps from one expression to the next lead nowhere."""
ROWS_LIMIT = 8


class Names:
    """Remembers each answer together with the modules that it leans on, as bits of `touched`."""

    def __init__(self, modules: Mapping[str, ModuleFacts]) -> None:
        self.modules = modules
        self.touched = 0
        self._bits = {name: 1 << number for number, name in enumerate(modules)}
        self._folders = _folders(modules)
        self._memory: dict[Hashable, tuple[Values, int]] = {}
        self._busy: set[Hashable] = set()
        self._went_round = False
        self._provisional: list[Hashable] = []

    def modules_of(self, touched: int) -> list[str]:
        return [name for name, bit in self._bits.items() if touched & bit]

    def row(self, module: str, number: int) -> Row:
        return self.modules[module].rows[number]

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
                # `Error = Error` in a class body means the one outside.
                if found or scope in facts.functions:
                    return found
            scope = holder.parent
        return self.lookup(place.module, name)

    def _local(self, place: Place, name: str, bindings: list[Binding]) -> Values:
        key = ("local", place, name)
        return self._once(key, lambda: self._meanings(place, bindings), place.module)

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
        return self._once(key, lambda: self._member(owner, name), owner.module)

    def bases(self, owner: Value) -> Values:
        """The class and what it is derived from, depth first; outside bases as well."""
        key = ("bases", owner.module, owner.qual)
        return self._once(key, lambda: self._bases(owner.module, owner.qual), owner.module)

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
        known = self._memory.get(key)
        if known is not None:
            self.touched |= known[1]
            return known[0]
        if key in self._busy or len(self._busy) > DEPTH_LIMIT:
            self._went_round = True
            return ()
        before, self.touched = self.touched, self._bits.get(module, 0)
        self._busy.add(key)
        try:
            found = work()
        finally:
            self._busy.discard(key)
        self._memory[key] = (found, self.touched)
        self.touched |= before
        self._settle(key)
        return found

    def _settle(self, key: Hashable) -> None:
        """What was found while going in a circle may be less than all; it is not kept."""
        if not self._went_round:
            return
        if self._busy:
            self._provisional.append(key)
            return
        for other in self._provisional:
            self._memory.pop(other, None)
        self._provisional.clear()
        self._went_round = False

    def _top(self, module: str, name: str) -> Values:
        facts, below = self.modules.get(module), f"{module}.{name}"
        submodule = (Value("module", below),) if below in self._folders else ()
        if facts is None:
            return submodule if module in self._folders else (outside(below),)
        bindings = facts.names.get(name)
        if bindings:
            return self._meanings(Place(module), bindings) or submodule
        if submodule:
            return submodule
        if name.startswith("_") and name not in (facts.exports or ()):
            return ()
        ours = [origin for origin in facts.stars if origin in self.modules]
        return united(self.lookup(origin, name) for origin in ours)

    def _meanings(self, place: Place, bindings: list[Binding]) -> Values:
        return united(self._meaning(place, binding) for binding in bindings)

    def _meaning(self, place: Place, binding: Binding) -> Values:
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
        return self.values(place, function.parameters[number].default_row)

    def _bases(self, module: str, qual: str) -> Values:
        facts = self.modules[module].classes.get(qual)
        found: Values = (Value("class", module, qual),)
        if facts is None:
            return found
        place = Place(module, qual.rpartition(".")[0] if facts.parent else "")
        for row in facts.bases:
            for base in self.values(place, row):
                if base.kind == "class":
                    found += tuple(one for one in self.bases(base) if one not in found)
                elif base.kind == "outside":
                    found += (base,)
        return found

    def _member(self, owner: Value, name: str) -> Values:
        chain = self.bases(owner)[1 if owner.kind == "super" else 0 :]
        methods: Values = ()
        attributes: Values = ()
        for one in chain:
            if one.kind == "class":
                methods = methods or self._defined(one, name)
                attributes = attributes or self._assigned(one, name)
        found = united((methods, attributes))
        if found:
            return found
        return tuple(outside(f"{one.module}.{name}") for one in chain if one.kind == "outside")

    def _defined(self, owner: Value, name: str) -> Values:
        facts, qual = self.modules[owner.module], f"{owner.qual}.{name}"
        if qual in facts.functions:
            return (Value("function", owner.module, qual),)
        return (Value("class", owner.module, qual),) if qual in facts.classes else ()

    def _assigned(self, owner: Value, name: str) -> Values:
        """The values of an attribute that the class's body or its methods set."""
        facts = self.modules[owner.module].classes.get(owner.qual)
        if facts is None:
            return ()
        body = [one for one in facts.names.get(name, []) if one.kind != "def"]
        found = [self._meanings(Place(owner.module, owner.qual), body)] if body else []
        found += [
            self._meaning(Place(owner.module, scope), binding)
            for scope, binding in facts.attributes.get(name, [])[:ROWS_LIMIT]
        ]
        if body and not any(found) and self._is_enumeration(owner):
            return (instance_of(owner),)
        return united(found)

    def _is_enumeration(self, owner: Value) -> bool:
        return any(
            one.kind == "outside" and one.module.startswith("enum.") for one in self.bases(owner)
        )

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
        found = united(self.values(place, row) for row in facts.return_rows[:ROWS_LIMIT])
        own = Value("instance", function.module, facts.owner)
        if function.inner and own in found:
            # `return self` gives what the method was called on, which may be a subclass.
            return united((function.inner, found))
        return found


def _folders(modules: Mapping[str, ModuleFacts]) -> frozenset[str]:
    """All modules, and the packages above them that have no file of their own."""
    found = set(modules)
    for name in modules:
        while "." in name:
            name = name.rpartition(".")[0]
            found.add(name)
    return frozenset(found)

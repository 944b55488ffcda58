"""Follows every call of one module to what it reaches: other modules, or the outside."""

from __future__ import annotations

from collections.abc import Iterator

from itc_tui.engines.builtin.map.arguments import arguments_of
from itc_tui.engines.builtin.map.events import event_uses
from itc_tui.engines.builtin.map.facts import (
    CallFacts,
    DecoratorFacts,
    FunctionFacts,
    Row,
    StoreFacts,
    rows_of,
)
from itc_tui.engines.builtin.map.links import (
    ON_CALL,
    ON_DECORATE,
    ON_IMPORT,
    ON_READ,
    Edge,
    Handover,
    ModuleLinks,
    OuterCall,
    StateWrite,
)
from itc_tui.engines.builtin.map.meaning import attribute_of
from itc_tui.engines.builtin.map.names import Names
from itc_tui.engines.builtin.map.values import Place, Value, Values

UNSPOKEN = {
    "enter": ("__enter__", "__exit__", "__aenter__", "__aexit__"),
    "each": ("__iter__", "__next__", "__aiter__", "__anext__"),
}


def link_module(names: Names, module: str) -> ModuleLinks:
    """Everything that the calls of `module` reach."""
    facts, links = names.modules[module], ModuleLinks()
    linker = _Linker(names, module, links)
    linker.calls(Place(module), facts.calls, ON_IMPORT)
    linker.writes(Place(module), facts.stores)
    for function in facts.functions.values():
        place = Place(module, function.qual)
        linker.calls(place, function.calls, ON_CALL)
        linker.writes(place, function.stores)
        linker.decorators(place, function.decorators)
        linker.handovers(place, function)
        linker.global_writes(place, function)
    for kind in facts.classes.values():
        linker.decorators(Place(module, kind.qual), kind.decorators)
        bases = names.bases(Value("class", module, kind.qual))[1:]
        links.bases[kind.qual] = [base.dotted for base in bases]
    return links


class _Linker:
    def __init__(self, names: Names, module: str, links: ModuleLinks) -> None:
        self._names, self._module, self._links = names, module, links
        self._rows = rows_of(names.modules[module])

    def calls(self, place: Place, calls: list[CallFacts], when: str) -> None:
        for call in calls:
            row = self._rows[call.row]
            if row.op in UNSPOKEN:
                self._unspoken(place, row, call.line, when)
                continue
            if row.op == "attr":
                self._property(place, row, call.line, when)
                continue
            if row.op == "call":
                self._links.events += event_uses(self._names, place, row, call.line)
            seen = set()
            for value in self._names.values(place, row.parts[0]):
                self._links.arguments += arguments_of(self._names, place, row, value)
                for reached in self._reached(value):
                    if reached not in seen:
                        seen.add(reached)
                        self._add(place, reached, call.line, when, self._argument(row))

    def _unspoken(self, place: Place, row: Row, line: int, when: str) -> None:
        """`with` and `for` call methods that nobody writes down."""
        for value in self._names.values(place, row.parts[0]):
            if value.kind == "instance":
                for name in UNSPOKEN[row.op]:
                    for made in self._names.member(value, name):
                        if made.kind == "function":
                            self._add(place, made, line, when, "")

    def _property(self, place: Place, row: Row, line: int, when: str) -> None:
        if row.text not in self._names.properties:
            return
        for owner in self._names.values(place, row.parts[0]):
            if owner.kind == "instance":
                for made in self._names.member(owner, row.text):
                    facts = self._names.function(made)
                    if facts is not None and facts.kind == "property":
                        seen = ON_READ if when == ON_CALL else when
                        self._add(place, made._replace(inner=()), line, seen, "")

    def _reached(self, value: Value) -> Values:
        """An instance that is called runs its `__call__`."""
        if value.kind == "instance":
            made = attribute_of(self._names, value, "__call__")
            return tuple(
                one._replace(inner=()) for one in made if one.kind in ("function", "outside")
            )
        if value.kind in ("function", "class", "outside"):
            return (value._replace(inner=()),)
        return ()

    def _add(self, place: Place, value: Value, line: int, when: str, argument: str) -> None:
        if value.kind == "outside":
            self._links.outer.append(
                OuterCall(place.module, place.scope, value.module, line, when, argument)
            )
        else:
            self._links.edges.append(
                Edge(place.module, place.scope, value.module, value.qual, line, when)
            )

    def _argument(self, row: Row) -> str:
        first = self._rows[row.parts[1]] if len(row.parts) > 1 else None
        if row.op == "item" and first is not None:
            return f"[{first.text.partition(' ')[2]}]" if first.op == "literal" else "[…]"
        if first is None or first.op != "literal" or not first.text.startswith("str "):
            return ""
        return first.text[5:-1]

    def decorators(self, place: Place, decorators: list[DecoratorFacts]) -> None:
        """Whoever calls a decorated function also goes through the decorator."""
        around = Place(place.module, place.scope.rpartition(".")[0])
        for decorator in decorators:
            row = self._rows[decorator.row]
            target = row.parts[0] if row.op == "call" else decorator.row
            for value in self._names.values(around, target):
                for reached in self._reached(value):
                    if reached.kind != "outside" and reached.module != place.module:
                        self._add(place, reached, decorator.line, ON_DECORATE, "")

    def handovers(self, place: Place, function: FunctionFacts) -> None:
        for call in function.calls:
            row = self._rows[call.row]
            givers = [
                name
                for part in row.parts[1:]
                for given in self._given(function, part)
                for name in self._spoken(place, self._rows[given].parts[0])
            ]
            if givers:
                for taker in self._spoken(place, row.parts[0]):
                    for giver in dict.fromkeys(givers):
                        if giver != taker:
                            self._links.handovers.append(
                                Handover(place.module, place.scope, giver, taker, call.line)
                            )

    def _given(self, function: FunctionFacts, part: int) -> Iterator[int]:
        """The calls whose result an argument is, directly or through a local name."""
        row = self._rows[part]
        if row.op == "call":
            yield part
        elif row.op == "name":
            for binding in function.names.get(row.text, ()):
                bound = self._rows[binding.row]
                while bound.op in ("enter", "each", "pick") and bound.parts:
                    binding = binding._replace(row=bound.parts[0])
                    bound = self._rows[binding.row]
                if binding.kind == "value" and bound.op == "call":
                    yield binding.row

    def _spoken(self, place: Place, row: int) -> list[str]:
        """Names of the target's own functions that a call's left side means; no constructors."""
        found = (one for value in self._names.values(place, row) for one in self._reached(value))
        return [one.dotted for one in found if one.kind == "function"][:3]

    def writes(self, place: Place, stores: list[StoreFacts]) -> None:
        for row, attribute, line in stores:
            for value in self._names.values(place, row):
                if value.kind == "module" and value.module != place.module:
                    self._write(place, value.module, attribute, line)
            self._item_write(place, row, attribute, line)

    def _item_write(self, place: Place, row: int, attribute: str, line: int) -> None:
        """`settings["debug"] = True` on a name that was imported."""
        found = self._rows[row]
        if attribute != "[]" or found.op != "name":
            return
        for binding in self._names.modules[place.module].names.get(found.text, ()):
            if binding.kind == "from" and binding.text in self._names.modules:
                self._write(place, binding.text, binding.name, line)

    def _write(self, place: Place, owner: str, what: str, line: int) -> None:
        if owner in self._names.modules:
            self._links.writes.append(StateWrite(place.module, place.scope, owner, what, line))

    def global_writes(self, place: Place, function: FunctionFacts) -> None:
        for name in function.globals:
            self._write(place, place.module, name, function.line)

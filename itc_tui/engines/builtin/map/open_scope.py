"""What is gathered while the statements of one scope are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from itc_tui.engines.builtin.map.facts import UNKNOWN, Binding, CallFacts, Names, Row, StoreFacts


@dataclass(slots=True)
class OpenScope:
    """What is gathered while a function's, a class's or the module's own statements are read."""

    names: Names = field(default_factory=dict)
    calls: list[CallFacts] = field(default_factory=list)
    yields: list[int] = field(default_factory=list)
    stores: list[StoreFacts] = field(default_factory=list)
    complexity: int = 1
    self_name: str = ""
    """What the method around calls its instance."""
    attributes: dict[str, list[Binding]] = field(default_factory=dict)
    """What is set on that instance."""

    def bind(self, name: str, binding: Binding) -> None:
        known = self.names.setdefault(name, [])
        if binding not in known:
            known.append(binding)


class RowTable:
    """Every different expression once."""

    def __init__(self) -> None:
        self.rows: list[Row] = [Row("unknown", "", ())]
        self._places: dict[Row, int] = {self.rows[0]: UNKNOWN}

    def add(self, op: str, text: str = "", parts: tuple[int, ...] = ()) -> int:
        row = Row(op, text, parts)
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = len(self.rows)
            self.rows.append(row)
        return place

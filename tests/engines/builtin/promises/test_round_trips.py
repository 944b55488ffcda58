"""What one function wrote is what its counterpart reads."""

from __future__ import annotations

from tests.engines.builtin.promises.court_room import CourtRoom, kept, noted, red

STORE = """
    from __future__ import annotations
    from dataclasses import dataclass
    from decimal import Decimal

    @dataclass(frozen=True)
    class Item:
        key: str
        price: Decimal

    class Store:
        \"\"\"A store.\"\"\"

        def __init__(self) -> None:
            self._rows: dict[str, int] = {}

        def add(self, item: Item) -> None:
            \"\"\"Keep an item. DOC\"\"\"
            self._rows[item.key] = int(item.price * 100)

        def get(self, key: str) -> Item:
            return Item(key, Decimal(self._rows[key]) / 100)
"""
SEEN = """
    from pack import Store, Item
    from decimal import Decimal
    store = Store()
    item = Item('tea', Decimal('4.2500'))
"""


def test_a_documented_pair_that_loses_something_is_red_and_names_it(court: CourtRoom) -> None:
    court.package(STORE.replace("DOC", "`get` gives back its equal."))
    verdicts = court.saw(SEEN, shown=True).verdicts("round trip")
    assert red(verdicts) == ["Store.add and get keep the price of an Item"]
    assert kept(verdicts) == ["Store.add and get keep an Item"]
    broken = next(row for row in verdicts if row["is_red"])
    assert broken["text"] == "`get` gives back its equal."
    assert broken["place"] == "pack/__init__.py:17"
    steps = [step[1] for step in broken["program"]["steps"]]
    assert steps[0] == "Store()"
    assert steps[1].startswith("Item(key='tea', price=Decimal('4.03")
    assert len(steps) == 4


def test_observations_that_lean_on_the_loss_are_named(court: CourtRoom) -> None:
    court.package(STORE.replace("DOC", "`get` gives back its equal."))
    court.saw(SEEN)
    court.saw(SEEN + "    store.add(Item('x', Decimal('1.2345')))\n    back = store.get('x')\n")
    court.saw(SEEN + "    store.add(item)\n    back = store.get('tea')\n")
    (broken,) = [row for row in court.verdicts("round trip") if row["is_red"]]
    assert broken["taints"] == ["1"]


def test_names_alone_make_no_red_test(court: CourtRoom) -> None:
    court.package(STORE.replace("DOC", ""))
    verdicts = court.saw(SEEN, shown=True).verdicts("round trip")
    assert red(verdicts) == []
    assert noted(verdicts) == ["Store.add and get keep the price of an Item"]


def test_a_promise_with_a_reservation_makes_no_red_test(court: CourtRoom) -> None:
    court.package(
        STORE.replace("DOC", "`get` gives back its equal, except that it is rounded to cents.")
    )
    assert red(court.saw(SEEN, shown=True).verdicts("round trip")) == []


def test_a_pair_that_never_holds_is_no_pair(court: CourtRoom) -> None:
    source = STORE.replace("DOC", "`get` gives back its equal.")
    court.package(source.replace("return Item(key,", "return Item(key.upper() + '!',"))
    assert court.saw(SEEN, shown=True).verdicts("round trip") == []


def test_equality_by_identity_promises_nothing(court: CourtRoom) -> None:
    source = STORE.replace("DOC", "`get` gives back its equal.")
    court.package(source.replace("dataclass(frozen=True)", "dataclass(eq=False)"))
    assert court.saw(SEEN, shown=True).verdicts("round trip") == []


def test_formats_that_lose_by_design_are_left_alone(court: CourtRoom) -> None:
    court.package(
        """
        import json
        from typing import Any

        def dumps(value: Any) -> str:
            \"\"\"As JSON; `loads` gives it back.\"\"\"
            return json.dumps(value)

        def loads(text: str) -> Any:
            return json.loads(text)
        """
    )
    court.saw("from pack import dumps, loads\na = dumps((1, 2))\nb = loads(a)")
    assert court.verdicts("round trip") == []


def test_texts_get_no_signs_that_would_be_taken_for_a_separator(court: CourtRoom) -> None:
    court.package(
        """
        from __future__ import annotations
        from dataclasses import dataclass

        @dataclass(frozen=True)
        class Name:
            first: str
            last: str

            def __str__(self) -> str:
                return f"{self.first} {self.last}"

            @classmethod
            def parse(cls, text: str) -> Name:
                \"\"\"The inverse of `str`.\"\"\"
                first, _, last = text.partition(" ")
                return cls(first, last)
        """
    )
    court.saw("from pack import Name\na = Name('Ada', 'Lovelace')", shown=True)
    verdicts = court.verdicts("round trip")
    assert kept(verdicts) == ["str and parse keep a Name"]
    assert red(verdicts) == noted(verdicts) == []


def test_lists_in_files_and_mutable_defaults_hold(court: CourtRoom) -> None:
    court.package(
        """
        import json
        from collections.abc import Iterable
        from dataclasses import asdict, dataclass, field
        from pathlib import Path

        @dataclass
        class Note:
            text: str
            tags: list[str] = field(default_factory=list)

        def write_notes(notes: Iterable[Note], path: Path) -> None:
            path.write_text(json.dumps([asdict(note) for note in notes]))

        def read_notes(path: Path) -> list[Note]:
            \"\"\"The notes that `write_notes` wrote.\"\"\"
            return [Note(**row) for row in json.loads(path.read_text())]
        """
    )
    court.saw("from pack import Note\na = Note('hello', ['one'])", shown=True)
    verdicts = court.verdicts("round trip")
    assert kept(verdicts) == ["write_notes and read_notes keep a Note"]
    assert red(verdicts) == noted(verdicts) == []

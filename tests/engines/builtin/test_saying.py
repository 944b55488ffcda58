"""What documents quote is said to who reads it; what can be iterated is told other things too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

LaboratoryOf = Callable[[Target], Laboratory]

README = """
Ask for what you need:

    >>> from shop.asking import parse
    >>> parse("tea").of({"tea": 1})
    1

| form | says |
|------|------|
| ``shelf ->> tea ?? 4`` | what stands on a shelf, if it is more than four |
| `tea // 2` | half of it |
"""
ASKING = """
    import re

    from shop.finding import Half, Limit, Plain

    def parse(text):
        found = re.match(r"^(\\w+) ->> (\\w+) \\?\\? (\\d+)$", text)
        if found:
            return Limit(found[1], found[2], int(found[3]))
        found = re.match(r"^(\\w+) // (\\d+)$", text)
        if found:
            return Half(found[1], int(found[2]))
        return Plain(text)
    """
FINDING = """
    from shop.sums import halved, more_than

    class Plain:
        def __init__(self, name):
            self.name = name

        def of(self, record):
            return record[self.name]

    class Half:
        def __init__(self, name, parts):
            self.name, self.parts = name, parts

        def of(self, record):
            return halved(record[self.name], self.parts)

    class Limit:
        def __init__(self, shelf, name, least):
            self.shelf, self.name, self.least = shelf, name, least

        def of(self, record):
            return more_than(record[self.shelf][self.name], self.least)
    """
SUMS = """
    def halved(value, parts):
        return value / parts

    def more_than(value, least):
        return value if value > least else None
    """
WORK = """
    from shop.sums import halved

    class Rounds:
        def __init__(self, count=2):
            self.left = count

        def __aiter__(self):
            return self

        async def __anext__(self):
            if not self.left:
                raise StopAsyncIteration
            self.left -= 1
            return halved(self.left, 2)

        async def __call__(self, work):
            return halved(len(await work()), 2)

        def told(self):
            return halved(self.left, 4)
    """


def edges_of(laboratory: Laboratory, target: Target, seconds: float) -> set[tuple[str, str]]:
    found, _ = drained(laboratory.search(gather(target), (), seconds))
    rows: list[dict[str, Any]] = found
    return {(edge[1], edge[3]) for row in rows for edge in row["edges"]}


def test_forms_that_a_table_quotes_are_read_and_what_comes_of_them_is_used(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "README.md": README,
            "shop/asking.py": ASKING,
            "shop/finding.py": FINDING,
            "shop/sums.py": SUMS,
        }
    )
    edges = edges_of(laboratory_of(target), target, 2)
    assert ("Half.of", "halved") in edges
    assert ("Limit.of", "more_than") in edges


def test_an_object_that_can_be_iterated_is_told_other_things_too(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/work.py": WORK, "shop/sums.py": SUMS})
    edges = edges_of(laboratory_of(target), target, 2)
    assert ("Rounds.__anext__", "halved") in edges
    assert ("Rounds.told", "halved") in edges

"""Fields hold what they are annotated with, where the target built the object by itself."""

from __future__ import annotations

import pytest

from tests.engines.builtin.promises.court_room import CourtRoom, noted, red

SETTINGS = """
    from __future__ import annotations
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Settings:
        low_stock: int = 5
        ratio: float = 0.5
        owner: str | None = None

    def load(environ: dict[str, str]) -> Settings:
        return Settings(**{name.lower(): text for name, text in environ.items()})
"""


def test_a_loader_that_leaves_text_in_a_number_breaks_its_promise(court: CourtRoom) -> None:
    court.package(SETTINGS)
    court.saw("from pack import load\nfirst = load({})")
    court.saw("from pack import load\nsecond = load({'LOW_STOCK': '3'})")
    (verdict,) = court.verdicts("field type")
    assert verdict["is_red"]
    assert verdict["name"] == "Settings from load keeps low_stock an int"
    assert verdict["claims"] == [["type(second.low_stock) is int", "", []]]
    assert verdict["text"] == "low_stock: int = 5"
    assert verdict["place"] == "pack/__init__.py:7"
    assert verdict["taints"] == ["1"]


def test_only_the_steps_that_lead_to_the_value_are_shown(court: CourtRoom) -> None:
    court.package(SETTINGS)
    court.saw("from pack import load\nfirst = load({})\nsecond = load({'LOW_STOCK': '3'})")
    (verdict,) = court.verdicts("field type")
    assert [step[0] for step in verdict["program"]["steps"]] == ["second"]


def test_variables_and_files_of_the_trial_are_shown_with_it(court: CourtRoom) -> None:
    court.package(
        SETTINGS
        + """
    import os
    from pathlib import Path

    def read() -> Settings:
        return Settings(**{Path("name.txt").read_text(): os.environ["STOCK"]})
"""
    )
    court.saw("from pack import load\nfirst = load({})")
    court.saw(
        "from pack import read\nmonkeypatch.setenv('STOCK', '3')\n"
        "(tmp_path / 'name.txt').write_text('low_stock')\nsecond = read()"
    )
    (verdict,) = court.verdicts("field type")
    assert [step[0] for step in verdict["program"]["steps"]] == ["", "", "second"]


def test_what_we_built_ourselves_is_our_own_fault(court: CourtRoom) -> None:
    court.package(SETTINGS)
    court.saw("from pack import load, Settings\nfirst = load({})\nsecond = Settings('3')")
    assert court.verdicts("field type") == []


def test_what_we_handed_in_wrongly_is_our_own_fault(court: CourtRoom) -> None:
    court.package(SETTINGS)
    court.saw("from pack import load\nfirst = load({})\nsecond = load({'OWNER': 3})")
    assert court.verdicts("field type") == []


def test_an_object_of_ours_that_comes_back_is_not_blamed(court: CourtRoom) -> None:
    court.package(
        SETTINGS
        + """
    def same(settings: Settings) -> Settings:
        return settings
"""
    )
    court.saw("from pack import same, load, Settings\na = load({})\nb = same(Settings('3'))")
    assert court.verdicts("field type") == []


def test_an_annotation_that_nothing_agrees_with_is_only_noted(court: CourtRoom) -> None:
    court.package(
        """
        from dataclasses import dataclass

        @dataclass
        class Row:
            number: int

        def rows(text: str) -> list[Row]:
            return [Row(part) for part in text.split()]
        """
    )
    court.saw("from pack import rows\nfound = rows('1 2')")
    verdicts = court.verdicts("field type")
    assert red(verdicts) == []
    assert noted(verdicts) == ["Row from rows keeps number an int"]


def test_what_the_target_puts_into_a_field_elsewhere_says_what_it_is_for(
    court: CourtRoom,
) -> None:
    court.package(
        """
        from dataclasses import dataclass

        @dataclass
        class Row:
            number: int

        def rows(text: str) -> list[Row]:
            return [Row(part) for part in text.split()]

        def double(number: int) -> int:
            return Row(number).number * 2
        """
    )
    court.saw("from pack import rows\nfound = rows('1 2')")
    court.saw("from pack import double\nfound = double(2)")
    assert red(court.verdicts("field type")) == ["Row from rows keeps number an int"]


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        ("float", "3"),
        ("int", "True"),
        ("bool", "1"),
        ("int | None", "None"),
        ("int", "None"),
        ("list[int]", "(1, 2)"),
        ("Path", "'somewhere'"),
        ("Colour", "'red'"),
        ("Any", "'text'"),
        ("T", "'text'"),
        ("int", "2.5"),
    ],
)
def test_what_is_widely_taken_for_each_other_raises_no_alarm(
    court: CourtRoom, annotation: str, value: str
) -> None:
    court.package(
        f"""
        from dataclasses import dataclass
        from enum import Enum
        from pathlib import Path
        from typing import Any, TypeVar

        T = TypeVar("T")

        class Colour(str, Enum):
            RED = "red"

        @dataclass
        class Box:
            held: {annotation}
            name: str = "box"

        def make(name: str) -> Box:
            return Box({value}, name)
        """
    )
    court.saw("from pack import make\nfound = make('a')")
    assert court.verdicts("field type") == []


def test_named_tuples_and_values_in_lists_count_as_well(court: CourtRoom) -> None:
    court.package(
        """
        from typing import NamedTuple

        class Point(NamedTuple):
            places: list[int]

        def parse(text: str) -> list[Point]:
            return [Point([int(p) for p in part] if part.isdigit() else [part])
                    for part in text.split()]
        """
    )
    court.saw("from pack import parse\nfound = parse('12 x')")
    (verdict,) = court.verdicts("field type")
    assert verdict["is_red"]
    assert verdict["claims"][0][0] == "type(found[1].places[0]) is int"


def test_a_callback_of_ours_may_be_the_one_to_blame(court: CourtRoom) -> None:
    court.package(
        SETTINGS
        + """
    from collections.abc import Callable

    def ask(question: Callable[[], int]) -> Settings:
        return Settings(question())
"""
    )
    court.saw("from pack import ask, load\na = load({})\nb = ask(lambda: 'three')")
    assert red(court.verdicts("field type")) == []


def test_nothing_is_said_where_a_parameter_has_no_annotation(court: CourtRoom) -> None:
    court.package(SETTINGS.replace("environ: dict[str, str]", "environ"))
    court.saw("from pack import load\na = load({})\nb = load({'LOW_STOCK': '3'})")
    assert red(court.verdicts("field type")) == []

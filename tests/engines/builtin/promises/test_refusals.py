"""Looking up what is not there raises what the docstring says."""

from __future__ import annotations

import pytest

from tests.engines.builtin.promises.court_room import CourtRoom, kept, red

SHELF = """
    class UnknownBook(Exception):
        pass

    class Shelf:
        def __init__(self) -> None:
            self._books: dict[str, str] = {}

        def find(self, title: str) -> str:
            \"\"\"Where it stands.

            Raises:
                UnknownBook: TOLD
            \"\"\"
            BODY
            return self._books[title]
"""
SEEN = "from pack import Shelf\nshelf = Shelf()"


def test_a_leak_where_an_own_refusal_is_promised_is_red(court: CourtRoom) -> None:
    court.package(SHELF.replace("TOLD", "no book has this title.").replace("BODY", ""))
    (verdict,) = court.saw(SEEN).verdicts("documented exception")
    assert verdict["is_red"]
    assert verdict["raises"] == "pack:UnknownBook"
    assert verdict["held"].startswith("KeyError")
    assert verdict["program"]["steps"][-1][1:3] == ["shelf.find('no such thing')", "raises"]


def test_a_refusal_that_comes_as_promised_is_kept(court: CourtRoom) -> None:
    body = "if title not in self._books: raise UnknownBook(title)"
    court.package(SHELF.replace("TOLD", "there is no such book.").replace("BODY", body))
    verdicts = court.saw(SEEN).verdicts("documented exception")
    assert kept(verdicts) == ["Shelf.find refuses what is not there with UnknownBook"]


@pytest.mark.parametrize("told", ["the shelf is locked.", "it cannot be reached right now."])
def test_a_situation_that_we_do_not_know_how_to_bring_about_is_left_alone(
    court: CourtRoom, told: str
) -> None:
    court.package(SHELF.replace("TOLD", told).replace("BODY", ""))
    assert court.saw(SEEN).verdicts("documented exception") == []


def test_another_refusal_of_its_own_is_no_leak(court: CourtRoom) -> None:
    body = "if not self._books: raise ValueError('nothing there')"
    court.package(SHELF.replace("TOLD", "no book has this title.").replace("BODY", body))
    assert red(court.saw(SEEN).verdicts("documented exception")) == []


def test_a_leak_that_is_documented_as_well_is_no_leak(court: CourtRoom) -> None:
    told = "no book has this title.\n                KeyError: the shelf is empty."
    court.package(SHELF.replace("TOLD", told).replace("BODY", ""))
    assert court.saw(SEEN).verdicts("documented exception") == []


def test_a_death_among_the_trials_costs_only_what_comes_after_it(court: CourtRoom) -> None:
    body = "import os; os._exit(3)"
    source = SHELF.replace("TOLD", "no book has this title.").replace("BODY", body)
    court.package(
        source
        + """
    from dataclasses import dataclass

    @dataclass
    class Row:
        number: int = 1

    def rows(text: str) -> list[Row]:
        return [Row()] + [Row(part) for part in text.split()]
"""
    )
    court.saw("from pack import rows\nfound = rows('2')").saw(SEEN)
    assert red(court.verdicts("field type")) == ["Row from rows keeps number an int"]


def test_a_program_that_kills_its_process_is_left_out(court: CourtRoom) -> None:
    court.package(SHELF.replace("TOLD", "no book has this title.").replace("BODY", ""))
    court.saw("import os\nx = os._exit(3)").saw(SEEN)
    assert len(court.verdicts("documented exception")) == 1

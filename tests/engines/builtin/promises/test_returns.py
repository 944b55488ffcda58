"""Wrong return annotations are common, so more must agree before one is held against the code."""

from __future__ import annotations

from tests.engines.builtin.promises.court_room import CourtRoom, noted, red

SOURCE = """
    def size(text: str) -> int:
        \"\"\"How big.

        DOC
        \"\"\"
        return len(text) if len(text) < 3 else str(len(text))
"""
SEEN = "from pack import size\na = size('x')\nb = size('xx')\nc = size('long')\nd = size('longer')"


def test_an_annotation_alone_is_only_noted(court: CourtRoom) -> None:
    verdicts = court.package(SOURCE.replace("DOC", "")).saw(SEEN).verdicts("return type")
    assert red(verdicts) == []
    assert noted(verdicts) == ["size returns int"]


def test_with_the_docstring_and_other_results_it_is_red(court: CourtRoom) -> None:
    court.package(SOURCE.replace("DOC", "Returns: an int."))
    verdicts = court.saw(SEEN).verdicts("return type")
    assert red(verdicts) == ["size returns int"]


def test_arguments_of_another_kind_prove_nothing(court: CourtRoom) -> None:
    court.package(SOURCE.replace("DOC", "Returns: an int."))
    court.saw("from pack import size\na = size(['a', 'b', 'c'])")
    assert court.verdicts("return type") == []


def test_generators_and_coroutines_are_not_what_they_are_annotated_with(court: CourtRoom) -> None:
    court.package(
        """
        async def later(text: str) -> int:
            return text
        """
    )
    court.saw("from pack import later\na = later('x')\na.close()")
    assert court.verdicts("return type") == []


DOCUMENTED = """
    def rows(text: str):
        QThe rows.

        MORE
        :rtype: list
        Q
        return [text] if len(text) < 3 else None
""".replace("Q", "'" * 3)
LISTED = SEEN.replace("size", "rows")


def test_none_in_place_of_the_type_that_a_docstring_tells_is_red(court: CourtRoom) -> None:
    (verdict,) = court.package(DOCUMENTED).saw(LISTED).verdicts("return type")
    assert (verdict["name"], verdict["text"]) == ("rows returns list", ":rtype: list")
    assert verdict["is_red"]
    assert verdict["claims"] == [["type(c) is list", "", []]]


def test_none_that_the_docstring_speaks_of_is_no_breach(court: CourtRoom) -> None:
    court.package(DOCUMENTED.replace("MORE", "None where there are many.")).saw(LISTED)
    assert court.verdicts("return type") == []

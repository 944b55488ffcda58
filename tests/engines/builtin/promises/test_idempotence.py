"""A function that calls itself idempotent changes nothing the second time."""

from __future__ import annotations

import pytest

from tests.engines.builtin.promises.court_room import CourtRoom, kept, noted, red

SOURCE = """
    def clean(text: str) -> str:
        \"\"\"Without space around it. DOC\"\"\"
        return BODY
"""
SEEN = "from pack import clean\na = clean(' two words ')"


def test_it_is_a_contract_where_it_holds(court: CourtRoom) -> None:
    court.package(SOURCE.replace("DOC", "It is idempotent.").replace("BODY", "text.strip()"))
    verdicts = court.saw(SEEN).verdicts("idempotence")
    assert kept(verdicts) == ["clean changes nothing the second time"]
    assert verdicts[0]["text"] == "It is idempotent"


def test_it_is_noted_where_it_does_not(court: CourtRoom) -> None:
    court.package(SOURCE.replace("DOC", "It is idempotent.").replace("BODY", "text[1:]"))
    verdicts = court.saw(SEEN).verdicts("idempotence")
    assert noted(verdicts) == ["clean changes nothing the second time"]
    assert red(verdicts) == []


@pytest.mark.parametrize("doc", ["", "It is not idempotent."])
def test_nothing_is_asked_where_nothing_is_promised(court: CourtRoom, doc: str) -> None:
    court.package(SOURCE.replace("DOC", doc).replace("BODY", "text.strip()"))
    assert court.saw(SEEN).verdicts("idempotence") == []

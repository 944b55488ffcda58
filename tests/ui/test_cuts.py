"""What has no room is cut where one sees it: at an ellipsis, and never in silence."""

from __future__ import annotations

import pytest

from itc_tui.domain.iterations import Finding, HistoryEntry, Reflection, StrategyChoice
from itc_tui.domain.plain_text import beginning
from itc_tui.domain.results import Failure, Results
from itc_tui.domain.words import StrategyName
from itc_tui.ui.card_report import card_rows, comparison_rows, whole_card
from itc_tui.ui.panes.output.cases import shown_duration
from itc_tui.ui.view import Card
from itc_tui.ui.widgets.painting import Row, shortened, width_of

LONG = " ".join(f"word{number}" for number in range(80))


def text(row: Row) -> str:
    return "".join(piece for piece, _ in row)


@pytest.mark.parametrize("width", range(1, 20))
def test_a_row_that_lost_something_ends_in_an_ellipsis(width: int) -> None:
    row: Row = (("alpha", ""), ("beta", "dim"), (" gamma", ""))
    cut = shortened(row, width)
    assert width_of(cut) <= width
    assert (text(cut) == text(row)) is not text(cut).endswith("…")


def test_only_blanks_are_lost_in_silence() -> None:
    assert text(shortened((("alpha", ""), ("   ", "")), 5)) == "alpha"


def test_no_line_of_a_card_is_left_out_without_a_sign() -> None:
    reflection = Reflection(assumed_vs_reality=LONG, learned=LONG)
    card = Card(
        1,
        choice=StrategyChoice(name=StrategyName.SURGICAL, reason=LONG),
        entry=HistoryEntry(iteration=1, reflection=reflection),
    )
    rows = [text(row) for row in card_rows(card, 60)]
    assert sum(row.endswith(" …") for row in rows) == 3
    assert not any("…" in text(row) for row in card_rows(card, 60, most=1000))


def test_a_reproduction_is_broken_over_lines_and_never_cut() -> None:
    finding = Finding(id="BUG-001", reproduction=f"python -m pytest '{LONG}'")
    rows = whole_card(Card(1, findings=(finding,)), 60)
    assert max(map(width_of, rows)) <= 60
    assert all(word in " ".join(map(text, rows)) for word in LONG.split())


def test_the_beginning_of_a_long_text_says_that_there_was_more() -> None:
    assert beginning("short", 5) == "short"
    assert beginning("longer", 5) == "long…"


def test_a_duration_is_told_in_the_unit_one_would_say() -> None:
    told = [shown_duration(seconds) for seconds in (0, 0.0121, 0.9996, 2.34, 59.96, 75)]
    assert told == ["", "12 ms", "1.0 s", "2.3 s", "1:00 min", "1:15 min"]


def test_a_comparison_begins_with_what_turned() -> None:
    before = Results(pass_rate=50, failures=(Failure(test="t::a"), Failure(test="t::b")))
    after = Results(pass_rate=75, failures=(Failure(test="t::b"), Failure(test="t::c")))
    rows = comparison_rows(Card(1, results=before), Card(2, results=after), 70)
    told = [text(row) for row in rows]
    assert told[0] == "iteration 1: 50 %   →   iteration 2: 75 %"
    assert told[2:10] == [
        "Turned red (1)",
        "  t::c",
        "",
        "Turned green (1)",
        "  t::a",
        "",
        "Stayed red (1)",
        "  t::b",
    ]

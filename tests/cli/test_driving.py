"""What stays in the terminal when the application is left."""

from __future__ import annotations

import pytest

from itc_tui.cli.driving import say_ended
from itc_tui.domain.summary import Metrics, Summary
from itc_tui.domain.words import Ending
from tests.driving import new_session


def test_who_leaves_after_the_end_finds_what_came_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    metrics = Metrics(total_tests=4, passed=3)
    summary = Summary(
        result=Ending.PARTIAL_SUCCESS, why="1 case is red", final_pass_rate=75, test_metrics=metrics
    )
    say_ended(new_session().but(summary=summary))
    result, figures, again = capsys.readouterr().out.splitlines()
    assert result == "PARTIAL SUCCESS: 1 case is red"
    assert "3 of 4 passing (75%)" in figures
    assert again == "`itc review ITG-cart-2026-03-04` opens the session again."

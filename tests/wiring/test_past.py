"""A session is found by what one remembers of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.domain.state import State
from itc_tui.domain.trouble import SessionTrouble
from itc_tui.wiring import session_folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for session_id, topic in (
        ("ITG-pay-ledger-2026-11-22", "pay.ledger"),
        ("ITG-ledger-2026-11-22", "ledger"),
        ("ITG-支付-2026-11-22", "支付"),
    ):
        with open_session(tmp_path / session_id, SystemClock()) as store:
            store.save(State(session_id=session_id, module=topic))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("pay.ledger", "ITG-pay-ledger-2026-11-22"),
        ("ledger", "ITG-ledger-2026-11-22"),
        ("Pay Ledger", "ITG-pay-ledger-2026-11-22"),
        ("ITG-支", "ITG-支付-2026-11-22"),
    ],
)
def test_by_what_was_named_when_it_began_or_a_part_of_its_id(
    shelf: Path, name: str, found: str
) -> None:
    """As a person named it: `pay.ledger` stands in no id, and `ledger` in two."""
    assert session_folder(shelf, name, {"sessions_dir": str(shelf)}).name == found


@pytest.mark.parametrize(("name", "why"), [("2026", "Several sessions"), ("cart", "No session")])
def test_what_fits_none_or_several_is_told_with_those_that_there_are(
    shelf: Path, name: str, why: str
) -> None:
    with pytest.raises(SessionTrouble, match=f"{why}.*ITG-支付-2026-11-22"):
        session_folder(shelf, name, {"sessions_dir": str(shelf)})

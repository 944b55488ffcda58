"""Sessions and facts as rows of the start screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.ui.outside import Facts
from itc_tui.ui.text import fit, plain, wrap
from itc_tui.ui.times import day_and_time_here
from itc_tui.ui.widgets.chart import paint_of
from itc_tui.ui.widgets.painting import Piece, Row, spread
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.listing import SessionListing
    from itc_tui.domain.target import Fact


def session_row(session: SessionListing, width: int) -> Row:
    if session.problem:
        return (
            (" ✗ ", "bad"),
            (plain(session.session_id), ""),
            (f"  {plain(told(session.problem))}", "warn"),
        )
    if session.is_being_written:
        sign, paint = "●", "accent"
    elif session.taken_back:
        sign, paint = "↶", "warn"
    elif session.result == "success":
        sign, paint = "✓", "good"
    elif session.result:
        sign, paint = ("◐", "warn") if session.result == "partial_success" else ("✗", "bad")
    else:
        sign, paint = "‖", "warn"
    rate = f"{session.pass_rate:g} %" if session.pass_rate is not None else "–"
    state = say(_state_word(session))
    if session.taken_back:
        rate = "–" if session.taken_back == "all" else "?"
    when = plain(day_and_time_here(session.started))
    name = plain(session.module or session.session_id)
    right: Row = (
        (fit(state, 12) if width > 54 else "", "dim"),
        (f"{rate:>7}  ", "warn" if session.taken_back else paint_of(session.pass_rate, 95)),
        (when if width > 44 else when[:10], "faint"),
        (" ", ""),
    )
    return spread(((f" {sign} ", paint), (name, "")), right, width)


def _state_word(session: SessionListing) -> str:
    if session.is_being_written:
        return "session.live"
    if session.taken_back:
        return "session.taken_back"
    return "session.over" if session.result else "session.open"


def fact_rows(facts: Facts, width: int) -> list[Row]:
    """What nothing can begin with comes first: on a small screen the rest has to be scrolled to."""
    if not facts.facts:
        return [((say("start.looking"), "dim"),)]
    ordered = sorted(facts.facts, key=lambda fact: fact.ok)
    labels = [plain(told(fact.label)) for fact in ordered]
    label = max(map(cell_len, labels)) + 2
    rows: list[Row] = []
    for fact, name in zip(ordered, labels):
        sign, paint = _sign(fact)
        first, *more = wrap(plain(told(fact.value)), max(10, width - label - 4))
        rows.append(((f" {sign} ", paint), (fit(name, label), "dim"), (first, "")))
        rows += [((" " * (label + 3), ""), (line, "")) for line in more]
        if fact.advice:
            for number, line in enumerate(wrap(plain(told(fact.advice)), max(10, width - 6))):
                rows.append((("   ", ""), (f"{' ' if number else '→'} {line}", "warn")))
    return rows


def _sign(fact: Fact) -> Piece:
    if not fact.ok:
        return ("✗", "bad")
    return ("!", "warn") if fact.advice else ("✓", "good")


def left_off(sessions: Sequence[SessionListing]) -> SessionListing | None:
    """The session that was worked on last, when it was not ended: stopped, killed, or crashed.

    They come in the order in which they were last written.
    """
    last = next(iter(sessions), None)
    if last is None or last.problem or last.result or last.is_being_written or not last.phase:
        return None
    return last


def sorted_sessions(sessions: Iterable[SessionListing], by: str) -> list[SessionListing]:
    if by == "name":
        return sorted(sessions, key=lambda session: session.module.lower())
    if by == "rate":
        return sorted(sessions, key=lambda session: -(session.pass_rate or 0))
    return sorted(sessions, key=lambda session: session.started, reverse=True)

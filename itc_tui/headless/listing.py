"""Sessions and facts as plain tables and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.domain.commit_messages import percent
from itc_tui.domain.plain_text import clean_text

if TYPE_CHECKING:
    from itc_tui.domain.listing import OpenedSession, SessionListing
    from itc_tui.domain.target import Fact

_NONE = 'No session yet. Begin one with: itc "module or feature"'


def session_table(listed: Sequence[SessionListing]) -> str:
    if not listed:
        return _NONE
    rows = [("session", "phase", "pass rate", "result", "iterations")]
    for one in listed:
        if one.problem:
            rows.append((one.session_id, "damaged", "", one.problem, ""))
            continue
        rate = "–" if one.pass_rate is None else percent(one.pass_rate)
        phase = f"{one.phase} (running)" if one.is_being_written else one.phase
        rows.append((one.session_id, phase, rate, one.result or "–", str(one.iterations)))
    return _columns(rows)


def session_page(session: OpenedSession, *, with_events: bool) -> str:
    """The log as the state gives it; with events, what happened line by line."""
    # Of all pages only this one needs what knows every record.
    if not with_events:
        from itc_tui.domain.log import fresh_log

        return fresh_log(session.state)
    from itc_tui.headless.telling import lines_for

    return "\n".join(line.text for event in session.events for line in lines_for(event))


def doctor_page(facts: Iterable[Fact]) -> str:
    rows = []
    for fact in facts:
        rows.append(("ok" if fact.ok else "!!", fact.label, fact.value))
        if fact.advice:
            rows.append(("", "", f"→ {fact.advice}"))
    return _columns(rows)


def settings_page(file: str, rows: Sequence[Sequence[str]]) -> str:
    return f"Your file: {clean_text(file)}\n\n{_columns(rows)}"


def keys_page(rows: Iterable[Sequence[str]]) -> str:
    told = _columns([("command", "keys", ""), *rows])
    return f"{told}\n\n* changed by the settings. To change one: [keys] in your settings file."


def _columns(rows: Sequence[Sequence[str]]) -> str:
    """Aligned by the width that a terminal gives each cell, so that Chinese lines up too."""
    clean = [[clean_text(cell) for cell in row] for row in rows]
    widths = [max(cell_len(cell) for cell in column) for column in zip(*clean, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in clean
    )

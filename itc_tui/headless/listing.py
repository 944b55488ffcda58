"""Sessions and facts as plain tables and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.domain.commit_messages import percent
from itc_tui.domain.plain_text import clean_text
from itc_tui.speech import tell, told

if TYPE_CHECKING:
    from itc_tui.domain.listing import OpenedSession, SessionListing
    from itc_tui.domain.target import Fact

_NONE = 'No session yet. Begin one with: itc "module or feature"'


def session_table(listed: Sequence[SessionListing]) -> str:
    if not listed:
        return tell(_NONE)
    rows = [_heads("session", "phase", "pass rate", "result", "iterations")]
    for one in listed:
        if one.problem:
            rows.append((one.session_id, told("damaged"), "", told(one.problem), ""))
            continue
        rate = "–" if one.pass_rate is None else percent(one.pass_rate)
        if one.taken_back:
            rate = "?" if one.taken_back == "part" else "–"
        phase = told(one.phase)
        if one.is_being_written:
            phase = tell("{phase} (running)", phase=phase)
        rows.append((one.session_id, phase, rate, _result(one), str(one.iterations)))
    return _columns(rows)


def _result(one: SessionListing) -> str:
    """What was reached and is taken back is not what stands."""
    if not one.taken_back:
        return told(one.result) or "–"
    how = told("taken back" if one.taken_back == "all" else "partly taken back")
    return tell("{how} (was {result:said})", how=how, result=one.result) if one.result else how


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
        rows.append(("ok" if fact.ok else "!!", told(fact.label), told(fact.value)))
        if fact.advice:
            rows.append(("", "", f"→ {told(fact.advice)}"))
    return _columns(rows)


def settings_page(file: str, rows: Sequence[Sequence[str]]) -> str:
    place = tell("Your file: {file:said}", file=clean_text(file))
    told_rows = [[told(cell) for cell in row] for row in rows]
    return f"{place}\n\n{_columns(told_rows)}"


def keys_page(rows: Iterable[Sequence[str]]) -> str:
    table = _columns([_heads("command", "keys", ""), *rows])
    note = tell("* changed by the settings. To change one: [keys] in your settings file.")
    return f"{table}\n\n{note}"


def _heads(*words: str) -> tuple[str, ...]:
    return tuple(map(told, words))


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

"""The last run of a session, straight from the end of its events: a tenth of the time of them all.

Nothing is checked here. What looks another way than we write it gives no first sight, and
whoever asked waits until all events are read and checked.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from itc_tui.domain.first_sight import FirstSight, SeenCase
from itc_tui.domain.vocabulary import RERUN, RETRY, Outcome

# The reader of all events would load what records need; the names are theirs.
EVENTS_FILE = Path(".trace") / "events.jsonl"

_LAST_RUN = b'"event":"run_started"'
_RESULT = re.compile(
    rb'"event":"case_finished",(?:"result":\{"node_id":"([^"\\]+)"'
    rb',"outcome":"(\w+)","stage":"\w*","duration_s":([0-9.e+-]+),|(.*))'
)
"""A result as we write it, or the rest of its line when it is another, or something is escaped.

A quote within a text is written with a backslash, so that no text can pass for an event.
"""
_OUTCOMES = {outcome.encode(): str(outcome) for outcome in Outcome}


def has_events(folder: str | Path) -> bool:
    return (Path(folder) / EVENTS_FILE).is_file()


def first_sight(folder: str | Path) -> FirstSight | None:
    """None when there was no run yet, or when its events cannot be read like this."""
    try:
        with (Path(folder) / EVENTS_FILE).open("rb") as stream:
            opening = json.loads(stream.readline())
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
                start = _last_run(text)
                return _seen(opening, text, start) if start else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _last_run(text: mmap.mmap) -> int:
    """Where it begins; a run that goes on without a test began before that, 0 is none."""
    at = len(text)
    while (at := text.rfind(_LAST_RUN, 0, at)) > 0:
        purpose = _text(_line_at(text, at)["purpose"])
        if purpose == RERUN:
            return 0  # it stands beside what was known before
        if not purpose.startswith(RETRY):
            return text.rfind(b"\n", 0, at) + 1
    return 0


def _seen(opening: dict[str, Any], text: mmap.mmap, start: int) -> FirstSight:
    run = _line_at(text, start)
    collected = text.rfind(b'"event":"cases_collected"', start)
    names: list[str] = []
    if collected > 0:
        names += _line_at(text, collected)["node_ids"]
    names += run["expected"]
    finished = {case.node_id: case for case in _finished(text, start)}
    known = dict.fromkeys(names)
    cases = [finished.get(name) or SeenCase(_text(name)) for name in known]
    cases += [case for name, case in finished.items() if name not in known]
    return FirstSight(
        session_id=_text(opening["session_id"]),
        module=_text(opening["module"]),
        folder=_text(opening["folder"]),
        phase=_phase(text),
        iteration=int(run["iteration"]),
        purpose=_text(run["purpose"]),
        command=tuple(_text(word) for word in run["command"]),
        cases=tuple(cases),
        is_running=text.find(b'"event":"run_finished"', start) < 0,
    )


def _finished(text: mmap.mmap, start: int) -> Iterator[SeenCase]:
    # What stands after the last line break is still being written.
    for name, outcome, duration, rest in _RESULT.findall(text, start, text.rfind(b"\n") + 1):
        if name:
            yield SeenCase(name.decode(), _OUTCOMES[outcome], float(duration))
        else:
            result = json.loads(b"{" + rest)["result"]
            outcome = _text(result["outcome"]).encode()
            yield SeenCase(
                _text(result["node_id"]), _OUTCOMES[outcome], float(result["duration_s"])
            )


def _phase(text: mmap.mmap) -> int:
    """With phase 1 begins a session that goes on; it is as far as it was."""
    at = len(text)
    while (at := text.rfind(b'"event":"phase_started"', 0, at)) > 0:
        if (number := int(_line_at(text, at)["number"])) > 1:
            return number
    return 1


def _line_at(text: mmap.mmap, place: int) -> dict[str, Any]:
    """The event whose line that place is in; one that is still being written is no JSON yet."""
    end = text.find(b"\n", place)
    event: dict[str, Any] = json.loads(
        text[text.rfind(b"\n", 0, place) + 1 : end if end >= 0 else len(text)]
    )
    return event


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value

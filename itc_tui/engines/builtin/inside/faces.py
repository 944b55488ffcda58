"""What is asserted about results that show themselves by a few attributes: commands, answers."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any, List, Optional, Tuple

from itc_tui.engines.builtin.inside.pytest_doubles import CaptureResult

_MOST_LETTERS = 700
_DRAWN = re.compile(r"[\u2500-\u257f\x1b]")

_TOOLS = (
    "click.testing", "typer", "flask.", "werkzeug.test", "falcon", "starlette.", "fastapi.",
    "bottle",
)  # fmt: skip

Side = Tuple[str, Any]
"""An expression over the value, and what it is equal to; True for a bare question."""


def face_of(name: str, value: Any) -> Optional[List[Side]]:
    """None for a value that is no such result."""
    kind = type(value)
    where, what = kind.__module__, kind.__name__
    if kind is CaptureResult:
        return _of_printed(name, value)
    if what == "Result" and where.split(".")[0] in ("click", "typer"):
        return _of_command(name, value)
    if what == "EagerResult" and where == "celery.result":
        return _of_task(name, value)
    if is_answer(value):
        return _of_answer(name, value)
    return None


def is_answer(value: Any) -> bool:
    """What a web application answered, to whatever client asked."""
    return (
        isinstance(getattr(value, "status_code", None), int)
        and hasattr(value, "headers")
        and hasattr(value, "text")
    )


def mark_of(value: Any) -> Optional[str]:
    """What sets one result apart from another of its kind; None for a value that is none."""
    face = face_of("it", value)
    return None if face is None else repr([right for _, right in face])[:200]


def crash_of(value: Any) -> Optional[BaseException]:
    """What went off in a command or a task, and was caught by what ran it."""
    kind = type(value).__name__
    error = getattr(value, "exception", None) if kind == "Result" else None
    error = getattr(value, "result", None) if kind == "EagerResult" else error
    return error if isinstance(error, Exception) else None


def is_breakdown(value: Any) -> bool:
    """An application gave up: what it says then is nobody's intention."""
    return is_answer(value) and value.status_code >= 500


def is_tool(value: Any) -> bool:
    """A runner, a client, an application: there to be used, and nothing to assert about."""
    return type(value).__module__.startswith(_TOOLS) and face_of("it", value) is None


def _of_printed(name: str, value: Any) -> List[Side]:
    sides: List[Side] = []
    if value.out and len(value.out) <= _MOST_LETTERS:
        sides.append((name + ".out", value.out))
    found = re.search(r"^.*?\berror: (.*)", value.err, re.M)
    if found:  # the program's name before it depends on who called
        sides.append(("%r in %s.err" % (_beginning(found[1]), name), True))
    elif value.err and len(value.err) <= _MOST_LETTERS:
        sides.append((name + ".err", value.err))
    return sides


def _beginning(text: str) -> str:
    """As much of a complaint as fits into a line."""
    text = text.strip()
    return text if len(text) <= 64 else text[:64].rpartition(" ")[0]


def _of_command(name: str, value: Any) -> List[Side]:
    sides: List[Side] = [(name + ".exit_code", value.exit_code)]
    error = crash_of(value)
    if error is not None:
        sides.append(("repr(%s.exception)" % name, repr(error)))
        return sides
    output = value.output
    found = re.search(r"^Error: (.+)$", output, re.M)
    if found:
        sides.append(("%r in %s.output" % (_beginning(found[0]), name), True))
    elif output and len(output) <= _MOST_LETTERS and not _DRAWN.search(output):
        sides.append((name + ".output", output))
    return sides


def _of_task(name: str, value: Any) -> List[Side]:
    sides: List[Side] = [(name + ".status", value.status)]
    if crash_of(value) is not None:
        return [*sides, ("repr(%s.result)" % name, repr(value.result))]
    return [*sides, (name + ".result", value.result)]


def _of_answer(name: str, value: Any) -> List[Side]:
    sides: List[Side] = [(name + ".status_code", value.status_code)]
    location = value.headers.get("location") or value.headers.get("Location")
    if location and value.status_code in (301, 302, 303, 307, 308):
        sides.append((name + ".headers['location']", location))
    text = value.text if hasattr(value, "text") else ""
    if not text or len(text) > _MOST_LETTERS:
        return sides
    kinds = [str(v) for k, v in dict(value.headers).items() if k.lower() == "content-type"]
    if any("json" in kind for kind in kinds):
        reading = ".json()" if callable(getattr(value, "json", None)) else ".json"
        with contextlib.suppress(ValueError):
            return [*sides, (name + reading, json.loads(text))]
    return [*sides, (name + ".text", text)]

"""`state.json` as text: what people wrote by hand loads, what is damaged is told by its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from itc_tui.adapters.durable_files import why
from itc_tui.domain.state import SCHEMA_VERSION, State
from itc_tui.domain.trouble import SessionTrouble

STATE_FILE = "state.json"


def read_state(folder: str | Path) -> State | None:
    """None when there is no state yet; SessionTrouble names the file and the field."""
    content = state_bytes(Path(folder))
    return None if content is None else parse_state(content)


def state_bytes(folder: Path) -> bytes | None:
    try:
        return (folder / STATE_FILE).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise SessionTrouble(f"{STATE_FILE}: cannot be read ({why(problem)}).") from problem


def parse_state(content: bytes) -> State:
    try:
        raw = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as problem:
        raise SessionTrouble(
            f"{STATE_FILE}: not UTF-8 text; it is left as it is: mend it, or begin anew with --new."
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise SessionTrouble(
            f"{STATE_FILE}: {_place(problem)}; it is left as it is: "
            "mend it, or begin anew with --new."
        ) from problem
    if not isinstance(raw, dict):
        raise SessionTrouble(f"{STATE_FILE}: holds no session (an object is expected).")
    _must_be_understood(raw)
    try:
        return State.model_validate(raw)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        more = f" ({problem.error_count() - 1} more)" if problem.error_count() > 1 else ""
        raise SessionTrouble(
            f"{STATE_FILE}: {field}: {first['msg']}{more}; correct it, it is left as it is."
        ) from problem


def state_text(state: State) -> bytes:
    """Indented for people; text that is no text (half a character of a test's output) is marked."""
    raw = state.model_dump(mode="json", by_alias=True)
    try:
        text = json.dumps(raw, indent=2, ensure_ascii=False, allow_nan=False)
    except ValueError as problem:
        raise SessionTrouble(f"{STATE_FILE}: cannot be written ({problem}).") from problem
    return (text + "\n").encode("utf-8", "replace")


def _must_be_understood(raw: dict[str, Any]) -> None:
    version = raw.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool):
        raise SessionTrouble(f"{STATE_FILE}: schema_version: a number is expected.")
    if version > SCHEMA_VERSION:
        raise SessionTrouble(
            f"{STATE_FILE}: schema_version: {version} is newer than this itc-tui understands "
            f"({SCHEMA_VERSION}); update itc-tui. The file is left as it is."
        )


def _place(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"damaged at line {problem.lineno}, column {problem.colno} ({problem.msg})"
    return "nested too deeply" if isinstance(problem, RecursionError) else str(problem)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number that JSON knows")

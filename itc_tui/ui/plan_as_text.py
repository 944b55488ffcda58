"""The whole plan as text; read back, or where it is wrong and what is needed there."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itc_tui.ui.text import plain
from itc_tui.ui.words import say, say_or

if TYPE_CHECKING:
    from pydantic import ValidationError

    from itc_tui.domain.plan import Plan

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_FAULTS = (
    ("','", "comma"),
    ("':'", "colon"),
    ("property", "name"),
    ("trailing", "last_comma"),
    ("value", "value"),
    ("unterminated", "open_text"),
    ("control", "line_break"),
    ("\\", "backslash"),
    ("extra", "after_end"),
)
"""What the reader of JSON says in each of its complaints, and the word for it."""


@dataclass(frozen=True, slots=True)
class TextFault:
    line: int
    """From 1, as editors count."""
    column: int
    sentence: str


def as_text(plan: Plan) -> str:
    return plan.model_dump_json(indent=2, by_alias=True)


def from_text(text: str) -> Plan | TextFault:
    from pydantic import ValidationError

    from itc_tui.domain.plan import Plan

    try:
        json.loads(text, parse_constant=_no_number)
        return Plan.model_validate_json(text).with_ids()
    except json.JSONDecodeError as fault:
        return TextFault(fault.lineno, fault.colno, _told(fault.lineno, "", _why_not_json(fault)))
    except ValidationError as faults:
        return _first_of(faults, text)
    except (ValueError, RecursionError):
        return TextFault(1, 1, _told(1, "", say("wrong.json")))


def _why_not_json(fault: json.JSONDecodeError) -> str:
    word = next((word for part, word in _FAULTS if part in fault.msg.lower()), "")
    return say_or(f"wrong.json.{word}", say("wrong.json"))


def _first_of(faults: ValidationError, text: str) -> TextFault:
    first = faults.errors(include_url=False, include_input=False)[0]
    line, column = _place(text, first["loc"])
    listed = ", ".join(re.findall(r"'([^']*)'", str(first.get("ctx", {}).get("expected", ""))))
    why = say_or(f"wrong.{first['type']}", say("wrong.value"), bound=listed)
    return TextFault(line, column, _told(line, _spelled(first["loc"]), why))


def _told(line: int, where: str, why: str) -> str:
    word = "plan.text_wrong_field" if where else "plan.text_wrong"
    return say(word, line=line, where=plain(where, 200), why=why)


def _spelled(path: Sequence[str | int]) -> str:
    """`integration_scenarios[0].type`; the last three say enough, with the line beside them."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _place(text: str, path: Sequence[str | int]) -> tuple[int, int]:
    """Line and column of what stands under that path; of what is around it, where it is not."""
    at = _past_space(text, 0)
    for part in path:
        found = _item(text, at, part) if isinstance(part, int) else _member(text, at, part)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _member(text: str, at: int, name: str) -> int | None:
    """Where the value of that name begins, in an object that begins there."""
    found = None  # of a name that is there twice, the last one counts
    while text[at] in "{," and text[(at := _past_space(text, at + 1))] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _past_space(text, _past_space(text, at) + 1)
        if key == name:
            found = at
        at = _past_space(text, _DECODER.raw_decode(text, at)[1])
    return found


def _item(text: str, at: int, number: int) -> int | None:
    """The same for a place in a list."""
    while text[at] in "[," and text[(at := _past_space(text, at + 1))] != "]":
        if not number:
            return at
        at, number = _past_space(text, _DECODER.raw_decode(text, at)[1]), number - 1
    return None


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _no_number(word: str) -> float:
    raise ValueError(word)

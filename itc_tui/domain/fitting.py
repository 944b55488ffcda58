"""Fits a value, as a file has it or as it was typed, to a declared type, or says why it does not.

Records are read by pydantic. Settings are read before the first paint, and pydantic takes as long
to load as a third of that paint; so they are read here, in the same words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

_WHOLE = re.compile(r"([+-]?[0-9]+(?:_[0-9]+)*)(?:\.0+)?", re.ASCII)
_TRUTHS = {
    **dict.fromkeys(("1", "on", "t", "true", "y", "yes"), True),
    **dict.fromkeys(("0", "off", "f", "false", "n", "no"), False),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Beside the type of a number: `Annotated[int, Bounds(least=1)]`."""

    least: float | None = None
    above: float | None = None
    most: float | None = None


class Misfit(Exception):
    """A value that a setting cannot take: the kind of fault, and the bound that it breaks."""

    def __init__(self, kind: str, bound: str, words: str, part: str = "") -> None:
        super().__init__(words)
        self.kind = kind
        self.bound = bound
        self.part = part
        """The key within a table that it is about."""


def fitted(kind: Any, value: object) -> Any:
    """`kind` is a type, a `Literal`, or an annotated number."""
    if get_origin(kind) is Annotated:
        kind, bounds = get_args(kind)
        return _within(bounds, fitted(kind, value))
    if get_origin(kind) is Literal:
        return _one_of(get_args(kind), value)
    if get_origin(kind) is dict:
        return _table(value)
    return {int: _whole, float: _number, bool: _truth, str: _text}[kind](value)


def choices_of(kind: Any) -> tuple[Any, ...]:
    """All that it can be, where that is a short list."""
    if kind is bool:
        return (True, False)
    return get_args(kind) if get_origin(kind) is Literal else ()


def _whole(value: object) -> int:
    should = "Input should be a valid integer"
    if isinstance(value, str):
        found = _WHOLE.fullmatch(value.strip())
        if found is None:
            raise Misfit("int_parsing", "", f"{should}, unable to parse string as an integer")
        return int(found[1])
    if isinstance(value, float):
        _number(value)
        if not value.is_integer():
            part = "got a number with a fractional part"
            raise Misfit("int_from_float", "", f"{should}, {part}")
    if not isinstance(value, (int, float)):
        raise Misfit("int_type", "", should)
    return int(value)


def _number(value: object) -> float:
    should = "Input should be a valid number"
    if not isinstance(value, (int, float, str)):
        raise Misfit("float_type", "", should)
    try:
        if isinstance(value, str) and not value.isascii():
            raise ValueError("a digit of another script")
        number = float(value)
    except ValueError:
        words = f"{should}, unable to parse string as a number"
        raise Misfit("float_parsing", "", words) from None
    if not math.isfinite(number):
        raise Misfit("finite_number", "", "Input should be a finite number")
    return number


def _truth(value: object) -> bool:
    should = "Input should be a valid boolean"
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if not isinstance(value, str) and not is_whole:
        raise Misfit("bool_type", "", should)
    word = value.lower() if isinstance(value, str) else f"{value:g}"
    if word not in _TRUTHS:
        raise Misfit("bool_parsing", "", f"{should}, unable to interpret input")
    return _TRUTHS[word]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Misfit("string_type", "", "Input should be a valid string")
    return value


def _one_of(choices: tuple[str, ...], value: object) -> str:
    for choice in choices:
        if choice == value:
            return choice
    *others, last = map(repr, choices)
    listed = f"{', '.join(others)} or {last}" if others else last
    raise Misfit("literal_error", listed, f"Input should be {listed}")


def _table(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Misfit("dict_type", "", "Input should be a valid dictionary")
    table = {}
    for key, text in value.items():
        try:
            table[str(key)] = _text(text)
        except Misfit as misfit:
            raise Misfit(misfit.kind, "", str(misfit), part=str(key)) from None
    return table


def _within(bounds: Bounds, number: float) -> float:
    should = "Input should be"
    if bounds.least is not None and number < bounds.least:
        shown = f"{bounds.least:g}"
        raise Misfit("greater_than_equal", shown, f"{should} greater than or equal to {shown}")
    if bounds.above is not None and number <= bounds.above:
        shown = f"{bounds.above:g}"
        raise Misfit("greater_than", shown, f"{should} greater than {shown}")
    if bounds.most is not None and number > bounds.most:
        shown = f"{bounds.most:g}"
        raise Misfit("less_than_equal", shown, f"{should} less than or equal to {shown}")
    return number

"""Colours for JSON, line by line: a text in it never goes over the end of one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rich.style import Style
from rich.text import Text

_QUOTED = r'"(?:[^"\\]|\\.)*'
_PARTS = re.compile(
    rf'(?P<key>{_QUOTED}")(?=\s*:)|(?P<text>{_QUOTED}"?)'
    r"|(?P<value>\b(?:true|false|null)\b|-?\d[\d.eE+-]*)|(?P<sign>[{}\[\],:]+)"
)
_PAINT_OF = {"key": "accent", "text": "good", "value": "warn", "sign": "faint"}


def paint_json(line: Text, paints: Mapping[str, Style]) -> Text:
    """The same line with its parts told apart; what is half written is painted as far as it is."""
    for part in _PARTS.finditer(line.plain):
        line.stylize(paints[_PAINT_OF[part.lastgroup or "sign"]], part.start(), part.end())
    return line

"""Keys by name: how people write them, whether there is such a key, whether it is typed."""

from __future__ import annotations

import re

from textual.keys import (
    REPLACED_KEYS,
    Keys,
    _character_to_key,
    format_key,
    key_to_character,
)

_OTHER_NAMES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "ctrl+i": "tab",
    "ctrl+m": "enter",
}
"""The last two are the same byte to a terminal."""
_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_NAMED = {key.value for key in Keys if re.fullmatch(r"[a-z0-9_]+", key.value)}
_SHOWN = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "delete": "del",
    "backspace": "⌫",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "⏎",
}
_MARKS = {"ctrl": "^", "shift": "⇧"}


def key_named(written: str) -> str:
    """The name by which a key is heard: `?`, `Ctrl+G`, `^g`, `shift+s` are all understood."""
    written = written.strip()
    if written.startswith("^") and len(written) > 1:
        written = f"ctrl+{written[1:]}"
    if len(written) == 1:
        return _character_to_key(written)
    *modifiers, last = written.split("+")
    modifiers = sorted({modifier.lower() for modifier in modifiers}, key=_place)
    last = _character_to_key(last) if len(last) == 1 else last.lower()
    if modifiers == ["shift"] and len(last) == 1:
        return last.upper()
    if modifiers:
        last = last.lower()
    name = "+".join([*modifiers, _OTHER_NAMES.get(last, last)])
    return _OTHER_NAMES.get(name, name)


def keys_named(written: str) -> tuple[str, ...]:
    """Several keys, by commas; a comma that stands alone is the key itself."""
    if written.strip() == ",":
        return (key_named(","),)
    return tuple(key_named(part) for part in written.split(",") if part.strip())


def is_key(name: str) -> bool:
    *modifiers, last = name.split("+")
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return False
    return last in _NAMED or _character(last) is not None


def is_typed(name: str) -> bool:
    """A field would take it for text."""
    return name == "space" or (name not in _NAMED and _character(name) is not None)


def written_key(name: str) -> str:
    """As a person would write it in the settings; `key_named` understands it."""
    character = _character(name)
    is_plain = character is not None and character.isprintable() and character not in " ,"
    return str(character) if is_plain else name


def shown_key(name: str) -> str:
    *modifiers, last = name.split("+")
    marks = "".join(_MARKS.get(modifier, f"{modifier}-") for modifier in modifiers)
    return marks + (_SHOWN.get(last) or format_key(last))


def _character(name: str) -> str | None:
    return key_to_character(REPLACED_KEYS.get(name, name))


def _place(modifier: str) -> int:
    return _MODIFIERS.index(modifier) if modifier in _MODIFIERS else len(_MODIFIERS)

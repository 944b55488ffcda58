"""What the screens say, by key, in the language that was chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from itc_tui.speech import LANGUAGES, filled, language_of_locale, speak, spoken, told

__all__ = [
    "LANGUAGES",
    "has_words",
    "language_of_locale",
    "say",
    "say_or",
    "speak",
    "spoken",
    "tell_keys_by",
    "told",
]

KEY_OF = re.compile(r"‹([a-z_.]+)›")
_key_of: Callable[[str], str] = str
_catalogs: dict[str, dict[str, str]] = {}


def say(key: str, **values: object) -> str:
    """The words for that key; English where a translation is missing.

    `{count:case|cases}` in them is a number with its noun, and `‹workbench.step›` the key of that
    command, whichever it is now.
    """
    words = _catalog(spoken()).get(key) or _catalog("en")[key]
    if "‹" not in words:
        return _filled(words, values)
    # In this order: a brace may be a key, and what fills a blank is nobody's placeholder.
    parts = KEY_OF.split(words)
    parts[::2] = [_filled(part, values) for part in parts[::2]]
    parts[1::2] = map(_key_of, parts[1::2])
    return "".join(parts)


def tell_keys_by(key_of: Callable[[str], str]) -> None:
    """Who knows the commands says how the key of each is shown."""
    global _key_of
    _key_of = key_of


def say_or(key: str, otherwise: str, **values: object) -> str:
    """For keys that are made of something which need not have words of its own."""
    return say(key, **values) if has_words(key) else otherwise


def has_words(key: str) -> bool:
    return key in _catalog("en")


def _filled(words: str, values: dict[str, object]) -> str:
    """`{count:case|cases}` is a number with its noun; English needs two, Chinese one."""
    return filled(words, values) if values else words


def _catalog(language: str) -> dict[str, str]:
    if language not in _catalogs:
        text = (Path(__file__).parent / f"{language}.json").read_text(encoding="utf-8")
        _catalogs[language] = json.loads(text)
    return _catalogs[language]

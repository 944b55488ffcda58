"""What the screens say, by key, in the language that was chosen."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

LANGUAGES = ("en", "zh")
KEY_OF = re.compile(r"‹([a-z_.]+)›")
_key_of: Callable[[str], str] = str
_catalogs: dict[str, dict[str, str]] = {}
_chosen = "en"


def say(key: str, **values: object) -> str:
    """The words for that key; English where a translation is missing.

    `‹workbench.step›` in them stands for the key of that command, whichever it is now.
    """
    words = _catalog(_chosen).get(key) or _catalog("en")[key]
    if "‹" not in words:
        return words.format(**values) if values else words
    # In this order: a brace may be a key, and what fills a blank is nobody's placeholder.
    parts = KEY_OF.split(words)
    parts[::2] = [part.format(**values) if values else part for part in parts[::2]]
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


def speak(language: str) -> None:
    global _chosen
    _chosen = language if language in LANGUAGES else "en"


def spoken() -> str:
    return _chosen


def language_of_locale() -> str:
    """The person's, from the environment, as other programs read it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _catalog(language: str) -> dict[str, str]:
    if language not in _catalogs:
        text = (Path(__file__).parent / f"{language}.json").read_text(encoding="utf-8")
        _catalogs[language] = json.loads(text)
    return _catalogs[language]

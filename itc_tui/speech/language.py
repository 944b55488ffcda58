"""Which language is spoken: one for the whole process."""

from __future__ import annotations

import os

LANGUAGES = ("en", "zh")
_chosen = "en"


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

"""Copies by the first way that works: native tool or tmux, the terminal itself, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itc_tui.ui.outside import Outside
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from textual.app import App

OSC_52_LIMIT = 70_000
"""Terminals drop longer sequences without a word."""


def copy_somehow(app: App[int], outside: Outside, text: str) -> str:
    """Copy, and say by which way, because none of them answers whether it arrived."""
    if outside.copy(text):
        return say("copied.native")
    if len(text) <= OSC_52_LIMIT:
        app.copy_to_clipboard(text)
        return say("copied.terminal")
    if outside.save_copy:
        return say("copied.file", path=outside.save_copy(text))
    return say("copied.not")

"""Copies by the first way that works: native tool or tmux, the terminal itself, a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from itc_tui.ui.outside import Outside
from itc_tui.ui.words import say

OSC_52_LIMIT = 70_000
"""Terminals drop longer sequences without a word."""


@dataclass
class CopyWanted(Message):
    text: str
    what: str
    """As the person is told."""


def copy_somehow(outside: Outside, text: str, ask_terminal: Callable[[str], None]) -> str:
    """Copy, and say by which way, because none of them answers whether it arrived."""
    if outside.copy(text):
        return say("copied.native")
    if len(text) <= OSC_52_LIMIT:
        ask_terminal(text)
        return say("copied.terminal")
    if outside.save_copy:
        return say("copied.file", path=outside.save_copy(text))
    return say("copied.not")

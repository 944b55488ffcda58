"""A key was pressed on a widget, and what it asks for is for whoever holds the widget to do."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Wish(Message):
    action: str

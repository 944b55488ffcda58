"""The field for what shall be tested; names of modules complete themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.suggester import Suggester

from itc_tui.ui.commands import bindings
from itc_tui.ui.widgets.one_line import OneLine
from itc_tui.ui.widgets.wish import Wish


def wants_to_leave(value: str) -> bool:
    """Typed by who does not see that letters go into the field."""
    return value.strip().lower() in ("q", ":q", "quit", "exit")


def told_modules(modules: Sequence[str], most: int = 4) -> str:
    """A few that one may name, and how many more there are; nobody begins with a private one."""
    public = [name for name in modules if "._" not in name and not name.startswith("_")]
    told = "  ".join(public[:most])
    return f"{told}  +{len(public) - most}" if len(public) > most else told


class ModuleSuggester(Suggester):
    """Completes the last word to the name of a module."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.modules: tuple[str, ...] = ()

    async def get_suggestion(self, value: str) -> str | None:
        before, space, word = value.rpartition(" ")
        if not word:
            return None
        name = next((name for name in self.modules if name.startswith(word)), None)
        return f"{before}{space}{name}" if name else None


class TopicField(OneLine):
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("start"),
    ]

    def action_begin(self) -> None:
        self.post_message(self.Submitted(self, self.value))

    def action_leave_field(self) -> None:
        self.post_message(Wish("leave_field"))

    def action_focus_sessions(self) -> None:
        self.post_message(Wish("focus_sessions"))

"""Every command, declared once: key, palette, footer and help derive from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from itc_tui.ui.keys import is_typed, shown_key
from itc_tui.ui.words import say, tell_keys_by


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    """The action; its words are `do.NAME` and `do.NAME.more`."""
    keys: str
    """Comma separated; the first is the one that is shown."""
    where: str
    """`app`, a screen, or a pane."""
    footer: bool = False
    edits: bool = False
    """Changes the plan or the tree, so it is of no use in a recording."""
    drives: bool = False
    """Moves a loop on, which a recording has not."""
    always: str = ""
    """A key that it keeps whatever else it is given; heard over every dialog and in every field."""

    @property
    def identity(self) -> str:
        """By which settings give it other keys: `workbench.show_pane_plan`."""
        return f"{self.where}.{self.name}".replace("('", "_").replace("')", "")

    @property
    def all_keys(self) -> list[str]:
        return self.with_kept(_remapped.get(self.identity, self.keys))

    def with_kept(self, keys: str) -> list[str]:
        return [*keys.split(","), *([self.always] if self.always else [])]

    @property
    def key(self) -> str:
        return shown_key(self.all_keys[0])

    @property
    def key_while_typing(self) -> str:
        """The first key that a field leaves alone; empty when each of them would be typed."""
        return next((shown_key(key) for key in self.all_keys if not is_typed(key)), "")

    @property
    def label(self) -> str:
        return say(f"do.{self.name}")

    @property
    def more(self) -> str:
        return say(f"do.{self.name}.more")


COMMANDS: tuple[Command, ...] = (
    Command("run_or_pause", "space", "workbench", footer=True, drives=True),
    Command("step", "s", "workbench", footer=True, drives=True),
    Command("next_phase", "S", "workbench", drives=True),
    Command("skip", "x", "workbench", drives=True),
    Command("stop", "X", "workbench", footer=True),
    Command("answer", "A", "workbench", drives=True),
    Command("rerun_changed", "C", "workbench"),
    Command("watch", "W", "workbench"),
    Command("show_pane('exploration')", "1", "workbench"),
    Command("show_pane('plan')", "2", "workbench"),
    Command("show_pane('tests')", "3", "workbench"),
    Command("show_pane('timeline')", "4", "workbench"),
    Command("next_pane", "tab", "workbench"),
    Command("previous_pane", "shift+tab", "workbench"),
    Command("maximise", "z", "workbench", footer=True),
    Command("change_layout", "equals_sign", "workbench"),
    Command("widen", "greater_than_sign", "workbench"),
    Command("narrow", "less_than_sign", "workbench"),
    Command("notes", "M", "workbench"),
    Command("sessions", "escape", "workbench"),
    Command("back", "left_square_bracket,comma", "replay", footer=True),
    Command("forward", "right_square_bracket,full_stop", "replay", footer=True),
    Command("play", "space", "replay", footer=True),
    Command("to_start", "left_curly_bracket", "replay"),
    Command("to_end", "right_curly_bracket", "replay"),
    Command("open", "enter", "exploration", footer=True),
    Command("filter", "slash", "exploration", footer=True),
    Command("show_map", "m", "exploration", footer=True),
    Command("edit_source", "e", "exploration", footer=True),
    Command("more_details", "i", "exploration", footer=True),
    Command("fold", "h,left", "exploration"),
    Command("unfold", "l,right", "exploration"),
    Command("edit_spot", "enter,e", "plan", footer=True, edits=True),
    Command("unfold", "l,right", "plan", footer=True),
    Command("toggle_spot", "t", "plan", footer=True, edits=True),
    Command("approve", "v", "plan", footer=True, edits=True),
    Command("add_case", "a", "plan", footer=True, edits=True),
    Command("remove_spot", "d,delete", "plan", footer=True, edits=True),
    Command("undo", "u", "plan", footer=True, edits=True),
    Command("filter", "slash", "plan", footer=True),
    Command("as_text", "w", "plan", footer=True, edits=True),
    Command("add_scenario", "N", "plan", edits=True),
    Command("copy_spot", "c", "plan", edits=True),
    Command("move_up", "K,shift+up", "plan", edits=True),
    Command("move_down", "J,shift+down", "plan", edits=True),
    Command("approve_all", "V", "plan", edits=True),
    Command("reject", "r", "plan", edits=True),
    Command("redo", "U,ctrl+r", "plan", edits=True),
    Command("in_editor", "E", "plan", edits=True),
    Command("more_details", "i", "plan", footer=True),
    Command("fold", "h,left", "plan"),
    Command("next_field", "tab", "form", footer=True),
    Command("leave", "escape", "form", footer=True),
    Command("details", "enter", "tests", footer=True),
    Command("next_failure", "n", "tests", footer=True),
    Command("filter", "slash", "tests", footer=True),
    Command("next_state", "v", "tests", footer=True),
    Command("raw", "o", "tests", footer=True),
    Command("rerun_failed", "f", "tests", footer=True),
    Command("rerun_pattern", "p", "tests", footer=True),
    Command("rerun_all", "a", "tests"),
    Command("rerun_last", "r", "tests"),
    Command("rerun_this", "t", "tests"),
    Command("copy_command", "y", "tests"),
    Command("edit_source", "e", "tests"),
    Command("follow", "F", "output", footer=True),
    Command("wrap", "w", "output", footer=True),
    Command("search", "slash", "output", footer=True),
    Command("next_match", "n", "output"),
    Command("previous_match", "N", "output"),
    Command("copy_output", "y", "output"),
    Command("raw", "o", "output", footer=True),
    Command("card", "enter", "timeline", footer=True),
    Command("show_diff", "d", "timeline", footer=True),
    Command("compare", "c", "timeline", footer=True),
    Command("learnings", "l", "timeline", footer=True),
    Command("revert", "R", "timeline", footer=True),
    Command("revert_all", "ctrl+r", "timeline"),
    Command("begin", "enter", "start", footer=True),
    Command("leave_field", "escape", "start", footer=True),
    Command("focus_sessions", "down", "start"),
    Command("resume", "enter", "sessions", footer=True),
    Command("review", "v", "sessions", footer=True),
    Command("filter", "slash", "sessions", footer=True),
    Command("sort", "o", "sessions", footer=True),
    Command("to_topic", "escape", "sessions", footer=True),
    Command("change", "enter", "settings", footer=True),
    Command("turn_on", "right,l,space", "settings", footer=True),
    Command("turn_back", "left,h", "settings"),
    Command("write_keys", "e", "settings", footer=True),
    Command("to_default", "d,delete", "settings", footer=True),
    Command("filter", "slash", "settings", footer=True),
    Command("leave_settings", "escape,q", "settings", footer=True),
    Command("down", "down,j", "list"),
    Command("up", "up,k", "list"),
    Command("page_down", "pagedown,ctrl+f,ctrl+d", "list"),
    Command("page_up", "pageup,ctrl+b,ctrl+u", "list"),
    Command("first", "home,g", "list"),
    Command("last", "end,G", "list"),
    Command("choose", "enter", "list"),
    Command("help", "question_mark,f1", "app", footer=True),
    Command("command_palette", "ctrl+p", "app", footer=True),
    Command("change_look", "f2", "app"),
    Command("change_language", "f3", "app"),
    Command("settings", "f4", "app"),
    Command("suspend_process", "ctrl+z", "app"),
    Command("quit", "q", "app", footer=True, always="ctrl+q"),
)

_remapped: dict[str, str] = {}


def remap(keys: Mapping[str, str]) -> None:
    """Show the person's own keys; that they are heard is Textual's keymap."""
    _remapped.clear()
    _remapped.update(keys)


def _key_of(identity: str) -> str:
    return next(command.key for command in COMMANDS if command.identity == identity)


tell_keys_by(_key_of)


def commands(where: str) -> tuple[Command, ...]:
    return tuple(command for command in COMMANDS if command.where == where)


def bindings(*places: str) -> list[BindingType]:
    """What Textual needs to know of the commands of these places."""
    wanted = [command for where in places for command in commands(where)]
    own: list[BindingType] = [
        Binding(command.keys, command.name, command.name, show=False, id=command.identity)
        for command in wanted
    ]
    # Without the identity by which a keymap would take them away.
    kept = (
        Binding(one.always, one.name, show=False, priority=True) for one in wanted if one.always
    )
    return [*own, *kept]


def commands_of(action: str) -> tuple[Command, ...]:
    return tuple(command for command in COMMANDS if command.name == action)

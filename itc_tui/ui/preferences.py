"""Settings and keys as entries: how each is shown, read back and checked, and who decides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itc_tui.domain.fitting import Misfit
from itc_tui.settings import Layer, Source, choices, understood
from itc_tui.ui.commands import COMMANDS, Command
from itc_tui.ui.keymap import fault_of
from itc_tui.ui.keys import keys_named, shown_key, written_key
from itc_tui.ui.words import say, say_or

FOR_SESSIONS = (
    "max_iterations",
    "budget_s",
    "max_tests",
    "repeats",
    "workers",
    "case_limit_s",
    "branch",
    "engine",
    "python",
    "tests_dir",
    "test_style",
    "sessions_dir",
)
FOR_THE_SCREEN = ("theme", "lang", "reduced_motion", "bell", "notify")
"""These take effect at once, as keys do."""
KEYS = "keys."


@dataclass(frozen=True, slots=True)
class Told:
    """What one layer says of an entry."""

    source: Source
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    """As in the file; `keys.COMMAND` for the keys of a command."""
    group: str
    label: str
    more: str
    told: tuple[Told, ...]
    """By the layers that say something, the deciding one last."""
    choices: tuple[str, ...] = ()
    """Values as text; empty where anything may be typed."""

    @property
    def text(self) -> str:
        return self.told[-1].text

    @property
    def source(self) -> Source:
        return self.told[-1].source

    @property
    def command(self) -> str:
        """Of which this entry has the keys; empty for a setting."""
        return self.name.removeprefix(KEYS) if self.name.startswith(KEYS) else ""

    @property
    def is_at_once(self) -> bool:
        return bool(self.command) or self.name in FOR_THE_SCREEN

    @property
    def own(self) -> str | None:
        """What the person's file says; None when it is silent."""
        return next((one.text for one in self.told if one.source is Source.USER), None)

    @property
    def overruled_by(self) -> Told | None:
        """The layer above the person's file that decides, whatever they set."""
        return self.told[-1] if self.source not in (Source.DEFAULT, Source.USER) else None

    def shown(self, text: str) -> str:
        if self.command:
            return " ".join(map(shown_key, keys_named(text)))
        if text in ("true", "false"):
            return say("set.yes" if text == "true" else "set.no")
        if not text:
            return say_or(f"set.{self.name}.empty", say("set.empty"))
        return say_or(f"set.{self.name}.{text}", text)


def entries_of(layers: Sequence[Layer], themes: Sequence[str]) -> list[Entry]:
    return [*_settings(layers, themes), *_keys(layers)]


def fault_in(entry: Entry, text: str, keymap: Mapping[str, str], engines: Sequence[str]) -> str:
    """What is wrong with that text for that entry; empty when nothing is."""
    if entry.command:
        return fault_of(entry.command, text, keymap)
    try:
        understood(entry.name, text)
    except Misfit as misfit:
        return say_or(f"wrong.{misfit.kind}", say("wrong.value"), bound=misfit.bound)
    if entry.name == "engine":
        named = [name.strip() for name in text.split(",") if name.strip()]
        unknown = next((name for name in named if name not in engines), None)
        if unknown:
            return say("wrong.engine", name=unknown, known=", ".join(engines))
    return ""


def value_of(entry: Entry, text: str) -> Any:
    """As it is written into the file."""
    if entry.command:
        return ",".join(map(written_key, keys_named(text)))
    return understood(entry.name, text)


def next_choice(entry: Entry, by: int) -> str:
    """Onward from what the person's file says; from what holds, where it says nothing."""
    at = entry.own if entry.own in entry.choices else entry.text
    place = entry.choices.index(at) if at in entry.choices else 0
    return entry.choices[(place + by) % len(entry.choices)]


def _settings(layers: Sequence[Layer], themes: Sequence[str]) -> Iterator[Entry]:
    for group, names in (
        (say("settings.screen"), FOR_THE_SCREEN),
        (say("settings.session"), FOR_SESSIONS),
    ):
        for name in names:
            yield Entry(
                name=name,
                group=group,
                label=say(f"set.{name}"),
                more=say(f"set.{name}.more"),
                told=tuple(
                    Told(layer.source, layer.place, _text(layer.values[name]))
                    for layer in layers
                    if name in layer.values
                ),
                choices=("", *themes) if name == "theme" else tuple(map(_text, choices(name))),
            )


def _keys(layers: Sequence[Layer]) -> Iterator[Entry]:
    for command in COMMANDS:
        given = (
            Told(layer.source, layer.place, layer.values["keys"][command.identity])
            for layer in layers
            if command.identity in layer.values.get("keys", {})
        )
        yield Entry(
            name=f"{KEYS}{command.identity}",
            group=say("settings.keys", place=say(f"place.{command.where}")),
            label=command.label,
            more=command.more,
            told=(_by_default(command, layers), *given),
        )


def _by_default(command: Command, layers: Sequence[Layer]) -> Told:
    return Told(Source.DEFAULT, layers[0].place, ",".join(command.with_kept(command.keys)))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)

"""The person's settings: told layer by layer, and written into their own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from itc_tui.adapters.settings_file import put_setting
from itc_tui.domain.target import Fact
from itc_tui.settings import (
    Layer,
    load_layers,
    names,
    notes_on,
    settled,
    user_file,
)

__all__ = ["put_own_setting", "setting_rows", "settings_fact", "settings_layers"]


def settings_layers(root: Path, flags: Mapping[str, Any]) -> tuple[Layer, ...]:
    return load_layers(root, flags)


def put_own_setting(name: str, value: Any | None) -> None:
    put_setting(user_file(), name, value)


def settings_fact(root: Path, flags: Mapping[str, Any]) -> Fact:
    return Fact(
        label="Settings", value=_place(), advice=" ".join(notes_on(load_layers(root, flags)))
    )


def setting_rows(root: Path, flags: Mapping[str, Any]) -> tuple[str, list[tuple[str, ...]]]:
    """Where the person's file is, and name, value and source of each setting."""
    layers = load_layers(root, flags)
    values = asdict(settled(layers))
    rows: list[tuple[str, ...]] = [("setting", "value", "from")]
    rows += [
        (name, _shown(values[name]), _deciding(layers, name).place)
        for name in names()
        if name != "keys"
    ]
    for layer in layers:
        rows += [
            (f"keys.{command}", keys, layer.place)
            for command, keys in layer.values.get("keys", {}).items()
            if values["keys"][command] == keys
        ]
    return "\n".join([_place(), *notes_on(layers)]), rows


def _place() -> str:
    return f"{user_file()}{'' if user_file().exists() else ' (not made yet)'}"


def _deciding(layers: tuple[Layer, ...], name: str) -> Layer:
    return next(layer for layer in reversed(layers) if name in layer.values)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value) or "–"

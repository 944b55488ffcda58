"""Settings: defaults < user file < [tool.itc] of the target < environment < flags; then frozen."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from itc_tui.domain.trouble import Trouble

DEFAULT_SESSIONS_DIR = ".workflow/.integration-test"
_PREFIX = "ITC_"


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sessions_dir: str = DEFAULT_SESSIONS_DIR
    """Relative to the target's root, or absolute."""
    engine: str = "builtin"
    """The chain of engines in order, by commas; `builtin` always stands at its end."""
    max_iterations: int = Field(10, ge=1, le=1000)
    python: str = ""
    """The target's interpreter; empty lets it be found."""
    tests_dir: str = ""
    """Where new tests go; empty follows the target's conventions."""
    test_style: Literal["", "pytest", "unittest"] = ""
    """How new tests are written; empty follows the tests that are there."""
    branch: Literal["current", "session"] = "current"
    """Commit on the branch that is checked out, or on `itc/<session>`."""
    case_limit_s: float = Field(60.0, gt=0, allow_inf_nan=False)
    """No sign of life from a test for that long ends it."""
    budget_s: float = Field(0, ge=0, allow_inf_nan=False)
    """Seconds for the search of a plan; 0 lets the size of the package decide."""
    max_tests: int = Field(0, ge=0)
    """At most so many cases in a plan; 0 lets the size of the package decide."""
    repeats: int = Field(10, ge=1, le=100)
    """How often a case must hold before it is accepted."""
    lang: Literal["", "en", "zh"] = ""
    """Language of the interface; empty follows what was used last, else the locale."""
    theme: str = ""
    """Of the application; empty is what was used last."""
    reduced_motion: bool = False
    bell: bool = True
    """Ring when the person is needed and seems to be away."""
    notify: Literal["auto", "terminal", "desktop", "off"] = "auto"
    """By which way the person is told so elsewhere than on our screen."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Command (`workbench.step`) → its keys, by commas; what may stand here the screen knows."""

    @field_validator("keys", mode="before")
    @classmethod
    def _flat(cls, keys: object) -> object:
        """`[keys.workbench] step = "x"` and lists of keys mean the same as the short way."""
        return dict(_flattened(keys)) if isinstance(keys, Mapping) else keys


class Source(StrEnum):
    """The layers, the lowest first."""

    DEFAULT = "default"
    USER = "user"
    PROJECT = "project"
    ENVIRONMENT = "environment"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source sets, typed, and nothing that it leaves open."""

    source: Source
    place: str
    """Where a person would go to change it."""
    values: Mapping[str, Any]
    unknown: tuple[str, ...] = ()
    """Keys that are no settings; only the user's file may have such."""


class Misfit(Exception):
    """A value that a setting cannot take: the kind of fault, and the bound that it breaks."""

    def __init__(self, kind: str, bound: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.bound = bound


def user_file() -> Path:
    return Path(platformdirs.user_config_dir("itc-tui", appauthor=False)) / "settings.toml"


def load_settings(
    root: Path, flags: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> Settings:
    """Flags that were not given are None, and leave what stands below them."""
    return settled(load_layers(root, flags, environment))


def load_layers(
    root: Path, flags: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> tuple[Layer, ...]:
    variables = os.environ if environment is None else environment
    own = _toml(user_file())
    known = {name: value for name, value in own.items() if name in Settings.model_fields}
    given = {key: value for key, value in flags.items() if value is not None}
    return (
        _layer(Source.DEFAULT, "defaults", Settings().model_dump()),
        # Another version of itc may share the file; it is ours to read, not to police.
        _layer(Source.USER, str(user_file()), known, tuple(own.keys() - known.keys())),
        _layer(Source.PROJECT, "[tool.itc] in pyproject.toml", _tool_table(root)),
        _layer(Source.ENVIRONMENT, "the environment", _from_environment(variables)),
        _layer(Source.FLAG, "the command line", given),
    )


def settled(layers: Sequence[Layer]) -> Settings:
    """The higher layer decides; keys do so one by one."""
    merged: dict[str, Any] = {}
    for layer in layers:
        keys = {**merged.get("keys", {}), **layer.values.get("keys", {})}
        merged |= {**layer.values, "keys": keys}
    return Settings.model_validate(merged)


def understood(name: str, value: object) -> Any:
    """What a setting makes of a value, which may be as it was typed."""
    try:
        return getattr(Settings.model_validate({name: value}), name)
    except ValidationError as error:
        first = error.errors()[0]
        bound = next(iter(first.get("ctx", {}).values()), "")
        shown = f"{bound:g}" if isinstance(bound, (int, float)) else str(bound)
        raise Misfit(first["type"], shown, first["msg"]) from error


def notes_on(layers: Sequence[Layer]) -> list[str]:
    """One sentence for each key of the user's file that sets nothing."""
    told = []
    for layer in layers:
        for name in sorted(layer.unknown):
            like = difflib.get_close_matches(name, Settings.model_fields, n=1)
            hint = f"; is {like[0]} meant?" if like else "."
            told.append(f"“{name}” in {layer.place} is no setting, and nothing comes of it{hint}")
    return told


def _layer(
    source: Source, place: str, raw: Mapping[str, Any], unknown: tuple[str, ...] = ()
) -> Layer:
    try:
        read = Settings.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise Trouble(
            f"The setting “{key}” from {place} cannot be used: {first['msg']}. "
            f"Known settings are: {', '.join(Settings.model_fields)}."
        ) from error
    return Layer(source, place, {name: getattr(read, name) for name in raw}, unknown)


def _flattened(keys: Mapping[Any, Any], before: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for name, value in keys.items():
        if isinstance(value, Mapping):
            flat += _flattened(value, f"{before}{name}.")
        elif isinstance(value, (list, tuple)):
            flat.append((f"{before}{name}", ",".join(map(str, value))))
        else:
            flat.append((f"{before}{name}", value))
    return flat


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read: {error}. Mend it or take it away.") from error


def _tool_table(root: Path) -> dict[str, Any]:
    table = _toml(_project_file(root)).get("tool", {}).get("itc", {})
    if not isinstance(table, dict):
        raise Trouble("[tool.itc] in pyproject.toml is not a table; write it as one.")
    return table


def _project_file(root: Path) -> Path:
    """The nearest above a folder of a git repository; one may stand anywhere in it."""
    above = [root.resolve(), *root.resolve().parents]
    top = next((path for path in above if (path / ".git").exists()), above[0])
    within = (path / "pyproject.toml" for path in above[: above.index(top) + 1])
    return next((file for file in within if file.is_file()), root / "pyproject.toml")


def _from_environment(variables: Mapping[str, str]) -> dict[str, Any]:
    known = {f"{_PREFIX}{name.upper()}": name for name in Settings.model_fields if name != "keys"}
    return {known[key]: value for key, value in variables.items() if key in known and value}

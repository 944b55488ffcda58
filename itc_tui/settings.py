"""Settings: defaults < user file < [tool.itc] of the target < environment < flags; then frozen."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import platformdirs

from itc_tui.domain.fitting import Bounds, Misfit, choices_of, fitted
from itc_tui.domain.trouble import Trouble

DEFAULT_SESSIONS_DIR = ".workflow/.integration-test"
_PREFIX = "ITC_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a value must be to stand here, `fitted` sees to; nothing else makes one from outside."""

    sessions_dir: str = DEFAULT_SESSIONS_DIR
    """Relative to the target's root, or absolute."""
    engine: str = "builtin"
    """The chain of engines in order, by commas; `builtin` always stands at its end."""
    max_iterations: Annotated[int, Bounds(least=1, most=1000)] = 10
    python: str = ""
    """The target's interpreter; empty lets it be found."""
    tests_dir: str = ""
    """Where new tests go; empty follows the target's conventions."""
    test_style: Literal["", "pytest", "unittest"] = ""
    """How new tests are written; empty follows the tests that are there."""
    branch: Literal["current", "session"] = "current"
    """Commit on the branch that is checked out, or on `itc/<session>`."""
    case_limit_s: Annotated[float, Bounds(above=0)] = 60.0
    """No sign of life from a test for that long ends it."""
    budget_s: Annotated[float, Bounds(least=0)] = 0.0
    """Seconds for the search of a plan; 0 lets the size of the package decide."""
    max_tests: Annotated[int, Bounds(least=0)] = 0
    """At most so many cases in a plan; 0 lets the size of the package decide."""
    repeats: Annotated[int, Bounds(least=1, most=100)] = 10
    """How often a case must hold before it is accepted."""
    workers: Annotated[int, Bounds(least=0, most=16)] = 0
    """Processors to keep busy while code is observed; 0: those that there are, at most four."""
    lang: Literal["", "en", "zh"] = ""
    """Language of the interface; empty follows what was used last, else the locale."""
    theme: str = ""
    """Of the application; empty is what was used last."""
    reduced_motion: bool = False
    bell: bool = True
    """Ring when the person is needed and seems to be away."""
    notify: Literal["auto", "terminal", "desktop", "off"] = "auto"
    """By which way the person is told so elsewhere than on our screen."""
    keys: dict[str, str] = field(default_factory=dict)
    """Command (`workbench.step`) → its keys, by commas; what may stand here the screen knows."""


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
    known = {name: value for name, value in own.items() if name in _kinds()}
    given = {key: value for key, value in flags.items() if value is not None}
    return (
        _layer(Source.DEFAULT, "defaults", asdict(Settings())),
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
    return Settings(**merged)


def names() -> tuple[str, ...]:
    """Of all settings, as they are declared."""
    return tuple(_kinds())


def choices(name: str) -> tuple[Any, ...]:
    """All values that a setting can have; empty where there are too many to list."""
    return choices_of(_kinds()[name])


def understood(name: str, value: object) -> Any:
    """What a setting makes of a value, which may be as it was typed; else a `Misfit`."""
    return fitted(_kinds()[name], _flat(value) if name == "keys" else value)


def notes_on(layers: Sequence[Layer]) -> list[str]:
    """One sentence for each key of the user's file that sets nothing."""
    told = []
    for layer in layers:
        for name in sorted(layer.unknown):
            like = difflib.get_close_matches(name, names(), n=1)
            hint = f"; is {like[0]} meant?" if like else "."
            told.append(f"“{name}” in {layer.place} is no setting, and nothing comes of it{hint}")
    return told


def _layer(
    source: Source, place: str, raw: Mapping[str, Any], unknown: tuple[str, ...] = ()
) -> Layer:
    values: dict[str, Any] = {}
    for name in names():
        if name in raw:
            try:
                values[name] = understood(name, raw[name])
            except Misfit as misfit:
                key = f"{name}.{misfit.part}" if misfit.part else name
                raise _refusal(key, place, str(misfit)) from misfit
    for name in raw:
        if name not in values:
            raise _refusal(name, place, "Extra inputs are not permitted")
    return Layer(source, place, values, unknown)


def _refusal(key: str, place: str, why: str) -> Trouble:
    return Trouble(
        f"The setting “{key}” from {place} cannot be used: {why}. "
        f"Known settings are: {', '.join(names())}."
    )


@cache
def _kinds() -> Mapping[str, Any]:
    """Setting → what it may hold."""
    return get_type_hints(Settings, include_extras=True)


def _flat(keys: object) -> object:
    """`[keys.workbench] step = "x"` and lists of keys mean the same as the short way."""
    return dict(_flattened(keys)) if isinstance(keys, Mapping) else keys


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
    known = {f"{_PREFIX}{name.upper()}": name for name in names() if name != "keys"}
    return {known[key]: value for key, value in variables.items() if key in known and value}

"""Settings: defaults < user file < [tool.itc] of the target < environment < flags; then frozen."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

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
    case_limit_s: float = Field(60.0, gt=0)
    """No sign of life from a test for that long ends it."""
    budget_s: float = Field(0, ge=0)
    """Seconds for the search of a plan; 0 lets the size of the package decide."""
    max_tests: int = Field(0, ge=0)
    """At most so many cases in a plan; 0 lets the size of the package decide."""
    repeats: int = Field(10, ge=1, le=100)
    """How often a case must hold before it is accepted."""
    lang: str = ""
    """Language of the interface: `en`, `zh`; empty follows the locale."""
    theme: str = ""
    reduced_motion: bool = False


def user_file() -> Path:
    return Path(platformdirs.user_config_dir("itc-tui", appauthor=False)) / "settings.toml"


def load_settings(
    root: Path, flags: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> Settings:
    """Flags that were not given are None, and leave what stands below them."""
    variables = os.environ if environment is None else environment
    layers: list[tuple[str, dict[str, Any]]] = [
        (str(user_file()), _toml(user_file())),
        ("[tool.itc] in pyproject.toml", _tool_table(root)),
        ("the environment", _from_environment(variables)),
        ("the command line", {key: value for key, value in flags.items() if value is not None}),
    ]
    merged: dict[str, Any] = {}
    for source, layer in layers:
        _check(source, layer)
        merged |= layer
    return Settings.model_validate(merged)


def _check(source: str, layer: dict[str, Any]) -> None:
    try:
        Settings.model_validate(layer)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise Trouble(
            f"The setting “{key}” from {source} cannot be used: {first['msg']}. "
            f"Known settings are: {', '.join(Settings.model_fields)}."
        ) from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read: {error}. Mend it or take it away.") from error


def _tool_table(root: Path) -> dict[str, Any]:
    table = _toml(root / "pyproject.toml").get("tool", {}).get("itc", {})
    if not isinstance(table, dict):
        raise Trouble("[tool.itc] in pyproject.toml is not a table; write it as one.")
    return table


def _from_environment(variables: Mapping[str, str]) -> dict[str, Any]:
    known = {f"{_PREFIX}{name.upper()}": name for name in Settings.model_fields}
    return {known[key]: value for key, value in variables.items() if key in known and value}

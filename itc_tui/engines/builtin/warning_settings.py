"""What the target's pytest settings make of warnings: which are errors, and which are let be."""

from __future__ import annotations

import configparser
import re
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_INI_FILES = (("pytest.ini", "pytest"), ("tox.ini", "pytest"), ("setup.cfg", "tool:pytest"))
_SETTINGS = ("filterwarnings", "addopts")


def warning_filters(root: Path) -> list[str]:
    """As pytest takes them, `error` or `ignore:text:Kind`; of two that fit, the later counts."""
    settings = _settings(root)
    filters = settings.get("filterwarnings", ())
    rows = filters.splitlines() if isinstance(filters, str) else map(str, filters)
    return [row.strip() for row in rows if row.strip()] + _on_the_command_line(
        settings.get("addopts", ())
    )


def _on_the_command_line(options: Any) -> list[str]:
    try:
        words = shlex.split(options, comments=True) if isinstance(options, str) else list(options)
    except ValueError:
        return []
    found, is_next = [], False
    for word in map(str, words):
        joined = re.match(r"(?:-W|--pythonwarnings=)(.+)", word)
        if is_next or joined:
            found.append(joined[1].strip() if joined and not is_next else word)
        is_next = not is_next and word in ("-W", "--pythonwarnings")
    return found


def _settings(root: Path) -> Mapping[str, Any]:
    """Of the first file that pytest would take them from."""
    for name, section in _INI_FILES[:1]:
        if (root / name).is_file():
            return _in_ini(root / name, section)
    if (found := _in_pyproject(root / "pyproject.toml")) is not None:
        return found
    for name, section in _INI_FILES[1:]:
        if found := _in_ini(root / name, section):
            return found
    return {}


def _in_pyproject(file: Path) -> Mapping[str, Any] | None:
    try:
        tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("pytest")
    except (OSError, ValueError, AttributeError):
        return None
    if not isinstance(tool, dict):
        return None
    options = tool.get("ini_options", tool)
    return options if isinstance(options, dict) else None


def _in_ini(file: Path, section: str) -> Mapping[str, Any]:
    reader = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        reader.read_string(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, configparser.Error):
        return {}
    if not reader.has_section(section):
        return {}
    given = dict(reader.items(section))
    # A line that is commented out is none of them.
    return {
        name: "\n".join(row for row in text.splitlines() if not row.lstrip().startswith(("#", ";")))
        for name, text in given.items()
        if name in _SETTINGS and text
    }

"""What a project's own files say: pyproject.toml, setup.cfg, and pytest's settings."""

from __future__ import annotations

import configparser
import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_NAME_IN_INFO = re.compile(r"^Name: *(\S+)", re.MULTILINE)
_NAME_IN_SETUP = re.compile(r"""\bname\s*=\s*["']([A-Za-z0-9._-]+)["']""")
NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)")


@dataclass(frozen=True)
class PytestSettings:
    """The few of pytest's settings that decide where tests are and what they can import."""

    file: str = ""
    testpaths: tuple[str, ...] = ()
    pythonpath: tuple[str, ...] = ()
    python_files: tuple[str, ...] = ("test_*.py", "*_test.py")
    python_functions: tuple[str, ...] = ("test",)
    python_classes: tuple[str, ...] = ("Test",)
    addopts: tuple[str, ...] = ()
    """What every run is given besides its own arguments."""
    required_plugins: tuple[str, ...] = ()


def is_project(folder: Path) -> bool:
    return any((folder / name).is_file() for name in PROJECT_FILES)


def pyproject_of(folder: Path) -> Mapping[str, Any]:
    """The parsed pyproject.toml; empty when it is absent or broken."""
    try:
        return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def table(tree: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """A nested table, or an empty one where the path leads nowhere."""
    found: Any = tree
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def ini_of(file: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, configparser.Error):
        return configparser.ConfigParser(interpolation=None)
    return parser


def project_name(folder: Path) -> str:
    tree = pyproject_of(folder)
    names = (table(tree, "project").get("name"), table(tree, "tool", "poetry").get("name"))
    return next((name for name in names if isinstance(name, str)), folder.name)


def names_of_project(folder: Path) -> tuple[str, ...]:
    """All that a person may call it; a distribution is seldom named as what it installs."""
    names = [
        project_name(folder),
        ini_of(folder / "setup.cfg").get("metadata", "name", fallback=""),
    ]
    for file, pattern in (("PKG-INFO", _NAME_IN_INFO), ("setup.py", _NAME_IN_SETUP)):
        try:
            text = (folder / file).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        names += pattern.findall(text)[:1]
    return tuple(dict.fromkeys(name.strip() for name in (*names, folder.name) if name.strip()))


def requirements_of(folder: Path) -> tuple[str, ...]:
    """Names of what the project declares to need, leaving out what only some platforms do."""
    tree = pyproject_of(folder)
    declared = table(tree, "project").get("dependencies", ())
    wanted = [line for line in declared if isinstance(line, str)]
    wanted += [
        name
        for name, how in table(tree, "tool", "poetry", "dependencies").items()
        if name != "python" and not (isinstance(how, Mapping) and how.get("optional"))
    ]
    install = ini_of(folder / "setup.cfg").get("options", "install_requires", fallback="")
    wanted += install.splitlines()
    if not wanted:
        wanted = _lines_of(folder / "requirements.txt")
    plain = [
        line for line in wanted if ";" not in line and not line.lstrip().startswith(("-", "#"))
    ]
    names = (match.group(1) for line in plain if "://" not in line and (match := NAME.match(line)))
    return tuple(dict.fromkeys(normalised(name) for name in names))


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pytest_settings(root: Path) -> PytestSettings:
    """From the file that pytest itself would take, in its order."""
    for name in ("pytest.toml", ".pytest.toml"):
        if (root / name).is_file():
            try:
                tree = tomllib.loads((root / name).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                tree = {}
            return _settings(name, table(tree, "pytest"))
    for name, section in (("pytest.ini", "pytest"), (".pytest.ini", "pytest")):
        if (root / name).is_file():
            return _settings(name, _section(root / name, section))
    tool = table(pyproject_of(root), "tool", "pytest")
    if tool:
        return _settings("pyproject.toml", table(tool, "ini_options") or tool)
    for name, section in (("tox.ini", "pytest"), ("setup.cfg", "tool:pytest")):
        if found := _section(root / name, section):
            return _settings(name, found)
    return PytestSettings()


def _section(file: Path, name: str) -> Mapping[str, Any]:
    parser = ini_of(file)
    return dict(parser[name]) if parser.has_section(name) else {}


def _settings(file: str, found: Mapping[str, Any]) -> PytestSettings:
    return PytestSettings(
        file=file,
        testpaths=_words(found.get("testpaths", ())),
        pythonpath=_words(found.get("pythonpath", ())),
        python_files=_words(found.get("python_files", ())) or PytestSettings.python_files,
        python_functions=_words(found.get("python_functions", ()))
        or PytestSettings.python_functions,
        python_classes=_words(found.get("python_classes", ())) or PytestSettings.python_classes,
        addopts=_words(found.get("addopts", ())),
        required_plugins=_words(found.get("required_plugins", ())),
    )


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        try:
            return tuple(shlex.split(value))
        except ValueError:
            return tuple(value.split())
    return tuple(str(part) for part in value) if isinstance(value, (list, tuple)) else ()


def _lines_of(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []

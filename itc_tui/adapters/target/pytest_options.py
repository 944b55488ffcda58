"""What the target's pytest settings ask for and its environment does not have."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from itc_tui.adapters.target.interpreter_probe import Answer
from itc_tui.adapters.target.project_files import PytestSettings, normalised

_LONG = re.compile(r"--[a-zA-Z][\w-]*")
_SHORT = re.compile(r"-[a-zA-Z]")
_MOST_SOURCES = 2000
_PROFILE = "--hypothesis-profile"
_USUAL_PROFILES = frozenset({"default", "ci"})

#: Which distribution brings an option, for the advice; others are told by the option alone.
_BROUGHT_BY: Mapping[str, str] = {
    "asyncio": "pytest-asyncio",
    "benchmark": "pytest-benchmark",
    "black": "pytest-black",
    "cov": "pytest-cov",
    "dist": "pytest-xdist",
    "doctest-plus": "pytest-doctestplus",
    "doctest-rst": "pytest-doctestplus",
    "ds": "pytest-django",
    "flake8": "pytest-flake8",
    "html": "pytest-html",
    "hypothesis": "hypothesis",
    "instafail": "pytest-instafail",
    "isort": "pytest-isort",
    "mypy": "pytest-mypy",
    "numprocesses": "pytest-xdist",
    "nbval": "nbval",
    "pydocstyle": "pytest-pydocstyle",
    "pylint": "pytest-pylint",
    "randomly": "pytest-randomly",
    "random-order": "pytest-random-order",
    "reruns": "pytest-rerunfailures",
    "ruff": "pytest-ruff",
    "self-contained": "pytest-html",
    "timeout": "pytest-timeout",
    "n": "pytest-xdist",
}


@dataclass(frozen=True)
class Lacking:
    """Options and plugins without which pytest refuses to start."""

    options: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """What is left of the settings' own arguments."""
    profiles: tuple[str, ...] = ()
    """Of the options, those that name a profile of Hypothesis' which nothing registers."""

    def __bool__(self) -> bool:
        return bool(self.options or self.plugins)

    def environment(self) -> Iterator[tuple[str, str]]:
        """What lets pytest start all the same: its settings without what it does not know."""
        words = [os.environ.get("PYTEST_ADDOPTS", "")]
        if self.options:
            words.append("-o " + shlex.quote(f"addopts={shlex.join(self.kept)}"))
        if self.plugins:
            words.append("-o required_plugins=")
        if self:
            yield "PYTEST_ADDOPTS", " ".join(word for word in words if word)

    def advice(self, settings: PytestSettings, python: str) -> Iterator[str]:
        if not self:
            return
        unknown = [option for option in self.options if option not in self.profiles]
        for profile in self.profiles:
            yield (
                f"{settings.file} asks pytest for {profile}, which no source here registers with"
                " Hypothesis, so your own pytest does not start here; our runs leave it out."
            )
        if not (unknown or self.plugins):
            return
        wanted = dict.fromkeys((*self.plugins, *_brought(tuple(unknown))))
        asked = ", ".join((*unknown, *self.plugins))
        bring = f" Run `{python} -m pip install {' '.join(wanted)}`." if wanted else ""
        yield (
            f"{settings.file} asks pytest for {asked}, which no installed plugin knows, so your own"
            f" pytest does not start here; our runs leave it out.{bring}"
        )


def names_of(settings: PytestSettings) -> tuple[str, ...]:
    """The options, each without its value."""
    return tuple(dict.fromkeys(name for word in settings.addopts if (name := _name_of(word))))


def lacking(root: Path, settings: PytestSettings, answer: Answer) -> Lacking:
    """Nothing where all is there, or where there is no pytest to speak of."""
    if not answer.pytest_version:
        return Lacking()
    unknown = {option for option in answer.unknown_options if not _is_added_here(root, option)}
    missing = [name for name in settings.required_plugins if not _has(answer, name)]
    kept: list[str] = []
    gone: list[str] = []
    profiles: list[str] = []
    is_value = False
    for word, following in zip(settings.addopts, (*settings.addopts[1:], "")):
        is_option = word.startswith("-")
        if is_option and _name_of(word) in unknown:
            gone.append(word)
            is_value = "=" not in word
        elif _name_of(word) == _PROFILE and not _is_registered(root, word, following):
            gone.append(word)
            profiles.append(word)
            is_value = "=" not in word
        elif is_option or not is_value:
            kept.append(word)
            is_value = False
    return Lacking(tuple(gone), tuple(missing), tuple(kept), tuple(profiles))


def _is_registered(root: Path, word: str, following: str) -> bool:
    """Hypothesis brings some profiles itself; a conftest mostly registers the others."""
    profile = word.partition("=")[2] or following
    if profile in _USUAL_PROFILES:
        return True
    call = re.compile(rf"register_profile\(\s*(?:name\s*=\s*)?['\"]{re.escape(profile)}['\"]")
    return any(call.search(text) for text in _texts(root))


def _name_of(word: str) -> str:
    found = _LONG.match(word) or _SHORT.match(word)
    return found[0] if found else ""


def _brought(options: tuple[str, ...]) -> Iterator[str]:
    for option in options:
        name = _name_of(option).lstrip("-")
        yield from (
            brings
            for start, brings in _BROUGHT_BY.items()
            if name == start or (len(start) > 1 and name.startswith(start + "-"))
        )


def _has(answer: Answer, plugin: str) -> bool:
    found = re.match(r"[\w.-]+", plugin)
    return found is not None and normalised(found[0]) in answer.installed


def _is_added_here(root: Path, option: str) -> bool:
    """By a conftest, or by a plugin that the target itself is."""
    quoted = re.compile(rf"['\"]{re.escape(option)}['\"]")
    return any("addoption" in text and quoted.search(text) for text in _texts(root))


def _texts(root: Path) -> Iterator[str]:
    for path in _sources(root):
        try:
            yield path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue


def _sources(root: Path) -> Iterator[Path]:
    skipped = {".git", ".venv", "venv", "node_modules", "site-packages", ".tox", "__pycache__"}
    count = 0
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in skipped)
        for file in sorted(files):
            if file.endswith(".py"):
                count += 1
                if count > _MOST_SOURCES:
                    return
                yield Path(folder, file)

"""The target: found, examined, read."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from itc_tui.adapters.example_repository import make_example_repository
from itc_tui.adapters.target.doctor import doctor_facts
from itc_tui.adapters.target.library import TargetLibrary
from itc_tui.adapters.target.target_python import detect_target, nearest_project
from itc_tui.demo.scratch import MODULE as DEMO_MODULE
from itc_tui.demo.scratch import make_example
from itc_tui.domain.target import Fact, Target
from itc_tui.domain.trouble import TargetTrouble, Trouble
from itc_tui.settings import Settings, load_settings
from itc_tui.wiring.preferences import settings_fact

__all__ = [
    "DEMO_MODULE",
    "detected",
    "examine",
    "lay_out_example",
    "module_names",
    "prepared",
    "root_of",
    "sessions_root",
    "source_text",
]


def prepared(root: Path, flags: Mapping[str, Any]) -> tuple[Settings, Target]:
    settings = load_settings(root, flags)
    target = detected(root, settings)
    if not target.python or not target.pytest_version:
        wrong = " ".join(target.problems) or "No interpreter with pytest was found."
        raise TargetTrouble(f"{wrong} `itc doctor` shows the whole picture.")
    if not target.packages:
        raise TargetTrouble(
            f"No Python package or module was found in {target.root}; "
            "name the folder of a Python repository."
        )
    return settings, target


def detected(root: Path, settings: Settings) -> Target:
    target = detect_target(root, settings.python or None, settings.tests_dir or None)
    if not settings.test_style:
        return target
    return target.but(conventions=target.conventions.but(style=settings.test_style))


def root_of(folder: Path) -> Path:
    """Where the target lies: enough to read its sessions, and nothing is asked of it."""
    if not folder.is_dir():
        raise TargetTrouble(f"{folder} is not a folder; name the repository to look into.")
    return nearest_project(folder.resolve())


def sessions_root(root: Path, settings: Settings) -> Path:
    return root / settings.sessions_dir


def examine(root: Path, flags: Mapping[str, Any]) -> tuple[Fact, ...]:
    settings = load_settings(root, flags)
    return (*doctor_facts(detected(root, settings)), settings_fact(root, flags))


def module_names(root: Path, flags: Mapping[str, Any]) -> tuple[str, ...]:
    """For completing what a person types; read from the source alone."""
    target = detected(root, load_settings(root, flags))
    return tuple(sorted(dict(TargetLibrary(target).sources())))


def source_text(root: Path, path: str) -> str:
    """A file of the target for the preview; nothing outside of it."""
    top = root_of(root)
    file = (top / path).resolve()
    if not file.is_relative_to(top) or not file.is_file():
        raise Trouble(f"{path} is not in {top}; it was moved or taken away since.")
    return file.read_text(encoding="utf-8", errors="replace")


def lay_out_example(folder: Path | None) -> Path:
    """The bundled example as a git repository of its own."""
    where = folder or Path(tempfile.mkdtemp(prefix="itc-demo-")) / "shop"
    return make_example_repository(make_example(where))

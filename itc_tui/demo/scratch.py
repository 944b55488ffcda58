"""Lays the bundled example out in a folder of its own."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from itc_tui.domain.trouble import TargetTrouble

MODULE = "shop"
"""What a person would type to have the example tested."""


def make_example(folder: Path) -> Path:
    """Copy the example into `folder`, which must be new or empty; returns it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TargetTrouble(
            f"{folder} is not empty; name a new folder to have the example put there."
        )
    _copy(files("itc_tui.demo") / "shop", folder)
    return folder


def _copy(source: Traversable, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for item in source.iterdir():
        if item.name in _LEFT_BEHIND:
            continue
        if item.is_dir():
            _copy(item, folder / item.name)
        else:
            (folder / item.name).write_bytes(item.read_bytes())


#: Installing compiles the package, the example with it; running its tests leaves a cache.
_LEFT_BEHIND = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache"}

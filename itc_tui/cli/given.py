"""What a command is given: repository, module, flags, and whether there is a terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from itc_tui.domain.trouble import Trouble


def place(module: str | None, path: Path | None) -> tuple[Path, str | None]:
    root = path or Path()
    if module is not None and path is None and _is_repository(Path(module)):
        root, module = Path(module), None
    if not root.is_dir():
        raise Trouble(f"{root} is not a folder; name the folder of a Python repository.")
    return root, module


def _is_repository(path: Path) -> bool:
    return path.is_dir() and any((path / name).exists() for name in (".git", "pyproject.toml"))


def flags(options: dict[str, Any]) -> dict[str, Any]:
    names = (
        "max_iterations",
        "engine",
        "sessions_dir",
        "python",
        "budget_s",
        "max_tests",
        "lang",
    )
    return {name: options[name] for name in names if options.get(name) is not None}


def has_screen() -> bool:
    """A terminal that can be painted on: one that calls itself dumb would show only codes."""
    return has_terminal() and (_is_served() or os.environ.get("TERM") != "dumb")


def has_terminal() -> bool:
    """Somebody can be asked."""
    return _is_served() or (sys.stdin.isatty() and sys.stdout.isatty())


def _is_served() -> bool:
    """A browser stands where the terminal would; Textual is told so by this name."""
    return "WebDriver" in os.environ.get("TEXTUAL_DRIVER", "")

"""The repository under test, and the world it runs in."""

from __future__ import annotations

from itc_tui.domain.conventions import Conventions
from itc_tui.domain.record import Record


class Target(Record):
    root: str
    """Absolute path of the repository (or of the folder, where there is no git)."""
    python: str = ""
    """Absolute path of the target's own interpreter; empty when none was found."""
    python_version: str = ""
    found_by: str = ""
    """How the interpreter was found: `.venv`, `$VIRTUAL_ENV`, `poetry`, `settings` …"""
    pytest_version: str = ""
    """Empty when the interpreter has no pytest."""
    source_roots: tuple[str, ...] = (".",)
    """Folders that hold packages, relative to the root: `src`, `.`."""
    packages: tuple[str, ...] = ()
    """Top-level import names found under the source roots."""
    names: tuple[str, ...] = ()
    """What the project is called besides: by its own files, and by its folder."""
    tests_dir: str = "tests/integration"
    """Where integration tests go, by the target's conventions."""
    test_file_name: str = "test_{}.py"
    """How the target's pytest wants test files to be named: `test_{}.py` or `{}_test.py`."""
    environment: tuple[tuple[str, str], ...] = ()
    """Variables to add when its pytest runs."""
    left_out_options: tuple[str, ...] = ()
    """Of its pytest settings, what nothing installed knows; our runs do without."""
    problems: tuple[str, ...] = ()
    """What is missing, each with what to do about it."""
    plugins: tuple[str, ...] = ()
    """pytest plugins of its interpreter, with versions: `pytest-asyncio 1.2.0`."""
    conventions: Conventions = Conventions()
    """How its tests are written."""
    installed: tuple[str, ...] = ()
    """Names of the distributions its interpreter has, in lower case with hyphens."""
    plugged: tuple[tuple[str, str, str, str], ...] = ()
    """Entry points of these distributions: group, name, value, distribution; no scripts."""


class Fact(Record):
    """One line of what was detected, for `itc doctor` and the start screen."""

    label: str
    value: str = ""
    ok: bool = True
    advice: str = ""
    """What to do about it; empty where nothing needs doing."""

"""The first paint waits for nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pytest", "git", "tree_sitter", "markdown_it", "pydantic", "tomlkit", "grimp", "psutil")


def test_the_application_is_there_before_anything_heavy_is_loaded() -> None:
    script = f"import itc_tui.ui.app, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_session_is_shown_before_what_knows_its_records_is_loaded() -> None:
    rooms = "itc_tui.ui.app, itc_tui.ui.screens.replay, itc_tui.ui.first_view, itc_tui.application"
    script = f"import {rooms}, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_settings_and_what_the_screens_may_ask_of_the_world_cost_next_to_nothing() -> None:
    script = "import sys, pathlib; from itc_tui.application import outside_of; "
    script += "from itc_tui.settings import load_settings; from itc_tui.ui.look import Look; "
    script += "Look.of(load_settings(pathlib.Path(), {})); outside_of(pathlib.Path(), {}); "
    script += f"print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

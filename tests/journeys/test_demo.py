"""The bundled example, from no integration tests to a committed suite that shows its two bugs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from itc_tui.domain.trouble import ExitCode

#: Where the two faults are, and a change of one of these files takes each away.
FAULTY = {"src/shop/config.py", "src/shop/store.py"}


@pytest.mark.slow
def test_a_good_run_finds_both_planted_bugs_and_accuses_nothing_else(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    done = subprocess.run(
        [sys.executable, "-m", "itc_tui", "demo", "--plain", str(shop)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )

    assert done.returncode == ExitCode.PRODUCT_BUGS, done.stdout
    state = state_of(shop)
    promises = [finding["contract"] for finding in state["findings"]]
    accused = {file for file in FAULTY if any(file in promise for promise in promises)}
    assert accused == FAULTY, done.stdout
    assert all(any(file in promise for file in FAULTY) for promise in promises), promises
    red = {failure["test"] for failure in state["iterations"]["latest_results"]["failures"]}
    assert red == {finding["test"] for finding in state["findings"]}
    assert git(shop, "status", "--porcelain", "src") == ""
    assert "test(integration): generate integration tests for shop" in git(shop, "log")


def state_of(shop: Path) -> dict[str, Any]:
    [file] = shop.glob(".workflow/.integration-test/*/state.json")
    state: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return state


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout

"""One run of the command on a repository, from nothing to its end, and what it left."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIMIT_S = 900


@dataclass(frozen=True)
class WholeRun:
    topic: str
    root: Path
    exit_code: int
    said: str
    state: dict[str, Any]

    @property
    def promises(self) -> list[str]:
        return [str(finding["contract"]) for finding in self.state["findings"]]

    @property
    def found_in(self) -> set[str]:
        return {str(finding["test"]) for finding in self.state["findings"]}

    @property
    def red(self) -> set[str]:
        latest = self.state["iterations"]["latest_results"]
        return {str(failure["test"]) for failure in latest["failures"]}

    @property
    def flaky(self) -> list[str]:
        return [str(name) for name in self.state["flaky"]]

    @property
    def crossed_share(self) -> float:
        metrics = self.state["summary"]["test_metrics"]
        covered, total = (
            metrics["integration_points_covered"],
            metrics["integration_points_total"],
        )
        return float(covered) / float(total)

    @property
    def test_names(self) -> list[str]:
        return [str(case["node_id"]) for case in self.state["test_inventory"]["cases"]]


def run_whole(root: Path, topic: str, python: Path | None = None) -> WholeRun:
    """`itc -y TOPIC`, printed line by line."""
    chosen = ["--python", str(python)] if python else []
    done = subprocess.run(
        [sys.executable, "-m", "itc_tui", "-y", topic, str(root), "--plain", *chosen],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
    [file] = root.glob(".workflow/.integration-test/*/state.json")
    state: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return WholeRun(topic, root, done.returncode, done.stdout, state)

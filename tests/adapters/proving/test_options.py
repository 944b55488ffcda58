"""The proof's own pytest runs stand, whatever the target's settings make of warnings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from itc_tui.adapters.proving import inside

RUN = """
import sys
import loudplug  # as code of the target does, before the fork
import itc_cases, pytest
tree = sys.argv[1]
sys.exit(pytest.main([*itc_cases.options(tree), tree]))
"""


def test_a_plugin_that_was_loaded_early_stops_no_run_where_warnings_are_errors(
    tmp_path: Path,
) -> None:
    installed, tree = tmp_path / "installed", tmp_path / "tree"
    about = installed / "loudplug-1.0.dist-info"
    about.mkdir(parents=True)
    tree.mkdir()
    (installed / "loudplug.py").write_text("", encoding="utf-8")
    (about / "METADATA").write_text("Name: loudplug\nVersion: 1.0\n", encoding="utf-8")
    (about / "RECORD").write_text("loudplug.py,,\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[pytest11]\nloudplug = loudplug\n", encoding="utf-8")
    (tree / "pytest.ini").write_text(
        "[pytest]\nfilterwarnings = error::pytest.PytestAssertRewriteWarning\n", encoding="utf-8"
    )
    (tree / "test_it.py").write_text("def test_it(): assert True\n", encoding="utf-8")
    path = os.pathsep.join((str(installed), str(Path(next(iter(inside.__path__))))))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tree)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

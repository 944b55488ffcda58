"""The proof starts pytest with the target's own settings, however strict they are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from itc_tui.adapters import proving

INSIDE = Path(proving.__file__).parent / "inside"
SCRIPT = """
import sys
import strict_plugin, pytest
from itc_cases import options
sys.exit(pytest.main([*options(sys.argv[1]), sys.argv[1]]))
"""


def test_a_plugin_that_was_loaded_ahead_is_no_error_where_warnings_are_errors(
    tmp_path: Path,
) -> None:
    """pytest warns that it can no longer rewrite such a plugin, and would not even start."""
    site = tmp_path / "site"
    facts = site / "strict_plugin-1.0.dist-info"
    facts.mkdir(parents=True)
    (site / "strict_plugin.py").touch()
    (facts / "METADATA").write_text("Name: strict-plugin\nVersion: 1.0\n", encoding="utf-8")
    (facts / "RECORD").write_text("strict_plugin.py,,\n", encoding="utf-8")
    entry = "[pytest11]\nstrict = strict_plugin\n"
    (facts / "entry_points.txt").write_text(entry, encoding="utf-8")
    tree = tmp_path / "tree"
    tree.mkdir()
    settings = (
        "[tool.pytest.ini_options]\nfilterwarnings = ['error::pytest.PytestAssertRewriteWarning']\n"
    )
    (tree / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tree / "test_it.py").write_text("def test_it():\n    assert 1 + 1 == 2\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tree)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(INSIDE)])},
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

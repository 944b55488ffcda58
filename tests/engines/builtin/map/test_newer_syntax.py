"""Files in a newer Python than ours are read by the target's own interpreter."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.explore import build_index
from itc_tui.engines.builtin.map.newer_syntax import read_by
from tests.engines.builtin.map.shops import crossings, written

NEWER: dict[str, str | bytes] = {
    "shop/__init__.py": "",
    "shop/store.py": """
        class Store[T]:
            def save(self, row: T) -> T: return row
        type Stores = dict[str, Store[int]]
    """,
    "shop/orders.py": """
        from shop.store import Store, Stores
        def place[T](store: Store[T]): store.save(1)
        def pick(all: Stores): all["a"].save(f"{"x" + "y"}")
    """,
    "shop/broken.py": "def f(:\n",
}


def newer_python() -> str:
    """An interpreter of 3.12 or later, where the machine has one that runs."""
    for minor in (12, 13, 14):
        found = shutil.which(f"python3.{minor}")
        if found:
            told = subprocess.run(
                [found, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True
            )
            if told.returncode == 0:
                return told.stdout.strip()
    return ""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="our own Python reads it")
def test_the_targets_interpreter_reads_what_ours_cannot(tmp_path: Path) -> None:
    python = newer_python()
    if not python:
        pytest.skip("no newer Python on this machine")
    target = written(tmp_path, NEWER).but(python=python)
    index = build_index(target, tmp_path / "cache")
    assert [line.partition(":")[0] for line in index.unreadable] == ["shop/broken.py"]
    assert crossings(index) == {
        ("shop.orders.place", "shop.store.Store.save"),
        ("shop.orders.pick", "shop.store.Store.save"),
    }
    again = build_index(target.but(python=""), tmp_path / "cache")
    assert (again.parsed, again.edges) == (0, index.edges), "it is remembered like the others"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="our own Python reads it")
def test_without_such_an_interpreter_the_files_are_listed(tmp_path: Path) -> None:
    index = build_index(written(tmp_path, NEWER), None)
    assert len(index.unreadable) == 3
    assert all("line" in line for line in index.unreadable)


@pytest.mark.parametrize("python", ["", "/nowhere/python", "/bin/false", "/bin/echo"])
def test_an_interpreter_that_does_not_answer_changes_nothing(python: str) -> None:
    assert read_by(python, [("m", False, b"x = 1\n")]) == [""]


def test_nothing_of_the_target_runs_when_its_interpreter_reads(tmp_path: Path) -> None:
    source = b"import os\nos.mkdir('ran')\ndef f(): ...\n"
    link = tmp_path / "python"
    link.symlink_to(sys.executable)
    answers = read_by(str(link), [("m", False, source)])
    assert not isinstance(answers[0], str)
    assert "f" in answers[0].functions
    assert not list(tmp_path.rglob("ran"))

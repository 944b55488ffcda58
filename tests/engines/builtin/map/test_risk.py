"""Risks come with reasons that a person agrees with."""

from __future__ import annotations

import subprocess
from pathlib import Path

from itc_tui.domain.words import Level
from itc_tui.engines.builtin.map.churn import changes_per_file
from tests.engines.builtin.map.shops import explored, written

BRANCHES = "\n".join(f"    if row == {number}: return {number}" for number in range(12))
SHOP: dict[str, str | bytes] = {
    "shop/__init__.py": "",
    "shop/store.py": f"import sqlite3\ndef save(row):\n    sqlite3.connect('x')\n{BRANCHES}\n",
    "shop/names.py": "def title(text): return text.title()\n",
    "shop/orders.py": "from shop.store import save\nfrom shop.names import title\n"
    "def place(): save(title('x'))\n",
    "shop/baskets.py": "from shop.store import save\ndef fill(): save(1)\n",
    "shop/reports.py": "from shop.store import save\ndef print_all(): save(2)\n",
    "tests/test_names.py": "from shop.names import title\ndef test_title(): assert title('x')\n",
}


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b", *words],
        cwd=root,
        check=True,
        capture_output=True,
    )


def committed(root: Path, times: int, path: str) -> None:
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    for number in range(times):
        with (root / path).open("a") as file:
            file.write(f"# {number}\n")
        git(root, "commit", "-qam", f"change {number}")


def test_the_store_that_all_use_and_nobody_tests_is_the_first_risk(tmp_path: Path) -> None:
    areas = {one.area: one for one in explored(tmp_path, SHOP).risk_areas}
    assert next(iter(areas)) == "shop.store"
    store = areas["shop.store"]
    assert store.priority is Level.HIGH
    assert store.reason.split("; ") == [
        "3 modules call it (3 calls)",
        "save has 13 paths",
        "reaches sqlite3",
        "no existing test enters it",
    ]
    assert areas["shop.names"].priority is not Level.HIGH
    assert "no existing test" not in areas["shop.names"].reason


def test_what_changes_often_is_a_reason(tmp_path: Path) -> None:
    written(tmp_path, SHOP)
    committed(tmp_path, 3, "shop/orders.py")
    assert changes_per_file(tmp_path)["shop/orders.py"] == 4
    areas = {one.area: one for one in explored(tmp_path, SHOP).risk_areas}
    assert "changed in 4 of the last commits" in areas["shop.orders"].reason


def test_churn_is_counted_below_the_root_of_the_repository_too(tmp_path: Path) -> None:
    written(tmp_path / "deep" / "er", SHOP)
    committed(tmp_path, 1, "deep/er/shop/store.py")
    assert changes_per_file(tmp_path / "deep" / "er")["shop/store.py"] == 2


def test_without_git_nothing_is_said_about_churn(tmp_path: Path) -> None:
    exploration = explored(tmp_path, SHOP)
    assert changes_per_file(tmp_path) == {}
    assert any("no git history" in line for line in exploration.assumptions)


def test_settings_of_a_foreign_repository_run_nothing(tmp_path: Path) -> None:
    written(tmp_path, SHOP)
    committed(tmp_path, 0, "shop/store.py")
    trap = tmp_path / "trap.sh"
    trap.write_text("#!/bin/sh\ntouch " + str(tmp_path / "sprung") + "\n")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program"):
        git(tmp_path, "config", name, str(trap))
    git(tmp_path, "config", "log.showSignature", "true")
    assert changes_per_file(tmp_path)["shop/store.py"] == 1
    assert not (tmp_path / "sprung").exists()

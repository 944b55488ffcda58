"""The example is copied whole, and nowhere over somebody's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.demo.scratch import make_example
from itc_tui.domain.trouble import TargetTrouble

BUNDLED = Path(__file__).parents[2] / "itc_tui" / "demo" / "shop"


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.endswith("_cache") for part in path.parts)
        if "__pycache__" not in path.parts
    }


def test_the_copy_is_what_is_bundled(tmp_path: Path) -> None:
    copy = make_example(tmp_path / "new" / "shop")
    assert copy == tmp_path / "new" / "shop"
    assert texts(copy) == texts(BUNDLED)
    assert {"pyproject.toml", "README.md", ".gitignore", "src/shop/app.py"} <= set(texts(copy))


def test_caches_of_an_installed_package_stay_behind(tmp_path: Path) -> None:
    copy = make_example(tmp_path / "shop")
    assert [path for path in copy.rglob("*") if path.name in {"__pycache__", ".pytest_cache"}] == []


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert make_example(tmp_path) == tmp_path


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(TargetTrouble, match="is not empty"):
        make_example(tmp_path)
    assert texts(tmp_path) == {"mine.txt": b"mine"}


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(TargetTrouble, match="is not empty"):
        make_example(tmp_path / "mine.txt")

"""The preview of a source: of the target's own files, and in words where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.domain.trouble import Trouble
from itc_tui.wiring.target import source_text


@pytest.mark.parametrize("path", ["src/gone.py", "../outside.py", "src"])
def test_what_is_not_there_is_told_instead_of_an_empty_page(tmp_path: Path, path: str) -> None:
    root = tmp_path / "shop"
    (root / "src").mkdir(parents=True)
    (root / "pyproject.toml").touch()
    (tmp_path / "outside.py").write_text("secret = 1\n")
    with pytest.raises(Trouble, match=r"is not in .*; it was moved or taken away since\."):
        source_text(root, path)


def test_what_is_there_is_shown(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "shop.py").write_text("price = 3\n")
    assert source_text(tmp_path, "shop.py") == "price = 3\n"

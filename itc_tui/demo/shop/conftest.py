"""Tests and examples leave no files behind."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written to the working directory goes to a fresh folder."""
    monkeypatch.chdir(tmp_path)

"""A court room for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.builtin.promises.court_room import CourtRoom


@pytest.fixture
def court(tmp_path: Path) -> CourtRoom:
    return CourtRoom(tmp_path)

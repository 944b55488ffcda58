from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.little_repository import LittleRepository


@pytest.fixture
def repository(tmp_path: Path) -> LittleRepository:
    return LittleRepository(tmp_path)

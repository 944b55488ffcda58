"""A session that the screen begins: a new one, or today's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from itc_tui.application import outside_of
from tests.journeys.journey import shop_at


@pytest.mark.parametrize(("is_new", "begun"), [(False, 1), (True, 2)])
def test_a_session_of_today_is_gone_on_with_unless_a_new_one_is_wanted(
    tmp_path: Path, is_new: bool, begun: int
) -> None:
    root = shop_at(tmp_path / "shop").root
    shelf = root / ".workflow" / ".integration-test"
    for _ in range(2):
        launch = outside_of(root, {"python": sys.executable}, is_new=is_new).launch
        assert launch is not None
        steps = launch("cart").journey()
        next(steps)
        steps.close()
    names = sorted(one.name for one in shelf.iterdir() if one.is_dir())
    assert names == [names[0], f"{names[0]}-2"][:begun]

"""Children work side by side, as many as there are hands, and each is heard to its end."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from itc_tui.engines.builtin.inside.batches import Say, side_by_side


def test_no_more_are_at_work_than_there_are_hands_and_none_is_left_out(tmp_path: Path) -> None:
    def work(tell: Say) -> None:
        mine = tmp_path / str(os.getpid())
        mine.touch()
        tell({"at_work": len(list(tmp_path.iterdir()))})
        mine.unlink()

    rows = list(side_by_side([work] * 7, at_once=2))
    assert {row["at_work"] for _, row in rows if "at_work" in row} <= {1, 2}
    assert sorted(place for place, row in rows if "spent" in row) == list(range(7))


def test_who_dies_holds_up_nobody() -> None:
    def dies(tell: Say) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def lives(tell: Say) -> None:
        tell({"lives": True})

    rows = list(side_by_side([dies, lives, dies, lives], at_once=1))
    assert [place for place, row in rows if row.get("died") == "crashed"] == [0, 2]
    assert [place for place, row in rows if "lives" in row] == [1, 3]

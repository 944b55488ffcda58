"""Boxes at work at once share nothing to write, and end together."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.adapters.boxing.side_by_side import processors
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import Stopped
from itc_tui.ports import BoxOrder, BoxReport, StopSwitch
from tests.fakes.pulled_meanwhile import PulledMeanwhile

MEETING = """
import itc_box, os, pathlib, socket, tempfile, time
me = itc_box.payload
pathlib.Path("notes.txt").write_text(me)
pathlib.Path(os.environ["HOME"], "mine").write_text(me)
pathlib.Path(tempfile.gettempdir(), "mine").write_text(me)
here = socket.socket()
try:
    here.bind(("127.0.0.1", 47811))
except OSError:
    itc_box.send({"taken": me})
itc_box.send({"began": me})
end = time.monotonic() + 10
sight = pathlib.Path(itc_box.arguments[0])
while me == "waits" and time.monotonic() < end and not sight.exists():
    time.sleep(0.01)
found = {p.read_text() for p in (pathlib.Path("notes.txt"),
         pathlib.Path(os.environ["HOME"], "mine"), pathlib.Path(tempfile.gettempdir(), "mine"))}
itc_box.send({"found": sorted(found), "tree": itc_box.root})
"""


@pytest.fixture
def target(tmp_path: Path) -> Target:
    person = tmp_path / "person"
    person.mkdir()
    (person / "notes.txt").write_text("theirs", encoding="utf-8")
    return Target(root=str(person), python=sys.executable)


@pytest.fixture
def stop() -> StopSwitch:
    return StopSwitch()


@pytest.fixture
def box(target: Target, stop: StopSwitch, tmp_path: Path) -> Iterator[ScratchBox]:
    with ScratchBox(target, stop, hands=2, parent=tmp_path) as made:
        yield made


def ordered(folder: Path, text: str, payload: Any = None, **order: Any) -> BoxOrder:
    script = folder / f"script{len(list(folder.glob('script*')))}.py"
    script.write_text(text, encoding="utf-8")
    return BoxOrder(script=str(script), payload=payload, **order)


def all_of(
    box: ScratchBox, *orders: BoxOrder, sight: Path | None = None
) -> tuple[list[list[dict[str, Any]]], tuple[BoxReport, ...]]:
    """`sight`: is there when the second has said what it found."""
    told: list[list[dict[str, Any]]] = [[] for _ in orders]
    run = box.run_all(orders)
    while True:
        try:
            place, message = next(run)
        except StopIteration as end:
            return told, end.value
        told[place].append(message)
        if sight and place == 1 and "found" in message:
            sight.touch()


def test_two_at_once_do_not_meet(box: ScratchBox, tmp_path: Path) -> None:
    """One waits until the other is over: neither its files nor its ports are the other's."""
    sight = tmp_path / "sight"
    orders = [
        ordered(tmp_path, MEETING, name, arguments=(str(sight),)) for name in ("waits", "goes")
    ]
    told, reports = all_of(box, *orders, sight=sight)
    last = [rows[-1] for rows in told]
    assert [row["found"] for row in last] == [["waits"], ["goes"]]
    assert last[0]["tree"] == box.tree != last[1]["tree"]
    if all(report.walls.network == "namespace" for report in reports):
        assert not any("taken" in message for rows in told for message in rows)


def test_reports_stand_in_the_order_of_the_orders(box: ScratchBox, tmp_path: Path) -> None:
    """However many there are, and whichever is over first; and each has its box each time."""
    text = "import itc_box, sys, time\ntime.sleep(itc_box.payload / 10)\n"
    text += "itc_box.send({'tree': itc_box.root})\nsys.exit(itc_box.payload)\n"
    orders = [ordered(tmp_path, text, number) for number in (3, 1, 2)]
    told, reports = all_of(box, *orders)
    assert [report.exit_code for report in reports] == [3, 1, 2]
    trees = [rows[0]["tree"] for rows in told]
    assert trees[0] == trees[2] == box.tree != trees[1]
    again, _ = all_of(box, *orders)
    assert again == told


def test_with_one_hand_they_follow_one_another(target: Target, tmp_path: Path) -> None:
    text = "import itc_box, time\nitc_box.send({'at': time.monotonic()})\ntime.sleep(0.1)\n"
    text += "itc_box.send({'at': time.monotonic()})\n"
    with ScratchBox(target, hands=1, parent=tmp_path) as box:
        (first, second), _ = all_of(box, *[ordered(tmp_path, text)] * 2)
    assert first[-1]["at"] < second[0]["at"]


def test_who_needs_the_memory_of_all_is_run_again_alone(box: ScratchBox, tmp_path: Path) -> None:
    """Half of 160 MB is too little for it, and all of it is enough."""
    text = "import itc_box, time\nheld = bytearray(itc_box.payload)\ntime.sleep(0.5)\n"
    text += "itc_box.send({'held': len(held)})\n"
    orders = [ordered(tmp_path, text, size, memory_mb=160) for size in (1, 90_000_000)]
    told, reports = all_of(box, *orders)
    assert [report.is_clean for report in reports] == [True, True]
    assert told[1] == [{"held": 90_000_000}]


@pytest.mark.parametrize("how", ["stopped", "left"])
def test_all_are_gone_within_a_second(
    box: ScratchBox, stop: StopSwitch, tmp_path: Path, how: str
) -> None:
    text = "import itc_box, os, time\nitc_box.send({'pid': os.getpid()})\ntime.sleep(60)\n"
    run = box.run_all([ordered(tmp_path, text)] * 2)
    pids = [next(run)[1]["pid"], next(run)[1]["pid"]]
    began = time.monotonic()
    if how == "left":
        run.close()
    else:
        threading.Thread(target=stop.pull).start()
        with pytest.raises(Stopped):
            next(run)
    assert time.monotonic() - began < 1.0
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_a_stop_that_comes_while_a_box_begins_is_heard(target: Target, tmp_path: Path) -> None:
    with ScratchBox(target, PulledMeanwhile(), parent=tmp_path) as box:
        began = time.monotonic()
        with pytest.raises(Stopped):
            next(box.run(ordered(tmp_path, "import time\ntime.sleep(60)\n")))
        assert time.monotonic() - began < 30


def test_there_is_one_worker_for_each_processor_that_may_be_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for count, expected in ((1, 1), (2, 2), (64, 4)):
        chosen = set(range(count))
        monkeypatch.setattr("os.sched_getaffinity", lambda _pid, own=chosen: own, raising=False)
        assert processors() == expected

"""Budgets count the time that is ours: a busy machine takes none of it away."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.own_time import PATIENCE, Allowance, Clock, Purse, own_time
from itc_tui.engines.builtin.inside.seatbelt import OutOfTime, fastened


class Hands:
    """Those of a clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize("times_slower", [1.0, 2.0, 7.0])
def test_an_allowance_holds_as_many_turns_on_a_busy_machine_as_on_a_quiet_one(
    times_slower: float,
) -> None:
    own, wall = Hands(), Hands()
    allowance = Allowance(2.0, own, wall)
    turns = 0
    while not allowance.is_spent:
        turns += 1
        own.at += 0.25
        wall.at += 0.25 * times_slower
    assert turns == 8


def test_an_allowance_ends_on_the_wall_when_our_own_time_hardly_passes() -> None:
    own, wall = Hands(), Hands()
    allowance = Allowance(2.0, own, wall)
    wall.at += 2.0 * PATIENCE - 0.5
    assert allowance.left_s == 2.0
    wall.at += 0.5
    assert allowance.is_spent


def test_a_purse_is_emptied_by_what_its_workers_spend_or_else_by_the_wall() -> None:
    wall = Hands()
    purse = Purse(10.0, wall)
    purse.pay(6.0)
    wall.at += 10.0 * PATIENCE - 1.0
    assert purse.left_s == 4.0
    wall.at += 1.0
    assert purse.left_s == 0.0
    busy = Purse(10.0, wall)
    busy.pay(12.0)
    assert busy.left_s == 0.0


def work_for_ever(clock: Clock) -> None:
    with fastened(0.02, clock):
        while True:
            time.sleep(0.001)


def test_an_alarm_waits_for_who_was_kept_from_running() -> None:
    class OthersAtFirst:
        """Nothing of our own time passes before the fourth look."""

        looks = 0

        def __call__(self) -> float:
            self.looks += 1
            return 0.0 if self.looks < 4 else 1.0

    clock = OthersAtFirst()
    with pytest.raises(OutOfTime):
        work_for_ever(clock)
    assert clock.looks == 4


def test_who_sleeps_spends_time_like_who_computes() -> None:
    before, wall = own_time(), time.monotonic()
    with pytest.raises(OutOfTime), fastened(0.05):
        time.sleep(30)
    assert 0.04 < own_time() - before <= time.monotonic() - wall + 0.001


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the kernel does not tell")
def test_the_time_of_a_child_can_be_read_until_it_is_reaped() -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(reading, 1)
        os._exit(0)
    before = own_time(child)
    os.write(writing, b"!")
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    ended = own_time(child)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)
    assert before <= ended < before + 30

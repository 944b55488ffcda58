"""Faults are tried by processor time: what others take of the machine costs no proof."""

from __future__ import annotations

import pytest

from itc_tui.adapters.proving.inside.itc_budget import PATIENCE, Budget, processor_s


class Hands:
    """Those of a clock that is moved by hand."""

    at = 7.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize("times_slower", [1.0, 2.5])
def test_as_many_faults_are_tried_on_a_busy_machine(times_slower: float) -> None:
    processor, wall = Hands(), Hands()
    budget, tried = Budget(10.0, processor, wall), 0
    while budget.left_s > 0:
        tried += 1
        processor.at += 2.0
        wall.at += 2.0 * times_slower
    assert tried == 5


def test_cases_that_only_wait_end_on_the_wall() -> None:
    processor, wall = Hands(), Hands()
    budget = Budget(10.0, processor, wall)
    wall.at += 10.0 * PATIENCE
    assert budget.left_s <= 0
    assert budget.wall_left_s == 0.0


def test_the_processor_time_of_this_process_is_counted() -> None:
    before = processor_s()
    while processor_s() == before:  # it passes in ticks
        pass
    assert processor_s() > before

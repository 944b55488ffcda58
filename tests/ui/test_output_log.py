"""The log grows for ever, costs little, and stays as it was for whoever holds an old one."""

from __future__ import annotations

import pytest

from itc_tui.ui.output_log import CHUNK, KEPT, OutputLog


def test_lines_are_found_by_number_over_any_number_of_chunks() -> None:
    log = OutputLog()
    for start in range(0, 5000, 7):
        log = log.plus([f"line {number}" for number in range(start, start + 7)])
    assert [log[number] for number in (0, 1023, 1024, 4999)] == [
        f"line {number}" for number in (0, 1023, 1024, 4999)
    ]
    assert list(log.between(1020, 1030)) == [f"line {number}" for number in range(1020, 1030)]


def test_an_older_log_is_not_changed_by_what_comes_after() -> None:
    before = OutputLog().plus(["a"])
    before.plus(["b"])
    assert list(before.between(0, 10)) == ["a"]


def test_the_oldest_lines_are_forgotten_and_counted() -> None:
    log = OutputLog().plus(["x"] * (KEPT + 3 * CHUNK))
    assert KEPT <= len(log) < KEPT + CHUNK
    assert len(log) + log.dropped == KEPT + 3 * CHUNK


def test_a_line_beyond_the_end_is_an_error() -> None:
    with pytest.raises(IndexError):
        OutputLog().plus(["a"])[1]

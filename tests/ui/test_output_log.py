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


def test_what_is_packed_comes_back_letter_by_letter() -> None:
    hostile = ["", "测试 \x00\x1b[31m", "half \udc80", "\r\t\u2028", "x" * 10_000] * 300
    log = OutputLog().plus(hostile[:700]).plus(hostile[700:])
    assert list(log.between(0, len(log))) == hostile
    assert log[1023] == hostile[1023]


def test_a_line_that_holds_a_break_stays_one_line() -> None:
    lines = ["a\nb"] + ["c"] * CHUNK
    log = OutputLog().plus(lines)
    assert (len(log), log[0], log[1]) == (CHUNK + 1, "a\nb", "c")


def test_the_next_match_is_found_forward_and_back_and_round_the_end() -> None:
    lines = [f"line {number}" for number in range(3 * CHUNK + 10)]
    log = OutputLog().plus(lines)

    def found(needle: str, here: int, direction: int) -> int | None:
        return log.find(needle, lambda line: needle in line.split(), here, direction)

    assert found("2000", 10, 1) == found("2000", 10, -1) == 2000
    assert found("5", 5, 1) == found("5", 5, -1) == 5, "round to itself"
    assert (found("line", 7, 1), found("line", 7, -1)) == (8, 6)
    assert (found("line", len(log) - 1, 1), found("line", 0, -1)) == (0, len(log) - 1)
    assert found("nowhere", 0, 1) is None

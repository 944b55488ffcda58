"""The threads that read a run's streams."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from itc_tui.adapters.running.feeds import EventFeed, OutputFeed

FULL = Path("/dev/full")


def fed(text: bytes, log_file: Path | None = None) -> OutputFeed:
    reading, writing = os.pipe()
    feed = OutputFeed(reading, log_file, is_continued=False)
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(text)
    feed.finish(10)
    return feed


def test_lines_that_nobody_takes_are_counted_not_kept(tmp_path: Path) -> None:
    log_file = tmp_path / "log"
    feed = fed(b"".join(b"line %d\n" % number for number in range(50_000)), log_file)
    first, *rest = feed.take_lines()
    assert first == "[… 30,000 lines are only in the log …]"
    assert (len(rest), rest[-1]) == (20_000, "line 49999")
    assert log_file.read_text().count("\n") == 50_000
    assert feed.take_lines() == ()


def test_an_escape_sequence_or_a_letter_cut_by_the_pipe_is_still_one() -> None:
    reading, writing = os.pipe()
    feed = OutputFeed(reading, None, is_continued=False)
    # Each write is a read of its own: the feed is waiting for it, or has not yet come to it.
    for part in (b"a\x1b", b"[3", b"1mb ", b"\xc3", b"\xa9\n", b"no newline"):
        os.write(writing, part)
    os.close(writing)
    feed.finish(10)
    assert feed.take_lines() == ("ab é", "no newline")


def test_what_is_no_event_is_passed_over() -> None:
    reading, writing = os.pipe()
    feed = EventFeed(reading, time.monotonic)
    os.write(writing, b'{"event": "start"}\nnoise\n[1]\n\xff\n{"event": "end"}\n{"event": "cu')
    os.close(writing)
    feed.join(10)
    assert feed.take(1) == [{"event": "start"}, {"event": "end"}]
    assert feed.take(0) == []
    assert feed.is_at_end


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
def test_a_disk_that_is_full_costs_the_log_and_not_the_run() -> None:
    """Who is not read any more cannot print either: each test would fail of our own log."""
    feed = fed(b"".join(b"line %d\n" % number for number in range(20_000)), FULL)
    assert feed.take_lines()[-1] == "line 19999"

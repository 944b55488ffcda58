"""The time on the bar is that of the work."""

from __future__ import annotations

from itc_tui.ui.stopwatch import Stopwatch


def test_the_time_that_a_person_takes_to_answer_is_not_counted() -> None:
    """Else it stood still over the question and leapt by all of it after the answer."""
    now = [100.0]
    watch = Stopwatch(lambda: now[0])
    assert watch.shown == "0:00"
    watch.run()
    now[0] += 50
    watch.run()
    assert watch.shown == "0:50"
    watch.hold()
    now[0] += 600
    assert watch.shown == "0:50"
    watch.hold()
    watch.run()
    now[0] += 15
    assert watch.shown == "1:05"
    now[0] += 3600
    assert watch.shown == "1:01:05"

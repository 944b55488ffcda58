"""What stands below the tests: which run this is, how a rerun went, what changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from itc_tui.domain.touched import Touched
from itc_tui.ui.commands import commands_of
from itc_tui.ui.text import plain
from itc_tui.ui.view import RunView
from itc_tui.ui.widgets.output_tail import OutputTail
from itc_tui.ui.words import say, say_or, told


def raw_remarks(raw: OutputTail, *, is_counting: bool) -> Iterator[str]:
    yield say("tests.raw")
    if raw.needle and not is_counting:
        yield say("tests.matches", count=raw.match_count())
    if raw.wraps:
        yield say("tests.wraps")
    if not raw.follows:
        yield say("tests.scrolled")


def run_remarks(run: RunView) -> Iterator[str]:
    if run.is_rerun:
        passed = run.finished - run.failed
        if run.is_running:
            stop = commands_of("stop")[0].key
            yield say("tests.rerunning", finished=run.finished, total=len(run.cases), stop=stop)
        else:
            yield say("tests.reran", passed=passed, total=len(run.cases))
    elif run.purpose and run.iteration:
        purpose = say_or(f"run.{run.purpose}", plain(told(run.purpose)))
        yield f"{purpose} · {say('word.iteration')} {run.iteration}"


def rerun_remarks(touched: Touched, *, watches: bool) -> Iterator[str]:
    if touched.files:
        yield changed_words(touched)
    if watches:
        yield say("tests.watching")


def changed_words(touched: Touched) -> str:
    """What changed, and which key runs what it touches."""
    said = say("tests.changed", files=files_words(touched.files))
    if not touched.names:
        return said
    key = commands_of("rerun_changed")[0].key
    return f"{said}, {say('tests.key_reruns', pressed=key, count=len(touched.tests) or 1)}"


def files_words(files: tuple[str, ...]) -> str:
    """The first by its name, and how many more."""
    first = plain(PurePosixPath(files[0]).name)
    more = len(files) - 1
    return say("tests.and_more", first=first, count=more) if more else first

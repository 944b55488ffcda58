"""Long work in words: each step with its time, and how far the one that goes on has come."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from itc_tui.ui.text import plain, wrap
from itc_tui.ui.widgets.painting import Row, spread
from itc_tui.ui.words import say, say_or, told

if TYPE_CHECKING:
    from itc_tui.domain.events import Noted, Progressed
    from itc_tui.ui.work import Work, WorkStep

GAUGE = 10
_WIDE_ENOUGH_FOR_GAUGES = 52


def work_rows(work: Work, now: str, width: int) -> list[Row]:
    rows: list[Row] = []
    for place, step in enumerate(work.steps):
        rows += _step_rows(step, place, work.at, now, width)
    return rows


def head_row(word: str, work: Work | None) -> Row:
    """What is made, and which of its steps goes on."""
    head = say(f"under_way.{word}")
    if work is None or work.at < 0:
        return ((head, "strong"),)
    step = say("under_way.step", number=work.at + 1, total=len(work.steps))
    return ((head, "strong"), (f"  {step}", "dim"))


def progress_rows(progress: Progressed, width: int) -> list[Row]:
    """Where no steps are known, the last that was told is all there is."""
    return [
        spread(
            (("◉ ", "accent"), (plain(told(progress.what)), "")), _amount(progress, width), width
        )
    ]


def note_rows(notes: tuple[Noted, ...], width: int, most: int = 4) -> list[Row]:
    """The last things noted, each on as many lines as it needs."""
    rows: list[Row] = []
    for note in notes[-most:]:
        sign, paint = ("·", "dim") if note.level == "info" else ("!", "warn")
        first, *rest = wrap(plain(told(note.text)), width - 2)
        rows.append(((f"{sign} ", paint), (first, paint)))
        rows += [((f"  {line}", paint),) for line in rest]
    return rows


def _step_rows(step: WorkStep, place: int, at: int, now: str, width: int) -> list[Row]:
    words = say_or(f"work.{step.name}", plain(told(step.name)))
    if not step.began_at:
        sign = "–" if place < at else "○"
        return [((f"{sign} {words}", "faint"),)]
    if place < at or step.ended_at:
        time = _seconds(step.began_at, step.ended_at)
        return [spread((("✓ ", "good"), (words, "dim")), ((time, "faint"),), width)]
    amount = _amount(step.progress, width) or ((_seconds(step.began_at, now), "dim"),)
    row = spread((("◉ ", "accent"), (words, "strong")), amount, width)
    return [row, *_details(step, width)]


def _details(step: WorkStep, width: int) -> list[Row]:
    """What it tells of itself, and what has come of it."""
    what = step.progress.what if step.progress else ""
    parts = [plain(told(part)) for part in (what if what != step.name else "", step.found) if part]
    return [((f"  {line}", "dim"),) for line in wrap(" · ".join(parts), width - 2) if line]


def _amount(progress: Progressed | None, width: int) -> Row:
    if progress is None or not progress.total:
        return ()
    done = min(progress.done, progress.total)
    word = "under_way.seconds" if progress.is_timed else "under_way.amount"
    amount = say(word, done=f"{done:,}", total=f"{progress.total:,}")
    if width < _WIDE_ENOUGH_FOR_GAUGES:
        return ((amount, "dim"),)
    return ((f"{gauge(done / progress.total, GAUGE)} ", "accent"), (amount, "dim"))


def what_of(progress: Progressed) -> str:
    """A step that begins is told by its name alone, which has words of its own."""
    if progress.what == progress.step:
        return say_or(f"work.{progress.step}", plain(progress.step))
    return plain(told(progress.what))


def gauge(share: float, width: int) -> str:
    """Filled by eighths, so that small steps show."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    full, rest = divmod(eighths, 8)
    bar = "█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")
    return bar + "·" * (width - len(bar))


def _seconds(since: str, until: str) -> str:
    """Between two times with zone; nothing where one of them is not known."""
    try:
        took = (datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds()
    except (ValueError, TypeError):
        return ""
    minutes, seconds = divmod(max(0, int(took)), 60)
    return f"{minutes}:{seconds:02d}" if minutes else f"{seconds} s"

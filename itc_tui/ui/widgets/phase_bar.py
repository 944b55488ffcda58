"""The two lines on top: where in the six phases, what the loop does, how much passes."""

from __future__ import annotations

from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.mood import Mood
from itc_tui.ui.text import cut, plain
from itc_tui.ui.view import PHASES, View
from itc_tui.ui.widgets.painting import (
    Row,
    shortened,
    spread,
    to_strip,
    width_of,
)
from itc_tui.ui.widgets.paints import paints_of
from itc_tui.ui.words import say
from itc_tui.ui.work_rows import gauge, what_of

MOOD_SIGNS = {
    Mood.IDLE: ("○", "dim"),
    Mood.BUSY: ("●", "accent"),
    Mood.ASKING: ("◆", "warn"),
    Mood.PAUSING: ("‖", "warn"),
    Mood.PAUSED: ("‖", "warn"),
    Mood.STOPPING: ("■", "warn"),
    Mood.STOPPED: ("■", "warn"),
    Mood.DONE: ("✓", "good"),
    Mood.FAILED: ("✗", "bad"),
}
"""A sign as well as a colour for each mood."""


class PhaseBar(Widget):
    view: reactive[View] = reactive(View, repaint=False)
    mood: reactive[Mood] = reactive(Mood.IDLE)
    remark: reactive[str] = reactive("")
    """What to add to the mood: a replay's place, a key to answer with."""
    elapsed: reactive[str] = reactive("", repaint=False)
    doing: reactive[str] = reactive("")
    """What is done for the person beside the loop: for that long it stands for the mood."""

    def watch_view(self, before: View, view: View) -> None:
        """Output that streams in changes nothing here."""
        if any(one is not other for one, other in zip(_parts(before), _parts(view))):
            self.refresh()

    def watch_elapsed(self) -> None:
        """Each second, for hours: no more than the line it stands on."""
        self.refresh(Region(0, 0, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        left, right = (
            (self._where, self._mood(max(0, width - width_of(self._where) - 2)))
            if y == 0
            else (self._phases(width), self._rate)
        )
        return to_strip(spread(left, right, width), width, self.rich_style, paints_of(self.app))

    @property
    def _where(self) -> Row:
        is_coming = self.mood is Mood.BUSY
        name = plain(self.view.module) or say("start.opening" if is_coming else "bar.no_session")
        return (("itc  ", "accent"), (name, "strong"))

    def _mood(self, width: int) -> Row:
        """What it is at gives way; the name before it and the time behind it stay."""
        sign, paint = MOOD_SIGNS[self.mood]
        row: Row = ((f"{sign} {say(f'mood.{self.mood}')}", paint),)
        progress = self.view.progress
        if self.mood is Mood.BUSY and progress and not self.remark:
            row = (*row, (f" · {what_of(progress)}", "dim"))
        if self.doing:
            row = ((f"● {plain(self.doing)}", "accent"),)
        elif self.remark:
            row = (*row, (f" · {plain(self.remark)}", "dim"))
        time: Row = ((f"  {self.elapsed}", "dim"),) if self.elapsed else ()
        return (*shortened(row, max(0, width - width_of(time))), *time)

    def _phases(self, width: int) -> Row:
        return _phase_row(self.view, self.mood, width - width_of(self._rate) - 2)

    @property
    def _rate(self) -> Row:
        """Progress alone gives way to the names of the phases: its pane shows it too."""
        rate = rate_row(self.view)
        if self.view.run.is_running or self.view.results:
            return rate
        room = self.size.width - width_of(_phase_row(self.view, self.mood, 1000)) - 2
        return rate if width_of(rate) <= room else not_written_row(self.view)


def _parts(view: View) -> tuple[object, ...]:
    inside = (view.run, view.results, view.progress, view.inventory, view.cards)
    return (view.module, view.phase, view.iteration, *inside)


def rate_row(view: View) -> Row:
    """The pass rate, with what it is a rate of, and what the plan holds beyond it."""
    results = view.results
    not_written = not_written_row(view)
    if view.run.is_running:
        run = view.run
        total = max(len(run.cases), 1)
        bar = gauge(run.finished / total, 10)
        failed: Row = ((f" ✗{run.failed}", "bad"),) if run.failed else ()
        return (
            (f"{bar} ", "accent"),
            (f"{run.finished}/{len(run.cases)}", ""),
            *failed,
            *not_written,
        )
    if view.progress and view.progress.total and not results:
        share = view.progress.done / view.progress.total
        return ((gauge(share, 10), "accent"), (f" {view.progress.done}/{view.progress.total}", ""))
    if results is None:
        return not_written
    paint = "good" if results.pass_rate >= 95 else "warn" if results.pass_rate >= 80 else "bad"
    part = say("bar.of", passed=results.passed, total=results.total)
    old: Row = ((f" · {say('bar.rate_old')}", "warn"),) if view.is_rate_old else ()
    return ((f"{results.pass_rate:g} % ", paint), (part, "dim"), *old, *not_written)


def not_written_row(view: View) -> Row:
    if not (count := view.planned_not_written):
        return ()
    return ((f" · {say('bar.unwritten', count=count)}", "warn"),)


def _phase_row(view: View, mood: Mood, width: int) -> Row:
    names = [say(f"phase.{name}") for name in PHASES]
    if view.phase == 5 and view.iteration:
        names[4] += f" {view.iteration}/{view.max_iterations}"
    row: list[tuple[str, str]] = []
    for number, name in enumerate(names, start=1):
        over = mood is Mood.DONE or number < view.phase
        is_here = number == view.phase and not over
        sign, paint = ("✓", "good") if over else ("◉", "accent") if is_here else ("○", "faint")
        row += [(f"{sign} ", paint), (name, "strong" if is_here else "dim" if over else "faint")]
        if number < len(names):
            row.append((" ─ ", "faint"))
    if width_of(tuple(row)) <= width:
        return tuple(row)
    return _short_phases(names, view.phase, mood, width)


def _short_phases(names: list[str], phase: int, mood: Mood, width: int) -> Row:
    """Only signs, and the name of the phase that we are in."""
    here = len(names) if mood is Mood.DONE else phase
    signs: list[tuple[str, str]] = [
        ("✓" if number < here or mood is Mood.DONE else "◉" if number == here else "○",
         "good" if number < here or mood is Mood.DONE else "accent" if number == here else "faint")
        for number in range(1, len(names) + 1)
    ]  # fmt: skip
    name = names[here - 1] if here else ""
    return (*signs, (cut(f" {name}", max(0, width - len(names))), "strong"))

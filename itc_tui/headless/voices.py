"""Three ways to tell a session: JSON lines, plain lines, and lines with a progress bar."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Protocol, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from itc_tui.domain.events import (
    CaseFinished,
    CaseStarted,
    Event,
    Progressed,
    RunFinished,
    RunStarted,
)
from itc_tui.headless.telling import Line, Tone, lines_for
from itc_tui.speech import told

_STYLES: dict[Tone, str] = {
    "plain": "",
    "strong": "bold",
    "good": "green",
    "bad": "red",
    "warn": "yellow",
    "dim": "dim",
}


class Voice(Protocol):
    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def tell(self, event: Event) -> None: ...


class _Open:
    """A voice without anything to open or close."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None


class JsonVoice(_Open):
    """Every event as one line of JSON, and nothing else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def tell(self, event: Event) -> None:
        self._stream.write(event.model_dump_json(by_alias=True) + "\n")
        self._stream.flush()


class PlainVoice(_Open):
    """Lines without colour, cursor movement or progress bar: for pipes and CI."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def tell(self, event: Event) -> None:
        for line in lines_for(event):
            self._stream.write(line.text + "\n")
        self._stream.flush()


class RichVoice:
    """Colour, and one bar at the bottom for whatever takes long."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, visible=False)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def tell(self, event: Event) -> None:
        for line in lines_for(event):
            self._console.print(_styled(line), soft_wrap=True)
        match event:
            case Progressed():
                self._bar(event.what, event.done, event.total)
            case RunStarted():
                self._bar(event.purpose, 0, len(event.expected))
            case CaseStarted():
                self._progress.update(self._task, description=event.node_id[-60:])
            case CaseFinished():
                self._progress.advance(self._task)
            case _ if isinstance(event, RunFinished) or lines_for(event):
                self._progress.update(self._task, visible=False)

    def _bar(self, what: str, done: int, total: int) -> None:
        self._progress.update(
            self._task, description=told(what), completed=done, total=total or None, visible=True
        )


def voice_for(stream: TextIO, *, json: bool, plain: bool) -> Voice:
    if json:
        return JsonVoice(stream)
    if plain or not stream.isatty() or os.environ.get("TERM") == "dumb" or os.environ.get("CI"):
        return PlainVoice(stream)
    return RichVoice(Console(file=stream, highlight=False, emoji=False, markup=False))


def _styled(line: Line) -> Text:
    return Text(line.text, style=_STYLES[line.tone])

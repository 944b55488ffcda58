"""Takes an iteration or a whole session back, after showing what would change; git has a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.reactive import reactive

from itc_tui.ui.commands import commands_of
from itc_tui.ui.mood import Mood
from itc_tui.ui.panes.timeline import TimelinePane
from itc_tui.ui.screens.wishes import Wishes
from itc_tui.ui.text import plain
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.events import Event
    from itc_tui.ports import Steps, StopSwitch
    from itc_tui.ports.steps import Noun
    from itc_tui.ui.loop_worker import LoopWorker
    from itc_tui.ui.outside import Outside, Revert, RevertPreview


class TakingBack(Wishes):
    """What the workbench is a kind of: one deed at a time, and none of them in the screen's way."""

    doing: reactive[str] = reactive("", repaint=False)
    """What git is at for the person now; empty while it is at nothing."""

    def __init__(self, outside: Outside) -> None:
        super().__init__(outside)
        self._at_git: LoopWorker[Any] | None = None
        self._is_taking_back = False
        """From the key to the last word, the question in between included."""

    def why_no_revert(self) -> str:
        """Empty where something may be taken back now."""
        return ""

    def hear_git(self, events: Iterable[Event]) -> None:
        """What was taken back is on the cards at once."""
        from itc_tui.ui.picture import fold_all

        self.view = fold_all(self.view, events)

    def is_free(self) -> bool:
        """Whether something else may begin; what is in its way is named."""
        if self._is_taking_back:
            self.app.notify(say("why.taking_back", stop=commands_of("stop")[0].key))
        return not self._is_taking_back

    def stop_beside(self) -> bool:
        """Whether there was something of the person's own to stop."""
        if self._at_git is None or self._at_git.mood.is_over:
            return False
        self._at_git.stop()
        return True

    def await_beside(self) -> None:
        """What it started is gone before the process is."""
        if self._at_git:
            self._at_git.join()

    def on_unmount(self) -> None:
        self.stop_beside()

    @on(TimelinePane.RevertWanted)
    @work(group="revert")
    async def _revert(self, event: TimelinePane.RevertWanted) -> None:
        preview, revert = self.outside.preview_revert, self.outside.revert
        if preview is None or revert is None:
            self.app.notify(say("revert.not_here"), severity="warning")
        elif why := self.why_no_revert():
            self.app.notify(why, severity="warning")
        elif self.is_free():
            self._is_taking_back = True
            try:
                await self._take_back(event.iteration, preview, revert)
            finally:
                self._is_taking_back = False

    async def _take_back(
        self, iteration: int, preview: Revert[RevertPreview], revert: Revert[int]
    ) -> None:
        folder = self.session_folder
        shown = await self._in_thread(
            "revert.looking", lambda stop: preview(folder, iteration, stop)
        )
        if shown is None:
            return
        if shown.refused_because:
            self.app.notify(plain(told(shown.refused_because)), severity="warning", timeout=10)
            return
        from itc_tui.ui.diffs import unified
        from itc_tui.ui.screens.confirm import Confirm

        word = "revert.title" if iteration else "revert.title_all"
        title = say(word, number=iteration)
        if not await self.app.push_screen_wait(Confirm(title, unified(shown.diff))):
            return
        count = await self._in_thread(
            "revert.at_work", lambda stop: revert(folder, iteration, stop)
        )
        if count is not None:
            self.app.notify(say("revert.done", count=count))

    async def _in_thread(self, word: str, ask: Callable[[StopSwitch], Steps[Noun]]) -> Noun | None:
        """Its noun, or None with the reason told; the screen lives on meanwhile."""
        from itc_tui.ports import StopSwitch
        from itc_tui.ui.loop_worker import LoopWorker

        heard, ours, stop = asyncio.Event(), asyncio.get_running_loop(), StopSwitch()

        def tell() -> None:
            with suppress(RuntimeError):  # the application is gone; nobody is left to hear
                ours.call_soon_threadsafe(heard.set)

        worker = self._at_git = LoopWorker(lambda: ask(stop), stop, tell)
        self.doing = say(word)
        worker.start()
        try:
            while not (news := worker.take()).mood.is_over:
                self.hear_git(news.events)
                await heard.wait()
                heard.clear()
        finally:
            self.doing = ""
        self.hear_git(news.events)
        if news.mood is Mood.STOPPED:
            self.app.notify(say("revert.stopped"))
        elif news.trouble:
            self.app.notify(plain(told(news.trouble)), severity="error", timeout=10)
        return worker.final

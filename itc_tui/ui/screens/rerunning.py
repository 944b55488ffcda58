"""Runs tests again for the person while the loop rests, and on each save where they wish so."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic, time
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.reactive import reactive

from itc_tui.domain.touched import Touched, touched_by
from itc_tui.domain.vocabulary import RERUN
from itc_tui.ui.commands import commands_of
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Outside, Rerun
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.panes.output.remarks import changed_words, files_words
from itc_tui.ui.screens.taking_back import TakingBack
from itc_tui.ui.text import plain
from itc_tui.ui.view import View
from itc_tui.ui.waking import Waking
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.events import RerunFinished
    from itc_tui.ui.disk_looker import DiskLooker
    from itc_tui.ui.loop_worker import LoopWorker, News

GATHER_S = 0.035
"""News is taken at most that often: one repaint for a burst of lines."""


class RerunNews(Message):
    """Posted from the rerun's thread; what it is stays with the worker until it is taken."""


class DiskChanged(Message):
    """Posted from the thread that looks at the disk."""


class Rerunning(TakingBack):
    """What the workbench is a kind of; a live session and a recorded one rerun alike."""

    touched: reactive[Touched] = reactive(Touched, repaint=False)
    """What was changed on disk, and no run has seen yet."""
    watches: reactive[bool] = reactive(False, repaint=False)
    """Whether a saved file runs the tests that it touches."""

    def __init__(self, outside: Outside) -> None:
        super().__init__(outside)
        self._rerun: LoopWorker[RerunFinished] | None = None
        self._before = View()
        """What stood on the screen when the rerun was asked for."""
        self._rerun_taken_at = 0.0
        self._looker: DiskLooker | None = None
        self._waking = Waking()

    def why_no_rerun(self) -> str:
        """Empty where tests may run now."""
        raise NotImplementedError

    @property
    def is_recorded(self) -> bool:
        """Whether a rerun goes on the session's record."""
        raise NotImplementedError

    @property
    def is_resting(self) -> bool:
        """The loop does nothing before the person wants it to."""
        raise NotImplementedError

    @property
    def is_written_here(self) -> bool:
        """The loop will write the session's files again."""
        raise NotImplementedError

    @property
    def is_rerunning(self) -> bool:
        return self._rerun is not None and not self._rerun.mood.is_over

    def is_free(self) -> bool:
        if self.is_rerunning:
            self.app.notify(say("why.rerunning", stop=commands_of("stop")[0].key))
        return not self.is_rerunning and super().is_free()

    def stop_beside(self) -> bool:
        if self._rerun is None or self._rerun.mood.is_over:
            return super().stop_beside()
        self._rerun.stop()
        return True

    def await_beside(self) -> None:
        super().await_beside()
        if self._rerun:
            self._rerun.join()

    def on_unmount(self) -> None:
        if self._looker:
            self._looker.stop()

    def look_at_disk(self) -> None:
        """Once it is known which session this is."""
        watch, folder = self.outside.watch, self.session_folder
        if watch and folder and not self._looker:
            from itc_tui.ui.disk_looker import DiskLooker

            self._looker = DiskLooker(lambda: watch(folder), self._hear_disk)
            self._looker.start()

    def rerun_on_save(self) -> bool:
        """Whether the saved files are seen to; while something runs they wait."""
        if not self.watches or not self.touched.names or self.why_no_rerun():
            return False
        woken_by = self._waking.those_that_wake(self.touched.files)
        if not self.is_rerunning and woken_by:
            self._begin(self.touched.names, woken_by)
        return True

    def action_rerun_changed(self) -> None:
        if self.touched.names:
            self._begin(self.touched.names)
        else:
            self.app.notify(say("why.nothing_changed"))

    def action_watch(self) -> None:
        if self.outside.watch is None:
            self.app.notify(say("rerun.not_here"), severity="warning")
            return
        self.watches = not self.watches
        self._waking = Waking()
        self.app.notify(say("watch.on" if self.watches else "watch.off"))
        self.rerun_on_save()

    @on(OutputPane.RerunWanted)
    def _grant_rerun(self, event: OutputPane.RerunWanted) -> None:
        self._begin(event.names)

    def _begin(self, names: tuple[str, ...], woken_by: tuple[str, ...] = ()) -> None:
        ask, folder = self.outside.rerun, self.session_folder
        why = self.why_no_rerun() if ask and folder else say("rerun.not_here")
        if why:
            self.app.notify(why)
            return
        if not self.is_free() or ask is None:
            return
        from itc_tui.domain.events import RunStarted
        from itc_tui.ports import StopSwitch
        from itc_tui.ui.loop_worker import LoopWorker
        from itc_tui.ui.picture import fold

        stop, wanted = StopSwitch(), Rerun(folder, names, is_recorded=self.is_recorded)
        self._forget_touched(names)
        self._waking.began(time(), woken_by)
        # At once, though the interpreter may first have to be looked for.
        self._before = self.view
        self.view = fold(self.view, RunStarted(purpose=RERUN, expected=names))
        self._rerun = LoopWorker(lambda: ask(wanted, stop), stop, self._hear_rerun)
        self._rerun.start()

    def _hear_rerun(self) -> None:
        self.post_message(RerunNews())

    @on(RerunNews)
    def _gather_rerun(self) -> None:
        wait_s = GATHER_S - (monotonic() - self._rerun_taken_at)
        if wait_s <= 0:
            self._take_rerun()
        else:
            self.set_timer(wait_s, self._take_rerun)

    def _take_rerun(self) -> None:
        if self._rerun is None:
            return
        self._rerun_taken_at = monotonic()
        news = self._rerun.take()
        if news.events:
            from itc_tui.ui.picture import fold_all

            self.view = fold_all(self.view, news.events)
        if news.mood.is_over:
            self._rerun_over(news)

    def _rerun_over(self, news: News) -> None:
        self._rerun = None
        self._waking.ended(time())
        if not self.view.run.command:  # it never came to begin
            self.view = self._before
        run = self.view.run
        if run.is_rerun and run.is_running:
            from itc_tui.domain.events import RerunFinished
            from itc_tui.ui.picture import fold

            self.view = fold(self.view, RerunFinished(was_stopped=True))
        trouble = news.trouble or (run.trouble if run.is_rerun else "")
        if news.mood is Mood.STOPPED:
            self.app.notify(say("rerun.stopped"))
        elif trouble:
            severity: SeverityLevel = "error" if news.mood is Mood.FAILED else "warning"
            self.app.notify(plain(told(trouble)), severity=severity, timeout=10)
        self.rerun_on_save()

    def _hear_disk(self) -> None:
        self.post_message(DiskChanged())

    @on(DiskChanged)
    def _tell_changes(self) -> None:
        news = self._looker.take() if self._looker else None
        if news is None:
            return
        if news.problem:
            self.app.notify(plain(told(news.problem)), severity="warning")
        for name in news.session:
            word = "state" if name.endswith(".json") else "log"
            when = "busy" if self.is_written_here else "idle"
            self.app.notify(say(f"disk.{word}_{when}"), severity="warning", timeout=10)
        self._tell_unfrozen(news.files)
        fresh = touched_by(news.files, self.view.exploration, self.view.inventory)
        if fresh.files:
            self.touched = self.touched.plus(fresh)
            held = self._waking.heard({file: news.files[file] for file in fresh.files})
            if held and self.watches:
                words = say("watch.held", files=files_words(held))
                self.app.notify(words, severity="warning", timeout=15)
            if not self.rerun_on_save():
                self._tell_touched(fresh)

    def _tell_unfrozen(self, files: Iterable[str]) -> None:
        """A test that is written and not committed yet stands in no inventory."""
        written = {file.path for file in self.view.files} if self.view.inventory is None else set()
        if changed := tuple(file for file in files if file in written):
            self.app.notify(say("disk.test_busy", files=files_words(changed)))

    def _tell_touched(self, fresh: Touched) -> None:
        if self.view.inventory is None:
            self.app.notify(say("disk.source_early", files=files_words(fresh.files)), timeout=10)
            return
        if self.is_resting:
            self.app.notify(changed_words(fresh))
            return
        mine = {file.path for file in self.view.inventory.test_files}
        is_ours = any(file in mine for file in fresh.files)
        word = "disk.test_busy" if is_ours else "disk.source_busy"
        self.app.notify(say(word, files=files_words(fresh.files)))

    def _forget_touched(self, names: tuple[str, ...]) -> None:
        """They are about to be run as they stand now."""
        if set(self.touched.tests) <= set(names):
            self.touched = Touched()

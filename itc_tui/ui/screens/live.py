"""A session that this process drives: what the loop tells, and what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from time import monotonic

from textual import on, work
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.timer import Timer
from textual.worker import get_current_worker

from itc_tui.domain.events import Event, Noted, ReportWritten, RunStarted, SessionOpened
from itc_tui.domain.questions import Question, Reply, Topic
from itc_tui.domain.touched import Touched
from itc_tui.domain.trouble import Trouble
from itc_tui.ui.asked import text_of
from itc_tui.ui.attention import AttentionWanted
from itc_tui.ui.leaving import Left
from itc_tui.ui.loop_worker import News
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Launch, Outside
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.picture import fold_all
from itc_tui.ui.run_folds import at_rest
from itc_tui.ui.screens.driven import DrivenWorkbench
from itc_tui.ui.screens.interview import Interview
from itc_tui.ui.screens.page import Page
from itc_tui.ui.screens.question import STOP
from itc_tui.ui.stopwatch import Stopwatch
from itc_tui.ui.text import plain, plain_lines, wrap
from itc_tui.ui.view import View
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.words import say, told

GATHER_S = 0.035
"""News is taken at most that often: one repaint for a burst of lines."""

KEEP_S = 0.2
"""A plan that is being changed is on disk so long after a change."""
WARNINGS_AT_ONCE = 3


class NewsArrived(Message):
    """Posted from the loop's thread; what it is stays with the worker until it is taken."""


class LiveWorkbench(DrivenWorkbench):
    def __init__(self, outside: Outside, launch: Launch, *, step_by_step: bool = False) -> None:
        super().__init__(outside, launch, step_by_step=step_by_step)
        self._trouble = ""
        self._taken_at = 0.0
        self._worked = Stopwatch()
        self._clock: Timer | None = None
        self._is_asking = self._is_recalling = False
        self._keeping: Timer | None = None
        self._asked: Question | None = None
        self._interview: Interview | None = None

    def on_mount(self) -> None:
        self._clock = self.set_interval(1.0, self._tell_time, pause=True)
        self.worker.start()

    def on_unmount(self) -> None:
        self.worker.stop()

    def leave(self) -> Left:
        """End the loop, if it runs, and tell how it ended."""
        if self.mood is Mood.ASKING and self.view.question:
            self._is_done_with(self.view.question)
        was_over = self.mood.is_over
        self.stop_beside()
        self.worker.stop()
        return Left(
            state=self.worker.final,
            was_stopped=not was_over or self.mood is Mood.STOPPED,
            has_session=bool(self.view.session_id),
            trouble=self._trouble,
        )

    def _is_done_with(self, question: Question) -> None:
        """Who leaves where only more could be wished for wishes for no more: nothing is stopped."""
        if question.topic is Topic.NEXT_STEPS:
            self.worker.answer(Reply(choice="done"))
            self.worker.join()
            self.mood = self.worker.mood

    def hear(self) -> None:
        """Messages are the safe way over from the loop's thread."""
        self.post_message(NewsArrived())

    @on(NewsArrived)
    def _gather(self) -> None:
        wait_s = GATHER_S - (monotonic() - self._taken_at)
        if wait_s <= 0:
            self._take()
        else:
            self.set_timer(wait_s, self._take)

    def _take(self) -> None:
        if self._is_recalling:
            return  # what is new stays with the worker meanwhile
        self._taken_at = monotonic()
        news = self.worker.take()
        opened = next((one for one in news.events if isinstance(one, SessionOpened)), None)
        if opened and opened.mode != "new" and not self.view.session_id:
            self._is_recalling = True
            self._recall(opened.folder, news)
        else:
            self._show_news(news)

    def _show_news(self, news: News) -> None:
        if news.events:
            self.view = fold_all(self.view, news.events)
            self._warn(news.events)
            self._note_runs(news.events)
            self.look_at_disk()
        self._set_mood(news)

    def _note_runs(self, events: Iterable[Event]) -> None:
        """A full run sees the files as they stand."""
        if any(isinstance(event, RunStarted) and event.purpose == "full" for event in events):
            self.touched = Touched()

    def why_no_rerun(self) -> str:
        if self.view.run.is_running and not (self.view.run.is_rerun or self.mood.is_over):
            return say("why.in_a_run")
        if self._is_asking:
            return say("why.asking")  # its answer may come at any moment, and the loop goes on
        return "" if self.worker.is_at_rest else say("why.at_work")

    def why_no_revert(self) -> str:
        """Its own loop keeps and reverts, and holds the session until it is over."""
        return "" if self.mood.is_over else say("why.no_revert")

    def hear_git(self, events: Iterable[Event]) -> None:
        told = tuple(events)
        super().hear_git(told)
        self._warn(told)

    @property
    def session_folder(self) -> str:
        return self.view.folder

    @property
    def is_recorded(self) -> bool:
        return True

    @property
    def is_resting(self) -> bool:
        return self.worker.is_at_rest

    @property
    def is_written_here(self) -> bool:
        return not self.worker.mood.is_over

    def _set_mood(self, news: News) -> None:
        before, self.mood = self.mood, news.mood
        question = self.view.question
        if question and question is not self._asked and news.mood in (Mood.ASKING, Mood.PAUSED):
            self._asked = question
            self._call_person(text_of(question))
            if news.mood is Mood.ASKING:
                self.ask()
        if news.mood is before:
            return
        is_paused = news.mood is Mood.PAUSED and self.view.next_up and not self.is_shown_step
        self.remark = say(f"next.{self.view.next_up}") if is_paused else ""
        if news.mood is Mood.PAUSING:
            self.remark = say("mood.will_pause")
        if self._clock:
            (self._clock.resume if news.mood.is_at_work else self._clock.pause)()
        (self._worked.run if news.mood.is_at_work else self._worked.hold)()
        self._tell_time()
        if is_paused:
            self._call_person(self.remark)
        if news.mood.is_over:
            self._over(news)
        self.rerun_on_save()

    @work(thread=True, group="recall")
    def _recall(self, folder: str, news: News) -> None:
        """A session that goes on tells only what is new; what it told before is in its file."""
        told = tuple(self.outside.read_events(folder))
        openings = [at for at, one in enumerate(told) if isinstance(one, SessionOpened)]
        before = fold_all(self.view, told[: openings[-1]] if openings else ())
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._recalled, before, news)

    def _recalled(self, before: View, news: News) -> None:
        self._is_recalling = False
        self.view = before
        self._show_news(news)
        self._take()

    def _warn(self, events: Sequence[Event]) -> None:
        """What went another way than planned is not only noted but told; the rest waits on M."""
        notes = [event for event in events if isinstance(event, Noted) and event.level != "info"]
        for note in notes[-WARNINGS_AT_ONCE:]:
            severity: SeverityLevel = "error" if note.level == "error" else "warning"
            self.app.notify(told(note.text), severity=severity, timeout=8)
        for event in events:
            if isinstance(event, ReportWritten):
                self.app.notify(f"{plain(told(event.what))}: {plain(event.path)}", timeout=15)

    def _over(self, news: News) -> None:
        self._trouble = news.trouble
        self.is_read_only = True
        self.view = at_rest(self.view)
        if news.mood is Mood.FAILED:
            self.remark = plain(told(news.trouble))
            lines = wrap(plain(told(news.trouble)), self._page_width)
            rows: list[Row] = [((line, "bad"),) for line in lines]
            rows += [(), *(((line, "dim"),) for line in plain_lines(news.details))]
            self.app.push_screen(Page(say("failed.title"), rows))
        results = self.view.results
        rate = f" {say('bar.of', passed=results.passed, total=results.total)}" if results else ""
        self._call_person(f"{say(f'over.{news.mood}')}{rate}")
        self.app.notify(say(f"over.{news.mood}"))

    def _call_person(self, why: str) -> None:
        self.post_message(AttentionWanted(f"itc · {plain(self.view.module)}", plain(why)))

    def _tell_time(self) -> None:
        self.elapsed = self._worked.shown

    @on(PlanPane.DraftChanged)
    def _offer(self, event: PlanPane.DraftChanged) -> None:
        """The next step takes it up, or the reply about the plan; leaving keeps it."""
        if not self.mood.is_over:
            self.steering.offer_plan(event.plan)
            if self._keeping is None:
                self._keeping = self.set_timer(KEEP_S, self._keep_plan)

    def _keep_plan(self) -> None:
        """So that it is there even if this process is killed; the disk may take its time."""
        self._keeping = None
        self.run_worker(self._write_plan, group="draft", description="keep", thread=True)

    def _write_plan(self) -> None:
        with suppress(Trouble):  # what is wrong with the disk is told by the next step
            self.steering.keep_plan()

    @work(group="question")
    async def ask(self) -> None:
        question = self.view.question
        if question is None or self._is_asking:
            return
        if question.topic is Topic.PLAN:
            self.show_pane("plan")
        if self._interview is None or self._interview.question is not question:
            edits = self.view.cards[-1].edits if self.view.cards else ()
            self._interview = Interview(question, edits, self._modules, self.outside.edit_text)
        self._is_asking = True
        reply = await self._interview.hold(self.app, lambda: self.query_one(PlanPane).draft)
        self._is_asking = False
        if reply is None:
            self.remark = say("mood.answer_with")
            self.rerun_on_save()
        elif reply.choice == STOP:
            self.action_stop()
        elif self.view.question is question:
            self.remark = ""
            if question.topic is Topic.PLAN:
                self.steering.take_plan()  # the reply carries it
                self.query_one(PlanPane).hand_over()
            self.worker.answer(reply)

    @property
    def _modules(self) -> tuple[str, ...]:
        found = self.view.exploration
        return found.module_structure.internal_modules if found else ()

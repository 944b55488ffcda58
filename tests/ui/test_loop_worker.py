"""The thread that pulls the loop: pausing is not asking, stopping is at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from itc_tui.domain.events import (
    Event,
    PhaseStarted,
    Progressed,
    QuestionAnswered,
    QuestionAsked,
)
from itc_tui.domain.questions import Choice, Question, Reply, Topic
from itc_tui.domain.state import State
from itc_tui.domain.trouble import Trouble
from itc_tui.ports import Steps, StopSwitch
from itc_tui.ui.loop_worker import LoopWorker
from itc_tui.ui.mood import Mood
from tests.ui.scripted import journey

PATIENCE_S = 20


class Ear:
    """Hears that there is news, as a screen would, and keeps all of it."""

    def __init__(self) -> None:
        self._heard = threading.Condition()
        self.tellings = 0
        self.events: list[Event] = []
        self.worker: LoopWorker[State] | None = None

    def __call__(self) -> None:
        with self._heard:
            self.tellings += 1
            self._heard.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        assert self.worker
        with self._heard:
            assert self._heard.wait_for(lambda: self._take() or condition(), PATIENCE_S)

    def until_mood(self, mood: Mood) -> None:
        assert self.worker
        worker = self.worker
        self.until(lambda: worker.mood is mood)

    def _take(self) -> bool:
        assert self.worker
        self.events.extend(self.worker.take().events)
        return False


def working(
    loop: Callable[[], Steps[State]] = journey, *, is_held: bool = False
) -> tuple[LoopWorker[State], Ear, StopSwitch]:
    ear, stop = Ear(), StopSwitch()
    worker = LoopWorker(loop, stop, ear)
    ear.worker = worker
    if is_held:
        worker.pause()
    worker.start()
    return worker, ear, stop


def reply_to_all(worker: LoopWorker[State], ear: Ear) -> None:
    for topic, choice in (("consent", "allow"), ("plan", "confirm"), ("next_steps", "done")):
        ear.until(
            lambda topic=topic: (  # type: ignore[misc]
                worker.mood is Mood.ASKING and asked(ear)[-1:] == [topic]
            )
        )
        worker.answer(Reply(choice=choice))


def asked(ear: Ear) -> list[str]:
    return [event.question.topic for event in ear.events if isinstance(event, QuestionAsked)]


def test_it_runs_to_the_end_and_hands_over_every_event_once() -> None:
    worker, ear, _ = working()
    reply_to_all(worker, ear)
    ear.until_mood(Mood.DONE)
    ear.until(lambda: isinstance(ear.events[-1], QuestionAnswered))
    assert worker.join()
    assert asked(ear) == ["consent", "plan", "next_steps"]
    assert worker.final is not None


def test_a_screen_that_is_slow_is_told_once_not_for_every_event() -> None:
    worker, ear, _ = working()
    ear_was_told = ear.tellings
    ear.until_mood(Mood.ASKING)
    assert ear.tellings - ear_was_told < len(ear.events)
    worker.stop()
    assert worker.join()


def test_held_it_does_nothing_until_it_is_let_go() -> None:
    worker, ear, _ = working(is_held=True)
    ear.until_mood(Mood.PAUSED)
    assert ear.events == []
    worker.run()
    ear.until_mood(Mood.ASKING)
    worker.stop()
    assert worker.join()


def test_told_to_hold_in_the_midst_of_something_it_says_so_at_once() -> None:
    may_end = threading.Event()

    def loop() -> Steps[State]:
        yield Progressed(what="searching")
        assert may_end.wait(20)
        yield Progressed(what="found")
        return State(session_id="s", module="m")

    worker, ear, _ = working(loop)
    ear.until(lambda: bool(ear.events))
    worker.pause()
    ear.until_mood(Mood.PAUSING)
    worker.run()
    ear.until_mood(Mood.BUSY)
    worker.pause()
    may_end.set()
    ear.until_mood(Mood.PAUSED)
    assert worker.is_at_rest
    assert len(ear.events) == 2
    worker.run()
    ear.until_mood(Mood.DONE)


def test_a_step_that_is_shown_waits_like_a_pause_and_goes_on_at_a_word() -> None:
    shown = Question(
        topic=Topic.STEP,
        text="Run",
        choices=(Choice(key="s", name="go", label="", consequence=""),),
    )
    replies: list[Reply | None] = []

    def loop() -> Steps[State]:
        replies.append((yield QuestionAsked(question=shown)))
        return State(session_id="s", module="m")

    worker, ear, _ = working(loop)
    ear.until_mood(Mood.PAUSED)
    ear.until(lambda: asked(ear) == ["step"])
    worker.answer(Reply(choice="go"))
    ear.until_mood(Mood.DONE)
    assert replies == [Reply(choice="go")]


def test_stopping_while_it_waits_for_an_answer_ends_it() -> None:
    worker, ear, stop = working()
    ear.until_mood(Mood.ASKING)
    worker.stop()
    ear.until_mood(Mood.STOPPED)
    assert stop.is_pulled
    assert worker.join()


def test_stopping_reaches_a_step_that_takes_for_ever() -> None:
    stop_was_heard = threading.Event()
    began = threading.Event()

    def endless() -> Steps[State]:
        yield PhaseStarted(number=1, name="init")
        began.set()
        assert stop_was_heard.wait(PATIENCE_S)
        yield PhaseStarted(number=2, name="explore")
        raise AssertionError("it went on")

    ear, stop = Ear(), StopSwitch()
    stop.on_pull(stop_was_heard.set)
    worker = LoopWorker(endless, stop, ear)
    ear.worker = worker
    worker.start()
    assert began.wait(PATIENCE_S)
    worker.stop()
    ear.until_mood(Mood.STOPPED)
    assert worker.join()


def test_the_generator_is_closed_in_its_own_thread_when_stopped() -> None:
    closed_by: list[str] = []

    def careful() -> Steps[State]:
        try:
            while True:
                yield PhaseStarted(number=1, name="init")
        finally:
            closed_by.append(threading.current_thread().name)

    worker, ear, _ = working(careful)
    ear.until(lambda: len(ear.events) > 3)
    worker.stop()
    assert worker.join()
    assert closed_by == ["loop"]


def test_trouble_is_told_in_its_own_sentence() -> None:
    def troubled() -> Steps[State]:
        yield PhaseStarted(number=1, name="init")
        raise Trouble("No pytest in .venv; install it.")

    worker, ear, _ = working(troubled)
    ear.until_mood(Mood.FAILED)
    news = worker.take()
    assert (news.trouble, news.details) == ("No pytest in .venv; install it.", "")


def test_a_fault_of_ours_brings_its_traceback() -> None:
    def faulty() -> Steps[State]:
        yield PhaseStarted(number=1, name="init")
        raise ZeroDivisionError("ours")

    worker, ear, _ = working(faulty)
    ear.until_mood(Mood.FAILED)
    news = worker.take()
    assert news.trouble == "ZeroDivisionError: ours"
    assert "faulty" in news.details

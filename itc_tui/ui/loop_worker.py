"""The one thread that pulls the loop; runs, pauses and stops it by asking or not asking."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol

from itc_tui.domain import events as happened
from itc_tui.domain.events import Event
from itc_tui.domain.questions import Reply, Topic
from itc_tui.domain.trouble import Stopped, Trouble
from itc_tui.ports import Steps, StopSwitch
from itc_tui.ports.steps import Noun
from itc_tui.ui.mood import Mood

PATIENCE_S = 2.0
"""How long quitting waits for the thread, once everything it started has been told to end."""


@dataclass(frozen=True, slots=True)
class News:
    """What gathered since the screen last looked."""

    events: tuple[Event, ...]
    mood: Mood
    trouble: str = ""
    """One sentence, when the loop ended because something is wrong."""
    details: str = ""
    """The traceback, when the fault is ours."""


class Listener(Protocol):
    def __call__(self) -> None:
        """Called from the loop's thread: there is news. At most once until it is taken."""
        ...


class LoopWorker(Generic[Noun]):
    def __init__(
        self,
        journey: Callable[[], Steps[Noun]],
        stop: StopSwitch,
        tell: Listener,
    ) -> None:
        self._journey = journey
        self._stop = stop
        self._tell = tell
        self._is_held = False
        self._awaits_reply = False
        self._mood = Mood.IDLE
        self._replies: list[Reply] = []
        self._events: list[Event] = []
        self._told = False
        self._trouble = self._details = ""
        self.final: Noun | None = None
        """What the loop returned, once it is done."""
        self._changed = threading.Condition()
        # Not one of Textual's workers: those are awaited at exit, however long they take.
        self._thread = threading.Thread(target=self._live, name="loop", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self) -> None:
        with self._changed:
            self._is_held = False
            if self._mood is Mood.PAUSING:
                self._set_mood(Mood.BUSY)
            self._changed.notify_all()

    def pause(self) -> None:
        """The loop is not asked any more; what it is at now may take a while to end."""
        with self._changed:
            self._is_held = True
            if self._mood is Mood.BUSY:
                self._set_mood(Mood.PAUSING)

    def answer(self, reply: Reply) -> None:
        with self._changed:
            self._is_held = False
            self._replies = [reply]
            self._changed.notify_all()

    def stop(self) -> None:
        """End whatever the loop is doing, now; what was persisted stays."""
        with self._changed:
            if self._mood.is_over:
                return
            self._mood = Mood.STOPPING
            self._changed.notify_all()
        self._stop.pull()
        self._wake_listener()

    def join(self, patience_s: float = PATIENCE_S) -> bool:
        """Whether the thread has ended."""
        if self._thread.is_alive():
            self._thread.join(patience_s)
        return not self._thread.is_alive()

    def take(self) -> News:
        """Everything since the last call; from the screen's thread."""
        with self._changed:
            events, self._events = tuple(self._events), []
            self._told = False
            return News(events, self._mood, self._trouble, self._details)

    @property
    def mood(self) -> Mood:
        return self._mood

    @property
    def is_at_rest(self) -> bool:
        """Nothing happens before the person wants it; also if the screen has not heard yet."""
        with self._changed:
            if self._awaits_reply:
                return not self._replies
            return self._mood.is_over or (self._mood is Mood.PAUSED and self._is_held)

    @property
    def holds_when_it_can(self) -> bool:
        """At work still, but about to pause."""
        return self._is_held and self._mood is Mood.PAUSING

    def _live(self) -> None:
        try:
            self._pull_all()
        except Stopped:
            self._end(Mood.STOPPED)
        except Trouble as trouble:
            self._end(Mood.FAILED, trouble.sentence)
        except Exception as fault:
            self._end(Mood.FAILED, f"{type(fault).__name__}: {fault}", traceback.format_exc())
        else:
            self._end(Mood.DONE)

    def _pull_all(self) -> None:
        steps = self._journey()
        reply: Reply | None = None
        try:
            while True:
                self._await_leave()
                try:
                    event = steps.send(reply) if reply is not None else next(steps)
                except StopIteration as end:
                    self.final = end.value
                    return
                reply = None
                if isinstance(event, happened.QuestionAsked):
                    reply = self._await_reply(event)
                else:
                    self._hand_over(event)
        finally:
            steps.close()

    def _await_leave(self) -> None:
        with self._changed:
            if self._is_held:
                self._set_mood(Mood.PAUSED)
            while self._is_held and not self._stop.is_pulled:
                self._changed.wait()
            self._stop.check()
            self._set_mood(Mood.BUSY)

    def _await_reply(self, event: happened.QuestionAsked) -> Reply:
        with self._changed:
            self._replies.clear()
            self._awaits_reply = True
            self._events.append(event)
            # What comes next is shown, and waits like any pause; nothing has to be decided.
            is_shown = event.question.topic is Topic.STEP
            self._set_mood(Mood.PAUSED if is_shown else Mood.ASKING)
            while not self._replies and not self._stop.is_pulled:
                self._changed.wait()
            self._awaits_reply = False
            self._stop.check()
            return self._replies.pop()

    def _hand_over(self, event: Event) -> None:
        with self._changed:
            self._events.append(event)
        self._wake_listener()

    def _set_mood(self, mood: Mood) -> None:
        """Call with the condition held."""
        if mood is not self._mood and self._mood is not Mood.STOPPING:
            self._mood = mood
            self._wake_listener()

    def _end(self, mood: Mood, trouble: str = "", details: str = "") -> None:
        with self._changed:
            self._mood, self._trouble, self._details = mood, trouble, details
        self._wake_listener()

    def _wake_listener(self) -> None:
        with self._changed:
            if self._told:
                return
            self._told = True
        self._tell()

"""One pytest process from start to end, as events; guarded against hanging and flooding."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itc_tui.adapters.running.feeds import EventFeed, OutputFeed
from itc_tui.adapters.running.process_group import ProcessGroup, written_bytes
from itc_tui.adapters.running.run_facts import (
    AttemptFacts,
    case_result,
    collection_error,
    node_id_of,
    node_ids_of,
)
from itc_tui.adapters.running.stacks import told_stacks
from itc_tui.domain.events import (
    CaseFinished,
    CasesCollected,
    CaseStarted,
    Event,
    Noted,
    OutputArrived,
)
from itc_tui.domain.plain_text import clean_line
from itc_tui.ports import Clock, Steps, StopSwitch

POLL_S = 0.04
FLOOD_CHECK_S = 0.25
ABSENT_S = 1.0
"""Not looked for that long: somebody held the run, or put all of us aside."""
LEAST_WORK, MOST_LIMITS = 0.03, 4
"""Who takes that much of a processor does not only wait, be it for the disk; but that too has
an end."""
STOP_GRACE_S = 0.3
SURVIVOR_GRACE_S = 0.2


@dataclass(frozen=True)
class Guards:
    """When a process has shown that it will not end well."""

    case_limit_s: float = 60.0
    """No sign of life from a running case."""
    start_limit_s: float = 120.0
    """The same before the first case: imports and collection may take their time."""
    end_limit_s: float = 30.0
    """How long pytest may take to leave after its last event."""
    flood_bytes: int = 100_000_000
    """Printed by one case, before it counts as endless."""
    max_attempts: int = 8
    """After that many processes taken down, what is left is not run."""


@dataclass(frozen=True)
class Launch:
    """Everything that one process is started with."""

    argv: tuple[str, ...]
    root: str
    cwd: Path
    env: Mapping[str, str]
    reporter: Mapping[str, Any]
    """The reporter's settings; the pipe is added."""
    stacks_file: Path
    log_file: Path | None
    continues_log: bool
    tells_collection: bool
    """Not again for a retry of some of the cases."""


class Attempt:
    """Runs one process; afterwards `facts` holds what it showed."""

    def __init__(
        self, launch: Launch, asked: tuple[str, ...], guards: Guards, clock: Clock, stop: StopSwitch
    ) -> None:
        self.facts = AttemptFacts(asked)
        self._launch = launch
        self._guards = guards
        self._clock = clock
        self._stop = stop
        self._next_output = 0.0
        self._next_flood_check = 0.0
        self._looked_at = self._awake_since = clock.monotonic()
        self._bytes_before = 0

    def run(self) -> Steps[AttemptFacts]:
        self._start()
        # Not asking for the next event must not keep a stopped run alive.
        forget = self._stop.on_pull(lambda: self._group.end_soon(STOP_GRACE_S))
        try:
            yield from self._follow()
            yield from self._leave()
        finally:
            forget()
            self._group.end()
            # Who was told to stop has been waited for.
            grace_s = 0.0 if self._stop.is_pulled else SURVIVOR_GRACE_S
            survivors = self._group.end_survivors(grace_s)
            self._output.finish(1.0)
            self._events.join(1.0)
        self._stop.check()
        yield from self._printed()
        self.facts.tail = tuple(self._output.tail)
        if survivors:
            yield Noted(
                text=clean_line(f"Left running by the tests, and ended: {', '.join(survivors)}"),
                level="warning",
            )
        return self.facts

    def _start(self) -> None:
        (events_in, events_out), (output_in, output_out) = os.pipe(), os.pipe()
        settings = json.dumps({**self._launch.reporter, "fd": events_out})
        try:
            self._group = ProcessGroup(
                self._launch.argv,
                cwd=self._launch.cwd,
                env={**self._launch.env, "ITC_REPORT": settings},
                output_fd=output_out,
                keep_fds=(events_out,),
            )
        except OSError:
            os.close(events_in)
            os.close(output_in)
            raise
        finally:
            os.close(events_out)
            os.close(output_out)
        self._events = EventFeed(events_in, self._clock.monotonic)
        self._output = OutputFeed(
            output_in, self._launch.log_file, is_continued=self._launch.continues_log
        )

    def _follow(self) -> Iterator[Event]:
        """Until pytest has told its end, or is gone, or must be ended."""
        while True:
            self._check_stop()
            self._note_absence()
            events = self._events.take(POLL_S)
            yield from self._fold(events)
            yield from self._printed_at_times()
            if self.facts.has_finished:
                return
            if events:
                self._bytes_before = self._output.bytes_read
            else:
                if self._events.is_at_end or self._group.poll() is not None:
                    self._events.join(1.0)
                    yield from self._fold(self._events.take(0.1))
                    return
                if self._has_gone_wrong():
                    return

    def _leave(self) -> Iterator[Event]:
        """Wait for the process itself: its exit code must fit what it told."""
        if self.facts.ended_by != "itself":
            return
        limit_s = self._guards.end_limit_s
        began = self._clock.monotonic()
        until, spent_s = began + limit_s, self._group.spent_s()
        while (code := self._group.wait(POLL_S)) is None:
            self._check_stop()
            yield from self._printed_at_times()
            if self._clock.monotonic() > until:
                spent_before, spent_s = spent_s, self._group.spent_s()
                is_at_work = spent_s - spent_before > LEAST_WORK * limit_s
                if is_at_work and until < began + MOST_LIMITS * limit_s:
                    until += limit_s  # old temporary folders may take long to clear
                    continue
                self._take_stacks()
                self.facts.ended_by = "lingering"
                return
        self.facts.exit_code = code

    def _check_stop(self) -> None:
        if self._stop.is_pulled:
            self._group.end(grace_s=STOP_GRACE_S)
            self._stop.check()

    def _note_absence(self) -> None:
        """Held, or put aside with ctrl+z: what was silent then may have had nobody to hear it."""
        now = self._clock.monotonic()
        if now - self._looked_at > ABSENT_S:
            self._awake_since = now
        self._looked_at = now

    def _has_gone_wrong(self) -> bool:
        now = self._clock.monotonic()
        limit_s = self._guards.case_limit_s if self.facts.running else self._guards.start_limit_s
        if now - max(self._events.last_sign, self._awake_since) > limit_s:
            self._take_stacks()
            self.facts.ended_by = "quiet"
            return True
        return self._is_flooding(now)

    def _is_flooding(self, now: float) -> bool:
        if now < self._next_flood_check:
            return False
        self._next_flood_check = now + FLOOD_CHECK_S
        printed = self._output.bytes_read - self._bytes_before
        written = max(printed, written_bytes(self._group.pid))
        if written > self._guards.flood_bytes:
            self._take_stacks()
            self.facts.ended_by = "flood"
            return True
        return False

    def _take_stacks(self) -> None:
        self._group.ask_for_stacks()
        with suppress(OSError):
            self.facts.stacks = told_stacks(self._launch.stacks_file)

    def _printed_at_times(self) -> Iterator[Event]:
        if self._output.has_lines and self._clock.monotonic() >= self._next_output:
            self._next_output = self._clock.monotonic() + POLL_S
            yield from self._printed()

    def _printed(self) -> Iterator[Event]:
        if lines := self._output.take_lines():
            yield OutputArrived(lines=lines)

    def _fold(self, events: list[dict[str, Any]]) -> Iterator[Event]:
        for event in events:
            yield from self._fold_one(event)

    def _fold_one(self, event: dict[str, Any]) -> Iterator[Event]:
        facts = self.facts
        match event.get("event"):
            case "start":
                facts.running = node_id_of(event)
                yield CaseStarted(node_id=facts.running)
            case "end":
                result = case_result(event, self._launch.root)
                facts.running = ""
                facts.results[result.node_id] = result
                facts.any_red = facts.any_red or bool(event.get("red"))
                yield CaseFinished(result=result)
            case "collecting":
                facts.collecting = node_id_of(event)
            case "collection_error":
                facts.collection_errors.append(collection_error(event))
            case "collected":
                facts.collected = node_ids_of(event.get("ids", ()))
                facts.deselected = node_ids_of(event.get("deselected", ()))
                if self._launch.tells_collection:
                    yield CasesCollected(node_ids=facts.collected)
            case "hello":
                facts.has_begun = True
            case "interrupted":
                facts.interrupted = str(event.get("reason", ""))
            case "internal_error":
                facts.internal_error = str(event.get("text", ""))
            case "finish":
                facts.told_exit = int(event.get("exit", -1))
                facts.left = {
                    node_id_of({"id": name}): str(thread)
                    for name, thread in dict(event.get("left") or {}).items()
                }

"""What one pytest process showed, folded from its events; and what several of them mean."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from itc_tui.adapters.running.stacks import without_machinery
from itc_tui.domain.plain_text import bounded_text, clean_line, clean_text
from itc_tui.domain.results import CaseResult, CollectionError, Comparison
from itc_tui.domain.words import Outcome

TEXT_CHARS = 12_000

_EXCEPTION = re.compile(r"\s*[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Failed)\b")

_PLAIN_PASS = {"event", "id", "seconds"}

EndedBy = Literal["itself", "quiet", "flood", "lingering"]


@dataclass
class AttemptFacts:
    """One process, as far as it came."""

    asked: tuple[str, ...]
    has_begun: bool = False
    collecting: str = ""
    """The file that is being collected, until all are."""
    collected: tuple[str, ...] | None = None
    deselected: tuple[str, ...] = ()
    collection_errors: list[CollectionError] = field(default_factory=list)
    results: dict[str, CaseResult] = field(default_factory=dict)
    running: str = ""
    any_red: bool = False
    internal_error: str = ""
    interrupted: str = ""
    told_exit: int | None = None
    exit_code: int | None = None
    left: Mapping[str, str] = field(default_factory=dict)
    """Case → a thread that it left running, which the interpreter waits for."""
    ended_by: EndedBy = "itself"
    stacks: str = ""
    tail: tuple[str, ...] = ()

    @property
    def has_finished(self) -> bool:
        return self.told_exit is not None

    @property
    def is_kept_from_ending(self) -> bool:
        """All ran; and one of them is known to have left what the interpreter waits for."""
        return self.ended_by == "lingering" and not self.running and bool(self.left)

    @property
    def victim(self) -> str:
        """The case, or the file under collection, that took the process down; or nothing."""
        if self.running:
            return self.running
        if self.is_kept_from_ending:
            return next(iter(self.left))
        return "" if self.has_finished or self.collected is not None else self.collecting


def case_result(event: Mapping[str, Any], root: str) -> CaseResult:
    """The reporter's `end` event as a record, its texts made harmless."""
    if event.keys() == _PLAIN_PASS:  # nearly all of them, so this is worth a line
        return CaseResult(
            node_id=node_id_of(event), outcome=Outcome.PASSED, duration_s=float(event["seconds"])
        )
    traceback = clean_text(str(event.get("traceback", "")))
    return CaseResult(
        node_id=node_id_of(event),
        outcome=Outcome(event.get("outcome", "failed")),
        stage=str(event.get("stage", "call")),
        duration_s=float(event.get("seconds", 0)),
        message=_first_line(clean_text(str(event.get("message", "")))),
        file=clean_line(str(event.get("file", "")).removeprefix(f"{root}/")),
        line=int(event.get("line", 0)),
        traceback=traceback,
        comparison=_comparison(event.get("comparison"), traceback),
        stdout=clean_text(str(event.get("stdout", ""))),
        stderr=clean_text(str(event.get("stderr", ""))),
        log=clean_text(str(event.get("log", ""))),
    )


def collection_error(event: Mapping[str, Any]) -> CollectionError:
    text = clean_text(str(event.get("text", "")))
    lines = explained_lines(text) or [line for line in text.splitlines() if line.strip()]
    message = headline(lines)
    return CollectionError(node_id=node_id_of(event), message=message, traceback=text)


def explained_lines(traceback: str) -> list[str]:
    """What pytest itself says about the failure: its lines that begin with E."""
    lines = [line[1:] for line in traceback.splitlines() if line.startswith("E ")]
    return [line[3:] if line.startswith("   ") else line for line in lines]


def headline(lines: Sequence[str]) -> str:
    """The line that names the exception, or else the last; its text may go on for many."""
    named = [line for line in lines if _EXCEPTION.match(line)]
    return clean_line((named or lines)[-1].strip()) if lines else ""


def node_id_of(event: Mapping[str, Any]) -> str:
    return _writable(str(event.get("id", "")))


def node_ids_of(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_writable(str(name)) for name in names)


def is_within(node_id: str, wanted: str) -> bool:
    """`wanted` names this test, or the function, class, file or folder it belongs to."""
    if node_id == wanted or not wanted:
        return True
    return node_id.startswith(wanted) and node_id[len(wanted)] in "[:/"


def result_of_victim(facts: AttemptFacts, limit_s: float) -> CaseResult:
    """How the case ended that took its process with it."""
    outcome, message = _end_of_victim(facts, limit_s)
    stacks = facts.stacks or "\n".join(facts.tail)
    is_while_collecting = not (facts.running or facts.is_kept_from_ending)
    where = f" while {facts.collecting} was collected" if is_while_collecting else ""
    traceback = without_machinery(facts.stacks) or _fatal_part(facts.tail)
    return CaseResult(
        node_id=facts.victim,
        outcome=outcome,
        stage="setup" if is_while_collecting else _stage_in(stacks),
        duration_s=limit_s if facts.ended_by == "quiet" else 0.0,
        message=clean_line(message + where),
        traceback=traceback,
        stdout="" if traceback else bounded_text("\n".join(facts.tail), 2_000, TEXT_CHARS),
    )


def _end_of_victim(facts: AttemptFacts, limit_s: float) -> tuple[Outcome, str]:
    if facts.ended_by == "quiet":
        return Outcome.TIMED_OUT, f"no sign of life for {limit_s:g} s; it was ended"
    if facts.ended_by == "flood":
        return Outcome.CRASHED, "wrote output without end; it was ended"
    if facts.internal_error:
        last = facts.internal_error.strip().splitlines()[-1]
        return Outcome.CRASHED, clean_line(f"pytest itself failed: {last}")
    if facts.is_kept_from_ending:
        thread = facts.left[facts.victim]
        told = f"left a thread running ({thread}), and pytest did not end; it was ended"
        return Outcome.TIMED_OUT, clean_line(told)
    if facts.ended_by == "lingering":
        return Outcome.CRASHED, "closed what pytest reports through; the process was ended"
    if facts.has_finished:
        reason = f" ({facts.interrupted})" if facts.interrupted else ""
        return Outcome.CRASHED, clean_line(f"stopped the whole run{reason}")
    return Outcome.CRASHED, f"the interpreter ended: {described_exit(facts.exit_code)}"


def described_exit(code: int | None) -> str:
    if code is None:
        return "no exit code"
    if code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"{name} (out of memory?)" if name == "SIGKILL" else name


def _fatal_part(tail: tuple[str, ...]) -> str:
    """The stack that faulthandler printed, if it did."""
    for number, line in enumerate(tail):
        if (start := line.find("Fatal Python error")) >= 0:
            text = "\n".join((line[start:], *tail[number + 1 :]))
            return bounded_text(without_machinery(text), TEXT_CHARS, 2_000)
    return ""


def _stage_in(stacks: str) -> str:
    """Which phase the frames of pytest itself are in; the call, where they do not say."""
    for stage in ("setup", "teardown"):
        if f" in pytest_runtest_{stage}" in stacks:
            return stage
    return "call"


def _comparison(compared: Mapping[str, Any] | None, traceback: str) -> Comparison | None:
    explained = "\n".join(explained_lines(traceback))
    if not compared or f" {compared.get('op')} " not in explained:
        return None  # it compared earlier, and failed of something else
    sides = {name: clean_text(str(text)) for name, text in compared.items()}
    return Comparison(explanation=explained, **sides)


def _first_line(text: str) -> str:
    return clean_line(next((line.strip() for line in text.splitlines() if line.strip()), ""))


def _writable(name: str) -> str:
    """A node id may hold what no UTF-8 file can (half a surrogate pair)."""
    return name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")

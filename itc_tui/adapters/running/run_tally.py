"""Several pytest processes counted as one run: every case asked for ends with one result."""

from __future__ import annotations

from dataclasses import dataclass

from itc_tui.adapters.running.run_facts import (
    AttemptFacts,
    described_exit,
    explained_lines,
    headline,
    is_within,
    result_of_victim,
)
from itc_tui.domain.counting import counted
from itc_tui.domain.events import CaseFinished
from itc_tui.domain.plain_text import clean_line
from itc_tui.domain.results import CaseResult, CollectionError, RunReport
from itc_tui.domain.words import Outcome

INTERRUPTED, NOTHING_RAN = 2, 5


@dataclass(frozen=True)
class Victim:
    """A case, or a whole file, that took its process down."""

    name: str
    message: str
    told: tuple[CaseFinished, ...]


class RunTally:
    """Takes up one attempt after another."""

    def __init__(self, planned: tuple[str, ...], case_limit_s: float) -> None:
        self.planned = planned
        self.open_cases = planned
        self.command: tuple[str, ...] = ()
        self.gave_up = False
        self.attempts = 0
        self.has_collected = False
        self._limit_s = case_limit_s
        self._results: dict[str, CaseResult] = {}
        self._collected: tuple[str, ...] = ()
        self._errors: dict[str, CollectionError] = {}
        self._deselected: set[str] = set()
        self._without: list[str] = []
        self._exit_code: int | None = None
        self._troubles: list[str] = []

    def take(self, facts: AttemptFacts) -> Victim | None:
        """Returns what took the process down, if something did; the rest stays open."""
        self.attempts += 1
        self.has_collected = self.has_collected or facts.collected is not None
        self._results.update(facts.results)
        self._collected = tuple(dict.fromkeys((*self._collected, *(facts.collected or ()))))
        self._errors.update({error.node_id: error for error in facts.collection_errors})
        self._deselected.update(facts.deselected)
        self._exit_code = facts.exit_code
        if not facts.victim:
            self.open_cases = ()
            if trouble := trouble_of(facts):
                self._troubles.append(trouble)
            return None
        return self._lay_at_the_door(facts)

    def _lay_at_the_door(self, facts: AttemptFacts) -> Victim:
        ended = result_of_victim(facts, self._limit_s)
        self._exit_code = None
        self._without.append(facts.victim)
        if facts.running or facts.is_kept_from_ending:
            still_open = [name for name in facts.collected or facts.asked if name != facts.victim]
            struck = [ended]
        else:
            still_open = [name for name in facts.asked if not is_within(name, facts.victim)]
            names = [name for name in facts.asked if is_within(name, facts.victim)]
            struck = [ended.but(node_id=name) for name in names or [facts.victim]]
        for result in struck:
            self._results[result.node_id] = result
        self.open_cases = tuple(name for name in still_open if name not in self._results)
        told = tuple(CaseFinished(result=result) for result in struck)
        return Victim(name=clean_line(facts.victim), message=ended.message, told=told)

    def report(self, *, is_full: bool, duration_s: float) -> RunReport:
        missing = tuple(name for name in self.planned if not self._is_met(name))
        for name in missing:
            self._results[name] = self._not_run(name)
        return RunReport(
            results=tuple(self._results.values()),
            collected=self._collected,
            collection_errors=tuple(self._errors.values()),
            exit_code=None if self._without else self._exit_code,
            trouble=" ".join((*self._troubles, *self._doubts(missing))),
            command=self.command,
            duration_s=duration_s,
            retried_without=tuple(self._without),
            is_full=is_full,
        )

    def _is_met(self, wanted: str) -> bool:
        return wanted in self._results or any(is_within(name, wanted) for name in self._results)

    def _not_run(self, name: str) -> CaseResult:
        error = next(
            (error for error in self._errors.values() if is_within(name, error.node_id)), None
        )
        if error is not None:
            message = f"not collected: {error.message}"
        elif name in self._deselected:
            message = "left out by the target's own pytest options"
        elif name in self._collected:
            message = "collected, but not run"
        elif self.attempts and not self.has_collected:
            message = "pytest did not come as far as collecting it"
        else:
            message = "not collected: there is no such test"
        return CaseResult(
            node_id=name,
            outcome=Outcome.NOT_RUN,
            stage="setup",
            message=message,
            file=name.split("::", 1)[0],
            traceback=error.traceback if error else "",
        )

    def _doubts(self, missing: tuple[str, ...]) -> list[str]:
        if not self.planned:
            return ["No tests were asked for."]
        doubts = []
        if self.gave_up:
            doubts.append("Too many tests took pytest down; the rest was not run.")
        if len(missing) == len(self.planned):
            doubts.append("No tests ran.")
        elif missing:
            first = clean_line(f"{missing[0]}: {self._results[missing[0]].message}")
            planned = counted(len(self.planned), "planned test")
            doubts.append(f"{len(missing)} of {planned} did not run ({first}).")
        return doubts


def trouble_of(facts: AttemptFacts) -> str:
    """Why a process that no case took down cannot be believed; empty when it can."""
    if facts.ended_by == "lingering":
        return (
            "All tests ran, but pytest did not end by itself (a thread that a test left"
            " running?); it was ended."
        )
    if facts.ended_by != "itself":
        when = "before its first test" if facts.collected is None else "after a test"
        return f"pytest gave no sign of life {when}; it was ended."
    if facts.internal_error:
        return clean_line(f"pytest itself failed: {facts.internal_error.strip().splitlines()[-1]}.")
    if not facts.has_finished and facts.collected is not None:
        return f"pytest broke off after a test: {described_exit(facts.exit_code)}."
    if not facts.has_finished:
        return f"pytest did not start: {_last_words(facts)}."
    if facts.exit_code != facts.told_exit:
        return (
            f"pytest reported exit code {facts.told_exit}, but its process ended with"
            f" {described_exit(facts.exit_code)}."
        )
    return _disagreement(facts)


def _disagreement(facts: AttemptFacts) -> str:
    is_red = facts.any_red or bool(facts.collection_errors)
    if facts.exit_code == INTERRUPTED:
        return clean_line(f"pytest was interrupted: {facts.interrupted or 'no reason given'}.")
    if facts.exit_code == NOTHING_RAN and not facts.results:
        return ""  # said by the tally, with what was asked for
    if facts.exit_code != 0 and not is_red:
        return f"pytest ended with exit code {facts.exit_code}, but no test failed."
    if facts.exit_code == 0 and is_red:
        return "Tests failed, but pytest ended with exit code 0."
    return ""


def _last_words(facts: AttemptFacts) -> str:
    lines = [line.strip() for line in facts.tail if line.strip()]
    errors = [line for line in lines if "rror" in line]
    words = explained_lines("\n".join(facts.tail)) or errors or lines
    return (headline(words) or described_exit(facts.exit_code)).rstrip(".")

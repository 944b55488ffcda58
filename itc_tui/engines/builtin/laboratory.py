"""Sends search and observation into the box, and takes what comes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from itc_tui.domain.another_day import ANOTHERS_VALUE, CLOCK_AHEAD_S, FAR_TIME_ZONE
from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted, Progressed
from itc_tui.domain.hash_seeds import spread
from itc_tui.domain.target import Target
from itc_tui.engines.builtin import inside, jobs
from itc_tui.engines.builtin.breath import Breath
from itc_tui.engines.builtin.evidence.gather import Shown
from itc_tui.engines.builtin.handed.record import NOTHING, Handed
from itc_tui.engines.builtin.inside.own_time import PATIENCE
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.jobs import Job
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.warning_settings import warning_filters
from itc_tui.ports import Box, BoxOrder, BoxReport, Steps

_SCRIPT = str(Path(inside.__file__).parent / "enter.py")
_SLACK_S = 30.0
_IMPORTS_S = 60.0
_MOST_DEADLY = 10
"""Modules that end the process when they are imported; each costs a start."""


Tally = Callable[[dict[str, Any]], str]
"""Is shown each program as it is found; says what has come of all of them, in a few words."""


def nothing_told(_row: dict[str, Any]) -> str:
    return ""


class Day(NamedTuple):
    """Circumstances in which programs are looked at."""

    seed: int
    is_another: bool = False
    strange: frozenset[str] = frozenset()
    """Environment variables that somebody else has set, or has not."""
    around: frozenset[str] = frozenset()
    """Files that somebody else has above the folder."""


_TODAY = Day(1)
EVERY_FILE = ("",)
"""Of a target that has no boundary but the one to its callers."""


class Laboratory:
    def __init__(
        self, target: Target, box: Box, handed: Handed = NOTHING, faces: Sequence[str] = ()
    ) -> None:
        """`faces`: files (or how they begin) of which callers are a boundary as well."""
        self._target, self._box, self._handed = target, box, handed
        self.faces = tuple(faces)
        self.passed_over: set[str] = set()
        """Modules that cannot be imported: once is enough to wait for one that hangs."""
        self._asked_at_import: tuple[str, ...] = ()
        """Environment variables that the target reads before anything is called."""
        self.trouble = ""
        """Why the last job could not be done, in the box's words."""

    @property
    def keeper(self) -> StandIn | None:
        """Puts back what programs change of the state of modules; None where they keep none."""
        return self._handed.keeper

    def hand_over(self, handed: Handed) -> None:
        self._handed = handed

    def find_what_fails(self) -> Steps[Collection[str]]:
        """Modules that cannot be imported; nothing that names them can be used."""
        nothing = jobs.to_observe(
            self._target, {}, None, together=False, seed=1, limit_s=_IMPORTS_S
        )
        for row in self._run(nothing, _IMPORTS_S, 1800):
            if row.get("failed"):
                yield from self._pass_over(row["failed"])
            self._asked_at_import = tuple(row.get("asked_at_import", self._asked_at_import))
        return self.passed_over

    def _pass_over(self, failed: Mapping[str, str]) -> Steps[None]:
        for module in sorted(failed.keys() - self.passed_over):
            why = failed[module]
            yield Noted(text=f"{module} cannot be imported: {why}", level="warning")
        self.passed_over.update(failed)

    def search(
        self,
        shown: Shown,
        modules: tuple[str, ...],
        budget_s: float,
        memory_mb: int = 1800,
        scripts: Collection[tuple[str, str]] = (),
        tally: Tally = nothing_told,
        sites: Collection[tuple[str, int]] = (),
    ) -> Steps[list[dict[str, Any]]]:
        """Programs worth a closer look, in the order in which they were found.

        `budget_s`: of the box's own time, on each processor that it uses; see `inside.own_time`.

        `scripts`: names of commands that the packaging installs, with their functions; `sites`:
        lines that call from one module into another.
        """
        job = jobs.to_search(self._target, shown, modules, budget_s, scripts, sites)
        found: list[dict[str, Any]] = []
        come, seconds, breath = "", 0.0, Breath()
        limit_s = budget_s + 2.0 * len(shown.examples)
        for row in self._run(job, limit_s, memory_mb):
            if "program" in row:
                found.append(row)
                come = tally(row)
            elif "progress" in row:
                seconds = row["progress"][0]
            if "progress" in row or ("program" in row and breath.is_due):
                breath.take()
                yield Progressed(
                    what=f"searching, {counted(len(found), 'call')} found",
                    done=int(seconds),
                    total=int(budget_s),
                    found=come,
                    is_timed=True,
                )
            elif row.get("failed"):
                yield from self._pass_over(row["failed"])
            elif row.get("unmade"):
                for name, why in row["unmade"].items():
                    yield Noted(text=f"{name} cannot be made in the box: {why}", level="warning")
            elif "lost" in row:
                yield Noted(text=f"{row['lost']} {row['why']}; it is left alone")
        if self.trouble:
            yield Noted(text=f"The search ended early: {self.trouble}", level="warning")
        return found

    def observe(
        self,
        programs: Mapping[str, Program],
        *,
        seed: int = 1,
        together: bool = False,
        before: str = "",
        chunk: int = 1,
        asks: Mapping[str, list[list[str]]] | None = None,
        limit_s: float = 60.0,
        day: Day | None = None,
        is_patient: bool = True,
    ) -> Steps[dict[str, dict[str, Any]]]:
        """What each program shows, run alone from a clean start or one after the other.

        `chunk` says how many may share a process: fewer is cleaner, more is quicker.
        With `before`, what the program of that name shows after each of the others. With `asks`,
        only these expressions are looked at, step by step. A `day` has a seed of its own. Without
        patience, what takes long is given up soon: it is not known to end.
        """
        if not programs:
            return {}
        day = day or Day(seed)
        job = jobs.to_observe(
            self._target, programs, asks, together=together, seed=day.seed, limit_s=limit_s
        )
        job["chunk"], job["is_patient"] = chunk, is_patient
        if before:
            job["chains"] = [[ident, before] for ident in programs if ident != before]
        seen: dict[str, dict[str, Any]] = {}
        breath = Breath()
        for row in self._run(job, limit_s, 1800, day):
            if "id" in row:
                seen[row["id"]] = row
                if breath.is_due:
                    breath.take()
                    yield Progressed(what="observing", done=len(seen), total=len(programs))
        # Which was over first is chance.
        return {ident: seen[ident] for ident in programs if ident in seen}

    def observe_in_all(
        self,
        days: Sequence[Day],
        programs: Mapping[str, Program],
        asks: Mapping[str, list[list[str]]],
        *,
        limit_s: float = 60.0,
    ) -> Steps[list[dict[str, dict[str, Any]]]]:
        """What the programs show together on each of the days, which pass side by side."""
        asked = jobs.to_observe(
            self._target, programs, asks, together=True, seed=0, limit_s=limit_s
        )
        orders = [self._order(asked | {"seed": day.seed}, limit_s, 1800, day) for day in days]
        seen: list[dict[str, dict[str, Any]]] = [{} for _ in days]
        breath, run = Breath(), self._box.run_all(orders)
        while True:
            try:
                place, row = next(run)
            except StopIteration:
                break
            if self._asked_at_import and row.get("failed", {}).keys() - self.passed_over:
                self._asked_at_import = ()  # with any value there it cannot be imported
                run.close()
                return (yield from self.observe_in_all(days, programs, asks, limit_s=limit_s))
            if "id" in row:
                seen[place][row["id"]] = row
                if breath.is_due:
                    breath.take()
                    done, total = sum(map(len, seen)), len(days) * len(programs)
                    yield Progressed(what="observing", done=done, total=total)
        return seen

    def judge(
        self, programs: Mapping[str, Program], shown: Collection[str], budget_s: float = 20.0
    ) -> Steps[list[dict[str, Any]]]:
        """Which promises of the target these programs, and others made from them, keep or break.

        `shown` names the programs that come from the target's own documents.
        """
        job = jobs.to_judge(self._target, programs, shown, budget_s)
        yield Progressed(what="looking for promises that the code makes")
        rows = self._run(job, budget_s, 1800)
        found = [row["promise"] for row in rows if "promise" in row]
        if self.trouble:
            yield Noted(text=f"The promises were not all judged: {self.trouble}", level="warning")
        return found

    def _run(
        self,
        job: Job,
        limit_s: float,
        memory_mb: int,
        day: Day = _TODAY,
    ) -> Generator[dict[str, Any], None, None]:
        """Again without a module that took the whole process with it when it was imported."""
        for _ in range(_MOST_DEADLY):
            order = self._order(job, limit_s, memory_mb, day)
            deadly = yield from self._run_once(order)
            if not deadly:
                return
            yield {"failed": {deadly: self.trouble or "it ends the process"}}
            self.passed_over.add(deadly)

    def _run_once(self, order: BoxOrder) -> Generator[dict[str, Any], None, str]:
        """The module that was being imported when all ended, if that is when it did."""
        run = self._box.run(order)
        broken = importing = ""
        try:
            while True:
                row = next(run)
                broken = row.get("broken", broken)
                importing = "" if "modules" in row else row.get("importing", importing)
                yield row
        except StopIteration as end:
            report: BoxReport = end.value
        self.trouble = report.trouble or report.ended_by or broken
        if not self.trouble and report.exit_code:
            self.trouble = report.output.strip()[-400:] or f"exit code {report.exit_code}"
        return importing

    def _order(self, job: Job, limit_s: float, memory_mb: int, day: Day) -> BoxOrder:
        job |= self._handed.for_box()
        job["hands"] = self._box.hands
        job["faces"] = self.faces
        job["passed_over"] = sorted(self.passed_over)
        job["anothers_value"] = ANOTHERS_VALUE
        job["around"] = sorted(day.around)
        job["strange"] = sorted(day.strange)
        job["strange_at_import"] = list(self._asked_at_import) if day.is_another else []
        job["warning_filters"] = warning_filters(Path(self._target.root))
        return BoxOrder(
            script=_SCRIPT,
            payload=job,
            limit_s=PATIENCE * limit_s + _SLACK_S,
            memory_mb=memory_mb,
            hash_seed=spread(day.seed),
            clock_ahead_s=CLOCK_AHEAD_S if day.is_another else 0,
            environment=(("TZ", FAR_TIME_ZONE),) if day.is_another else (),
        )

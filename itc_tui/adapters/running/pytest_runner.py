"""The target's own pytest, in its own interpreter: the only judge of a suite."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from itc_tui.adapters.running.attempt import Attempt, Guards, Launch
from itc_tui.adapters.running.run_facts import AttemptFacts
from itc_tui.adapters.running.run_tally import RunTally
from itc_tui.domain.events import Noted, RunStarted
from itc_tui.domain.results import RunReport
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import TargetTrouble
from itc_tui.domain.words import RETRY
from itc_tui.ports import Clock, RunOrder, Steps, StopSwitch

REPORTER_DIR = Path(__file__).parent / "inside" / "reporter"
"""Goes onto the path of somebody else's interpreter, so it holds one file and nothing else."""
LOG_NAME = "test-output.log"
SELECTION_NAME, REPEAT_NAME = "run-order.json", "run-order-repeat.json"
"""Which cases ran; they stay in the trace, because the command that is shown names them."""

_SHOWN = ("PYTHONPATH", "PYTEST_ADDOPTS", "PYTHONHASHSEED")


class PytestRunner:
    """Runs cases in processes of their own, and again without those that took one down."""

    def __init__(
        self,
        target: Target,
        trace_dir: Path | None,
        stop: StopSwitch,
        clock: Clock,
        guards: Guards | None = None,
    ) -> None:
        self._target = target
        self._root = Path(target.root)
        self._trace_dir = trace_dir
        self._stop = stop
        self._clock = clock
        self._guards = guards or Guards()
        self._has_told = False

    def run(self, order: RunOrder) -> Steps[RunReport]:
        if not self._target.python:
            raise TargetTrouble(_no_interpreter(self._target))
        self._stop.check()
        yield from self._tell_what_is_left_out()
        started = self._clock.monotonic()
        tally = RunTally(tuple(dict.fromkeys(order.node_ids)), order.case_limit_s)
        scratch_dir = Path(tempfile.mkdtemp(prefix="itc-run-"))
        try:
            yield from self._attempts(order, tally, scratch_dir)
        finally:
            shutil.rmtree(scratch_dir, ignore_errors=True)
        seconds = self._clock.monotonic() - started
        return tally.report(is_full=order.is_full, duration_s=seconds)

    def _tell_what_is_left_out(self) -> Steps[None]:
        if self._target.left_out_options and not self._has_told:
            self._has_told = True
            options = ", ".join(self._target.left_out_options)
            yield Noted(
                text=f"Its pytest settings ask for {options}, which nothing installed knows: left"
                " out of our runs. `itc doctor` says what to install.",
                level="warning",
            )

    def _attempts(self, order: RunOrder, tally: RunTally, scratch_dir: Path) -> Steps[None]:
        purpose = order.purpose
        while tally.attempts < self._guards.max_attempts:
            asked = tally.open_cases
            if not asked:
                return
            if not self._files_of(asked):
                return
            launch = self._launch(order, tally, scratch_dir)
            tally.command = tally.command or _copyable(launch)
            yield RunStarted(
                iteration=order.iteration,
                purpose=purpose,
                command=_copyable(launch),
                expected=asked,
            )
            facts = yield from self._attempt(launch, asked, order)
            victim = tally.take(facts)
            if victim is None:
                return
            yield from victim.told
            purpose = f"{RETRY}{victim.name}"
            if tally.open_cases:
                yield Noted(
                    text=f"{victim.name}: {victim.message}. The others run again without it.",
                    level="warning",
                )
        tally.gave_up = bool(tally.open_cases)

    def _attempt(
        self, launch: Launch, asked: tuple[str, ...], order: RunOrder
    ) -> Steps[AttemptFacts]:
        guards = replace(self._guards, case_limit_s=order.case_limit_s)
        attempt = Attempt(launch, asked, guards, self._clock, self._stop)
        try:
            facts = yield from attempt.run()
        except OSError as error:
            raise TargetTrouble(
                f"The interpreter {self._target.python} cannot be started ({error.strerror});"
                " name another one with `--python`."
            ) from error
        if not facts.has_begun and _lacks_pytest(facts.tail):
            raise TargetTrouble(
                f"There is no pytest in {self._target.python}; install it with"
                f" `{self._target.python} -m pip install pytest`."
            )
        return facts

    def _launch(self, order: RunOrder, tally: RunTally, scratch_dir: Path) -> Launch:
        asked = tally.open_cases
        keeps = order.keeps_log and self._trace_dir is not None
        notes_dir = self._trace_dir or scratch_dir
        notes_dir.mkdir(parents=True, exist_ok=True)
        selection = {"wanted": list(asked), "shuffle_seed": order.shuffle_seed}
        selection_file = notes_dir / (SELECTION_NAME if keeps else REPEAT_NAME)
        selection_file.write_text(json.dumps(selection, indent=1), encoding="utf-8")
        stacks_file = scratch_dir / "stacks.txt"
        reporter: dict[str, Any] = {
            "selection": str(selection_file.resolve()),
            "stacks": str(stacks_file),
            "cache": str(scratch_dir / "cache"),
        }
        cwd = self._root
        if order.elsewhere:
            cwd = Path(tempfile.mkdtemp(prefix="elsewhere-", dir=scratch_dir))
            reporter["first"] = str(self._root)
        return Launch(
            argv=self._argv(asked),
            root=str(self._root),
            cwd=cwd,
            env=self._environment(order),
            reporter=reporter,
            stacks_file=stacks_file,
            log_file=notes_dir / LOG_NAME if keeps else None,
            continues_log=bool(tally.attempts),
            tells_collection=not tally.has_collected,
        )

    def _argv(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        return (
            self._target.python,
            "-m",
            "pytest",
            "-p",
            "itc_reporter",
            f"--rootdir={self._root}",
            "--continue-on-collection-errors",
            *self._files_of(asked),
        )

    def _files_of(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Whole files: one case that is not there would make pytest run nothing at all.

        The reporter picks the cases, and says which of them it did not find.
        """
        names = dict.fromkeys(name.split("::", 1)[0] for name in asked)
        paths = (self._root / name for name in names)
        return tuple(str(path) for path in paths if path.exists() and self._is_inside(path))

    def _is_inside(self, path: Path) -> bool:
        return Path(os.path.normpath(path)).is_relative_to(self._root)

    def _environment(self, order: RunOrder) -> Mapping[str, str]:
        added = dict(self._target.environment)
        env = {**os.environ, **added}
        path = (str(REPORTER_DIR), added.get("PYTHONPATH"), os.environ.get("PYTHONPATH"))
        env["PYTHONPATH"] = os.pathsep.join(part for part in path if part)
        if order.hash_seed is not None:
            env["PYTHONHASHSEED"] = str(order.hash_seed)
        bin_dir = str(Path(self._target.python).parent)
        if bin_dir not in env.get("PATH", "").split(os.pathsep):
            # As its own activate script would: tests may start `python` or console scripts.
            env["PATH"] = os.pathsep.join(part for part in (bin_dir, env.get("PATH", "")) if part)
        return env


def _copyable(launch: Launch) -> tuple[str, ...]:
    """The command as a person can run it again: the same cases, only without our pipe."""
    reporter = json.dumps({"selection": launch.reporter["selection"]})
    added = [f"{name}={launch.env[name]}" for name in _SHOWN if name in launch.env]
    return ("env", *added, f"ITC_REPORT={reporter}", *launch.argv)


def _lacks_pytest(tail: tuple[str, ...]) -> bool:
    return any(line.rstrip("'\"").endswith("No module named pytest") for line in tail)


def _no_interpreter(target: Target) -> str:
    reason = target.problems[0] if target.problems else f"No interpreter was found in {target.root}"
    return f"{reason.rstrip('.')}; name one with `--python`."

"""Runs chosen programs again and writes down everything that could be asserted about them."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Any, Dict, List, Optional, Set

from itc_tui.engines.builtin.inside.answering import may_answer
from itc_tui.engines.builtin.inside.documented import Docstrings, Documented
from itc_tui.engines.builtin.inside.given import FIXTURE, FIXTURES, GIVEN
from itc_tui.engines.builtin.inside.lacking import Lacking
from itc_tui.engines.builtin.inside.literals import written, written_as_equal
from itc_tui.engines.builtin.inside.misfits import Misfits
from itc_tui.engines.builtin.inside.places import names_a_place
from itc_tui.engines.builtin.inside.programs import Caught, Outcome, Program, Step, names_in
from itc_tui.engines.builtin.inside.receivers import asked_in
from itc_tui.engines.builtin.inside.seeing import (
    MAX_FACETS,
    OF_ONE_SYSTEM,
    Check,
    checks_of,
)
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.tracing import Footprint, Tracer
from itc_tui.engines.builtin.inside.trials import Trial, Trials, raised_by

_MAX_FILE_LETTERS = 600
_SHOWN_BY_USE = ("raises", "raw")
_FEW_NAMES = 6
_MOST_WATCHED = 40
"""Attributes of an object in which a change is seen, though few of them are told."""


class Observer:
    def __init__(self, surface: Surface, trials: Trials, tracer: Tracer) -> None:
        self._surface, self._trials, self._tracer = surface, trials, tracer
        self._tops = {module.__name__.split(".")[0] for module in surface.modules}
        self._misfits = Misfits()
        self._docstrings = Docstrings(surface)
        self._lacking = Lacking(surface.modules, tracer)

    def observe(self, program: Program, asks: Optional[List[List[str]]] = None) -> Dict[str, Any]:
        """With `asks`, only these expressions are looked at, step by step."""
        watch = _Watch(
            self._surface,
            program,
            self._tops,
            self._raised,
            asks,
            self._misfits,
            self._docstrings,
        )
        paused = self._tracer.paused
        setup = Footprint()
        asked: Dict[str, List[str]] = {}

        def after_step(at: int, value: Any, space: Dict[str, Any]) -> None:
            nonlocal setup
            watch.after_step(at, value, space)
            if at == len(program.steps) - 2:
                setup = self._tracer.footprint.taken()
            if at == len(program.steps) - 1:
                asked.update(asked_in(program.steps[at], space, self._surface))

        trial = self._trials.run(program, paused(after_step), paused(watch.after_run))
        act = trial.footprint
        row: Dict[str, Any] = {
            "steps": [[check.as_json() for check in checks] for checks in watch.seen],
            "kinds": watch.kinds,
            "raised": watch.raised,
            "failed_at": -1,
            "out": "" if _is_of_one_machine(trial.outcome.out) else trial.outcome.out,
            "files": watch.files,
            "leaves": watch.leaves or bool(trial.looked_for),
            "surroundings": {
                **_surroundings_of(trial),
                "lacking": sorted(self._lacking.read_in(setup.lines | act.lines)),
            },
            "arcs": sorted(setup.arcs | act.arcs),
            "edges": sorted(setup.edges | act.edges),
            "asked": asked,
            "act": [sorted(act.edges), sorted(act.lines)],
            "misfits": watch.misfits,
            "trouble": trial.trouble or (trial.wrap and "gives something to be taken out"),
        }
        failure = trial.outcome.failure
        if failure is not None:
            row["failed_at"] = failure.at
            row["failed_with"] = repr(failure.error)[:200]
        return row

    def _raised(self, error: BaseException) -> Dict[str, Any]:
        raised = raised_by(error, self._tracer)
        kind = raised.kind
        path = self._surface.path_of(kind)
        module, name = path or (kind.__module__, kind.__qualname__)
        return {
            "module": module,
            "name": name,
            "message": raised.message,
            "own": kind.__module__.split(".")[0] in self._tops,
            "by_target": raised.by_target,
            "in_target": raised.in_target,
            "doc": (kind.__doc__ or "").strip().split("\n")[0][:100],
        }


class _Watch:
    """Looks at a program's values after every step."""

    def __init__(
        self,
        surface: Surface,
        program: Program,
        tops: Any,
        describe: Any,
        asks: Any,
        misfits: Misfits,
        docstrings: Docstrings,
    ) -> None:
        self._docstrings = docstrings
        self._asks = asks
        self._counted = misfits
        self.misfits = 0
        """Arguments that contradict their annotations, in calls that went well all the same."""
        self._surface, self._program, self._tops = surface, program, tops
        self._describe = describe
        self.raised: Dict[str, Any] = {}
        self.seen: List[List[Check]] = []
        self.kinds: List[str] = []
        self.files: Dict[str, str] = {}
        self._last: Dict[str, List[Check]] = {}
        promised = [step.code for step in program.steps if step.source]
        self._spoken_for = {name for code in promised for name in names_in(code)}
        """What somebody promises of these is said; what was seen of them adds nothing."""
        self._classes = {name: kind for kind, (_, name) in surface.classes}
        """What an expectation may speak of that the program does not."""
        self._given: Dict[str, str] = {}
        self._there: Set[str] = set()
        """What fixtures put into the folder is theirs to take away."""
        self._fixtures = {step.var for step in program.steps if step.kind == FIXTURE}
        self._handed = {step.var for step in program.steps if step.kind in GIVEN}
        self.leaves = False
        """Something was left in the working folder."""

    def after_step(self, at: int, value: Any, space: Dict[str, Any]) -> None:
        step = self._program.steps[at]
        home = str(space["tmp_path"])
        if step.kind in GIVEN:
            self._given, self._there = _files(home), set(os.listdir(home))
        elif "write_text" in step.code:
            ours = {n: text for n, text in _files(home).items() if self._is_ours(n)}
            self._given = {**self._given, **ours}
        if self._asks is not None:
            self._answer(at, value, space, home)
            return
        found: List[Check] = []
        if step.kind in ("do", "with") and not step.is_effect:  # of ours nothing can be read here
            self.misfits += self._counted.count(step.code, space)
        if isinstance(value, Caught):
            self.raised[str(at)] = self._describe(value.error)
        elif step.var and step.kind not in _SHOWN_BY_USE and step.var not in self._spoken_for:
            found = self._told(step.var, value, space, home)
            self._last[step.var] = self._told(step.var, value, space, home, _MOST_WATCHED)
            if step.kind in GIVEN or step.code.startswith("tmp_path / "):
                found = []  # how it begins is the fixture's to say; what becomes of it is told
            elif value is None and not may_answer(step.code, space):
                found = []
            elif "itertools.islice(" in step.code:  # how many were taken is ours to say
                found = [check for check in found if not check.left.startswith("len(")]
            found = self._as_documented(found, step, value, space)
        for name in list(self._last):
            is_given = name in self._handed
            if name == step.var or not (is_given or self._is_own(space.get(name))):
                continue
            now = self._told(name, space[name], space, home, _MOST_WATCHED)
            if now != self._last[name]:
                fresh = [check for check in now if check not in self._last[name]]
                found = found + fresh[:MAX_FACETS]
                self._last[name] = now
        self.seen.append(found)
        self.kinds.append("" if value is None else type(value).__name__)

    def _as_documented(
        self, found: List[Check], step: Step, value: Any, space: Dict[str, Any]
    ) -> List[Check]:
        """Nothing that the words about it rule out; nobody should find that frozen."""
        words = self._docstrings.of(step.code, value, space) if found else Documented()
        if words.is_ruled_out:
            return []
        return [check._replace(source=words.source, told=words.told) for check in found]

    def _told(
        self, name: str, value: Any, space: Dict[str, Any], home: str, most: int = MAX_FACETS
    ) -> List[Check]:
        """Of a stand-in only what was done to it."""
        shows = FIXTURES.shows(name) if name in self._handed else []
        if not shows:
            is_stand_in = name in self._handed and name not in self._fixtures
            return [] if is_stand_in else checks_of(name, value, self._surface, home, most)
        checks = []
        for left in shows:
            with contextlib.suppress(Exception):
                found = written(eval(left, dict(space)), self._surface)
                if found is not None and home not in found.code:
                    checks.append(Check(left, found.code, tuple(sorted(found.imports))))
        return checks

    def _answer(self, at: int, value: Any, space: Dict[str, Any], home: str) -> None:
        if isinstance(value, Caught):
            self.raised[str(at)] = self._describe(value.error)
        answers = []
        for left in self._asks[at] if at < len(self._asks) else ():
            try:
                answer = eval(left, {**self._classes, **space})
            except Exception:
                continue
            found = written_as_equal(answer, self._surface)
            if found is not None and home not in found.code:
                answers.append(Check(left, found.code, tuple(sorted(found.imports))))
        self.seen.append(answers)
        self.kinds.append("")

    def after_run(self, home: str, _outcome: Outcome) -> None:
        written = set(os.listdir(home)) - self._there
        named = any("str(tmp_path)" in check.left for checks in self.seen for check in checks)
        # What names the folder it works in has to be run there.
        self.leaves = named or bool(written - {name.split("/")[0] for name in self._given})
        self.files = {
            name: text
            for name, text in _files(home).items()
            if self._given.get(name) != text and not (home in text or names_a_place(text))
        }

    def _is_ours(self, name: str) -> bool:
        """A file that the program itself puts there as input."""
        return any("tmp_path / %r" % name in step.code for step in self._program.steps)

    def _is_own(self, value: Any) -> bool:
        return type(value).__module__.split(".")[0] in self._tops or isinstance(value, (list, dict))


def _surroundings_of(trial: Trial) -> Dict[str, List[str]]:
    """Who goes through all variables may lean on any that the program speaks of."""
    asked, steps = trial.asked, trial.program.steps
    spoken = {name for step in steps for name in re.findall(r"\b[A-Z][A-Z0-9_]+\b", step.code)}
    spoken = spoken if asked.lists_all and len(spoken) <= _FEW_NAMES else set()
    own = {step.setting for step in steps if step.setting}
    return {
        "missing": sorted(asked.missing | {one for one in spoken - own if one not in os.environ}),
        "there": sorted(asked.there),
        "idle": [] if asked.lists_all else sorted(own - asked.set_here),
        "files": sorted(trial.looked_for),
    }


def _is_of_one_machine(printed: str) -> bool:
    """Or too long for anybody to read."""
    is_theirs = OF_ONE_SYSTEM.search(printed) is not None or names_a_place(printed)
    return len(printed) >= 800 or is_theirs


def _files(home: str) -> Dict[str, str]:
    found = {}
    for path in sorted(Path(home).rglob("*")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
        if len(text) <= _MAX_FILE_LETTERS:
            found[path.relative_to(home).as_posix()] = text
    return found

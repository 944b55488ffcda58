"""Hands fixtures and stand-ins to the programs of a search, by kind, by name, or when met."""

from __future__ import annotations

import random
import sys
from typing import Any, Dict, List, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.given import FIXTURE, FIXTURES, GIVEN, STAND_IN
from itc_tui.engines.builtin.inside.pool import Held, Pool
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.setting import setting_of
from itc_tui.engines.builtin.inside.trials import Trial, Trials

_OPENED = ("monkeypatch.setenv(", "monkeypatch.delenv(", "http_answers.")
_MOST_ROUNDS = 3
"""Behind one thing outside there may be another."""


class Handing:
    def __init__(self, order: Dict[str, Any], pool: Pool, rng: random.Random) -> None:
        self._rng, self._setting = rng, setting_of(order, rng)
        self._stand_ins: List[Dict[str, Any]] = []
        self._sites: Dict[Tuple[str, int], List[Dict[str, Any]]] = {}
        for row in order.get("fixtures", ()):
            kind = _kind(row.get("kind", ("", "")))
            if kind is not None and row["name"] in FIXTURES.names:
                pool.give(kind, Held(_alone(row["name"], FIXTURE), row["name"]))
        for row in order.get("stand_ins", ()):
            if row["name"] in FIXTURES.names:
                self._take(row, pool)

    def _take(self, row: Dict[str, Any], pool: Pool) -> None:
        self._stand_ins.append(row)
        for file, line in row["sites"]:
            self._sites.setdefault((file, line), []).append(row)
        alone = _alone(row["name"], STAND_IN)
        for parameter, expression in row.get("offers_by_name", ()):
            pool.named.setdefault(parameter, Held(alone, expression))
        for expression, kind in row.get("offers", ()):
            found = _kind(kind)
            if found is not None:
                pool.give(found, Held(alone, expression))

    def run(self, program: Program, trials: Trials, focus: str = "") -> Trial:
        """Again with a stand-in for each thing outside that it was seen to meet, and mostly with
        what it missed in the environment."""
        trial = trials.run(program)
        for _ in range(_MOST_ROUNDS if self._stand_ins else 0):
            whole = self.completed(program, trial.footprint.lines)
            if whole is None:
                break
            program = whole
            trial = trials.run(program)
        while focus:
            whole = self._setting.given(trial, focus)
            if whole is None:
                break
            trial = trials.run(whole)
        return trial

    def completed(self, program: Program, lines: Set[Tuple[str, int]]) -> Optional[Program]:
        """The program with a stand-in for each thing outside that it meets; None if it has them."""
        have = {step.var for step in program.steps}
        needed: Dict[str, Dict[str, Any]] = {}
        for line in lines & self._sites.keys():
            for row in self._sites[line]:
                if row["name"] not in have:
                    needed[row["name"]] = row
        for row in self._stand_ins:
            if row["name"] in have and not self._is_opened(row, program):
                needed[row["name"]] = row
        if not needed:
            return None
        steps, imports = [], []
        for name, row in sorted(needed.items()):
            steps.append(Step(name, name, STAND_IN))
            if row.get("openings"):
                steps += [Step("", code) for code in self._rng.choice(row["openings"])]
                imports += row.get("opening_imports", [])
        given = [step for step in program.steps if step.kind in GIVEN and step not in steps]
        rest = [step for step in program.steps if step.kind not in GIVEN]
        whole = Program((*program.imports, *imports), (*given, *steps, *rest))
        return whole._replace(imports=tuple(dict.fromkeys(whole.imports))).in_order()

    def _is_opened(self, row: Dict[str, Any], program: Program) -> bool:
        """Its first words are said, in whatever form a mutation left them."""
        if not row.get("openings"):
            return True
        return any(
            step.kind == "do" and not step.var and step.code.startswith(row["name"] + ".")
            for step in program.steps
        )


def fixed_part(step: Step) -> int:
    """Which variable is set, or what is asked of a service, is the code's; the rest may change."""
    is_opening = step.kind == "do" and not step.var and step.code.startswith(_OPENED)
    return step.code.find(",") + 1 if is_opening else 0


def given_in(program: Program) -> str:
    return ", ".join(step.var for step in program.steps if step.kind in GIVEN)


def _alone(name: str, kind: str) -> Program:
    return Program((), (Step(name, name, kind),))


def _kind(path: Any) -> Any:
    module, qualname = path
    found: Any = sys.modules.get(module)
    for part in qualname.split("."):
        found = getattr(found, part, None)
    return found if isinstance(found, type) else None

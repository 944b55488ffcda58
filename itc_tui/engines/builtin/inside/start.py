"""The way in: reads an order, searches or observes, and says what it finds as JSON lines."""

from __future__ import annotations

import logging
import os
import random
import shutil
import sys
import tempfile
import types
from pathlib import Path
from typing import Any, Callable, Dict, List

from itc_tui.engines.builtin.inside.asked import ASKING, make_strange
from itc_tui.engines.builtin.inside.batches import MOST_HANDS, hands, in_child, side_by_side
from itc_tui.engines.builtin.inside.declared import declare
from itc_tui.engines.builtin.inside.drivers.door import Scripts
from itc_tui.engines.builtin.inside.drivers.registry import entries_of, with_doors
from itc_tui.engines.builtin.inside.fellows import fellows_of
from itc_tui.engines.builtin.inside.given import FIXTURES
from itc_tui.engines.builtin.inside.looking import put_around, settings_text
from itc_tui.engines.builtin.inside.observing import Observer
from itc_tui.engines.builtin.inside.own_time import Purse
from itc_tui.engines.builtin.inside.places import keep_in_mind, move_home
from itc_tui.engines.builtin.inside.programs import from_json
from itc_tui.engines.builtin.inside.promises.judging import judge
from itc_tui.engines.builtin.inside.pytest_doubles import NoInput
from itc_tui.engines.builtin.inside.rounds import Rounds, given_in
from itc_tui.engines.builtin.inside.search import Search
from itc_tui.engines.builtin.inside.seatbelt import SEATBELT, fastened, limit_memory
from itc_tui.engines.builtin.inside.surface import Surface, read_surface
from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.inside.trials import Trials
from itc_tui.engines.builtin.inside.warning_filters import FILTERS

_FIXTURES_S = 10.0
_FROM_ANOTHER_HOME = 3
"""The seed before it shows what programs do to one another, and that alone."""
_LEAST_DEPTH = 1000
"""Python's own: a target that allows itself less does not allow it to us."""
_AS_UNDER_PYTEST = {"PYTEST_VERSION": "8", "PYTEST_CURRENT_TEST": "test_it.py::test_it (call)"}
"""What lists the environment sees more of it in a test; such a value must be found out."""
_ANOTHER_CALL = ["another-program", "--of-another-call"]
"""What reads the command line without being asked to reads that of pytest, in a test."""
_AS_A_TEST = types.ModuleType("test_it")
"""What a test defines says of itself that it is of the test's module."""

Say = Callable[[Dict[str, Any]], None]


def main(order: Dict[str, Any], root: str, say: Say) -> None:
    hole = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1) if order.get("is_loud") else (0, 1, 2):
        os.dup2(hole, number)  # what the target prints or asks for goes nowhere
    # As under pytest: nobody answers, and warnings that are logged are not printed.
    sys.stdin = NoInput()
    logging.getLogger().addHandler(logging.NullHandler())
    limit_memory(order.get("memory_mb", 1500))
    scratch = tempfile.mkdtemp(prefix="trial-")
    keep_in_mind(root)
    if order.get("seed", 1) >= _FROM_ANOTHER_HOME:
        move_home()
        sys.argv[:] = _ANOTHER_CALL
    SEATBELT.install(scratch, *_caches(), readable=(root,))
    sys.dont_write_bytecode = True
    MOST_HANDS[0] = min(MOST_HANDS[0], order.get("hands", 2))
    FILTERS.take(order.get("warning_filters", []))
    tracer = Tracer(os.path.realpath(root), order.get("faces", ()))
    ASKING.install(lambda file: tracer.relative(file) is not None)
    anothers = order.get("anothers_value", "")
    at_import = order.get("strange_at_import", ())
    make_strange(at_import, anothers)
    surface = read_surface(
        order["packages"],
        order.get("passed_over", ()),
        before=lambda name, failed: say({"importing": name, "failed": failed}),
    )
    asked_at_import = sorted(ASKING.taken().every)
    sys.setrecursionlimit(max(_LEAST_DEPTH, sys.getrecursionlimit()))
    with fastened(_FIXTURES_S):
        FIXTURES.prepare([*order.get("fixtures", ()), *order.get("stand_ins", ())], root)
        FIXTURES.try_out([row["name"] for row in order.get("stand_ins", ())], Path(scratch))
    names = [module.__name__ for module in surface.modules]
    say({"modules": names, "failed": surface.failed, "asked_at_import": asked_at_import})
    say({"unmade": FIXTURES.failed})
    strange = sorted(order.get("strange", ()))
    put_around(order.get("around", ()), scratch, settings_text(strange, anothers))
    make_strange(set(strange).difference(at_import), anothers)
    trials = Trials(tracer, scratch, order.get("trial_s", 1.0))
    if order["job"] == "search":
        _search(order, surface, tracer, trials, say)
    elif order["job"] == "judge":
        judge(order, surface, tracer, trials, say)
    else:
        _observe(order, surface, tracer, trials, say)
    shutil.rmtree(scratch, ignore_errors=True)
    sys.stdout.flush()
    os._exit(0)  # whatever the target left running ends here


def _caches() -> List[str]:
    """In a home of the box's own. What is put there shows in no result: to use a cache is no
    reaching out."""
    return [place for place in (os.environ.get("XDG_CACHE_HOME"),) if place]


def _search(
    order: Dict[str, Any], surface: Surface, tracer: Tracer, trials: Trials, say: Any
) -> None:
    scripts = Scripts(tuple((name, target) for name, target in order.get("scripts", [])))
    with_doors(surface, list(entries_of(surface, scripts, say)))
    declared = declare(order.get("definitions", []), surface, tracer)
    surface.callables.extend(fellows_of(declared, surface))
    search = Search(surface, trials, tracer, order, order.get("seed", 1), declared)
    say({"callables": len(surface.callables)})
    rounds = Rounds(search, order["budget_s"], say)
    rounds.try_given(given_in(order), surface, trials)
    rounds.say_what_is_quoted()
    rounds.search()


def _observe(
    order: Dict[str, Any], surface: Surface, tracer: Tracer, trials: Trials, say: Any
) -> None:
    trials.is_patient = order.get("is_patient", True)
    observer = Observer(surface, trials, tracer)
    if order.get("seed", 1) > 1:
        os.environ.update(_AS_UNDER_PYTEST)
        trials.module = _AS_A_TEST.__name__
        sys.modules[trials.module] = _AS_A_TEST
    rows = [(row["id"], (from_json(row["program"]), row.get("asks"))) for row in order["programs"]]
    size, purse = order.get("chunk", 1), Purse(order["budget_s"])
    if order.get("chains"):
        known = dict(rows)
        works = [
            _observing(observer, [(ident, known[ident]) for ident in chain])
            for chain in order["chains"]
        ]
        last: Dict[int, Dict[str, Any]] = {}
        for place, row in side_by_side(works, at_once=hands()):
            if "id" in row:
                last[place] = row
            elif "spent" in row and place in last:
                say({**last[place], "id": order["chains"][place][0]})
                purse.pay(row["spent"] / hands())
                if not purse.left_s:
                    return
        return
    if order.get("together"):
        random.Random(order.get("seed", 1)).shuffle(rows)
        _observe_together(observer, rows, say)
        return
    while rows and purse.left_s:
        parts = [rows[at : at + size] for at in range(0, len(rows), size)]
        done = [0] * len(parts)
        works = [_observing(observer, part) for part in parts]
        for place, row in side_by_side(works, at_once=hands()):
            if "id" in row:
                done[place] += 1
                say(row)
            elif "spent" in row:
                purse.pay(row["spent"] / hands())
                if not purse.left_s:
                    return
        # A child ends at the first program that kills it; the next children take up the rest.
        rows = [one for part, count in zip(parts, done) for one in part[count + 1 :]]


def _observing(observer: Observer, rows: List[Any]) -> Callable[[Say], None]:
    def work(tell: Say) -> None:
        for ident, (program, asks) in rows:
            tell({"id": ident, **observer.observe(program, asks)})

    return work


def _observe_together(observer: Observer, rows: List[Any], say: Any) -> None:
    """One process for many, as pytest will have it; after a crash, another for the rest."""
    while rows:
        done = 0
        for row in in_child(_observing(observer, rows)):
            if "id" in row:
                done += 1
                say(row)
        rows = rows[done + 1 :]

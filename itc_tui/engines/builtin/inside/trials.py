"""One trial: run a program under watch, and say what came of it."""

from __future__ import annotations

import ast
import builtins
import collections.abc as abc
import contextlib
import inspect
import itertools
import linecache
import os
import re
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterator, List, NamedTuple, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.absent import lacks_a_package
from itc_tui.engines.builtin.inside.asked import ASKING, Asked
from itc_tui.engines.builtin.inside.faces import crash_of, is_breakdown
from itc_tui.engines.builtin.inside.given import STAND_IN
from itc_tui.engines.builtin.inside.looking import looked_for_around
from itc_tui.engines.builtin.inside.own_words import own_words
from itc_tui.engines.builtin.inside.programs import Outcome, Program, Step, run
from itc_tui.engines.builtin.inside.pytest_doubles import Monkeypatch, is_for_input
from itc_tui.engines.builtin.inside.seatbelt import SEATBELT, OutOfTime, fastened
from itc_tui.engines.builtin.inside.tracing import Footprint, Tracer

_FIRST_ITEMS = 12
_PATIENCE = 4
_TOO_LONG = "takes longer"
IN_A_LOOP = "asyncio.run(scenario())"
ENTERED = "\n        return opened"
"""How what is entered with `async with` is taken out."""
_IN_A_LOOP_ALONE = ("run", "gather", "await", "enter")


class Trial(NamedTuple):
    program: Program
    outcome: Outcome
    footprint: Footprint
    trouble: str
    """Why it may not be kept: ran too long, reached out, left a thread."""
    wrap: str = ""
    """How the last value must be taken to be seen: list, first, run, await, gather, with, enter;
    or, for a command that ends the process, `exit` and the number of the step."""
    asked: Asked = Asked()
    looked_for: FrozenSet[str] = frozenset()
    """Names of files, where it happened to run."""

    @property
    def is_endless(self) -> bool:
        return self.trouble.startswith(_TOO_LONG)


class Trials:
    def __init__(self, tracer: Tracer, scratch: str, limit_s: float = 1.0) -> None:
        self._tracer, self._scratch, self._limit_s = tracer, scratch, limit_s
        self._home: Optional[str] = None
        self._home_owner = 0
        self.module = "__main__"
        """What definitions of the program say that they are of."""
        self.is_patient = False
        """What is run now is known to end, or worth the wait: a document's own example."""

    def run(self, program: Program, after_step: Any = None, after_run: Any = None) -> Trial:
        """Run in a folder of its own, whose path the program knows as `tmp_path`."""
        before = threading.active_count()
        footprint, outcome, trouble = Footprint(), Outcome(), ""
        ASKING.taken()
        with self.home() as home:
            monkeypatch = Monkeypatch()
            space: Dict[str, Any] = {"__name__": self.module, "tmp_path": Path(home)}
            space["monkeypatch"] = monkeypatch
            try:
                with fastened(self._limit_of(program)), self._tracer.on() as footprint:
                    outcome = run(program, space, after_step)
                if after_run is not None:
                    after_run(home, outcome)
            except OutOfTime:
                trouble = "%s than %.1f s" % (_TOO_LONG, self._limit_of(program))
            except BaseException as error:
                trouble = "ends with %s" % type(error).__name__
            finally:
                sys.settrace(None)
                asked = ASKING.taken()
                monkeypatch.undo()
            wrap = "" if trouble else wrap_of(outcome)
            if wrap in _IN_A_LOOP_ALONE and program.steps[-1].code == IN_A_LOOP:
                wrap = ""  # the loop that it was for is over
            paths = self._tracer.looked_for | SEATBELT.read
            looked_for = looked_for_around(paths, home, program)
        if SEATBELT.was_tight:
            trouble = trouble or "reaches outside its folder"
        if threading.active_count() > before:
            trouble = trouble or "leaves a thread running"
        if any(map(is_for_input, outcome.errors)):
            trouble = trouble or "asks for input"
        if lacks_a_package(program, outcome.errors):
            trouble = trouble or "lacks a package"
        return Trial(program, outcome, footprint, trouble, wrap, asked, looked_for)

    def settled(self, trial: Trial) -> Trial:
        """The same, with what it gives taken out, and ends of the process expected."""
        for _ in range(3):
            if trial.trouble or not trial.wrap:
                break
            trial = self.run(wrapped(trial.program, trial.wrap))
        return trial

    def _limit_of(self, program: Program) -> float:
        """A server, or a whole cloud, is not there at once."""
        is_handed = any(step.kind == STAND_IN for step in program.steps)
        return self._limit_s * (_PATIENCE if is_handed or self.is_patient else 1)

    @contextlib.contextmanager
    def home(self) -> Iterator[str]:
        """An empty folder to work in; the same one again as long as nobody left anything there."""
        if self._home is None or self._home_owner != os.getpid():
            self._home = os.path.realpath(tempfile.mkdtemp(dir=self._scratch))
            self._home_owner = os.getpid()
        home, before = self._home, os.getcwd()
        os.chdir(home)
        try:
            yield home
        finally:
            os.chdir(before)
            try:
                is_clean = not os.listdir(home)
            except OSError:
                is_clean = False
            if not is_clean:
                shutil.rmtree(home, ignore_errors=True)
                self._home = None


def wrap_of(outcome: Outcome) -> str:
    if outcome.failure is not None:
        is_exit = isinstance(outcome.failure.error, SystemExit)
        return "exit %d" % outcome.failure.at if is_exit else ""
    value = outcome.values[-1] if outcome.values else None
    if type(value).__module__ == "unittest.mock":
        return ""  # it is whatever it is taken for
    if inspect.iscoroutine(value):
        value.close()
        return "run"
    if hasattr(type(value), "__aenter__") and hasattr(type(value), "__aexit__"):
        return "enter"
    if hasattr(type(value), "__aiter__") and hasattr(type(value), "__anext__"):
        return "gather"
    if inspect.isawaitable(value):
        return "await"
    if isinstance(value, contextlib.AbstractContextManager) and _is_of_contextlib(value):
        return "with"
    if isinstance(value, abc.Iterator) and not hasattr(value, "read"):
        try:
            with fastened(0.3):
                count = sum(1 for _ in itertools.islice(value, _FIRST_ITEMS * 4))
        except (Exception, OutOfTime):
            return ""
        return "list" if count < _FIRST_ITEMS * 4 else "first"
    return ""


def _is_of_contextlib(value: Any) -> bool:
    """What `@contextmanager` makes: to be entered once, and good for nothing else."""
    return type(value).__module__ == "contextlib"


def is_a_wrap_itself(trial: Trial, tops: Set[str]) -> bool:
    """An object of the target's that is iterated, awaited or entered, and can be told as well."""
    value = trial.outcome.values[-1] if trial.outcome.values else None
    is_own = type(value).__module__.split(".")[0] in tops
    return is_own and bool(trial.wrap) and not trial.wrap.startswith("exit")


def wrapped(program: Program, wrap: str) -> Program:
    """The same program with its last value taken out of what it is wrapped in."""
    if wrap.startswith("exit "):
        return _ending(program, int(wrap[5:]))
    last = program.steps[-1]
    if wrap == "with":
        return program._replace(steps=(*program.steps[:-1], last._replace(kind="with")))
    before = program._replace(steps=program.steps[:-1])
    if wrap == "list":
        return before.then(last._replace(code="list(%s)" % last.code))
    if wrap == "first":
        code = "list(itertools.islice(%s, %d))" % (last.code, _FIRST_ITEMS)
        return before.then(last._replace(code=code), ("import itertools",))
    if wrap == "enter":
        entering = "async def scenario():\n    async with %s as opened:%s" % (last.code, ENTERED)
        held = before.then(Step("", entering, "raw"))
        return held.then(Step(last.var, IN_A_LOOP), ("import asyncio",))
    if wrap == "run":
        return before.then(last._replace(code="asyncio.run(%s)" % last.code), ("import asyncio",))
    taken = "[item async for item in %s]" if wrap == "gather" else "await %s"
    whole = "async def scenario():\n    return %s" % (taken % last.code)
    held = before.then(Step("", whole, "raw"))
    return held.then(Step(last.var, IN_A_LOOP), ("import asyncio",))


def _ending(program: Program, at: int) -> Program:
    """The process would end there; whoever looks at what was printed then expects it to."""
    steps = list(program.steps)
    if "capsys.readouterr()" in [step.code for step in steps[at + 1 :]]:
        steps[at] = steps[at]._replace(kind="raises")
    return program._replace(steps=tuple(steps))


class Raised(NamedTuple):
    kind: Any
    message: str
    by_target: bool
    """A `raise` statement of the target's own brought it about."""
    in_target: bool


def raised_by(error: BaseException, tracer: Tracer) -> Raised:
    frames: List[Tuple[str, int]] = []
    trace = error.__traceback__
    while trace is not None:
        frames.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    inner = frames[-1] if frames else ("", 0)
    in_target = any(tracer.relative(file) is not None for file, _ in frames)
    is_meant = _is_warned(*inner) if isinstance(error, Warning) else _is_raise(*inner, type(error))
    by_target = tracer.relative(inner[0]) is not None and is_meant
    return Raised(type(error), own_words(error, tracer), by_target, in_target)


def refusal_in(trial: Trial, tracer: Tracer, tops: Set[str]) -> Optional[Raised]:
    """The failure, when it is a meaningful one of the last step."""
    failure = trial.outcome.failure
    if trial.trouble or failure is None or failure.at != len(trial.program.steps) - 1:
        return None
    raised = raised_by(failure.error, tracer)
    own = raised.kind.__module__.split(".")[0] in tops
    if not raised.in_target or not (raised.by_target or own):
        return None
    if raised.kind in (AttributeError, AssertionError, NameError, RecursionError):
        return None
    return raised


def is_sound(trial: Trial, tracer: Tracer, tops: Set[str]) -> bool:
    """It ran in order, kept what was promised, and nothing broke down behind a result."""
    if trial.trouble:
        return False
    for step, value in zip(trial.program.steps, trial.outcome.values):
        if step.source and step.kind == "do" and value is not True:
            return False
        crash = crash_of(value)
        if crash is not None:
            raised = raised_by(crash, tracer)
            own = raised.kind.__module__.split(".")[0] in tops
            if not raised.in_target or not (raised.by_target or own):
                return False
        if is_breakdown(value):
            return False
    return True


def _is_warned(file: str, line: int) -> bool:
    """Of a warning that the target's settings make an error of: the target itself gave it."""
    return re.search(r"\bwarn\w*\(", linecache.getline(file, line)) is not None


def _is_raise(file: str, line: int, kind: Any) -> bool:
    """The statement on that line raises; looked for upwards, as it may span lines.

    What breaks while the words of an error are put together is not what the statement means.
    """
    for back in range(6):
        text = linecache.getline(file, line - back).strip()
        if text.startswith("raise"):
            meant = re.match(r"raise\s+(?:\w+\.)*([A-Z]\w*)", text)
            is_another = meant is not None and hasattr(builtins, kind.__name__)
            return meant is None or meant[1] == kind.__name__ or not is_another
        if back == 0 and _is_whole_statement(text):
            return False
    return False


def _is_whole_statement(text: str) -> bool:
    try:
        return bool(ast.parse(text).body)
    except SyntaxError:
        return False

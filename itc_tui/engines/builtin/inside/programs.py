"""Programs: short sequences of Python statements that are composed, run and written down."""

from __future__ import annotations

import ast
import contextlib
import functools
import itertools
import re
import warnings
from typing import Any, Dict, FrozenSet, List, NamedTuple, Optional, Sequence, Set, Tuple

from itc_tui.engines.builtin.inside.drivers import plain_requests
from itc_tui.engines.builtin.inside.given import FIXTURES, GIVEN
from itc_tui.engines.builtin.inside.pytest_doubles import Capsys
from itc_tui.engines.builtin.inside.warning_filters import FILTERS

_counter = itertools.count(1)
_OURS = re.compile(r"\bv_\w+_\d+\b")
_GUARD = re.compile(r"monkeypatch\.setattr\('[\w.]+', (?:None|False)\)")
_SETTING = re.compile(r"monkeypatch\.(?:set|del)env\('(\w+)', ")


class Step(NamedTuple):
    """One statement. `var = code` when there is a name, else `code` alone."""

    var: str
    code: str
    kind: str = "do"
    """`do`; `with` holds the rest of the program in its block; `raw` is any statement, run as it
    is, and of a definition `var` is the name; `raises` is expected to raise, and the program goes
    on; `fixture` and `stand-in` are made before everything else, and handed to the test by their
    names."""
    source: str = ""
    """Who promises that this is true; only of a comparison, and empty where nobody does."""

    @property
    def is_effect(self) -> bool:
        """Done again, it does something again."""
        return self.code.startswith(("monkeypatch.", "capsys."))

    @property
    def setting(self) -> str:
        """The environment variable that it settles; empty for any other step."""
        found = _SETTING.match(self.code) if self.kind == "do" and not self.var else None
        return found[1] if found else ""

    @property
    def is_guard(self) -> bool:
        """It sees to it that a package is not used, though it were installed."""
        return _GUARD.fullmatch(self.code) is not None

    @property
    def text(self) -> str:
        if self.kind == "with":
            return "with %s as %s:" % (self.code, self.var)
        if self.kind in GIVEN:
            return self.var
        if self.kind == "raw":
            return self.code
        return "%s = %s" % (self.var, self.code) if self.var else self.code


class Program(NamedTuple):
    imports: Tuple[str, ...] = ()
    steps: Tuple[Step, ...] = ()
    defines: Tuple[str, ...] = ()
    """Names of functions that are written beside it: see `drivers.plain_requests`."""

    def then(self, step: Step, imports: Sequence[str] = ()) -> "Program":
        return self._replace(imports=_union(self.imports, imports), steps=(*self.steps, step))

    def beside(self, other: "Program") -> "Optional[Program]":
        """Both, one after the other; None when they use one name for two things."""
        if _clash(self.imports, other.imports) or self._is_set_otherwise(other):
            return None
        if self.bound & other.imported or other.bound & self.imported:
            return None
        steps = list(self.steps)
        have = set(steps)
        names = {step.var for step in steps if step.var}
        for step in other.steps:
            if step in have and (step.setting or step.is_guard or not step.is_effect):
                continue
            if step.var in names or (_is_loose(step) and any(map(_is_loose, self.steps))):
                return None
            steps.append(step)
        return Program(
            _union(self.imports, other.imports),
            tuple(steps),
            _union(self.defines, other.defines),
        ).in_order()

    @property
    def imported(self) -> Set[str]:
        """Names that its imports give."""
        return {name for line in self.imports for name, _ in _given_by(line)}

    @property
    def bound(self) -> Set[str]:
        """Names that its statements give."""
        raw = (step.code for step in self.steps if step.kind == "raw")
        return {step.var for step in self.steps if step.var}.union(*map(_bound_by, raw))

    def _is_set_otherwise(self, other: "Program") -> bool:
        """One environment variable would have to be two things."""
        own = {step.setting: step.code for step in self.steps if step.setting}
        return any(own.get(step.setting, step.code) != step.code for step in other.steps)

    def in_order(self) -> "Program":
        """What a test is given is there before its first statement, stand-ins before fixtures;
        next come the surroundings."""
        first = [step for kind in GIVEN for step in self.steps if step.kind == kind]
        first += [step for step in self.steps if step.setting]
        if not first or list(self.steps[: len(first)]) == first:
            return self
        rest = [step for step in self.steps if step.kind not in GIVEN and not step.setting]
        return self._replace(steps=(*first, *rest))

    def set_to(self, steps: "Sequence[Step]") -> "Program":
        """In these surroundings, and otherwise as it is."""
        return self._replace(steps=(*steps, *self.steps)).in_order()

    def as_json(self) -> Dict[str, Any]:
        return {
            "imports": list(self.imports),
            "steps": [list(step if step.source else step[:3]) for step in self.steps],
            "defines": list(self.defines),
        }


def from_json(row: Dict[str, Any]) -> Program:
    steps = tuple(Step(*step) for step in row["steps"])
    return Program(tuple(row["imports"]), steps, tuple(row.get("defines", ())))


def fresh(stem: str = "x") -> str:
    """A name that no other program uses; it is made readable when it is written down."""
    return "v_%s_%d" % (re.sub(r"\W", "", stem) or "x", next(_counter))


def count_from(number: int) -> None:
    """Start names at `number`: two processes must not give the same one."""
    global _counter
    _counter = itertools.count(number)


def names_in(code: str) -> List[str]:
    return _OURS.findall(code)


class Caught:
    """The value of a step that raised, as it was meant to."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class Failure(NamedTuple):
    at: int
    error: BaseException


class Outcome:
    """What running a program left: the namespace, the value of every step, and what was printed."""

    def __init__(self) -> None:
        self.space: Dict[str, Any] = {}
        self.values: List[Any] = []
        self.failure: Optional[Failure] = None
        self.out = ""
        self.after_import = False

    @property
    def errors(self) -> List[BaseException]:
        """What came out of the program, be it as it was meant to."""
        failed = [self.failure.error] if self.failure is not None else []
        return failed + [value.error for value in self.values if isinstance(value, Caught)]


def run(program: Program, space: Dict[str, Any], after_step: Any = None) -> Outcome:
    """Run it; what it raises is the outcome's, except for the alarm and the like."""
    outcome = Outcome()
    outcome.space = space
    capsys = Capsys()
    space.setdefault("capsys", capsys)
    at = -1
    quiet = contextlib.redirect_stderr(capsys.complained)
    with contextlib.redirect_stdout(capsys.printed), quiet, warnings.catch_warnings():
        FILTERS.apply()
        try:
            for line in program.imports:
                exec(line, space)
            space.update((name, getattr(plain_requests, name)) for name in program.defines)
            outcome.after_import = True
            with contextlib.ExitStack() as stack:
                try:
                    for at, step in enumerate(program.steps):
                        outcome.values.append(_do(step, space, stack))
                        if after_step is not None:
                            after_step(at, outcome.values[-1], space)
                except (Exception, SystemExit) as error:
                    # A block of the program may swallow it, and what comes behind never runs.
                    outcome.failure = Failure(at, error)
                    raise
        except (Exception, SystemExit) as error:
            outcome.failure = Failure(at, error)
    outcome.out = capsys.printed.getvalue()
    return outcome


def _do(step: Step, space: Dict[str, Any], stack: contextlib.ExitStack) -> Any:
    if step.kind in GIVEN:
        space[step.var] = FIXTURES.value(step.code, space, stack)
        return space[step.var]
    if step.kind == "with":
        space[step.var] = stack.enter_context(eval(step.code, space))
        return space[step.var]
    if step.kind == "raises":
        try:
            eval(step.code, space)
        except (Exception, SystemExit) as error:
            return Caught(error)
        return None
    if step.kind == "raw":
        tree = ast.parse(step.code)
        if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
            return eval(step.code.strip(), space)
        exec(_compiled(step.code, "exec"), space)
        return None
    try:
        code = _compiled(step.code.strip(), "eval")
    except SyntaxError:
        exec(_compiled(step.code, "exec"), space)
        return None
    value = eval(code, space)
    if step.var:
        space[step.var] = value
    return value


def _compiled(code: str, mode: str) -> Any:
    """As it stands in a test: without what this file takes from `__future__`."""
    return compile(code, "<step>", mode, dont_inherit=True)


def _is_loose(step: Step) -> bool:
    """A statement that defines nothing: two of them may want the same."""
    return step.kind == "raw" and not step.var


def _clash(left: Sequence[str], right: Sequence[str]) -> bool:
    """One name would be imported from two places."""
    known = {name: means for line in left for name, means in _given_by(line)}
    return any(known.get(name, means) != means for line in right for name, means in _given_by(line))


@functools.lru_cache(maxsize=None)
def _given_by(line: str) -> Tuple[Tuple[str, str], ...]:
    """The names that an import gives, each with what it then means."""
    found = []
    for node in ast.parse(line).body:
        for alias in node.names if isinstance(node, (ast.Import, ast.ImportFrom)) else ():
            if isinstance(node, ast.ImportFrom):
                place = "%s%s.%s" % ("." * node.level, node.module or "", alias.name)
                found.append((alias.asname or alias.name, place))
            else:  # `import a.b` and `import a.c` give `a` one meaning
                top = alias.name.split(".")[0]
                found.append((alias.asname or top, alias.name if alias.asname else top))
    return tuple(found)


@functools.lru_cache(maxsize=None)
def _bound_by(code: str) -> FrozenSet[str]:
    """The names that a statement gives to those behind it."""
    found = set()
    left: List[ast.AST] = [ast.parse(code.strip())]
    while left:
        node = left.pop()
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            found.add(node.name)
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            left.extend(ast.iter_child_nodes(node))
    return frozenset(found)


def _union(left: Sequence[str], right: Sequence[str]) -> Tuple[str, ...]:
    return tuple(dict.fromkeys((*left, *right)))

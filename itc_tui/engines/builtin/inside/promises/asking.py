"""Watches a program's own calls: whether what it gave fits the annotations, what came back."""

from __future__ import annotations

import inspect
import os
import sys
import typing
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.doc_types import doc_types
from itc_tui.engines.builtin.inside.modules import held_in
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.promises.fitting import NO, UNKNOWN, YES, fit
from itc_tui.engines.builtin.inside.promises.records import has_fields, records_in
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.trials import Trial, Trials

_OURS = ("<step>", "<string>")
_LAZY = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_MOST_BUILT = 60
_WRAPPERS = ("contextlib", "functools")


class Known(NamedTuple):
    """A function of the target's."""

    ident: str
    func: Any
    owner: Any
    is_bound: bool
    """Its first argument is the object or the class."""
    makes: bool
    """It initialises an object that the caller asked for by class."""


class Asked(NamedTuple):
    """A call that a program makes itself."""

    step: int
    known: Known
    result: Any
    is_result_seen: bool


class Answers:
    def __init__(self) -> None:
        self.asked: List[Asked] = []
        self.trouble = ""
        """Why nothing may be concluded: what the program gave does not fit, or is not known to."""
        self.built: Dict[Tuple[Any, str], bool] = {}
        """Class and field → whether the target's own code filled it; only what fits."""
        self.ours: Set[int] = set()
        self.alive: List[Any] = []
        """Keeps what `ours` names by identity from being replaced by something else."""

    def is_ours(self, value: Any) -> bool:
        return id(value) in self.ours

    def own(self, value: Any) -> None:
        for _, record in records_in(value):
            self.ours.add(id(record))
            self.alive.append(record)


class Asking:
    """Knows the target's functions by their code."""

    def __init__(self, surface: Surface, trials: Trials) -> None:
        self._trials = trials
        self._tops = {module.__name__.split(".")[0] for module in surface.modules}
        self.known: Dict[Any, Known] = {}
        self._hints: Dict[Any, Dict[str, Any]] = {}
        self._doc_types: Dict[Any, Dict[str, Any]] = {}
        self._records: Set[Any] = set()
        for module in surface.modules:
            for thing in held_in(module).values():
                self._learn(thing)

    def look(self, program: Program, also: Any) -> Tuple[Trial, Answers]:
        """`also` is told of every call and return, whoever made it."""
        answers = Answers()
        step = [0]
        watch = self._watch(answers, step)
        inner: Dict[Any, Known] = {}

        def profile(frame: Any, event: str, arg: Any) -> None:
            watch(frame, event, arg, inner)
            also(frame, event, arg)

        def after(at: int, _value: Any, _space: Any) -> None:
            step[0] = at + 1

        sys.setprofile(profile)
        try:
            trial = self._trials.run(program, after)
        finally:
            sys.setprofile(None)
        return trial, answers

    def hints(self, func: Any) -> Dict[str, Any]:
        key = getattr(func, "__code__", func)
        if key not in self._hints:
            try:
                self._hints[key] = typing.get_type_hints(func, include_extras=True)
            except Exception:
                self._hints[key] = {}
        return self._hints[key]

    def _told(self, known: Known) -> Dict[str, Any]:
        """Types that its docstring, or for what it makes that of the class, tells."""
        if known.func not in self._doc_types:
            owner = known.owner if known.makes else None
            types = doc_types(owner) if inspect.isclass(owner) else doc_types(known.func)
            self._doc_types[known.func] = types
        return self._doc_types[known.func]

    def _learn(self, thing: Any) -> None:
        module = getattr(thing, "__module__", "")
        if not isinstance(module, str) or module.split(".")[0] not in self._tops:
            return
        if inspect.isclass(thing):
            if has_fields(thing):
                self._records.add(thing)
            for name, raw in list(vars(thing).items()):
                is_bound = not isinstance(raw, staticmethod)
                makes = name in ("__init__", "__new__")
                func = inspect.unwrap(getattr(raw, "__func__", getattr(raw, "fget", None) or raw))
                self._note(
                    func, "%s:%s.%s" % (module, thing.__qualname__, name), thing, is_bound, makes
                )
        else:
            func = inspect.unwrap(thing) if callable(thing) else thing
            self._note(
                func, "%s:%s" % (module, getattr(func, "__qualname__", "")), None, False, False
            )

    def _note(self, func: Any, ident: str, owner: Any, is_bound: bool, makes: bool) -> None:
        code = getattr(func, "__code__", None)
        if code is not None:
            self.known.setdefault(code, Known(ident, func, owner, is_bound, makes))

    def _watch(self, answers: Answers, step: List[int]) -> Any:
        def watch(frame: Any, event: str, arg: Any, inner: Dict[Any, Known]) -> None:
            if event not in ("call", "return") or frame.f_back is None:
                return
            if event == "return":
                known = inner.pop(frame, None)
                if known is not None:
                    _take(answers, step[0], known, frame, arg)
                return
            is_asked = _is_ours(frame.f_back)
            if _is_ours(frame):
                if (
                    not is_asked
                    and frame.f_code.co_name != "<module>"
                    and _is_target(frame.f_back, self._tops)
                ):
                    answers.trouble = "calls back into the program"
                return
            known = self.known.get(frame.f_code)
            if known is not None and known.makes and known.owner in self._records:
                self._note_built(frame, known, answers, by_target=not is_asked)
            if not is_asked:
                return
            if known is None:
                if not _is_harmless(frame):
                    answers.trouble = "calls something that cannot be judged"
                return
            judged = self._judge(frame, known, answers)
            if judged != YES:
                answers.trouble = (
                    answers.trouble or "gives %s what it may not be meant for" % known.ident
                )
            inner[frame] = known

        return watch

    def _note_built(self, frame: Any, known: Known, answers: Answers, by_target: bool) -> None:
        if len(answers.built) >= _MOST_BUILT:
            return
        hints = self.hints(known.func)
        for name, value, is_default, form in _given(frame, known):
            if not is_default and not form and fit(value, hints.get(name, Any)) == YES:
                key = (known.owner, name)
                answers.built[key] = answers.built.get(key, False) or by_target

    def _judge(self, frame: Any, known: Known, answers: Answers) -> str:
        hints = {**self._told(known), **self.hints(known.func)}
        verdict = YES
        for name, value, is_default, form in _given(frame, known):
            if not known.makes or name != "self":
                answers.own(value)
            if is_default:
                continue
            if name not in hints:
                verdict = NO if verdict == NO else UNKNOWN
                continue
            items = (
                list(value) if form == "*" else list(value.values()) if form == "**" else [value]
            )
            for item in items:
                found = fit(item, hints[name])
                if found != YES and not (value is None and found == UNKNOWN):
                    verdict = found if verdict != NO else NO
        return verdict


def _take(answers: Answers, step: int, known: Known, frame: Any, arg: Any) -> None:
    if known.makes:
        made = (
            frame.f_locals.get(frame.f_code.co_varnames[0])
            if known.ident.endswith("__init__")
            else arg
        )
        answers.own(made)
        return
    is_lazy = bool(frame.f_code.co_flags & _LAZY)
    answers.asked.append(Asked(step, known, arg, not is_lazy))


def _given(frame: Any, known: Known) -> Iterator[Tuple[str, Any, bool, str]]:
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount
    names = list(code.co_varnames[:count])
    try:
        parameters = inspect.signature(known.func).parameters
    except (TypeError, ValueError):
        parameters = {}  # type: ignore[assignment]
    for place, name in enumerate(names):
        if place == 0 and known.is_bound:
            continue
        value = frame.f_locals.get(name)
        default = parameters[name].default if name in parameters else inspect.Parameter.empty
        yield name, value, value is default, ""
    if code.co_flags & inspect.CO_VARARGS:
        yield code.co_varnames[count], frame.f_locals.get(code.co_varnames[count]), False, "*"
        count += 1
    if code.co_flags & inspect.CO_VARKEYWORDS:
        yield code.co_varnames[count], frame.f_locals.get(code.co_varnames[count]), False, "**"


def _items(value: Any, form: str) -> List[Any]:
    if form == "**":
        return list(value.values())
    return list(value) if form == "*" else [value]


def _is_ours(frame: Any) -> bool:
    if frame.f_code.co_filename not in _OURS:
        return False
    return frame.f_globals.get("__name__") == "__main__" and "tmp_path" in frame.f_globals


def _is_target(frame: Any, tops: Set[str]) -> bool:
    return str(frame.f_globals.get("__name__", "")).split(".")[0] in tops


def _is_harmless(frame: Any) -> bool:
    """Plain library code, such as a date's own constructor; ours that steps aside as well."""
    top = str(frame.f_globals.get("__name__", "")).split(".")[0]
    if top == "itc_tui":
        return True
    return top in sys.stdlib_module_names and top not in _WRAPPERS


def place_of(func: Any, relative: Any) -> Optional[str]:
    """`src/shop/config.py:40`."""
    code = getattr(inspect.unwrap(func), "__code__", None)
    if code is None:
        return None
    file = relative(os.path.realpath(code.co_filename))
    return "%s:%d" % (file, code.co_firstlineno) if file else None

"""What a test is given by name, made anew for each trial: the target's fixtures, and stand-ins.

pytest itself judges every drafted test; this makes the same values without it, many times a second.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import inspect
import os
import sys
from typing import Any, Callable, Dict, Iterable, List, Mapping, NamedTuple

FIXTURE, STAND_IN = "fixture", "stand-in"
"""Kinds of steps that are no statements: their variable is a parameter of the test."""
GIVEN = (STAND_IN, FIXTURE)
_OF_PYTEST = ("tmp_path", "monkeypatch")
_PLACE = " given"
"""Where a trial's namespace keeps what was made for it; no Python name looks like that."""


class Recipe(NamedTuple):
    name: str
    make: Callable[..., Any]
    needs: List[str]


class Fixtures:
    """How each name is made; filled once, used in every trial."""

    def __init__(self) -> None:
        self._recipes: Dict[str, Recipe] = {}
        self.failed: Dict[str, str] = {}

        self._shows: Dict[str, List[str]] = {}

    def prepare(self, rows: Iterable[Mapping[str, Any]], root: str) -> None:
        """Rows with a `source` are stand-ins, rows with a `file` are fixtures of the target."""
        for row in rows:
            try:
                self._shows[row["name"]] = list(row.get("shows", ()))
                if row["name"] in _OF_PYTEST:
                    continue
                make = _sourced(row) if row.get("source") else _found(row, root)
                needs = list(inspect.signature(make).parameters)
                self._recipes[row["name"]] = Recipe(row["name"], make, needs)
            except (Exception, SystemExit) as error:
                self.failed[row["name"]] = "%s: %s" % (type(error).__name__, str(error)[:200])

    @property
    def names(self) -> List[str]:
        return [*self._recipes, *_OF_PYTEST]

    def shows(self, name: str) -> List[str]:
        """Expressions that tell what was done to a stand-in."""
        return self._shows.get(name, [])

    def try_out(self, names: Iterable[str], home: Any) -> None:
        """Make each once: what fails is not offered, and what it has to load is loaded."""
        for name in names:
            try:
                with contextlib.ExitStack() as stack:
                    self.value(name, {"tmp_path": home}, stack)
            except (Exception, SystemExit) as error:
                self.failed[name] = "%s: %s" % (type(error).__name__, str(error)[:200])
                self._recipes.pop(name, None)

    def value(self, name: str, space: Dict[str, Any], stack: contextlib.ExitStack) -> Any:
        """Made at most once per trial, and taken down with it; not counted as the trial's doing."""
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return self._value(name, space, stack, tracer)
        finally:
            sys.settrace(tracer)

    def _value(
        self, name: str, space: Dict[str, Any], stack: contextlib.ExitStack, tracer: Any
    ) -> Any:
        made = space.setdefault(_PLACE, {})
        if name in made:
            return made[name]
        if name == "tmp_path":
            return space["tmp_path"]
        if name == "monkeypatch":
            import pytest

            patch = pytest.MonkeyPatch()
            stack.callback(_untraced, patch.undo)
            made[name] = patch
            return patch
        recipe = self._recipes[name]
        given = {one: self._value(one, space, stack, tracer) for one in recipe.needs}
        value = recipe.make(**given)
        if inspect.isgenerator(value):
            steps, value = value, next(value)
            stack.callback(_untraced, _end, steps)
        if inspect.isawaitable(value):
            raise TypeError("%s has to be awaited" % name)
        made[name] = value
        return value


FIXTURES = Fixtures()


def _untraced(work: Callable[..., Any], *args: Any) -> None:
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        work(*args)
    finally:
        sys.settrace(tracer)


def _end(steps: Any) -> None:
    for _ in steps:
        raise ValueError("a fixture yields once")


def _sourced(row: Mapping[str, Any]) -> Callable[..., Any]:
    space: Dict[str, Any] = {"__name__": "stand_ins"}
    for line in row.get("imports", ()):
        exec(line, space)
    exec(compile(row["source"], "<%s>" % row["name"], "exec"), space)
    return _plain(space[row["name"]])


def _found(row: Mapping[str, Any], root: str) -> Callable[..., Any]:
    return _plain(getattr(_conftest(os.path.join(root, row["file"])), row["name"]))


def _conftest(path: str) -> Any:
    """Imported under the name that pytest would give it, for tests import from it."""
    folder, names = os.path.dirname(path), [os.path.splitext(os.path.basename(path))[0]]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        names.insert(0, name)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    name = ".".join(names)
    known = sys.modules.get(name)
    if known is None or os.path.realpath(getattr(known, "__file__", "") or "") == path:
        return importlib.import_module(name)
    # Folders without `__init__.py` may each have a conftest; the name is taken by another.
    spec = importlib.util.spec_from_file_location("%s_of_%d" % (name, len(path)), path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _plain(fixture: Any) -> Callable[..., Any]:
    """The function under `@pytest.fixture`, which may not be called itself."""
    for attribute in ("_get_wrapped_function", "__pytest_wrapped__"):
        inner = getattr(fixture, attribute, None)
        if inner is not None:
            found: Callable[..., Any] = inner.obj if hasattr(inner, "obj") else inner()
            return found
    made: Callable[..., Any] = inspect.unwrap(fixture)
    return made

"""What comes out of a call is called in its turn."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.following import members_of, told_in
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.shapes import made_by
from itc_tui.engines.builtin.inside.surface import read_surface
from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.inside.trials import Trials
from tests.engines.builtin.small_targets import MakeTarget
from tests.engines.builtin.test_laboratory import LaboratoryOf, focuses, searched

KEEPING = """
    import functools
    from collections.abc import Callable

    from shop.memory import Memory

    def kept(size, prefix="k"):
        def decorator(function):
            memory = Memory(size)

            @functools.wraps(function)
            def wrapper(*args):
                return memory.get((prefix, *args), lambda: function(*args))

            return wrapper

        return decorator

    def counted(function: Callable):
        return _Counted(function)

    class _Counted:
        def __init__(self, function):
            self._function, self.calls = function, 0

        def __call__(self, *args):
            self.calls += 1
            return self._function(*args)

        def forget(self):
            self.calls = 0
            return Memory(1)
    """
MEMORY = """
    class Memory:
        def __init__(self, size):
            if not isinstance(size, int) or size < 1:
                raise ValueError("the size must be a number above zero")
            self._size, self._held = size, {}

        def get(self, key, make):
            if key not in self._held:
                self._held[key] = make()
            return self._held[key]
    """


def test_a_decorator_is_given_a_function_and_what_it_makes_is_called(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/keeping.py": KEEPING, "shop/memory.py": MEMORY})
    rows = searched(laboratory_of(target), target, 4)
    edges = {(edge[1], edge[3]) for row in rows for edge in row["edges"]}
    assert any(caller.endswith("decorator") and "Memory" in callee for caller, callee in edges)
    assert any(caller.endswith("wrapper") and callee == "Memory.get" for caller, callee in edges)


@pytest.mark.slow
def test_methods_of_a_class_without_a_public_name_are_called_on_what_a_function_gave(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/keeping.py": KEEPING, "shop/memory.py": MEMORY})
    rows = searched(laboratory_of(target), target, 4)
    assert {"shop.keeping:_Counted.__call__", "shop.keeping:_Counted.forget"} <= focuses(rows)


@pytest.mark.slow
def test_methods_that_an_object_gets_at_run_time_are_called(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    text = """
        import functools

        class Machine:
            def __init__(self):
                self.level = 1
                self.raise_by = functools.partial(self._change, 1)

            def _change(self, sign, amount):
                self.level += sign * int(amount)
                return self.level
        """
    target = make_target(**{"shop/machine.py": text})
    rows = searched(laboratory_of(target), target, 3)
    codes = [row["program"]["steps"][-1][1] for row in rows]
    assert any(".raise_by(" in code for code in codes)


@pytest.mark.parametrize(
    ("code", "handed_on"),
    [
        ("float('1.5')", "1.5"),
        ("dict(tea=[1, 2])", "{'tea': [1, 2]}"),
        ("'word ' * 10", "v_it_1"),
        ("{1: object()}", "v_it_1"),
        ("float('nan')", "v_it_1"),
    ],
)
def test_a_short_plain_value_is_handed_on_as_its_literal(
    tmp_path: Path, code: str, handed_on: str
) -> None:
    """What a reader has to know of it stands where it is used; a long one keeps its name."""
    trials = Trials(Tracer(str(tmp_path)), str(tmp_path))
    trial = trials.run(Program((), (Step("v_it_1", code),)))
    assert made_by(trial, set())[0][0] == handed_on


LINE = """
class Line:
    def hear(self, text):
        self.held = text

    def next(self):
        return self.held

    @property
    def is_open(self):
        return True

    def _reset(self):
        pass
"""


@pytest.mark.parametrize(
    ("code", "told"),
    [("line.hear('tea')", "line"), ("line.is_open", ""), ("Line().hear('x')", ""), ("print()", "")],
)
def test_an_object_that_was_told_something_is_asked_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str
) -> None:
    """A command gives nothing, so by itself it is never news, however much it changed."""
    (tmp_path / "telegraph.py").write_text(LINE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["telegraph"])
    monkeypatch.delitem(sys.modules, "telegraph")
    steps = (Step("line", "Line()"), Step("v_it_1", code))
    space = {"line": surface.classes[0][0]()}
    monkeypatch.setitem(sys.modules, "telegraph", surface.modules[0])
    trials = Trials(Tracer(str(tmp_path)), str(tmp_path))
    trial = trials.run(Program(("from telegraph import Line",), steps))
    assert told_in(trial) == told
    members = {one.ident for one in members_of(space["line"], surface)}
    assert members == {"telegraph:Line.hear", "telegraph:Line.next", "telegraph:Line.is_open"}

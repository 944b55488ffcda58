"""Arguments that documents show are handed over as they belong together."""

from __future__ import annotations

import inspect
import random
import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.pool import Held, Pool
from itc_tui.engines.builtin.inside.programs import Program, run
from itc_tui.engines.builtin.inside.surface import Entry, read_surface
from itc_tui.engines.builtin.inside.texts import Words

MACHINES = """
class Machine:
    def __init__(self, states, initial="", strict=False):
        if initial not in states:
            raise ValueError(initial)


class Locked(Machine):
    pass
"""
EVIDENCE = {
    "Machine": {
        "0": ["['A', 'B']", "['solid', 'liquid']", "['1']", "['x', 'y']"],
        "initial": ["'A'", "'solid'", "'1'", "'x'"],
        "()": ["_(['A', 'B'], initial='A')", "_(['solid', 'liquid'], initial='solid')"],
    }
}


@pytest.mark.parametrize("name", ["Machine", "Locked"])
def test_arguments_that_go_together_are_taken_together_by_heirs_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "machines.py").write_text(MACHINES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["machines"])
    monkeypatch.delitem(sys.modules, "machines")
    rng = random.Random(7)
    arguments = Arguments(surface, Pool(rng), Words({}, [], {}, rng), EVIDENCE, rng)
    target = next(one for one in surface.callables if one.ident == f"machines:{name}")
    calls = [call[1] for _ in range(120) if (call := arguments.call(target)) is not None]
    for whole in ("['A', 'B'], 'A'", "['solid', 'liquid'], 'solid'"):
        assert calls.count(whole) > 10


def test_a_method_is_called_mostly_on_an_object_of_its_own_class() -> None:
    class Base: ...

    heirs = [type(f"Heir{number}", (Base,), {}) for number in range(9)]
    pool = Pool(random.Random(3))
    for kind in (*heirs, Base):
        pool.add(kind, Held(Program(), kind.__name__))
    held = [pool.of_type(Base) for _ in range(200)]
    own = sum(one is not None and one.name == "Base" for one in held)
    assert 100 < own < 180


def test_where_a_file_is_asked_for_no_number_is_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`open(False)` is the standard input, and `open(7)` whatever is open by chance."""
    text = "def loaded(filename, limit):\n    return open(filename).read(limit)\n"
    arguments, target = _arguments_of("loader", text, tmp_path, monkeypatch)
    calls = [call[1] for _ in range(400) if (call := arguments.call(target)) is not None]
    handed = {call.partition(",")[0] for call in calls}
    assert len(handed) > 20
    assert not any(one.isdigit() or one in ("True", "False") for one in handed)


def test_a_default_tells_what_is_meant_where_no_type_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "def brewed(leaf, strong=False, cups=1, note='', extras=()):\n    return leaf\n"
    arguments, target = _arguments_of("brewer", text, tmp_path, monkeypatch)
    params = {param.name: param for param in arguments.parameters.of(target)}
    for name, kind in (("strong", bool), ("cups", int), ("note", str), ("extras", tuple)):
        made = [arguments.argument(target, params[name]) for _ in range(200)]
        values = [eval(one.code) for one in made if one is not None]
        assert sum(type(value) is kind for value in values) > 120, name


WORKS = """
import asyncio
from typing import Awaitable, Callable, TypeVar

Work = TypeVar("Work", bound=Callable[..., object])

async def done(work: Work, *args):
    return await work(*args)

def started(work: Callable[[str], Awaitable[str]]):
    return asyncio.run(work("tea"))
"""


@pytest.mark.parametrize("name", ["done", "started"])
def test_what_is_awaited_is_handed_over_as_a_coroutine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "works.py").write_text(WORKS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["works"])
    monkeypatch.delitem(sys.modules, "works")
    rng = random.Random(5)
    arguments = Arguments(surface, Pool(rng), Words({}, [], {}, rng), {}, rng)
    target = next(one for one in surface.callables if one.ident == f"works:{name}")
    work = arguments.parameters.of(target)[0]
    made = [arg for _ in range(60) if (arg := arguments.argument(target, work)) is not None]
    awaited = [arg for arg in made if any(step.kind == "raw" for step in arg.program.steps)]
    assert len(awaited) > 10
    outcome = run(awaited[0].program, {})
    assert inspect.iscoroutinefunction(eval(awaited[0].code, outcome.space))


def _arguments_of(
    module: str, text: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Arguments, Entry]:
    """For the one function in the text of a module."""
    (folder / f"{module}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    surface = read_surface([module])
    monkeypatch.delitem(sys.modules, module)
    rng = random.Random(5)
    (target,) = surface.callables
    return Arguments(surface, Pool(rng), Words({}, [], {}, rng), {}, rng), target

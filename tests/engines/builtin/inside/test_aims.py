"""A call that nothing made yet is looked for by who has such calls, and from where others came."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.aims import Aims
from itc_tui.engines.builtin.inside.chances import Chances
from itc_tui.engines.builtin.inside.pool import Kept
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.surface import Entry

SOURCE = '''\
import json


def sold(name, count):
    """What is sold."""
    if count > 100:
        return json.dumps(name)
    return count


def asked(name):
    return json.loads(name)
'''
SOLD, ASKED = ("till.py", 7), ("till.py", 12)
BEGINS = ("till.py", 6)


@pytest.fixture
def aims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Aims:
    (tmp_path / "till.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    module = __import__("till")
    monkeypatch.delitem(sys.modules, "till")
    return Aims({SOLD, ASKED}, [module], lambda path: Path(path).name, random.Random(2))


def kept(code: str) -> Kept:
    return Kept(Program((), (Step("v_got_1", code),)), "till:sold", False)


def test_who_enters_the_function_stands_before_the_call(aims: Aims) -> None:
    assert aims.next() is None
    assert aims.reached_by({BEGINS, ("till.py", 8)}) == [BEGINS]
    near = kept("sold('tea', 5)")
    aims.take(near, [BEGINS])
    assert aims.next() is near


def test_what_was_called_is_looked_for_no_more(aims: Aims) -> None:
    aims.take(kept("sold('tea', 5)"), [BEGINS])
    aims.look({SOLD})
    assert aims.next() is None
    assert aims.reached_by({BEGINS}) == []
    assert aims.among([SOLD]) == 0
    assert aims.among([ASKED]) == 1


def test_who_has_such_a_call_is_tried_rather(aims: Aims) -> None:
    lines = {("till.py", line) for line in (6, 7, 8)}
    idle = {("other.py", line) for line in (6, 7, 8)}
    chances = Chances({"till:sold": lines, "other:idle": idle}, [], aims)
    rows = [
        Entry(name, "function", "f(...)", "", None, None, None, False, 1.0)
        for name in ("till:sold", "other:idle")
    ]
    sold, other = chances.weights(rows, set())
    assert sold == 2 * other

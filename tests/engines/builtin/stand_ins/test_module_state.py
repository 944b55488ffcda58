"""What modules keep is as it was when a test is over, so that tests can stand together."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.requests import Draft
from itc_tui.domain.syntax_gate import issues_in
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.inside.programs import Program, Step, from_json
from itc_tui.engines.builtin.rehearsal import rehearse
from itc_tui.engines.builtin.stand_ins.module_state import module_state
from itc_tui.engines.builtin.steadiness import observe_steadily
from itc_tui.engines.builtin.writing.naming import with_readable_names
from tests.draining import drained
from tests.engines.builtin.bench import Bench
from tests.engines.builtin.small_targets import MakeTarget

DESK = """
    import itertools
    from collections import Counter

    ORDERS = {}
    _numbers = itertools.count(1)
    _calls = 0
    seen = []
    DEFAULTS = {"tea": 3}

    def order(name):
        global _calls
        _calls += 1
        number = next(_numbers)
        ORDERS[number] = name
        seen.append(name)
        return {"number": number, "orders": len(ORDERS), "calls": _calls}

    def price(name):
        seen = []
        seen.append(name)
        return DEFAULTS[name]
    """
BOARD = """
    from shop.desk import order, seen

    def served(name):
        return order(name), list(seen)
    """


@pytest.fixture
def target(make_target: MakeTarget) -> Target:
    return make_target(**{"shop/desk.py": DESK, "shop/board.py": BOARD})


def test_what_functions_change_is_kept_each_in_its_way(target: Target) -> None:
    made = module_state(target)
    assert made is not None
    ast.parse(made.source)
    assert 'setattr("shop.desk.ORDERS", copy.copy(shop.desk.ORDERS))' in made.source
    assert 'setattr("shop.desk._numbers", itertools.count(1))' in made.source
    assert 'setattr("shop.desk._calls", shop.desk._calls)' in made.source
    assert "kept_1 = list(shop.desk.seen)" in made.source, "the board holds the same list"
    assert "shop.desk.seen.clear()\n    shop.desk.seen.extend(kept_1)" in made.source
    assert "DEFAULTS" not in made.source
    lines = {line for _, line in made.sites}
    assert len(lines) == 4
    assert made.outside == ""


SETTINGS = """
    from dataclasses import dataclass

    class Settings:
        def __init__(self):
            self.level = 1

    @dataclass(slots=True)
    class Narrow:
        level: int = 1

    CURRENT = Settings()
    NARROW = Narrow()
    UNTOUCHED = Settings()

    def configure(level):
        CURRENT.level = level
        NARROW.level = level

    def level(UNTOUCHED):
        UNTOUCHED.level = 3
        return CURRENT.level
    """


def test_settings_in_an_object_are_put_back_whoever_holds_it(
    make_target: MakeTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = "from shop.settings import CURRENT\n"
    target = make_target(**{"shop/settings.py": SETTINGS, "shop/user.py": user})
    made = module_state(target)
    assert made is not None
    held = "shop.settings.CURRENT"
    (line,) = [line for line in made.source.split("\n") if "setattr" in line]
    assert line.strip() == f'monkeypatch.setattr({held}, "__dict__", dict(vars({held})))'
    assert made.sites == (("shop/settings.py", 17),)

    space: dict[str, Any] = {}
    exec(textwrap.dedent(SETTINGS), space)
    shop = SimpleNamespace(settings=SimpleNamespace(**space))
    with monkeypatch.context() as patch:
        exec(line.strip(), {"monkeypatch": patch, "shop": shop})
        space["configure"](7)
        assert space["CURRENT"].level == 7
    assert space["CURRENT"].level == 1


REGISTRY = """
    def default_kinds():
        return {"tea": 3}

    class Registry:
        def __init__(self):
            self._kinds = default_kinds()
            self._seen = []
            self.client = object()
            self.last = ""

        def register(self, name):
            self._kinds[name] = len(name)
            self._seen.append(name)
            self.client.update(name)
            self.last = name

        def forget(self, name):
            del self._kinds[name]

        def names(self):
            return sorted(self._kinds)

    _default = Registry()
    register = _default.register
    """


def test_what_the_methods_of_an_object_that_all_share_put_into_it_is_taken_out_again(
    make_target: MakeTarget,
) -> None:
    target = make_target(**{"shop/registry.py": REGISTRY})
    made = module_state(target)
    assert made is not None
    lines = [line.strip() for line in made.source.split("\n") if "setattr" in line]
    held = "shop.registry._default"
    assert lines == [
        f'monkeypatch.setattr({held}, "__dict__", dict(vars({held})))',
        f'monkeypatch.setattr({held}, "_kinds", copy.copy({held}._kinds))',
        f'monkeypatch.setattr({held}, "_seen", copy.copy({held}._seen))',
    ]
    assert "import copy" in made.imports
    assert len(made.sites) == 3
    assert made.objects == ("_default",)


def test_a_target_that_keeps_nothing_needs_nothing(make_target: MakeTarget) -> None:
    assert (
        module_state(make_target(**{"shop/tea.py": "CUPS = {}\n\ndef cup():\n    return CUPS\n"}))
        is None
    )


def test_a_module_whose_name_its_package_gives_away_is_left_alone(make_target: MakeTarget) -> None:
    target = make_target(**{"shop/bus.py": "bus = {}\n\ndef on(name):\n    bus[name] = 1\n"})
    package = Path(target.root, "shop/__init__.py")
    package.write_text("from shop.bus import bus\n", encoding="utf-8")
    assert module_state(target) is None


@pytest.mark.slow
def test_cases_that_change_the_same_state_hold_in_any_order(
    target: Target, open_box: Callable[[Target], ScratchBox]
) -> None:
    bench = Bench(target, open_box(target))
    rows, _ = drained(bench.laboratory.search(gather(target), (), 2))
    served = [row for row in rows if row["focus"] == "shop.board:served"][:3]
    programs = {str(place): from_json(row["program"]) for place, row in enumerate(served)}
    assert len(programs) > 1
    assert not any("kept_state" in {step.var for step in one.steps} for one in programs.values())
    held, _ = drained(observe_steadily(bench.laboratory, programs))
    assert held.keys() == programs.keys()
    cases = [
        (
            Scenario(id="IS-001", boundary="shop.board → shop.desk"),
            Case(id=f"IS-001-{ident}", name=f"case {ident}"),
            Prepared(ident, "", with_readable_names(witness), {"summary": "It holds."}),
        )
        for ident, witness in held.items()
    ]
    (file,) = draft_files(cases, target, "tests/integration", (), [], bench.handed)
    assert len(file.cases) == file.text.count("(kept_state):") == len(programs)
    assert issues_in(Draft(files=(file,)), KnownNames()) == ()
    failures, _ = drained(rehearse(bench.box, [file]))
    assert failures == {}, file.text


def test_a_cache_that_nobody_notices_is_left_to_itself(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    text = """
        SEEN = {}

        def double(number):
            SEEN[number] = SEEN.get(number, number * 2)
            return SEEN[number]
        """
    target = make_target(**{"shop/cache.py": text})
    bench = Bench(target, open_box(target))
    imports = ("from shop.cache import double",)
    programs = {str(n): Program(imports, (Step(f"v_x_{n}", f"double({n})"),)) for n in (1, 2)}
    held, _ = drained(observe_steadily(bench.laboratory, programs))
    assert {ident: one.program for ident, one in held.items()} == programs

"""Drafted tests are handed what the target's own fixtures make; what they are not is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.handed.conftests import objection_to, visible_fixtures
from itc_tui.engines.builtin.handed.record import load_handed
from itc_tui.engines.builtin.inside.programs import Step
from tests.draining import drained
from tests.engines.builtin.bench import FIXTURE, Bench, write
from tests.engines.builtin.small_targets import MakeTarget

OpenBox = Callable[[Target], ScratchBox]
STORE = """
    import sqlite3

    class Store:
        def __init__(self, path, secret):
            if secret != "sesame-" + "open":
                raise ValueError("this is not the word")
            self.db = sqlite3.connect(path)
            self.db.execute("create table if not exists stock (name, count)")

        def add(self, name, count):
            self.db.execute("insert into stock values (?, ?)", (name, count))
            self.db.commit()

        def total(self):
            return sum(count for (count,) in self.db.execute("select count from stock"))
    """
DESK = """
    def order(store, name, count):
        store.add(name, count)
        return {"name": name, "total": store.total()}
    """
CONFTEST = '''
    import subprocess
    import urllib.request

    import pytest

    from shop.store import Store

    @pytest.fixture
    def word():
        return "sesame-" + "open"

    @pytest.fixture
    def store(tmp_path, word):
        """A store with two packets of tea."""
        made = Store(tmp_path / "stock.db", word)
        made.add("tea", 2)
        yield made
        made.db.close()

    @pytest.fixture(scope="session")
    def shared():
        return Store(":memory:", "sesame-open")

    @pytest.fixture(scope="session")
    def currency():
        return "EUR"

    @pytest.fixture
    def remote():
        return urllib.request.urlopen("http://example.com").read()

    @pytest.fixture
    def service():
        return subprocess.Popen(["sleep", "1"])

    @pytest.fixture(autouse=True)
    def quiet():
        yield

    @pytest.fixture(params=[1, 2])
    def count(request):
        return request.param

    @pytest.fixture
    def reporting(store, request):
        return request.node
    '''


@pytest.fixture
def bench(make_target: MakeTarget, open_box: OpenBox) -> Bench:
    target = make_target(**{"shop/store.py": STORE, "shop/desk.py": DESK})
    write(target.root, **{"tests/conftest.py": CONFTEST})
    return Bench(target, open_box(target))


def test_only_fixtures_that_make_an_object_without_reaching_out_are_used(bench: Bench) -> None:
    assert {one.name: one.kind for one in bench.handed.fixtures} == {
        "word": ("builtins", "str"),
        "store": ("shop.store", "Store"),
        "currency": ("builtins", "str"),
    }
    why = {what.split()[1]: reason for what, reason in bench.refused}
    assert why["shared"].startswith("it is shared by a whole session")
    assert why["remote"].startswith("it reaches outside")
    assert why["service"].startswith("it reaches outside")
    assert why["quiet"] == "pytest applies it by itself"
    assert why["count"] == "it has several values, and would multiply the tests"
    assert why["reporting"] == "it needs `request`, which only a whole pytest run gives"


def test_a_case_is_handed_a_fixture_as_its_parameter(bench: Bench) -> None:
    witness = bench.observed(
        "from shop.desk import order",
        steps=[Step("store", "store", FIXTURE), Step("v_got_1", "order(store, 'milk', 3)")],
    )
    text = bench.drafted(witness).text
    assert "def test_it_works(store):" in text
    assert 'assert order(store, "milk", 3) == {"name": "milk", "total": 5}' in text
    assert "Store(" not in text
    assert "chdir" not in text


@pytest.mark.slow
def test_the_search_builds_receivers_and_arguments_with_fixtures(bench: Bench) -> None:
    rows, _ = drained(bench.laboratory.search(gather(bench.target), (), 3))
    of_order = [row for row in rows if row["focus"] == "shop.desk:order"]
    steps = [step for row in of_order for step in row["program"]["steps"]]
    assert any(step[:3] == ["store", "store", FIXTURE] for step in steps)


def test_what_was_handed_is_there_again_for_a_continued_session(
    bench: Bench, tmp_path: Path
) -> None:
    bench.handed.save(tmp_path / "engine")
    assert load_handed(tmp_path / "engine") == bench.handed


def test_a_fixture_further_in_takes_the_place_of_one_further_out(tmp_path: Path) -> None:
    outer = "import pytest\n\n@pytest.fixture\ndef store():\n    return 1\n"
    inner = (
        "from pytest import fixture\n\n@fixture(name='store')\ndef made(tmp_path):\n    return 2\n"
    )
    write(str(tmp_path), **{"conftest.py": outer, "tests/integration/conftest.py": inner})
    found = visible_fixtures(tmp_path, "tests/integration")
    assert found["store"].place == "tests/integration/conftest.py:4"
    assert objection_to(found["store"], found) == ""
    assert visible_fixtures(tmp_path, "tests")["store"].place == "conftest.py:4"

"""The checklist that every drafted test passes before anything is accepted."""

from __future__ import annotations

import textwrap

import pytest

from itc_tui.domain.known_names import KnownNames, know
from itc_tui.domain.requests import Draft, DraftCase, DraftFile, Issue
from itc_tui.domain.syntax_gate import issues_in

SHOP = {
    "shop": "from shop.orders import Orders\n__version__ = '1'\n",
    "shop.orders": """
import requests
import time
from shop.store import Store, load
LIMIT = 3
class Orders:
    def __init__(self, store, *, limit=LIMIT): ...
    def place(self, name, count=1): ...
async def fetch(name): ...
async def stream():
    yield 1
def total(items, tax=0): ...
""",
    "shop.store": "class Store:\n    def add(self, order): ...\ndef load(path): ...\n",
    "shop.open": "from shop.store import *\n",
}
KNOWN = know(
    SHOP,
    importable={"pytest", "sqlite3", "unittest", "os", "time", "asyncio", "requests"}
    | {"tempfile", "threading", "subprocess", "contextlib", "sys", "shutil"},
)


def gate(text: str, *functions: str, known: KnownNames = KNOWN) -> tuple[Issue, ...]:
    cases = tuple(
        DraftCase(case_id=f"IS-1-{n}", scenario_id="IS-1", function=f)
        for n, f in enumerate(functions)
    )
    file = DraftFile(path="tests/integration/test_x.py", text=textwrap.dedent(text), cases=cases)
    return issues_in(Draft(files=(file,)), known)


def rules(text: str, *functions: str) -> set[str]:
    return {issue.rule for issue in gate(text, *functions)}


def test_names_that_are_bound_when_the_code_runs_can_be_imported() -> None:
    late = "def patch():\n    global Old\n    Old = 1\n"
    open_to_all = "globals().update(Any=1)\n"
    known = know({"shop.late": late, "shop.any": open_to_all}, importable={"pytest"})
    text = """
        from shop.any import Anything
        from shop.late import {}
        def test_it():
            assert Anything.make() == Old.make()
        """
    assert not [
        i for i in gate(text.format("Old"), "test_it", known=known) if "has no" in i.message
    ]
    assert [i for i in gate(text.format("New"), "test_it", known=known) if "has no" in i.message]


def test_a_careful_test_passes() -> None:
    text = '''
        import sqlite3
        from contextlib import closing

        import pytest

        from shop import Orders
        from shop.orders import LIMIT, total
        from shop.store import Store


        @pytest.fixture
        def store(tmp_path):
            with closing(sqlite3.connect(tmp_path / "shop.db")):
                yield Store()


        class TestOrders:
            def test_places_an_order(self, store, monkeypatch):
                """A word."""
                monkeypatch.setattr("shop.orders.requests.get", lambda url, **rest: None)
                monkeypatch.setenv("MODE", "quick")
                order = Orders(store, limit=LIMIT).place("tea", count=2)
                assert order.count == 2
                assert order is not None

            def test_refuses_nothing(self, store):
                with pytest.raises(ValueError, match="count"):
                    Orders(store).place("tea", 0)


        @pytest.mark.asyncio
        async def test_waits():
            assert total([1, 2], tax=1) == pytest.approx(4)
    '''
    assert gate(text, "TestOrders::test_places_an_order", "test_waits") == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("import shop.carts", "unresolved-import"),
        ("from shop.orders import Order", "unresolved-import"),
        ("from shop.nowhere import x", "unresolved-import"),
        ("import hallucinated", "unresolved-import"),
        ("from hallucinated.deep import x", "unresolved-import"),
        ("pass  # TODO: write it", "placeholder"),
        ("pass  # fixme", "placeholder"),
        ("raise NotImplementedError", "placeholder"),
        ("import pytest; pytest.skip('later')", "skipped"),
        ("import pytest; pytest.importorskip('shop')", "skipped"),
        ("assert True", "vacuous-assertion"),
        ("assert x == x", "vacuous-assertion"),
        ("assert x or True", "vacuous-assertion"),
        ("assert (x == 3, 'no')", "vacuous-assertion"),
        ("assert len(x) >= 0", "vacuous-assertion"),
        ("assert 1 == 1", "vacuous-assertion"),
        ("assert 'x'", "vacuous-assertion"),
        ("self.assertEqual(x, x)", "vacuous-assertion"),
        ("import pytest\nwith pytest.raises(Exception): f()", "broad-raises"),
        ("import pytest\nwith pytest.raises((ValueError, Exception)): f()", "broad-raises"),
        ("self.assertRaises(Exception, f)", "broad-raises"),
        ("try:\n    f()\nexcept ValueError:\n    pass", "swallowed-error"),
        ("import contextlib\nwith contextlib.suppress(Exception): f()", "swallowed-error"),
        ("import time; time.sleep(1)", "sleep"),
        ("from time import sleep; sleep(0.1)", "sleep"),
        ("import asyncio\nawait asyncio.sleep(1)", "sleep"),
        ("f('/home/ann/shop.db')", "machine-path"),
        ("f('C:\\\\Users\\\\ann')", "machine-path"),
        ("f('/tmp/x')", "machine-path"),
        ("handle = open('x')", "not-closed"),
        ("import sqlite3\ndb = sqlite3.connect('x')\ndb.execute('select 1')", "not-closed"),
        ("import tempfile\nfolder = tempfile.mkdtemp()", "not-closed"),
        ("import threading\nt = threading.Thread(target=f)\nt.start()", "not-closed"),
        ("import subprocess\np = subprocess.Popen(['x'])", "not-closed"),
        ("import os\nos.environ['MODE'] = 'x'", "not-restored"),
        ("import os\nos.chdir('x')", "not-restored"),
        ("import os\nos.chdir('x')\nself.addCleanup(os.chdir, 'y')", "not-restored"),
        ("import sys\nsys.path.insert(0, 'x')", "not-restored"),
        ("monkeypatch.setattr('shop.orders.total', lambda *a: 3)", "stand-in-own-code"),
        ("monkeypatch.setattr('shop.orders.Orders.place', lambda *a: 3)", "stand-in-own-code"),
        ("monkeypatch.setattr('shop.orders.Store', object)", "stand-in-own-code"),
        ("monkeypatch.setattr('shop.orders.load', object)", "stand-in-own-code"),
        ("import shop.orders\nmonkeypatch.setattr(shop.orders, 'total', f)", "stand-in-own-code"),
        (
            "from shop.orders import Orders\nmonkeypatch.setattr(Orders, 'place', f)",
            "stand-in-own-code",
        ),
        (
            "from unittest import mock\nwith mock.patch('shop.store.Store.add'): f()",
            "stand-in-own-code",
        ),
        (
            (
                "from unittest.mock import patch\nfrom shop.store import Store\n"
                "with patch.object(Store, 'add', autospec=True): f()"
            ),
            "stand-in-own-code",
        ),
        ("monkeypatch.setattr('shop.orders.no_such', f)", "stand-in-missing"),
        ("from unittest.mock import Mock\nf(Mock())", "stand-in-without-spec"),
        ("from unittest.mock import MagicMock\nf(MagicMock(name='x'))", "stand-in-without-spec"),
        ("from shop.orders import fetch\nfetch('x')", "not-awaited"),
        ("from shop.orders import fetch\nx = fetch('x')\nassert x == 3", "not-awaited"),
        ("from shop.orders import fetch\nassert fetch('x') == 3", "not-awaited"),
        ("from shop.orders import total\ntotal()", "wrong-call"),
        ("from shop.orders import total\ntotal([], 1, 2)", "wrong-call"),
        ("from shop.orders import total\ntotal([], rate=2)", "wrong-call"),
        ("from shop import Orders\nOrders()", "wrong-call"),
    ],
)
def test_what_the_gate_finds(line: str, rule: str) -> None:
    body = textwrap.indent(line, "    ")
    text = f"async def test_x(monkeypatch, x, f, self):\n{body}\n    assert f.y == 3\n"
    assert rule in rules(text), rules(text)


@pytest.mark.parametrize(
    "line",
    [
        "from shop.open import anything",
        "import shop.orders as o\nassert o.LIMIT == 3",
        "from shop.orders import fetch\nassert await fetch('x') == 3",
        "import asyncio\nfrom shop.orders import fetch\nassert asyncio.run(fetch('x')) == 3",
        "from shop.orders import fetch\ntask = fetch('x')\nassert await task == 3",
        "from shop.orders import stream\nasync for x in stream():\n    f(x)",
        "import asyncio\nawait asyncio.sleep(0)",
        "monkeypatch.setattr('shop.orders.LIMIT', 4)",
        "monkeypatch.setattr('shop.orders.time.time', lambda: 0.0)",
        "from unittest.mock import Mock\nfrom requests import Session\nf(Mock(spec=Session))",
        "with open('x') as file: f(file)",
        "import os\nself.addCleanup(os.chdir, os.getcwd())\nos.chdir('x')",
        "import sqlite3\ndb = sqlite3.connect('x')\ndb.close()",
        "import tempfile, shutil\nd = tempfile.mkdtemp()\nshutil.rmtree(d)",
        "from shop.orders import total\nimport pytest\nwith pytest.raises(TypeError): total()",
        "try:\n    f()\nexcept ValueError as e:\n    raise AssertionError from e",
        "f('https://example.org/home/x')",
        "from shop.orders import total\ntotal(*f)",
    ],
)
def test_what_the_gate_lets_pass(line: str) -> None:
    body = textwrap.indent(line, "    ")
    text = f"async def test_x(monkeypatch, x, f, self):\n{body}\n    assert f.y == 3\n"
    assert rules(text) == set()


@pytest.mark.parametrize("body", ["pass", "...", '"""Only words."""', "f()", "x = 1"])
def test_a_test_that_asserts_nothing_is_found(body: str) -> None:
    assert "no-assertion" in rules(f"def test_x(f):\n    {body}\n")


@pytest.mark.parametrize(
    "body",
    [
        "assert x",
        "assert not x",
        "assert x is not None",
        "assert isinstance(x, str)",
        "assert len(x) > 0",
        "assert x != 3",
        "assert hasattr(x, 'y')",
        "self.assertTrue(x)",
        "assert x\n    assert x is not None",
    ],
)
def test_assertions_that_almost_anything_satisfies_are_vague(body: str) -> None:
    assert rules(f"def test_x(self, x):\n    {body}\n") == {"vague-assertion"}


@pytest.mark.parametrize(
    "body",
    [
        "assert x == 3",
        "assert x is None",
        "assert x.is_paid()",
        "assert 'tea' in x",
        "assert x.startswith('tea')",
        "assert all(y > 3 for y in x)",
        "assert not x.is_open",
        "self.assertEqual(x, 3)",
        "f.assert_called_once_with(3)",
        "check(x)",
    ],
)
def test_specific_assertions_pass(body: str) -> None:
    check = "def check(x):\n    assert x.total == 3\n\n"
    assert rules(f"{check}def test_x(self, x, f):\n    {body}\n") == set()


def test_assertions_that_may_never_be_reached_are_found() -> None:
    assert rules("def test_x(x):\n    if x:\n        assert x == 3\n") == {"conditional-assertion"}
    assert rules("def test_x(x):\n    for y in x:\n        assert y == 3\n") == {
        "conditional-assertion"
    }
    assert rules("def test_x(x):\n    for y in (1, 2):\n        assert x == y\n") == set()


def test_promised_functions_must_be_there_and_only_once() -> None:
    assert rules("def test_y(x):\n    assert x == 3\n", "test_x[1]") == {"missing-function"}
    twice = "def test_x(x):\n    assert x == 3\n\ndef test_x(x):\n    assert x == 4\n"
    assert rules(twice, "test_x") == {"hidden-function"}


def test_what_is_no_python_is_one_issue_with_its_line() -> None:
    (issue,) = gate("def test_x(:\n    pass\n")
    assert (issue.rule, issue.line) == ("syntax", 1)


def test_an_issue_names_the_test_it_is_in() -> None:
    (issue,) = gate(
        "class TestA:\n    def test_x(self, x):\n        assert x.y == 3\n        open('x')\n"
    )
    assert (issue.function, issue.line) == ("TestA::test_x", 4)


def test_a_promised_function_is_a_test_by_whatever_name_the_project_collects_it() -> None:
    text = "def check_x(f):\n    f()\n\ndef helper():\n    return 3\n"
    case = DraftCase(case_id="1", scenario_id="2", function="check_x")
    file = DraftFile(path="tests/test_x.py", text=text, cases=(case,))
    found = {issue.rule for issue in issues_in(Draft(files=(file,)), KNOWN)}
    assert found == {"no-assertion"}

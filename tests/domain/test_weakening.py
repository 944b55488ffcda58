"""No edit makes a test say less; every attempt to sneak one through is a row here."""

# ruff: noqa: E501 - one attempt, one row of the table

from __future__ import annotations

import textwrap

import pytest

from itc_tui.domain.known_names import know
from itc_tui.domain.requests import CorrectedExpectation, FileEdit, Fix
from itc_tui.domain.weakening import corrected_by_hand, weakenings, weakenings_of
from itc_tui.domain.words import Provenance

PATH = "tests/integration/test_orders.py"
KNOWN = know(
    {
        "shop.orders": "import time\nclass Orders:\n    def place(self, n): ...\n"
        "def total(items): ...\ndef sums(items): ...\n",
        "shop.store": "",
    }
)
BEFORE = """
import pytest
from shop.orders import Orders, total

EXPECTED = {"tea": 2}


@pytest.fixture
def orders():
    made = Orders()
    assert made.is_open
    return made


def check(order):
    assert order.count == 2


@pytest.mark.parametrize("n, expected", [(1, 2), (2, 4)])
def test_rows(n, expected):
    assert total([n]) == expected


def test_total():
    result = total([1, 2])
    assert result == 3
    assert result.tax == pytest.approx(0.5, rel=1e-6)


def test_named():
    assert total("x") == EXPECTED


def test_kept(orders):
    wanted = [1, 2]
    assert orders.list() == wanted
    check(orders.place(1))


def test_error(orders):
    with pytest.raises(KeyError, match="no tea"):
        orders.place(0)


class TestGroup:
    def test_inside(self, orders):
        assert orders.place(2).count in (1, 2)
        assert round(total([1.555]), 2) == 1.56
"""


def edited(*changes: tuple[str, str]) -> str:
    text = BEFORE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def found(
    *changes: tuple[str, str], corrections: tuple[CorrectedExpectation, ...] = ()
) -> list[str]:
    return [
        f"{weakening.function}: {weakening.what}"
        for weakening in weakenings(BEFORE, edited(*changes), corrections, PATH, KNOWN)
    ]


ATTEMPTS: dict[str, tuple[tuple[str, str], ...]] = {
    "drop an assertion": (("    assert result == 3\n", ""),),
    "comment it out": (("    assert result == 3\n", "    # assert result == 3\n"),),
    "turn it into text": (("    assert result == 3\n", "    'assert result == 3'\n"),),
    "truthiness": (("assert result == 3", "assert result"),),
    "not None": (("assert result == 3", "assert result is not None"),),
    "only its type": (("assert result == 3", "assert isinstance(result, int)"),),
    "at least": (("assert result == 3", "assert result >= 3"),),
    "one of": (("assert result == 3", "assert result in (3, 4)"),),
    "not something else": (("assert result == 3", "assert result != 4"),),
    "or anything": (("assert result == 3", "assert result == 3 or True"),),
    "or something": (("assert result == 3", "assert result == 3 or result == 4"),),
    "a conditional expression": (("assert result == 3", "assert (result == 3 if result else True)"),),
    "a tuple": (("assert result == 3", "assert (result == 3, 'no')"),),
    "itself": (("assert result == 3", "assert result == result"),),
    "ask the code what to expect": (("assert result == 3", "assert result == total([1, 2])"),),
    "ask the code one line before": (
        ("    assert result == 3", "    expected = total([1, 2])\n    assert result == expected"),
    ),
    "compare with what anything equals": (
        ("    assert result == 3", "    from unittest.mock import ANY\n    assert result == ANY"),
    ),
    "a class that equals everything": (
        ("def check", "class Same:\n    def __eq__(self, other): return True\n\n\ndef check"),
        ("assert result == 3", "assert result == Same()"),
    ),
    "compare only the length": (("assert orders.list() == wanted", "assert len(orders.list()) == 2"),),
    "compare only a part": (("assert orders.list() == wanted", "assert orders.list()[:0] == []"),),
    "compare as set": (("assert orders.list() == wanted", "assert set(orders.list()) == {1, 2}"),),
    "compare sorted without evidence": (
        ("assert orders.list() == wanted", "assert sorted(orders.list()) == wanted"),
    ),
    "sort by a key that knows no difference": (
        ("assert orders.list() == wanted", "assert sorted(orders.list(), key=id) == wanted"),
    ),
    "change the expected value silently": (("assert result == 3", "assert result == 4"),),
    "change it through a name": (("wanted = [1, 2]", "wanted = [1, 2, 3]"),),
    "change it through a constant": (('EXPECTED = {"tea": 2}', 'EXPECTED = {"tea": 3}'),),
    "compute it through a constant": (('EXPECTED = {"tea": 2}', 'EXPECTED = total("x")'),),
    "overwrite what was observed": (
        ("    assert result == 3", "    result = 3\n    assert result == 3"),
        ("    assert result.tax", "    assert total([1]).tax"),
    ),
    "look at a constant instead": (
        ("result = total([1, 2])", "result = total([1, 2])\n    other = 3"),
        ("assert result == 3", "assert other == 3"),
    ),
    "set the attribute that is looked at": (
        ("    assert result.tax", "    result.tax = 0.5\n    assert result.tax"),
    ),
    "set it through setattr": (
        ("    assert result.tax", "    setattr(result, 'tax', 0.5)\n    assert result.tax"),
    ),
    "set it through vars": (
        ("    assert result.tax", "    vars(result)['tax'] = 0.5\n    assert result.tax"),
    ),
    "widen rel": (("rel=1e-6", "rel=1e-1"),),
    "widen abs": (("rel=1e-6", "rel=1e-6, abs=10"),),
    "widen positionally": (("rel=1e-6", "0.5"),),
    "introduce approx": (("assert result == 3", "assert result == pytest.approx(3, abs=5)"),),
    "fewer digits": (("1.555]), 2) == 1.56", "1.555]), 0) == 2.0"),),
    "introduce rounding": (("assert result == 3", "assert round(result) == 3"),),
    "more members": (("in (1, 2)", "in (1, 2, 3)"),),
    "swallow": (
        ("    assert result == 3", "    try:\n        assert result == 3\n    except AssertionError:\n        pass"),
    ),
    "swallow elsewhere": (
        ("    result = total([1, 2])", "    try:\n        result = total([1, 2])\n    except Exception:\n        raise"),
    ),
    "return in finally": (
        ("    assert result == 3", "    try:\n        assert result == 3\n    finally:\n        return"),
    ),
    "suppress": (
        (
            "    assert result == 3",
            "    import contextlib\n    with contextlib.suppress(AssertionError):\n        assert result == 3",
        ),
    ),
    "expect the assertion to fail": (
        ("    assert result == 3", "    with pytest.raises(AssertionError):\n        assert result == 3"),
    ),
    "only if": (("    assert result == 3", "    if result == 3:\n        assert result == 3"),),
    "never": (("    assert result == 3", "    if False:\n        assert result == 3"),),
    "in an empty loop": (("    assert result == 3", "    for _ in []:\n        assert result == 3"),),
    "in a while": (("    assert result == 3", "    while not result:\n        assert result == 3"),),
    "in an inner function": (("    assert result == 3", "    def inner():\n        assert result == 3"),),
    "in a lambda": (("    assert result == 3", "    lambda: result == 3"),),
    "return before": (("    assert result == 3", "    return\n    assert result == 3"),),
    "return if": (("    assert result == 3", "    if not result:\n        return\n    assert result == 3"),),
    "become a generator": (("    assert result == 3", "    yield\n    assert result == 3"),),
    "skip": (("def test_total", "@pytest.mark.skip\ndef test_total"),),
    "skipif": (("def test_total", "@pytest.mark.skipif(True, reason='x')\ndef test_total"),),
    "xfail": (("def test_total", "@pytest.mark.xfail\ndef test_total"),),
    "xfail by a mark of the file": (("EXPECTED =", "pytestmark = pytest.mark.xfail\nEXPECTED ="),),
    "skip inside": (("    assert result == 3", "    pytest.skip('later')\n    assert result == 3"),),
    "skip through an alias": (("import pytest\n", "import pytest\nfrom pytest import skip as go_on\n"),),
    "importorskip": (("import pytest\n", "import pytest\npytest.importorskip('nothing')\n"),),
    "skip in the fixture": (("    made = Orders()", "    pytest.skip('x')\n    made = Orders()"),),
    "run until it passes": (("def test_total", "@pytest.mark.flaky(reruns=9)\ndef test_total"),),
    "a decorator that swallows": (("def test_total", "@forgiving\ndef test_total"),),
    "not a test": (("def test_total", "test_total.__test__ = False\n\n\ndef test_total"),),
    "not collected": (("class TestGroup:\n", "class TestGroup:\n    __test__ = False\n"),),
    "rename": (("def test_total", "def check_total"),),
    "rename to another test": (("def test_total", "def test_sum"),),
    "rename the class": (("class TestGroup", "class Group"),),
    "hide behind a second definition": (
        ("def test_named", "def test_total():\n    assert 3 == total([1, 2])\n\n\ndef test_named"),
    ),
    "assign over": (("def test_named", "test_total = print\n\n\ndef test_named"),),
    "delete": (("def test_named", "del test_total\n\n\ndef test_named"),),
    "put it under if": (
        ("def test_named():\n    assert total", "if False:\n  def test_named():\n    assert total"),
    ),
    "broaden to Exception": (("pytest.raises(KeyError", "pytest.raises(Exception"),),
    "broaden to a parent": (("pytest.raises(KeyError", "pytest.raises(LookupError"),),
    "broaden to several": (("pytest.raises(KeyError", "pytest.raises((KeyError, ValueError)"),),
    "another error silently": (("pytest.raises(KeyError", "pytest.raises(ValueError"),),
    "drop the message": ((', match="no tea"', ""),),
    "match anything": (('match="no tea"', 'match=".*"'),),
    "let more statements raise": (
        ("        orders.place(0)", "        Orders().place('x')\n        orders.place(0)"),
    ),
    "no error at all": (
        ('    with pytest.raises(KeyError, match="no tea"):\n        orders.place(0)', "    orders.place(0)"),
    ),
    "drop a row": ((", (2, 4)", ""),),
    "change a row": (("(2, 4)", "(2, 5)"),),
    "weaken a shared check": (("    assert order.count == 2", "    assert order"),),
    "no longer call the check": (("    check(orders.place(1))", "    orders.place(1)"),),
    "weaken a fixture's check": (("    assert made.is_open\n", ""),),
    "replace the code under test": (
        ("def test_total():\n", "def test_total(monkeypatch):\n    monkeypatch.setattr('shop.orders.total', lambda x: 3)\n"),
    ),
    "replace it by patch": (
        ("import pytest\n", "import pytest\nfrom unittest import mock\n"),
        ("def test_total", "@mock.patch('shop.orders.total', lambda x: 3)\ndef test_total"),
    ),
    "replace it by name": (
        ("def test_total():\n", "def test_total(monkeypatch):\n    monkeypatch.setattr('shop.' + 'orders.total', print)\n"),
    ),
    "replace a method": (
        ("    made = Orders()", "    Orders.place = lambda self, n: None\n    made = Orders()"),
    ),
    "replace a method of one object": (
        ("    made = Orders()", "    made = Orders()\n    made.place = print"),
    ),
    "a stand-in as the object": (
        ("    made = Orders()", "    from unittest.mock import MagicMock\n    made = MagicMock()"),
    ),
    "write the function here": (
        ("EXPECTED =", "def total(items):\n    return 3\n\n\nEXPECTED ="),
    ),
    "shadow the function by a parameter": (("def test_total():", "def test_total(total=lambda x: 3):"),),
    "import it from elsewhere": (
        ("from shop.orders import Orders, total", "from shop.orders import Orders\nfrom fakes import total"),
    ),
    "import another function under its name": (
        ("from shop.orders import Orders, total", "from shop.orders import Orders, sums as total"),
    ),
    "import another one in the test": (
        ("    assert result == 3", "    from shop.orders import sums as total\n    assert result == 3"),
    ),
    "bind its name in a pattern": (
        ("    result = total([1, 2])", "    match lambda n: 3:\n        case total:\n            result = total([1, 2])"),
    ),
    "register a plugin": (
        ("def test_total():\n", "def test_total(request):\n    request.config.pluginmanager.register(object())\n"),
    ),
    "hide code in another encoding": (("import pytest\n", "# coding: utf-7\nimport pytest\n"),),
    "replace the module": (
        ("import pytest\n", "import pytest\nimport sys\nsys.modules['shop.orders'] = object()\n"),
    ),
    "change globals": (("EXPECTED =", "globals()['total'] = print\nEXPECTED ="),),
    "exec": (("EXPECTED =", "exec('x = 1')\nEXPECTED ="),),
    "leave at once": (
        ("    assert result == 3", "    import os\n    os._exit(0)\n    assert result == 3"),
    ),
    "a hook": (
        ("EXPECTED =", "def pytest_runtest_makereport(item):\n    return None\n\n\nEXPECTED ="),
    ),
    "no call of the code": (("    result = total([1, 2])", "    result = 3"),),
    "break the file": (("def test_total():", "def test_total(:"),),
}  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda name: name.replace(" ", "-"))
def test_an_attempt_to_weaken_is_noticed(attempt: str) -> None:
    assert found(*ATTEMPTS[attempt])


def correction(
    function: str,
    old: str,
    new: str,
    evidence: str = "observed 3 times in the box",
    provenance: Provenance = Provenance.OBSERVED,
) -> CorrectedExpectation:
    return CorrectedExpectation(
        function=function, old=old, new=new, evidence=evidence, provenance=provenance
    )


REPAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "nothing": (),
    "a comment": (("    assert result == 3", "    # the sum\n    assert result == 3"),),
    "another import": (("from shop.orders import Orders, total", "from shop.orders import Orders, total, sums"),),
    "a moved function": (
        ("from shop.orders import Orders, total", "from shop.orders import Orders\nfrom shop.store import total"),
    ),
    "a renamed attribute": (("result.tax", "result.vat"),),
    "other arguments": (("total([1, 2])", "total([1, 2], tax=0)"),),
    "await": (("def test_total", "async def test_total"), ("result = total", "result = await total")),
    "a mark for async": (("def test_total", "@pytest.mark.asyncio\nasync def test_total"),),
    "one more assertion": (("    assert result == 3", "    assert result == 3\n    assert total([]) == 0"),),
    "one more test": (("def test_named", "def test_more():\n    assert total([]) == 0\n\n\ndef test_named"),),
    "a stricter check": (("assert made.is_open", "assert made.is_open is True"),),
    "a frozen clock": (
        ("def test_total():\n", "def test_total(monkeypatch):\n    monkeypatch.setattr('shop.orders.time.time', lambda: 0.0)\n"),
    ),
    "a seed": (("import pytest\n", "import random\nimport pytest\n"), ("    result = total", "    random.seed(7)\n    result = total")),
    "an environment variable": (
        ("def test_total():\n", "def test_total(monkeypatch):\n    monkeypatch.setenv('MODE', 'quick')\n"),
    ),
    "a folder made first": (("def test_total():\n", "def test_total(tmp_path):\n    (tmp_path / 'x').mkdir()\n"),),
    "another fixture": (("def test_total():", "def test_total(orders):"),),
    "a list of a generator": (("assert orders.list() == wanted", "assert list(orders.list()) == wanted"),),
    "a name for the value": (("    assert result == 3", "    three = 3\n    assert result == three"),),
    "one more row": (("(2, 4)]", "(2, 4), (3, 6)]"),),
}  # fmt: skip


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda name: name.replace(" ", "-"))
def test_an_honest_repair_passes(repair: str) -> None:
    assert found(*REPAIRS[repair]) == []


def test_a_name_that_never_was_may_come_from_another() -> None:
    renamed = know({"shop.orders": "class Orders: ...\ndef sums(items): ...\n"})
    after = edited(("import Orders, total", "import Orders, sums as total"))
    assert weakenings(BEFORE, after, (), PATH, renamed) == ()
    assert weakenings(BEFORE, after, (), PATH, KNOWN) != ()


CORRECTIONS: dict[str, tuple[tuple[str, str], CorrectedExpectation]] = {
    "a value": (("assert result == 3", "assert result == 4"), correction("test_total", "3", "4")),
    "a value under a name": (
        ("wanted = [1, 2]", "wanted = [1, 2, 3]"),
        correction("test_kept", "[1, 2]", "[1,2,3]"),
    ),
    "an error": (
        ("pytest.raises(KeyError", "pytest.raises(ValueError"),
        correction("test_error", "KeyError", "ValueError", "docstring shop/orders.py:3", Provenance.CONTRACT),
    ),
    "a message": (
        ('match="no tea"', 'match="no coffee"'),
        correction("test_error", "'no tea'", "'no coffee'"),
    ),
    "the order": (
        ("assert orders.list() == wanted", "assert sorted(orders.list()) == wanted"),
        correction("test_kept", "an order", "any order", "differs with the hash seed"),
    ),
    "a row": (("(2, 4)", "(2, 5)"), correction("test_rows[2-4]", "(2, 4)", "(2, 5)")),
}  # fmt: skip


@pytest.mark.parametrize("name", CORRECTIONS)
def test_a_new_value_passes_with_evidence_and_only_with_it(name: str) -> None:
    change, evidence = CORRECTIONS[name]
    assert found(change, corrections=(evidence,)) == []
    assert found(change, corrections=(evidence.but(evidence=" "),))
    assert found(change, corrections=(evidence.but(function="test_other"),))
    assert found(change, corrections=(evidence.but(old="something else"),))
    assert found(change, corrections=(evidence.but(new="something else"),))
    assert found(change)


def test_evidence_does_not_allow_a_looser_check() -> None:
    allowed = correction("test_total", "3", "result >= 3")
    assert found(("assert result == 3", "assert result >= 3"), corrections=(allowed,))


def test_a_promise_is_not_corrected_by_what_was_observed() -> None:
    after = edited(("assert result == 3", "assert result == 4"))
    seen = (correction("test_total", "3", "4"),)
    promised = {"test_total": Provenance.CONTRACT}
    assert weakenings(BEFORE, after, seen, PATH, KNOWN, promised)
    read_again = (seen[0].but(provenance=Provenance.CONTRACT, evidence="doctest shop/orders.py:9"),)
    assert weakenings(BEFORE, after, read_again, PATH, KNOWN, promised) == ()


@pytest.mark.parametrize(
    "path",
    ["conftest.py", "tests/conftest.py", "pyproject.toml", "pytest.ini", "tox.ini", "setup.cfg"],
)
def test_what_decides_how_tests_run_is_left_alone(path: str) -> None:
    assert weakenings("", "x = 1\n", path=path)


def test_without_knowledge_of_the_target_the_same_attempts_are_noticed() -> None:
    attempt = ATTEMPTS["replace the code under test"]
    assert weakenings(BEFORE, edited(*attempt))


def test_a_deleted_file_loses_every_test() -> None:
    gone = {weakening.function for weakening in weakenings(BEFORE, "", (), PATH, KNOWN)}
    assert {"test_total", "TestGroup::test_inside"} <= gone


def test_unittest_assertions_are_compared_too() -> None:
    before = textwrap.dedent(
        """
        import unittest
        from shop.orders import total
        class OrdersTestCase(unittest.TestCase):
            def test_total(self):
                self.assertAlmostEqual(total([1]), 1.5, places=5)
                self.assertEqual(total([1]), 1)
        """
    )
    for old, new in (
        ("places=5", "places=0"),
        ("self.assertEqual(total([1]), 1)", "self.assertTrue(total([1]))"),
        ("self.assertEqual(total([1]), 1)", "self.assertIn(total([1]), (1, 2))"),
        ("self.assertEqual(total([1]), 1)", "self.assertEqual(total([1]), 2)"),
        ("self.assertEqual(total([1]), 1)", "self.skipTest('x')"),
    ):
        assert weakenings(before, before.replace(old, new), (), PATH, KNOWN), new


def test_a_fix_is_judged_over_all_its_edits() -> None:
    good = FileEdit(path=PATH, before=BEFORE, after=BEFORE + "\n# the end\n")
    bad = FileEdit(path="tests/conftest.py", before="", after="x = 1\n")
    assert weakenings_of(Fix(edits=(good,)), KNOWN) == ()
    assert [w.path for w in weakenings_of(Fix(edits=(good, bad)), KNOWN)] == ["tests/conftest.py"]


def test_a_value_that_a_person_writes_in_is_approved_and_an_assertion_they_drop_is_not() -> None:
    before = "from shop import total\n\n\ndef test_a():\n    assert total(1) == 3\n"
    changed = FileEdit(path="t.py", before=before, after=before.replace("== 3", "== 4"))
    (correction,) = corrected_by_hand(changed, "Ann said so")
    assert (correction.old, correction.new, correction.provenance) == (
        "3",
        "4",
        Provenance.APPROVED,
    )
    assert weakenings(before, changed.after, (correction,), "t.py") == ()
    dropped = FileEdit(path="t.py", before=before, after=before.replace("assert ", ""))
    assert corrected_by_hand(dropped, "Ann said so") == ()
    assert corrected_by_hand(dropped.but(after="def ("), "Ann said so") == ()

"""One observation, written as the target writes its tests: its style, its quotes, its names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.conventions import Conventions
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.target import Target
from itc_tui.domain.weakening import weakenings
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.writing.phrasing import UnittestPhrasing
from tests.engines.builtin.bench import STAND_IN, Bench, write
from tests.engines.builtin.small_targets import MakeTarget

BenchOf = Callable[[Conventions], Bench]
OFFICE = """
    import os

    def pay(name, cents):
        if cents > int(os.environ.get("LIMIT", "1000")):
            raise PermissionError("more than (the limit)")
        print("paid", name)
        return {"name": name, "cents": cents}

    def close(names):
        with open("month.csv", "w") as file:
            file.write(";".join(names))

    def copy(path):
        return path.read_text(encoding="utf-8").upper()
    """
STEPS = [
    Step("monkeypatch", "monkeypatch", STAND_IN),
    Step("", "monkeypatch.setenv('LIMIT', '12')"),
    Step("v_a_1", "pay('rent', 3)"),
    Step("v_b_1", "pay('rent', 13)", "raises"),
    Step("v_c_1", "close(['a', 'b'])"),
    Step("v_path_1", "tmp_path / 'in.txt'"),
    Step("", "v_path_1.write_text('tea', encoding='utf-8')"),
    Step("v_d_1", "copy(v_path_1)"),
]


@pytest.fixture
def bench_of(make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]) -> BenchOf:
    def bench(conventions: Conventions) -> Bench:
        target = make_target(**{"shop/office.py": OFFICE})
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        target = target.but(conventions=conventions, python_version=version)
        return Bench(target, open_box(target))

    return bench


def test_unittest_sets_up_and_takes_down_with_the_standard_library(bench_of: BenchOf) -> None:
    bench = bench_of(Conventions(style="unittest"))
    file = bench.drafted(bench.observed("from shop.office import close, copy, pay", steps=STEPS))
    assert file.cases[0].function == "TestAIntegration::test_it_works"
    assert "pytest" not in file.text
    for line in (
        "class TestAIntegration(unittest.TestCase):",
        "self.tmp_path = Path(folder.name)",
        "self.addCleanup(os.chdir, os.getcwd())",
        'self.enterContext(mock.patch.dict(os.environ, {"LIMIT": "12"}))',
        'self.assertEqual(pay("rent", 3), {"name": "rent", "cents": 3})',
        'with self.assertRaisesRegex(PermissionError, re.escape("more than (the limit)")):',
        'self.assertEqual(copy(path), "TEA")',
        'self.assertEqual(self.printed.getvalue(), "paid rent\\n")',
        'self.assertEqual((self.tmp_path / "month.csv").read_text(encoding="utf-8"), "a;b")',
    ):
        assert line in file.text
    write(bench.target.root, **{file.path: file.text})
    alone = [sys.executable, "-m", "unittest", "discover", "-s", "tests/integration"]
    done = subprocess.run(alone, cwd=bench.target.root, capture_output=True, text=True, check=False)
    assert "\nOK" in done.stderr, done.stderr


CLERK = """
    import datetime
    import random
    import sys

    OPEN = []

    def main(argv=None):
        OPEN.append(len(OPEN))
        if not argv:
            print("nothing to do", file=sys.stderr)
            return 2
        print(argv[0], datetime.datetime.now().year, random.randint(1, 10**9) > 0)
        return len(OPEN)
    """


def test_unittest_enters_stand_ins_and_takes_what_is_printed(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    target = make_target(**{"shop/clerk.py": CLERK})
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    target = target.but(conventions=Conventions(style="unittest"), python_version=version)
    bench = Bench(target, open_box(target))
    names = ("frozen_clock", "seeded_random", "kept_state")
    assert {one.name for one in bench.handed.stand_ins} == set(names)
    steps = [
        *(Step(name, name, STAND_IN) for name in names),
        Step("v_code_1", "main(['tea'])"),
        Step("v_printed_1", "capsys.readouterr()"),
        Step("v_code_2", "main([])"),
        Step("v_printed_2", "capsys.readouterr()"),
    ]
    file = bench.drafted(bench.observed("from shop.clerk import main", steps=steps))
    assert "pytest" not in file.text
    assert "monkeypatch" not in file.text
    for line in (
        "@contextlib.contextmanager\ndef frozen_clock():",
        'patches.enter_context(mock.patch("shop.clerk.datetime", frozen_datetime))',
        "        self.frozen_clock = self.enterContext(frozen_clock())",
        "    def taken(self):",
        "printed = self.taken()",
        'self.assertEqual(printed.out, "tea 2024 True\\n")',
        'self.assertEqual(printed_2.err, "nothing to do\\n")',
    ):
        assert line in file.text, file.text
    write(bench.target.root, **{file.path: file.text})
    alone = [sys.executable, "-m", "unittest", "discover", "-s", "tests/integration"]
    done = subprocess.run(alone, cwd=bench.target.root, capture_output=True, text=True, check=False)
    assert "\nOK" in done.stderr, done.stderr


def test_quotes_columns_and_names_are_the_targets(bench_of: BenchOf) -> None:
    bench = bench_of(Conventions(line_length=72, quote="'", function_patterns=("check_*",)))
    write(bench.target.root, **{"pytest.ini": "[pytest]\npython_functions = check_*\n"})
    file = bench.drafted(bench.observed("from shop.office import close, copy, pay", steps=STEPS))
    assert file.cases[0].function == "check_it_works"
    code = file.text.replace('"""', "")
    assert '"' not in code
    assert "assert copy(path) == 'TEA'" in code
    assert max(map(len, file.text.splitlines())) <= 72


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("total", "3", "self.assertEqual(total, 3)"),
        ("found", "None", "self.assertIsNone(found)"),
        ("ready()", "True", "self.assertIs(ready(), True)"),
        ("a == b", "True", "self.assertTrue(a == b)"),
        ("a in b", "", "self.assertIn(a, b)"),
        ("isinstance(a, int)", "", "self.assertIsInstance(a, int)"),
        ("not a", "", "self.assertFalse(a)"),
    ],
)
def test_unittest_asserts_with_the_method_that_says_most(left: str, right: str, text: str) -> None:
    assert UnittestPhrasing().asserted(left, right, 8) == text


CASE = """
import unittest

class TestDesk(unittest.TestCase):
    def test_order(self):
        made = order("tea", 2)
        self.assertEqual(made, {"total": 2})
        with self.assertRaisesRegex(ValueError, "positive"):
            order("tea", -1)
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('        self.assertEqual(made, {"total": 2})\n', ""),
        ('self.assertEqual(made, {"total": 2})', "self.assertTrue(made)"),
        ('self.assertEqual(made, {"total": 2})', 'self.assertEqual(made, {"total": 3})'),
        ('self.assertRaisesRegex(ValueError, "positive")', "self.assertRaises(ValueError)"),
        ("    def test_order", '    @unittest.skip("later")\n    def test_order'),
    ],
)
def test_a_weaker_test_case_is_seen_as_such(before: str, after: str) -> None:
    assert before in CASE
    assert weakenings(CASE, CASE.replace(before, after), known=KnownNames())
    assert not weakenings(CASE, CASE, known=KnownNames())

"""The example is a decent repository, with exactly the two faults that were put there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from itc_tui.demo.scratch import make_example

BOUNDARIES = Path(__file__).parent / "fixtures" / "shop_boundaries.py"

#: File, the faulty line, and what it should be.
FAULTS = {
    "environment": (
        "src/shop/config.py",
        "    values |= _read_environ(os.environ if environ is None else environ)\n",
        (
            "    texts = _read_environ(os.environ if environ is None else environ)\n"
            "    values |= {name: _convert(name, text) for name, text in texts.items()}\n"
        ),
    ),
    "store": ("src/shop/store.py", "UNITS = 100\n", "UNITS = 10_000\n"),
}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return make_example(tmp_path / "shop")


def outcomes(example: Path, *args: str) -> tuple[set[str], set[str]]:
    """Names of the tests that passed and of those that did not, by the example's own pytest."""
    results = example.parent / "results.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junitxml={results}", *args],
        cwd=example,
        env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    passed: set[str] = set()
    failed: set[str] = set()
    for case in ElementTree.parse(results).iter("testcase"):
        name = case.get("name", "").partition("[")[0]
        (failed if len(case) else passed).add(name)
    return passed, failed


def mend(example: Path, fault: str) -> None:
    file, wrong, right = FAULTS[fault]
    text = (example / file).read_text(encoding="utf-8")
    assert text.count(wrong) == 1
    (example / file).write_text(text.replace(wrong, right), encoding="utf-8")


def test_its_own_tests_and_examples_are_green(example: Path) -> None:
    passed, failed = outcomes(example)
    assert failed == set()
    assert {"shop.app.Shop", "shop.store.Store", "test_currencies_are_not_mixed"} <= passed
    assert len(passed) > 25


def test_its_boundaries_show_the_two_faults_and_nothing_else(example: Path) -> None:
    shutil.copy(BOUNDARIES, example / "tests" / "test_boundaries.py")
    passed, failed = outcomes(example, "tests")
    assert failed == {name for name in passed | failed if name.startswith("test_fault_")}
    assert len(failed) == 3
    assert len(passed) > 25


@pytest.mark.parametrize(
    ("mended", "still_red"),
    [
        ("store", {"test_fault_settings_have_their_types_when_they_come_from_the_environment"}),
        (
            "environment",
            {
                "test_fault_an_order_with_a_discount_is_read_back_as_it_was_placed",
                "test_fault_a_price_below_a_cent_is_read_back_as_it_was_saved",
            },
        ),
    ],
)
def test_mending_one_fault_turns_its_tests_green_and_only_these(
    example: Path, mended: str, still_red: set[str]
) -> None:
    shutil.copy(BOUNDARIES, example / "tests" / "test_boundaries.py")
    mend(example, mended)
    assert outcomes(example, "tests")[1] == still_red


def test_with_both_faults_mended_everything_is_green(example: Path) -> None:
    shutil.copy(BOUNDARIES, example / "tests" / "test_boundaries.py")
    for fault in FAULTS:
        mend(example, fault)
    assert outcomes(example)[1] == set()


def test_its_types_are_clean(example: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", "--python-version", "3.11"],
        cwd=example,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout

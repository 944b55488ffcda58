"""The tests that are there are described as a newcomer would want to know them."""

from __future__ import annotations

from pathlib import Path

from itc_tui.domain.exploration import Exploration
from itc_tui.engines.builtin.map.existing_tests import covered_names
from tests.engines.builtin.map.shops import explored, indexed

PRODUCT: dict[str, str | bytes] = {
    "shop/__init__.py": "",
    "shop/store.py": "def save(row): return check(row)\ndef check(row): return row\n"
    "def lost(): ...\n",
    "shop/orders.py": "from shop.store import save\ndef place(): return save(1)\n",
}
PYTEST: dict[str, str | bytes] = {
    **PRODUCT,
    "tests/conftest.py": "import pytest\n@pytest.fixture(scope='session')\ndef db(): yield 1\n",
    "tests/integration/test_orders.py": """
        import pytest
        from unittest.mock import patch
        from shop.orders import place

        @pytest.mark.parametrize("x", [1])
        def test_place(x, monkeypatch): place()

        class TestMore:
            async def test_again(self): ...
    """,
    "tests/tools.py": "def make_order(): ...\n",
}


def test_pytest_suites_are_described(tmp_path: Path) -> None:
    exploration: Exploration = explored(tmp_path, PYTEST)
    existing, framework = exploration.existing_tests, exploration.test_framework
    assert existing.test_files == ("tests/integration/test_orders.py",)
    assert existing.utilities == (
        "fixture db (tests/conftest.py:3)",
        "make_order (tests/tools.py:1)",
    )
    assert {"test functions: 1", "Test classes: 1", "parametrize: 1", "conftest.py: 1"} <= set(
        existing.patterns
    )
    assert "unittest.mock (1)" in existing.mocking_conventions
    assert (framework.runner, framework.assertion_lib) == ("pytest", "assert")


def test_unittest_suites_are_described(tmp_path: Path) -> None:
    suite = "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): ...\n"
    framework = explored(
        tmp_path, {**PRODUCT, "tests/test_a.py": suite + "def test_b(): ...\n"}
    ).test_framework
    assert (framework.runner, framework.assertion_lib) == ("unittest", "unittest assertions")


def test_no_tests_at_all_is_said_plainly(tmp_path: Path) -> None:
    existing = explored(tmp_path, PRODUCT).existing_tests
    assert (existing.test_files, existing.mocking_conventions) == ((), "")


def test_what_tests_enter_is_followed_through_the_product(tmp_path: Path) -> None:
    covered = covered_names(indexed(tmp_path, PYTEST))
    assert covered >= {"shop.orders.place", "shop.store.save", "shop.store.check"}
    assert "shop.store.lost" not in covered

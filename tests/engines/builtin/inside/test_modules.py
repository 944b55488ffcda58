"""Which modules of a package are imported: all of its own, however it is laid out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.modules import modules_of


@pytest.fixture
def portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two portions of one namespace, in two folders of sources; no `__init__.py` at its top."""
    for file in (
        "one/src/acme_suite/billing/invoices.py",
        "one/src/acme_suite/billing/parts/__init__.py",
        "one/src/acme_suite/billing/parts/lines.py",
        "one/src/acme_suite/templates/letter.py",
        "two/src/acme_suite/stock/deep/shelf.py",
        "two/src/acme_suite/stock/tests/test_shelf.py",
        "two/src/acme_suite/pictures/logo.txt",
    ):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for part in ("one", "two"):
        monkeypatch.syspath_prepend(str(tmp_path / part / "src"))
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        del sys.modules[name]


def names(package: str) -> set[str]:
    failed: dict[str, str] = {}
    found = {module.__name__ for module in modules_of(package, (), failed, 5.0)}
    assert failed == {}
    return found


def test_a_namespace_package_is_read_in_all_its_portions(portions: Path) -> None:
    assert names("acme_suite") == {
        "acme_suite",
        "acme_suite.billing",
        "acme_suite.billing.invoices",
        "acme_suite.billing.parts",
        "acme_suite.billing.parts.lines",
        "acme_suite.stock",
        "acme_suite.stock.deep",
        "acme_suite.stock.deep.shelf",
    }


def test_a_folder_without_init_belongs_to_a_regular_package_too(portions: Path) -> None:
    (portions / "one/src/acme_suite/__init__.py").touch()
    assert "acme_suite.billing.invoices" in names("acme_suite")


def test_what_others_wrote_is_no_module_of_the_package(portions: Path) -> None:
    folder = portions / "one/src/acme_suite"
    for file in ("_vendor/yaml/loader.py", "billing/vendor.py"):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).touch()
    found = names("acme_suite")
    assert "acme_suite.billing.vendor" in found
    assert not any("_vendor" in name for name in found)


def test_what_a_package_offers_for_testing_is_of_its_own_and_its_tests_are_not(
    portions: Path,
) -> None:
    """`click.testing` and its like are what users of the package write their tests with."""
    folder = portions / "one/src/acme_suite/billing"
    (folder / "testing.py").touch()
    (folder / "tests").mkdir()
    (folder / "tests/fakes.py").touch()
    found = names("acme_suite")
    assert "acme_suite.billing.testing" in found
    assert "acme_suite.billing.tests.fakes" not in found

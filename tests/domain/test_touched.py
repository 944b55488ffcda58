"""A changed file touches the tests of its boundaries; where nobody can tell, all of them."""

from __future__ import annotations

import pytest

from itc_tui.domain.exploration import CallSite, Exploration, IntegrationPoint
from itc_tui.domain.inventory import Inventory, InventoryFile, Proof, WrittenCase
from itc_tui.domain.touched import Touched, touched_by

ORDERS, MAIL = "tests/integration/test_orders.py", "tests/integration/test_mail.py"
PLACE, CANCEL, SEND = f"{ORDERS}::test_place", f"{ORDERS}::test_cancel", f"{MAIL}::test_send"

EXPLORATION = Exploration(
    integration_points=(
        IntegrationPoint(
            from_module="shop.orders",
            to_module="shop.store",
            sites=(CallSite(file="src/shop/orders/place.py", line=3),),
        ),
        IntegrationPoint(from_module="shop.mail", to_module="smtplib", is_outer=True),
    )
)
INVENTORY = Inventory(
    test_files=(InventoryFile(path=ORDERS), InventoryFile(path=MAIL)),
    cases=(
        WrittenCase(case_id="1", node_id=PLACE, boundary="shop.orders → shop.store"),
        WrittenCase(case_id="2", node_id=CANCEL, boundary="shop.orders → shop.store"),
        WrittenCase(case_id="3", node_id=SEND, boundary="shop.mail → smtplib"),
    ),
    proofs=(Proof(case_id="2", crosses=("shop.orders → shop.store", "shop.mail → smtplib")),),
)


def names(*paths: str) -> tuple[str, ...]:
    return touched_by(paths, EXPLORATION, INVENTORY).names


@pytest.mark.parametrize(
    "path", ["src/shop/store.py", "shop/orders/__init__.py", "src/shop/orders/place.py"]
)
def test_a_source_touches_the_tests_of_its_boundaries_on_either_side(path: str) -> None:
    assert names(path) == (PLACE, CANCEL)


def test_a_test_that_was_seen_to_cross_the_boundary_as_well_is_touched_too() -> None:
    assert names("src/shop/mail.py") == (CANCEL, SEND)


def test_a_test_file_touches_its_own_tests_and_whatever_is_new_in_it() -> None:
    assert names(MAIL) == (SEND, MAIL)
    assert touched_by([MAIL], EXPLORATION, INVENTORY).tests == (SEND,)


@pytest.mark.parametrize("path", ["tests/conftest.py", "pyproject.toml", "src/shop/money.py"])
def test_what_may_matter_to_anything_touches_everything(path: str) -> None:
    assert names(path) == (PLACE, CANCEL, SEND)


@pytest.mark.parametrize("path", ["README.md", "tests/test_units.py", "static/logo.svg"])
def test_what_no_test_of_the_session_can_notice_is_left_out(path: str) -> None:
    assert touched_by([path], EXPLORATION, INVENTORY) == Touched()


def test_a_module_is_not_taken_for_another_whose_name_ends_alike() -> None:
    assert names("src/shop/bookstore.py") == (PLACE, CANCEL, SEND), "on no boundary: all"


def test_before_anything_is_written_nothing_is_run() -> None:
    assert touched_by(["src/shop/store.py"], None, None) == Touched(files=("src/shop/store.py",))

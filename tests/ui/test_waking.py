"""What is written while tests run starts one repeat, and no more."""

from __future__ import annotations

from itc_tui.ui.waking import Waking

ORDERS, CART = "shop/orders.py", "shop/cart.py"


def test_a_file_saved_between_runs_starts_one_each_time() -> None:
    waking = Waking()
    for second in (10.0, 20.0, 30.0):
        assert waking.heard({CART: second}) == ()
        assert waking.those_that_wake([CART]) == (CART,)
        waking.began(second + 1, [CART])
        waking.ended(second + 2)


def test_what_a_run_writes_starts_one_repeat_and_is_named_after_that() -> None:
    waking = Waking()
    waking.began(1, [CART])
    waking.ended(2)
    assert waking.heard({ORDERS: 1.5}) == ()
    assert waking.those_that_wake([ORDERS]) == (ORDERS,), "it may have been the person"
    waking.began(3, [ORDERS])
    assert waking.heard({ORDERS: 3.5}) == (ORDERS,)
    waking.ended(4)
    assert waking.those_that_wake([ORDERS]) == ()


def test_files_of_ever_new_names_start_one_repeat_too() -> None:
    waking = Waking()
    waking.began(1)
    waking.ended(2)
    waking.heard({"shop/made_1.py": 1.5})
    waking.began(3, ["shop/made_1.py"])
    waking.ended(4)
    assert waking.heard({"shop/made_2.py": 3.5}) == ("shop/made_2.py",)


def test_what_the_person_saves_afterwards_starts_a_run_again() -> None:
    waking = Waking()
    waking.began(1)
    waking.ended(2)
    waking.heard({CART: 1.5})
    waking.began(3, [CART])
    waking.ended(4)
    assert waking.heard({CART: 3.5}) == (CART,)
    assert waking.heard({CART: 9.0}) == ()
    assert waking.those_that_wake([CART]) == (CART,)


def test_a_run_that_the_person_s_save_started_is_no_repeat() -> None:
    """Though something else was written in the run before it."""
    waking = Waking()
    waking.began(1)
    waking.ended(2)
    waking.heard({ORDERS: 1.5, CART: 2.5})
    waking.began(3, [ORDERS, CART])
    waking.ended(4)
    assert waking.heard({ORDERS: 3.5}) == ()

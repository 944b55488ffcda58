"""A test file is put together as people and their tools order one."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, Witness
from itc_tui.engines.builtin.writing.body import body_of
from itc_tui.engines.builtin.writing.files import file_text


def test_every_package_of_the_target_stands_with_its_own() -> None:
    imports = {"import pytest", "from shop.basket import bill", "from prices.price import Price"}
    text = file_text(
        "Baskets.", imports, ["def test_it():\n    bill(Price(1))"], ("prices", "shop")
    )
    assert text.startswith(
        '"""Baskets."""\n\nimport pytest\n\n'
        "from prices.price import Price\nfrom shop.basket import bill\n\n\ndef test_it"
    )


def test_what_no_test_speaks_of_is_not_imported() -> None:
    imports = {
        "import shop.plugins",
        "from shop.basket import bill",
        "from shop.price import Price",
    }
    text = file_text("Baskets.", imports, ["def test_it():\n    bill(1)"], ("shop",))
    assert "import shop.plugins" in text
    assert "import bill" in text
    assert "Price" not in text


def test_a_block_names_what_it_opens_only_where_somebody_speaks_of_it() -> None:
    steps = (Step("shop", "opened()", "with"), Step("seen", "prices()"))
    claims: tuple[tuple[Claim, ...], ...] = ((), (Claim("seen", "[3]"),))
    silent = Witness("1", Program((), steps), "shop:opened", claims, ("Shop", "list"))
    assert body_of(silent).lines[0] == "    with opened():"
    told = silent.but(claims=((Claim("shop.is_open", "True"),), claims[1]))
    assert body_of(told).lines[0] == "    with opened() as shop:"

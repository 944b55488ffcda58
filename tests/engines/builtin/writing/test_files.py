"""A test file is put together as people and their tools order one."""

from __future__ import annotations

from itc_tui.engines.builtin.writing.files import file_text


def test_every_package_of_the_target_stands_with_its_own() -> None:
    imports = {"import pytest", "from shop.basket import bill", "from prices.price import Price"}
    text = file_text("Baskets.", imports, ["def test_it():\n    pass"], ("prices", "shop"))
    assert text.startswith(
        '"""Baskets."""\n\nimport pytest\n\n'
        "from prices.price import Price\nfrom shop.basket import bill\n\n\ndef test_it"
    )

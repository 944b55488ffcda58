"""Money, on its own."""

from decimal import Decimal

import pytest

from shop.errors import CurrencyMismatch
from shop.money import Money


def test_half_a_cent_is_rounded_upwards() -> None:
    assert Money.of("0.125").rounded() == Money.of("0.13")


def test_a_discount_keeps_four_decimals() -> None:
    assert Money.of("4.25").percent(Decimal("95")) == Money.of("4.0375")


def test_currencies_are_not_mixed() -> None:
    with pytest.raises(CurrencyMismatch):
        Money.of("1", "EUR") + Money.of("1", "SEK")

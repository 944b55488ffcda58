"""What a customer pays: volume discounts, and the tax that is in a sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from shop.money import Money
from shop.orders import Line, Order, Product

#: From how many pieces of one product on, how many per cent are taken off.
VOLUME_DISCOUNTS: Mapping[int, Decimal] = {10: Decimal("5"), 50: Decimal("12.5")}


@dataclass(frozen=True)
class Pricing:
    """The shop's price rules.

    >>> assam = Product("ASSAM-100", "Assam, 100 g", Money.of("4.25"))
    >>> print(Pricing().line(assam, 2).unit_price)
    4.25 EUR
    >>> print(Pricing().line(assam, 12).unit_price)
    4.0375 EUR
    """

    vat_percent: Decimal = Decimal("19")
    discounts: Mapping[int, Decimal] = field(default_factory=lambda: VOLUME_DISCOUNTS)

    def line(self, product: Product, quantity: int) -> Line:
        """An order line at the price for that quantity.

        Raises:
            BadOrder: the quantity is below one, or more than a million.
        """
        off = max((d for least, d in self.discounts.items() if quantity >= least), default=None)
        price = product.price if off is None else product.price.percent(100 - off)
        return Line(product.sku, quantity, price)

    def tax_in(self, order: Order) -> Money:
        """The value added tax that the order's total contains.

        >>> order = Order(1, "ada@example.org", (Line("POT-1", 1, Money.of("23.80")),))
        >>> print(Pricing().tax_in(order))
        3.80 EUR
        """
        share = self.vat_percent / (100 + self.vat_percent)
        return (order.total * share).rounded()

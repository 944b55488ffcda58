"""The nouns of the shop: products, and orders made of lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum

from shop.errors import BadOrder
from shop.money import Money

MOST = 1_000_000


class Status(Enum):
    PLACED = "placed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Product:
    sku: str
    name: str
    price: Money


@dataclass(frozen=True)
class Line:
    """A quantity of one product at the price that was agreed.

    Raises:
        BadOrder: the quantity is below one, or more than a million.

    >>> print(Line("ASSAM-100", 12, Money.of("4.0375")).total)
    48.45 EUR
    """

    sku: str
    quantity: int
    unit_price: Money

    def __post_init__(self) -> None:
        if not 1 <= self.quantity <= MOST:
            raise BadOrder(f"cannot order {self.quantity} of {self.sku}")

    @property
    def total(self) -> Money:
        return (self.unit_price * self.quantity).rounded()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Order:
    """What a customer bought, and when.

    Raises:
        BadOrder: there are no lines.

    >>> order = Order(1, "ada@example.org", (Line("ASSAM-100", 2, Money.of("4.25")),))
    >>> print(order.total)
    8.50 EUR
    """

    number: int
    customer: str
    lines: tuple[Line, ...]
    placed_at: datetime = field(default_factory=_now)
    status: Status = Status.PLACED

    def __post_init__(self) -> None:
        if not self.lines:
            raise BadOrder(f"order {self.number} has no lines")

    @property
    def total(self) -> Money:
        """What the customer pays.

        Raises:
            CurrencyMismatch: the lines are in different currencies.
        """
        first, *others = (line.total for line in self.lines)
        for other in others:
            first += other
        return first

"""Notifications, written one JSON line each for the mailer to pick up."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from shop.events import Bus, OrderCancelled, StockRanLow, StockReserved

BUYER = "buyer@shop.example"


@dataclass(frozen=True)
class Notice:
    to: str
    text: str


class Outbox:
    """A file of notices that only grows.

    >>> outbox = Outbox("outbox.jsonl")
    >>> outbox.write(Notice("ada@example.org", "Grüße"))
    >>> outbox.read()
    [Notice(to='ada@example.org', text='Grüße')]
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def write(self, notice: Notice) -> None:
        """Append a notice."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(notice)) + "\n")

    def read(self) -> list[Notice]:
        """All notices, oldest first; none where nothing was written yet."""
        if not self._path.exists():
            return []
        with self._path.open(encoding="utf-8") as file:
            return [Notice(**json.loads(line)) for line in file]

    def listen(self, bus: Bus) -> None:
        """Tell customers about their orders, and the buyer what runs low.

        >>> bus, outbox = Bus(), Outbox("outbox.jsonl")
        >>> outbox.listen(bus)
        >>> bus.publish(StockRanLow("POT-1", left=2))
        1
        >>> outbox.read()[0].text
        'Only 2 of POT-1 left.'
        """
        bus.subscribe(StockReserved, self._confirm)
        bus.subscribe(OrderCancelled, self._confirm_cancellation)
        bus.subscribe(StockRanLow, self._warn)

    def _confirm(self, event: StockReserved) -> None:
        order = event.order
        self.write(Notice(order.customer, f"Order {order.number} is on its way: {order.total}."))

    def _confirm_cancellation(self, event: OrderCancelled) -> None:
        order = event.order
        self.write(Notice(order.customer, f"Order {order.number} is cancelled."))

    def _warn(self, event: StockRanLow) -> None:
        self.write(Notice(BUYER, f"Only {event.left} of {event.sku} left."))

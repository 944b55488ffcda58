"""Keeps the stock in step with the orders, by listening to them."""

from __future__ import annotations

from collections import Counter

from shop.errors import BadOrder, OutOfStock
from shop.events import Bus, OrderCancelled, OrderPlaced, StockRanLow, StockReserved
from shop.orders import MOST, Order
from shop.store import Store


class Warehouse:
    """Reserves what is ordered, and puts back what is cancelled.

    >>> from shop.money import Money
    >>> from shop.orders import Line, Product
    >>> store, bus = Store.open(), Bus()
    >>> store.save_product(Product("POT-1", "Tea pot", Money.of("23.80")))
    >>> warehouse = Warehouse(store, bus, low_stock=2)
    >>> warehouse.receive("POT-1", 8)
    8
    >>> order = Order(1, "ada@example.org", (Line("POT-1", 3, Money.of("23.80")),))
    >>> bus.publish(OrderPlaced(order))
    1
    >>> store.stock("POT-1")
    5
    """

    def __init__(self, store: Store, bus: Bus, low_stock: int = 5) -> None:
        self._store = store
        self._bus = bus
        self._low_stock = low_stock
        bus.subscribe(OrderPlaced, lambda event: self.reserve(event.order))
        bus.subscribe(OrderCancelled, lambda event: self.release(event.order))

    def receive(self, sku: str, quantity: int) -> int:
        """Put goods on the shelf; returns how many there are then.

        Raises:
            UnknownProduct: no product has this SKU.
            BadOrder: less than nothing was received, or more than a million.
        """
        if not 0 <= quantity <= MOST:
            raise BadOrder(f"cannot receive {quantity} of {sku}")
        return self._store.change_stock(sku, quantity)

    def reserve(self, order: Order) -> None:
        """Take an order's goods off the shelf: all of them, or none.

        Raises:
            OutOfStock: there is not enough of something.
            UnknownProduct: no product has a line's SKU.
        """
        left: dict[str, int] = {}
        with self._store.transaction():
            for sku, quantity in _quantities(order).items():
                there = self._store.stock(sku)
                if there < quantity:
                    raise OutOfStock(f"{quantity} of {sku} ordered, {there} in stock")
                left[sku] = self._store.change_stock(sku, -quantity)
        self._bus.publish(StockReserved(order))
        for sku, pieces in left.items():
            if pieces < self._low_stock:
                self._bus.publish(StockRanLow(sku, pieces))

    def release(self, order: Order) -> None:
        """Put an order's goods back.

        Raises:
            UnknownProduct: no product has a line's SKU.
        """
        with self._store.transaction():
            for sku, quantity in _quantities(order).items():
                self._store.change_stock(sku, quantity)


def _quantities(order: Order) -> Counter[str]:
    quantities: Counter[str] = Counter()
    for line in order.lines:
        quantities[line.sku] += line.quantity
    return quantities

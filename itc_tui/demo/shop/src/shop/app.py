"""The shop: all parts put together, and what one can do with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from shop.cache import TtlCache
from shop.config import Settings
from shop.errors import AlreadyCancelled, CurrencyMismatch
from shop.events import Bus, OrderCancelled, OrderPlaced
from shop.orders import Order, Product, Status
from shop.outbox import Outbox
from shop.pricing import Pricing
from shop.store import Store
from shop.supplier import Catalogue, Supplier
from shop.warehouse import Warehouse


def _now() -> datetime:
    return datetime.now(UTC)


class Shop:
    """A tea shop in a folder: `shop.db` and `outbox.jsonl`.

    >>> from shop.money import Money
    >>> shop = Shop.open("my-shop")
    >>> shop.add_product(Product("ASSAM-100", "Assam, 100 g", Money.of("4.25")), stock=20)
    20
    >>> order = shop.place("ada@example.org", {"ASSAM-100": 2})
    >>> print(order.number, order.total)
    1 8.50 EUR
    >>> shop.order(1) == order
    True
    >>> shop.stock("ASSAM-100")
    18
    >>> shop.close()
    """

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        settings: Settings | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        settings = settings or Settings()
        self.store = store
        self.outbox = outbox
        self.currency = settings.currency
        self.pricing = Pricing(settings.vat_percent)
        self.catalogue = Catalogue(
            Supplier(settings.supplier_url), TtlCache(settings.cache_seconds)
        )
        self._bus = Bus()
        self._clock = clock
        self._warehouse = Warehouse(store, self._bus, settings.low_stock)
        if settings.notify:
            outbox.listen(self._bus)

    @classmethod
    def open(cls, folder: str | Path, settings: Settings | None = None) -> Shop:
        """The shop in that folder, which is made where there is none.

        Raises:
            BadSetting: the settings name no supplier.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        return cls(Store.open(folder / "shop.db"), Outbox(folder / "outbox.jsonl"), settings)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Shop:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def add_product(self, product: Product, stock: int = 0) -> int:
        """Take a product into the range; returns how many pieces there are then.

        Raises:
            CurrencyMismatch: its price is not in the shop's currency.
        """
        if product.price.currency != self.currency:
            raise CurrencyMismatch(f"{product.sku} costs {product.price}, not {self.currency}")
        with self.store.transaction():
            self.store.save_product(product)
            return self._warehouse.receive(product.sku, stock)

    def stock(self, sku: str) -> int:
        """How many pieces of a product there are.

        Raises:
            UnknownProduct: no product has this SKU.
        """
        return self.store.stock(sku)

    def stock_up(self, sku: str, quantity: int) -> Product:
        """Buy from the supplier, at the price of the day.

        Raises:
            UnknownProduct: the supplier does not have it.
            SupplierUnavailable: the supplier cannot be asked.
            CurrencyMismatch: the supplier's price is not in the shop's currency.

        >>> from shop.supplier_server import SupplierServer
        >>> with SupplierServer() as server:
        ...     with Shop.open("my-shop", Settings(supplier_url=server.url)) as shop:
        ...         print(shop.stock_up("SENCHA-100", 10).price, shop.stock("SENCHA-100"))
        6.40 EUR 10
        """
        product = self.catalogue.product(sku)
        self.add_product(product, quantity)
        return product

    def place(self, customer: str, basket: Mapping[str, int]) -> Order:
        """Sell what is in the basket: priced, stored, reserved and confirmed, or nothing at all.

        Raises:
            UnknownProduct: a SKU that the shop does not have.
            BadOrder: an empty basket, or a quantity below one or above a million.
            OutOfStock: more than there is.

        >>> from shop.money import Money
        >>> shop = Shop.open("my-shop")
        >>> shop.add_product(Product("POT-1", "Tea pot", Money.of("23.80")), stock=8)
        8
        >>> shop.place("ada@example.org", {"POT-1": 9})
        Traceback (most recent call last):
        shop.errors.OutOfStock: 9 of POT-1 ordered, 8 in stock
        """
        lines = tuple(
            self.pricing.line(self.store.product(sku), quantity) for sku, quantity in basket.items()
        )
        with self.store.transaction():
            order = Order(self.store.next_number(), customer, lines, self._clock())
            self.store.add(order)
            self._bus.publish(OrderPlaced(order))
        return order

    def order(self, number: int) -> Order:
        """An order as it stands.

        Raises:
            UnknownOrder: no order has this number.
        """
        return self.store.get(number)

    def cancel(self, number: int) -> Order:
        """Take an order back; its goods return to the shelf.

        Raises:
            UnknownOrder: no order has this number.
            AlreadyCancelled: it was cancelled before.

        >>> from shop.money import Money
        >>> shop = Shop.open("my-shop")
        >>> shop.add_product(Product("POT-1", "Tea pot", Money.of("23.80")), stock=8)
        8
        >>> order = shop.place("ada@example.org", {"POT-1": 2})
        >>> shop.cancel(order.number).status
        <Status.CANCELLED: 'cancelled'>
        >>> shop.stock("POT-1")
        8
        >>> shop.cancel(order.number)
        Traceback (most recent call last):
        shop.errors.AlreadyCancelled: order 1 is cancelled already
        """
        with self.store.transaction():
            order = self.store.get(number)
            if order.status is Status.CANCELLED:
                raise AlreadyCancelled(f"order {number} is cancelled already")
            self.store.set_status(number, Status.CANCELLED)
            cancelled = replace(order, status=Status.CANCELLED)
            self._bus.publish(OrderCancelled(cancelled))
        return cancelled

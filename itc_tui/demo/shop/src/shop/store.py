"""Products, stock and orders in an SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType

from shop.errors import DuplicateOrder, UnknownOrder, UnknownProduct
from shop.money import Money
from shop.orders import Line, Order, Product, Status

SCHEMA = """
CREATE TABLE IF NOT EXISTS products (
    sku TEXT PRIMARY KEY, name TEXT NOT NULL,
    price INTEGER NOT NULL, currency TEXT NOT NULL, stock INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS orders (
    number INTEGER PRIMARY KEY, customer TEXT NOT NULL,
    placed_at TEXT NOT NULL, status TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS lines (
    number INTEGER NOT NULL REFERENCES orders, position INTEGER NOT NULL,
    sku TEXT NOT NULL, quantity INTEGER NOT NULL,
    price INTEGER NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (number, position)
);
"""

#: Amounts are kept as whole numbers of the smallest unit, so that SQL can add them up.
UNITS = 100


class Store:
    """What the shop remembers. What was written is what is read back.

    >>> from datetime import UTC, datetime
    >>> store = Store.open(":memory:")
    >>> line = Line("ASSAM-100", 2, Money.of("4.25"))
    >>> order = Order(1, "ada@example.org", (line,), datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    >>> store.add(order)
    >>> store.get(1) == order
    True
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.isolation_level = None
        connection.row_factory = sqlite3.Row
        self._connection = connection
        connection.executescript(SCHEMA)

    @classmethod
    def open(cls, path: str | Path = ":memory:") -> Store:
        """The store in that file, which is made where there is none."""
        return cls(sqlite3.connect(path))

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it where an exception leaves the block."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def save_product(self, product: Product) -> None:
        """Add the product, or replace its name and price; its stock stays.

        >>> store = Store.open()
        >>> store.save_product(Product("POT-1", "Tea pot", Money.of("23.80")))
        >>> store.product("POT-1").name
        'Tea pot'
        """
        with self.transaction():
            self._connection.execute(
                "INSERT INTO products (sku, name, price, currency) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (sku) DO UPDATE SET"
                " name = excluded.name, price = excluded.price, currency = excluded.currency",
                (product.sku, product.name, _units(product.price), product.price.currency),
            )

    def product(self, sku: str) -> Product:
        """The product as it was saved.

        Raises:
            UnknownProduct: no product has this SKU.
        """
        row = self._product_row(sku)
        return Product(row["sku"], row["name"], _money(row))

    def stock(self, sku: str) -> int:
        """How many pieces there are.

        Raises:
            UnknownProduct: no product has this SKU.
        """
        return int(self._product_row(sku)["stock"])

    def change_stock(self, sku: str, by: int) -> int:
        """Add to the stock, or take from it; returns what is there then.

        Raises:
            UnknownProduct: no product has this SKU.
        """
        with self.transaction():
            stock = self.stock(sku) + by
            self._connection.execute("UPDATE products SET stock = ? WHERE sku = ?", (stock, sku))
        return stock

    def next_number(self) -> int:
        """The number after the highest one."""
        row = self._connection.execute("SELECT coalesce(max(number), 0) FROM orders").fetchone()
        return int(row[0]) + 1

    def add(self, order: Order) -> None:
        """Keep an order; `get` gives back its equal.

        Raises:
            DuplicateOrder: its number is taken.
        """
        with self.transaction():
            try:
                self._connection.execute(
                    "INSERT INTO orders VALUES (?, ?, ?, ?)",
                    (
                        order.number,
                        order.customer,
                        order.placed_at.isoformat(),
                        order.status.value,
                    ),
                )
            except sqlite3.IntegrityError:
                raise DuplicateOrder(f"there is an order {order.number} already") from None
            self._connection.executemany(
                "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        order.number,
                        position,
                        line.sku,
                        line.quantity,
                        _units(line.unit_price),
                        line.unit_price.currency,
                    )
                    for position, line in enumerate(order.lines)
                ],
            )

    def get(self, number: int) -> Order:
        """The order as it was added.

        Raises:
            UnknownOrder: no order has this number.
        """
        row = self._connection.execute(
            "SELECT * FROM orders WHERE number = ?", (number,)
        ).fetchone()
        if row is None:
            raise UnknownOrder(f"there is no order {number}")
        lines = self._connection.execute(
            "SELECT * FROM lines WHERE number = ? ORDER BY position", (number,)
        )
        return Order(
            number=row["number"],
            customer=row["customer"],
            lines=tuple(Line(line["sku"], line["quantity"], _money(line)) for line in lines),
            placed_at=datetime.fromisoformat(row["placed_at"]),
            status=Status(row["status"]),
        )

    def set_status(self, number: int, status: Status) -> None:
        """Change what became of an order.

        Raises:
            UnknownOrder: no order has this number.
        """
        with self.transaction():
            changed = self._connection.execute(
                "UPDATE orders SET status = ? WHERE number = ?", (status.value, number)
            ).rowcount
        if not changed:
            raise UnknownOrder(f"there is no order {number}")

    def orders(self) -> list[Order]:
        """All orders, by number."""
        numbers = self._connection.execute("SELECT number FROM orders ORDER BY number").fetchall()
        return [self.get(row["number"]) for row in numbers]

    def _product_row(self, sku: str) -> sqlite3.Row:
        row = self._connection.execute("SELECT * FROM products WHERE sku = ?", (sku,)).fetchone()
        if row is None:
            raise UnknownProduct(f"there is no product {sku!r}")
        assert isinstance(row, sqlite3.Row)
        return row


def _units(money: Money) -> int:
    return int(money.amount * UNITS)


def _money(row: sqlite3.Row) -> Money:
    return Money(Decimal(row["price"]) / UNITS, row["currency"])

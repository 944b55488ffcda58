"""What was sold, per product, as rows and as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shop.money import Money
from shop.orders import Status
from shop.store import Store

COLUMNS = ("sku", "quantity", "revenue")


@dataclass(frozen=True)
class Sales:
    sku: str
    quantity: int
    revenue: Money


def sales(store: Store) -> list[Sales]:
    """One row per product that was sold, by SKU; cancelled orders do not count.

    Raises:
        CurrencyMismatch: one product was sold in two currencies.

    >>> from shop.orders import Line, Order
    >>> store = Store.open()
    >>> store.add(Order(1, "ada@example.org", (Line("POT-1", 2, Money.of("23.80")),)))
    >>> store.add(Order(2, "bob@example.org", (Line("POT-1", 1, Money.of("23.80")),)))
    >>> for row in sales(store):
    ...     print(row.sku, row.quantity, row.revenue)
    POT-1 3 71.40 EUR
    """
    rows: dict[str, Sales] = {}
    lines = (
        line
        for order in store.orders()
        if order.status is not Status.CANCELLED
        for line in order.lines
    )
    for line in lines:
        before = rows.get(line.sku) or Sales(line.sku, 0, Money.of(0, line.unit_price.currency))
        rows[line.sku] = Sales(
            line.sku, before.quantity + line.quantity, before.revenue + line.total
        )
    return [rows[sku] for sku in sorted(rows)]


def write_csv(rows: Iterable[Sales], path: str | Path) -> None:
    """Write the rows to a file that `read_csv` gives back.

    >>> rows = [Sales("POT-1", 3, Money.of("71.40"))]
    >>> write_csv(rows, "sales.csv")
    >>> read_csv("sales.csv") == rows
    True
    """
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows((row.sku, row.quantity, row.revenue) for row in rows)


def read_csv(path: str | Path) -> list[Sales]:
    """The rows that `write_csv` wrote."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [
            Sales(row["sku"], int(row["quantity"]), Money.parse(row["revenue"]))
            for row in csv.DictReader(file)
        ]

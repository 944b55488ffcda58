"""The command line: one subcommand per thing that one can do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from shop.app import Shop
from shop.config import load_settings
from shop.errors import BadOrder, ShopError
from shop.orders import Order
from shop.reports import sales, write_csv


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, or 1 after saying on stderr what went wrong.

    >>> from shop.money import Money
    >>> from shop.orders import Product
    >>> with Shop.open("my-shop") as shop:
    ...     shop.add_product(Product("POT-1", "Tea pot", Money.of("23.80")), stock=8)
    8
    >>> main(["--folder", "my-shop", "order", "ada@example.org", "POT-1=2"])
    order 1 of ada@example.org, placed
      2 x POT-1 at 23.80 EUR: 47.60 EUR
      total 47.60 EUR, tax included 7.60 EUR
    0
    >>> main(["--folder", "my-shop", "report"])
    POT-1  2  47.60 EUR
    0
    """
    args = _parser().parse_args(argv)
    try:
        with Shop.open(args.folder, load_settings(args.config)) as shop:
            _run(shop, args)
    except ShopError as error:
        print(f"shop: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shop", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(), help="where the shop is kept")
    parser.add_argument("--config", type=Path, help="a TOML file with a table [shop]")
    commands = parser.add_subparsers(dest="command", required=True)
    stock_up = commands.add_parser("stock-up", help="buy from the supplier")
    stock_up.add_argument("sku")
    stock_up.add_argument("quantity", type=int)
    order = commands.add_parser("order", help="place an order")
    order.add_argument("customer")
    order.add_argument("basket", nargs="+", metavar="SKU=QUANTITY")
    for name, what in (("show", "show an order"), ("cancel", "cancel an order")):
        commands.add_parser(name, help=what).add_argument("number", type=int)
    report = commands.add_parser("report", help="what was sold")
    report.add_argument("--csv", type=Path, help="write it to a file")
    return parser


def _run(shop: Shop, args: argparse.Namespace) -> None:
    match args.command:
        case "stock-up":
            product = shop.stock_up(args.sku, args.quantity)
            print(f"{shop.stock(product.sku)} of {product.name} at {product.price}")
        case "order":
            _show(shop, shop.place(args.customer, parse_basket(args.basket)))
        case "show":
            _show(shop, shop.order(args.number))
        case "cancel":
            _show(shop, shop.cancel(args.number))
        case "report":
            _report(shop, args.csv)


def parse_basket(items: Sequence[str]) -> dict[str, int]:
    """What `SKU=QUANTITY` words mean; a SKU that comes twice adds up.

    Raises:
        BadOrder: a word of another form.

    >>> parse_basket(["ASSAM-100=2", "POT-1=1", "ASSAM-100=3"])
    {'ASSAM-100': 5, 'POT-1': 1}
    >>> parse_basket(["ASSAM-100"])
    Traceback (most recent call last):
    shop.errors.BadOrder: not SKU=QUANTITY: 'ASSAM-100'
    """
    basket: dict[str, int] = {}
    for item in items:
        sku, _, quantity = item.partition("=")
        if not (sku and quantity.isdecimal()):
            raise BadOrder(f"not SKU=QUANTITY: {item!r}")
        basket[sku] = basket.get(sku, 0) + int(quantity)
    return basket


def _show(shop: Shop, order: Order) -> None:
    print(f"order {order.number} of {order.customer}, {order.status.value}")
    for line in order.lines:
        print(f"  {line.quantity} x {line.sku} at {line.unit_price}: {line.total}")
    print(f"  total {order.total}, tax included {shop.pricing.tax_in(order)}")


def _report(shop: Shop, csv_file: Path | None) -> None:
    rows = sales(shop.store)
    if csv_file is not None:
        write_csv(rows, csv_file)
    for row in rows:
        print(f"{row.sku}  {row.quantity}  {row.revenue}")
    if not rows:
        print("nothing sold yet")


if __name__ == "__main__":
    sys.exit(main())

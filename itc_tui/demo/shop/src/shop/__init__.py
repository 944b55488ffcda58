"""The back office of a small tea shop: stock, prices, orders, reports."""

from shop.app import Shop
from shop.config import Settings
from shop.money import Money
from shop.orders import Line, Order, Product, Status

__all__ = ["Line", "Money", "Order", "Product", "Settings", "Shop", "Status"]

"""Everything that can go wrong in the shop, by name."""

from __future__ import annotations


class ShopError(Exception):
    """What the command line tells the person in one line."""


class BadAmount(ShopError):
    """A text that is no amount of money."""


class BadSetting(ShopError):
    """A setting that does not exist, or whose value has the wrong form."""


class BadOrder(ShopError):
    """An order without lines, or with a quantity below one."""


class CurrencyMismatch(ShopError):
    """Two currencies in one sum."""


class OutOfStock(ShopError):
    """More was ordered than there is."""


class UnknownProduct(ShopError):
    """No product has this SKU."""


class UnknownOrder(ShopError):
    """No order has this number."""


class DuplicateOrder(ShopError):
    """An order with this number was stored before."""


class AlreadyCancelled(ShopError):
    """An order is cancelled once."""


class SupplierUnavailable(ShopError):
    """The supplier cannot be reached, or answers with an error."""

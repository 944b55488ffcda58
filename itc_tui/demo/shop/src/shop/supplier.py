"""The supplier's catalogue, asked over HTTP and remembered for a while."""

from __future__ import annotations

import json
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote

from shop.cache import TtlCache
from shop.errors import BadAmount, BadSetting, SupplierUnavailable, UnknownProduct
from shop.money import Money
from shop.orders import Product


class Supplier:
    """Asks the supplier's server.

    Raises:
        BadSetting: the URL is not `http://HOST…`.

    >>> from shop.supplier_server import SupplierServer
    >>> with SupplierServer() as server:
    ...     product = Supplier(server.url).product("ASSAM-100")
    >>> print(product.name, product.price)
    Assam, 100 g 4.25 EUR
    """

    def __init__(self, url: str, timeout_s: float = 5.0) -> None:
        scheme, _, rest = url.partition("://")
        self._address, slash, folder = rest.partition("/")
        if scheme != "http" or not self._address:
            raise BadSetting(f"not an address of a supplier: {url!r}")
        self._folder = (slash + folder).rstrip("/")
        self._timeout_s = timeout_s

    def product(self, sku: str) -> Product:
        """What the supplier knows of a product.

        Raises:
            UnknownProduct: the supplier does not have it.
            SupplierUnavailable: no connection, an error, or an answer that makes no sense.
        """
        answer = self._get(f"/products/{quote(sku, safe='')}")
        if answer is None:
            raise UnknownProduct(f"the supplier has no {sku!r}")
        try:
            price = Money.of(answer["price"], answer["currency"])
            return Product(answer["sku"], answer["name"], price)
        except (KeyError, TypeError, BadAmount) as error:
            raise SupplierUnavailable(f"the supplier's answer makes no sense: {answer}") from error

    def skus(self) -> list[str]:
        """Everything that can be had, sorted.

        Raises:
            SupplierUnavailable: no connection, an error, or an answer that makes no sense.
        """
        answer = self._get("/products")
        if not isinstance(answer, list):
            raise SupplierUnavailable(f"the supplier's answer makes no sense: {answer}")
        return sorted(str(sku) for sku in answer)

    def _get(self, path: str) -> Any:
        """The JSON behind a path; None when there is nothing."""
        try:
            with closing(HTTPConnection(self._address, timeout=self._timeout_s)) as connection:
                connection.request("GET", self._folder + path)
                answer = connection.getresponse()
                body = answer.read()
        except (OSError, HTTPException) as error:
            raise SupplierUnavailable(f"the supplier cannot be reached: {error}") from error
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise SupplierUnavailable(f"the supplier answers {answer.status}")
        try:
            return json.loads(body)
        except ValueError as error:
            raise SupplierUnavailable("the supplier's answer is no JSON") from error


class Catalogue:
    """The supplier's products through a cache: one question per product while it is fresh.

    >>> from shop.supplier_server import SupplierServer
    >>> with SupplierServer() as server:
    ...     catalogue = Catalogue(Supplier(server.url), TtlCache(seconds=60))
    ...     same = catalogue.product("POT-1") == catalogue.product("POT-1")
    >>> same, server.requests
    (True, ['/products/POT-1'])
    """

    def __init__(self, supplier: Supplier, cache: TtlCache[str, Product]) -> None:
        self._supplier = supplier
        self._cache = cache

    def product(self, sku: str) -> Product:
        """A product, asked for or remembered.

        Raises:
            UnknownProduct: the supplier does not have it.
            SupplierUnavailable: it is not remembered, and the supplier cannot be asked.
        """
        return self._cache.get_or_load(sku, lambda: self._supplier.product(sku))

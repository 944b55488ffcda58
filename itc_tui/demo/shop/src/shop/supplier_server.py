"""A supplier to develop and test against: `python -m shop.supplier_server` serves on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import unquote

CATALOGUE: Mapping[str, tuple[str, str]] = {
    "ASSAM-100": ("Assam, 100 g", "4.25"),
    "SENCHA-100": ("Sencha, 100 g", "6.40"),
    "BAG-1": ("Paper tea bag", "0.0350"),
    "POT-1": ("Tea pot", "23.80"),
}


class SupplierServer:
    """Answers `/products` and `/products/SKU` in JSON.

    >>> from shop.supplier import Supplier
    >>> with SupplierServer() as server:
    ...     Supplier(server.url).skus()
    ['ASSAM-100', 'BAG-1', 'POT-1', 'SENCHA-100']
    """

    def __init__(self, catalogue: Mapping[str, tuple[str, str]] = CATALOGUE, port: int = 0) -> None:
        self.catalogue = dict(catalogue)
        self.is_broken = False
        """Answer everything with status 500, as a supplier does on a bad day."""
        self.requests: list[str] = []
        """The paths that were asked for."""
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._request_class())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> SupplierServer:
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, path: str) -> tuple[int, object]:
        """Status and body for a path.

        >>> with SupplierServer() as server:
        ...     server.answer("/products")
        (200, ['ASSAM-100', 'BAG-1', 'POT-1', 'SENCHA-100'])
        """
        self.requests.append(path)
        if self.is_broken:
            return 500, {"error": "out of order"}
        if path == "/products":
            return 200, sorted(self.catalogue)
        sku = unquote(path.removeprefix("/products/"))
        if sku not in self.catalogue:
            return 404, {"error": f"no product {sku}"}
        name, price = self.catalogue[sku]
        return 200, {"sku": sku, "name": name, "price": price, "currency": "EUR"}

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def _request_class(self) -> type[BaseHTTPRequestHandler]:
        supplier = self

        class Request(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = supplier.answer(self.path)
                payload = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, format: str, *args: object) -> None:
                """Keep the terminal quiet."""

        return Request


if __name__ == "__main__":
    with SupplierServer(port=8765):
        threading.Event().wait()

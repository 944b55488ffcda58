"""Failures that were seen again in the box, and of which nothing has changed since."""

from __future__ import annotations

from hashlib import sha256

from itc_tui.domain.requests import AnalyseRequest
from itc_tui.engines.builtin.judging.product import Product
from itc_tui.engines.builtin.judging.retrial import Retried


class SeenBefore:
    """As long as a session runs; two starts of pytest are spared for each failure that stays."""

    def __init__(self) -> None:
        self._retrials: dict[str, tuple[Retried, ...]] = {}

    def recall(self, request: AnalyseRequest, product: Product) -> tuple[Retried, ...]:
        """Nothing, when the failure, its test or the target has become another one."""
        return self._retrials.get(_key(request, product), ())

    def keep(
        self, request: AnalyseRequest, product: Product, retrials: tuple[Retried, ...]
    ) -> None:
        """What ends now so and now otherwise may show more the next time."""
        if len({retried.outcome for retried in retrials}) == 1:
            self._retrials[_key(request, product)] = retrials


def _key(request: AnalyseRequest, product: Product) -> str:
    failure = request.failure
    texts = (failure.test, failure.signature, failure.error, request.source, product.everything)
    return sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()

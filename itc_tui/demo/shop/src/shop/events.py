"""What the parts of the shop tell each other, without knowing each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from shop.orders import Order

E = TypeVar("E")


@dataclass(frozen=True)
class OrderPlaced:
    order: Order


@dataclass(frozen=True)
class StockReserved:
    order: Order


@dataclass(frozen=True)
class StockRanLow:
    sku: str
    left: int


@dataclass(frozen=True)
class OrderCancelled:
    order: Order


class Bus:
    """Hands each event to those who subscribed to its kind, in the order they came.

    A listener's exception reaches the publisher: who places an order learns that
    the warehouse cannot serve it.

    >>> bus, seen = Bus(), []
    >>> leave = bus.subscribe(StockRanLow, seen.append)
    >>> bus.publish(StockRanLow("ASSAM-100", left=3))
    1
    >>> seen
    [StockRanLow(sku='ASSAM-100', left=3)]
    """

    def __init__(self) -> None:
        self._listeners: dict[type, list[Callable[[Any], object]]] = defaultdict(list)

    def subscribe(self, kind: type[E], listener: Callable[[E], object]) -> Callable[[], None]:
        """Call `listener` for each event of that kind; what is returned takes it off again."""
        self._listeners[kind].append(listener)

        def leave() -> None:
            if listener in self._listeners[kind]:
                self._listeners[kind].remove(listener)

        return leave

    def publish(self, event: object) -> int:
        """Tell everybody who wants to know; returns how many that were."""
        listeners = tuple(self._listeners[type(event)])
        for listener in listeners:
            listener(event)
        return len(listeners)

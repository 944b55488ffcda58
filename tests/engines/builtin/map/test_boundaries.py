"""Boundaries have the kind that a person would give them."""

from __future__ import annotations

from pathlib import Path

from itc_tui.domain.words import PointKind
from tests.engines.builtin.map.shops import explored

SHOP: dict[str, str | bytes] = {
    "shop/__init__.py": "",
    "shop/events.py": """
        class Bus:
            def publish(self, event): ...
            def subscribe(self, kind, listener): ...
        class Placed: ...
    """,
    "shop/settings.py": "debug = False\nOPTIONS = {}\n",
    "shop/orders.py": """
        from shop.events import Bus, Placed
        from shop import settings
        from shop.settings import OPTIONS
        class Orders:
            def __init__(self, bus: Bus): self.bus = bus
            def place(self):
                settings.debug = True
                OPTIONS["fast"] = 1
                self.bus.publish(Placed())
    """,
    "shop/mail.py": """
        from shop.events import Bus
        def watch(bus: Bus):
            bus.subscribe("placed", print)
    """,
}


def test_events_and_shared_state_are_told_from_plain_calls(tmp_path: Path) -> None:
    points = explored(tmp_path, SHOP).integration_points
    kinds = {(one.name, one.kind) for one in points}
    assert kinds == {
        ("shop.orders → shop.events", PointKind.EVENT),
        ("shop.orders → shop.events", PointKind.API),
        ("shop.mail → shop.events", PointKind.EVENT),
        ("shop.orders → shop.settings", PointKind.SHARED_STATE),
    }
    state = next(one for one in points if one.kind is PointKind.SHARED_STATE)
    assert state.contract == "sets debug, OPTIONS"
    assert [site.line for site in state.sites] == [8, 9]


def test_who_announces_an_event_is_joined_to_who_is_told(tmp_path: Path) -> None:
    points = explored(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/events.py": """
                class Bus:
                    def publish(self, event): ...
                    def subscribe(self, kind, listener): ...
                class Event: ...
                class Placed(Event): ...
            """,
            "shop/orders.py": """
                from shop.events import Bus, Placed
                def place(bus: Bus): bus.publish(Placed())
                def call(signals): signals.emit("order.called", 1)
            """,
            "shop/stock.py": """
                from shop.events import Bus, Placed
                class Stock:
                    def __init__(self, bus: Bus): bus.subscribe(Placed, lambda e: self.reserve(e))
                    def reserve(self, event): ...
            """,
            "shop/log.py": """
                from shop.events import Bus, Event
                def write(event): ...
                def start(bus: Bus, signals):
                    bus.subscribe(Event, write)
                    signals.connect("order.called", write)
                    signals.connect("order.lost", write)
            """,
        },
    ).integration_points
    told = {one.name: [site.caller for site in one.sites] for one in points if one.kind == "event"}
    assert told["shop.orders → shop.stock"] == ["shop.orders.place"]
    assert told["shop.orders → shop.log"] == ["shop.orders.place", "shop.orders.call"]


def test_results_that_go_on_to_another_module_are_flows(tmp_path: Path) -> None:
    flows = explored(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/parse.py": "def parse(text: str) -> list[int]: return [1]\n",
            "shop/store.py": "def save(rows: list[int]) -> int: return len(rows)\n",
            "shop/orders.py": "from shop.parse import parse\nfrom shop.store import save\n"
            "def place(text): return save(parse(text))\n",
        },
    ).data_flows
    assert [flow.path for flow in flows] == [
        ("shop.parse.parse", "shop.orders.place", "shop.store.save")
    ]
    assert flows[0].transforms == (
        "parse.parse: (str) → list[int]",
        "store.save: (list[int]) → int",
    )

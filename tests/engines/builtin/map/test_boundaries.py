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

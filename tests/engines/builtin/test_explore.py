"""Exploring a small shop gives the map that a person would draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.domain.events import Progressed, WorkOutlined
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.words import PointKind
from itc_tui.engines.builtin.explore import explore
from tests.draining import finished
from tests.engines.builtin.map.shops import explored, written

SHOP: dict[str, str | bytes] = {
    "pyproject.toml": '[project]\nname = "shop"\n[project.scripts]\nshop = "shop.cli:main"\n',
    "shop/__init__.py": "from shop.orders import Orders\n__all__ = ['Orders']\n",
    "shop/orders.py": """
        from shop.store import Store

        class Orders:
            def __init__(self, store: Store):
                self.store = store

            def place(self, item: str, count: int = 1) -> int:
                if count < 1:
                    raise ValueError(item)
                return self.store.save(item, count)
    """,
    "shop/store.py": """
        import sqlite3

        class Store:
            def __init__(self, path: str):
                self.rows = sqlite3.connect(path)

            def save(self, item: str, count: int) -> int:
                self.rows.execute("insert into orders values (?, ?)", (item, count))
                return count
    """,
    "shop/cli.py": """
        import os
        from shop import Orders
        from shop.store import Store

        def main():
            Orders(Store(os.environ["SHOP_DB"])).place("tea")
    """,
    "tests/test_orders.py": """
        from shop.orders import Orders

        def test_place():
            assert Orders(None)
    """,
}


def named(exploration: Exploration) -> set[str]:
    return {point.name for point in exploration.integration_points}


def test_the_boundaries_of_a_shop_are_those_between_its_modules_and_to_the_outside(
    tmp_path: Path,
) -> None:
    exploration = explored(tmp_path, SHOP, "shop")
    assert named(exploration) == {
        "shop.cli → shop.orders",
        "shop.cli → shop.store",
        "shop.orders → shop.store",
        "shop.store → sqlite3",
        "shop.cli → environment",
    }


def test_a_boundary_says_where_it_is_crossed_and_what_is_promised(tmp_path: Path) -> None:
    exploration = explored(tmp_path, SHOP, "shop")
    points = {point.name: point for point in exploration.integration_points}
    placed = points["shop.orders → shop.store"]
    assert placed.contract == "Store.save(self, item: str, count: int) -> int"
    site = placed.sites[0]
    assert (site.caller, site.callee) == ("shop.orders.Orders.place", "shop.store.Store.save")
    assert (site.file, site.line) == ("shop/orders.py", 11)
    assert points["shop.store → sqlite3"].kind is PointKind.DATABASE
    assert points["shop.store → sqlite3"].is_outer


@pytest.mark.parametrize(
    ("reading", "contract"),
    [
        ("dict(os.environ)", "os.environ"),
        ("os.environ if given is None else given", "os.environ"),
        ("os.environ['HOME']", "os.environ['HOME']"),
        ("os.environ.get('HOME')", "os.environ.get('HOME')"),
        ("os.getenv('HOME')", "os.getenv('HOME')"),
    ],
)
def test_however_it_is_read_the_environment_is_outside(
    tmp_path: Path, reading: str, contract: str
) -> None:
    source = f"import os\n\n\ndef settings(given=None):\n    return {reading}\n"
    exploration = explored(tmp_path, {"shop/__init__.py": source}, "shop")
    [point] = (one for one in exploration.integration_points if one.is_outer)
    assert (point.name, point.contract) == ("shop → environment", contract)


def test_choosing_a_module_keeps_what_touches_it(tmp_path: Path) -> None:
    exploration = explored(tmp_path, SHOP, "数据库存储的集成测试")
    assert exploration.metadata.chosen_modules == ("shop.store",)
    assert named(exploration) == {
        "shop.cli → shop.store",
        "shop.orders → shop.store",
        "shop.store → sqlite3",
    }
    assert exploration.dependencies.downstream == ("shop.cli", "shop.orders")


def test_a_description_that_matches_nothing_is_said_to_match_nothing(tmp_path: Path) -> None:
    exploration = explored(tmp_path, SHOP, "quantum teleportation")
    assert exploration.metadata.chosen_modules == ()
    assert "quantum teleportation" in exploration.metadata.chosen_because
    assert "shop.orders" in exploration.metadata.chosen_because
    assert len(named(exploration)) == 5, "the whole target is there for whoever takes it"


def test_it_is_said_whose_code_is_left_alone(tmp_path: Path) -> None:
    copy: dict[str, str | bytes] = {"shop/vendor/yaml/loader.py": "def load(text): ...\n"}
    exploration = explored(tmp_path, {**SHOP, **copy})
    assert "What others wrote is left alone: shop/vendor." in exploration.assumptions
    assert not any("vendor" in name for name in exploration.module_structure.internal_modules)


def test_the_way_from_the_command_to_the_database_is_a_flow(tmp_path: Path) -> None:
    exploration = explored(tmp_path, SHOP, "shop")
    assert "console script shop → shop.cli.main" in exploration.module_structure.entry_points
    flows = {flow.name: flow for flow in exploration.data_flows}
    assert flows["cli.main → sqlite3"].path == (
        "shop.cli.main",
        "shop.store.Store",
        "shop.store.Store.__init__",
        "sqlite3",
    )


def test_progress_is_told_and_the_answer_survives_json(tmp_path: Path) -> None:
    steps = explore(written(tmp_path, SHOP), ExploreRequest(topic="shop"), tmp_path / "cache")
    outline, first = next(steps), next(steps)
    assert isinstance(outline, WorkOutlined)
    assert isinstance(first, Progressed)
    assert first.step == outline.steps[0]
    exploration = finished(steps)
    again = Exploration.model_validate_json(exploration.model_dump_json())
    assert again == exploration

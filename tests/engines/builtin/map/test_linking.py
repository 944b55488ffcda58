"""Nothing is parsed twice, and a change is followed as far as it reaches and no further."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.explore import build_index
from itc_tui.engines.builtin.map.fact_store import FactStore
from tests.engines.builtin.map.shops import crossings, written

SHOP: dict[str, str | bytes] = {
    "shop/__init__.py": "",
    "shop/store.py": "def save(row): return row\n",
    "shop/orders.py": "from shop.store import save\ndef place(): save(1)\n",
    "shop/cli.py": "from shop.orders import place\ndef main(): place()\n",
    "shop/money.py": "def tax(): return 1\n",
}


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return written(tmp_path / "root", SHOP)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_a_second_look_parses_and_follows_nothing(target: Target, cache: Path) -> None:
    first = build_index(target, cache)
    second = build_index(target, cache)
    assert (first.parsed, first.linked) == (5, 5)
    assert (second.parsed, second.linked) == (0, 0)
    assert second.edges == first.edges
    assert second.functions == first.functions


def test_one_changed_file_is_parsed_and_only_its_users_are_followed_anew(
    target: Target, cache: Path
) -> None:
    build_index(target, cache)
    written(Path(target.root), {"shop/store.py": "class save:\n    def __init__(self, row): ...\n"})
    after = build_index(target, cache)
    assert after.parsed == 1
    assert after.linked == 2, "the store itself, and the orders that use it"
    assert ("shop.orders.place", "shop.store.save") in crossings(after)
    assert after.edges == build_index(target, None).edges


def test_what_is_passed_to_an_untyped_parameter_is_followed_after_a_change_of_the_caller(
    target: Target, cache: Path
) -> None:
    root = Path(target.root)
    written(
        root,
        {
            "shop/store.py": "class A:\n    def go(self): ...\nclass B:\n    def go(self): ...\n",
            "shop/orders.py": "def place(store): store.go()\n",
            "shop/cli.py": "from shop import orders, store\ndef main(): orders.place(store.A())\n",
        },
    )
    before = crossings(build_index(target, cache))
    caller = "from shop import orders, store\ndef main(): orders.place(store.B())\n"
    written(root, {"shop/cli.py": caller})
    after = crossings(build_index(target, cache))
    assert ("shop.orders.place", "shop.store.A.go") in before - after
    assert ("shop.orders.place", "shop.store.B.go") in after - before


def test_a_new_module_is_seen_by_those_who_waited_for_it(target: Target, cache: Path) -> None:
    root = Path(target.root)
    written(root, {"shop/cli.py": "from shop import mail\ndef main(): mail.post()\n"})
    assert ("shop.cli.main", "shop.mail.post") not in crossings(build_index(target, cache))
    written(root, {"shop/mail.py": "def post(): ...\n"})
    assert ("shop.cli.main", "shop.mail.post") in crossings(build_index(target, cache))


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_cache_only_costs_time(target: Target, cache: Path, damage: bytes) -> None:
    build_index(target, cache)
    (cache / "facts.sqlite3").write_bytes(damage)
    assert build_index(target, cache).edges == build_index(target, None).edges
    build_index(target, cache)
    assert build_index(target, cache).parsed == 0, "it works again afterwards"


def test_foreign_entries_in_the_cache_are_not_believed(target: Target, cache: Path) -> None:
    build_index(target, cache)
    store = FactStore(cache)
    assert store._connection is not None
    store._connection.execute("UPDATE facts SET body = '[1, {\"a\": []}]'")
    store._connection.commit()
    store.close()
    assert build_index(target, cache).edges == build_index(target, None).edges


def test_a_cache_that_cannot_be_written_is_done_without(target: Target, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert build_index(target, tmp_path / "file").parsed == 5

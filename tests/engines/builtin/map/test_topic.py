"""What a person types, in any language, is matched to modules; what matches nothing says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.engines.builtin.map.source_index import SourceIndex
from itc_tui.engines.builtin.map.topic import choose_modules, read_concepts, words_of
from tests.engines.builtin.map.shops import indexed

SHOP: dict[str, str | bytes] = {
    "shop/__init__.py": "",
    "shop/orders.py": "class OrderBook: ...\ndef place_order(): ...\n",
    "shop/billing/__init__.py": "",
    "shop/billing/invoices.py": "def charge_card(): ...\n",
    "shop/login.py": "class Session: ...\n",
    "shop/api_gateway.py": "",
    "shop/ttl_cache.py": "class TTLCache: ...\n",
    "shop/stock.py": '"""How much of everything is there."""\n',
    "shop/strings.py": "# 用于优惠券的计算\ndef twist(): ...\n",
    "shop/core.py": '"""Ships parcels by courier."""\n',
}


@pytest.fixture
def index(tmp_path: Path) -> SourceIndex:
    return indexed(tmp_path, SHOP)


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("orders", "shop.orders"),
        ("integration tests of the order placing", "shop.orders"),
        ("Ordering", "shop.orders"),
        ("OrderBook", "shop.orders"),
        ("用户认证模块的集成测试", "shop.login"),
        ("支付流程端到端集成测试", "shop.billing"),
        ("API网关集成测试", "shop.api_gateway"),
        ("订单", "shop.orders"),
        ("缓存和库存", "shop.ttl_cache"),
        ("payments", "shop.billing"),
        ("authentication", "shop.login"),
        ("TTL cache", "shop.ttl_cache"),
        ("charging cards", "shop.billing.invoices"),
        ("shop.billing", "shop.billing"),
        ("shop/orders.py", "shop.orders"),
        ("./shop/orders.py", "shop.orders"),
        ("优惠券", "shop.strings"),
    ],
)
def test_a_description_means_a_module(index: SourceIndex, topic: str, first: str) -> None:
    choice = choose_modules(index, topic)
    assert first in choice.modules[:2], choice
    assert choice.because


def test_a_package_by_name_means_all_of_it_and_nothing_else(index: SourceIndex) -> None:
    assert choose_modules(index, "shop.billing").modules == (
        "shop.billing",
        "shop.billing.invoices",
    )
    assert choose_modules(index, "shop").modules == tuple(index.own_modules)


@pytest.mark.parametrize("topic", ["My_Webshop", "my-webshop", " my.webshop "])
def test_the_project_by_name_means_all_of_it(index: SourceIndex, topic: str) -> None:
    choice = choose_modules(index, topic, project=("my-webshop",))
    assert choice.modules == tuple(index.own_modules)
    assert choose_modules(index, topic).modules == ()


@pytest.mark.parametrize("topic", ["", "integration tests", "的集成测试", "端到端", "!?"])
def test_a_description_that_names_nothing_means_everything(index: SourceIndex, topic: str) -> None:
    choice = choose_modules(index, topic)
    assert choice.modules == tuple(index.own_modules)
    assert "all modules" in choice.because


@pytest.mark.parametrize("topic", ["quantum", "天气预报", "shop.nothing", "Überweisung"])
def test_what_matches_nothing_says_what_there_is(index: SourceIndex, topic: str) -> None:
    choice = choose_modules(index, topic)
    assert choice.modules == ()
    assert topic in choice.because
    assert "shop.orders" in choice.because


def test_modules_that_the_person_chose_are_taken_as_they_are(index: SourceIndex) -> None:
    assert choose_modules(index, "payments", ["shop.orders"]).modules == ("shop.orders",)
    nothing = choose_modules(index, "payments", ["shop.lost"])
    assert nothing.modules == ()
    assert "shop.lost" in nothing.because


def test_prose_alone_is_a_weak_reason(index: SourceIndex) -> None:
    choice = choose_modules(index, "parcels by courier")
    assert choice.modules in ((), ("shop.core",))


def test_names_are_taken_apart_in_every_spelling() -> None:
    assert words_of("HTTPServer_tooLong.names2") == ["http", "server", "too", "long", "nam", "2"]
    assert words_of("orders ordering ordered order") == ["order"] * 4


def test_noise_is_not_looked_for() -> None:
    assert read_concepts("write the integration tests of our module") == []
    (concept,) = read_concepts("支付模块的集成测试")
    assert concept.said == "支付"
    assert [word for word, _ in concept.words][:2] == ["payment", "pay"]

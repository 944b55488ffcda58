"""`ITG-{slug}-{date}`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from itc_tui.domain.session_id import session_id_of, slug_of


@pytest.mark.parametrize(
    ("topic", "slug"),
    [
        ("Payments", "payments"),
        ("用户认证模块的集成测试", "用户认证模块的集成测试"),
        ("API网关集成测试", "api网关集成测试"),
        ("shop.orders / cart!", "shop-orders-cart"),
        ("../../etc/passwd", "etc-passwd"),
        ("ＡＢＣ", "abc"),
        ("", "session"),
        ("!!!", "session"),
        ("x" * 99, "x" * 40),
    ],
)
def test_a_slug_holds_only_letters_digits_and_chinese(topic: str, slug: str) -> None:
    assert slug_of(topic) == slug


def test_the_date_is_that_of_utc_plus_eight() -> None:
    assert session_id_of("cart", datetime(2026, 3, 4, 23, 0, tzinfo=UTC)) == "ITG-cart-2026-03-05"

"""What was not shown yet, and failed seldom, is tried rather than the rest."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.chances import Chances
from itc_tui.engines.builtin.inside.surface import Entry

LINES = {("shop.py", line) for line in range(1, 11)}


def entry(ident: str) -> Entry:
    return Entry(ident, "function", "f(...)", "", None, None, None, False, 1.0)


def test_what_has_not_run_is_worth_more_than_what_has() -> None:
    chances = Chances({"shop:new": LINES, "shop:known": set()}, [])
    new, known = chances.weights([entry("shop:new"), entry("shop:known")], set())
    assert new > 3 * known


def test_failures_cost_and_news_forgives() -> None:
    chances = Chances({"shop:a": LINES}, [])
    (fresh,) = chances.weights([entry("shop:a")], set())
    chances.failed("shop:a", 12)
    (stale,) = chances.weights([entry("shop:a")], set())
    chances.won("shop:a")
    (forgiven,) = chances.weights([entry("shop:a")], set())
    assert stale < fresh / 2 < fresh == forgiven


def test_what_nobody_asked_for_comes_last_and_what_kills_nearly_never() -> None:
    chances = Chances({"shop.a:f": LINES, "other:f": LINES}, ["shop"])
    asked, other = chances.weights([entry("shop.a:f"), entry("other:f")], set())
    assert asked == 4 * other
    chances.avoid("shop.a:f")
    (deadly,) = chances.weights([entry("shop.a:f")], set())
    assert deadly < asked / 50


def test_what_a_child_learnt_is_taken_over() -> None:
    child, parent = Chances({"shop:a": LINES}, []), Chances({"shop:a": LINES}, [])
    child.failed("shop:a")
    parent.learn(child.as_row())
    assert parent.weights([entry("shop:a")], LINES) == child.weights([entry("shop:a")], LINES)

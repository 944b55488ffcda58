"""Same cause, same signature; and how alike several are."""

from __future__ import annotations

import pytest

from itc_tui.domain.failure_signature import signature_of, similarity
from itc_tui.domain.words import Outcome

TRACE = """
tests/integration/test_orders.py:31: in test_places_an_order
    orders.place("tea", 2)
shop/orders.py:{line}: in place
    raise KeyError(name)
/home/{user}/.venv/lib/python3.11/site-packages/lib/deep.py:9: in inner
    ...
"""
LONG_TRACE = """Traceback (most recent call last):
  File "/home/ann/shop/orders.py", line 12, in place
    self.store.add(order)
  File "/usr/lib/python3.12/sqlite3/dbapi2.py", line 7, in execute
sqlite3.OperationalError: no such table: orders
"""


def sign(message: str, trace: str = "", outcome: Outcome = Outcome.FAILED) -> str:
    return signature_of(outcome, "call", message, trace)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ValueError: no order 17", "ValueError: no order 4"),
        ("KeyError: 'tea'", "KeyError: 'coffee'"),
        ('KeyError: "it\'s"', "KeyError: 'x'"),
        ("TypeError: <Order object at 0x7f3a2b>", "TypeError: <Order object at 0x11>"),
        (
            "FileNotFoundError: [Errno 2] No such file: /tmp/pytest-1/a/b.db",
            "FileNotFoundError: [Errno 2] No such file: /tmp/pytest-22/c.db",
        ),
        ("assert 3 == 4", "assert 30 == 42"),
        ("assert 1.5 == -2e9", "assert 7 == 1"),
        (
            "ConnectionError: http://127.0.0.1:8123/a refused",
            "ConnectionError: http://127.0.0.1:911/b refused",
        ),
        ("ValueError: at 2026-11-21T10:00:00Z", "ValueError: at 2025-01-02 03:04:05"),
        (
            "KeyError: 6f9619ff-8b86-d011-b42d-00cf4fc964ff",
            "KeyError: 7f9619ff-8b86-d011-b42d-00cf4fc964fe",
        ),
        ("shop.errors.OutOfStock: tea", "OutOfStock: tea"),
        ("ValueError:  two   blanks", "ValueError: two blanks"),
        ("ValueError: user12 is gone", "ValueError: user9 is gone"),
    ],
)
def test_accidents_are_folded(one: str, other: str) -> None:
    assert sign(one) == sign(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ValueError: no order 17", "KeyError: no order 17"),
        ("ValueError: no order", "ValueError: no customer"),
        ("assert 3 == 4", "assert 3 < 4"),
        ("AttributeError: x has no attribute y", "AttributeError: x has no method z"),
    ],
)
def test_different_causes_stay_different(one: str, other: str) -> None:
    assert sign(one) != sign(other)


def test_the_outcome_and_the_stage_belong_to_it() -> None:
    assert sign("E: x") != sign("E: x", outcome=Outcome.ERROR)
    assert signature_of("failed", "setup", "E: x", "") != signature_of("failed", "call", "E: x", "")


def test_the_last_own_frame_belongs_to_it_without_its_line() -> None:
    one = sign("KeyError: 'a'", TRACE.format(line=9, user="ann"))
    assert one == sign("KeyError: 'b'", TRACE.format(line=12, user="bob"))
    assert one.endswith("orders.py:place")
    assert one != sign("KeyError: 'a'", TRACE.replace("in place", "in cancel"))


def test_frames_of_libraries_are_not_ours() -> None:
    assert sign("OperationalError: no such table", LONG_TRACE).endswith("orders.py:place")


@pytest.mark.parametrize("message", ["", "\n", "|||", "a | b | c | d | e", "\x1b[31mred\x1b[0m"])
def test_any_text_gives_a_signature_of_four_parts(message: str) -> None:
    assert len(sign(message, message).split(" | ")) == 4


def test_a_huge_message_is_cut() -> None:
    assert len(sign("ValueError: " + "word " * 10_000)) < 500


def test_equal_failures_are_wholly_alike_and_one_alone_is_like_nothing() -> None:
    assert similarity([sign("KeyError: 'a'"), sign("KeyError: 'b'")]) == 1.0
    assert similarity([sign("KeyError: 'a'")]) == 0.0
    assert similarity([]) == 0.0


def test_similar_failures_pass_the_bar_for_a_batch_and_unlike_ones_do_not() -> None:
    alike = [
        sign("TimeoutError: payment took longer than 5 s", TRACE.format(line=1, user="a")),
        sign("TimeoutError: refund took longer than 5 s", TRACE.format(line=1, user="a")),
    ]
    unlike = [sign("KeyError: 'a'"), sign("ConnectionError: no route to host", LONG_TRACE)]
    assert similarity(alike) > 0.7
    assert similarity(unlike) < 0.4

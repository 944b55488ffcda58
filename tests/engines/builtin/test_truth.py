"""What reads written tests for lies sees them."""

from __future__ import annotations

import pytest

from tests.engines.builtin.truth import untrue

HEAD = """
def test_pay_of_3():
    \"\"\"Pay of 3.

    Test strategy: call pay
    \"\"\"
"""


@pytest.mark.parametrize(
    ("body", "lies"),
    [
        ("    till = Till()\n    assert till.pay(3) == 3\n", []),
        (
            "    till = Till()\n    till: Till = Till(2)\n    assert till.pay(3) == 3\n",
            ["gives till twice, and nobody asks in between"],
        ),
        ("    till = Till()\n    till = till.copy()\n    assert till.pay(3) == 3\n", []),
        ("    till = Till()\n    till.pay(3)\n    assert till._sum == 3\n", ["asserts _sum"]),
        ("    assert pay(3)._replace(sum=4) == 3\n", []),
        (
            "    assert send(3) == 3\n",
            ["says that pay is called", "is named for nothing that it calls"],
        ),
    ],
)
def test_what_stands_there_for_nobody_is_seen(body: str, lies: list[str]) -> None:
    assert untrue(HEAD + body) == [f"test_pay_of_3: {lie}" for lie in lies]

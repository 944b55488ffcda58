"""What existing tests do already is not done again, and the plan says which test does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.existing.asserted_calls import asserted_calls, without_repeats
from itc_tui.engines.builtin.existing.looked_at import look_at_tests
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.selection import chosen
from itc_tui.engines.builtin.witnesses import Claim, Witness
from tests.draining import drained
from tests.engines.builtin.bench import explored, write
from tests.engines.builtin.small_targets import MakeTarget

TESTS = """
    import unittest

    import pytest

    from shop.desk import bill, order
    from shop.store import Store


    def test_order(store):
        name = "tea"
        made = order(store, name, 2)
        assert made["total"] == 2
        order(store, "milk", 1)


    def test_refuses(store):
        with pytest.raises(ValueError):
            order(store, "tea", -1)


    class MoreTest(unittest.TestCase):
        def test_bill(self):
            self.assertEqual(bill("tea", count=3), 9)
    """


def witness(code: str, focus: str = "shop.desk:order", ident: str = "1") -> Witness:
    claims = ((Claim("v_a_1", "3"),),)
    return Witness(ident, Program((), (Step("v_a_1", code),)), focus, claims, ("int",))


@pytest.mark.parametrize(
    ("code", "focus", "test"),
    [
        ("order(v_made_7, 'tea', 2)", "shop.desk:order", "test_order"),
        ("order(v_made_7, 'tea', -1)", "shop.desk:order", "test_refuses"),
        ("bill('tea', count=3)", "shop.desk:bill", "MoreTest::test_bill"),
        ("order(v_made_7, 'milk', 1)", "shop.desk:order", ""),
        ("order(v_made_7, 'tea', 3)", "shop.desk:order", ""),
        ("v_x_1.order('tea', 2)", "shop.kitchen:Kitchen.order", ""),
    ],
)
def test_a_call_that_a_test_asserts_with_the_same_values_is_left_out(
    tmp_path: Path, code: str, focus: str, test: str
) -> None:
    write(str(tmp_path), **{"tests/test_desk.py": TESTS})
    asserted = asserted_calls(tmp_path, ("tests/test_desk.py",))
    kept, left_out = without_repeats([witness(code, focus)], asserted)
    if test:
        why = f"covered by tests/test_desk.py::{test}, with the same input"
        assert (kept, left_out) == ([], [(focus.replace(":", "."), why)])
    else:
        assert (len(kept), left_out) == (1, [])


def test_an_example_of_the_documents_stays_whoever_else_says_it(tmp_path: Path) -> None:
    write(str(tmp_path), **{"tests/test_desk.py": TESTS})
    asserted = asserted_calls(tmp_path, ("tests/test_desk.py",))
    given = witness("bill('tea', count=3)", "given:README.md:3")
    assert without_repeats([given], asserted) == ([given], [])


def test_calls_that_no_existing_test_makes_come_first() -> None:
    tested = ("shop/desk.py", "order", "shop/store.py", "Store.add")
    other = ("shop/desk.py", "bill", "shop/store.py", "Store.total")
    arcs = frozenset({("shop/desk.py", 1, 2), ("shop/desk.py", 2, 3), ("shop/desk.py", 3, 4)})
    one = witness("order('a')", ident="tested").but(edges=frozenset({tested}), arcs=arcs)
    two = witness("bill('a')", "shop.desk:bill", "other").but(
        edges=frozenset({other}), arcs=frozenset({("shop/desk.py", 8, 9)})
    )
    assert [w.ident for w in chosen([one, two], frozenset(), 9)] == ["tested", "other"]
    assert [w.ident for w in chosen([one, two], frozenset(), 9, tested={tested})] == [
        "other",
        "tested",
    ]


def test_what_existing_tests_cross_is_seen_while_they_run(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    target = make_target(
        **{
            "shop/desk.py": """
                from shop.store import add, total

                def order(name):
                    add(name)
                    return total()

                def bill():
                    return total()
                """,
            "shop/store.py": """
                NAMES = []

                def add(name):
                    NAMES.append(name)

                def total():
                    return len(NAMES)
                """,
        }
    )
    tests = """
        from shop.desk import bill, order

        def test_order():
            assert order("tea") == 1

        def test_bill_is_wrong():
            assert bill() == "wrong"
        """
    write(target.root, **{"tests/test_desk.py": tests})
    existing, _ = drained(look_at_tests(target, explored(target), open_box(target)))
    assert {edge[1::2]: test for edge, test in existing.edges.items()} == {
        ("order", "add"): "tests/test_desk.py::test_order",
        ("order", "total"): "tests/test_desk.py::test_order",
    }


def test_of_one_module_alone_it_is_seen_what_existing_tests_call(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    source = """
        def order(name):
            return _known(name)

        def _known(name):
            return name.title()

        def bill():
            return 3
        """
    target = make_target(**{"desk/__init__.py": source})
    tests = "from desk import order\n\ndef test_order():\n    assert order('tea') == 'Tea'\n"
    write(target.root, **{"tests/test_desk.py": tests})
    existing, _ = drained(look_at_tests(target, explored(target), open_box(target)))
    called = ("callers", "", "desk/__init__.py", "order")
    assert dict(existing.edges) == {called: "tests/test_desk.py::test_order"}

"""What is seen of objects while a program runs."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.receivers import focus_as_seen
from itc_tui.engines.builtin.witnesses import witness_of
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget
from tests.engines.builtin.test_laboratory import LaboratoryOf

WIDE = """
    class Merger:
        def __init__(self, first, second):
            self.first, self.second, self.ours, self.theirs = first, second, [], []
            self.a = self.b = self.c = self.d = 0
            self.patches = []

        def run(self):
            self.patches = [self.first, self.second]
    """


def test_a_change_is_seen_in_whatever_attribute_it_happens(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """Few attributes are told of a new object; where one changes later, it is told all the same."""
    target = make_target(**{"shop/merging.py": WIDE})
    made = Step("v_merger_1", "Merger('tea', 'cup')")
    program = Program(
        ("from shop.merging import Merger",), (made, Step("v_none_2", "v_merger_1.run()"))
    )
    seen, _ = drained(laboratory_of(target).observe({"a": program}))
    first, then = seen["a"]["steps"]
    assert "v_merger_1.patches" not in {check[0] for check in first}
    assert ["v_merger_1.patches", "['tea', 'cup']"] in [check[:2] for check in then]


def test_what_the_last_step_calls_is_told_apart_from_how_the_stage_was_set(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    stock = "def taken(name):\n    return name.upper()\n"
    orders = "from shop.stock import taken\n\ndef place(name):\n    return [taken(name)]\n"
    orders += "\ndef first(rows):\n    return rows[0]\n"
    target = make_target(**{"shop/stock.py": stock, "shop/orders.py": orders})
    place, first = Step("v_rows_1", "place('tea')"), Step("v_it_2", "first(v_rows_1)")
    imports = ("from shop.orders import first, place",)
    programs = {"both": Program(imports, (place, first)), "one": Program(imports, (place,))}
    seen, _ = drained(laboratory_of(target).observe(programs))
    crossing = ["shop/orders.py", "place", "shop/stock.py", "taken"]
    both = witness_of("both", programs["both"], "shop.orders:first", seen["both"])
    alone = witness_of("one", programs["one"], "shop.orders:place", seen["one"])
    shown = witness_of("both", programs["both"], "given:README.md:3", seen["both"])
    assert both is not None
    assert alone is not None
    assert shown is not None
    assert both.edges == alone.edges == alone.crossing == shown.crossing == {tuple(crossing)}
    assert both.crossing == frozenset()
    assert ("shop/stock.py", 2) in both.lines
    assert not both.passes(frozenset({("shop/orders.py", 4)}))
    assert alone.passes(frozenset({("shop/orders.py", 4)}))


def test_whose_method_was_called_is_known_by_the_object_that_was_asked(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    carts = """
        class Priced:
            def total(self):
                return 7

        class Cart(Priced):
            pass

        class Stub:
            def total(self):
                "What an heir says."
        """
    target = make_target(**{"shop/carts.py": carts})
    made, total = Step("v_cart_1", "Cart()"), Step("v_number_2", "v_cart_1.total()")
    program = Program(("from shop.carts import Cart",), (made, total))
    seen, _ = drained(laboratory_of(target).observe({"a": program}))
    asked = seen["a"]["asked"]
    assert focus_as_seen("shop.carts:Stub.total", asked) == "shop.carts:Cart.total"
    assert focus_as_seen("shop.carts:Priced.total", asked) == "shop.carts:Priced.total"
    assert focus_as_seen("shop.carts:Cart", asked) == "shop.carts:Cart"


def test_what_is_ours_is_not_read_to_find_out_what_fits(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """Where it lies is outside of what a trial may read, and the trial would be lost."""
    target = make_target(
        **{"shop/ports.py": "import os\n\ndef port():\n    return os.environ['P']\n"}
    )
    steps = (Step("", "monkeypatch.setenv('P', 80)"), Step("v_port_1", "port()"))
    program = Program(("from shop.ports import port",), steps)
    seen, _ = drained(laboratory_of(target).observe({"a": program}))
    assert (seen["a"]["trouble"], seen["a"]["misfits"]) == ("", 0)


def test_nothing_is_asserted_of_a_value_that_its_docstring_rules_out(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    source = (
        'def share(parts):\n    """Return the share from 0 to 1, or None if it is unknown."""\n'
    )
    source = source.replace(", or None", ".\n\n    Returns None") + "    return parts\n"
    target = make_target(**{"shop/sharing.py": source})
    steps = [Step(f"v_{at}", f"share({it})") for at, it in enumerate(("0.5", "1.5", "None"))]
    program = Program(("from shop.sharing import share",), tuple(steps))
    seen, _ = drained(laboratory_of(target).observe({"a": program}))
    witness = witness_of("a", program, "shop.sharing:share", seen["a"])
    assert witness is not None
    within, out, nothing = witness.claims
    assert [claim.text for claim in within] == ["v_0 == 0.5"]
    assert within[0].told == "the docstring of `share` says: ‘Return the share from 0 to 1’"
    assert out == ()
    assert nothing[0].source == "docstring of share: Returns None if it is unknown"

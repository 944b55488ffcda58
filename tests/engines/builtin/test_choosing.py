"""Of all that was found, a small suite is chosen that reaches far and reads well."""

from __future__ import annotations

from typing import Any

from itc_tui.engines.builtin.claims import curated
from itc_tui.engines.builtin.grouping import Group, alone, grouped, kinship
from itc_tui.engines.builtin.holding import separated
from itc_tui.engines.builtin.hosting import hosts_for, room_for_hosts
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.kinship import (
    OF_ONE_CLASS,
    ONE_STAGE,
    STRANGERS,
    face_of,
    of_one_boundary,
    refuse_alike,
)
from itc_tui.engines.builtin.selection import chosen
from itc_tui.engines.builtin.slicing import slices, without_lost_definitions
from itc_tui.engines.builtin.steadiness import agreed
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness

EDGE = ("shop/orders.py", "place", "shop/stock.py", "take")


def witness(
    ident: str,
    code: str = "place()",
    *,
    lines: tuple[int, ...] = (1,),
    focus: str = "shop.orders:place",
    right: str = "",
    crosses: bool = True,
) -> Witness:
    var = f"v_x_{ident}"
    return Witness(
        ident,
        Program((), (Step(var, code),)),
        focus,
        ((Claim(var, right or repr(ident)),),),
        ("str",),
        arcs=frozenset(("shop/orders.py", 0, line) for line in lines),
        edges=frozenset({EDGE}) if crosses else frozenset(),
    )


def test_what_adds_nothing_is_not_chosen_twice() -> None:
    wide = witness("1", lines=(1, 2, 3))
    narrow = witness("2", lines=(1, 2), right="'1'")
    assert chosen([narrow, wide], frozenset(), 10) == [wide]


def test_the_shorter_of_two_equals_is_chosen() -> None:
    long = witness("1", "place(" + "'x', " * 200 + ")")
    short = witness("2", right="'1'")
    assert chosen([long, short], frozenset(), 1) == [short]


def test_what_is_handed_what_its_annotations_ask_for_is_chosen_first() -> None:
    odd = witness("1", "place(3)", lines=(1, 2)).but(misfits=1)
    right = witness("2", "place('a cup of tea')", lines=(1, 2), right="'1'")
    assert chosen([odd, right], frozenset(), 10) == [right]
    assert chosen([odd], frozenset(), 10) == [odd]


def test_a_text_that_somebody_would_write_is_chosen_before_one_of_a_search() -> None:
    odd = witness("1", "place('${_9:-y68}')", lines=(1, 2))
    plain = witness("2", "place('a cup of tea')", lines=(1, 2), right="'1'")
    assert chosen([odd, plain], frozenset(), 10) == [plain]
    assert chosen([odd], frozenset(), 10, words=["${_9:-y68}"]) == [odd]


def test_what_looks_like_a_path_of_this_machine_is_not_chosen() -> None:
    """The gate turns it away, and with it all the others of its file."""
    handed = witness("1", "place('c:/tea')", lines=(1, 2, 3))
    told = witness("2", right="{'at': '/home/me/tea'}", lines=(1, 2))
    plain = witness("3", "place('ac:/tea', '/tea')", lines=(1,))
    assert chosen([handed, told, plain], frozenset(), 10) == [plain]


def test_what_a_case_handed_over_and_called_itself_is_no_news() -> None:
    """Its own lambda gives what its own lambda gives, whatever the target does."""
    steps = (Step("v_f_1", "kept(lambda one: one)"), Step("v_x_2", "v_f_1(7)"))
    own = witness("1").but(program=Program((), steps), claims=((), (Claim("v_x_2", "7"),)))
    through = own.but(act_edges=frozenset(), act_lines=frozenset({("shop/orders.py", 1)}))
    assert chosen([through], frozenset(), 10) == [through]
    assert chosen([own.but(act_edges=frozenset(), act_lines=frozenset())], frozenset(), 10) == []


def test_a_third_value_that_goes_the_same_way_teaches_nothing() -> None:
    rows = [witness(str(n), f"place({n})") for n in range(6)]
    assert len(chosen(rows, frozenset(), 10)) == 2


def test_another_number_in_the_words_of_an_error_is_no_other_refusal() -> None:
    def refused(ident: str, message: str) -> Witness:
        error = RaisedError("builtins", "LookupError", message, True, False)
        return witness(ident, f"place({ident})", lines=(9, int(ident))).but(
            claims=((),), raised={0: error}
        )

    rows = [refused("1", "no tea 12"), refused("1", "no tea 13"), refused("1", "no milk")]
    rows = [row.but(ident=str(place)) for place, row in enumerate(rows)]
    assert chosen(rows, frozenset(), 10) == [rows[0], rows[2]]


def test_a_package_of_few_functions_shows_more_of_each() -> None:
    rows = [witness(str(n), f"place({n})", lines=tuple(range(n + 1))) for n in range(20)]
    assert len(chosen(rows, frozenset(), 100)) == 1 + 15
    many = [witness(f"{n}0", lines=(0,), focus=f"shop.orders:f{n}") for n in range(12)]
    assert sum(one in rows for one in chosen([*rows, *many], frozenset(), 60)) == 1 + 6


def test_a_method_that_many_classes_inherit_is_shown_on_few_of_them() -> None:
    rows = [witness(str(n), f"place({n})", focus=f"shop.orders:Order{n}.place") for n in range(9)]
    assert len(chosen(rows, frozenset(), 20)) == 3


def set_up_across(ident: str, focus: str) -> Witness:
    """It crosses while the stage is set; its act stays where it is."""
    return witness(ident, f"ask({ident})", focus=focus).but(
        act_edges=frozenset(), act_lines=frozenset({("shop/orders.py", 3)})
    )


def test_what_crosses_in_its_act_comes_before_what_is_only_set_up_across() -> None:
    crossing = witness("1", focus="shop.orders:place")
    set_up = [set_up_across(str(n), f"shop.orders:Kind{n}") for n in range(2, 30)]
    groups, spare = grouped([*set_up, crossing], frozenset(), 3)
    assert crossing in groups[0].members
    assert groups[0].enters
    assert not any(group.enters for group in groups[1:])
    assert len(groups) == 3
    assert spare
    lines = crossing.but(arcs=frozenset(("shop/orders.py", 0, n) for n in (7, 8)))
    one = set_up_across("9", "shop.orders:Kind9").but(arcs=lines.arcs)
    assert chosen([one, lines], frozenset(), 1) == [lines]


def test_an_example_that_asks_in_private_is_left_to_the_document() -> None:
    private = witness("1", "list(resolver._consecutive_slices([1, 2]))", lines=(1, 2, 3))
    named_tuple = witness("2", "order._replace(count=2)", right="2")
    assert chosen([private, named_tuple], frozenset(), 10) == [named_tuple]


def test_only_what_was_asked_for_counts() -> None:
    rows = [witness("1", lines=(1, 2, 3))]
    assert chosen(rows, frozenset(), 10, lambda file: file == "shop/stock.py") == rows
    rows = [witness("1", crosses=False)]
    assert chosen(rows, frozenset(), 10, lambda file: file == "shop/stock.py") == []


def test_calls_of_one_function_share_a_case_and_refusals_have_their_own() -> None:
    good = [witness(str(n), f"place({n})", lines=(n,)) for n in range(3)]
    error = RaisedError("builtins", "ValueError", "no", True, False)
    bad = witness("9", "place(-1)", lines=(9,)).but(claims=((),), raised={0: error})
    groups, spare = grouped([*good, bad], frozenset(), 10)
    assert [len(group.members) for group in groups] == [3, 1]
    assert spare == []


def test_what_is_made_alike_is_made_once() -> None:
    def order(ident: str, act: str) -> Witness:
        made, seen = f"v_made_{ident}", f"v_got_{ident}"
        steps = (Step(made, "Order('tea')"), Step(seen, f"{made}.{act}()"))
        base = witness(ident, lines=(int(ident),), focus=f"shop.orders:Order.{act}")
        program = Program(("from shop.orders import Order",), steps)
        return base.but(program=program, claims=((), (Claim(seen, "1"),)))

    (group,), _ = grouped([order("1", "pay"), order("2", "ship")], frozenset(), 10)
    assert [step.code for step in group.program.steps] == [
        "Order('tea')",
        "v_made_1.pay()",
        "v_made_1.ship()",
    ]


def test_what_cannot_share_an_object_stands_beside_each_other() -> None:
    def sent(ident: str, kind: str) -> Witness:
        steps = (Step("conn", "Line()"), Step(f"v_got_{ident}", f"conn.send({ident})", kind))
        return witness(ident, lines=(int(ident),)).but(program=Program((), steps))

    (group,), _ = grouped([sent("1", "do"), sent("2", "raises")], frozenset(), 10)
    assert len(group.program.steps) == 3
    apart = separated(group)
    assert apart is not None
    one, first, two, second = apart.program.steps
    assert (first.code, second.code) == (f"{one.var}.send(1)", f"{two.var}.send(2)")
    assert one.var != two.var
    assert second.kind == "raises"


def test_calls_inside_one_module_join_a_case_that_crosses_it_or_are_named() -> None:
    inner = witness("2", "tidy()", lines=(5,), focus="shop.orders:tidy", crosses=False)
    placed = witness("1", "place(tidy())")
    line = "from shop.orders import place, tidy"
    placed = placed.but(program=placed.program._replace(imports=(line,)))
    (group,), spare = grouped([placed, inner], frozenset(), 10)
    assert [member.ident for member in group.members] == ["1", "2"]
    assert spare == []
    groups, (left,) = grouped([witness("1"), inner], frozenset(), 10)
    assert [group.members for group in groups] == [(witness("1"),)]
    assert left.members == (inner,)


def test_only_what_has_something_in_common_shares_a_case() -> None:
    """A suite that has no room for all leaves some out, rather than tell two stories in one."""
    paid = of_class("Cart", witness("1", focus="shop.orders:Cart.pay"))
    again = of_class("Cart", witness("2", lines=(2,), focus="shop.orders:Cart.pay"))
    sent = of_class("Cart", witness("3", lines=(3,), focus="shop.orders:Cart.send"))
    kept = of_class("Store", witness("4", lines=(4,), focus="shop.orders:Store.keep"))
    groups, spare = grouped([paid, again, sent, kept], frozenset(), 3)
    assert [[one.ident for one in group.members] for group in groups] == [["1", "2"], ["3"], ["4"]]
    assert spare == []
    groups, left = grouped([paid, again, sent, kept], frozenset(), 1)
    assert [[one.ident for one in group.members] for group in groups] == [["1", "2", "3"]]
    assert [group.members for group in left] == [(kept,)]


def refused(ident: str, name: str, message: str) -> Witness:
    error = RaisedError("builtins", "LookupError", message, True, False)
    row = of_class("Cart", witness(ident, lines=(int(ident),), focus=f"shop.orders:Cart.{name}"))
    return row.but(claims=((),), raised={0: error})


def test_a_refusal_in_the_very_same_words_is_shown_once() -> None:
    rows = [refused("1", "pay", "closed"), refused("2", "pay", "closed")]
    rows += [refused("3", "send", "closed"), refused("4", "pay", "no such coin")]
    across = rows[1].but(ident="5", edges=frozenset({("shop/a.py", "f", "shop/b.py", "g")}))
    picked = chosen([*rows, across], frozenset(), 10)
    assert {one.ident for one in picked} in ({"1", "3", "4", "5"}, {"2", "3", "4", "5"})


def test_refusals_share_a_case_where_they_are_of_one_callable_or_of_one_reason() -> None:
    closed = [refused("1", "pay", "'pay' is closed"), refused("2", "send", "'send' is closed")]
    odd = [refused("3", "pay", "no such coin"), refused("4", "send", "no such place")]
    assert refuse_alike([*map(face_of, closed)])
    assert refuse_alike([face_of(closed[0]), face_of(odd[0])])
    assert not refuse_alike([face_of(closed[0]), face_of(odd[1])])
    groups, _ = grouped([closed[0], odd[0], odd[1]], frozenset(), 1)
    assert [one.ident for one in groups[0].members] == ["1", "3"]


def test_calls_across_different_boundaries_are_told_apart() -> None:
    """What a docstring says of the boundary is true of every call in the test."""
    other = ("shop/orders.py", "place", "shop/bills.py", "write")
    near = [witness(str(n), f"place({n})", lines=(n,)) for n in range(2)]
    far = witness("3", "place('bill')", lines=(3,)).but(edges=frozenset({other}))
    both = witness("4", "place('all')", lines=(4,)).but(edges=frozenset({other, EDGE}))
    groups, _ = grouped([*near, far], frozenset(), 1)
    assert [[one.ident for one in group.members] for group in groups] == [["0", "1"]]
    assert of_one_boundary([*map(face_of, [*near, both])])
    assert not of_one_boundary([*map(face_of, [*near, far, both])])


def test_what_a_method_is_handed_makes_it_no_kin_and_what_makes_its_object_does() -> None:
    lines = ("from shop.orders import Cart, Pot, filled",)
    steps = (
        Step("v_cart_1", "filled('tea')"),
        Step("v_pot_2", "Pot()"),
        Step("v_x_3", "v_cart_1.add(v_pot_2)"),
    )
    face = face_of(witness("1", focus="shop.orders:Cart.add").but(program=Program(lines, steps)))
    assert face.makers == {"filled"}
    placed = Program(lines, (*steps[:2], Step("v_x_3", "place(v_pot_2)")))
    assert face_of(witness("2").but(program=placed)).makers == {"Pot"}


def test_where_there_is_no_room_for_all_those_stay_that_reach_most_together() -> None:
    rows = [
        of_class(name, witness(str(place), lines=lines, focus=f"shop.orders:{name}.pay"))
        for place, (name, lines) in enumerate(
            [("Cart", (1, 2, 3)), ("Pot", (1, 2, 4)), ("Till", (7, 8)), ("Store", (1, 2))]
        )
    ]
    groups, spare = grouped(rows, frozenset(), 2)
    assert [group.members[0].ident for group in groups] == ["0", "2"]
    assert [group.members[0].ident for group in spare] == ["1", "3"]


def test_of_two_equally_large_it_does_not_matter_which_comes_first() -> None:
    def both(*members: Witness) -> Group:
        return Group("shop.orders:x", members, Program())

    carts = both(
        of_class("Cart", witness("1", focus="shop.orders:Cart.pay")),
        of_class("Cart", witness("2", focus="shop.orders:Cart.send")),
    )
    tills = both(
        of_class("Cart", witness("3", focus="shop.orders:Cart.fill")),
        of_class("Till", witness("4", focus="shop.orders:Till.open")),
    )
    assert kinship(carts, tills) == kinship(tills, carts) == OF_ONE_CLASS


def test_what_a_case_only_defines_something_with_makes_it_no_kin() -> None:
    """A rule within a definition is not what the case is about."""
    steps = (
        Step("Order", "class Order(Base):\n    count = Rule(3)", "raw"),
        Step("v_order_1", "Order()"),
        Step("v_x_2", "v_order_1.pay()"),
    )
    lines = ("from shop.orders import Base", "from shop.orders import Rule")
    placed = witness("1", focus="shop.orders:Base.pay")
    placed = placed.but(program=Program(lines, steps), kinds=("", "Order", "str"))
    ruled = of_class("Rule", witness("2", "Rule(4).check()", focus="shop.orders:Rule.check"))
    sent = placed.but(program=Program(lines, (*steps[:2], Step("v_y_2", "v_order_1.send()"))))
    assert kinship(alone(placed), alone(ruled)) == STRANGERS
    assert kinship(alone(placed), alone(sent.but(focus="shop.orders:Base.send"))) == ONE_STAGE


def test_other_inputs_of_one_callable_come_before_other_calls() -> None:
    rows = [
        of_class("Cart", witness(str(n), f"f({n})", lines=(n,), focus=f"shop.orders:Cart.{name}"))
        for n, name in enumerate(("pay", "send", "pay", "send"))
    ]
    groups, _ = grouped(rows, frozenset(), 2)
    assert [[one.ident for one in group.members] for group in groups] == [["0", "2"], ["1", "3"]]


def of_class(name: str, one: Witness) -> Witness:
    """It works with an object of this class."""
    line = f"from shop.orders import {name}"
    (step,) = one.program.steps
    step = step._replace(code=f"{step.code[:-1]}, {name}())".replace("(, ", "("))
    return one.but(program=Program((line,), (step,)))


def test_what_stays_inside_joins_what_is_most_like_it() -> None:
    carts = of_class("Cart", witness("1", focus="shop.orders:Cart.pay"))
    baskets = of_class("Basket", witness("2", lines=(2,), focus="shop.orders:Basket.pay"))
    tidied = witness("3", "tidy()", lines=(5,), focus="shop.orders:Basket.tidy", crosses=False)
    groups, _ = grouped([carts, baskets, of_class("Basket", tidied)], frozenset(), 10)
    assert [[one.ident for one in group.members] for group in groups] == [["1"], ["2", "3"]]


def test_what_has_nobody_like_it_finds_a_host_that_was_left_aside() -> None:
    carts = of_class("Cart", witness("1", focus="shop.orders:Cart.pay"))
    tidied = witness("2", "tidy()", lines=(5,), focus="shop.orders:Basket.tidy", crosses=False)
    picked = [carts, of_class("Basket", tidied)]
    spare = of_class("Basket", witness("3", focus="shop.orders:Basket.pay"))
    other = of_class("Store", witness("4", focus="shop.orders:Store.pay"))
    assert hosts_for([*picked, other, spare], picked, frozenset(), 3) == [spare]
    assert hosts_for([*picked, other, spare], picked, frozenset(), 0) == []
    groups, left = grouped(picked, frozenset(), 10, [spare])
    assert [[one.ident for one in group.members] for group in groups] == [["1"], ["3", "2"]]
    assert left == []
    # With nobody to take in, a host is no case.
    groups, _ = grouped([carts], frozenset(), 10, [spare])
    assert [[one.ident for one in group.members] for group in groups] == [["1"]]


def test_one_that_crosses_well_is_host_again_where_its_case_is_full() -> None:
    paid = of_class("Basket", witness("0", focus="shop.orders:Basket.pay"))
    inner = [
        of_class(
            "Basket",
            witness(str(n), f"f{n}()", lines=(n,), focus=f"shop.orders:f{n}", crosses=False),
        )
        for n in range(1, 13)
    ]
    hosts = hosts_for([paid, *inner], [paid, *inner], frozenset(), 10)
    assert hosts == [paid] * 3
    groups, left = grouped([paid, *inner], frozenset(), 10, hosts)
    # Those that are only of one class go three by three; what finds no room is named.
    assert [len(group.members) for group in groups] == [3, 3, 3, 3]
    assert [group.members[0].ident for group in left] == ["9", "10", "11", "12"]
    assert room_for_hosts(40, 38) == 10
    assert room_for_hosts(40, 4) == 36


def test_a_host_crosses_by_itself_and_says_what_comes_of_it() -> None:
    tidied = of_class("Basket", witness("2", "tidy()", focus="shop.orders:tidy", crosses=False))
    silent = of_class("Basket", witness("3")).but(claims=((),))
    inside = of_class("Basket", witness("4", crosses=False))
    assert hosts_for([tidied, silent, inside], [tidied], frozenset(), 3) == []


def test_assertions_that_say_nothing_are_dropped() -> None:
    steps = (Step("sql", "'select'"), Step("v", "run(sql)"), Step("done", "close()"))
    claims = (
        (Claim("sql", "'select'"),),
        (Claim("type(v).__name__", "'Row'", (), False), Claim("v.id", "3", (), False)),
        (Claim("done", "None"), Claim("shop.is_open", "False", (), False)),
    )
    kept = curated(witness("1").but(program=Program((), steps), claims=claims)).claims
    assert [[claim.text for claim in step] for step in kept] == [
        [],
        ["v.id == 3"],
        ["shop.is_open == False"],
    ]


def test_only_what_two_looks_agree_on_is_kept() -> None:
    one = witness("1").but(claims=((Claim("a", "1"), Claim("b", "{'x', 'y'}")),))
    two = one.but(claims=((Claim("a", "1"), Claim("b", "{'y'}")),))
    both = agreed(one, two)
    assert both is not None
    assert both.claims == ((Claim("a", "1"),),)


def test_a_program_is_cut_to_what_its_end_needs() -> None:
    steps = (
        Step("v_a_1", "Store()"),
        Step("v_b_2", "Other()"),
        Step("v_c_3", "v_a_1.add('tea')"),
        Step("v_d_4", "v_a_1.total()"),
    )
    short, longer, whole = slices(Program((), steps), is_error=False)
    assert [step.var for step in short.steps] == ["v_a_1", "v_d_4"]
    assert [step.var for step in longer.steps] == ["v_a_1", "v_c_3", "v_d_4"]
    assert whole.steps == steps


def test_what_a_name_meant_before_it_is_given_anew_is_left_out() -> None:
    steps = (
        Step("", "cart = Cart()", "raw"),
        Step("v_a_1", "cart.add('tea')"),
        Step("", "cart: Cart = Cart(owner='ann')", "raw"),
        Step("v_b_2", "cart.total()"),
    )
    short, *_ = slices(Program((), steps), is_error=False)
    assert short.steps == steps[2:]
    assert without_lost_definitions(Program((), (*steps[:1], *steps[2:]))).steps == steps[2:]
    assert without_lost_definitions(Program((), steps)).steps == steps
    kept = (steps[0], Step("", "cart = cart.copy()", "raw"), steps[3])
    assert [form.steps for form in slices(Program((), kept), is_error=False)] == [kept]


def test_programs_that_import_one_name_from_two_places_stay_apart() -> None:
    plain = Program(("from shop import parse",), (Step("v_a_1", "parse('x')"),))
    other = Program(("from shop.more import parse",), (Step("v_b_2", "parse('x')"),))
    assert plain.beside(other) is None
    assert plain.beside(other._replace(imports=plain.imports)) is not None


def test_a_value_compared_with_itself_is_no_assertion() -> None:
    steps = (Step("v_a_1", "Order()"), Step("v_x_2", "v_a_1 != v_a_1"))
    same = witness("1").but(program=Program((), steps), claims=((), (Claim("v_x_2", "False"),)))
    assert curated(same).claims == ((), ())


def test_what_only_sets_the_stage_is_not_asserted() -> None:
    steps = (Step("v_a_1", "parse('x')"), Step("v_x_2", "dump(v_a_1)"))
    claims = ((Claim("v_a_1.kind", "'x'", (), False),), (Claim("v_x_2", "'x'"),))
    kept = curated(witness("1").but(program=Program((), steps), claims=claims)).claims
    assert [[claim.text for claim in step] for step in kept] == [[], ["v_x_2 == 'x'"]]
    block = (steps[0]._replace(kind="with"), steps[1])
    kept = curated(witness("1").but(program=Program((), block), claims=claims)).claims
    assert [[claim.text for claim in step] for step in kept] == [[], ["v_x_2 == 'x'"]]


def test_what_is_done_to_an_object_is_said_where_it_is_so_for_the_last_time() -> None:
    """Beside what a call gives, and while a stage is set; a promise is said wherever it holds."""

    def kept(*rows: tuple[str, str, tuple[Claim, ...]]) -> list[list[str]]:
        program = Program((), tuple(Step(var, code) for var, code, _ in rows))
        seen = witness("1").but(program=program, claims=tuple(own for *_, own in rows))
        return [[claim.text for claim in step] for step in curated(seen).claims]

    def size(count: int) -> Claim:
        return Claim("cart.size", str(count), (), False)

    one, two, total = (Claim(var, "1") for var in ("v_a_1", "v_b_2", "v_c_3"))
    assert kept(
        ("v_a_1", "cart.add(3)", (one, size(1))),
        ("v_b_2", "cart.add(4)", (two, size(2))),
        ("v_c_3", "total(5)", (total,)),
    ) == [["v_a_1 == 1"], ["v_b_2 == 1", "cart.size == 2"], ["v_c_3 == 1"]]
    assert kept(
        ("", "cart[1] = 2", (size(1),)),
        ("", "cart[2] = 2", (size(2),)),
        ("v_c_3", "total(cart, 7)", (total, size(0))),
    ) == [[], ["cart.size == 2"], ["v_c_3 == 1", "cart.size == 0"]]
    promised = Claim("cart.size", "1", (), False, "README.md")
    assert kept(("", "cart[1] = 2", (promised,)), ("", "cart[2] = 2", (size(2),))) == [
        ["cart.size == 1"],
        ["cart.size == 2"],
    ]


def test_that_a_call_of_a_class_gives_one_is_not_asserted() -> None:
    steps = (Step("v_a_1", "Order('tea')"), Step("v_b_2", "placed()"))
    claims = tuple((Claim(f"isinstance({step.var}, Order)", "True", (), False),) for step in steps)
    kept = curated(witness("1").but(program=Program((), steps), claims=claims)).claims
    assert [[claim.text for claim in step] for step in kept] == [
        [],
        ["isinstance(v_b_2, Order) == True"],
    ]


def shown(ident: str, place: str, *lines: int, code: str = "", **more: Any) -> Witness:
    code = code or f"place({ident})"
    return witness(ident, code, lines=lines, focus=f"given:{place}", **more)


def test_what_documents_show_leads_and_the_readme_leads_it() -> None:
    searched = witness("1", lines=tuple(range(40)))
    manual, readme = shown("2", "docs/use.md:3", 1, 2), shown("3", "README.md:70", 1)
    docstring = shown("4", "shop/orders.py:9", 1, 3)
    picked = chosen([searched, docstring, manual, readme], frozenset(), 60)
    assert picked == [readme, manual, docstring, searched]


def test_all_of_the_readme_leads_and_of_other_documents_what_is_news() -> None:
    one, other = shown("1", "README.md:7", 1), shown("2", "README.md:70", 1)
    known, again = shown("3", "docs/use.md:3", 1), shown("4", "README.md:80", 1, code="place(1)")
    assert chosen([known, one, other, again], frozenset(), 60)[:2] == [one, other]
    assert known not in chosen([known, one, other, again], frozenset(), 60)
    assert again not in chosen([known, one, other, again], frozenset(), 60)


def test_how_an_example_begins_does_not_lead_beside_all_of_it() -> None:
    whole, part = shown("1", "README.md:7", 1, 2), shown("2", "README.md:7", 1)
    first, second = Step("a", "place(1)"), Step("b", "place(2)")
    whole = whole.but(program=Program((), (first, second)), claims=((), whole.claims[0]))
    part = part.but(program=Program((), (first,)))
    assert chosen([part, whole], frozenset(), 60)[:1] == [whole]
    assert part not in chosen([part, whole], frozenset(), 12)


def test_of_other_documents_one_leads_of_each_callable_of_which_they_tell_what_comes() -> None:
    readme = shown("1", "README.md:7", 1)
    tells, again = (
        shown("2", "docs/use.md:3", 1, code="take(2)"),
        shown("3", "docs/use.md:9", 1, code="take(3)"),
    )
    picked = chosen([again, tells, readme], frozenset(), 60, telling={"2", "3"})
    assert picked[:2] == [readme, tells]
    assert again not in picked


def test_examples_that_show_nothing_or_cross_nothing_do_not_lead() -> None:
    searched = witness("1", lines=(1, 2, 3, 4, 5))
    silent = shown("2", "README.md:7", 1, 6).but(claims=((),), out="", files={})
    inner = shown("3", "README.md:9", 1, 7, crosses=False)
    assert chosen([silent, inner, searched], frozenset(), 60)[0] == searched


def test_examples_are_half_of_a_suite_at_most() -> None:
    many = [shown(str(at), f"README.md:{at}", at, right=repr(str(at))) for at in range(8)]
    searched = witness("99", lines=tuple(range(100, 200)))
    picked = chosen([*many, searched], frozenset(), 48)
    assert picked[4] == searched, "the rest has to be worth it"
    far = [
        witness(f"1{at}", lines=tuple(range(300 * at, 300 * at + 9)), focus=f"shop.b{at}:c")
        for at in range(1, 5)
    ]
    groups, _ = grouped([*many, *far], frozenset(), 4)
    assert [group.members[0].is_given for group in groups] == [True, True, False, False]

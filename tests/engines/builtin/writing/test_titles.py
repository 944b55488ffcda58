"""A case's title says what is called, with what, and what comes of it."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.engines.builtin.writing.body import stable_message
from itc_tui.engines.builtin.writing.naming import readable, slug
from itc_tui.engines.builtin.writing.phrases import phrase_of, words_of_message
from itc_tui.engines.builtin.writing.titles import title_of


def seen(code: str, right: str = "", kind: str = "", focus: str = "shop.orders:place") -> Witness:
    claims = (Claim("v_x_1", right),) if right else ()
    return Witness("1", Program((), (Step("v_x_1", code),)), focus, (claims,), (kind,))


def refused(code: str, name: str, message: str) -> Witness:
    return seen(code).but(raised={0: RaisedError("builtins", name, message, True, False)})


@pytest.mark.parametrize(
    ("witness", "title"),
    [
        (seen("place('')", "[]", "list"), "place of empty text gives empty list"),
        (seen("place([3, 1, 2])", "[1, 2, 3]", "list"), "place of list of 3 gives list of 3"),
        (seen("list(place(-5))", "[5]", "list"), "place of minus 5 gives list of 1"),
        (seen("place(None, strict=True)", "True", "bool"), "place of None with strict is True"),
        (seen("place()", "", "Order"), "place gives Order"),
        (
            seen("place('tea, milk and sugar for two')", "'tea, milk and sugar'", "str"),
            "place of 'tea milk and …' gives text",
        ),
        (
            seen("v_cart_2.add('tea')", "3", "int", "shop.cart:Cart.add"),
            "Cart add of 'tea' gives 3",
        ),
        (
            refused("place('')", "ValueError", "no item given: ''"),
            "place of empty text raises ValueError: no item given",
        ),
        (seen("place(1)").but(out="done\n"), "place of 1 prints 'done'"),
        (seen("place(1)").but(files={"a.txt": "tea"}), "place of 1 writes a.txt"),
    ],
)
def test_a_title_says_scenario_and_outcome(witness: Witness, title: str) -> None:
    assert title_of([witness]) == title


def test_what_a_variable_holds_is_said_rather_than_its_name() -> None:
    steps = (Step("v_order_1", "Order('tea')"), Step("v_x_1", "place(v_order_1)"))
    witness = seen("").but(program=Program((), steps), kinds=("Order", "int"))
    assert title_of([witness.but(claims=((), (Claim("v_x_1", "7"),)))]) == (
        "place of Order gives 7"
    )


def test_acts_of_one_function_name_it_once_and_equal_acts_are_said_once() -> None:
    rows = [seen("place(1)", "2"), seen("place(1)", "2"), refused("place(0)", "ValueError", "")]
    assert title_of(rows) == "place of 1 gives 2, of 0 raises ValueError"


def test_a_title_that_is_taken_starts_with_another_act() -> None:
    rows = [seen("place(1)", "2"), seen("place(3)", "4")]
    first = title_of(rows)
    assert title_of(rows, {slug(first)}) == "place of 3 gives 4, of 1 gives 2"


def test_an_example_names_its_call_and_its_document() -> None:
    steps = (Step("a", "['b', 'a']"), Step("v_x_1", "place(a)"))
    example = Witness(
        "1",
        Program((), steps),
        "given:docs/README.md:12",
        ((), (Claim("v_x_1", "['a', 'b']"),)),
        ("list", "list"),
    )
    assert title_of([example]) == "place of list of 2 gives list of 2 in an example of README.md"
    told = example.but(claims=((), (Claim("v_x_1", "['a', 'b']", source="README.md:12"),)))
    assert title_of([told]) == "place of list of 2 gives list of 2, as README.md shows"


def test_what_is_read_of_an_object_is_named_with_it() -> None:
    example = seen("str(Line('POT-1', 2).total)", "'8.50'", "str", "given:README.md:12")
    assert title_of([example]) == "Line total of 'POT-1' gives '8.50' in an example of README.md"
    example = seen("Line('POT-1', 2).price(3)", "8", "int", "given:README.md:12")
    assert title_of([example]) == "price of 3 gives 8 in an example of README.md"


def test_an_example_is_called_as_its_section_is() -> None:
    example = seen("place(3)", "4", "int", "given:docs/README.md:12, “Ranged deletion”")
    assert title_of([example]) == "README, Ranged deletion: place of 3 gives 4"
    long = example.but(focus=f"given:README.md:12, “{'very ' * 8}long”")
    assert title_of([long]) == "place of 3 gives 4 in an example of README.md"


@pytest.mark.parametrize("many", [1, 2, 9])
def test_titles_make_function_names_of_seventy_letters_at_most(many: int) -> None:
    rows = [
        refused(f"place({n})", "UnexpectedCharacterError", f"letter {n} is not one of these " * 4)
        for n in range(many)
    ]
    name = "test_" + slug(title_of(rows))
    assert len(name) <= 70
    assert name.isidentifier()
    assert not name.endswith("_")


def test_a_slug_is_the_name_that_python_reads() -> None:
    """`º` would be read as `o`, and `௰` ends a name."""
    texts = ("gives '1º'", "10 m²", "ten: ௰", "ﬁnds", "İstanbul", "weather's été")
    for name in (f"test_{slug(text)}" for text in texts):
        scope: dict[str, object] = {}
        exec(f"def {name}(): ...", scope)
        assert name in scope


def test_a_long_slug_ends_with_a_whole_word() -> None:
    assert slug("a title that goes on and on", 12) == "a_title_that"
    assert slug("HTMLTranslator reads XPathExpr") == "html_translator_reads_x_path_expr"


@pytest.mark.parametrize(
    ("code", "phrase"),
    [
        ("{}", "empty dict"),
        ("{'name': 1, 'age': 2}", "dict with name and age"),
        ("{1: 2, 3: 4}", "dict of 2"),
        ("b''", "empty bytes"),
        ("'a\\nb'", "text of 2 lines"),
        ("' '", "blank text"),
        ("set()", "empty set"),
        ("lambda one: one", "function"),
        ("Order(item='tea')", "Order"),
        ("ns.REAL", "REAL"),
        ("not python at all (", ""),
    ],
)
def test_values_are_put_into_few_words(code: str, phrase: str) -> None:
    assert phrase_of(code) == phrase


def test_a_message_loses_the_values_in_it() -> None:
    message = "Expected selector, got <DELIM ')' at 7>"
    assert words_of_message(message) == "Expected selector"
    assert words_of_message("Can't locate it for uri '/a'") == "Can't locate it for uri"
    assert words_of_message("Signature b'x' does not match") == "Signature does not match"
    assert words_of_message("cannot read 'x.txt' (missing): try again") == "cannot read"


def test_an_error_is_named_even_where_its_message_finds_no_room() -> None:
    focus = "shop.orders:OrderOfSeveralParts.place_with_all_its_parts"
    code = "v_order_2.place_with_all_its_parts({'name': 1}, now=True)"
    long = refused(code, "UnexpectedPartError", "there is no such part anywhere")
    assert title_of([long.but(focus=focus)]) == (
        "place_with_all_its_parts raises UnexpectedPartError"
    )


def test_the_module_that_a_name_comes_from_does_not_take_that_name() -> None:
    program = Program(("from shop.store import Store",), (Step("v_store_1", "Store()"),))
    assert readable(seen("").but(program=program, kinds=("Store",))) == {"v_store_1": "store"}
    taken = program._replace(imports=("from shop import Store, store",))
    assert readable(seen("").but(program=taken, kinds=("Store",))) == {"v_store_1": "store_2"}


def test_a_case_is_named_first_for_what_it_tells() -> None:
    """What nothing is asserted of is not named, though it was found first."""
    silent = seen("v_cart_2.clear()", focus="shop.cart:Cart.clear")
    assert title_of([silent, seen("place('')", "[]", "list")]) == (
        "place of empty text gives empty list"
    )
    assert title_of([silent]) == "Cart clear raises nothing"


def test_names_are_numbered_in_the_order_in_which_they_are_read() -> None:
    """What is only asserted counts as well, if more is asserted than what the call gave."""
    steps = (
        Step("v_a_1", "first()"),
        Step("v_b_2", "second()"),
        Step("v_c_3", "v_a_1.next()"),
        Step("v_d_4", "v_c_3.last()"),
    )
    claims = ((), (Claim("v_b_2.size", "3"),), (), (Claim("v_d_4", "'tea'"),))
    witness = seen("").but(program=Program((), steps), kinds=("Order",) * 4, claims=claims)
    assert [readable(witness)[step.var] for step in steps] == [
        *("order", "order_2", "order_3", "order_4"),
    ]


def test_an_example_that_ends_in_a_look_is_named_by_the_call_that_led_there() -> None:
    steps = (
        Step("", "with Server() as server:\n    same = ask(server, 'tea') == 3", "raw"),
        Step("v_x_1", "(same, server.requests)"),
    )
    example = seen("", focus="given:src/shop/supplier.py:4").but(
        program=Program((), steps),
        claims=((), (Claim("v_x_1", "(True, ['tea'])"),)),
        kinds=("", "tuple"),
    )
    assert title_of([example]) == "ask of server gives tuple of 2 in an example of supplier.py"


def test_words_of_a_command_line_are_told_by_the_first_of_them() -> None:
    witness = seen("main(['--folder', 'shop', 'order', 'POT-1=2'])", "0", "int", "shop.cli:main")
    assert title_of([witness]) == "main of 'folder shop order …' gives 0"
    assert title_of([seen("place(['tea'])", "0", "int")]) == "place of list of 1 gives 0"


def test_a_method_is_named_by_the_class_of_the_object_that_is_asked() -> None:
    """`Cart.add` may have been looked for, and an heir of it was asked."""
    steps = (Step("v_basket_1", "Basket()"), Step("v_x_2", "v_basket_1.add('tea')"))
    witness = seen("", focus="shop.cart:Cart.add").but(
        program=Program((), steps), claims=((), (Claim("v_x_2", "3"),)), kinds=("Basket", "int")
    )
    assert title_of([witness]) == "Basket add of 'tea' gives 3"


def test_a_case_is_named_for_what_is_left_of_it() -> None:
    """One of its acts went when it was shortened, and nothing is asserted of another any more."""
    steps = (
        Step("v_cart_1", "Cart()"),
        Step("v_a_2", "v_cart_1.add('tea')"),
        Step("v_b_3", "v_cart_1.total()"),
    )
    program = Program((), steps)
    adding = seen("", focus="shop.cart:Cart.add").but(program=Program((), steps[:2]))
    summing = seen("", focus="shop.cart:Cart.total").but(
        program=Program((), (steps[0], steps[2])), kinds=("Cart", "int")
    )
    clearing = seen("v_cart_1.clear()", "3", "int", "shop.cart:Cart.clear")
    whole = Witness(
        "1", program, "shop.cart:Cart", ((), (), (Claim("v_b_3", "7"),)), ("Cart", "", "int")
    )
    assert title_of([adding, clearing, summing], (), whole) == "Cart total gives 7"


def test_cases_that_differ_in_one_value_are_named_for_that_value() -> None:
    rows = [
        seen(f"place({{'name': {name!r}, 'count': 3}})", "{'a': 1, 'b': 2, 'c': 3}", "dict")
        for name in ("tea", "milk")
    ]
    first = title_of(rows[:1])
    assert first == "place of dict with name and count gives dict of 3"
    second = title_of(rows[1:], {slug(first)})
    assert second == "place of 'milk' gives dict of 3"


def test_a_method_that_is_called_like_one_of_pythons_own_is_the_targets() -> None:
    example = seen("env.str('MODE', validate=OneOf(['a', 'b']))", "'a'", "str", "given:README.md:3")
    assert title_of([example]) == "str of 'MODE' with validate gives 'a' in an example of README.md"


def test_a_function_that_an_object_holds_is_named_and_not_its_class() -> None:
    steps = (Step("v_cart_1", "Cart()"), Step("v_x_2", "v_cart_1.rule(3)"))
    witness = seen("", focus="shop.cart:Cart").but(
        program=Program((), steps),
        claims=((), (Claim("v_x_2", "False"),)),
        kinds=("Cart", "bool"),
    )
    assert title_of([witness]) == "Cart rule of 3 is False"


def test_that_something_is_not_there_is_said() -> None:
    assert title_of([seen("found('tea')", "None")]) == "found of 'tea' gives None"


def test_of_a_list_that_is_cut_only_what_comes_before_is_held_against_a_product() -> None:
    message = "Variables invalid: {'YEAR': ['Must be more than or equal to 0 and less than 100.']}"
    error = RaisedError("builtins", "ValueError", message, True, False)
    assert stable_message(error) == "Variables invalid:"
    short = RaisedError("builtins", "ValueError", "no such size [3]", True, False)
    assert stable_message(short) == "no such size [3]"


def test_a_case_of_one_reason_is_named_for_all_that_refuse() -> None:
    names = ("add", "remove", "pay")
    rows = [
        refused(f"cart.{name}(1)", "ClosedError", "closed").but(focus=f"shop.cart:Cart.{name}")
        for name in names
    ]
    assert title_of(rows) == "Cart add, remove and pay raise ClosedError"
    more = [
        refused(f"cart.{name}(1)", "ClosedError", "closed").but(focus=f"shop.cart:Cart.{name}")
        for name in (*names, "deliver_to_the_next_door", "send_back_to_the_shop_of_origin")
    ]
    assert title_of(more) == "Cart add, remove, pay and 2 more raise ClosedError"
    other = refused("cart.fill(1)", "SizeError", "too large").but(focus="shop.cart:Cart.fill")
    assert title_of([rows[0], other]) == "Cart add raises ClosedError, fill raises SizeError"
    twice = refused("cart.add(0)", "SizeError", "too small").but(focus="shop.cart:Cart.add")
    assert title_of([rows[0], twice]) == "Cart add raises ClosedError and SizeError"


def test_a_case_is_named_for_all_that_it_does_and_first_for_what_comes_of_it() -> None:
    def given(name: str, argument: str, right: str) -> Witness:
        return seen(f"v_cart_2.{name}({argument})", right, "int", f"shop.cart:Cart.{name}")

    paid, sent = given("pay_by_invoice", "'tea and milk for two'", "3"), given("send", "7", "4")
    assert title_of([paid, sent]) == (
        "Cart pay_by_invoice of 'tea and milk …' gives 3, send of 7 gives 4"
    )
    kept = given("keep_for_later", "'tea and milk for two'", "5")
    assert title_of([paid, kept]) == "Cart pay_by_invoice gives 3, keep_for_later gives 5"
    long = given("deliver_to_the_next_door_of_the_house", "7", "'tea and milk for two'")
    assert title_of([sent, paid, long]) == "Cart send, pay_by_invoice and 1 more"

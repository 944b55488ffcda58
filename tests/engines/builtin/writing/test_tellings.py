"""A docstring says what is joined, who relies on it, what is done, and what must come of it."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.engines.builtin.writing.tellings import approved, impact_of, stated, telling_of

STEPS = (
    Step("store", "Store()"),
    Step("pairs", "dict(a=1)"),
    Step("x", "place(store, 'tea')"),
)
WITNESS = Witness(
    "1",
    Program((), STEPS),
    "shop.orders:place",
    ((), (), (Claim("x", "3"),)),
    ("Store", "dict", "int"),
)


def test_it_says_what_is_made_and_called_and_what_holds() -> None:
    again = Witness("2", Program((), (STEPS[0], STEPS[2])), "shop.orders:place")
    steps = (*STEPS, Step("y", "place(store, 'tea')"))
    both = WITNESS.but(program=Program((), steps))
    told = telling_of("place of Store gives 3", "a → b", both, [WITNESS, again], "")
    assert told.summary == "place of Store gives 3."
    assert told.strategy == "make Store; call place"
    assert told.success == "the value of place is as stated (as observed, nowhere promised)"


def test_what_a_person_approved_is_not_called_promised_by_nobody() -> None:
    told = approved(telling_of("", "", WITNESS, [WITNESS], "")).success
    assert (
        told
        == "the value of place is as stated (as observed, and approved in the plan by a person)"
    )


def test_what_a_person_stated_is_told_by_its_first_line() -> None:
    assert stated("a == 1") == "a == 1 (as stated in the plan by a person)"
    assert stated("a == 1\nb == 2") == "a == 1 … (as stated in the plan by a person)"
    assert stated("") == ""


def test_a_promised_value_is_not_called_observed() -> None:
    promised = WITNESS.but(claims=((), (), (Claim("x", "3", source="doctest a.py:1"),)))
    assert telling_of("", "", promised, [promised], "").success == "the value of place is as stated"


def test_what_documents_say_of_an_observed_value_is_quoted_once() -> None:
    words = "the docstring of `place` says: ‘Return the place, from 0 to 9’"
    worded = WITNESS.but(claims=((), (), (Claim("x", "3", told=words), Claim("y", "4"))))
    told = telling_of("", "", worded, [worded], "")
    said = f"the values of place are as stated; {words} (the values themselves as observed)"
    assert told.success == said
    assert approved(told).success.endswith(
        f"{words} (the values themselves as observed, and approved in the plan by a person)"
    )
    above = telling_of(
        "", "", worded, [worded], "`place` promises: Return the `place`, from 0 to 9."
    )
    assert above.success == "the values of place are as stated (the values themselves as observed)"


def test_a_documented_none_is_promised_and_what_stands_beside_it_is_not() -> None:
    words = "the docstring of `place` says: ‘The place, or None if there is none’"
    none = Claim("x", "None", source="docstring of place: The place, or None", told=words)
    alone = WITNESS.but(claims=((), (), (none,)))
    said = telling_of("", "", alone, [alone], "").success
    assert said == f"the value of place is as stated; {words}"
    both = WITNESS.but(claims=((), (Claim("pairs", "3"),), (none,)))
    said = telling_of("", "", both, [both], "").success
    assert said.endswith(f"{words} (the values themselves as observed)")


def test_refusals_files_and_output_are_named() -> None:
    error = RaisedError("builtins", "ValueError", "no", True, False)
    witness = WITNESS.but(claims=(), raised={2: error}, files={"a.txt": "x"}, out="done\n")
    told = telling_of("", "", witness, [witness], "").success
    assert told.startswith("ValueError is raised, saying why; the printed text is as stated; a.txt")


def test_errors_that_come_again_are_named_once() -> None:
    error = RaisedError("builtins", "ValueError", "no", True, False)
    other = RaisedError("builtins", "KeyError", "no", True, False)
    twice = WITNESS.but(claims=(), raised={0: error, 2: error})
    assert telling_of("", "", twice, [twice], "").success.startswith("ValueError is raised, saying")
    mixed = WITNESS.but(claims=(), raised={0: error, 1: error, 2: other})
    told = telling_of("", "", mixed, [mixed], "").success
    assert told.startswith("ValueError and KeyError are raised, saying why")


def test_an_example_is_gone_through() -> None:
    example = WITNESS.but(focus="given:docs/intro.md:12")
    told = telling_of("", "", example, [example], "")
    assert told.strategy == "go through an example of docs/intro.md"


def test_an_example_beside_other_calls_is_named_by_its_file() -> None:
    example = WITNESS.but(focus="given:src/shop/lists.py:19")
    told = telling_of("", "", WITNESS, [WITNESS, example], "")
    assert told.strategy == "make Store; call place; run what src/shop/lists.py shows"


def test_a_promise_is_not_cut_at_an_abbreviation() -> None:
    docs = {"shop.size": "Like a readable size (e.g. 10 MB), i.e. short. And more."}
    told = impact_of(["shop.size"], docs, [], [])
    assert told == "`size` promises: Like a readable size (e.g. 10 MB), i.e. short."


def test_who_relies_on_it_is_named_where_nobody_says_what_it_is_for() -> None:
    docs = {"shop.orders.Order.pay": "Pay with :class:`.Card` now. It may fail."}
    callers = ["shop.till.Till.close", "shop.web.checkout", "shop.till.Till.close"]
    told = impact_of(["shop.orders.Order.pay"], docs, ["take", "put"], callers)
    assert told == "`Order.pay` promises: Pay with `Card` now."
    told = impact_of(["shop.orders.place"], docs, ["take", "put"], callers)
    assert told == "`Till.close` and `checkout` rely on take and put."
    assert impact_of(["shop.orders.place"], docs, ["take"], []) == ""


def test_only_what_is_left_of_a_case_is_said_to_be_called() -> None:
    """Cases are shortened after their members were chosen."""
    gone = Witness("2", Program((), (Step("y", "place(store, 'milk')"),)), "shop.orders:place")
    told = telling_of("", "", WITNESS, [gone, WITNESS], "")
    assert told.strategy == "make Store; call place"


def test_a_refusal_without_words_is_not_said_to_say_why() -> None:
    error = RaisedError("builtins", "KeyError", "", True, False)
    silent = WITNESS.but(claims=(), raised={2: error})
    assert telling_of("", "", silent, [silent], "").success.startswith("KeyError is raised (as")


def test_files_are_spoken_of_only_where_there_are_any() -> None:
    command = WITNESS.but(focus="shop.cli:main as command shop sell")
    told = telling_of("", "", command, [command], "")
    assert told.strategy == "run the command for real"
    filed = command.but(files={"a.txt": "x"})
    told = telling_of("", "", filed, [filed], "")
    assert told.strategy == "run the command for real, with files in tmp_path"

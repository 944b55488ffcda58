"""No file says twice what a reader has understood the first time."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.repeating import ToldBefore, without_echoes, without_idle_looks
from itc_tui.engines.builtin.witnesses import Claim, Witness


def witness(*rows: tuple[str, str, tuple[tuple[str, str], ...]]) -> Witness:
    steps = tuple(Step(var, code) for var, code, _ in rows)
    claims = tuple(tuple(Claim(*claim) for claim in own) for _, _, own in rows)
    return Witness("w", Program((), steps), "shop:Store", claims, tuple("" for _ in rows))


def texts(one: Witness) -> list[list[str]]:
    return [[claim.text for claim in step] for step in one.claims]


STAGE = ("v_store_1", "Store()", ())
ADDED = ("v_n_2", "v_store_1.add('tea')", (("v_n_2", "1"), ("v_store_1.size", "1")))
SAME_STAGE = ("v_store_7", "Store()", ())
SAME_ADDED = ("v_n_8", "v_store_7.add('tea')", (("v_n_8", "1"), ("v_store_7.size", "1")))


def test_what_a_case_before_says_of_the_same_stage_is_not_said_again() -> None:
    told = ToldBefore()
    told.told(witness(STAGE, ADDED, ("v_x_3", "v_store_1.size()", (("v_x_3", "1"),))))
    later = told.told(
        witness(SAME_STAGE, SAME_ADDED, ("v_y_9", "v_store_7.names()", (("v_y_9", "['tea']"),)))
    )
    assert texts(later) == [[], [], ["v_y_9 == ['tea']"]]


def test_looks_that_are_told_already_are_not_taken_again_but_calls_keep_their_reason() -> None:
    told = ToldBefore()
    size = ("v_l_3", "len(v_store_1)", (("v_l_3", "1"),))
    names = ("v_m_4", "v_store_1.names()", (("v_m_4", "['tea']"),))
    told.told(witness(STAGE, ADDED, size, names))
    news = ("v_z_9", "v_store_1.last()", (("v_z_9", "'tea'"),))
    later = told.told(witness(STAGE, ADDED, size, names, news))
    assert [step.code for step in later.program.steps] == [
        "Store()",
        "v_store_1.add('tea')",
        "v_store_1.names()",
        "v_store_1.last()",
    ]
    assert texts(later)[2:] == [["v_m_4 == ['tea']"], ["v_z_9 == 'tea'"]]


def test_the_same_words_about_another_stage_are_news() -> None:
    told = ToldBefore()
    told.told(witness(STAGE, ADDED))
    twice = ("v_m_9", "v_store_7.add('milk')", (("v_m_9", "2"), ("len(v_store_7)", "2")))
    other = witness(SAME_STAGE, ("v_n_8", "v_store_7.add('tea')", ()), twice)
    assert texts(told.told(other)) == texts(other)


def test_a_case_that_would_say_nothing_keeps_its_words() -> None:
    told = ToldBefore()
    told.told(witness(STAGE, ADDED))
    again = witness(SAME_STAGE, SAME_ADDED)
    assert texts(told.told(again)) == texts(again)


def test_what_was_asserted_right_before_is_not_asked_again() -> None:
    echo = ("v_l_3", "list(v_store_1)", (("v_l_3", "['tea']"),))
    added = ("", "v_store_1.put('tea')", (("list(v_store_1)", "['tea']"),))
    read = ("v_r_4", "v_store_1.read()", (("v_r_4", "{}"),))
    again = ("v_r_5", "v_store_1.read()", (("v_r_5", "{}"),))
    found = without_echoes(witness(STAGE, added, echo, read, again))
    assert [step.code for step in found.program.steps] == [
        "Store()",
        "v_store_1.put('tea')",
        "v_store_1.read()",
    ]


def test_another_answer_to_the_same_question_stays() -> None:
    first = ("v_r_4", "v_store_1.next()", (("v_r_4", "1"),))
    second = ("v_r_5", "v_store_1.next()", (("v_r_5", "2"),))
    assert len(without_echoes(witness(STAGE, first, second)).program.steps) == 3


def test_what_is_looked_at_and_not_told_of_is_not_looked_at() -> None:
    """Something compared with itself, for one."""
    case = witness(
        STAGE,
        ("v_a_2", "v_store_1.size == v_store_1.size", ()),
        ("v_b_3", "v_store_1.items[0]", ()),
        ("v_c_4", "v_store_1.add(v_b_3)", ()),
        ("v_d_5", "v_store_1.rest", ()),
        ("v_e_6", "'tea'", ()),
        ADDED,
    )
    assert [step.code for step in without_idle_looks(case).program.steps] == [
        "Store()",
        "v_store_1.items[0]",
        "v_store_1.add(v_b_3)",
        "'tea'",
        "v_store_1.add('tea')",
    ]

"""What is undone comes back, with the same object and the same other arguments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.claims import curated
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.oracles.court import is_promised
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.oracles.registry import judged
from itc_tui.engines.builtin.trips import there_and_back
from itc_tui.engines.builtin.witnesses import Witness, witness_of
from itc_tui.engines.builtin.writing.tellings import telling_of
from itc_tui.engines.builtin.writing.titles import title_of
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

SCHEMA = """
    class Number:
        def serialize(self, node, value):
            return "%s=%d" % (node.name, value)

        def deserialize(self, node, text):
            if not text.startswith(node.name):
                raise ValueError("that is of another node")
            return int(text.partition("=")[2])

    class Node:
        def __init__(self, typ, name):
            self.typ, self.name = typ, name

        def serialize(self, value):
            return {key: self.typ.serialize(self, one) for key, one in value.items()}

        def deserialize(self, texts):
            return {key: self.typ.deserialize(self, one) for key, one in texts.items()}

    def flatten(rows, mark):
        return mark.join(rows)

    def unflatten(text, mark):
        return text.split(mark)

    def encode(text):
        return text.lower()

    def decode(text):
        return text
    """
NUMBER = Step("v_number_1", "Number()")
NODE = Step("v_node_2", "Node(v_number_1, 'count')")


@pytest.fixture
def trips(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> Callable[..., list[Witness]]:
    laboratory = laboratory_of(make_target(**{"shop/schema.py": SCHEMA}))

    def found(*looked: Witness) -> list[Witness]:
        programs = {one.ident: one.program for one in looked}
        rows, _ = drained(laboratory.observe(programs))
        seen = [witness_of(one.ident, one.program, one.focus, rows[one.ident]) for one in looked]
        back, _ = drained(there_and_back(laboratory, [one for one in seen if one], 10))
        return [judged(curated(one), Facts()) for one in back]

    return found


def called(ident: str, focus: str, *steps: Step) -> Witness:
    imports = [
        f"from shop.schema import {name}" for name in ("Node", "Number", "encode", "flatten")
    ]
    return Witness(ident, Program(tuple(imports), steps), f"shop.schema:{focus}")


def test_a_method_is_undone_on_the_same_object(trips: Callable[..., list[Witness]]) -> None:
    value = Step("v_value_3", "{'tea': 3, 'milk': 1}")
    (back,) = trips(
        called(
            "1",
            "Node.serialize",
            NUMBER,
            NODE,
            value,
            Step("v_x_4", "v_node_2.serialize(v_value_3)"),
        ),
        called("2", "Node.deserialize", NUMBER, NODE, Step("v_y_4", "v_node_2.deserialize({})")),
    )
    assert [step.code for step in back.program.steps[-2:]] == [
        "v_node_2.serialize(v_value_3)",
        "v_node_2.deserialize(v_x_4)",
    ]
    assert [claim.text for claim in back.last_claims] == ["v_back_0 == v_value_3"]
    assert is_promised(back)
    assert title_of([back], (), back) == "Node deserialize gives back what serialize was given"
    told = telling_of("", "", back, [back], "")
    assert told.strategy.endswith("call serialize, then deserialize")
    assert told.success == "what serialize was given comes back"


def test_the_other_arguments_stay_as_they_are(trips: Callable[..., list[Witness]]) -> None:
    back = trips(
        called(
            "1",
            "Number.serialize",
            NUMBER,
            NODE,
            Step("v_x_3", "v_number_1.serialize(v_node_2, 7)"),
        ),
        called(
            "2",
            "Number.deserialize",
            NUMBER,
            NODE,
            Step("v_y_3", "v_number_1.deserialize(v_node_2, 'count=1')"),
        ),
        called("3", "flatten", Step("v_z_1", "flatten(['tea', 'milk'], '; ')")),
        called("4", "unflatten", NUMBER),
    )
    assert {one.program.steps[-1].code for one in back} == {
        "v_number_1.deserialize(v_node_2, v_x_3)",
        "unflatten(v_z_1, '; ')",
    }
    assert {one.last_claims[0].text for one in back} == {
        "v_back_0 == 7",
        "v_back_0 == ['tea', 'milk']",
    }


def test_two_names_alone_promise_nothing_where_something_else_comes_back(
    trips: Callable[..., list[Witness]],
) -> None:
    assert (
        trips(called("1", "encode", Step("v_x_1", "encode('Tea')")), called("2", "decode", NUMBER))
        == []
    )

"""What is seen of objects while a program runs."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from tests.engines.builtin.small_targets import MakeTarget, drained
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

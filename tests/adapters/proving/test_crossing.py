"""A boundary is crossed where the line of a call was executed."""

from __future__ import annotations

from itc_tui.adapters.proving.crossing import Crossings
from itc_tui.domain.exploration import CallSite, Exploration, IntegrationPoint

EXPLORATION = Exploration(
    integration_points=(
        IntegrationPoint(
            from_module="a",
            to_module="b",
            sites=(CallSite(file="src/a.py", line=3), CallSite(file="src/a.py", line=9)),
        ),
        IntegrationPoint(
            from_module="a", to_module="sqlite3", sites=(CallSite(file="src/a.py", line=5),)
        ),
        IntegrationPoint(from_module="b", to_module="c"),
    )
)


def test_each_boundary_with_an_executed_call_is_crossed_once() -> None:
    crossings = Crossings(EXPLORATION, "/tree")
    assert crossings.files == ["/tree/src/a.py"]
    assert crossings.crossed({"/tree/src/a.py": [3, 9, 10]}) == ("a → b",)
    assert crossings.crossed({"/tree/src/a.py": [5]}) == ("a → sqlite3",)
    assert crossings.crossed({"/tree/src/other.py": [3]}) == ()


def test_the_definitions_that_a_face_names_are_no_calls() -> None:
    """Importing the module executes them."""
    face = IntegrationPoint(
        from_module="callers",
        to_module="b",
        sites=(CallSite(file="src/b.py", line=2),),
        is_face=True,
    )
    crossings = Crossings(Exploration(integration_points=(face,)), "/tree")
    assert crossings.files == []
    assert crossings.crossed({"/tree/src/b.py": [2]}) == ()

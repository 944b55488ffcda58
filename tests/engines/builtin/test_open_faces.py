"""Where the boundaries of the map cannot be crossed, callers are a boundary too."""

from __future__ import annotations

from collections import Counter

from itc_tui.domain.exploration import CALLERS, Exploration, IntegrationPoint
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, Edge, Witness

POINT = IntegrationPoint(from_module="web.url", to_module="web.fallback")
FACE = (CALLERS, "web.url")


def boundaries() -> Boundaries:
    exploration = Exploration(integration_points=(POINT,))
    return Boundaries(Target(root="/nowhere", packages=("web",)), exploration)


def seen(*edges: Edge, lines: range = range(20)) -> Witness:
    arcs = frozenset(("web/url.py", 0, line) for line in lines)
    return Witness(
        "1", Program((), (Step("u", "URL()"),)), "web.url:URL", arcs=arcs, edges=frozenset(edges)
    )


INSIDE = ("web/url.py", "URL.port", "web/fallback.py", "to_bytes")
OUTSIDE = ("callers", "", "web/url.py", "URL.port")


def test_a_module_that_nothing_reaches_across_a_boundary_gets_a_face() -> None:
    made = boundaries()
    assert made.open_faces([seen()]) == {"web/url.py": "web.url"}
    assert made.is_face(FACE)
    assert made.best(seen(OUTSIDE), "web.url", Counter()) == FACE


def test_no_face_is_opened_where_enough_is_reached_by_calls_between_modules() -> None:
    made = boundaries()
    assert made.open_faces([seen(INSIDE, lines=range(15)), seen()]) == {}
    assert made.best(seen(OUTSIDE), "web.url", Counter()) is None


def test_a_call_between_modules_says_more_than_one_from_outside() -> None:
    made = boundaries()
    made.open_faces([seen()])
    both = seen(OUTSIDE, INSIDE)
    assert made.best(both, "web.url", Counter({("web.url", "web.fallback"): 9})) == (
        "web.url",
        "web.fallback",
    )


def test_a_case_about_a_call_from_outside_is_not_one_about_what_its_setup_crosses() -> None:
    made = boundaries()
    made.open_faces([seen()])
    assert made.best(seen(OUTSIDE, INSIDE), "web.url", Counter(), about=[OUTSIDE]) == FACE


def test_what_the_readme_shows_of_a_module_is_for_its_callers() -> None:
    crossing = seen(INSIDE, lines=range(60))
    example = seen(OUTSIDE, lines=range(61, 63)).but(
        focus="given:README.md:12, “Usage”", claims=((Claim("u", "'x'"),),)
    )
    assert boundaries().open_faces([crossing, example]) == {}
    assert boundaries().open_faces([crossing, example, example]) == {"web/url.py": "web.url"}
    manual = example.but(focus="given:docs/use.md:3")
    assert boundaries().open_faces([crossing, manual, manual]) == {}
    silent = example.but(claims=((),))
    assert boundaries().open_faces([crossing, silent, silent]) == {}

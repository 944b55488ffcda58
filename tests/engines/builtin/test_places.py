"""Where something lies in the box is nothing that a test may expect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

FILES = {
    "home_shop/settings.py": """
        import os
        import sys
        from pathlib import Path


        def asked_for():
            return sys.argv[1:]


        def kept_in():
            return os.path.expanduser("~/.shop")


        def own_file():
            return str(Path(__file__).parent)


        def complained():
            raise LookupError("nothing in " + kept_in())


        def help_text():
            return ("Orders are kept in %s. " % kept_in()) * 40


        def width():
            return len(kept_in())


        def name():
            return "shop"


        def first_caller():
            frame = sys._getframe()
            while frame.f_back is not None:
                frame = frame.f_back
            return frame.f_code.co_filename


        def installed_in():
            return [os.__file__]
        """,
}


def program(call: str, kind: str = "do") -> Program:
    imports = ("from home_shop import settings",)
    return Program(imports, (Step("v_shown_1", f"settings.{call}()", kind),))


@pytest.fixture
def seen(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> Callable[[int], dict[str, dict[str, Any]]]:
    laboratory = laboratory_of(make_target(**FILES))
    names = ["kept_in", "own_file", "help_text", "width", "name", "asked_for"]
    names += ["first_caller", "installed_in"]
    calls = {one: program(one) for one in names}
    programs = {**calls, "complained": program("complained", "raises")}
    return lambda seed: drained(laboratory.observe(programs, seed=seed, chunk=9))[0]


def test_home_and_the_copy_stand_in_no_expectation_and_another_home_shows_what_leans_on_it(
    seen: Callable[[int], dict[str, dict[str, Any]]],
) -> None:
    first, second = seen(1), seen(3)
    assert [check[1] for check in first["name"]["steps"][0]] == ["'shop'"]
    for call in ("kept_in", "own_file", "help_text", "first_caller", "installed_in"):
        assert "/" not in str(first[call]["steps"])
        assert "len(v_shown_1)" not in str(first[call]["steps"]) or call == "installed_in"
    assert "len(v_shown_1[0])" not in str(first["installed_in"]["steps"])
    assert first["width"]["steps"] != second["width"]["steps"]
    assert first["asked_for"]["steps"] != second["asked_for"]["steps"]
    said = [row["complained"]["raised"]["0"]["message"] for row in (first, second)]
    assert said[0] != said[1]

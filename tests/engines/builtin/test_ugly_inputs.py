"""Whatever a package does to its tools, the rest of it is mapped, searched and told about."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.events import Noted
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.explore import explore
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.draining import drained
from tests.engines.builtin.ugly_package import COMPILED, make_ugly_package

HAS_NEWER_SYNTAX = sys.version_info >= (3, 12)
SEARCH_S = 4.0


@dataclass(frozen=True)
class Seen:
    exploration: Exploration
    found: set[str]
    notes: str
    trouble: str
    passed_over: list[str]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    root = tmp_path_factory.mktemp("ugly") / "repo"
    make_ugly_package(root)
    target = Target(root=str(root), python=sys.executable, packages=("ugly",))
    cache_dir = tmp_path_factory.mktemp("cache")
    exploration, _ = drained(explore(target, ExploreRequest(topic="ugly"), cache_dir))
    with ScratchBox(target) as box:
        laboratory = Laboratory(target, box)
        rows: list[dict[str, Any]]
        rows, events = drained(laboratory.search(gather(target), (), SEARCH_S))
        notes = "\n".join(event.text for event in events if isinstance(event, Noted))
        yield Seen(
            exploration,
            {row["focus"] for row in rows},
            notes,
            laboratory.trouble,
            sorted(laboratory.passed_over),
        )


def test_nothing_of_it_ends_the_search(seen: Seen) -> None:
    assert seen.trouble == ""


@pytest.mark.parametrize(
    "module",
    [
        "starred", "circle_two", "conditional", "refusing", "hidden", "native", "effects", "calls",
        "matching", "latin", "marked", "huge", "metaclass", "branching", "名字",
    ],
)  # fmt: skip
def test_what_can_be_read_is_on_the_map(seen: Seen, module: str) -> None:
    assert f"ugly.{module} → ugly.plain" in seen.exploration.boundaries


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("broken.py", "invalid syntax"),
        ("bytes_only.py", "cannot be decoded"),
        ("chained.py", "cannot be parsed"),
        ("nul.py", "NUL bytes"),
        (COMPILED, "is compiled"),
        pytest.param(
            "newer.py",
            "invalid syntax",
            marks=pytest.mark.skipif(HAS_NEWER_SYNTAX, reason="this Python reads it"),
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(seen: Seen, file: str, why: str) -> None:
    (line,) = [
        one for one in seen.exploration.metadata.unreadable if one.startswith(f"ugly/{file}")
    ]
    assert why in line


@pytest.mark.skipif(not HAS_NEWER_SYNTAX, reason="needs a Python that reads PEP 695 and 701")
def test_the_newest_syntax_is_on_the_map(seen: Seen) -> None:
    assert "ugly.newer → ugly.plain" in seen.exploration.boundaries


def test_links_that_lead_back_are_not_followed(seen: Seen) -> None:
    modules = seen.exploration.module_structure.internal_modules
    assert not [name for name in modules if "around" in name]
    assert "ugly.around" not in seen.notes


def test_what_can_be_called_is_called(seen: Seen) -> None:
    """All but a few: how far a search comes in its seconds depends on the machine."""
    wanted = {
        "ugly.plain:join",
        "ugly.starred:joined",
        "ugly.circle_one:there",
        "ugly.conditional:glued",
        "ugly.lazy:counted",
        "ugly.refusing:looked_up",
        "ugly.native:packed",
        "ugly.calls:well",
        "ugly.matching:told",
        "ugly.matching:grouped",
        "ugly.latin:café",
        "ugly.marked:marked",
        "ugly.metaclass:odd",
        "ugly.branching:chosen",
        "ugly.名字:连接",
    }
    assert len(wanted - seen.found) <= 3


@pytest.mark.parametrize("name", ["forever", "deeper", "leaves_a_thread"])
def test_what_hangs_recurses_without_end_or_leaves_a_thread_is_not_kept(
    seen: Seen, name: str
) -> None:
    assert f"ugly.calls:{name}" not in seen.found


def test_what_is_no_good_to_look_at_costs_one_attempt_and_no_more(seen: Seen) -> None:
    """An object that gives itself for whatever it is asked ended the child that looked at it."""
    assert "crashed" not in seen.notes


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("exits", "SystemExit: 3"),
        ("endless", "OutOfTime"),
        ("asking", "OSError"),
        ("effects", "OutOfBounds"),
        ("broken", "SyntaxError"),
        ("compiled", "ImportError"),
        ("leaving", "it ends the process"),
    ],
)
def test_what_cannot_be_imported_is_named_once_and_passed_over_from_then_on(
    seen: Seen, module: str, why: str
) -> None:
    (line,) = [one for one in seen.notes.splitlines() if one.startswith(f"ugly.{module} ")]
    assert why in line
    assert f"ugly.{module}" in seen.passed_over

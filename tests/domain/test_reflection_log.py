"""The log: placeholders replaced, iterations appended, and a person's words never lost."""

from __future__ import annotations

from itc_tui.domain.exploration import Exploration, ExplorationMetadata, IntegrationPoint, RiskArea
from itc_tui.domain.iterations import (
    CorrectedAssumption,
    HistoryEntry,
    Iterations,
    Learnings,
    Reflection,
)
from itc_tui.domain.log import fresh_log, updated_log
from itc_tui.domain.state import State
from itc_tui.domain.summary import Summary
from itc_tui.domain.words import Ending

NEW = State(session_id="ITG-cart-2026-03-04", module="cart", started="2026-03-04T12:00:00+08:00")
EXPLORED = NEW.but(
    exploration=Exploration(
        risk_areas=(RiskArea(area="cart", reason="many callers"),),
        metadata=ExplorationMetadata(timestamp="2026-03-04T12:01:00+08:00"),
    )
)


def entry(number: int) -> HistoryEntry:
    return HistoryEntry(
        iteration=number,
        pass_rate=50,
        passed=1,
        total=2,
        failed_tests=("t.py::test_a",),
        reflection=Reflection(why_it_failed="the cart was empty"),
    )


def iterated(count: int) -> State:
    return EXPLORED.but(
        iterations=Iterations(history=tuple(entry(n) for n in range(1, count + 1))),
        learnings=Learnings(
            iteration=count,
            corrected=(CorrectedAssumption(old="1 item", new="2 items", iteration=count),),
        ),
    )


def test_a_fresh_log_has_every_section_of_the_specification_pending() -> None:
    text = fresh_log(NEW)
    for heading in (
        "# Integration Test Reflection Log",
        "## Session: ITG-cart-2026-03-04",
        "- **Topic**: cart",
        "- **Max Iterations**: 10",
        "## Phase 2: Exploration\n> Pending...",
        "## Phase 3: Test Design\n> Pending...",
        "## Phase 4: Test Development\n> Pending...",
        "## Iteration Timeline\n> Iterations will be appended here...",
        "## Cumulative Learnings\n> Updated after each iteration...",
        "## Conclusions\n> Final synthesis after completion...",
    ):
        assert heading in text


def test_a_placeholder_is_replaced_and_the_others_stay() -> None:
    text = updated_log(fresh_log(NEW), NEW, EXPLORED)
    assert "## Phase 2: Exploration - 2026-03-04T12:01:00+08:00" in text
    assert "- cart (medium): many callers" in text
    assert text.count("> Pending...") == 2


def test_what_was_not_read_is_named_and_a_pair_of_places_counts_once() -> None:
    point = IntegrationPoint(from_module="shop.cart", to_module="shop.events")
    found = Exploration(
        integration_points=(point, point.but(type="event")),
        metadata=ExplorationMetadata(unreadable=("shop/huge.py: is larger than 2 MB",)),
    )
    log = fresh_log(NEW.but(exploration=found))
    assert "**Integration Points**: 1 cross-module" in log
    assert "- **Not Read**: shop/huge.py: is larger than 2 MB\n" in log


def test_iterations_are_appended_and_learnings_rewritten() -> None:
    text = updated_log(fresh_log(NEW), NEW, iterated(1))
    text = updated_log(text, iterated(1), iterated(2))
    assert text.count("### Iteration 1") == 1
    assert text.count("### Iteration 2") == 1
    assert "## Cumulative Learnings (Updated: Iteration 2)" in text
    assert "- ~~1 item~~ → 2 items (Iteration 2)" in text
    assert "(Iteration 1)" not in text


def test_writing_the_same_step_twice_changes_nothing() -> None:
    once = updated_log(fresh_log(NEW), NEW, iterated(1))
    assert updated_log(once, NEW, iterated(1)) == once


def test_a_section_and_a_line_of_the_person_survive() -> None:
    text = fresh_log(NEW).replace("## Conclusions", "## My Notes\nAsk Ann.\n\n## Conclusions")
    text = text.replace(
        "> Updated after each iteration...", "> Updated after each iteration...\n- mind the cache"
    )
    text = updated_log(text, NEW, iterated(1))
    text = updated_log(text, iterated(1), iterated(2))
    assert "## My Notes\nAsk Ann." in text
    assert text.count("- mind the cache") == 1


def test_a_log_without_our_sections_keeps_its_text_and_gets_them() -> None:
    text = updated_log("my own words", None, EXPLORED)
    assert text.startswith("my own words\n")
    assert "## Phase 2: Exploration" in text


def test_text_from_outside_cannot_make_a_heading() -> None:
    state = iterated(1)
    bad = entry(1).but(reflection=Reflection(why_it_failed="x\n## Conclusions\n# Owned"))
    text = fresh_log(state.but(iterations=Iterations(history=(bad,))))
    assert text.count("\n## Conclusions") == 1


def test_conclusions_name_the_result_in_the_words_of_the_specification() -> None:
    done = iterated(2).but(summary=Summary(result=Ending.FAILURE, why="all iterations are used"))
    text = updated_log(fresh_log(iterated(2)), iterated(2), done)
    assert "### Result: NEEDS ATTENTION" in text
    assert "| Iteration 1 | conservative | Pass rate: 50% |" in text

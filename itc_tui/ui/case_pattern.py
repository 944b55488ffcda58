"""Finds tests by words: in their node ids, in the names of their cases, in their boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from itc_tui.ui.case_report import name_of
from itc_tui.ui.view import View


class Haystack:
    """What can be searched of each known test; made once, for every letter that is typed."""

    def __init__(self, view: View, node_ids: Iterable[str]) -> None:
        planned = _planned_words(view)
        self._words = {
            node_id: f"{node_id} {name_of(node_id)} {planned.get(node_id, '')}".lower()
            for node_id in node_ids
        }

    def matches(self, pattern: str) -> tuple[str, ...]:
        """Every word must be found; one that begins with `!` must not. Nothing means all."""
        wanted, unwanted = _split(pattern)
        return tuple(
            node_id
            for node_id, words in self._words.items()
            if all(word in words for word in wanted) and not any(word in words for word in unwanted)
        )

    def __len__(self) -> int:
        return len(self._words)


def holds(needle: str) -> Callable[[str], bool]:
    """For narrowing the list: the text as it is typed, anywhere in the node id."""
    lowered = needle.lower()
    return lambda node_id: lowered in node_id.lower()


def _split(pattern: str) -> tuple[list[str], list[str]]:
    words = pattern.lower().split()
    unwanted = [word[1:] for word in words if word.startswith("!") and len(word) > 1]
    return [word for word in words if not word.startswith("!")], unwanted


def _planned_words(view: View) -> dict[str, str]:
    """Node id → scenario, case and boundary in the plan's own words."""
    cases = view.inventory.cases if view.inventory else ()
    scenarios = view.plan.integration_scenarios if view.plan else ()
    names = {case.id: case.name for scenario in scenarios for case in scenario.test_cases}
    titles = {scenario.id: f"{scenario.id} {scenario.name}" for scenario in scenarios}
    return {
        case.node_id: " ".join(
            (
                names.get(case.case_id, ""),
                titles.get(case.scenario_id, case.scenario_id),
                case.boundary,
            )
        )
        for case in cases
    }

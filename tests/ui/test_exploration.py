"""The tree of what was found: searched, and followed down to its source."""

from __future__ import annotations

from itc_tui.domain.exploration import CallSite, Exploration, IntegrationPoint, RiskArea
from itc_tui.ui.exploration_rows import branches, narrowed
from itc_tui.ui.panes.exploration import FindingsTree
from tests.ui.scripted_shop import EXPLORATION
from tests.ui.stage import application, painted, until

WIDTH = 100


def text_of(branch: object) -> str:
    return "".join(text for text, _ in branch.row(WIDTH, False))  # type: ignore[attr-defined]


def test_a_search_counts_what_it_found_and_opens_what_was_shut() -> None:
    found = branches(EXPLORATION, WIDTH)
    hits = narrowed(found, "Gateway", {"risks", "boundaries"})
    total = len(EXPLORATION.risk_areas)
    assert text_of(hits[0]).startswith("▾ Risk areas")
    assert text_of(hits[0]).endswith(f" of {total}")
    assert all("gateway" in branch.search.lower() for branch in hits if not branch.is_heading)
    everything = [text_of(branch) for branch in narrowed(found, "", ())]
    assert f"Risk areas {total}" in everything[0]


async def test_enter_after_a_search_goes_to_the_source_of_what_was_found() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("1", "/", *"gateway", "enter")
        tree = app.screen.query_one(FindingsTree)
        await until(pilot, lambda: tree.has_focus and tree.chosen)
        assert not tree.chosen.is_heading
        assert "gateway" in tree.chosen.search
        assert " of " in painted(app)


def test_a_module_that_nobody_calls_has_its_source_where_it_calls() -> None:
    site = CallSite(caller="ledger.book", callee="open", file="ledger.py", line=7)
    reaching = IntegrationPoint(
        from_module="ledger", to_module="filesystem", is_outer=True, sites=(site,)
    )
    risk = RiskArea(area="ledger", reason="reaches filesystem")
    found = branches(Exploration(integration_points=(reaching,), risk_areas=(risk,)), WIDTH)
    assert (found[1].file, found[1].line) == ("ledger.py", 7)


def test_a_file_of_tests_is_opened_like_any_source() -> None:
    files = {branch.file for branch in branches(EXPLORATION, WIDTH) if branch.section == "tests"}
    assert set(EXPLORATION.existing_tests.test_files) <= files


def test_names_in_wide_letters_have_the_room_that_they_take() -> None:
    point = IntegrationPoint(from_module="支付.订单", to_module="支付.钱")
    found = branches(Exploration(integration_points=(point,)), WIDTH)
    assert "支付.订单 → 支付.钱" in text_of(found[1])

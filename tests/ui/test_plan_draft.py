"""Editing a plan: every edit is a new plan, and can be taken back."""

from __future__ import annotations

from itc_tui.domain.plan import Plan
from itc_tui.domain.words import Provenance
from itc_tui.ui import plan_draft
from itc_tui.ui.plan_draft import Draft
from itc_tui.ui.plan_fields import CASE_FIELDS, SCENARIO_FIELDS, shown, taken, wrong
from tests.ui.scripted_shop import PLAN


def test_undo_and_redo_go_along_the_row_of_plans() -> None:
    one = plan_draft.toggled(PLAN, (0, None))
    two = plan_draft.toggled(one, (1, None))
    draft = Draft(PLAN, PLAN).with_plan(one).with_plan(two)
    assert draft.undone().plan == one
    assert draft.undone().undone().plan == PLAN
    assert draft.undone().redone().plan == two
    assert not draft.undone().undone().is_changed


def test_a_new_edit_after_undo_forgets_what_was_undone() -> None:
    draft = Draft(PLAN, PLAN).with_plan(plan_draft.toggled(PLAN, (0, None))).undone()
    draft = draft.with_plan(plan_draft.toggled(PLAN, (3, None)))
    assert draft.redone() == draft


def test_an_unchanged_draft_follows_the_loop_and_a_changed_one_stays() -> None:
    other = plan_draft.toggled(PLAN, (2, None))
    assert Draft(PLAN, PLAN).rebased(other).plan == other
    mine = Draft(PLAN, PLAN).with_plan(plan_draft.toggled(PLAN, (0, 0)))
    assert mine.rebased(other).plan == mine.plan


def test_a_copied_scenario_gets_ids_of_its_own() -> None:
    plan, spot = plan_draft.copied(PLAN, (1, None))
    ids = [case.id for scenario in plan.integration_scenarios for case in scenario.test_cases]
    assert len(ids) == len(set(ids))
    assert spot == (2, None)
    assert plan.integration_scenarios[2].name == f"copy of {PLAN.integration_scenarios[1].name}"
    assert plan.integration_scenarios[2].id in plan.execution_order


def test_removing_the_last_case_leaves_the_scenario_under_the_cursor() -> None:
    plan, spot = plan_draft.removed(PLAN, (5, 0))
    assert plan.integration_scenarios[5].test_cases == ()
    assert spot == (5, None)


def test_removing_every_scenario_ends_in_an_empty_plan_to_which_one_can_be_added() -> None:
    plan: Plan = PLAN
    while plan.integration_scenarios:
        plan, _ = plan_draft.removed(plan, (0, None))
    assert plan.execution_order == ()
    plan, spot = plan_draft.added_scenario(plan, (0, None))
    assert (len(plan.integration_scenarios), spot) == (1, (0, None))


def test_moving_a_scenario_moves_its_turn_in_the_execution_order() -> None:
    plan, spot = plan_draft.moved(PLAN, (0, None), 1)
    assert spot == (1, None)
    assert plan.execution_order[:2] == ("IS-002", "IS-001")
    assert (
        plan_draft.moved(PLAN, (0, None), -1)[0].integration_scenarios == PLAN.integration_scenarios
    )


def test_writing_an_expectation_by_hand_approves_it() -> None:
    plan = plan_draft.set_fields(PLAN, (0, 0), {"expected": "Order(7)"})
    assert plan.integration_scenarios[0].test_cases[0].provenance is Provenance.APPROVED


def test_approving_touches_observed_expectations_only() -> None:
    before = [case.provenance for _, case in PLAN.enabled_cases]
    after = [case.provenance for _, case in plan_draft.approved(PLAN).enabled_cases]
    assert Provenance.OBSERVED in before
    for old, new in zip(before, after, strict=True):
        assert new is (Provenance.APPROVED if old is Provenance.OBSERVED else old)


def test_rejecting_an_observed_expectation_empties_it() -> None:
    spot = next(
        (place, index)
        for place, scenario in enumerate(PLAN.integration_scenarios)
        for index, case in enumerate(scenario.test_cases)
        if case.provenance is Provenance.OBSERVED
    )
    case = plan_draft.rejected(PLAN, spot).integration_scenarios[spot[0]].test_cases[spot[1]]
    assert (case.expected, case.provenance) == ("", Provenance.PENDING)


def test_every_field_shows_what_it_was_set_to() -> None:
    for spot, fields in (((0, None), SCENARIO_FIELDS), ((0, 0), CASE_FIELDS)):
        for field in fields:
            text = next(iter(field.choices)).value if field.choices else "one, two"
            assert shown(taken(PLAN, spot, field, text), spot, field) == text


def test_what_is_wrong_is_said_beside_the_field() -> None:
    name, boundary = SCENARIO_FIELDS[0], SCENARIO_FIELDS[1]
    assert wrong(PLAN, (0, None), name, "  ", ())
    assert wrong(PLAN, (0, None), boundary, "a → b", ("shop.api → shop.orders",))
    assert not wrong(
        PLAN, (0, None), boundary, "shop.api → shop.orders", ("shop.api → shop.orders",)
    )
    assert wrong(PLAN, (0, 0), CASE_FIELDS[0], "an unknown item is refused", ())


def test_a_copy_of_the_same_case_again_has_a_name_of_its_own() -> None:
    plan, _ = plan_draft.copied(PLAN, (0, 0))
    plan, _ = plan_draft.copied(plan, (0, 0))
    name = PLAN.integration_scenarios[0].test_cases[0].name
    names = [case.name for case in plan.integration_scenarios[0].test_cases[:3]]
    assert names == [name, f"copy 2 of {name}", f"copy of {name}"]


def test_where_two_plans_differ_first_is_where_the_cursor_goes() -> None:
    first_change = plan_draft.first_change
    assert first_change(PLAN, PLAN) is None
    assert first_change(PLAN, plan_draft.toggled(PLAN, (3, None))) == (3, None)
    assert first_change(PLAN, plan_draft.toggled(PLAN, (3, 1))) == (3, 1)
    without, _ = plan_draft.removed(PLAN, (4, 0))
    assert first_change(without, PLAN) == (4, 0)
    last = len(PLAN.integration_scenarios) - 1
    shorter, _ = plan_draft.removed(PLAN, (last, None))
    assert first_change(shorter, PLAN) == (last, None)
    assert first_change(PLAN, shorter) == (last - 1, None)
    assert first_change(PLAN, Plan()) is None

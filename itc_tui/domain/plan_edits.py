"""What becomes of a person's edits of a plan when the loop has another plan by then."""

from __future__ import annotations

import hashlib

from itc_tui.domain.plan import Plan


def says_the_same(one: Plan, other: Plan) -> bool:
    """But for ids that were given since, and for what is noted about the edit itself."""
    return _bare(one) == _bare(other)


def fingerprint(plan: Plan) -> str:
    """Plans that say the same have the same."""
    return hashlib.sha256(_bare(plan).model_dump_json().encode("utf-8", "replace")).hexdigest()


def with_new_of(edited: Plan, older: Plan, newer: Plan) -> Plan:
    """The edited plan, with the scenarios that were proposed since beside it."""
    known = {scenario.id for scenario in older.integration_scenarios}
    fresh = (scene for scene in newer.integration_scenarios if scene.id not in known)
    return edited.but(integration_scenarios=(*edited.integration_scenarios, *fresh)).with_ids()


def _bare(plan: Plan) -> Plan:
    return plan.with_ids().but(user_feedback=(), timestamp="")

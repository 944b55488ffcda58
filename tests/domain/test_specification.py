"""The JSON that the specification prints loads as it stands, and what we write keeps its names."""

from __future__ import annotations

import json
from typing import Any

from itc_tui.domain.iterations import Iterations
from itc_tui.domain.plan import Plan
from itc_tui.domain.state import State
from itc_tui.domain.summary import Summary
from itc_tui.domain.words import Ending, NextAction, Phase, Step, StrategyName

INITIAL = """
{
  "session_id": "{sessionId}",
  "module": "{module_description}",
  "started": "{timestamp}",
  "max_iterations": 10,
  "phase": "init",
  "exploration": null,
  "test_design": null,
  "test_inventory": null,
  "iterations": {
    "current": 0,
    "strategy": null,
    "next_action": "explore",
    "history": [],
    "stuck_tests": [],
    "latest_results": null
  },
  "fix_history": [],
  "summary": null
}
"""

DESIGN = """
{
  "test_design": {
    "integration_scenarios": [
      {
        "id": "IS-001",
        "name": "scenario name",
        "boundary": "moduleA → moduleB",
        "type": "api_contract|event_flow|shared_state|data_pipeline",
        "priority": "critical|high|medium",
        "test_cases": [
          { "name": "happy path", "input": "", "expected": "", "assertion_type": "" },
          { "name": "error propagation", "input": "", "expected": "" },
          { "name": "boundary condition", "input": "", "expected": "" }
        ],
        "mocking": { "mock_targets": [], "real_targets": [], "reason": "" },
        "setup": "description",
        "teardown": "description"
      }
    ],
    "mocking_strategy": {
      "approach": "minimal|moderate|heavy",
      "mock_boundaries": [],
      "real_boundaries": [],
      "rationale": ""
    },
    "execution_order": ["IS-001", "IS-002"],
    "success_criteria": { "pass_rate": 95, "coverage_target": 80 }
  }
}
"""

ITERATIONS = """
{
  "iterations": {
    "current": 3,
    "strategy": "aggressive",
    "next_action": "execute_fix",
    "history": [
      {
        "iteration": 1,
        "pass_rate": 70,
        "strategy": "conservative",
        "failed_tests": ["test_auth_integration", "test_payment_flow"],
        "reflection_summary": "Auth token not propagated to payment service",
        "strategy_adjustment": "none"
      },
      {
        "iteration": 2,
        "pass_rate": 82,
        "strategy": "conservative",
        "failed_tests": ["test_payment_flow"],
        "reflection_summary": "Payment timeout too short for integration",
        "strategy_adjustment": "aggressive - similar timeout failures"
      }
    ],
    "stuck_tests": [],
    "latest_results": {
      "pass_rate": 82,
      "passed": 9,
      "failed": 2,
      "total": 11,
      "failures": [
        { "test": "", "file": "", "error": "", "criticality": "high|medium|low" }
      ]
    }
  }
}
"""

SUMMARY = """
{
  "summary": {
    "result": "success|partial_success|failure",
    "final_pass_rate": 0,
    "total_iterations": 0,
    "strategies_used": [],
    "test_metrics": {
      "total_tests": 0,
      "passed": 0,
      "failed": 0,
      "test_files": 0,
      "integration_points_covered": 0
    },
    "key_learnings": [],
    "corrected_assumptions": [],
    "recommendations": [],
    "completed": "{timestamp}"
  }
}
"""

FULL = """
{
  "session_id": "ITG-xxx",
  "module": "description",
  "started": "timestamp",
  "max_iterations": 10,
  "phase": "init|explored|designed|developed|iterating|completed",
  "exploration": {
    "module_structure": { "entry_points": [], "public_apis": [], "internal_modules": [] },
    "dependencies": { "upstream": [], "downstream": [], "external_services": [] },
    "integration_points": [{ "from": "", "to": "", "type": "", "contract": "" }],
    "data_flows": [{ "name": "", "path": [], "transforms": [] }],
    "existing_tests":
      { "test_files": [], "patterns": [], "utilities": [], "mocking_conventions": "" },
    "test_framework": { "runner": "", "assertion_lib": "", "mock_lib": "" },
    "risk_areas": [{ "area": "", "reason": "", "priority": "" }],
    "_metadata": { "files_analyzed": 0, "timestamp": "" }
  },
  "test_design": {
    "integration_scenarios": [{ "id": "", "name": "", "boundary": "", "type": "", "priority": "",
      "test_cases": [], "mocking": {}, "setup": "", "teardown": "" }],
    "mocking_strategy":
      { "approach": "", "mock_boundaries": [], "real_boundaries": [], "rationale": "" },
    "execution_order": [],
    "success_criteria": { "pass_rate": 95, "coverage_target": 80 }
  },
  "test_inventory": {
    "test_files": [{ "path": "", "scenario_ids": [], "test_count": 0, "boundary": "" }],
    "total_tests": 0,
    "total_files": 0,
    "timestamp": ""
  },
  "iterations": {
    "current": 0,
    "strategy": null,
    "next_action": "execute_tests|execute_fix|complete",
    "history": [{ "iteration": 0, "pass_rate": 0, "strategy": "", "failed_tests": [],
      "reflection_summary": "", "strategy_adjustment": "" }],
    "stuck_tests": [],
    "latest_results": { "pass_rate": 0, "passed": 0, "failed": 0, "total": 0, "failures": [] }
  },
  "fix_history": [{ "iteration": 0, "strategy": "", "modification_points": [],
    "affected_tests": [], "confidence": 0.0 }],
  "summary": {
    "result": "success|partial_success|failure",
    "final_pass_rate": 0,
    "total_iterations": 0,
    "strategies_used": [],
    "test_metrics": {},
    "key_learnings": [],
    "corrected_assumptions": [],
    "recommendations": [],
    "completed": ""
  }
}
"""


def test_the_initial_state_loads() -> None:
    state = State.model_validate_json(INITIAL)
    assert state.phase is Phase.INIT
    assert state.iterations.next_action is NextAction.EXPLORE
    assert state.exploration is None


def test_the_printed_design_loads_and_its_alternatives_mean_the_first() -> None:
    plan = Plan.model_validate(json.loads(DESIGN)["test_design"]).with_ids()
    assert [case.id for _, case in plan.enabled_cases] == ["IS-001-1", "IS-001-2", "IS-001-3"]
    assert plan.integration_scenarios[0].kind == "api_contract"
    assert plan.execution_order == ("IS-001",)


def test_the_printed_iterations_load_and_say_where_to_go_on() -> None:
    iterations = Iterations.model_validate(json.loads(ITERATIONS)["iterations"])
    assert iterations.strategy is StrategyName.AGGRESSIVE
    assert iterations.standing is Step.REFLECT
    assert iterations.history[1].failed_tests == ("test_payment_flow",)


def test_the_printed_summary_loads() -> None:
    assert Summary.model_validate(json.loads(SUMMARY)["summary"]).result is Ending.SUCCESS


def test_the_full_schema_loads_as_it_is_printed() -> None:
    state = State.model_validate_json(FULL)
    assert state.phase is Phase.INIT
    assert state.exploration is not None
    assert len(state.exploration.integration_points) == 1


def test_what_we_write_has_every_field_of_the_specification_by_its_name() -> None:
    written = json.loads(State.model_validate_json(FULL).model_dump_json(by_alias=True))
    assert missing(json.loads(FULL), written) == []


def missing(wanted: Any, found: Any, place: str = "") -> list[str]:
    if isinstance(wanted, dict):
        return [
            name
            for key, value in wanted.items()
            for name in (
                missing(value, found[key], f"{place}.{key}") if key in found else [f"{place}.{key}"]
            )
        ]
    if isinstance(wanted, list):
        pairs = zip(wanted, found, strict=True)
        return [name for one, other in pairs for name in missing(one, other, place)]
    return []


def test_a_field_that_another_tool_wrote_is_carried_along() -> None:
    raw = json.loads(INITIAL) | {"their_field": {"x": 1}}
    written = json.loads(State.model_validate(raw).model_dump_json(by_alias=True))
    assert written["their_field"] == {"x": 1}

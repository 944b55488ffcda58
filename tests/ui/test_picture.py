"""The view is a fold: the same for one event at a time, for bursts, and for replay."""

from __future__ import annotations

from itc_tui.domain.events import (
    CaseFinished,
    CaseStarted,
    ChangeUndone,
    Event,
    InventoryFrozen,
    OutputArrived,
    PhaseStarted,
    QuestionAsked,
    RerunFinished,
    RunFinished,
    RunStarted,
    SessionOpened,
)
from itc_tui.domain.inventory import Inventory, WrittenCase
from itc_tui.domain.results import CaseResult, Failure, Results
from itc_tui.domain.words import RERUN, RETRY, Outcome, Phase
from itc_tui.ui.picture import fold, fold_all
from itc_tui.ui.run_folds import known_lines
from itc_tui.ui.view import View
from tests.ui.scripted import events


def test_folding_in_bursts_gives_what_folding_one_by_one_gives() -> None:
    told = events()
    single = View()
    for event in told:
        single = fold(single, event)
    burst = View()
    for start in range(0, len(told), 41):
        burst = fold_all(burst, told[start : start + 41])
    assert list(single.log.between(0, 9999)) == list(burst.log.between(0, 9999))
    assert single.run == burst.run
    assert single.cards == burst.cards
    assert (single.started_at, single.last_at) == (burst.started_at, burst.last_at)


def test_the_scripted_session_leaves_its_whole_story() -> None:
    view = fold_all(View(), events())
    assert view.phase == 6
    assert [card.outcome for card in view.cards] == ["kept", "reverted", "kept", ""]
    assert [card.rate for card in view.cards] == [78.4, 89.2, 89.2, 94.6]
    assert [card.after and card.after.pass_rate for card in view.cards] == [89.2, 91.9, 94.6, None]
    assert view.cards[1].refused == ("one assertion fewer in test_charge_in_euros",)
    assert [finding.id for finding in view.findings] == ["F-1", "F-2"]
    assert view.planned_not_written == 3
    assert view.summary is not None
    assert view.question is None


def test_a_test_that_fails_is_counted_as_soon_as_it_fails() -> None:
    view = fold(View(), RunStarted(iteration=1, expected=("a::x", "a::y")))
    assert [case.state for case in view.run.cases.values()] == ["waiting", "waiting"]
    view = fold(view, CaseStarted(node_id="a::x"))
    assert view.run.cases["a::x"].state == "running"
    view = fold(view, finished("a::x", Outcome.FAILED))
    assert (view.run.finished, view.run.failed) == (1, 1)


def test_a_test_that_was_not_expected_is_shown_too() -> None:
    view = fold_all(View(), [RunStarted(expected=("a::x",)), finished("a::new", Outcome.PASSED)])
    assert set(view.run.cases) == {"a::x", "a::new"}


def test_each_run_begins_with_an_empty_log() -> None:
    told: list[Event] = [RunStarted(), OutputArrived(lines=("old",)), RunStarted()]
    assert len(fold_all(View(), told).log) == 0


def test_an_event_of_an_iteration_nobody_announced_begins_its_card() -> None:
    view = fold(View(), ChangeUndone(iteration=7, reason="no gain"))
    assert [(card.iteration, card.outcome) for card in view.cards] == [(7, "undone")]


def test_a_flaky_test_that_happens_to_pass_is_not_shown_as_passing_when_the_run_is_over() -> None:
    flaky = Failure(test="a::x", error="flaky: KeyError", signature="flaky|KeyError")
    told: list[Event] = [
        RunStarted(iteration=2, expected=("a::x", "a::y", "a::gone")),
        finished("a::x", Outcome.PASSED),
        finished("a::y", Outcome.PASSED),
        RunFinished(
            iteration=2,
            results=Results(
                passed=1,
                failed=2,
                total=3,
                passing=("a::y",),
                failures=(flaky, Failure(test="a::gone", outcome=Outcome.NOT_RUN)),
            ),
        ),
    ]
    run = fold_all(View(), told).run
    assert {name: case.state for name, case in run.cases.items()} == {
        "a::x": "flaky",
        "a::y": "passed",
        "a::gone": "not_run",
    }
    assert run.failed == 2


def test_a_change_that_is_undone_takes_its_results_along() -> None:
    before = Results(passed=0, failed=1, total=1, failures=(Failure(test="a::x", error="bug"),))
    after = Results(passed=1, total=1, pass_rate=100, passing=("a::x",))
    told: list[Event] = [
        RunStarted(iteration=1, purpose="full", expected=("a::x",)),
        finished("a::x", Outcome.FAILED),
        RunFinished(iteration=1, purpose="full", results=before),
        RunStarted(iteration=1, purpose="affected", expected=("a::x",)),
        finished("a::x", Outcome.PASSED),
        RunFinished(iteration=1, purpose="affected", results=after),
        ChangeUndone(iteration=1, reason="it turned a product bug green"),
    ]
    view = fold_all(View(), told)
    assert view.results == before
    assert view.run.cases["a::x"].is_bad


MEASURED = (
    InventoryFrozen(
        inventory=Inventory(cases=tuple(WrittenCase(node_id=name) for name in ("a::x", "b::y")))
    ),
    RunStarted(iteration=1, purpose="full", expected=("a::x", "b::y")),
    CaseFinished(result=CaseResult(node_id="a::x", outcome=Outcome.FAILED, duration_s=1)),
    CaseFinished(result=CaseResult(node_id="b::y", outcome=Outcome.PASSED, duration_s=1)),
    RunFinished(
        iteration=1,
        purpose="full",
        results=Results(
            pass_rate=50,
            passed=1,
            failed=1,
            total=2,
            passing=("b::y",),
            failures=(Failure(test="a::x", error="KeyError"),),
        ),
    ),
)


def test_a_rerun_is_laid_among_the_other_tests_and_leaves_the_rate_alone() -> None:
    measured = fold_all(View(), MEASURED)
    view = fold(measured, RunStarted(purpose=RERUN, expected=("a::x", "a")))
    assert {name: case.state for name, case in view.run.lines.items()} == {
        "a::x": "waiting",
        "b::y": "passed",
    }
    told = [finished("a::x", Outcome.PASSED), finished("a::new", Outcome.PASSED)]
    view = fold_all(view, [*told, RerunFinished(passed=2, total=2)])
    assert list(view.run.lines) == ["a::x", "a::new", "b::y"], "each under its file"
    assert {case.state for case in view.run.lines.values()} == {"passed"}
    assert (view.run.finished, view.run.is_running) == (2, False)
    assert view.results is measured.results
    assert view.cards == measured.cards
    assert view.next_up == measured.next_up


def test_what_a_stopped_rerun_did_not_come_to_is_as_it_was_before() -> None:
    view = fold(fold_all(View(), MEASURED), RunStarted(purpose=RERUN, expected=("a::x", "b::y")))
    view = fold_all(view, [CaseStarted(node_id="a::x"), RerunFinished(was_stopped=True)])
    assert {name: case.state for name, case in view.run.lines.items()} == {
        "a::x": "failed",
        "b::y": "passed",
    }


def test_what_is_known_of_each_test_is_the_last_that_was_seen() -> None:
    view = fold_all(View(), MEASURED)
    view = fold(view, RunStarted(iteration=1, purpose="affected", expected=("a::x",)))
    lines = known_lines(view)
    assert {name: case.state for name, case in lines.items()} == {
        "a::x": "failed",
        "b::y": "passed",
    }
    view = fold(view, finished("a::x", Outcome.PASSED))
    assert known_lines(view)["a::x"].state == "passed"


def test_a_run_that_goes_on_without_a_crashed_test_keeps_what_it_showed() -> None:
    told: list[Event] = [
        RunStarted(iteration=1, purpose="full", expected=("a::x", "a::y"), command=("pytest",)),
        OutputArrived(lines=("first",)),
        finished("a::x", Outcome.CRASHED),
        RunStarted(iteration=1, purpose=f"{RETRY}a::x", expected=("a::y",)),
        OutputArrived(lines=("second",)),
        finished("a::y", Outcome.PASSED),
    ]
    view = fold_all(View(), told)
    assert {name: case.state for name, case in view.run.cases.items()} == {
        "a::x": "crashed",
        "a::y": "passed",
    }
    assert (view.run.purpose, view.run.asked) == ("full", ("a::x", "a::y"))
    assert list(view.log.between(0, 9)) == ["first", "second"]


def test_ten_thousand_results_in_one_burst_are_laid_in_together() -> None:
    names = tuple(f"t.py::test_{number}" for number in range(10_000))
    told: list[Event] = [RunStarted(expected=names)]
    told += [finished(name, Outcome.PASSED) for name in names]
    assert fold_all(View(), told).run.finished == 10_000


def test_opening_again_keeps_the_phase_reached() -> None:
    view = fold_all(View(), events())
    again = SessionOpened(session_id="s", module="m", mode="continue", folder="f")
    assert fold_all(view, [again, PhaseStarted(number=1, name="initialize")]).phase == 6


def test_a_session_that_goes_on_without_its_past_begins_where_it_stands() -> None:
    opened = SessionOpened(
        session_id="s", module="m", mode="continue", folder="f", phase=Phase.DESIGNED
    )
    assert fold_all(View(), [opened, PhaseStarted(number=1, name="initialize")]).phase == 4


def test_a_session_that_was_interrupted_in_a_question_is_not_asking_when_it_goes_on() -> None:
    told = events()
    cut = next(at for at, event in enumerate(told) if isinstance(event, QuestionAsked))
    view = fold_all(View(), told[: cut + 1])
    assert view.question is not None
    assert fold(view, told[0]).question is None


def finished(node_id: str, outcome: Outcome) -> CaseFinished:
    return CaseFinished(result=CaseResult(node_id=node_id, outcome=outcome))

"""The view is a fold: the same for one event at a time, for bursts, and for replay."""

from __future__ import annotations

from itc_tui.domain.events import (
    CaseFinished,
    CaseStarted,
    ChangeUndone,
    Event,
    OutputArrived,
    PhaseStarted,
    QuestionAsked,
    RunFinished,
    RunStarted,
    SessionOpened,
)
from itc_tui.domain.results import CaseResult, Failure, Results
from itc_tui.domain.words import Outcome, Phase
from itc_tui.ui.picture import fold, fold_all
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

"""Folds events into the view: one pure function for every kind of event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from itc_tui.domain import events as happened
from itc_tui.domain.vocabulary import RETRY
from itc_tui.ui.journey import NEXT, REACHED
from itc_tui.ui.output_log import OutputLog
from itc_tui.ui.run_folds import collected, counted, measured, rerun_ended, started
from itc_tui.ui.view import Card, CaseLine, View
from itc_tui.ui.work import ended, moved_on, outlined

if TYPE_CHECKING:
    from itc_tui.domain.events import Event


def fold(view: View, event: Event) -> View:
    return fold_all(view, (event,))


def fold_all(view: View, events: Iterable[Event]) -> View:
    """The same as folding one by one, but the cases and lines of a burst are laid in together."""
    cases: dict[str, CaseLine] | None = None
    lines: list[str] = []
    first_at = last_at = ""
    for event in events:
        first_at, last_at = first_at or event.at, event.at or last_at
        if isinstance(event, happened.OutputArrived):
            lines.extend(event.lines)
        elif isinstance(event, happened.CaseStarted | happened.CaseFinished):
            if cases is None:
                cases = dict(view.run.cases)
            _lay_in(cases, event)
        else:
            view = _settle(view, cases, lines)
            cases, lines = None, []
            fold_one = _FOLDS.get(type(event))
            view = fold_one(view, event) if fold_one else view
            if next_up := NEXT.get(type(event)):
                view = replace(view, next_up=next_up)
    view = _settle(view, cases, lines)
    if last_at:
        view = replace(view, last_at=last_at, started_at=view.started_at or first_at)
    return view


def _lay_in(
    cases: dict[str, CaseLine], event: happened.CaseStarted | happened.CaseFinished
) -> None:
    if isinstance(event, happened.CaseStarted):
        cases[event.node_id] = CaseLine(event.node_id, "running")
    else:
        cases[event.result.node_id] = CaseLine.of(event.result)


def _settle(view: View, cases: dict[str, CaseLine] | None, lines: list[str]) -> View:
    if cases is not None:
        view = replace(view, run=counted(replace(view.run, cases=cases)))
    return replace(view, log=view.log.plus(lines)) if lines else view


AnyEvent = TypeVar("AnyEvent", bound=happened.Happening)
_FOLDS: dict[type[happened.Happening], Callable[[View, Any], View]] = {}


def _on(
    kind: type[AnyEvent],
) -> Callable[[Callable[[View, AnyEvent], View]], Callable[[View, AnyEvent], View]]:
    def keep(function: Callable[[View, AnyEvent], View]) -> Callable[[View, AnyEvent], View]:
        _FOLDS[kind] = function
        return function

    return keep


@_on(happened.SessionOpened)
def _opened(view: View, event: happened.SessionOpened) -> View:
    return replace(
        view,
        session_id=event.session_id,
        module=event.module,
        folder=event.folder,
        engine=event.engine,
        phase=max(REACHED[event.phase], view.phase),
        # A session that goes on was interrupted somewhere; that moment is over.
        question=None,
        progress=None,
        work=None,
        run=replace(view.run, is_running=False),
    )


@_on(happened.PhaseStarted)
def _phase(view: View, event: happened.PhaseStarted) -> View:
    """Each time a session is opened it begins with phase 1, however far it had come."""
    number = view.phase if event.number == 1 else event.number
    return replace(view, phase=number, progress=None, work=None, next_up=f"phase_{number}")


@_on(happened.WorkOutlined)
def _outlined(view: View, event: happened.WorkOutlined) -> View:
    return replace(view, work=outlined(event))


@_on(happened.Progressed)
def _progressed(view: View, event: happened.Progressed) -> View:
    return replace(view, progress=event, work=moved_on(view.work, event))


@_on(happened.Noted)
def _noted(view: View, event: happened.Noted) -> View:
    return replace(view, notes=(*view.notes[-199:], event))


@_on(happened.ExplorationFinished)
def _explored(view: View, event: happened.ExplorationFinished) -> View:
    return replace(view, exploration=event.exploration, progress=None, work=None)


@_on(happened.PlanProposed)
def _proposed(view: View, event: happened.PlanProposed) -> View:
    return replace(view, plan=event.plan, plan_approved_by="", progress=None, work=None)


@_on(happened.PlanApproved)
def _approved(view: View, event: happened.PlanApproved) -> View:
    return replace(view, plan=event.plan, plan_approved_by=event.by)


@_on(happened.PlanTakenUp)
def _taken_up(view: View, event: happened.PlanTakenUp) -> View:
    return replace(view, plan=event.plan)


@_on(happened.QuestionAsked)
def _asked(view: View, event: happened.QuestionAsked) -> View:
    return replace(view, question=event.question)


@_on(happened.QuestionAnswered)
def _answered(view: View, _event: happened.QuestionAnswered) -> View:
    return replace(view, question=None)


@_on(happened.CaseRejected)
def _rejected(view: View, event: happened.CaseRejected) -> View:
    return replace(view, rejected=(*view.rejected, event))


@_on(happened.FileWritten)
def _written(view: View, event: happened.FileWritten) -> View:
    return replace(view, files=(*view.files, event))


@_on(happened.InventoryFrozen)
def _frozen(view: View, event: happened.InventoryFrozen) -> View:
    return replace(view, inventory=event.inventory, progress=None, work=None)


@_on(happened.IterationStarted)
def _iteration(view: View, event: happened.IterationStarted) -> View:
    view = replace(view, phase=5, iteration=event.iteration, max_iterations=event.max_iterations)
    return _card(view, event.iteration)


@_on(happened.RunStarted)
def _run_started(view: View, event: happened.RunStarted) -> View:
    run = started(view, event)
    if event.purpose.startswith(RETRY):
        return replace(view, run=run)
    progress = view.progress if run.is_rerun else None
    return replace(view, run=run, log=OutputLog(), progress=progress)


@_on(happened.CasesCollected)
def _collected(view: View, event: happened.CasesCollected) -> View:
    return replace(view, run=collected(view.run, event.node_ids))


@_on(happened.RunFinished)
def _run_finished(view: View, event: happened.RunFinished) -> View:
    run = measured(view.run, event.results)
    view = replace(view, run=run, results=event.results, is_rate_old=False)
    if not event.iteration:
        return view
    if view.run.purpose == "affected":
        return _card(view, event.iteration, after=event.results)
    return _card(view, event.iteration, results=event.results)


@_on(happened.RerunFinished)
def _rerun_finished(view: View, event: happened.RerunFinished) -> View:
    """Beside the rate: what counts is what the loop measured."""
    return replace(view, run=rerun_ended(view.run, event.trouble))


@_on(happened.Reflected)
def _reflected(view: View, event: happened.Reflected) -> View:
    view = replace(view, learnings=event.learnings)
    return _card(view, event.entry.iteration, entry=event.entry)


@_on(happened.BugFound)
def _bug(view: View, event: happened.BugFound) -> View:
    finding = event.finding
    others = tuple(known for known in view.findings if known.id != finding.id)
    view = replace(view, findings=(*others, finding))
    number = finding.iteration or view.iteration
    mine = tuple(known for known in view.findings if (known.iteration or number) == number)
    return _card(view, number, findings=mine) if number else view


@_on(happened.StrategyChosen)
def _chosen(view: View, event: happened.StrategyChosen) -> View:
    return _card(view, event.iteration, choice=event.choice)


@_on(happened.Intervened)
def _intervened(view: View, event: happened.Intervened) -> View:
    number = event.intervention.iteration
    earlier = next((card.interventions for card in view.cards if card.iteration == number), ())
    return _card(view, number, interventions=(*earlier, event.intervention))


@_on(happened.FixProposed)
def _fix_proposed(view: View, event: happened.FixProposed) -> View:
    return _card(view, event.iteration, edits=event.edits, explanation=event.explanation)


@_on(happened.FixRefused)
def _fix_refused(view: View, event: happened.FixRefused) -> View:
    earlier = next((card.refused for card in view.cards if card.iteration == event.iteration), ())
    return _card(view, event.iteration, refused=(*earlier, event.reason))


@_on(happened.FixApplied)
def _fix_applied(view: View, event: happened.FixApplied) -> View:
    return _card(view, event.iteration, fix=event.entry)


@_on(happened.ChangeKept)
def _kept(view: View, event: happened.ChangeKept) -> View:
    if not event.iteration:
        return view
    return _card(view, event.iteration, outcome="kept", sha=event.sha, why=event.message)


@_on(happened.ChangeUndone)
def _undone(view: View, event: happened.ChangeUndone) -> View:
    """What the change brought goes with it; what the full run before it showed stands again."""
    before = next((card.results for card in view.cards if card.iteration == event.iteration), None)
    if before is not None:
        view = replace(view, results=before, run=measured(view.run, before))
    return _card(view, event.iteration, outcome="undone", why=event.reason)


@_on(happened.ChangeReverted)
def _reverted(view: View, event: happened.ChangeReverted) -> View:
    view = replace(view, is_rate_old=True)
    if not event.iteration:  # the generated tests themselves: the whole session
        return view
    return _card(view, event.iteration, outcome="reverted", sha=event.sha, why=event.reason)


@_on(happened.StepPersisted)
def _persisted(view: View, event: happened.StepPersisted) -> View:
    """What was worked on for that step is done, whatever comes next."""
    work = ended(view.work, event.at) if view.work else None
    return replace(view, last_step=event.step, progress=None, work=work)


@_on(happened.SessionCompleted)
def _completed(view: View, event: happened.SessionCompleted) -> View:
    return replace(view, summary=event.summary, progress=None)


def _card(view: View, number: int, **changes: Any) -> View:
    """The view with that iteration's card changed, or begun."""
    cards = list(view.cards)
    for place, card in enumerate(cards):
        if card.iteration == number:
            cards[place] = replace(card, **changes)
            return replace(view, cards=tuple(cards))
    cards.append(replace(Card(number), **changes))
    return replace(view, cards=tuple(sorted(cards, key=lambda card: card.iteration)))

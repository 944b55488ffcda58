"""Review: in step mode the person takes a fix, changes it under the same rules, or leaves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from itc_tui.domain.events import FixProposed, FixRefused, Intervened
from itc_tui.domain.interventions import Deed, Intervention
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.questions import Choice, Question, Reply, Topic
from itc_tui.domain.record import Record
from itc_tui.domain.requests import Draft, DraftFile, FileEdit, Fix, Issue
from itc_tui.domain.syntax_gate import issues_in
from itc_tui.domain.weakening import corrected_by_hand
from itc_tui.domain.words import Step
from itc_tui.phases.ahead import SKIP
from itc_tui.phases.ask import ask
from itc_tui.ports import Steps

_BY_HAND = "approved by the person, who wrote it into the fix"


class Review(Record):
    """What the person made of a proposed fix."""

    fix: Fix
    rejected_because: str = ""
    is_over: bool = False
    """No other fix is wanted in this iteration either."""
    interventions: tuple[Intervention, ...] = ()


def review(
    proposal: Fix, iteration: int, objection: Callable[[Fix], str], known: KnownNames
) -> Steps[Review]:
    """Asked until the fix may be applied as it then stands, or is left."""
    proposed, problem = proposal, ""
    mine = Intervention(iteration=iteration, step=Step.FIX, deed=Deed.EDITED)
    while True:
        reply = yield from ask(_question(proposal, problem))
        if reply.choice in ("reject", "skip"):
            return (yield from _left(proposal, reply, mine))
        edited = _as_edited(proposal, reply)
        if edited != proposal:
            proposal = _with_corrections(proposed, edited, known)
            yield FixProposed(
                iteration=iteration,
                edits=proposal.edits,
                explanation=proposal.explanation,
                by="person",
            )
        if proposal.edits == proposed.edits:
            return Review(fix=proposed)
        problem = objection(proposal) or _fault(proposal, known)
        if not problem:
            mine = mine.but(what=", ".join(edit.path for edit in proposal.edits))
            yield Intervened(intervention=mine)
            return Review(fix=proposal, interventions=(mine,))
        yield FixRefused(iteration=iteration, reason=problem)


def _left(proposal: Fix, reply: Reply, mine: Intervention) -> Steps[Review]:
    is_over = reply.choice == "skip"
    mine = mine.but(deed=Deed.SKIPPED if is_over else Deed.REJECTED, what=reply.note)
    yield Intervened(intervention=mine)
    reason = f"the person left it: {reply.note or 'no reason given'}"
    return Review(fix=proposal, rejected_because=reason, is_over=is_over, interventions=(mine,))


def _as_edited(proposal: Fix, reply: Reply) -> Fix:
    """Only the text is the person's to change here; which files there are is not."""
    if not reply.payload:
        return proposal
    after = {
        edit.path: edit.after for edit in (FileEdit.model_validate(one) for one in reply.payload)
    }
    edits = (edit.but(after=after.get(edit.path, edit.after)) for edit in proposal.edits)
    return proposal.but(edits=tuple(edits))


def _with_corrections(proposed: Fix, edited: Fix, known: KnownNames) -> Fix:
    """The engine's evidence stands for what it proposed; for other values the person's word."""
    by_hand = (one for edit in edited.edits for one in corrected_by_hand(edit, _BY_HAND, known))
    backed = {(one.function, one.new) for one in proposed.corrections}
    fresh = tuple(one for one in by_hand if (one.function, one.new) not in backed)
    replaced = {one.function for one in fresh}
    kept = tuple(one for one in proposed.corrections if one.function not in replaced)
    return edited.but(corrections=(*kept, *fresh))


def _fault(fix: Fix, known: KnownNames) -> str:
    """What the syntax gate says of the edited text, and did not say before."""
    if all(edit.before == edit.after for edit in fix.edits):
        return "it changes nothing any more; leave it, or edit it"
    for edit in fix.edits:
        old = {(one.rule, one.message) for one in _issues(edit.path, edit.before, known)}
        for rule, message, line in (
            (one.rule, one.message, one.line) for one in _issues(edit.path, edit.after, known)
        ):
            if (rule, message) not in old:
                return f"{edit.path}:{line} {message}"
    return ""


def _issues(path: str, text: str, known: KnownNames) -> Iterator[Issue]:
    yield from issues_in(Draft(files=(DraftFile(path=path, text=text),)), known)


def _question(proposal: Fix, problem: str) -> Question:
    return Question(
        topic=Topic.FIX,
        text=proposal.explanation or "Apply this fix?",
        detail=", ".join(edit.path for edit in proposal.edits),
        problem=problem,
        choices=(
            Choice(
                key="y",
                name="apply",
                label="Apply it",
                consequence="The affected tests run; it is kept only if it brings a gain.",
                is_recommended=True,
            ),
            Choice(
                key="n",
                name="reject",
                label="Leave it, ask for another",
                consequence="Nothing is written; the engine is told why, and may propose again.",
            ),
            SKIP.but(label="No fix this time"),
        ),
    )

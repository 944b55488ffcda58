"""Skip: a step of an iteration that the person does not want; what it would have changed stays."""

from __future__ import annotations

from itc_tui.domain.events import ChangeUndone, Intervened
from itc_tui.domain.interventions import Deed, Intervention
from itc_tui.domain.iterations import Learnings
from itc_tui.domain.learned import after_fix
from itc_tui.domain.state import State
from itc_tui.domain.words import Step
from itc_tui.ports import Steps, World

_BY_HAND = "the person took it back"


def skip(state: State, world: World) -> Steps[State]:
    """Only what may be skipped at all comes here; see `Ahead.may_be_skipped`."""
    iterations = state.iterations
    is_gain = iterations.standing is Step.KEEP
    deed = Deed.TAKEN_BACK if is_gain else Deed.SKIPPED
    mine = Intervention(iteration=iterations.current, step=iterations.standing, deed=deed)
    yield Intervened(intervention=mine)
    state = state.but(interventions=(*state.interventions, mine))
    if is_gain:
        return (yield from _taken_back(state, world))
    return state


def _taken_back(state: State, world: World) -> Steps[State]:
    world.repository.restore(world.repository.owned_paths())
    yield ChangeUndone(iteration=state.iterations.current, reason=_BY_HAND)
    *earlier, last = state.fix_history
    undone = last.but(outcome="undone", refused_because=_BY_HAND)
    learnings = after_fix(_without(state.learnings, last.iteration), undone)
    return state.but(fix_history=(*earlier, undone), learnings=learnings)


def _without(known: Learnings, iteration: int) -> Learnings:
    """What the gain had taught, before it was taken back."""
    return known.but(
        effective=tuple(one for one in known.effective if one.iteration != iteration),
        corrected=tuple(one for one in known.corrected if one.iteration != iteration),
    )

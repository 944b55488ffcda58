"""What follows what in a session, as far as its events tell."""

from __future__ import annotations

from itc_tui.domain import events as happened
from itc_tui.domain.vocabulary import Phase

REACHED = {
    Phase.INIT: 1,
    Phase.EXPLORED: 3,
    Phase.DESIGNED: 4,
    Phase.DEVELOPED: 5,
    Phase.ITERATING: 5,
    Phase.COMPLETED: 6,
}
"""How far a session has come → the phase that it goes on with."""

NEXT: dict[type[happened.Happening], str] = {
    happened.ExplorationFinished: "design",
    happened.PlanProposed: "confirm",
    happened.PlanApproved: "develop",
    happened.InventoryFrozen: "iterate",
    happened.IterationStarted: "run",
    happened.RunFinished: "judge",
    happened.Reflected: "choose",
    happened.StrategyChosen: "propose",
    happened.FixProposed: "apply",
    happened.FixRefused: "propose",
    happened.FixApplied: "verify",
    happened.ChangeKept: "iterate",
    happened.ChangeUndone: "iterate",
    happened.ChangeReverted: "run",
    happened.SessionCompleted: "finish",
}
"""What happened → what comes next, as a key of `next.…`."""

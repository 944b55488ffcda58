"""Choose: which strategy, and which of the failures it takes on."""

from __future__ import annotations

from collections.abc import Iterator

from itc_tui.domain.events import Intervened, StrategyChosen
from itc_tui.domain.interventions import Deed, Intervention
from itc_tui.domain.iterations import StrategyChoice
from itc_tui.domain.log.wording import headline
from itc_tui.domain.questions import Choice, Option, Question, Topic
from itc_tui.domain.state import State
from itc_tui.domain.words import Step, StrategyName
from itc_tui.phases.ahead import PHASE_OF_ITERATIONS, SKIP, names_of
from itc_tui.phases.ask import ask
from itc_tui.phases.tackle import fixable, situation_of, stuck_cases, to_tackle
from itc_tui.ports import Steps, World
from itc_tui.strategies import BY_NAME, choose_strategy

#: Not `s`, by which a step is done.
_KEYS = {
    StrategyName.CONSERVATIVE: "c",
    StrategyName.AGGRESSIVE: "a",
    StrategyName.SURGICAL: "u",
    StrategyName.REFLECTIVE: "r",
}


def choose(state: State, world: World) -> Steps[State | None]:
    """The state after the choice; None when the person wants no fix in this iteration."""
    proposed = choose_strategy(situation_of(state))
    choice: StrategyChoice | None = proposed
    if world.steering.asks_in(PHASE_OF_ITERATIONS):
        choice = yield from _picked(state, proposed)
    if choice is None:
        return None
    interventions = tuple(_interventions(state, proposed, choice))
    for one in interventions:
        yield Intervened(intervention=one)
    yield StrategyChosen(iteration=state.iterations.current, choice=choice)
    state = state.but(interventions=(*state.interventions, *interventions))
    return _chosen(state, choice)


def _chosen(state: State, choice: StrategyChoice) -> State:
    """The state after a choice: the history says which, why, and what changed."""
    iterations = state.iterations
    *earlier, entry = iterations.history
    before = earlier[-1].strategy if earlier else None
    changed = before is not None and before != choice.name
    following = f"{choice.name}: {BY_NAME[choice.name].behaviour}"
    reflection = entry.reflection.but(next_action=following) if entry.reflection else None
    entry = entry.but(
        strategy=choice.name,
        strategy_reason=choice.reason,
        strategy_adjustment=f"{choice.name} - {choice.reason}" if changed else "none",
        reflection=reflection,
    )
    return state.but(
        iterations=iterations.but(
            history=(*earlier, entry),
            strategy=choice.name,
            strategy_choice=choice,
            stuck_tests=stuck_cases(state),
            regression_detected=False,
        )
    )


def _picked(state: State, proposed: StrategyChoice) -> Steps[StrategyChoice | None]:
    """None: no fix in this iteration."""
    reply = yield from ask(_strategy_question(state, proposed))
    if reply.choice == "skip":
        return None
    choice = proposed
    if reply.choice != proposed.name:
        name = StrategyName(reply.choice)
        why = f"chosen by you instead of {proposed.name} ({proposed.reason})"
        choice = StrategyChoice(name=name, reason=why, by="person")
    question = _failures_question(state, choice)
    if len(question.options) < 2:
        return choice
    reply = yield from ask(question)
    if reply.choice == "skip":
        return None
    known = [option.name for option in question.options]
    ticked = tuple(name for name in known if name in (reply.payload or ()))
    if not ticked or ticked == tuple(one.name for one in question.options if one.is_ticked):
        return choice
    return choice.but(tests=ticked, by="person")


def _interventions(
    state: State, proposed: StrategyChoice, choice: StrategyChoice
) -> Iterator[Intervention]:
    """What of the choice is the person's."""
    mine = Intervention(iteration=state.iterations.current, step=Step.CHOOSE, deed=Deed.STRATEGY)
    if choice.name != proposed.name:
        yield mine.but(what=f"{choice.name} instead of {proposed.name}")
    if choice.tests:
        yield mine.but(deed=Deed.FAILURES, what=", ".join(choice.tests))


def _strategy_question(state: State, proposed: StrategyChoice) -> Question:
    return Question(
        topic=Topic.STRATEGY,
        text=f"Which strategy shall iteration {state.iterations.current} follow?",
        detail=f"{proposed.name} would be chosen, because {proposed.reason}.",
        choices=(
            *(
                Choice(
                    key=_KEYS[name],
                    name=name,
                    label=name.capitalize(),
                    consequence=BY_NAME[name].behaviour,
                    about=_taken_on(state, name),
                    is_recommended=name == proposed.name,
                )
                for name in StrategyName
            ),
            SKIP.but(label="No fix this time"),
        ),
    )


def _taken_on(state: State, name: StrategyName) -> str:
    return names_of(to_tackle(state, StrategyChoice(name=name))) or "nothing"


def _failures_question(state: State, choice: StrategyChoice) -> Question:
    wanted = {failure.test for failure in to_tackle(state, choice)}
    return Question(
        topic=Topic.FAILURES,
        text="Which failures shall the fix take on?",
        detail=f"Ticked are those that {choice.name} takes on; the others are left for later.",
        options=tuple(
            Option(
                name=failure.test,
                label=failure.test.rsplit("::", 1)[-1],
                note=headline(failure.error),
                is_ticked=failure.test in wanted,
            )
            for failure in fixable(state)
        ),
        choices=(
            Choice(
                key="y",
                name="go",
                label="Take on the ticked ones",
                consequence="A fix is made for these; its diff is shown to you first.",
                is_recommended=True,
            ),
            SKIP.but(label="None of them"),
        ),
    )

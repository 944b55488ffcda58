"""Ahead: in step mode, what comes next is shown before it begins, and skipped on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from itc_tui.domain import commit_messages
from itc_tui.domain.counting import counted
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.iterations import StrategyChoice
from itc_tui.domain.log.wording import headline
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Ahead, Choice, Question, Topic
from itc_tui.domain.results import Failure, Results
from itc_tui.domain.state import State
from itc_tui.domain.words import Phase, Step
from itc_tui.phases.ask import ask
from itc_tui.phases.keep import last_kept
from itc_tui.phases.tackle import to_tackle
from itc_tui.ports import Steps, World

SKIP = Choice(
    key="x", name="skip", label="Skip it", consequence="This iteration ends without a fix."
)
PHASE_OF_ITERATIONS = 5
_NAMED = 4


def goes_ahead(state: State, world: World) -> Steps[bool]:
    """True at once when nobody steps; what is asked about in another way is not asked twice."""
    ahead = what_is_ahead(state, world)
    if not world.steering.asks_in(ahead.phase) or ahead.step == Step.CHOOSE:
        return True
    reply = yield from ask(_question(ahead))
    return reply.choice != "skip"


def what_is_ahead(state: State, world: World) -> Ahead:
    if state.phase is Phase.INIT:
        return Ahead(step="explore", phase=2, facts={"module": state.module})
    if state.phase is Phase.EXPLORED:
        return Ahead(step="design", phase=3, facts=_map_of(state))
    if state.phase is Phase.DESIGNED:
        if state.awaits_commit:
            return Ahead(step="commit", phase=4, facts=_development(state, world))
        return Ahead(step="develop", phase=4, facts=_planned(state, world))
    step = state.iterations.standing
    return Ahead(
        step=step,
        phase=6 if step is Step.COMPLETE else PHASE_OF_ITERATIONS,
        facts=_FACTS[step](state, world),
        may_be_skipped=step in (Step.CHOOSE, Step.FIX, Step.KEEP),
    )


def names_of(failures: Sequence[Failure]) -> str:
    """The tests as people call them, a few at most."""
    names = [failure.test.rsplit("::", 1)[-1] for failure in failures]
    more = f" +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _question(ahead: Ahead) -> Question:
    head, more = WORDS[ahead.step]
    facts = with_nouns(ahead.facts)
    go = Choice(key="s", name="go", label="Do it", consequence="", is_recommended=True)
    skip = SKIP
    if ahead.step == Step.KEEP:
        skip = SKIP.but(label="Take it back", consequence="The change leaves the tree again.")
    return Question(
        topic=Topic.STEP,
        text=head.format(**facts),
        detail=more.format(**facts),
        choices=(go, skip) if ahead.may_be_skipped else (go,),
        ahead=ahead,
    )


def with_nouns(facts: Mapping[str, str]) -> dict[str, str]:
    """English: `3` of the fact `cases` becomes `3 cases`."""
    return {
        name: counted(int(value), _NOUNS[name]) if name in _NOUNS else value
        for name, value in facts.items()
    }


_NOUNS = {"cases": "case", "files": "file", "failures": "failure", "boundaries": "boundary"}

WORDS: dict[str, tuple[str, str]] = {
    "explore": (
        "Read the code for “{module}”",
        "Modules, boundaries, data flows and risks; nothing of it is run.",
    ),
    "design": (
        "Plan scenarios for {boundaries}",
        "The code is observed in the box; the plan is then yours to change and confirm.",
    ),
    "develop": (
        "Write {cases} into {folder}, and prove each of them",
        "A case that cannot fail is left out. What you changed in the plan is taken up now.",
    ),
    "commit": (
        "Commit {paths}, and freeze the inventory at {cases}",
        "{message}",
    ),
    "test": (
        "Run {cases} with your own pytest",
        "{files}; the pass rate is of these cases and no others.",
    ),
    "roll_back": (
        "Revert iteration {iteration} with git: {now} pass now, {before} did before it",
        "{message}",
    ),
    "reflect": (
        "Find out what is behind {failures}, and give each a verdict",
        "{names}",
    ),
    "choose": ("Choose a strategy", "{names}"),
    "fix": (
        "Make a fix, {strategy}, for: {names}",
        "{why} The diff is shown to you before anything is written.",
    ),
    "keep": (
        "Commit the gain: {before} → {now} pass",
        "{message}\n{paths}",
    ),
    "complete": ("Sum the session up", "{why}"),
}
"""Of each step: what is about to be done, and with what."""


def _map_of(state: State) -> dict[str, str]:
    found = len(state.exploration.boundaries) if state.exploration else 0
    return {"boundaries": str(found)}


def _planned(state: State, world: World) -> dict[str, str]:
    plan = state.test_design or Plan()
    return {"cases": str(len(plan.enabled_cases)), "folder": world.target.tests_dir}


def _development(state: State, world: World) -> dict[str, str]:
    inventory = state.test_inventory or Inventory()
    return {
        "cases": str(inventory.total_tests),
        "paths": _paths(world.repository.owned_paths()),
        "message": _first_line(commit_messages.development(state.module)),
    }


def _run(state: State, _: World) -> dict[str, str]:
    inventory = state.test_inventory or Inventory()
    return {
        "cases": str(len(inventory.cases)),
        "files": str(inventory.total_files),
    }


def _rolled_back(state: State, _: World) -> dict[str, str]:
    entry, results = last_kept(state), state.iterations.latest_results or Results()
    number = entry.iteration if entry else 0
    return {
        "iteration": str(number),
        "now": str(results.passed),
        "before": str(entry.passed if entry else 0),
        "message": _first_line(commit_messages.rollback(number)),
    }


def _reflected(state: State, _: World) -> dict[str, str]:
    failures = (state.iterations.latest_results or Results()).failures
    told = [f"{names_of([one])}: {headline(one.error)}" for one in failures[:_NAMED]]
    return {"failures": str(len(failures)), "names": "\n".join(told)}


def _chosen(state: State, _: World) -> dict[str, str]:
    return {"names": names_of((state.iterations.latest_results or Results()).failures)}


def _fixed(state: State, _: World) -> dict[str, str]:
    choice = state.iterations.strategy_choice or StrategyChoice()
    why = headline(choice.reason)
    return {
        "strategy": choice.name,
        "why": f"{why[:1].upper()}{why[1:]}.",
        "names": names_of(to_tackle(state, choice)),
    }


def _gained(state: State, _: World) -> dict[str, str]:
    results = state.iterations.latest_results or Results()
    entry, fix = state.iterations.history[-1], state.fix_history[-1]
    message = commit_messages.gain(
        entry.iteration, fix.strategy, entry.pass_rate, results.pass_rate
    )
    return {
        "before": str(entry.passed),
        "now": str(results.passed),
        "message": _first_line(message),
        "paths": _paths(sorted({test.split("::")[0] for test in fix.affected_tests})),
    }


def _ended(state: State, _: World) -> dict[str, str]:
    why = state.iterations.stop_because
    return {"why": f"{why[:1].upper()}{why[1:]}."}


_FACTS: dict[Step, Callable[[State, World], dict[str, str]]] = {
    Step.TEST: _run,
    Step.ROLL_BACK: _rolled_back,
    Step.REFLECT: _reflected,
    Step.CHOOSE: _chosen,
    Step.FIX: _fixed,
    Step.KEEP: _gained,
    Step.COMPLETE: _ended,
}


def _paths(paths: Sequence[str]) -> str:
    names = [path.rsplit("/", 1)[-1] for path in paths]
    more = f" +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _first_line(message: str) -> str:
    return message.splitlines()[0]

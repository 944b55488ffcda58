"""Cases that are red as long as the tree says so, and the cycle driven over them in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from itc_tui.domain.events import Event, QuestionAsked, StepPersisted
from itc_tui.domain.questions import Topic
from itc_tui.domain.state import State
from itc_tui.domain.words import Outcome
from itc_tui.headless.answers import auto
from itc_tui.headless.drive import Answer, drive
from itc_tui.loop import cycle
from itc_tui.ports import RunOrder, Steps, World
from tests.fakes.scripted_engine import Change

FILE = "tests/integration/test_cart.py"


def text_with(*names: str) -> str:
    head = "from shop import total\n\n\n"
    return head + "".join(
        f"def test_{name}():\n    assert total('red_{name}') == 3\n\n\n" for name in names
    )


def red_while_it_says_red(node_id: str, files: Mapping[str, str], order: RunOrder) -> Outcome:
    """A case is red as long as the tree still says `red_` and its name."""
    path, name = node_id.split("::")
    is_red = f"'{name.replace('test_', 'red_')}'" in files.get(path, "")
    return Outcome.FAILED if is_red else Outcome.PASSED


def mend(*names: str) -> Change:
    def change(text: str) -> str:
        for name in names:
            text = text.replace(f"'red_{name}'", f"'green_{name}'")
        return text

    return change


def new_session(max_iterations: int = 10) -> State:
    return State(session_id="ITG-cart-2026-03-04", module="cart", max_iterations=max_iterations)


def driven(
    world: World, answer: Answer = auto, state: State | None = None
) -> tuple[State, list[Event]]:
    """To its end: the final state, and all that was told."""
    events: list[Event] = []
    final = drive(cycle(state or new_session(), world), events.append, answer)
    assert final is not None
    return final, events


def halted(world: World, at: Callable[[Event], bool]) -> Steps[State]:
    """A new session driven as far as that event, from where the test goes on, or closes it."""
    steps = cycle(new_session(), world)
    event = next(steps)
    while not at(event):
        event = steps.send(None)
    return steps


def persisted(step: str) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, StepPersisted) and event.step == step


def asked(topic: Topic) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, QuestionAsked) and event.question.topic is topic


def saved(world: World) -> State:
    """What a process would find that goes on with the session."""
    state = world.store.load()
    assert state is not None
    return state

"""Stop, in every phase and with real processes: all that was started is gone within a second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from itc_tui.application import outside_of
from itc_tui.domain.events import (
    CaseStarted,
    Event,
    Progressed,
    QuestionAsked,
    RunStarted,
    SessionCompleted,
)
from itc_tui.domain.questions import Reply
from itc_tui.ui.loop_worker import LoopWorker
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Launch
from itc_tui.wiring import DEMO_MODULE, lay_out_example
from tests.journeys.journey import TEST_FILE, shop_at
from tests.journeys.on_screen import launch
from tests.journeys.test_on_screen import ENDLESS, with_lines
from tests.person import Person

MOST_S = 1.0
PATIENCE_S = 600
"""For a moment to come, on a machine as busy as that."""
When = Callable[[Event], bool]

pytestmark = pytest.mark.slow


class Ride:
    """A session in a thread, every question answered as recommended, until a moment comes."""

    def __init__(self, begun: Launch) -> None:
        self._heard = threading.Event()
        self.worker = LoopWorker(begun.journey, begun.stop, self._heard.set)
        self.worker.start()

    def until(self, moment: When) -> None:
        end = monotonic() + PATIENCE_S
        while monotonic() < end:
            self._heard.wait(0.05)
            self._heard.clear()
            news = self.worker.take()
            for event in news.events:
                if isinstance(event, QuestionAsked):
                    self.worker.answer(Reply(choice=event.question.recommended.name))
            if any(moment(event) for event in news.events):
                return
            assert not news.mood.is_over, news
        raise AssertionError("that moment never came")

    def until_there_is(self, condition: Callable[[], object]) -> None:
        end = monotonic() + PATIENCE_S
        while not condition():
            assert monotonic() < end
            sleep(0.02)

    def stopped(self) -> float:
        """Seconds until every process that ran is gone; the loop then ends soon, and in order."""
        family = psutil.Process().children(recursive=True)
        began = monotonic()
        self.worker.stop()
        while [one for one in family if is_alive(one)] and monotonic() < began + 30:
            sleep(0.005)
        took_s = monotonic() - began
        assert self.worker.join(10)
        assert self.worker.mood is Mood.STOPPED
        left = [one for one in psutil.Process().children(recursive=True) if is_alive(one)]
        assert left == []
        return took_s


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def doing(words: str) -> When:
    return lambda event: isinstance(event, Progressed) and words in event.what


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out_example(tmp_path_factory.mktemp("stopping") / "shop")


@pytest.mark.parametrize(
    ("phase", "moment"),
    [
        ("exploring", lambda event: isinstance(event, Progressed)),
        ("searching", doing("calls found")),
        ("judging promises", doing("looking for promises")),
        ("observing", doing("observing")),
        ("proving", doing("Running the drafted cases")),
        ("placing faults", doing("Putting faults")),
    ],
    ids=lambda value: value if isinstance(value, str) else "it",
)
def test_the_built_in_engine_is_stopped_within_a_second(
    example: Path, phase: str, moment: When
) -> None:
    """The same session each time: what was reached before stands."""
    begin = outside_of(example, {"budget_s": 6}).launch
    assert begin
    ride = Ride(begin(DEMO_MODULE))
    ride.until(moment)
    assert ride.stopped() < MOST_S


@pytest.fixture
def ann(tmp_path: Path) -> Person:
    return shop_at(tmp_path / "shop")


def test_a_run_is_stopped_within_a_second_with_what_its_tests_started(ann: Person) -> None:
    with_lines(ann, ENDLESS)
    ride = Ride(launch(ann.root, "green"))
    ride.until(lambda event: isinstance(event, CaseStarted))
    ride.until_there_is(lambda: (ann.root / "started.txt").exists())
    assert ride.stopped() < MOST_S


def test_the_run_of_a_fix_is_stopped_within_a_second(ann: Person) -> None:
    with_lines(ann, HANGS_WITH_THE_FIX)
    ride = Ride(launch(ann.root, "two_wrong"))
    ride.until(lambda event: isinstance(event, RunStarted) and event.purpose == "affected")
    ride.until_there_is(lambda: (ann.root / "started.txt").exists())
    assert ride.stopped() < MOST_S


#: The first run is over before the test file says what the fix makes of it.
HANGS_WITH_THE_FIX = ENDLESS.replace(
    "        child",
    f"""        if "== 6" not in pathlib.Path("{TEST_FILE}").read_text():
            return list(self._lines)
        child""",
)


def test_a_hook_that_takes_its_time_is_stopped_within_a_second_and_commits_nothing(
    ann: Person,
) -> None:
    ann.hook("pre-commit", "trap '' TERM; echo begun > hook.txt; sleep 300")
    ride = Ride(launch(ann.root, "green"))
    ride.until(lambda event: isinstance(event, QuestionAsked) and event.question.topic == "plan")
    ride.until_there_is(lambda: (ann.root / "hook.txt").exists())
    assert ride.stopped() < MOST_S
    assert ann.log() == ["A shop"]
    ann.hook("pre-commit", "exit 0")
    ride = Ride(launch(ann.root, "green"))
    ride.until(lambda event: isinstance(event, SessionCompleted))
    assert ann.log()[0].startswith("test(integration): generate integration tests"), "it goes on"
    assert ride.stopped() < MOST_S

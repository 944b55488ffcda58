"""What is seen at once is what reading everything shows, or it is not shown at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.adapters.session.first_sight import EVENTS_FILE, first_sight
from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.session.session_shelf import read_events
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.domain.events import CaseFinished as Finished
from itc_tui.domain.events import (
    CasesCollected,
    CaseStarted,
    Event,
    IterationStarted,
    OutputArrived,
    PhaseStarted,
    RunFinished,
    RunStarted,
    SessionOpened,
)
from itc_tui.domain.results import CaseResult, Results
from itc_tui.domain.words import Outcome, Phase
from itc_tui.ui.first_view import view_of
from itc_tui.ui.picture import fold_all
from itc_tui.ui.view import View

RECORDED = Path(__file__).parents[3] / "sessions" / "ITG-shop-2026-11-22"
HOSTILE = ('a.py::t["q"]', "a.py::t[\\]", "a.py::t[\n]", "a.py::测试[\x1b]", "a.py::t[\U0001f600]")


def written(folder: Path, *events: Event) -> Path:
    opened = SessionOpened(session_id="ITG-a", module="shop", mode="new", folder=str(folder))
    with open_session(folder, SystemClock()) as session:
        for event in (opened, *events):
            session.record(event)
    return folder


def finished(name: str, outcome: Outcome = Outcome.PASSED) -> Finished:
    return Finished(result=CaseResult(node_id=name, outcome=outcome, duration_s=1e-05))


def seen_and_read(folder: Path) -> tuple[View, View]:
    sight = first_sight(folder)
    assert sight is not None
    return view_of(sight), fold_all(View(), read_events(folder))


def told(view: View) -> object:
    run = view.run
    cases = [(case.node_id, case.state, case.duration_s) for case in run.cases.values()]
    head = (view.session_id, view.module, view.folder, view.phase, view.iteration)
    return head, (run.purpose, run.command, run.is_running, run.finished, run.failed), cases


def test_a_real_session_looks_the_same_at_first_sight_as_when_all_of_it_is_read() -> None:
    seen, read = seen_and_read(RECORDED)
    assert told(seen) == told(read)
    assert seen.run.cases


def test_names_that_would_break_a_line_are_read_like_any_other(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "s",
        PhaseStarted(number=5, name="iterate"),
        IterationStarted(iteration=2, max_iterations=10),
        RunStarted(iteration=2, purpose="full", command=("py", 'a "b"'), expected=HOSTILE),
        CasesCollected(node_ids=tuple(reversed(HOSTILE))),
        *(finished(name, Outcome.FAILED) for name in HOSTILE),
    )
    seen, read = seen_and_read(folder)
    assert told(seen) == told(read)
    assert list(seen.run.cases) == list(reversed(HOSTILE))


def test_output_that_reads_like_an_event_is_output(tmp_path: Path) -> None:
    lie = '{"at":"x","event":"case_finished","result":{"node_id":"lie","outcome":"passed"'
    folder = written(
        tmp_path / "s",
        PhaseStarted(number=5, name="iterate"),
        IterationStarted(iteration=1, max_iterations=10),
        RunStarted(iteration=1, expected=("a",)),
        OutputArrived(lines=(lie, '"event":"run_started"', '"event":"run_finished"')),
        finished("a"),
    )
    seen, read = seen_and_read(folder)
    assert told(seen) == told(read)
    assert seen.run.is_running


def test_only_the_last_run_is_seen_and_a_session_that_goes_on_is_as_far_as_it_was(
    tmp_path: Path,
) -> None:
    folder = written(
        tmp_path / "s",
        PhaseStarted(number=5, name="iterate"),
        RunStarted(iteration=1, expected=("old",)),
        finished("old"),
        RunFinished(iteration=1, results=Results()),
        PhaseStarted(number=6, name="complete"),
        SessionOpened(
            session_id="ITG-a", module="shop", mode="continue", folder="", phase=Phase.DEVELOPED
        ),
        PhaseStarted(number=1, name="initialize"),
        RunStarted(iteration=2, expected=("new",)),
        finished("new"),
        RunFinished(iteration=2, results=Results()),
    )
    sight = first_sight(folder)
    assert sight is not None
    assert (sight.phase, [case.node_id for case in sight.cases]) == (6, ["new"])


def test_a_line_that_is_being_written_waits_for_its_end(tmp_path: Path) -> None:
    folder = written(tmp_path / "s", RunStarted(expected=("a", "b")), finished("a"))
    with (folder / EVENTS_FILE).open("ab") as stream:
        stream.write(b'{"at":"x","event":"case_finished","result":{"node_id":"b","outco')
    sight = first_sight(folder)
    assert sight is not None
    assert [case.outcome for case in sight.cases] == ["passed", ""]


@pytest.mark.parametrize(
    "line",
    [
        b'{"event":"case_finished","result":{"node_id":"a","outcome":"[b]","duration_s":0.1}}\n',
        b'{"at":"x","event":"case_finished","result":{"node_id":7}}\n',
        b'{"at":"x","event":"cases_collected","node_ids":[[]]}\n',
    ],
)
def test_what_looks_another_way_than_we_write_it_gives_no_first_sight(
    tmp_path: Path, line: bytes
) -> None:
    folder = written(tmp_path / "s", RunStarted(expected=("a",)), CaseStarted(node_id="a"))
    with (folder / EVENTS_FILE).open("ab") as stream:
        stream.write(line)
    assert first_sight(folder) is None


def test_without_a_run_without_events_and_without_a_folder_there_is_none(tmp_path: Path) -> None:
    assert first_sight(tmp_path / "nowhere") is None
    (tmp_path / ".trace").mkdir()
    (tmp_path / EVENTS_FILE).touch()
    assert first_sight(tmp_path) is None
    assert first_sight(written(tmp_path / "s", PhaseStarted(number=1, name="init"))) is None

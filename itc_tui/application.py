"""Wires the workbench to the world: every function that its screens may call."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from itc_tui import wiring
from itc_tui.domain.trouble import ExitCode, Trouble
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from itc_tui.ui.outside import Facts, Launch, Outside, Rerun, RevertPreview

if TYPE_CHECKING:
    from itc_tui.domain.events import RerunFinished
    from itc_tui.domain.state import State
    from itc_tui.ports import Steps, StopSwitch, World


class Opening(Protocol):
    def __call__(
        self,
        root: Path,
        topic: str | None,
        flags: Mapping[str, Any],
        stop: StopSwitch,
        /,
        *,
        folder: str,
    ) -> AbstractContextManager[tuple[State, World]]:
        """All that one session needs, closed again afterwards; `folder` is that of an old one."""
        ...


def application(
    root: Path,
    topic: str | None,
    flags: Mapping[str, Any],
    *,
    say_stopped: Callable[[], None],
    say_ended: Callable[[State], None],
    continues: bool = False,
    is_new: bool = False,
    step_by_step: bool = False,
) -> int:
    """Open the workbench, on a session at once where one is named."""
    from itc_tui.settings import load_settings

    look = Look.of(load_settings(root, flags))
    with closing(wiring.Notices()) as notices:
        outside = replace(outside_of(root, flags, is_new=is_new), notice=notices.tell)
        if continues:
            folder = wiring.session_to_continue(root, topic, flags)
            left = run_app(outside, look, resume=folder, step_by_step=step_by_step)
        else:
            left = run_app(outside, look, topic=topic or "", step_by_step=step_by_step)
    if left.trouble:
        raise Trouble(left.trouble)
    if left.was_stopped:
        if left.has_session:
            say_stopped()
        return ExitCode.STOPPED
    if left.state is None:
        return ExitCode.SUCCESS
    from itc_tui.domain.exit_codes import exit_code_of

    say_ended(left.state)
    return exit_code_of(left.state)


def review(root: Path, session: str, flags: Mapping[str, Any]) -> int:
    """Open a session read-only; one that is still being written is followed live."""
    from itc_tui.settings import load_settings

    settings = load_settings(root, flags)
    # Whoever gives the whole name need not wait until all sessions are listed.
    places = (Path(session), root / settings.sessions_dir / session)
    folder = next(filter(wiring.has_events, places), None)
    folder = folder or wiring.session_folder(root, session, flags)
    run_app(
        outside_of(root, flags),
        Look.of(settings),
        review=str(folder.absolute()),  # by which it is remembered how it was looked at
        follows=wiring.is_being_written(folder),
    )
    return ExitCode.SUCCESS


def outside_of(
    root: Path, flags: Mapping[str, Any], opened: Opening | None = None, *, is_new: bool = False
) -> Outside:
    """`opened` opens the session of a launch; as `wiring` does it where none is given."""
    memory = wiring.ScreenMemory()
    # An editor would open in the terminal that serves, where the person is not looking.
    is_served = "WebDriver" in os.environ.get("TEXTUAL_DRIVER", "")

    @cache
    def beside() -> wiring.Beside:
        """Not before it is needed: the first paint does not wait for it."""
        return wiring.Beside(root, flags)

    def launch(topic: str | None, folder: str = "") -> Launch:
        def opening(stop: StopSwitch) -> AbstractContextManager[tuple[State, World]]:
            opens = opened or partial(wiring.opened_session, is_new=is_new)
            return opens(root, topic, flags, stop, folder=folder)

        return _launch(opening, beside)

    def undo(folder: str, iteration: int, stop: StopSwitch) -> Steps[int]:
        try:
            return (yield from wiring.undo(root, flags, folder, iteration, stop))
        finally:
            beside().wrote(folder)

    def preview(folder: str, iteration: int, stop: StopSwitch) -> Steps[RevertPreview]:
        yield from ()  # there is nothing to tell on the way
        return RevertPreview(*wiring.undo_preview(root, flags, folder, iteration, stop))

    return Outside(
        facts=lambda: _facts(root, flags),
        sessions=lambda: wiring.past_sessions(root, flags),
        launch=launch,
        resume=lambda folder: launch(None, folder),
        rerun=lambda wanted, stop: _rerun(beside(), wanted, stop),
        watch=lambda folder: beside().watch(folder),
        first_sight=lambda folder: wiring.first_sight(folder),
        read_events=lambda folder: wiring.events_in(folder),
        is_being_written=lambda folder: wiring.is_being_written(folder),
        read_source=lambda path: wiring.source_text(root, path),
        edit=None if is_served else lambda path, line: wiring.open_in_editor(root / path, line),
        edit_text=None if is_served else wiring.edited_text,
        copy=wiring.copy_natively,
        save_copy=wiring.saved_copy,
        diff=lambda folder, sha: wiring.commit_diff(root, flags, folder, sha),
        preview_revert=preview,
        revert=undo,
        layers=lambda: wiring.settings_layers(root, flags),
        put_setting=lambda name, value: wiring.put_own_setting(name, value),
        remember=memory.remember,
        recall=memory.recall,
    )


def _facts(root: Path, flags: Mapping[str, Any]) -> Facts:
    return Facts(
        root=str(root.resolve()),
        facts=wiring.examine(root, flags),
        modules=wiring.module_names(root, flags),
    )


def _launch(
    opened: Callable[[StopSwitch], AbstractContextManager[tuple[State, World]]],
    beside: Callable[[], wiring.Beside],
) -> Launch:
    from itc_tui.ports import Steering, StopSwitch

    stop, steering = StopSwitch(), Steering()

    def journey() -> Steps[State]:
        from itc_tui.loop import cycle

        with opened(stop) as (state, world), beside().hosts(world):
            return (yield from cycle(state, replace(world, steering=steering)))

    return Launch(journey, stop, steering)


def _rerun(beside: wiring.Beside, wanted: Rerun, stop: StopSwitch) -> Steps[RerunFinished]:
    from itc_tui.rerun import rerun

    with beside.rerun_place(
        wanted.folder, wanted.names, stop, is_recorded=wanted.is_recorded
    ) as place:
        limit_s = place.case_limit_s
        return (yield from rerun(wanted.names, place.runner, place.record, case_limit_s=limit_s))

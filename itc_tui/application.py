"""Wires the workbench to the world: every function that its screens may call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from itc_tui import wiring
from itc_tui.domain.exit_codes import exit_code_of
from itc_tui.domain.state import State
from itc_tui.domain.trouble import ExitCode, Trouble
from itc_tui.ports import Steering, Steps, StopSwitch
from itc_tui.settings import load_settings
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from itc_tui.ui.outside import Facts, Launch, Outside, RevertPreview


def application(
    root: Path,
    topic: str | None,
    flags: Mapping[str, Any],
    *,
    continues: bool = False,
    step_by_step: bool = False,
) -> int:
    """Open the workbench, on a session at once where one is named."""
    settings = load_settings(root, flags)
    look = Look(
        theme=settings.theme, language=settings.lang, reduced_motion=settings.reduced_motion
    )
    outside = outside_of(root, flags)
    if continues:
        folder = wiring.session_to_continue(root, topic, flags)
        left = run_app(outside, look, resume=folder, step_by_step=step_by_step)
    else:
        left = run_app(outside, look, topic=topic or "", step_by_step=step_by_step)
    if left.trouble:
        raise Trouble(left.trouble)
    if left.was_stopped:
        return ExitCode.STOPPED
    return exit_code_of(left.state) if left.state else ExitCode.SUCCESS


def outside_of(root: Path, flags: Mapping[str, Any]) -> Outside:
    memory = wiring.ScreenMemory()
    return Outside(
        facts=lambda: _facts(root, flags),
        sessions=lambda: wiring.past_sessions(root, flags),
        launch=lambda topic: _launch(root, topic, flags),
        resume=lambda folder: _launch(root, None, flags, folder),
        read_events=lambda folder: wiring.events_in(folder),
        read_source=lambda path: wiring.source_text(root, path),
        edit=lambda path, line: wiring.open_in_editor(root / path, line),
        edit_text=wiring.edited_text,
        copy=wiring.copy_natively,
        save_copy=wiring.saved_copy,
        diff=lambda folder, sha: wiring.commit_diff(root, flags, folder, sha),
        preview_revert=lambda folder, iteration: RevertPreview(
            *wiring.undo_preview(root, flags, folder, iteration)
        ),
        revert=lambda folder, iteration: wiring.undo(root, flags, folder, iteration),
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
    root: Path,
    topic: str | None,
    flags: Mapping[str, Any],
    folder: str = "",
) -> Launch:
    stop, steering = StopSwitch(), Steering()

    def journey() -> Steps[State]:
        from itc_tui.loop import cycle

        with wiring.opened_session(root, topic, flags, stop, folder=folder) as (state, world):
            return (yield from cycle(state, replace(world, steering=steering)))

    return Launch(journey, stop, steering)

"""The cycle without a screen: told line by line, and answered as the flags say."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from itc_tui.cli.given import flags, has_terminal
from itc_tui.domain.trouble import ExitCode
from itc_tui.speech import tell, told


def run_headless(root: Path, module: str | None, options: dict[str, Any]) -> int:
    from itc_tui.domain.exit_codes import exit_code_of
    from itc_tui.headless.drive import drive
    from itc_tui.headless.signals import signals_pull
    from itc_tui.headless.voices import voice_for
    from itc_tui.loop import cycle
    from itc_tui.ports import StopSwitch
    from itc_tui.settings import load_layers, notes_on
    from itc_tui.wiring import opened_session

    for note in notes_on(load_layers(root, {})):
        click.echo(f"itc: {told(note)}", err=True)
    stop = StopSwitch()
    with (
        signals_pull(stop),
        opened_session(
            root,
            module,
            flags(options),
            stop,
            continues=options.get("continues", False),
            is_new=options.get("is_new", False),
        ) as (state, world),
        voice_for(
            sys.stdout, json=options.get("as_json", False), plain=options.get("plain", False)
        ) as voice,
    ):
        final = drive(
            cycle(state, world),
            voice.tell,
            _answers(options.get("yes", False), as_json=options.get("as_json", False)),
            only_one_step=options.get("step", False),
        )
        folder = world.store.folder
    if not options.get("as_json"):
        click.echo(tell("session: {folder}", folder=folder))
    return ExitCode.SUCCESS if final is None else exit_code_of(final)


def _answers(yes: bool, *, as_json: bool) -> Callable[[Any], Any]:
    from itc_tui.headless import answers

    if yes:
        return answers.auto
    if as_json or not has_terminal():
        return answers.unattended
    return answers.prompting(input, click.echo)

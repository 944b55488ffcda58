"""Commands that say how things stand: `doctor`, `settings`, `keys`, `completion`."""

from __future__ import annotations

from pathlib import Path

import click

from itc_tui.cli.group import itc
from itc_tui.cli.spoken import lang
from itc_tui.domain.trouble import ExitCode, Trouble


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--python", help="The target's interpreter, where it is not found by itself.")
@lang
def doctor(path: Path, python: str | None, **_: object) -> int:
    """Say what is detected at PATH and what is missing, before anything is spent."""
    from itc_tui.headless.listing import doctor_page
    from itc_tui.wiring import examine

    facts = examine(path, {"python": python})
    click.echo(doctor_page(facts))
    return ExitCode.SUCCESS if all(fact.ok for fact in facts) else ExitCode.WRONG_USE


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@lang
def settings(path: Path, **_: object) -> None:
    """Show each setting as it is in the repository at PATH, its source, and where your file is."""
    from itc_tui.headless.listing import settings_page
    from itc_tui.wiring import setting_rows

    click.echo(settings_page(*setting_rows(path, {})))


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@lang
def keys(path: Path, **_: object) -> None:
    """Show each command of the application: the name for the settings, its keys, what it does."""
    from itc_tui.headless.listing import keys_page
    from itc_tui.settings import load_settings
    from itc_tui.ui.keymap import key_table, own_keys

    click.echo(keys_page(key_table(own_keys(load_settings(path, {}).keys))))


@itc.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@lang
def completion(shell: str, **_: object) -> None:
    """Print the completion script of SHELL: `eval "$(itc completion bash)"`."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise Trouble(f"There is no completion for {shell}; use bash, zsh or fish.")
    click.echo(kind(itc, {}, "itc", "_ITC_COMPLETE").source())

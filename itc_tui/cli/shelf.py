"""Commands on past sessions: `sessions`, `show`, `export`."""

from __future__ import annotations

from pathlib import Path

import click

from itc_tui.cli.group import itc
from itc_tui.cli.spoken import lang


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
@lang
def sessions(path: Path, sessions_dir: str | None, **_: object) -> None:
    """List the sessions of the repository at PATH."""
    from itc_tui.headless.listing import session_table
    from itc_tui.wiring import past_sessions

    listed = past_sessions(path, {"sessions_dir": sessions_dir})
    click.echo(session_table(listed))


@itc.command()
@click.argument("session")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
@click.option("--events", is_flag=True, help="Replay what happened, line by line.")
@lang
def show(session: str, path: Path, sessions_dir: str | None, events: bool, **_: object) -> None:
    """Show one SESSION: what it was named, its id, a part of it, or its folder."""
    from itc_tui.headless.listing import session_page
    from itc_tui.wiring import past_session

    found = past_session(path, session, {"sessions_dir": sessions_dir})
    click.echo(session_page(found, with_events=events))


@itc.command()
@click.argument("session")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
@lang
def export(session: str, folder: Path, path: Path, sessions_dir: str | None, **_: object) -> None:
    """Copy SESSION to FOLDER without the paths and names of this machine, to share it."""
    from itc_tui.wiring import export as copied

    click.echo(copied(path, session, folder, {"sessions_dir": sessions_dir}))

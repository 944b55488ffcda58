"""`itc`: arguments → settings → wiring → application or headless."""

from __future__ import annotations

import os
import sys

import click

from itc_tui.cli import driving, shelf, telling  # noqa: F401 - they add their commands
from itc_tui.cli.group import itc
from itc_tui.cli.spoken import listen, show
from itc_tui.domain.trouble import ExitCode, Stopped, Trouble
from itc_tui.speech import tell, told


def main() -> None:
    """The console script: trouble is one sentence, and every end has its code."""
    listen(sys.argv[1:])
    try:
        code = itc.main(standalone_mode=False, prog_name="itc")
    except Trouble as trouble:
        click.echo(f"itc: {told(trouble.sentence)}", err=True)
        code = trouble.exit_code
    except click.ClickException as error:
        show(error)
        code = ExitCode.WRONG_USE
    except (Stopped, click.Abort, KeyboardInterrupt):
        click.echo(tell("itc: stopped; `itc -c` goes on from here."), err=True)
        code = ExitCode.STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.OUR_FAULT
    except OSError as error:
        click.echo(f"itc: {_system_words(error)}", err=True)
        code = ExitCode.OUR_FAULT
    sys.exit(int(code or 0))


def _system_words(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return place + tell(
        "{why}. What was saved before stands; `itc -c` goes on.", why=error.strerror or error
    )

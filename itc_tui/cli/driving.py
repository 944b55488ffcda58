"""Commands that run the cycle or open the application: `run`, `review`, `serve`, `demo`."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from itc_tui.cli.given import flags, has_screen, place
from itc_tui.cli.group import EXIT_CODES, itc
from itc_tui.cli.headless import run_headless
from itc_tui.cli.spoken import lang
from itc_tui.domain.trouble import Trouble
from itc_tui.speech import tell

if TYPE_CHECKING:
    from itc_tui.domain.state import State


@itc.command(epilog=EXIT_CODES)
@click.argument("module", required=False)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("-y", "--yes", is_flag=True, help="Confirm everything; run without a screen.")
@click.option("-c", "--continue", "continues", is_flag=True, help="Go on with a session.")
@click.option("--new", "is_new", is_flag=True, help="Begin anew where a session of today exists.")
@click.option("--max-iterations", type=click.IntRange(1, 1000), help="Default: 10.")
@click.option("--engine", help="Engines in order, by commas. Default: builtin.")
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
@click.option("--python", help="The target's interpreter, where it is not found by itself.")
@click.option("--budget", "budget_s", type=click.FloatRange(0), help="Seconds for the search.")
@click.option("--max-tests", type=click.IntRange(0), help="At most so many cases in the plan.")
@click.option("--step", is_flag=True, help="Show each step first; without a screen: do one, stop.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON lines.")
@click.option("--plain", is_flag=True, help="No screen, no colour, no progress bar.")
@lang
def run(module: str | None, path: Path | None, **options: Any) -> int:
    """Run the cycle for MODULE (a name or a description) in the repository at PATH."""
    if module in itc.commands and path is not None and not path.is_dir():
        raise Trouble(
            f"“{module}” is a command of itc; write its options after it: `itc {module} …`."
        )
    root, module = place(module, path)
    headless = any(options[name] for name in ("yes", "as_json", "plain"))
    if headless or not has_screen():
        return run_headless(root, module, options)
    gc.disable()  # until the first screen is there: looking for garbage takes an eighth of that
    from itc_tui.application import application  # loaded only where there is a screen

    return application(
        root,
        module,
        flags(options),
        say_stopped=partial(_say_stopped, root),
        say_ended=say_ended,
        continues=options["continues"],
        is_new=options["is_new"],
        step_by_step=options["step"],
    )


@itc.command()
@click.argument("session")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
@lang
def review(session: str, path: Path, **options: Any) -> int:
    """Open the application on one SESSION, to look through and to replay.

    A session that another process is running is followed live.
    """
    if not has_screen():
        raise Trouble(
            "`itc review` needs a terminal to paint on; `itc show` prints a session without one."
        )
    gc.disable()
    from itc_tui.application import review as opened

    return opened(path, session, flags(options))


@itc.command()
@click.argument("module", required=False)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, help="Default: one that is free."
)
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
@click.option("--python", help="The target's interpreter, where it is not found by itself.")
@lang
def serve(module: str | None, path: Path | None, port: int, **options: Any) -> None:
    """Open the application in a browser on this machine, and on no other.

    MODULE and PATH are as in `itc MODULE PATH`.
    """
    from itc_tui.wiring import serve_in_browser

    root, module = place(module, path)
    given = [
        f"--{name.replace('_', '-')}={value}"
        for name, value in options.items()
        if value is not None
    ]
    words = ("run", *given, "--", module or "", str(root.resolve()))
    serve_in_browser(words, port, _tell_address)


def _tell_address(address: str) -> None:
    click.echo(tell("itc is at {address}", address=address))
    click.echo(tell("Only this machine can open it. Ctrl-C ends it."))


@itc.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON lines.")
@click.option("--plain", is_flag=True, help="No screen, no colour, no progress bar.")
@click.option("-y", "--yes", is_flag=True, help="Run without a screen.")
@lang
def demo(folder: Path | None, **options: Any) -> int:
    """Try the program on the bundled example, laid out in FOLDER or a scratch folder.

    The example has two faults planted on its boundaries: a good run ends with exit code 5.
    """
    from itc_tui.wiring import DEMO_MODULE, lay_out_example

    root = lay_out_example(folder)
    click.echo(tell("The example lies in {root}", root=root), err=True)
    if not any(options[name] for name in ("yes", "as_json", "plain")) and has_screen():
        from itc_tui.application import application

        stopped = partial(_say_stopped, root)
        return application(
            root, DEMO_MODULE, flags(options), say_stopped=stopped, say_ended=say_ended
        )
    return run_headless(root, DEMO_MODULE, {**options, "yes": True})


def _say_stopped(root: Path) -> None:
    """Whoever leaves in the midst of it finds in their terminal that nothing is lost."""
    if root.resolve() == Path.cwd():
        click.echo(tell("itc: stopped; `itc -c` goes on from here."), err=True)
    else:
        click.echo(tell("itc: stopped; `itc -c` in {root} goes on.", root=root), err=True)


def say_ended(state: State) -> None:
    """What came of it stays in the terminal when the screen is gone."""
    from itc_tui.domain.events import SessionCompleted
    from itc_tui.headless.telling import lines_for

    if state.summary is not None:
        result, figures, *_ = lines_for(SessionCompleted(summary=state.summary))
        click.echo(f"{result.text}\n{figures.text}")
    click.echo(tell("`itc review {session}` opens the session again.", session=state.session_id))

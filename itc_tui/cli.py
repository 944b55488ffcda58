"""`itc`: arguments → settings → wiring → application or headless."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import itc_tui
from itc_tui.domain.trouble import ExitCode, Stopped, Trouble
from itc_tui.ports import StopSwitch

EXIT_CODES = """\b
Exit codes:
  0    success: every case passes
  1    a fault of itc itself
  2    wrong use, or something has to be mended first
  3    partial success: at least 95 %, only low criticality fails
  4    not reached
  5    product bugs found; the suite is otherwise done
  130  stopped by the person
"""


class _ModuleFirst(click.Group):
    """`itc payments` is `itc run payments`; the commands by name stay commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if not args or (args[0] not in self.commands and args[0] not in own):
            args = ["run", *args]
        return super().parse_args(ctx, args)


def main() -> None:
    """The console script: trouble is one sentence, and every end has its code."""
    try:
        code = itc.main(standalone_mode=False, prog_name="itc")
    except Trouble as trouble:
        click.echo(f"itc: {trouble.sentence}", err=True)
        code = trouble.exit_code
    except click.ClickException as error:
        error.show()
        code = ExitCode.WRONG_USE
    except (Stopped, click.Abort, KeyboardInterrupt):
        click.echo("itc: stopped; `itc -c` goes on from here.", err=True)
        code = ExitCode.STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.OUR_FAULT
    except OSError as error:
        click.echo(f"itc: {_system_words(error)}", err=True)
        code = ExitCode.OUR_FAULT
    sys.exit(int(code or 0))


@click.group(
    cls=_ModuleFirst,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
@click.version_option(itc_tui.__version__, prog_name="itc")
def itc() -> None:
    """Take a module from no integration tests to a suite you can trust.

    \b
    itc                        open the application here
    itc "payments"             open it on a module or feature, in any language
    itc -y "payments" PATH     the same without questions and without a screen
    itc -c                     go on with the last session
    """


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
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the interface.")
def run(module: str | None, path: Path | None, **options: Any) -> int:
    """Run the cycle for MODULE (a name or a description) in the repository at PATH."""
    root = path or Path()
    if module is not None and path is None and _is_repository(Path(module)):
        root, module = Path(module), None
    if not root.is_dir():
        raise Trouble(f"{root} is not a folder; name the folder of a Python repository.")
    headless = any(options[name] for name in ("yes", "as_json", "plain"))
    if headless or not _has_terminal():
        return _run_headless(root, module, options)
    from itc_tui.application import application  # loaded only where there is a screen

    return application(
        root,
        module,
        _flags(options),
        continues=options["continues"],
        step_by_step=options["step"],
    )


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
def sessions(path: Path, sessions_dir: str | None) -> None:
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
def show(session: str, path: Path, sessions_dir: str | None, events: bool) -> None:
    """Show one SESSION: its id, a part of it, or its folder."""
    from itc_tui.headless.listing import session_page
    from itc_tui.wiring import past_session

    found = past_session(path, session, {"sessions_dir": sessions_dir})
    click.echo(session_page(found, with_events=events))


@itc.command()
@click.argument("session")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--sessions-dir", help="Where sessions are kept, relative to the repository.")
def export(session: str, folder: Path, path: Path, sessions_dir: str | None) -> None:
    """Copy SESSION to FOLDER without the paths and names of this machine, to share it."""
    from itc_tui.wiring import export as copied

    click.echo(copied(path, session, folder, {"sessions_dir": sessions_dir}))


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--python", help="The target's interpreter, where it is not found by itself.")
def doctor(path: Path, python: str | None) -> int:
    """Say what is detected at PATH and what is missing, before anything is spent."""
    from itc_tui.headless.listing import doctor_page
    from itc_tui.wiring import examine

    facts = examine(path, {"python": python})
    click.echo(doctor_page(facts))
    return ExitCode.SUCCESS if all(fact.ok for fact in facts) else ExitCode.WRONG_USE


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
def settings(path: Path) -> None:
    """Show each setting as it is in the repository at PATH, its source, and where your file is."""
    from itc_tui.headless.listing import settings_page
    from itc_tui.wiring import setting_rows

    click.echo(settings_page(*setting_rows(path, {})))


@itc.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
def keys(path: Path) -> None:
    """Show each command of the application: the name for the settings, its keys, what it does."""
    from itc_tui.headless.listing import keys_page
    from itc_tui.settings import load_settings
    from itc_tui.ui.keymap import key_table, own_keys

    click.echo(keys_page(key_table(own_keys(load_settings(path, {}).keys))))


@itc.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON lines.")
@click.option("--plain", is_flag=True, help="No screen, no colour, no progress bar.")
@click.option("-y", "--yes", is_flag=True, help="Run without a screen.")
def demo(folder: Path | None, **options: Any) -> int:
    """Try the program on the bundled example, laid out in FOLDER or a scratch folder.

    The example has two faults planted on its boundaries: a good run ends with exit code 5.
    """
    from itc_tui.wiring import DEMO_MODULE, lay_out_example

    root = lay_out_example(folder)
    click.echo(f"The example lies in {root}", err=True)
    if not any(options.values()) and _has_terminal():
        from itc_tui.application import application

        return application(root, DEMO_MODULE, {})
    return _run_headless(root, DEMO_MODULE, {**options, "yes": True})


@itc.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of SHELL: `eval "$(itc completion bash)"`."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise Trouble(f"There is no completion for {shell}; use bash, zsh or fish.")
    click.echo(kind(itc, {}, "itc", "_ITC_COMPLETE").source())


def _run_headless(root: Path, module: str | None, options: dict[str, Any]) -> int:
    from itc_tui.domain.exit_codes import exit_code_of
    from itc_tui.headless import drive, voice_for
    from itc_tui.headless.signals import signals_pull
    from itc_tui.loop import cycle
    from itc_tui.settings import load_layers, notes_on
    from itc_tui.wiring import opened_session

    for note in notes_on(load_layers(root, {})):
        click.echo(f"itc: {note}", err=True)
    stop = StopSwitch()
    with (
        signals_pull(stop),
        opened_session(
            root,
            module,
            _flags(options),
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
        click.echo(f"session: {folder}")
    return ExitCode.SUCCESS if final is None else exit_code_of(final)


def _answers(yes: bool, *, as_json: bool) -> Callable[[Any], Any]:
    from itc_tui.headless import answers

    if yes:
        return answers.auto
    if as_json or not _has_terminal():
        return answers.unattended
    return answers.prompting(input, click.echo)


def _flags(options: dict[str, Any]) -> dict[str, Any]:
    names = (
        "max_iterations",
        "engine",
        "sessions_dir",
        "python",
        "budget_s",
        "max_tests",
        "lang",
    )
    return {name: options[name] for name in names if options.get(name) is not None}


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _is_repository(path: Path) -> bool:
    return path.is_dir() and any((path / name).exists() for name in (".git", "pyproject.toml"))


def _system_words(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}. What was saved before stands; `itc -c` goes on."

"""The command itself, which each file of commands adds its own to."""

from __future__ import annotations

import click

import itc_tui
from itc_tui.cli.spoken import SpokenCommand, SpokenContext, lang, leading_language

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

    command_class = SpokenCommand
    context_class = SpokenContext

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if leading_language(args) == len(args) or args[leading_language(args)] not in _OWN:
            args = self._command_first(ctx, args)
        return super().parse_args(ctx, args)

    def _command_first(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`itc --lang zh review X` is `itc review --lang zh X`; `-y review` is about a module.

        A command is meant where it takes every option that stands before its name.
        """
        count = self._options_before(ctx, args)
        name = args[count] if count < len(args) else ""
        if name not in self.commands:
            return ["run", *args]
        known = _takes_value(ctx, self.commands[name])
        if all(word.partition("=")[0] in known for word in args[:count] if word.startswith("-")):
            return [name, *args[:count], *args[count + 1 :]]
        return ["run", *args]

    def _options_before(self, ctx: click.Context, args: list[str]) -> int:
        known: dict[str, bool] = {}
        for command in self.commands.values():
            known |= _takes_value(ctx, command)
        count = 0
        while count < len(args) and args[count].startswith("-") and args[count] != "--":
            needs_value = known.get(args[count], False) and "=" not in args[count]
            count += 2 if needs_value else 1
        return min(count, len(args))


def _takes_value(ctx: click.Context, command: click.Command) -> dict[str, bool]:
    """Each option of the command, and whether a value follows it."""
    return {
        word: isinstance(option, click.Option) and not option.is_flag
        for option in command.get_params(ctx)
        for word in option.opts
        if word.startswith("-")
    }


_OWN = {"--help", "-h", "--version"}


@click.group(
    cls=_ModuleFirst,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
@click.version_option(itc_tui.__version__, prog_name="itc")
@lang
def itc(**_: object) -> None:
    """Take a module from no integration tests to a suite you can trust.

    \b
    itc                        open the application here
    itc "payments"             open it on a module or feature, in any language
    itc -y "payments" PATH     the same without questions and without a screen
    itc -c                     go on with the last session
    """

"""The command itself, which each file of commands adds its own to."""

from __future__ import annotations

import click

import itc_tui

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

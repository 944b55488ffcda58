"""`itc` on the command line; what each command needs is loaded when it is given."""

from itc_tui.cli.console import main
from itc_tui.cli.group import itc

__all__ = ["itc", "main"]

"""Who commits: the person, or a stand-in for our commit alone when nobody is configured."""

from __future__ import annotations

import os

from itc_tui.adapters.tree.plumbing.commands import GitCommands

NAME = "itc-tui"
EMAIL = "itc-tui@localhost"


def missing_identity(commands: GitCommands) -> dict[str, str]:
    """Variables that fill what the person's configuration leaves open; empty when it is whole.

    Git would otherwise guess from the machine's name, or refuse. Nothing is ever configured.
    """
    stand_in: dict[str, str] = {}
    for role in ("author", "committer"):
        for part, value in (("name", NAME), ("email", EMAIL)):
            variable = f"GIT_{role.upper()}_{part.upper()}"
            known = os.environ.get(variable) or (part == "email" and os.environ.get("EMAIL"))
            if not known and not any(commands.config(f"{who}.{part}") for who in ("user", role)):
                stand_in[variable] = value
    return stand_in

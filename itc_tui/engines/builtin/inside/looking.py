"""Which files a trial looks for where it happens to run, and not where its program puts them."""

from __future__ import annotations

import contextlib
import os
from typing import FrozenSet, Iterable

from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.inside.programs import Program

_OWN_FOLDER = "tmp_path"
_PUT_THERE = "(tmp_path / "
"""How a step begins that writes a file where the trial runs, and tells nobody where that is."""


def looked_for_around(paths: Iterable[str], home: str, program: Program) -> FrozenSet[str]:
    """Their names. Who is told of the folder of the trial may look there by its whole path."""
    telling = [step for step in program.steps if step.var or not step.code.startswith(_PUT_THERE)]
    is_told = any(_OWN_FOLDER in step.code or step.kind in GIVEN for step in telling)
    found = set()
    for path in paths:
        is_within = path.startswith(home + os.sep) and not is_told
        name = os.path.basename(path)
        if name and (is_within or not os.path.isabs(path)) and not path.startswith("<"):
            found.add(name)
    return frozenset(found)


def settings_text(names: Iterable[str], value: str) -> str:
    """As `.env` files have it. Of other names than are asked for, it would change nothing, and
    hide what a shell changes from who reads the file first."""
    return "".join("%s=%s\n" % (name, value) for name in names) or "PORT=%s\n" % value


def put_around(names: Iterable[str], folder: str, text: str) -> None:
    """Files that others may have where they run tests: above the folder of each trial."""
    for name in names:
        with (
            contextlib.suppress(OSError, ValueError),
            open(os.path.join(folder, name), "w", encoding="utf-8") as file,
        ):
            file.write(text)

"""Lets the target's own interpreter parse what is written in a newer Python than ours.

The interpreter runs our reader and nothing of the target: isolated, without its site-packages,
in an empty folder. The text of the files goes in, facts come out.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, TypeAlias

from itc_tui.engines.builtin.map.facts import ModuleFacts, from_plain, to_plain
from itc_tui.engines.builtin.map.reading import Unreadable, read_module

LIMIT_S = 60.0
Wanted: TypeAlias = list[tuple[str, bool, bytes]]
"""Name of the module, whether it is a package, content."""

_HOME = Path(__file__).parents[4]
_SCRIPT = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from itc_tui.engines.builtin.map.newer_syntax import answer; answer()"
)


def read_by(python: str, wanted: Wanted) -> list[ModuleFacts | str]:
    """Facts of each module, or why it cannot be read; empty text when nobody could tell."""
    unanswered: list[ModuleFacts | str] = ["" for _ in wanted]
    if not wanted or not python or Path(python) == Path(sys.executable):
        return unanswered
    question = [
        [name, is_package, base64.b64encode(content).decode()]
        for name, is_package, content in wanted
    ]
    with tempfile.TemporaryDirectory(prefix="itc-read-") as empty:
        try:
            done = subprocess.run(
                [python, "-I", "-S", "-B", "-c", _SCRIPT, str(_HOME)],
                input=json.dumps(question).encode(),
                capture_output=True,
                cwd=empty,
                env={},
                timeout=LIMIT_S,
                check=True,
            )
            told = json.loads(done.stdout)
            answers = [_understood(one) for one in told]
        except (OSError, subprocess.SubprocessError, ValueError, TypeError):
            return unanswered
    return answers if len(answers) == len(wanted) else unanswered


def answer() -> None:
    """Runs in the other interpreter."""
    answers: list[Any] = []
    for name, is_package, content in json.load(sys.stdin):
        try:
            facts = read_module(base64.b64decode(content), name, is_package)
        except Unreadable as error:
            answers.append(str(error))
        else:
            answers.append(to_plain(facts))
    json.dump(answers, sys.stdout)


def _understood(told: Any) -> ModuleFacts | str:
    return told if isinstance(told, str) else from_plain(told)

"""What `itc doctor` and the start screen tell: what was found, what is missing, what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from itc_tui.adapters.boxing.landlock import landlock_version
from itc_tui.adapters.target.interpreters import OURS
from itc_tui.domain.target import Fact, Target

AGENTS = ("gemini", "qwen", "codex", "claude", "opencode")
TOOL_LIMIT_S = 5.0


def doctor_facts(target: Target) -> list[Fact]:
    """Looked up anew at each call: a person mends something and asks again."""
    facts = [*_interpreter(target), *_code(target), _git(), _box(), _gh(), _agents()]
    told = " ".join(fact.advice for fact in facts)
    facts += [
        Fact(label="Problem", value=problem, ok=False)
        for problem in target.problems
        if problem not in told
    ]
    return facts


def _interpreter(target: Target) -> Iterator[Fact]:
    if not target.python:
        advice = target.problems[0] if target.problems else "Name one with `--python`."
        yield Fact(label="Interpreter", value="none found", ok=False, advice=advice)
        return
    version = f"Python {target.python_version}, {target.python} (by {target.found_by})"
    shared = "The project has no environment of its own (.venv, poetry …), so ours is used."
    advice = shared if target.found_by == OURS else ""
    yield Fact(label="Interpreter", value=version, advice=advice)
    lacking = next((text for text in target.problems if text.startswith("There is no pytest")), "")
    yield Fact(
        label="pytest",
        value=target.pytest_version or "not installed",
        ok=bool(target.pytest_version),
        advice=lacking,
    )
    yield Fact(label="Plugins", value=", ".join(target.plugins) or "none")


def _code(target: Target) -> Iterator[Fact]:
    counted = []
    for package in target.packages:
        count = sum(_modules(target, package))
        counted.append(f"{package} ({count} module{'' if count == 1 else 's'})")
    nothing = next((text for text in target.problems if text.startswith("No Python package")), "")
    yield Fact(
        label="Packages", value=", ".join(counted) or "none", ok=bool(counted), advice=nothing
    )
    yield Fact(
        label="Source folders",
        value=", ".join(target.source_roots),
        advice=f"Not installed, so put on the path for our runs; `{target.python} -m pip install"
        " -e .` lets yours import them too."
        if "PYTHONPATH" in dict(target.environment)
        else "",
    )
    there = (Path(target.root) / target.tests_dir).is_dir()
    yield Fact(label="Tests go to", value=target.tests_dir + ("" if there else " (will be made)"))


def _modules(target: Target, package: str) -> Iterator[int]:
    for part in target.source_roots:
        home = Path(target.root) / part / package
        if home.is_dir():
            yield sum(1 for path in home.rglob("*.py") if "__pycache__" not in path.parts)
        elif home.with_suffix(".py").is_file():
            yield 1


def _git() -> Fact:
    said = _first_line("git", "--version")
    if said:
        return Fact(label="git", value=said.removeprefix("git version "))
    advice = "Install git; without it there are only undo copies, and nothing is committed."
    return Fact(label="git", value="not found", ok=False, advice=advice)


def _box() -> Fact:
    """What can hold in the code that is run to be observed."""
    walls = []
    if sys.platform.startswith("linux"):
        if _has_landlock():
            walls.append("writes held by Landlock")
        if _has_namespaces():
            walls.append("network held by a namespace")
    if len(walls) == 2:
        return Fact(label="Box", value=", ".join(walls))
    walls.append("the rest by a guard inside Python" if walls else "a guard inside Python only")
    return Fact(
        label="Box",
        value=", ".join(walls),
        advice="Code that is run to be observed is held in less firmly here; it runs in a copy.",
    )


def _has_landlock() -> bool:
    try:
        return landlock_version() > 0
    except OSError:
        return False


def _has_namespaces() -> bool:
    """Tried out in a process of its own, which stays behind the wall."""
    script = "from itc_tui.adapters.boxing.namespaces import leave_the_network as go; go()"
    try:
        done = subprocess.run(
            [sys.executable, "-c", script],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TOOL_LIMIT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _gh() -> Fact:
    said = _first_line("gh", "--version")
    if said:
        return Fact(label="gh", value=said.removeprefix("gh version "))
    return Fact(
        label="gh",
        value="not found",
        advice="Findings are written as Markdown files; with GitHub's `gh` they become issues.",
    )


def _agents() -> Fact:
    found = [name for name in AGENTS if shutil.which(name)]
    if found:
        return Fact(label="Agents", value=", ".join(found))
    return Fact(
        label="Agents",
        value="none",
        advice="The built-in engine does everything; an agent on the PATH can think along.",
    )


def _first_line(*command: str) -> str:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TOOL_LIMIT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = done.stdout.strip().splitlines()
    return lines[0] if done.returncode == 0 and lines else ""

"""Looks at a repository and says what it is, what runs its tests, and what is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from itc_tui.adapters.target import interpreters
from itc_tui.adapters.target.conventions import conventions_of
from itc_tui.adapters.target.interpreter_probe import Answer, ask
from itc_tui.adapters.target.interpreters import Candidate
from itc_tui.adapters.target.project_files import (
    PytestSettings,
    is_project,
    names_of_project,
    pytest_settings,
    requirements_of,
)
from itc_tui.adapters.target.pytest_options import lacking, names_of
from itc_tui.adapters.target.source_layout import (
    Layout,
    choose_tests_dir,
    find_layout,
    name_of_test_files,
)
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import TargetTrouble

OLDEST_PYTHON = (3, 8)
OLDEST_PYTEST = 6


def detect_target(root: Path, python: str | None = None, tests_dir: str | None = None) -> Target:
    """Everything about the target that is known before anything of it runs."""
    if not root.is_dir():
        raise TargetTrouble(f"{root} is not a folder; name the repository to work on.")
    root = nearest_project(root.resolve())
    layout, settings = find_layout(root), pytest_settings(root)
    chosen_dir = _inside(root, tests_dir) if tests_dir else choose_tests_dir(root, layout, settings)
    seen = _Seen(root, layout, settings)
    chosen, problems = _choose(seen, python)
    target = Target(
        root=str(root),
        source_roots=layout.source_roots or (".",),
        packages=layout.packages,
        names=names_of_project(root),
        tests_dir=chosen_dir,
        conventions=conventions_of(root, settings, chosen_dir),
        test_file_name=name_of_test_files(settings, chosen_dir)
        or Target.model_fields["test_file_name"].default,
    )
    if not name_of_test_files(settings, chosen_dir):
        patterns = ", ".join(settings.python_files)
        problems.append(
            f"{settings.file} lets pytest collect only {patterns}; add test_*.py to python_files, "
            "or new tests run only when they are named."
        )
    if not layout.packages:
        problems.append(f"No Python package or module was found under {root}.")
    if chosen is None:
        return target.but(problems=tuple(problems))
    candidate, answer = chosen
    absent = lacking(root, settings, answer)
    problems += [*_lacks(seen, candidate, answer), *absent.advice(settings, str(candidate.python))]
    return target.but(
        python=str(candidate.python),
        found_by=candidate.found_by,
        python_version=answer.version,
        pytest_version=answer.pytest_version,
        plugins=answer.plugins,
        installed=answer.installed,
        plugged=answer.plugged,
        environment=(*_environment(seen, answer), *absent.environment()),
        left_out_options=(*absent.options, *absent.plugins),
        problems=tuple(problems),
    )


def nearest_project(folder: Path) -> Path:
    """The project that a folder of a git repository belongs to; without git, the folder itself."""
    inside = [folder, *folder.parents]
    tops = [number for number, path in enumerate(inside) if (path / ".git").exists()]
    if not tops:
        return folder
    within = inside[: tops[0] + 1]
    return next((path for path in within if is_project(path)), within[-1])


@dataclass(frozen=True)
class _Seen:
    root: Path
    layout: Layout
    settings: PytestSettings

    def ask(self, python: Path) -> Answer:
        path = [str(self.root / name) for name in self.settings.pythonpath]
        options = names_of(self.settings)
        return ask(str(python), self.root, self.layout.packages, path, options)


def _choose(seen: _Seen, python: str | None) -> tuple[tuple[Candidate, Answer] | None, list[str]]:
    """The interpreter that is named, or the first that answers; and what is wrong with others."""
    if python:
        return _named(seen, python)
    problems: list[str] = []
    on_path: tuple[Candidate, Answer] | None = None
    for candidate in interpreters.candidates(seen.root):
        try:
            answer = seen.ask(candidate.python)
        except (OSError, ValueError) as error:
            problems.append(
                f"The interpreter {candidate.python} ({candidate.found_by}) does not answer:"
                f" {error}. Make its environment again, or name another one with `--python`."
            )
            continue
        if candidate.found_by != interpreters.ON_PATH:
            return (candidate, answer), problems
        on_path = on_path or (Candidate(Path(answer.executable), candidate.found_by), answer)
    own = interpreters.ours()
    mine = (own, seen.ask(own.python))
    return on_path if on_path and _is_better(seen, on_path[1], mine[1]) else mine, problems


def _is_better(seen: _Seen, other: Answer, ours: Answer) -> bool:
    """One that just lies on the path is the target's only if it has more of what that needs."""
    needs = (*requirements_of(seen.root), "pytest")
    return sum(name in other.installed for name in needs) > sum(
        name in ours.installed for name in needs
    )


def _named(seen: _Seen, python: str) -> tuple[tuple[Candidate, Answer] | None, list[str]]:
    path = interpreters.named(python, seen.root)
    if path is None:
        return None, [f"There is no interpreter {python}; correct the setting or `--python`."]
    try:
        return (Candidate(path, "settings"), seen.ask(path)), []
    except (OSError, ValueError) as error:
        return None, [f"The interpreter {path} does not answer: {error}; name another one."]


def _lacks(seen: _Seen, candidate: Candidate, answer: Answer) -> Iterator[str]:
    """What this interpreter would need, each with the command that brings it."""
    pip = f"{candidate.python} -m pip install"
    version = tuple(int(part) for part in answer.version.split(".")[:2])
    if version < OLDEST_PYTHON:
        yield f"Python {answer.version} is too old; 3.8 or newer is needed to run its tests."
    if not answer.pytest_version:
        yield f"There is no pytest in {candidate.python}: run `{pip} pytest`."
    elif int(answer.pytest_version.split(".")[0]) < OLDEST_PYTEST:
        yield f"pytest {answer.pytest_version} is too old: run `{pip} -U pytest`."
    missing = [name for name in requirements_of(seen.root) if name not in answer.installed]
    if missing:
        names = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        yield f"Not installed in {candidate.python}: {names}. Run `{pip} {_itself(seen.root)}`."
    if missing and candidate.found_by == interpreters.OURS:
        yield (
            "The project has no environment of its own, so the one that runs itc is used. Make"
            f" one: `python3 -m venv .venv && .venv/bin/python -m pip install pytest"
            f" {_itself(seen.root)}`."
        )
    for package in seen.layout.packages:
        origin = answer.origin_of(package)
        if origin and "site-packages" in origin and not Path(origin).is_relative_to(seen.root):
            yield (
                f"`{package}` is imported from an installed copy ({origin}), not from this tree:"
                f" run `{pip} -e .`."
            )


def _itself(root: Path) -> str:
    return "-e ." if is_project(root) else "-r requirements.txt"


def _environment(seen: _Seen, answer: Answer) -> Iterator[tuple[str, str]]:
    """Source folders go onto the path where the packages could not be imported otherwise."""
    if _unresolved(seen.layout.packages, answer):
        folders = [str(seen.root / name) for name in seen.layout.source_roots if name != "."]
        if folders:
            yield "PYTHONPATH", os.pathsep.join(folders)


def _unresolved(packages: Sequence[str], answer: Answer) -> bool:
    return any(not answer.origin_of(name) for name in packages)


def _inside(root: Path, tests_dir: str) -> str:
    path = (root / tests_dir).resolve()
    if not path.is_relative_to(root) or path == root:
        raise TargetTrouble(f"The tests folder {tests_dir} must lie within {root}.")
    return path.relative_to(root).as_posix()

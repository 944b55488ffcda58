"""Packages that nobody tuned the engine for, as the registry has them: from none to a suite.

Their sdists are fetched when the test runs; where that cannot be, it is skipped and says so.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from itc_tui.domain.trouble import ExitCode
from tests.journeys.whole_run import WholeRun, run_whole
from tests.person import Person

CROSSED = 0.35
"""The worst share of boundaries that a package may come to."""
FETCH_S = 180
TEST_FOLDERS = ("tests", "test", "testing")


@dataclass(frozen=True)
class Package:
    release: str
    name: str
    """As it is imported."""


PACKAGES = (
    Package("itsdangerous==2.2.0", "itsdangerous"),
    Package("pathspec==0.12.1", "pathspec"),
    Package("cssselect==1.3.0", "cssselect"),
    Package("Cerberus==1.3.5", "cerberus"),
)


@pytest.fixture(scope="module", params=PACKAGES, ids=lambda package: package.name)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    package: Package = request.param
    folder = tmp_path_factory.mktemp(package.name)
    root = fetched(package, folder)
    python = interpreter_with(root, folder)
    set_tests_aside(root, folder / "own")
    (root / ".gitignore").write_text(
        "__pycache__/\n*.egg-info/\nbuild/\n.workflow/\n", encoding="utf-8"
    )
    person = Person(root)
    person.git("init", "-q", "-b", "main")
    person.git("config", "user.name", "Ann")
    person.git("config", "user.email", "ann@example.invalid")
    person.git("add", ".")
    person.git("commit", "-q", "-m", "As it is")
    return run_whole(root, package.name, python)


@pytest.mark.slow
@pytest.mark.network
def test_a_package_comes_from_no_suite_to_a_committed_green_one(run: WholeRun) -> None:
    """A broken promise of a package may be red, and nothing else."""
    assert run.exit_code in (ExitCode.SUCCESS, ExitCode.PRODUCT_BUGS), run.said
    assert run.red == run.found_in, run.said
    assert run.flaky == []
    assert len(run.test_names) >= 6, run.said
    assert run.crossed_share >= CROSSED, run.said
    person = Person(run.root)
    assert f"test(integration): generate integration tests for {run.topic}" in person.log()
    assert person.status() == []


@pytest.mark.slow
@pytest.mark.network
def test_its_tests_have_names_of_their_own(run: WholeRun) -> None:
    names = [name.rpartition("::")[2] for name in run.test_names]
    assert len(set(run.test_names)) == len(names)
    assert all(name.isidentifier() and len(name) <= 70 for name in names), names


def fetched(package: Package, folder: Path) -> Path:
    """The unpacked sdist."""
    pip(
        Path(sys.executable),
        ["download", "--no-deps", "--no-binary", package.release.partition("==")[0]],
        [package.release, "--dest", str(folder)],
    )
    [archive] = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder / "unpacked", filter="data")
    [root] = (folder / "unpacked").iterdir()
    return root


def interpreter_with(root: Path, folder: Path) -> Path:
    """A virtual environment that has the package, and pytest."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    pip(python, ["install"], ["-e", str(root), "pytest"])
    return python


def pip(python: Path, command: list[str], rest: list[str]) -> None:
    try:
        done = subprocess.run(
            [str(python), "-m", "pip", *command, "--quiet", "--disable-pip-version-check", *rest],
            capture_output=True,
            text=True,
            check=False,
            timeout=FETCH_S,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"the registry did not answer within {FETCH_S} s")
    if done.returncode:
        said = done.stderr.strip().splitlines()
        pytest.skip(f"not to be had from the registry: {said[-1] if said else 'no reason given'}")


def set_tests_aside(root: Path, aside: Path) -> None:
    aside.mkdir()
    for number, place in enumerate(sorted(root.rglob("*"))):
        if place.is_dir() and place.name in TEST_FOLDERS:
            place.rename(aside / f"{number}-{place.name}")

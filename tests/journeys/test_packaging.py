"""A wheel holds all that the program needs, and works in an environment of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from itc_tui.domain.trouble import ExitCode

ROOT = Path(__file__).parents[2]


def run(
    *command: str | Path,
    cwd: Path = ROOT,
    path: str = os.defpath,
    codes: tuple[int, ...] = (0,),
) -> str:
    """Output of a command that must end with one of these codes."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode in codes, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without the network, by the tools of the environment that runs the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        *("-m", "build", "--no-isolation", "--wheel", "--outdir", folder),
        path=os.environ["PATH"],
    )
    [built] = folder.glob("*.whl")
    return built


def files_below(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        hidden = {"__pycache__", ".pytest_cache", ".mypy_cache"} & set(path.parts)
        if path.is_file() and not hidden:
            yield path.relative_to(folder).as_posix()


def test_a_wheel_holds_the_package_its_styles_its_types_and_the_example(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    assert {f"itc_tui/{name}" for name in files_below(ROOT / "itc_tui")} <= inside
    assert {"itc_tui/py.typed", "itc_tui/demo/shop/pyproject.toml"} <= inside
    styles = {f"itc_tui/styles/{name}" for name in files_below(ROOT / "styles")}
    assert styles
    assert styles <= inside
    assert {name.split("/")[0] for name in inside if ".dist-info" not in name} == {"itc_tui"}


def test_a_wheel_says_who_it_is_for(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        [info] = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
        names = archive.namelist()
    assert metadata["Name"] == "itc-tui"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert f"{info}/licenses/LICENSE" in names
    assert "itc = itc_tui.cli:main" in entry_points
    assert "itc-tui = itc_tui.cli:main" in entry_points
    assert "pytest11" not in entry_points, "a plugin that loads itself would be in everybody's runs"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an empty environment with the pins and the wheel in it."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    quietly = "-m pip install --quiet --disable-pip-version-check"
    pip: tuple[str | Path, ...] = (folder / "bin" / "python", *quietly.split())
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "dev.txt")
    run(*pip, "--no-deps", "--no-index", wheel)
    return folder / "bin"


@pytest.mark.slow
@pytest.mark.network
def test_an_installed_wheel_runs(installed: Path, tmp_path: Path) -> None:
    version = run(installed / "python", "-m", "itc_tui", "--version", cwd=tmp_path)
    assert version.strip().endswith("0.1.0")
    assert run(installed / "itc", "--version", cwd=tmp_path) == version
    assert run(installed / "itc-tui", "--version", cwd=tmp_path) == version


@pytest.mark.slow
@pytest.mark.network
def test_an_installed_wheel_lays_out_the_example(installed: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from itc_tui.demo.scratch import make_example\n"
        "from itc_tui.adapters.example_repository import make_example_repository\n"
        "make_example_repository(make_example(Path(sys.argv[1])))"
    )
    run(installed / "python", "-c", script, tmp_path / "shop", cwd=tmp_path)
    assert set(files_below(ROOT / "itc_tui" / "demo" / "shop")) <= set(
        files_below(tmp_path / "shop")
    )
    output = run(installed / "python", "-m", "pytest", "-q", cwd=tmp_path / "shop")
    assert " passed" in output


@pytest.mark.slow
@pytest.mark.network
def test_an_installed_wheel_takes_the_example_to_a_committed_suite(
    installed: Path, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    found = (ExitCode.PRODUCT_BUGS,)
    run(installed / "itc", "demo", "--plain", shop, cwd=tmp_path, codes=found)
    [state] = shop.glob(".workflow/.integration-test/*/state.json")
    assert json.loads(state.read_text(encoding="utf-8"))["phase"] == "completed"
    log = run("git", "log", "--format=%s", cwd=shop, path=os.environ["PATH"]).splitlines()
    assert log[-1] == "The shop as it is"
    assert "test(integration): generate integration tests for shop" in log
    assert "tests/integration/" in run("git", "ls-files", cwd=shop, path=os.environ["PATH"])


@pytest.mark.slow
@pytest.mark.network
def test_a_clean_clone_checks_itself(tmp_path: Path) -> None:
    """With nothing on the machine but Python, git and make."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git repository, so there is nothing to clone")
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("git", "make", "sh", "bash", "touch", "dirname", "rm"):
        found = shutil.which(tool)
        assert found, tool
        (tools / tool).symlink_to(found)
    (tools / "python3").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    run("git", "clone", "--quiet", ROOT, tmp_path / "clone", path=os.environ["PATH"])
    run("make", "check", cwd=tmp_path / "clone", path=str(tools))

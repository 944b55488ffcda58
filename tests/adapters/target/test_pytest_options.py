"""Settings that name options of plugins which are not installed: pytest starts all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from itc_tui.adapters.target.doctor import doctor_facts
from itc_tui.adapters.target.interpreter_probe import Answer
from itc_tui.adapters.target.project_files import PytestSettings
from itc_tui.adapters.target.pytest_options import lacking
from itc_tui.adapters.target.target_python import detect_target
from itc_tui.domain.target import Target

INI = """
[pytest]
addopts = -ra --pydocstyle --tb short --cov shop --cov-report=term-missing -k "tea or cup" --slow
required_plugins = pytest-pydocstyle
"""


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Target:
    """A shop whose settings ask for two plugins, and for an option that its conftest adds."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-vv")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "pytest.ini").write_text(INI, encoding="utf-8")
    adding = "def pytest_addoption(parser):\n    parser.addoption('--slow', action='store_true')\n"
    (tmp_path / "conftest.py").write_text(adding, encoding="utf-8")
    (tmp_path / "test_shop.py").write_text("def test_tea(): pass\n", encoding="utf-8")
    return detect_target(tmp_path, sys.executable)


def test_only_what_nothing_knows_is_left_out_with_its_value(target: Target) -> None:
    assert target.left_out_options == (
        *("--pydocstyle", "--cov", "--cov-report=term-missing"),
        "pytest-pydocstyle",
    )
    assert dict(target.environment)["PYTEST_ADDOPTS"] == (
        "-vv -o 'addopts=-ra --tb short -k '\"'\"'tea or cup'\"'\"' --slow' -o required_plugins="
    )


def test_pytest_starts_without_what_it_does_not_know(target: Target) -> None:
    command = [target.python, "-m", "pytest", "test_shop.py"]
    run = {"cwd": target.root, "capture_output": True, "text": True}
    alone = subprocess.run(command, **run)  # type: ignore[call-overload]
    assert alone.returncode == 4
    environment = os.environ | dict(target.environment)
    helped = subprocess.run(command, env=environment, **run)  # type: ignore[call-overload]
    assert helped.returncode == 0, helped.stdout + helped.stderr


def test_doctor_says_what_is_asked_for_and_what_brings_it(target: Target) -> None:
    problem = next(fact.value for fact in doctor_facts(target) if fact.label == "Problem")
    assert "pytest.ini asks pytest for --pydocstyle, --cov, --cov-report=term-missing" in problem
    assert problem.endswith("-m pip install pytest-pydocstyle pytest-cov`.")


def test_settings_that_ask_for_nothing_strange_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shop.py").touch()
    text = "[pytest]\naddopts = -q --strict-markers -p no:cacheprovider --durations=3\n"
    (tmp_path / "pytest.ini").write_text(text, encoding="utf-8")
    target = detect_target(tmp_path, sys.executable)
    assert target.left_out_options == ()
    assert "PYTEST_ADDOPTS" not in dict(target.environment)


HAS_HYPOTHESIS = Answer("3.11.0", "python", "9.0", unknown_options=())


@pytest.mark.parametrize("form", ["--hypothesis-profile=quick", "--hypothesis-profile quick"])
def test_a_profile_that_nothing_registers_is_left_out(tmp_path: Path, form: str) -> None:
    """Hypothesis ends the whole run over it; a release of sources often has no conftest."""
    words = ("-q", *form.split(), "--durations=3")
    settings = PytestSettings(file="pytest.ini", addopts=words)
    absent = lacking(tmp_path, settings, HAS_HYPOTHESIS)
    assert dict(absent.environment())["PYTEST_ADDOPTS"].endswith("-o 'addopts=-q --durations=3'")
    (advice,) = absent.advice(settings, "python")
    assert "which no source here registers with Hypothesis" in advice


@pytest.mark.parametrize("profile", ["quick", "ci"])
def test_a_profile_that_somebody_registers_is_kept(tmp_path: Path, profile: str) -> None:
    (tmp_path / "tests").mkdir()
    registering = "from hypothesis import settings\nsettings.register_profile(\n    'quick')\n"
    (tmp_path / "tests" / "conftest.py").write_text(registering, encoding="utf-8")
    settings = PytestSettings(addopts=("-q", f"--hypothesis-profile={profile}"))
    assert not lacking(tmp_path, settings, HAS_HYPOTHESIS)

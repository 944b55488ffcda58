"""What is found out about a repository before anything of it runs."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from itc_tui.adapters.target.doctor import doctor_facts
from itc_tui.adapters.target.interpreter_probe import _SCRIPT, MARK
from itc_tui.adapters.target.interpreters import OURS
from itc_tui.adapters.target.project_files import names_of_project, requirements_of
from itc_tui.adapters.target.target_python import detect_target, nearest_project
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import TargetTrouble


@pytest.fixture(scope="session")
def bare_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with nothing in it."""
    folder = tmp_path_factory.mktemp("environments") / "bare"
    venv.create(folder, symlinks=True)
    return folder


@pytest.fixture(autouse=True)
def nothing_active(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No environment of the person who runs these tests is found."""
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX", "UV_PROJECT_ENVIRONMENT", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")


def tree(root: Path, *paths: str, **texts: str) -> Path:
    root.mkdir(exist_ok=True)
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("", encoding="utf-8")
    for name, text in texts.items():
        (root / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return root.resolve()


LAYOUTS: dict[str, tuple[tuple[str, ...], dict[str, str], tuple[str, ...], tuple[str, ...]]] = {
    "flat": (("shop/__init__.py", "tests/test_a.py", "docs/conf.py"), {}, (".",), ("shop",)),
    "src": (("src/shop/__init__.py", "tests/test_a.py", "setup.py"), {}, ("src",), ("shop",)),
    "namespace": (("src/acme/shop/__init__.py",), {}, ("src",), ("acme",)),
    "without init files": (("app/main.py", "app/db.py"), {}, (".",), ("app",)),
    "several": (("api/__init__.py", "store/__init__.py"), {}, (".",), ("api", "store")),
    "one module": (("shop.py", "test_shop.py", "setup.py"), {}, (".",), ("shop",)),
    "scripts": (("scripts/load.py", "scripts/clean.py"), {}, ("scripts",), ("clean", "load")),
    "workspace": (
        ("packages/a/src/aa/__init__.py", "packages/b/bb/__init__.py"),
        {
            "pyproject__toml": "[tool.uv.workspace]\nmembers = ['packages/*']\n",
            "packages/a/pyproject__toml": "",
            "packages/b/pyproject__toml": "",
        },
        ("packages/a/src", "packages/b"),
        ("aa", "bb"),
    ),
    "declared by setuptools": (
        ("python/shop/__init__.py", "other/__init__.py"),
        {"pyproject__toml": "[tool.setuptools.packages.find]\nwhere = ['python']\n"},
        ("python",),
        ("shop",),
    ),
    "declared by poetry": (
        ("lib/shop/__init__.py",),
        {"pyproject__toml": "[[tool.poetry.packages]]\ninclude = 'shop'\nfrom = 'lib'\n"},
        ("lib",),
        ("shop",),
    ),
    "declared by setup.cfg": (
        ("lib/shop/__init__.py",),
        {"setup__cfg": "[options]\npackage_dir =\n    = lib\n"},
        ("lib",),
        ("shop",),
    ),
    "declared by setup.py": (
        ("lib/shop/__init__.py",),
        {"setup__py": "setup(package_dir={'': 'lib'}, packages=find_packages('lib'))\n"},
        ("lib",),
        ("shop",),
    ),
    "nothing": (("README.md",), {}, (".",), ()),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_packages_are_found_in_every_common_layout(tmp_path: Path, layout: str) -> None:
    paths, texts, source_roots, packages = LAYOUTS[layout]
    root = tree(tmp_path / "target", *paths, **texts)
    target = detect_target(root)
    assert target.source_roots == source_roots
    assert target.packages == packages
    assert target.root == str(root)


@pytest.mark.parametrize(
    ("paths", "settings", "chosen"),
    [
        ((), "", "tests/integration"),
        (("tests/test_a.py",), "", "tests/integration"),
        (("test/test_a.py",), "", "test/integration"),
        (("tests/integration/test_a.py",), "", "tests/integration"),
        (("integration_tests/test_a.py",), "", "integration_tests"),
        (("tests/it/test_a.py",), "", "tests/it"),
        (("checks/test_a.py", "tests/x.txt"), "testpaths = checks", "checks/integration"),
        (("tests/unit/test_a.py",), "testpaths = tests/unit", "tests/integration"),
        (("qa/unit/a.py", "qa/integration-slow/a.py"), "testpaths = qa/*", "qa/integration-slow"),
        ((), "testpaths = spec", "spec/integration"),
        ((), "python_files = test/*test_*.py", "test/integration"),
        (("tests/data.txt",), "python_files = qa/*.py test_*.py", "tests/integration"),
        (("docs/index.rst",), "testpaths = docs tests", "tests/integration"),
        (("docs/index.rst",), "testpaths = docs", "docs/integration"),
        (("shop/tests/test_a.py", "shop/__init__.py"), "", "shop/tests/integration"),
        (("tests/test_a.py",), "testpaths = ../elsewhere /abs", "tests/integration"),
        (("src/shop/__init__.py", "tests/test_a.py"), "testpaths = src tests", "tests/integration"),
        (("shop/__init__.py", "tests/test_a.py"), "testpaths = shop tests", "tests/integration"),
    ],
)
def test_integration_tests_go_where_the_project_would_put_them(
    tmp_path: Path, paths: tuple[str, ...], settings: str, chosen: str
) -> None:
    root = tree(tmp_path / "target", "shop.py", *paths)
    (root / "pytest.ini").write_text(f"[pytest]\n{settings}\n")
    assert detect_target(root).tests_dir == chosen


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", "[tool.pytest.ini_options]\ntestpaths = ['checks']\n"),
        ("pyproject.toml", "[tool.pytest]\ntestpaths = ['checks']\n"),
        ("setup.cfg", "[tool:pytest]\ntestpaths = checks\n"),
        ("tox.ini", "[pytest]\ntestpaths =\n    checks\n"),
        ("pytest.toml", "[pytest]\ntestpaths = ['checks']\n"),
    ],
)
def test_testpaths_are_read_from_wherever_pytest_reads_them(
    tmp_path: Path, file: str, text: str
) -> None:
    root = tree(tmp_path / "target", "shop.py", "checks/test_a.py")
    (root / file).write_text(text)
    assert detect_target(root).tests_dir == "checks/integration"


def test_the_settings_may_name_the_tests_folder_but_only_inside(tmp_path: Path) -> None:
    root = tree(tmp_path / "target", "shop.py")
    assert detect_target(root, tests_dir="qa/it").tests_dir == "qa/it"
    with pytest.raises(TargetTrouble, match="must lie within"):
        detect_target(root, tests_dir="../outside")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", '[project]\nname = "my-webshop"\n'),
        ("setup.cfg", "[metadata]\nname = my-webshop\n"),
        ("setup.py", "from setuptools import setup\nsetup(\n    name='my-webshop')\n"),
        ("PKG-INFO", "Metadata-Version: 2.1\nName: my-webshop\nVersion: 1\n"),
    ],
)
def test_a_project_goes_by_the_name_of_its_files_and_of_its_folder(
    tmp_path: Path, file: str, text: str
) -> None:
    (tmp_path / file).write_text(text)
    names = names_of_project(tmp_path)
    assert "my-webshop" in names
    assert tmp_path.name in names


def test_a_folder_within_a_repository_belongs_to_its_nearest_project(tmp_path: Path) -> None:
    root = tree(tmp_path / "target", ".git/HEAD", "packages/a/pyproject.toml", "packages/a/b/c.py")
    assert nearest_project(root / "packages/a/b") == root / "packages/a"
    assert nearest_project(root / "packages") == root
    loose = tree(tmp_path / "loose", "pyproject.toml", "inner/a.py")
    assert nearest_project(loose / "inner") == loose / "inner"


def found(root: Path, python: str | None = None) -> Target:
    return detect_target(tree(root, "shop/__init__.py"), python)


@pytest.mark.parametrize("name", [".venv", "venv", "env"])
def test_an_environment_in_the_folder_is_the_target_s_own(
    tmp_path: Path, bare_environment: Path, name: str
) -> None:
    root = tree(tmp_path / "target")
    (root / name).symlink_to(bare_environment)
    target = found(root)
    assert target.found_by == name
    assert target.python == str(root / name / "bin" / "python")
    assert target.python_version == "{}.{}.{}".format(*sys.version_info[:3])
    assert target.pytest_version == ""
    assert target.problems == (
        f"There is no pytest in {target.python}: run `{target.python} -m pip install pytest`.",
    )


def test_an_active_environment_is_taken_but_never_ours(
    tmp_path: Path, bare_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(bare_environment))
    assert found(tmp_path / "target").found_by == "$VIRTUAL_ENV"
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    target = found(tmp_path / "target")
    assert (target.found_by, target.python) == (OURS, sys.executable)
    assert target.pytest_version
    assert "no environment of its own" in doctor_facts(target)[0].advice


def test_the_environments_of_the_tools_are_found_from_their_files(
    tmp_path: Path, bare_environment: Path
) -> None:
    home = tmp_path / "home"
    python = str(bare_environment / "bin" / "python")

    pdm = tree(tmp_path / "pdm", ".pdm-python")
    (pdm / ".pdm-python").write_text(python)
    assert found(pdm).found_by == "pdm"

    poetry = tree(tmp_path / "poetry", pyproject__toml="[tool.poetry]\nname = 'My Shop'\n")
    digest = base64.urlsafe_b64encode(hashlib.sha256(str(poetry).encode()).digest()).decode()[:8]
    cache = home / ".cache/pypoetry/virtualenvs"
    cache.mkdir(parents=True)
    (cache / f"my_shop-{digest}-py3.11").symlink_to(bare_environment)
    assert found(poetry).found_by == "poetry"

    hatch = tree(
        tmp_path / "hatch", pyproject__toml="[project]\nname = 'my_shop'\n[tool.hatch.envs.x]\n"
    )
    cache = home / ".local/share/hatch/env/virtual/my-shop/AbC"
    cache.mkdir(parents=True)
    (cache / "my-shop").symlink_to(bare_environment)
    assert found(hatch).found_by == "hatch"

    conda = tree(tmp_path / "conda", environment__yml="name: bare\n")
    (home / ".conda").mkdir()
    (home / ".conda/environments.txt").write_text(f"/gone/other\n{bare_environment}\n")
    assert found(conda).found_by == "conda"

    whole = tree(tmp_path / "whole", ".git/HEAD", "libs/a/pyproject.toml")
    (whole / ".venv").symlink_to(bare_environment)
    assert found(whole / "libs/a").found_by == "whole/.venv"


def test_a_tool_that_has_to_be_asked_is_asked_in_its_folder(
    tmp_path: Path, bare_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tree(tmp_path / "tools", poetry=f"#!/bin/sh\npwd >&2\necho {bare_environment}\n")
    (tools / "poetry").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    root = tree(tmp_path / "target", "poetry.lock")
    assert found(root).found_by == "poetry"


def test_the_named_interpreter_wins_and_is_never_silently_replaced(
    tmp_path: Path, bare_environment: Path
) -> None:
    root = tree(tmp_path / "target")
    (root / ".venv").symlink_to(bare_environment)
    assert found(root, sys.executable).python == sys.executable
    assert found(root, str(bare_environment)).python == str(bare_environment / "bin" / "python")
    assert found(root, ".venv").found_by == "settings"
    nowhere = found(root, "/no/such/python")
    assert nowhere.python == ""
    assert "There is no interpreter /no/such/python" in nowhere.problems[0]
    broken = found(root, "/bin/false")
    assert broken.python == ""
    assert "does not answer" in broken.problems[0]


def test_a_broken_environment_is_said_and_the_next_is_taken(tmp_path: Path) -> None:
    root = tree(tmp_path / "target", ".venv/bin/python")
    target = found(root)
    assert target.found_by == OURS
    assert "(.venv) does not answer" in target.problems[0]


def test_what_the_project_needs_and_lacks_is_named_with_the_command(tmp_path: Path) -> None:
    text = (
        "[project]\nname='x'\ndependencies=['no-such-thing>=1', 'pytest', 'w; os_name==\"nt\"']\n"
    )
    root = tree(tmp_path / "target", "shop.py", pyproject__toml=text)
    target = detect_target(root)
    assert f"Not installed in {target.python}: no-such-thing." in target.problems[0]
    assert "-m pip install -e .`" in target.problems[0]
    assert "no environment of its own" in target.problems[1]
    assert requirements_of(root) == ("no-such-thing", "pytest")


def test_sources_that_nobody_installed_go_onto_the_path(tmp_path: Path) -> None:
    root = tree(tmp_path / "target", "src/shop/__init__.py")
    assert detect_target(root).environment == (("PYTHONPATH", str(root / "src")),)
    (root / "pytest.ini").write_text("[pytest]\npythonpath = src\n")
    assert detect_target(root).environment == ()


def test_a_module_named_like_the_standard_library_s_does_not_disturb(tmp_path: Path) -> None:
    root = tree(tmp_path / "target", json__py="raise SystemExit", re__py="raise SystemExit")
    target = detect_target(root)
    assert target.packages == ("json", "re")
    assert target.pytest_version


def test_entry_points_of_other_distributions_are_told_but_scripts_and_tools_are_not(
    tmp_path: Path,
) -> None:
    told = "[shop.pots]\nglass = glassware:Glass\n\n[console_scripts]\nglass = glassware:main\n"
    folder = "glassware-1.0.dist-info"
    tree(tmp_path, f"{folder}/METADATA", f"{folder}/entry_points.txt", "shop/__init__.py")
    (tmp_path / folder / "METADATA").write_text("Name: Glass_Ware\nVersion: 1.0\n")
    (tmp_path / folder / "entry_points.txt").write_text(told)
    # The folder counts as a place of distributions when the interpreter is told of it.
    seen = subprocess.run(
        [sys.executable, "-c", _SCRIPT, json.dumps({"packages": [], "path": [], "options": []})],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    plugged = json.loads(seen.stdout.strip().removeprefix(MARK))["plugged"]
    assert ["shop.pots", "glass", "glassware:Glass", "glass-ware"] in plugged
    assert not {"console_scripts", "pytest11"} & {group for group, _, _, _ in plugged}


def test_nothing_of_the_target_is_run(tmp_path: Path) -> None:
    text = "import pathlib; pathlib.Path('ran').touch()"
    root = tree(tmp_path / "target", shop__py=text, setup__py=text, conftest__py=text)
    detect_target(root)
    assert not (root / "ran").exists()


def test_a_folder_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(TargetTrouble, match="is not a folder"):
        detect_target(tmp_path / "gone")


def test_the_doctor_tells_every_fact_and_what_to_do(
    tmp_path: Path, bare_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tree(tmp_path / "tools", gemini="#!/bin/sh\n", gh="#!/bin/sh\necho gh version 2.1\n")
    for tool in ("gemini", "gh"):
        (tools / tool).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    root = tree(tmp_path / "target", "shop/__init__.py", "shop/cart.py")
    (root / ".venv").symlink_to(bare_environment)
    facts = {fact.label: fact for fact in doctor_facts(detect_target(root))}
    assert "by .venv" in facts["Interpreter"].value
    assert not facts["pytest"].ok
    assert "-m pip install pytest" in facts["pytest"].advice
    assert facts["Packages"].value == "shop (2 modules)"
    assert facts["Source folders"].advice == ""
    assert facts["Tests go to"].value == "tests/integration (will be made)"
    assert facts["git"].ok
    assert facts["gh"].value == "2.1"
    assert facts["Agents"].value == "gemini"
    assert facts["Box"].value
    assert "Problem" not in facts
    assert all(fact.advice for fact in facts.values() if not fact.ok)


def test_the_doctor_is_calm_where_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    facts = {
        fact.label: fact
        for fact in doctor_facts(Target(root=str(tmp_path), problems=("No way in.",)))
    }
    assert not facts["Interpreter"].ok
    assert facts["Interpreter"].advice == "No way in."
    assert not facts["git"].ok
    assert facts["gh"].ok
    assert facts["Agents"].value == "none"


@pytest.mark.parametrize(
    ("ini", "name", "is_told"),
    [
        ("", "test_{}.py", False),
        ("python_files = *_test.py", "{}_test.py", False),
        ("python_files = check_*.py test_*.py", "test_{}.py", False),
        ("python_files = tests.py", "test_{}.py", True),
    ],
)
def test_test_files_are_named_as_the_target_collects_them(
    tmp_path: Path, ini: str, name: str, is_told: bool
) -> None:
    (tmp_path / "shop.py").write_text("")
    (tmp_path / "pytest.ini").write_text(f"[pytest]\n{ini}\n")
    target = detect_target(tmp_path)
    assert target.test_file_name == name
    assert any("python_files" in problem for problem in target.problems) is is_told

"""Describes the tests that are there: framework, fixtures, patterns, mocking, what they enter."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from itc_tui.domain.counting import counted
from itc_tui.domain.exploration import ExistingTests, Framework
from itc_tui.engines.builtin.map.source_index import Module, SourceIndex

UTILITIES_SHOWN = 40
_MOCKS = {
    "unittest.mock": "unittest.mock", "mock": "mock", "pytest_mock": "pytest-mock",
    "responses": "responses", "respx": "respx", "requests_mock": "requests-mock", "moto": "moto",
    "fakeredis": "fakeredis", "freezegun": "freezegun", "time_machine": "time-machine",
    "vcr": "vcrpy", "httpretty": "httpretty", "pyfakefs": "pyfakefs", "flexmock": "flexmock",
    "pytest_httpserver": "pytest-httpserver", "aioresponses": "aioresponses",
}  # fmt: skip
_ASSERTIONS = (
    "assertpy",
    "hamcrest",
    "expects",
    "sure",
    "nose.tools",
    "pandas.testing",
    "dirty_equals",
)
_FIXTURE = re.compile(r"(?:^|\.)(?:yield_)?fixture\b")


def describe_tests(index: SourceIndex) -> tuple[ExistingTests, Framework]:
    files = [one for one in index.tests if _holds_tests(one)]
    helpers = [one for one in index.tests if one.path.rpartition("/")[2] == "conftest.py"]
    mocks = _mocks(files + helpers)
    existing = ExistingTests(
        test_files=tuple(sorted(one.path for one in files)),
        patterns=tuple(_patterns(files, helpers)),
        utilities=tuple(_utilities(index.tests)[:UTILITIES_SHOWN]),
        mocking_conventions=_mocking(files, mocks),
    )
    framework = Framework(
        runner=_runner(Path(index.root), files),
        assertion_lib=_assertions(files),
        mock_lib=mocks.most_common(1)[0][0] if mocks else "",
    )
    return existing, framework


def covered_names(index: SourceIndex) -> set[str]:
    """Functions and classes of the target that existing tests reach, by following calls."""
    reached: set[str] = set()
    waiting = [edge.callee_name for edge in index.edges_of_tests]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        waiting += [edge.callee_name for edge in index.callees_of(name)]
        if name in index.classes:
            waiting += [f"{name}.__init__"] if f"{name}.__init__" in index.functions else []
    return reached


def _holds_tests(module: Module) -> bool:
    return module.facts.has_tests and not module.path.endswith("conftest.py")


def _imports(module: Module) -> list[str]:
    return [name for name, _ in module.facts.imports]


def _mocks(modules: list[Module]) -> Counter[str]:
    found: Counter[str] = Counter()
    for module in modules:
        names = set(_imports(module))
        for prefix, library in _MOCKS.items():
            if any(name == prefix or name.startswith(prefix + ".") for name in names):
                found[library] += 1
        for function in module.facts.functions.values():
            wanted = {one.name for one in function.parameters}
            found["pytest monkeypatch"] += "monkeypatch" in wanted
            found["pytest-mock"] += "mocker" in wanted
    return Counter({name: count for name, count in found.items() if count})


def _mocking(files: list[Module], mocks: Counter[str]) -> str:
    if not files:
        return ""
    if not mocks:
        return "nothing is mocked"
    named = ", ".join(f"{name} ({count})" for name, count in mocks.most_common(4))
    return f"{named}; in {counted(len(files), 'test file')}"


def _utilities(tests: list[Module]) -> list[str]:
    """Fixtures, and functions of test folders that are not tests themselves."""
    found = []
    for module in tests:
        for qual, function in module.facts.functions.items():
            if any(_FIXTURE.search(one.text.split("(")[0]) for one in function.decorators):
                found.append(f"fixture {qual} ({module.path}:{function.line})")
    for module in tests:
        if not module.facts.has_tests and not module.path.endswith("conftest.py"):
            found += [
                f"{qual} ({module.path}:{function.line})"
                for qual, function in module.facts.functions.items()
                if "." not in qual and not qual.startswith("_")
            ]
    return found


def _patterns(files: list[Module], helpers: list[Module]) -> list[str]:
    counts: Counter[str] = Counter()
    for module in files:
        facts = module.facts
        counts["test functions"] += sum(
            "." not in qual and qual.startswith("test") for qual in facts.functions
        )
        for kind in facts.classes.values():
            is_unittest = any("TestCase" in base for base in kind.base_texts)
            counts["unittest.TestCase classes"] += is_unittest
            counts["Test classes"] += kind.qual.startswith("Test") and not is_unittest
        for function in facts.functions.values():
            counts["async tests"] += function.is_async and function.qual.startswith("test")
            for decorator in function.decorators:
                counts["parametrize"] += "parametrize" in decorator.text
                counts["hypothesis"] += decorator.text.startswith(("given", "hypothesis.given"))
        counts["integration folder"] += "integration" in module.path
        counts["end-to-end folder"] += "e2e" in module.path or "functional" in module.path
    counts["conftest.py"] += len(helpers)
    return [f"{name}: {count}" for name, count in counts.items() if count]


def _runner(root: Path, files: list[Module]) -> str:
    if any(name.split(".")[0] == "pytest" for one in files for name in _imports(one)):
        return "pytest"
    told = "".join(_text(root / name) for name in ("pyproject.toml", "setup.cfg", "tox.ini"))
    if "pytest" in told or (root / "pytest.ini").is_file():
        return "pytest"
    if any("TestCase" in base for one in files for kind in one.facts.classes.values()
           for base in kind.base_texts):  # fmt: skip
        return "unittest"
    return "pytest"


def _assertions(files: list[Module]) -> str:
    names = {name for one in files for name in _imports(one)}
    for library in _ASSERTIONS:
        if any(name == library or name.startswith(library + ".") for name in names):
            return library
    uses_methods = any(
        "TestCase" in base
        for one in files
        for kind in one.facts.classes.values()
        for base in kind.base_texts
    )
    return "unittest assertions" if uses_methods else "assert"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""

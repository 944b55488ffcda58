"""A conftest may offer; it may not change what it is not asked to change."""

from __future__ import annotations

import pytest

from itc_tui.domain.gate.placing import misplaced_in
from itc_tui.domain.gate.supporting import only_offers_fixtures
from itc_tui.domain.requests import Draft, DraftCase, DraftFile

FIXTURE = '"""Shared."""\n\nimport pytest\n\n\ndef _made():\n    return 3\n\n\n'
FIXTURE += "@pytest.fixture\ndef clock(monkeypatch):\n    return _made()\n"


def test_fixtures_that_have_to_be_asked_for_are_welcome() -> None:
    assert only_offers_fixtures(FIXTURE)
    draft = Draft(files=(DraftFile(path="tests/integration/conftest.py", text=FIXTURE),))
    assert list(misplaced_in(draft, "tests/integration")) == []


@pytest.mark.parametrize(
    "more",
    [
        "collect_ignore = ['test_a.py']",
        "pytest_plugins = ['other']",
        "def pytest_collection_modifyitems(items):\n    items.clear()",
        "@pytest.fixture(autouse=True)\ndef quiet():\n    pass",
        "@pytest.fixture(**options)\ndef quiet():\n    pass",
        "@pytest.fixture(params=[1, 2])\ndef twice(request):\n    pass",
        "@pytest.hookimpl\ndef pytest_runtest_call():\n    pass",
        "import sys; sys.exit(0)",
        "class Shop:\n    pass",
        "from shop import *",
        "def price():\n    return 3",
        "not python",
    ],
)
def test_whatever_acts_without_being_asked_is_refused(more: str) -> None:
    text = f"{FIXTURE}\n\n{more}\n"
    assert not only_offers_fixtures(text)
    draft = Draft(files=(DraftFile(path="tests/integration/conftest.py", text=text),))
    assert [issue.rule for issue in misplaced_in(draft, "tests/integration")] == ["misplaced"]


def test_a_conftest_holds_no_cases_and_lies_where_the_tests_do() -> None:
    case = DraftCase(case_id="IS-001-1", scenario_id="IS-001", function="clock")
    held = DraftFile(path="tests/integration/conftest.py", text=FIXTURE, cases=(case,))
    above = DraftFile(path="tests/conftest.py", text=FIXTURE)
    found = misplaced_in(Draft(files=(held, above)), "tests/integration")
    assert [issue.path for issue in found] == [held.path, above.path]

"""A session killed anywhere goes on to the same end: no commit twice, nothing lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.journey import SESSION, TEST_FILE, shop_at
from tests.person import Person

#: What differs between two runs of the same session, and may.
_PASSING = {
    *("timestamp", "started", "completed", "sha", "commit", "reverted_by", "duration_s"),
    *("at", "message", "traceback", "output"),
}
PROJECT = Path(__file__).parents[2]


def deaths_until_done(person: Person, saves: int, moment: str) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.killed", str(person.root), str(saves), moment],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def final_state(person: Person) -> Any:
    file = person.root / ".workflow" / ".integration-test" / SESSION / "state.json"
    return without_passing(json.loads(file.read_text()))


def without_passing(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: bool(one) if key in _PASSING else without_passing(one)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [without_passing(one) for one in value]
    return value


def final_log(person: Person) -> str:
    file = person.root / ".workflow" / ".integration-test" / SESSION / "reflection-log.md"
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:+]+", "TIME", file.read_text())
    return re.sub(r"\b[0-9a-f]{12}\b", "SHA", text)


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory: pytest.TempPathFactory) -> Person:
    person = shop_at(tmp_path_factory.mktemp("unharmed") / "shop")
    assert deaths_until_done(person, 0, "after") == 0
    assert sum("rollback" in message for message in person.log()) == 1
    return person


@pytest.mark.parametrize(
    ("saves", "moment"),
    [(2, "after"), (3, "before")],
    ids=["after each persisted step", "between the deeds of a step and its persisting"],
)
def test_killed_at_every_step_in_turn_it_comes_to_the_same_end(
    tmp_path: Path, unharmed: Person, saves: int, moment: str
) -> None:
    """Each process takes up the session, gets one step further, and is killed."""
    person = shop_at(tmp_path / "shop")
    person.write("mine.txt", "staged\n")
    person.git("add", "mine.txt")
    assert deaths_until_done(person, saves, moment) > 20
    assert final_state(person) == final_state(unharmed)
    assert final_log(person) == final_log(unharmed)
    assert person.log() == unharmed.log()
    assert person.read(TEST_FILE) == unharmed.read(TEST_FILE)
    assert person.status() == ["A  mine.txt"]

"""One fake per port: it behaves, in memory; it does not record calls."""

from tests.fakes.scripted_engine import ScriptedEngine
from tests.fakes.world import (
    FakeClock,
    FakeIssueDesk,
    FakeProver,
    FakeRepository,
    FakeRunner,
    FakeStore,
    fake_world,
)

__all__ = [
    "FakeClock",
    "FakeIssueDesk",
    "FakeProver",
    "FakeRepository",
    "FakeRunner",
    "FakeStore",
    "ScriptedEngine",
    "fake_world",
]

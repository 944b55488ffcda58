"""A journey: a real repository, real git, real pytest, and an engine that follows a script."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from itc_tui.adapters.running.pytest_runner import PytestRunner
from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.adapters.tree.repositories import open_repository
from itc_tui.domain.events import Event
from itc_tui.domain.state import State
from itc_tui.domain.target import Target
from itc_tui.headless.answers import auto
from itc_tui.headless.drive import drive
from itc_tui.loop import cycle
from itc_tui.ports import Engine, Limits, SessionStore, StopSwitch, World
from tests.fakes import FakeIssueDesk, FakeProver
from tests.fakes.world import FakeLibrary
from tests.person import Person

TOPIC = "cart"
SESSION = "ITG-cart-2026-03-04"
TEST_FILE = "tests/integration/test_cart.py"

CART = '''"""A cart that keeps its lines in a store."""

from shop.store import Store


def total(store: Store) -> int:
    """What all lines cost together.

    >>> store = Store()
    >>> store.add(3, 2)
    >>> store.add(10, 1)
    >>> total(store)
    16
    """
    return sum(price * count for price, count in store.lines())
'''
STORE = '''"""Where lines are kept."""


class Store:
    def __init__(self) -> None:
        self._lines: list[tuple[int, int]] = []

    def add(self, price: int, count: int) -> None:
        self._lines.append((price, count))

    def lines(self) -> list[tuple[int, int]]:
        return list(self._lines)
'''


def shop_at(root: Path) -> Person:
    """A small repository with two modules and one commit."""
    root.mkdir(parents=True)
    person = Person(root)
    person.git("init", "-q", "-b", "main")
    person.git("config", "user.name", "Ann")
    person.git("config", "user.email", "ann@example.invalid")
    person.git("config", "commit.gpgsign", "false")
    for path, text in {
        "shop/__init__.py": "",
        "shop/cart.py": CART,
        "shop/store.py": STORE,
        ".gitignore": "__pycache__/\n.workflow/\n",
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n',
    }.items():
        person.write(path, text)
    person.git("add", ".")
    person.git("commit", "-q", "-m", "A shop")
    return person


def cart_tests(**expected: int) -> str:
    """A test file with one test a name, each expecting that total of two items at three."""
    head = "from shop.cart import total\nfrom shop.store import Store\n"
    return head + "".join(
        f"\n\ndef test_{name}():\n"
        "    store = Store()\n    store.add(3, 2)\n"
        f"    assert total(store) == {value}  # {name}\n"
        for name, value in expected.items()
    )


@contextmanager
def world_in(
    root: Path,
    engine: Engine,
    *,
    target: Target | None = None,
    limits: Limits | None = None,
    stop: StopSwitch | None = None,
    rejected: Mapping[str, str] | None = None,
    session: str = SESSION,
) -> Iterator[World]:
    """The real adapters around a scripted engine; only the proof is taken on trust."""
    clock, stop = SystemClock(), stop or StopSwitch()
    target = target or Target(
        root=str(root), python=sys.executable, pytest_version="8", packages=("shop",)
    )
    folder = root / ".workflow" / ".integration-test" / session
    with open_session(folder, clock) as store:
        repository = open_repository(root, store.trace_dir, session, stop=stop)
        try:
            yield World(
                target=target,
                engine=engine,
                runner=PytestRunner(target, store.trace_dir, stop, clock),
                prover=FakeProver(rejected),
                repository=repository,
                store=store,
                library=FakeLibrary(),
                issues=FakeIssueDesk(),
                clock=clock,
                limits=limits or Limits(),
                stop=stop,
            )
        finally:
            repository.close()


def standing(store: SessionStore, *, max_iterations: int = 10) -> State:
    return store.load() or State(
        session_id=SESSION, module=TOPIC, max_iterations=max_iterations, started="now"
    )


def ride(world: World, *, max_iterations: int = 10) -> tuple[State, list[Event]]:
    """Drive the session to its end, everything confirmed."""
    events: list[Event] = []
    state = drive(
        cycle(standing(world.store, max_iterations=max_iterations), world), events.append, auto
    )
    assert state is not None
    return state, events


def virtual_environment(folder: Path, *, with_pytest: bool) -> Path:
    """An environment of the target's own, without anything from the network."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    if with_pytest:
        import pytest

        ours = Path(pytest.__file__).parents[1]
        site = next(folder.glob("lib/python*/site-packages"))
        for name in ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments", "py.py"):
            (site / name).symlink_to(ours / name)
        for info in ours.glob("*.dist-info"):
            if info.name.split("-")[0].lower() in {"pytest", "pluggy", "iniconfig", "packaging"}:
                (site / info.name).symlink_to(info)
    return folder / "bin" / "python"

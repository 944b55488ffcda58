"""Killed at every single touch of the world and continued: committed once, nothing lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from itc_tui.adapters.tree.owned import ledger, owned_tree, undo_copies
from itc_tui.adapters.tree.plumbing.commands import GitCommands
from tests.person import SESSION, Opening, Person

OURS = "tests/integration/test_cart.py"
NEW = "tests/integration/test_more.py"


def touches(story: Callable[[], None], limit: int) -> None:
    """Run a story in this process, which dies at its `limit`-th touch of git or of a file."""
    left = limit

    def deadly(real: Callable[..., Any]) -> Callable[..., Any]:
        def touch(*words: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*words, **more)

        return touch

    GitCommands.ask = deadly(GitCommands.ask)  # type: ignore[method-assign]
    Path.unlink = deadly(Path.unlink)  # type: ignore[method-assign]
    for module in (ledger, owned_tree, undo_copies):
        module.write_durably = deadly(module.write_durably)  # type: ignore[attr-defined]
    story()


def dies_in_a_child(story: Callable[[], None], limit: int) -> bool:
    child = os.fork()
    if child == 0:
        try:
            touches(story, limit)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, -signal.SIGKILL}
    return code != 0


@pytest.mark.slow
def test_a_session_killed_at_every_touch_ends_the_same(
    tmp_path: Path, person: Person, opening: Opening
) -> None:
    limit, died = 0, True
    while died:
        limit += 1
        root = tmp_path / f"round-{limit}"
        trace = tmp_path / f"trace-{limit}"
        person.git("clone", "-q", str(person.root), str(root))
        here = Person(root)
        here.write("shop/cart.py", "staged\n")
        here.git("add", "shop/cart.py")
        here.write("notes.txt", "mine\n")

        def story(root: Path = root, trace: Path = trace) -> None:
            repository = opening(root, trace=trace)
            repository.write(OURS, "one\n") if not kept(root, "develop") else None
            repository.keep([OURS], "develop", SESSION, "develop")
            if not kept(root, "keep-1"):
                repository.write(OURS, "two\n")
                repository.write(NEW, "new\n")
            gain = repository.keep([OURS, NEW], "gain", SESSION, "keep-1")
            assert gain is not None
            repository.revert(gain, "rollback", SESSION, "rollback-1")

        died = dies_in_a_child(story, limit)
        assert opening(root, trace=trace).changed_by_person() == ()
        story()
        assert here.log() == ["rollback", "gain", "develop", "start"]
        assert here.status() == ["M  shop/cart.py", "?? notes.txt"]
        assert here.read(OURS) == "one\n"
        assert not (root / NEW).exists()
        assert here.git("show", ":shop/cart.py") == "staged"
        assert not list(trace.glob("index-*"))
        for file in root.rglob("*.tmp"):
            raise AssertionError(f"{file} was left behind")
    assert limit > 100


def kept(root: Path, step: str) -> bool:
    """As `state.json` would know it: the step was begun when its commit is there."""
    return f"Itc-Step: {step}" in Person(root).git("log", "--format=%B")

"""What the person changes is noticed; caches, git and our own writing are not told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from itc_tui.adapters.durable_files import write_durably
from itc_tui.adapters.path_watcher import PathWatcher


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "shop" / "__pycache__").mkdir()
    return tmp_path


Watching = Callable[..., PathWatcher]


@pytest.fixture
def watching(root: Path) -> Iterator[Watching]:
    opened: list[PathWatcher] = []

    def watch(is_ours: Callable[[str], bool] = lambda _: False) -> PathWatcher:
        opened.append(PathWatcher(root, is_ours))
        return opened[-1]

    yield watch
    for watcher in opened:
        watcher.close()


def seen_until(watcher: PathWatcher, last: str) -> set[str]:
    """Everything told until `last` was told; the system takes its time."""
    ends, seen = time.monotonic() + 10, set[str]()
    while last not in seen:
        assert time.monotonic() < ends, f"{last} was never told, only {seen}"
        seen.update(watcher.changed_paths())
    return seen


def test_only_what_people_write_is_told(root: Path, watching: Watching) -> None:
    watcher = watching()
    for path in (".git/index", "shop/__pycache__/cart.pyc", "shop/cart.pyc", ".git/HEAD"):
        (root / path).write_text("x")
    (root / "shop" / "cart.py").write_text("x = 1\n")
    write_durably(root / "shop" / "money.py", b"y = 1\n")
    assert seen_until(watcher, "shop/money.py") == {"shop/cart.py", "shop/money.py"}


def test_our_own_writing_is_not_told_but_an_edit_over_it_is(root: Path, watching: Watching) -> None:
    watcher = watching(lambda path: (root / path).read_text() == "ours\n")
    (root / "shop" / "test_cart.py").write_text("ours\n")
    (root / "shop" / "last.py").write_text("x\n")
    assert seen_until(watcher, "shop/last.py") == {"shop/last.py"}
    (root / "shop" / "test_cart.py").write_text("theirs\n")
    assert seen_until(watcher, "shop/test_cart.py") == {"shop/test_cart.py"}


def test_changes_between_two_looks_are_all_told(root: Path, watching: Watching) -> None:
    watcher = watching()
    for number in range(300):
        (root / "shop" / f"part_{number}.py").write_text("x\n")
    (root / "shop" / "zzz.py").write_text("x\n")
    assert len(seen_until(watcher, "shop/zzz.py") | set(watcher.changed_paths())) == 301


def test_a_deleted_file_is_told(root: Path, watching: Watching) -> None:
    (root / "shop" / "cart.py").write_text("x\n")
    watcher = watching()
    (root / "shop" / "cart.py").unlink()
    assert seen_until(watcher, "shop/cart.py") == {"shop/cart.py"}


def test_after_closing_nothing_is_told_and_nothing_breaks(root: Path, watching: Watching) -> None:
    watcher = watching()
    watcher.close()
    (root / "shop" / "cart.py").write_text("x\n")
    assert watcher.changed_paths() == ()
    watcher.close()


def test_a_root_that_cannot_be_watched_is_a_note_and_no_end(tmp_path: Path) -> None:
    watcher = PathWatcher(tmp_path / "nowhere")
    assert watcher.changed_paths() == ()
    assert "not noticed" in watcher.problem


def test_a_folder_that_comes_later_is_watched_with_what_is_in_it(
    root: Path, watching: Watching
) -> None:
    watcher = watching()
    (root / "mail").mkdir()
    (root / "mail" / "first.py").write_text("x\n")
    assert "mail/first.py" in seen_until(watcher, "mail/first.py")
    (root / "mail" / "inner").mkdir()
    (root / "mail" / "inner" / "second.py").write_text("x\n")
    assert "mail/inner/second.py" in seen_until(watcher, "mail/inner/second.py")


def test_what_nobody_watches_costs_no_watch(root: Path, watching: Watching) -> None:
    for name in (".venv", "node_modules", "build", ".hidden"):
        (root / name).mkdir()
    watcher = watching()
    assert {folder.name for folder in watcher._folders} == {"shop"}


def test_a_file_that_is_ours_by_the_next_look_is_not_told(root: Path, watching: Watching) -> None:
    ours: set[str] = set()
    watcher = watching(lambda path: path in ours)
    (root / "shop" / "cart.py").write_text("x\n")
    while not watcher._fresh:
        assert watcher.changed_paths() == ()
    ours.add("shop/cart.py")  # as when a commit of ours has just been settled
    (root / "shop" / "last.py").write_text("x\n")
    assert seen_until(watcher, "shop/last.py") == {"shop/last.py"}

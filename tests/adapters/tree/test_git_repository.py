"""Keep, restore and revert in real repositories: ours is committed, theirs is left alone."""

from __future__ import annotations

from pathlib import Path

from itc_tui.ports import Commit
from tests.person import SESSION, Opening, Person

OURS = "tests/integration/test_cart.py"
KEEP = "test(integration): generate integration tests for cart"


def kept(commit: Commit | None) -> Commit:
    assert commit is not None
    return commit


def test_a_kept_file_is_committed_with_trailers_and_the_tree_is_clean(
    person: Person, opening: Opening
) -> None:
    repository = opening(person.root)
    repository.write(OURS, "def test_total():\n    assert 1\n")
    commit = kept(repository.keep([OURS], KEEP, SESSION, "develop"))
    assert person.git("rev-parse", "HEAD") == commit.sha
    assert person.git("log", "-1", "--format=%B") == (
        f"{KEEP}\n\nItc-Session: {SESSION}\nItc-Step: develop\n"
    ).rstrip("\n")
    assert person.git("log", "-1", "--format=%an <%ae>") == "Ada <ada@example.org>"
    assert person.files_in("HEAD") == [OURS]
    assert person.status() == []
    assert commit.message == KEEP
    assert commit.warnings == ()


def test_a_dirty_tree_and_what_is_staged_stay_exactly_as_they_were(
    person: Person, opening: Opening
) -> None:
    person.commit("shop/money.py", "a = 1\n")
    person.write("shop/cart.py", "def total():\n    return 2\n")
    person.git("add", "shop/cart.py")
    person.write("shop/cart.py", "def total():\n    return 3\n")
    person.write("shop/new.py", "new = 1\n")
    person.git("add", "shop/new.py")
    person.git("rm", "-q", "shop/money.py")
    person.write("notes.txt", "mine\n")
    person.write("later.py", "x = 1\n")
    person.git("add", "--intent-to-add", "later.py")
    before, staged = person.status(), person.git("diff", "--cached")
    repository = opening(person.root)
    repository.write(OURS, "def test_total(): ...\n")
    repository.keep([OURS], KEEP, SESSION, "develop")
    assert person.files_in("HEAD") == [OURS]
    assert person.status() == before
    assert person.git("diff", "--cached") == staged
    assert person.git("stash", "list") == ""


def test_nothing_is_committed_when_nothing_differs(person: Person, opening: Opening) -> None:
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    assert repository.keep([OURS], KEEP, SESSION, "develop")
    repository.write(OURS, "one\n")
    assert repository.keep([OURS], "again", SESSION, "keep-1") is None
    assert person.log() == [KEEP, "start"]


def test_a_commit_of_a_killed_process_is_adopted_and_not_made_twice(
    person: Person, opening: Opening
) -> None:
    opening(person.root).write(OURS, "one\n")
    first = kept(opening(person.root).keep([OURS], KEEP, SESSION, "develop"))
    # Killed before the index followed: the person's index does not know our file.
    person.git("rm", "-q", "--cached", OURS)
    again = kept(opening(person.root).keep([OURS], KEEP, SESSION, "develop"))
    assert again.sha == first.sha
    assert person.log() == [KEEP, "start"]
    assert person.status() == []


def test_the_same_step_of_an_older_session_with_the_same_name_is_not_taken_for_ours(
    person: Person, opening: Opening, tmp_path: Path
) -> None:
    opening(person.root).write(OURS, "one\n")
    first = kept(opening(person.root).keep([OURS], KEEP, SESSION, "develop"))
    new_session = opening(person.root, trace=tmp_path / ".trace-of-the-next")
    new_session.write("tests/test_more.py", "two\n")
    second = kept(new_session.keep(["tests/test_more.py"], KEEP, SESSION, "develop"))
    assert second.sha != first.sha


def test_restore_brings_back_the_last_kept_text_and_new_files_vanish(
    person: Person, opening: Opening
) -> None:
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    repository.keep([OURS], KEEP, SESSION, "develop")
    repository.write(OURS, "two\n")
    repository.write("tests/extra/deep/test_new.py", "new\n")
    repository.restore([OURS, "tests/extra/deep/test_new.py"])
    assert person.read(OURS) == "one\n"
    assert not (person.root / "tests/extra").exists()
    assert person.status() == []
    repository.write("tests/extra/deep/test_new.py", "again\n")
    assert repository.owned_paths() == ("tests/extra/deep/test_new.py", OURS)


def test_a_revert_takes_back_one_commit_among_staged_and_dirty_files(
    person: Person, opening: Opening
) -> None:
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    repository.keep([OURS], KEEP, SESSION, "develop")
    repository.write(OURS, "two\n")
    repository.write("tests/test_new.py", "new\n")
    gain = kept(repository.keep([OURS, "tests/test_new.py"], "gain", SESSION, "keep-1"))
    person.write("shop/cart.py", "def total():\n    return 2\n")
    person.git("add", "shop/cart.py")
    person.write("shop/cart.py", "def total():\n    return 3\n")
    before, staged = person.status(), person.git("diff", "--cached")
    undone = repository.revert(gain, "rollback iteration 1", SESSION, "rollback-1")
    assert person.read(OURS) == "one\n"
    assert not (person.root / "tests/test_new.py").exists()
    assert person.status() == before
    assert person.git("diff", "--cached") == staged
    assert person.log() == ["rollback iteration 1", "gain", KEEP, "start"]
    assert f"This reverts commit {gain.sha}." in person.git("log", "-1", "--format=%B")
    assert "-two" in repository.diff(undone)
    assert repository.revert(gain, "rollback iteration 1", SESSION, "rollback-1").sha == undone.sha
    assert len(person.log()) == 4

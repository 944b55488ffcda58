"""Attempts to make it lose something of the person's: none may succeed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from itc_tui.domain.trouble import ChangedByPerson, RepositoryTrouble
from itc_tui.ports import Commit
from tests.person import SESSION, Opening, Person

OURS = "tests/test_cart.py"


def keep(opening: Opening, person: Person, text: str, step: str) -> Commit:
    repository = opening(person.root)
    repository.write(OURS, text)
    commit = repository.keep([OURS], step, SESSION, step)
    assert isinstance(commit, Commit)
    return commit


def test_a_version_of_our_file_that_the_person_staged_stays_staged(
    person: Person, opening: Opening
) -> None:
    keep(opening, person, "one\n", "develop")
    person.write(OURS, "staged by hand\n")
    person.git("add", OURS)
    person.write(OURS, "one\n")
    keep(opening, person, "two\n", "keep-1")
    assert person.git("show", f":{OURS}") == "staged by hand"
    assert person.git("show", f"HEAD:{OURS}") == "two"


def test_our_file_that_the_person_took_out_of_the_index_stays_out(
    person: Person, opening: Opening
) -> None:
    keep(opening, person, "one\n", "develop")
    person.git("rm", "-q", "--cached", OURS)
    keep(opening, person, "two\n", "keep-1")
    assert person.git("ls-files", OURS) == ""


def test_our_text_that_the_person_added_along_with_theirs_follows_our_commit(
    person: Person, opening: Opening
) -> None:
    opening(person.root).write(OURS, "one\n")
    person.write("notes.txt", "mine\n")
    person.git("add", "-A", "--", "tests", "notes.txt")
    keep(opening, person, "two\n", "develop")
    assert person.status() == ["A  notes.txt"]


def test_a_middle_iteration_is_reverted_and_what_came_later_stays(
    person: Person, opening: Opening
) -> None:
    lines = [f"line {number}\n" for number in range(12)]
    keep(opening, person, "".join(lines), "develop")
    lines[1] = "second\n"
    second = keep(opening, person, "".join(lines), "keep-2")
    lines[10] = "third\n"
    keep(opening, person, "".join(lines), "keep-3")
    person.write("shop/cart.py", "dirty\n")
    repository = opening(person.root)
    repository.revert(second, "rollback iteration 2", SESSION, "rollback-2")
    lines[1] = "line 1\n"
    assert person.read(OURS) == "".join(lines)
    assert person.status() == [" M shop/cart.py"]


def test_a_revert_that_conflicts_with_a_later_iteration_leaves_no_trace(
    person: Person, opening: Opening
) -> None:
    keep(opening, person, "one\n", "develop")
    second = keep(opening, person, "two\n", "keep-2")
    third = keep(opening, person, "three\n", "keep-3")
    state = sorted(path.name for path in (person.root / ".git").iterdir())
    with pytest.raises(RepositoryTrouble, match=r"conflict.*Nothing was changed"):
        opening(person.root).revert(second, "rollback", SESSION, "rollback-2")
    assert person.read(OURS) == "three\n"
    assert person.git("rev-parse", "HEAD") == third.sha
    assert person.status() == []
    assert sorted(path.name for path in (person.root / ".git").iterdir()) == state


def test_a_commit_of_the_persons_is_not_reverted(person: Person, opening: Opening) -> None:
    theirs = person.commit("shop/cart.py", "two\n")
    keep(opening, person, "one\n", "develop")
    repository = opening(person.root)
    for sha in (theirs, "HEAD", "--all", "0" * 40, "main"):
        with pytest.raises(RepositoryTrouble):
            repository.revert(Commit(sha=sha, message="", step="x"), "rollback", SESSION, "r-1")
        with pytest.raises(RepositoryTrouble):
            repository.diff(Commit(sha=sha, message="", step="x"))
    assert len(person.log()) == 3


def test_a_commit_that_a_rebase_moved_is_found_again(person: Person, opening: Opening) -> None:
    commit = keep(opening, person, "one\n", "develop")
    person.git(
        "commit", "-q", "--amend", "-m", person.git("log", "-1", "--format=%B") + "\nAcked: x"
    )
    moved = person.git("rev-parse", "HEAD")
    assert moved != commit.sha
    opening(person.root).revert(commit, "rollback", SESSION, "rollback-1")
    assert f"This reverts commit {moved}." in person.git("log", "-1", "--format=%B")


def test_messages_that_wait_for_the_persons_next_commit_are_still_there(
    person: Person, opening: Opening
) -> None:
    person.git("switch", "-q", "-c", "feature")
    person.commit("shop/new.py", "x = 1\n", "careful words")
    person.git("switch", "-q", "main")
    person.git("merge", "-q", "--squash", "feature")
    (person.root / ".git" / "COMMIT_EDITMSG").write_text("a draft that a hook refused\n")
    squash = (person.root / ".git" / "SQUASH_MSG").read_text()
    keep(opening, person, "one\n", "develop")
    assert (person.root / ".git" / "SQUASH_MSG").read_text() == squash
    assert (person.root / ".git" / "COMMIT_EDITMSG").read_text() == "a draft that a hook refused\n"
    assert person.status() == ["A  shop/new.py"]


def test_a_file_that_the_person_deleted_and_git_still_knows_is_not_ours_to_write(
    person: Person, opening: Opening
) -> None:
    person.commit(OURS, "theirs\n")
    (person.root / OURS).unlink()
    with pytest.raises(RepositoryTrouble, match="git knows it"):
        opening(person.root).write(OURS, "ours\n")
    assert person.status() == [f" D {OURS}"]


def test_a_submodule_that_is_not_checked_out_is_not_written_into(
    person: Person, opening: Opening, tmp_path: Path
) -> None:
    blob = person.git("rev-parse", "HEAD")
    person.git("update-index", "--add", "--cacheinfo", f"160000,{blob},lib")
    person.git("commit", "-q", "-m", "a submodule")
    (person.root / "lib").mkdir()
    with pytest.raises(RepositoryTrouble, match="git knows it"):
        opening(person.root).write("lib/test_x.py", "ours\n")


def test_a_root_that_is_gone_does_not_send_git_into_another_repository(
    person: Person, opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Person(tmp_path / "other")
    other.root.mkdir()
    other.git("init", "-q")
    other.commit("x.py", "x\n")
    monkeypatch.chdir(other.root)
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    shutil.rmtree(person.root)
    with pytest.raises(ChangedByPerson):
        repository.keep([OURS], "gain", SESSION, "develop")
    with pytest.raises(RepositoryTrouble):
        repository.readiness()
    with pytest.raises(RepositoryTrouble, match="is gone"):
        repository.write("tests/test_b.py", "two\n")
    assert other.log() == ["work"]
    assert other.status() == []


@pytest.mark.parametrize("kind", ["sha256", "split index", "sparse checkout", "symlinked root"])
def test_repositories_of_other_makes_work_the_same(
    person: Person, opening: Opening, tmp_path: Path, kind: str
) -> None:
    person.commit("docs/guide.md", "guide\n")
    if kind == "sha256":
        person = Person(tmp_path / "other")
        person.root.mkdir()
        person.git("init", "-q", "--object-format=sha256")
        person.commit("shop/cart.py", "x = 1\n")
    elif kind == "split index":
        person.git("update-index", "--split-index")
    elif kind == "sparse checkout":
        person.git("sparse-checkout", "set", "--cone", "shop")
        assert not (person.root / "docs").exists()
    else:
        (tmp_path / "link").symlink_to(person.root)
        person = Person(tmp_path / "link")
    person.write("shop/cart.py", "staged\n")
    person.git("add", "shop/cart.py")
    keep(opening, person, "one\n", "develop")
    commit = keep(opening, person, "two\n", "keep-1")
    assert person.files_in("HEAD") == [OURS]
    assert person.status() == ["M  shop/cart.py"]
    opening(person.root).revert(commit, "rollback", SESSION, "rollback-1")
    assert person.status() == ["M  shop/cart.py"]
    assert person.read(OURS) == "one\n"


def test_the_persons_tree_is_byte_for_byte_what_it_was(
    person: Person, opening: Opening, tmp_path: Path
) -> None:
    for number in range(30):
        person.write(f"shop/part_{number}.py", f"x = {number}\n")
    person.git("add", "shop/part_1.py")
    person.git("stash", "push", "-q", "--", "shop/part_1.py")
    person.git("tag", "mine")
    person.git("add", "shop/part_2.py", "shop/part_3.py")
    person.write("shop/part_3.py", "edited\n")

    def theirs() -> dict[str, bytes]:
        tree = {
            str(file.relative_to(person.root)): file.read_bytes()
            for file in person.root.rglob("*")
            if file.is_file() and ".git" not in file.parts
        }
        refs = person.git("for-each-ref").encode()
        others = person.git("ls-files", "--stage", ":!tests").encode()
        config = (person.root / ".git" / "config").read_bytes()
        refs = b"\n".join(line for line in refs.splitlines() if b"heads/main" not in line)
        return {**tree, "refs": refs, "index": others, "config": config}

    before = theirs()
    keep(opening, person, "one\n", "develop")
    commit = keep(opening, person, "two\n", "keep-1")
    repository = opening(person.root)
    repository.revert(commit, "rollback", SESSION, "rollback-1")
    repository.write("tests/test_new.py", "new\n")
    repository.restore([OURS, "tests/test_new.py"])
    after = theirs()
    assert after.pop(OURS) == b"one\n"
    assert after == before
    subprocess.run(["git", "fsck", "--strict"], cwd=person.root, check=True, capture_output=True)


def test_an_index_that_another_git_holds_follows_at_the_next_look(
    person: Person, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("itc_tui.adapters.tree.plumbing.own_commits.LOCK_WAIT_S", 0.0)
    person.hook("post-commit", "touch .git/index.lock")
    commit = keep(opening, person, "one\n", "develop")
    assert "`git status` cannot show it yet" in commit.warnings[0]
    (person.root / ".git" / "index.lock").unlink()
    assert opening(person.root).readiness().problem == ""
    assert person.status() == []


def test_our_change_that_the_person_committed_is_not_taken_out_of_their_tree(
    person: Person, opening: Opening
) -> None:
    keep(opening, person, "one\n", "develop")
    opening(person.root).write(OURS, "two\n")
    person.git("commit", "-q", "-a", "-m", "all of it")
    repository = opening(person.root)
    with pytest.raises(ChangedByPerson):
        repository.restore([OURS])
    assert person.status() == []
    repository.take_up(OURS)
    repository.restore([OURS])
    assert person.status() == []


def test_keeping_nothing_commits_nothing(empty: Person, opening: Opening) -> None:
    assert opening(empty.root).keep([], "none", SESSION, "develop") is None
    assert empty.git("for-each-ref") == ""

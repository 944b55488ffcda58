"""Whatever state a repository is in: we go on safely, or refuse in one clear sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from itc_tui.domain.trouble import ChangedByPerson, RepositoryTrouble
from itc_tui.ports import Commit
from tests.person import SESSION, Opening, Person

OURS = "tests/integration/test_cart.py"
KEEP = "test(integration): generate integration tests for cart"


def keep(opening: Opening, person: Person, text: str = "one\n", step: str = "develop") -> Commit:
    repository = opening(person.root)
    repository.write(OURS, text)
    commit = repository.keep([OURS], KEEP, SESSION, step)
    assert isinstance(commit, Commit)
    return commit


def in_conflict(person: Person) -> None:
    """Two branches that changed the same line."""
    person.git("switch", "-q", "-c", "other")
    person.commit("shop/cart.py", "other\n")
    person.git("switch", "-q", "main")
    person.commit("shop/cart.py", "main\n")


def test_before_the_first_commit_ours_becomes_the_first(empty: Person, opening: Opening) -> None:
    empty.write("shop/cart.py", "mine\n")
    empty.git("add", "shop/cart.py")
    assert opening(empty.root).readiness().head == ""
    commit = keep(opening, empty)
    assert empty.files_in(commit.sha) == [OURS]
    assert empty.status() == ["A  shop/cart.py"]
    undone = opening(empty.root).revert(commit, "rollback", SESSION, "rollback-1")
    assert empty.status() == ["A  shop/cart.py"]
    assert empty.files_in(undone.sha) == [OURS]
    assert not (empty.root / OURS).exists()


def test_a_detached_head_is_said_and_works(person: Person, opening: Opening) -> None:
    person.git("switch", "-q", "--detach")
    ready = opening(person.root).readiness()
    assert (ready.branch, ready.problem) == ("", "")
    assert "HEAD is detached" in ready.warnings[0]
    commit = keep(opening, person)
    assert person.git("rev-parse", "HEAD") == commit.sha
    assert person.git("log", "--format=%s", "main") == "start"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("merge", "other"), "in the middle of a merge"),
        (("rebase", "other"), "in the middle of a rebase"),
        (("cherry-pick", "other"), "in the middle of a cherry-pick"),
        (("revert", "HEAD~1"), "in the middle of a revert"),
    ],
)
def test_nothing_starts_in_the_middle_of_something(
    person: Person, opening: Opening, command: tuple[str, ...], told: str
) -> None:
    in_conflict(person)
    if command[0] == "revert":
        person.commit("shop/cart.py", "again\n")
    person.git(*command, code=1)
    before = person.status()
    repository = opening(person.root)
    assert told in repository.readiness().problem
    repository.write(OURS, "one\n")
    with pytest.raises(RepositoryTrouble, match=told):
        repository.keep([OURS], KEEP, SESSION, "develop")
    assert sorted(person.status()) == sorted([*before, f"?? {OURS}"])


def test_a_bisect_under_way_is_told_with_its_end(person: Person, opening: Opening) -> None:
    person.git("bisect", "start")
    assert "git bisect reset" in opening(person.root).readiness().problem
    person.git("bisect", "reset")
    assert opening(person.root).readiness().problem == ""


def test_without_an_identity_a_stand_in_commits_and_nothing_is_configured(
    person: Person, opening: Opening
) -> None:
    configuration = Path(os.environ["GIT_CONFIG_GLOBAL"])
    configuration.write_text("[init]\n\tdefaultBranch = main\n")
    assert "itc-tui@localhost" in opening(person.root).readiness().warnings[0]
    before = (person.root / ".git" / "config").read_text()
    keep(opening, person)
    assert (
        person.git("log", "-1", "--format=%an <%ae> %cn") == "itc-tui <itc-tui@localhost> itc-tui"
    )
    assert configuration.read_text() == "[init]\n\tdefaultBranch = main\n"
    assert (person.root / ".git" / "config").read_text() == before


def test_only_what_is_missing_of_an_identity_is_filled_in(
    person: Person, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(os.environ["GIT_CONFIG_GLOBAL"]).write_text("[user]\n\tname = Grace\n")
    monkeypatch.setenv("EMAIL", "grace@example.org")
    keep(opening, person)
    assert person.git("log", "-1", "--format=%an <%ae>") == "Grace <grace@example.org>"


def test_a_shallow_clone_keeps_and_reverts(
    person: Person, opening: Opening, tmp_path: Path
) -> None:
    person.commit("shop/cart.py", "two\n")
    person.git("clone", "-q", "--depth=1", f"file://{person.root}", str(tmp_path / "shallow"))
    clone = Person(tmp_path / "shallow")
    commit = keep(opening, clone)
    opening(clone.root).revert(commit, "rollback", SESSION, "rollback-1")
    assert clone.status() == []
    assert len(clone.log()) == 3


def test_a_linked_worktree_is_a_repository_like_any(
    person: Person, opening: Opening, tmp_path: Path
) -> None:
    person.git("worktree", "add", "-q", str(tmp_path / "linked"), "-b", "feature")
    linked = Person(tmp_path / "linked")
    linked.write("shop/cart.py", "staged\n")
    linked.git("add", "shop/cart.py")
    commit = keep(opening, linked)
    assert linked.status() == ["M  shop/cart.py"]
    assert person.git("rev-parse", "feature") == commit.sha
    assert person.status() == []
    opening(linked.root).revert(commit, "rollback", SESSION, "rollback-1")
    assert linked.status() == ["M  shop/cart.py"]


def test_a_submodule_is_not_written_into_but_can_be_opened_itself(
    person: Person, opening: Opening, tmp_path: Path
) -> None:
    other = Person(tmp_path / "library")
    other.root.mkdir()
    other.git("init", "-q")
    other.commit("lib.py", "x = 1\n")
    person.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.root), "lib")
    person.git("commit", "-q", "-m", "add lib")
    with pytest.raises(RepositoryTrouble, match="a repository of its own"):
        opening(person.root).write("lib/tests/test_x.py", "one\n")
    inner = Person(person.root / "lib")
    commit = opening(inner.root, trace=tmp_path / "inner-trace")
    commit.write(OURS, "one\n")
    assert commit.keep([OURS], KEEP, SESSION, "develop")
    assert inner.status() == []
    assert person.status() == [" M lib"]


def test_a_folder_inside_a_repository_commits_there(person: Person, opening: Opening) -> None:
    package = Person(person.root / "shop")
    commit = keep(opening, package)
    assert person.files_in(commit.sha) == [f"shop/{OURS}"]
    person.write("notes.txt", "mine\n")
    opening(package.root).revert(commit, "rollback", SESSION, "rollback-1")
    assert person.status() == ["?? notes.txt"]


def test_a_folder_that_the_repository_above_does_not_hold_has_no_git(
    person: Person, opening: Opening
) -> None:
    person.write(".gitignore", "build/\n")
    (person.root / "build" / "thing").mkdir(parents=True)
    ready = opening(person.root / "build" / "thing").readiness()
    assert not ready.has_git
    assert "does not hold this folder" in ready.warnings[0]


def test_a_stale_index_lock_is_told_and_nothing_is_committed(
    person: Person, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("itc_tui.adapters.tree.plumbing.own_commits.LOCK_WAIT_S", 0.1)
    lock = person.root / ".git" / "index.lock"
    lock.touch()
    assert str(lock) in opening(person.root).readiness().problem
    with pytest.raises(RepositoryTrouble, match="If none is running, delete that file"):
        keep(opening, person)
    assert person.log() == ["start"]
    assert lock.exists()
    lock.unlink()
    keep(opening, person)
    assert person.status() == []


def test_a_session_branch_is_entered_without_touching_tree_or_index(
    person: Person, opening: Opening
) -> None:
    person.write("shop/cart.py", "staged\n")
    person.git("add", "shop/cart.py")
    person.write("shop/cart.py", "dirty\n")
    before = person.status()
    repository = opening(person.root, "session")
    assert repository.readiness().branch == "main"
    repository.write(OURS, "one\n")
    assert repository.keep([OURS], KEEP, SESSION, "develop")
    assert person.git("symbolic-ref", "--short", "HEAD") == f"itc/{SESSION}"
    assert person.git("log", "--format=%s", "main") == "start"
    assert person.status() == before
    assert repository.readiness().branch == f"itc/{SESSION}"


def test_a_session_branch_that_was_left_is_not_entered_over_the_persons_tree(
    person: Person, opening: Opening
) -> None:
    repository = opening(person.root, "session")
    repository.write(OURS, "one\n")
    repository.keep([OURS], KEEP, SESSION, "develop")
    person.git("switch", "-q", "main")
    assert f"git switch itc/{SESSION}" in repository.readiness().problem
    repository.write("tests/test_b.py", "two\n")
    with pytest.raises(RepositoryTrouble, match="is not where HEAD is"):
        repository.keep(["tests/test_b.py"], KEEP, SESSION, "keep-1")


def test_signing_without_a_key_is_told_and_nothing_is_lost(
    person: Person, opening: Opening
) -> None:
    person.git("config", "commit.gpgSign", "true")
    person.git("config", "gpg.program", "false")
    with pytest.raises(RepositoryTrouble, match="could not be signed"):
        keep(opening, person)
    assert person.log() == ["start"]
    assert person.read(OURS) == "one\n"
    assert person.status() == [f"?? {OURS}"]


def test_an_ignored_path_is_committed_because_it_is_ours_and_that_is_said(
    person: Person, opening: Opening
) -> None:
    person.commit(".gitignore", "tests/integration/\n")
    commit = keep(opening, person)
    assert person.files_in(commit.sha) == [OURS]
    told = f"{OURS} is ignored by .gitignore"
    assert told in commit.warnings[0]
    assert told in opening(person.root).readiness().warnings[0]


@pytest.mark.parametrize(
    "path", ["tests/测试 支付 é.py", "tests/test [a]*?.py", "tests/-rf.py", "a'b.py", ":(top)x.py"]
)
def test_strange_names_are_only_names(person: Person, opening: Opening, path: str) -> None:
    repository = opening(person.root)
    repository.write(path, "one\n")
    commit = repository.keep([path], KEEP, SESSION, "develop")
    assert commit is not None
    assert person.git("show", "-z", "--format=", "--name-only", commit.sha).strip("\0") == path
    repository.revert(commit, "rollback", SESSION, "rollback-1")
    assert person.status() == []


def test_line_ends_that_git_turns_are_not_taken_for_a_persons_change(
    person: Person, opening: Opening
) -> None:
    person.git("config", "core.autocrlf", "true")
    person.git("config", "core.safecrlf", "true")
    keep(opening, person, "one\ntwo\n")
    assert person.git("cat-file", "-p", f"HEAD:{OURS}") == "one\ntwo"
    (person.root / OURS).unlink()
    person.git("checkout", "--", OURS)
    assert person.read(OURS) == "one\r\ntwo\r\n"
    repository = opening(person.root)
    assert repository.changed_by_person() == ()
    assert repository.read(OURS) == "one\ntwo\n"
    repository.write(OURS, "one\nthree\n")
    assert person.read(OURS) == "one\r\nthree\r\n"
    commit = repository.keep([OURS], "gain", SESSION, "keep-1")
    assert commit is not None
    repository.revert(commit, "rollback", SESSION, "rollback-1")
    assert person.status() == []
    assert person.read(OURS) == "one\r\ntwo\r\n"


def test_variables_of_another_repositorys_hook_do_not_mislead_us(
    person: Person, opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere.index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    commit = keep(opening, person)
    opening(person.root).revert(commit, "rollback", SESSION, "rollback-1")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name)
    assert person.log() == ["rollback", KEEP, "start"]
    assert person.status() == []


def test_a_bare_repository_is_refused(tmp_path: Path, opening: Opening, person: Person) -> None:
    bare = tmp_path / "bare"
    subprocess.run(["git", "init", "-q", "--bare", str(bare / ".git")], check=True)
    with pytest.raises(RepositoryTrouble, match="git cannot work in"):
        opening(bare)
    shutil.rmtree(bare)


def test_a_commit_that_the_person_made_of_our_file_meanwhile_is_theirs(
    person: Person, opening: Opening
) -> None:
    commit = keep(opening, person)
    person.commit(OURS, "edited\n", "their edit")
    repository = opening(person.root)
    assert repository.changed_by_person() == (OURS,)
    with pytest.raises(ChangedByPerson):
        repository.write(OURS, "two\n")
    with pytest.raises(RepositoryTrouble, match="conflict"):
        repository.revert(commit, "rollback", SESSION, "rollback-1")
    assert person.read(OURS) == "edited\n"
    assert person.status() == []
    assert not (person.root / ".git" / "REVERT_HEAD").exists()


def test_a_diff_reads_the_same_whatever_the_person_configured(
    person: Person, opening: Opening
) -> None:
    for name, value in {
        "diff.noprefix": "true",
        "diff.external": "false",
        "color.ui": "always",
        "core.quotePath": "true",
    }.items():
        person.git("config", name, value)
    repository = opening(person.root)
    repository.write("tests/test_支付.py", "one\n")
    commit = repository.keep(["tests/test_支付.py"], KEEP, SESSION, "develop")
    assert commit is not None
    assert "+++ b/tests/test_支付.py\n@@ -0,0 +1 @@\n+one\n" in repository.diff(commit)
    backward = repository.diff(commit, is_backward=True)
    assert "--- a/tests/test_支付.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n" in backward

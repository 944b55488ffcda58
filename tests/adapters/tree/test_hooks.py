"""Hooks run, are heard when they refuse, and add nothing of the person's to our commits."""

from __future__ import annotations

import os

import pytest

from itc_tui.domain.trouble import RepositoryTrouble
from tests.person import SESSION, Opening, Person

OURS = "tests/test_cart.py"

#: What a formatter does: rewrite the files of the commit, and refuse if it had to.
FORMATTER = """
changed=0
for file in $(git diff --cached --name-only --diff-filter=d); do
  if grep -q '  *$' "$file"; then
    sed 's/  *$//' "$file" > "$file.new" && mv "$file.new" "$file"; changed=1
  fi
done
"""


def test_a_hook_that_refuses_is_heard_and_nothing_is_lost(person: Person, opening: Opening) -> None:
    person.hook(
        "pre-commit", "printf 'secrets \\033[31mfound\\033[0m: AKIA in line 3\\n' >&2; exit 1"
    )
    person.write("shop/cart.py", "staged\n")
    person.git("add", "shop/cart.py")
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    with pytest.raises(RepositoryTrouble, match="secrets found: AKIA in line 3"):
        repository.keep([OURS], "gain", SESSION, "develop")
    assert person.log() == ["start"]
    assert person.status() == ["M  shop/cart.py", f"?? {OURS}"]
    assert person.read(OURS) == "one\n"
    assert repository.changed_by_person() == ()


def test_a_message_that_a_hook_refuses_is_told(person: Person, opening: Opening) -> None:
    person.hook("commit-msg", "grep -q '^JIRA-' \"$1\" || { echo 'no ticket' >&2; exit 1; }")
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    with pytest.raises(RepositoryTrouble, match="refused the commit: no ticket"):
        repository.keep([OURS], "gain", SESSION, "develop")
    assert repository.keep([OURS], "JIRA-1 gain", SESSION, "develop")


def test_a_hook_that_adds_its_own_lines_does_not_hide_our_commit_from_us(
    person: Person, opening: Opening
) -> None:
    person.hook("commit-msg", "printf '\\nChange-Id: I1234\\n' >> \"$1\"")
    opening(person.root).write(OURS, "one\n")
    first = opening(person.root).keep([OURS], "gain", SESSION, "develop")
    again = opening(person.root).keep([OURS], "gain", SESSION, "develop")
    assert first is not None
    assert again is not None
    assert first.sha == again.sha


def test_a_formatter_that_refuses_and_rewrites_is_asked_again_with_its_text(
    person: Person, opening: Opening
) -> None:
    person.hook("pre-commit", FORMATTER + "exit $changed")
    repository = opening(person.root)
    repository.write(OURS, "one   \n")
    commit = repository.keep([OURS], "gain", SESSION, "develop")
    assert commit is not None
    assert commit.warnings == (
        f"A hook of the repository rewrote {OURS}; its text is what was committed.",
    )
    assert person.git("show", f"HEAD:{OURS}") == "one"
    assert person.status() == []
    assert repository.changed_by_person() == ()
    repository.write(OURS, "two\n")
    repository.restore([OURS])
    assert person.read(OURS) == "one\n"


def test_a_formatter_that_adds_its_text_itself_is_followed(
    person: Person, opening: Opening
) -> None:
    person.hook("pre-commit", FORMATTER + f"git add {OURS}")
    repository = opening(person.root)
    repository.write(OURS, "one   \n")
    commit = repository.keep([OURS], "gain", SESSION, "develop")
    assert commit is not None
    assert "rewrote" in commit.warnings[0]
    assert person.status() == []
    assert repository.changed_by_person() == ()


def test_a_hook_that_adds_everything_does_not_put_the_persons_work_into_our_commit(
    person: Person, opening: Opening
) -> None:
    person.hook("pre-commit", "git add -A")
    person.write("shop/cart.py", "unfinished\n")
    person.write("notes.txt", "mine\n")
    before = person.status()
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    with pytest.raises(RepositoryTrouble, match="which is not ours"):
        repository.keep([OURS], "gain", SESSION, "develop")
    assert person.log() == ["start"]
    assert sorted(person.status()) == sorted([*before, f"?? {OURS}"])


def test_a_hook_that_refuses_a_revert_leaves_the_file_as_it_was(
    person: Person, opening: Opening
) -> None:
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    commit = repository.keep([OURS], "gain", SESSION, "develop")
    assert commit is not None
    person.hook("pre-commit", "echo no >&2; exit 1")
    with pytest.raises(RepositoryTrouble, match="refused"):
        repository.revert(commit, "rollback", SESSION, "rollback-1")
    assert person.read(OURS) == "one\n"
    assert person.status() == []
    assert repository.changed_by_person() == ()


def test_a_commit_of_the_persons_at_the_same_moment_is_not_undone_by_ours(
    person: Person, opening: Opening
) -> None:
    person.hook(
        "pre-commit",
        "rm .git/hooks/pre-commit; echo theirs > shop/cart.py;"
        "GIT_INDEX_FILE=.git/index git commit -q -m theirs shop/cart.py",
    )
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    with pytest.raises(RepositoryTrouble):
        repository.keep([OURS], "gain", SESSION, "develop")
    assert person.log() == ["theirs", "start"]
    assert person.git("show", "HEAD:shop/cart.py") == "theirs"
    assert repository.keep([OURS], "gain", SESSION, "develop")
    assert person.log() == ["gain", "theirs", "start"]


def test_hooks_see_the_index_that_is_committed_and_no_terminal(
    person: Person, opening: Opening
) -> None:
    person.hook(
        "pre-commit", 'git diff --cached --name-only > seen; read answer; test -z "$answer"'
    )
    person.write("shop/cart.py", "staged\n")
    person.git("add", "shop/cart.py")
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    assert repository.keep([OURS], "gain", SESSION, "develop")
    assert person.read("seen") == f"{OURS}\n"


@pytest.mark.parametrize("killed_at", ["pre-commit", "post-commit"])
def test_a_process_killed_inside_a_commit_commits_once_in_the_end(
    person: Person, opening: Opening, killed_at: str
) -> None:
    pid = os.fork()
    if pid == 0:  # the child kills itself from within the hook
        try:
            person.hook(killed_at, f"kill -9 {os.getpid()}; exit 0")
            person.write("shop/cart.py", "staged\n")
            person.git("add", "shop/cart.py")
            repository = opening(person.root)
            repository.write(OURS, "one\n")
            repository.keep([OURS], "gain", SESSION, "develop")
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -9
    (person.root / ".git" / "hooks" / killed_at).unlink()
    repository = opening(person.root)
    assert repository.changed_by_person() == ()
    assert repository.keep([OURS], "gain", SESSION, "develop")
    assert person.log() == ["gain", "start"]
    assert person.status() == ["M  shop/cart.py"]


def test_a_formatter_that_refuses_for_good_is_not_taken_for_the_person(
    person: Person, opening: Opening
) -> None:
    person.hook("pre-commit", FORMATTER + "echo 'still too long' >&2; exit 1")
    repository = opening(person.root)
    repository.write(OURS, "one   \n")
    with pytest.raises(RepositoryTrouble, match="still too long"):
        repository.keep([OURS], "gain", SESSION, "develop")
    assert person.read(OURS) == "one\n"
    assert repository.changed_by_person() == ()
    repository.restore([OURS])
    assert person.status() == []


def test_hooks_that_put_unstaged_work_aside_find_all_of_it_again(
    person: Person, opening: Opening
) -> None:
    """The pre-commit framework saves the difference to the index, and checks the index out."""
    person.hook(
        "pre-commit",
        "git diff --binary > ../aside.patch && git checkout -q -- . && test -f tests/test_cart.py"
        " && git apply --whitespace=nowarn ../aside.patch",
    )
    person.write("shop/cart.py", "staged\n")
    person.write("shop/new.py", "new and staged\n")
    person.git("add", "shop")
    person.write("shop/cart.py", "staged and edited\n")
    person.write("notes.txt", "mine\n")
    before, staged = person.status(), person.git("diff", "--cached")
    repository = opening(person.root)
    repository.write(OURS, "one\n")
    assert repository.keep([OURS], "gain", SESSION, "develop")
    assert person.files_in("HEAD") == [OURS]
    assert person.status() == before
    assert person.git("diff", "--cached") == staged
    assert person.read("shop/cart.py") == "staged and edited\n"

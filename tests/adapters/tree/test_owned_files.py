"""Only files of ours are written, and never over a person's work; with git and without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from itc_tui.adapters.tree.owned.ledger import Ledger
from itc_tui.adapters.tree.repositories import OpenRepository
from itc_tui.domain.trouble import ChangedByPerson, RepositoryTrouble
from tests.person import SESSION, Opening, Person

OURS = "tests/integration/test_cart.py"


@pytest.fixture(params=["git", "no repository", "no git on the machine"])
def place(
    request: pytest.FixtureRequest,
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Person:
    if request.param == "git":
        return person
    if request.param == "no git on the machine":
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        return person
    plain = Person(tmp_path / "plain")
    plain.write("shop/cart.py", "def total():\n    return 1\n")
    return plain


@pytest.fixture
def repository(place: Person, opening: Opening) -> OpenRepository:
    return opening(place.root)


def test_a_file_of_the_persons_is_not_overwritten(
    place: Person, repository: OpenRepository
) -> None:
    place.write(OURS, "theirs\n")
    with pytest.raises(RepositoryTrouble, match="is there already"):
        repository.write(OURS, "ours\n")
    with pytest.raises(RepositoryTrouble, match="not written by this session"):
        repository.restore([OURS])
    with pytest.raises(RepositoryTrouble, match="not written by this session"):
        repository.keep([OURS], "gain", SESSION, "develop")
    assert place.read(OURS) == "theirs\n"
    assert not repository.is_ours(OURS)


def test_an_edit_of_the_persons_is_seen_left_alone_and_taken_up(
    place: Person, repository: OpenRepository
) -> None:
    repository.write(OURS, "one\n")
    repository.keep([OURS], "generate", SESSION, "develop")
    assert repository.changed_by_person() == ()
    place.write(OURS, "one and a half\n")
    assert repository.changed_by_person() == (OURS,)
    with pytest.raises(ChangedByPerson):
        repository.write(OURS, "two\n")
    with pytest.raises(ChangedByPerson):
        repository.restore([OURS])
    with pytest.raises(ChangedByPerson):
        repository.keep([OURS], "gain", SESSION, "keep-1")
    assert place.read(OURS) == "one and a half\n"
    repository.take_up(OURS)
    assert repository.changed_by_person() == ()
    repository.write(OURS, "two\n")
    repository.restore([OURS])
    assert place.read(OURS) == "one and a half\n"
    assert repository.keep([OURS], "gain", SESSION, "keep-1")


def test_a_file_of_ours_that_the_person_deleted_stays_deleted(
    place: Person, repository: OpenRepository
) -> None:
    repository.write(OURS, "one\n")
    (place.root / OURS).unlink()
    assert repository.changed_by_person() == (OURS,)
    with pytest.raises(ChangedByPerson):
        repository.write(OURS, "two\n")
    assert not (place.root / OURS).exists()


def test_restoring_looks_at_every_file_before_it_touches_one(
    place: Person, repository: OpenRepository
) -> None:
    repository.write("tests/test_a.py", "a\n")
    repository.write("tests/test_b.py", "b\n")
    place.write("tests/test_b.py", "edited\n")
    with pytest.raises(ChangedByPerson):
        repository.restore(["tests/test_a.py", "tests/test_b.py"])
    assert place.read("tests/test_a.py") == "a\n"


def test_keeping_and_reverting_step_by_step(place: Person, repository: OpenRepository) -> None:
    repository.write(OURS, "one\n")
    first = repository.keep([OURS], "generate", SESSION, "develop")
    repository.write(OURS, "two\n")
    second = repository.keep([OURS], "gain", SESSION, "keep-1")
    assert first is not None
    assert second is not None
    assert "+two" in repository.diff(second)
    backward = repository.diff(second, is_backward=True)
    assert "-two" in backward
    assert "+one" in backward
    assert repository.keep([OURS], "none", SESSION, "keep-2") is None
    undone = repository.revert(second, "rollback", SESSION, "rollback-1")
    assert place.read(OURS) == "one\n"
    assert repository.revert(second, "rollback", SESSION, "rollback-1") == undone.but(warnings=())
    repository.revert(first, "rollback all", SESSION, "rollback-all")
    assert not (place.root / "tests").exists()
    assert repository.owned_paths() == ()


def test_a_revert_is_refused_when_the_person_changed_the_file(
    place: Person, repository: OpenRepository
) -> None:
    repository.write(OURS, "one\n")
    commit = repository.keep([OURS], "generate", SESSION, "develop")
    assert commit is not None
    place.write(OURS, "edited\n")
    with pytest.raises(RepositoryTrouble, match="was changed since"):
        repository.revert(commit, "rollback", SESSION, "rollback-1")
    assert place.read(OURS) == "edited\n"


#: Out of the root, into git, through a link, or no plain name at all.
REFUSED = (
    "../outside.py",
    "/etc/itc.py",
    "tests/../../outside.py",
    ".git/hooks/pre-commit",
    ".GIT/config",
    "tests/.g\u200cit/x.py",
    "tests/",
    "",
    "a\0b.py",
    "a\nb.py",
    "..\\outside.py",
    "C:/x.py",
    "shop",
    "shop/cart.py/x.py",
    "linked/test_x.py",
    "linked-file.py",
    "tests/\udcff.py",
)


def test_a_path_that_is_not_plainly_inside_is_refused(
    place: Person, repository: OpenRepository, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (place.root / "linked").symlink_to(tmp_path / "elsewhere")
    (place.root / "linked-file.py").symlink_to(tmp_path / "elsewhere" / "x.py")
    for path in REFUSED:
        with pytest.raises(RepositoryTrouble):
            repository.write(path, "x\n")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (tmp_path / "outside.py").exists()


def test_a_file_of_ours_that_became_a_link_is_the_persons(
    place: Person, repository: OpenRepository, tmp_path: Path
) -> None:
    repository.write(OURS, "one\n")
    (place.root / OURS).rename(tmp_path / "moved.py")
    (place.root / OURS).symlink_to(tmp_path / "moved.py")
    assert repository.changed_by_person() == (OURS,)
    with pytest.raises(RepositoryTrouble):
        repository.write(OURS, "two\n")
    assert (tmp_path / "moved.py").read_text() == "one\n"


def test_what_a_killed_process_was_about_to_write_is_not_taken_for_a_persons_edit(
    place: Person, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    repository = opening(place.root)
    repository.write(OURS, "one\n")
    with monkeypatch.context() as patch:
        patch.setattr("itc_tui.adapters.tree.owned.owned_tree.write_durably", killed)
        with pytest.raises(KeyboardInterrupt):
            repository.write(OURS, "two\n")
        with pytest.raises(KeyboardInterrupt):
            repository.write("tests/test_new.py", "new\n")
    again = opening(place.root)
    assert again.changed_by_person() == ()
    assert not again.is_ours("tests/test_new.py")
    place.write("tests/test_new.py", "theirs, by chance\n")
    with pytest.raises(RepositoryTrouble, match="is there already"):
        again.write("tests/test_new.py", "new\n")
    again.write(OURS, "two\n")
    assert place.read(OURS) == "two\n"


def test_a_damaged_ledger_is_told_and_left(
    place: Person, repository: OpenRepository, opening: Opening, tmp_path: Path
) -> None:
    repository.write(OURS, "one\n")
    ledger = tmp_path / ".trace" / "owned.json"
    ledger.write_text("{")
    with pytest.raises(RepositoryTrouble, match="nobody knows which test files are ours"):
        opening(place.root)
    assert ledger.read_text() == "{"


def test_the_mode_of_a_file_and_a_foreign_encoding_are_kept(
    place: Person, repository: OpenRepository
) -> None:
    repository.write(OURS, "one\n")
    (place.root / OURS).chmod(0o755)
    repository.write(OURS, "two\n")
    assert (place.root / OURS).stat().st_mode & 0o777 == 0o755
    latin = "# -*- coding: latin-1 -*-\nname = 'é'\r\n".encode("latin-1")
    (place.root / "old.py").write_bytes(latin)
    assert repository.read("old.py") == "# -*- coding: latin-1 -*-\nname = 'é'\n"
    assert repository.read("nowhere.py") is None
    assert repository.read("shop") is None
    with pytest.raises(RepositoryTrouble):
        repository.read("../../etc/passwd")


def test_a_folder_that_cannot_be_written_is_told(place: Person, repository: OpenRepository) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (place.root / "shop").chmod(0o500)
    with pytest.raises(RepositoryTrouble, match="Permission denied"):
        repository.write("shop/test_x.py", "x\n")
    (place.root / "shop").chmod(0o700)


def test_without_git_it_is_said_aloud(place: Person, repository: OpenRepository) -> None:
    ready = repository.readiness()
    if ready.has_git:
        assert ready.warnings == ()
    else:
        assert "no git" in ready.warnings[0] or "not in a git" in ready.warnings[0]
        assert "copies" in ready.warnings[0]


def test_what_the_person_saves_while_we_get_ready_is_not_overwritten(
    place: Person, repository: OpenRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write(OURS, "one\n")
    save = Ledger.save

    def the_person_saves_too(ledger: Ledger) -> None:
        save(ledger)
        place.write(OURS, "theirs, just now\n")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "save", the_person_saves_too)
        with pytest.raises(ChangedByPerson):
            repository.write(OURS, "two\n")
    assert place.read(OURS) == "theirs, just now\n"
    assert repository.changed_by_person() == (OURS,)

"""A finding is filed with the tracker where there is one, and is never lost where not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from itc_tui.adapters.issue_desk import FindingsDesk

TITLE = "--body=x 支付: refund\nkeeps the stock"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def install_gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, create: str) -> None:
    """A program called gh that is logged in, and answers `issue create` with a script."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = f"""#!/bin/sh
if [ "$1" = auth ]; then exit 0; fi
for word in "$@"; do echo "$word" >> {tmp_path}/words; done
cat > {tmp_path}/body
{create}
"""
    (folder / "gh").write_text(script)
    (folder / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def with_remote(root: Path) -> Path:
    subprocess.run(
        ["git", "remote", "add", "origin", "https://example.org/x.git"], cwd=root, check=True
    )
    return root


def test_where_gh_works_the_address_of_the_issue_comes_back(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_gh(tmp_path, monkeypatch, "echo https://example.org/x/issues/7")
    desk = FindingsDesk(with_remote(root), tmp_path / "session")
    assert desk.file_issue(TITLE, "It does.\n") == "https://example.org/x/issues/7"
    words = (tmp_path / "words").read_text().splitlines()
    assert words == [
        "issue",
        "create",
        "--title=--body=x 支付: refund keeps the stock",
        "--body-file=-",
    ]
    assert (tmp_path / "body").read_text() == "It does.\n"
    assert not (tmp_path / "session").exists()


def test_without_a_remote_the_finding_becomes_a_ready_file(root: Path, tmp_path: Path) -> None:
    desk = FindingsDesk(root, tmp_path / "session")
    filed = Path(desk.file_issue(TITLE, "It does.\n"))
    assert filed == tmp_path / "session" / "issues" / "body-x-支付-refund-keeps-the-stock.md"
    assert filed.read_text() == "# --body=x 支付: refund keeps the stock\n\nIt does.\n"
    assert desk.file_issue(TITLE, "It does.\n") == str(filed)
    assert desk.file_issue(TITLE, "It does more.\n").endswith("-2.md")


def test_when_gh_fails_the_finding_is_not_lost(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_gh(tmp_path, monkeypatch, "echo 'issues are disabled' >&2; exit 1")
    desk = FindingsDesk(with_remote(root), tmp_path / "session")
    assert Path(desk.file_issue("../../etc: refund", "It does.")).read_text().startswith("# ../../")
    assert [file.name for file in (tmp_path / "session" / "issues").iterdir()] == ["etc-refund.md"]

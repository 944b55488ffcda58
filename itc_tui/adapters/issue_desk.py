"""File a finding: through `gh` where it works, else as Markdown that is ready to be pasted."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from itc_tui.adapters.durable_files import why, write_durably
from itc_tui.domain.trouble import SessionTrouble

LIMIT_S = 60.0


class FindingsDesk:
    def __init__(self, root: str | Path, session_folder: str | Path) -> None:
        self._root = Path(root)
        self._folder = Path(session_folder) / "issues"

    def file_issue(self, title: str, body: str) -> str:
        line = " ".join(title.split()) or "Finding"
        return self._by_gh(line, body) or self._as_markdown(line, body)

    def _by_gh(self, title: str, body: str) -> str:
        """The address of the new issue; empty where there is no gh, no login or no tracker."""
        if shutil.which("gh") is None or not self._has_remote():
            return ""
        if self._run(["gh", "auth", "status"]) is None:
            return ""
        said = self._run(["gh", "issue", "create", f"--title={title}", "--body-file=-"], body)
        found = re.search(r"https?://\S+", said or "")
        return found.group() if found else ""

    def _has_remote(self) -> bool:
        return bool(shutil.which("git") and self._run(["git", "remote"]))

    def _run(self, command: list[str], words: str = "") -> str | None:
        """What it printed; None when it failed. It never asks back: nobody would see it."""
        try:
            done = subprocess.run(
                command,
                cwd=self._root,
                input=words.encode("utf-8", "replace"),
                capture_output=True,
                timeout=LIMIT_S,
                check=False,
                start_new_session=True,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None

    def _as_markdown(self, title: str, body: str) -> str:
        text = f"# {title}\n\n{body.rstrip()}\n".encode("utf-8", "replace")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._free_file(_slug(title), text)
            write_durably(file, text)
        except OSError as problem:
            raise SessionTrouble(
                f"The finding cannot be written to {self._folder} ({why(problem)})."
            ) from problem
        return str(file)

    def _free_file(self, slug: str, text: bytes) -> Path:
        """Never over another finding; the same finding again is the same file."""
        number = 1
        while True:
            file = self._folder / (f"{slug}.md" if number == 1 else f"{slug}-{number}.md")
            if not file.exists() or file.read_bytes() == text:
                return file
            number += 1


def _slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")[:40].strip("-") or "finding"

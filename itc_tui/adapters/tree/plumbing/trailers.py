"""Trailers tie a commit to a session and a step, so that ours are recognised after a kill."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itc_tui.adapters.tree.plumbing.commands import GitCommands
from itc_tui.ports import Commit

SESSION = "Itc-Session"
STEP = "Itc-Step"


@dataclass(frozen=True)
class Mark:
    session_id: str
    step: str


def with_trailers(message: str, mark: Mark) -> str:
    return (
        f"{message.rstrip()}\n\n{SESSION}: {_line(mark.session_id)}\n{STEP}: {_line(mark.step)}\n"
    )


def find_marked(commands: GitCommands, mark: Mark, base: str) -> Commit | None:
    """The newest commit of that session and step that HEAD reaches, after `base` if known."""
    if not commands.head():
        return None
    known = base and commands.ask("cat-file", "-e", f"{base}^{{commit}}").code == 0
    span = ["HEAD", f"^{base}"] if known else ["HEAD"]
    grep = [f"--grep={STEP}: {_line(mark.step)}", f"--grep={SESSION}: {_line(mark.session_id)}"]
    log = ["log", "-z", "--all-match", "--fixed-strings", *grep, "--format=%H%n%B", *span, "--"]
    for entry in commands.must(*_UTF8, *log).fields:
        sha, _, message = entry.partition("\n")
        if sha and mark_in(message) == Mark(_line(mark.session_id), _line(mark.step)):
            return Commit(sha=sha, message=subject(message), step=mark.step)
    return None


def mark_of(commands: GitCommands, sha: str) -> Mark | None:
    if not re.fullmatch(r"[0-9a-f]{7,64}", sha):
        return None
    answer = commands.ask(*_UTF8, "log", "-1", "--format=%B", sha, "--")
    return mark_in(answer.text) if answer.code == 0 else None


def mark_in(message: str) -> Mark | None:
    """The last block of a message, as we write it; a hook may have put its own lines there too."""
    found = dict(re.findall(rf"(?m)^({SESSION}|{STEP}): (.+?)\s*$", message))
    return Mark(found[SESSION], found[STEP]) if len(found) == 2 else None


def subject(message: str) -> str:
    return message.strip().split("\n", 1)[0]


def _line(value: str) -> str:
    return " ".join(value.split())


_UTF8 = ("-c", "i18n.logOutputEncoding=UTF-8", "-c", "log.showSignature=false")

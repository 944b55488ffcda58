"""What a tree or an index holds at some paths, and the texts behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from itc_tui.adapters.tree.plumbing.commands import GitCommands


@dataclass(frozen=True)
class Entry:
    mode: str
    blob: str


Entries = Mapping[str, Entry]

_LITERALLY = {"GIT_LITERAL_PATHSPECS": "1"}
"""A path with a star or a bracket in it is a name, not a pattern."""


def entries_in_tree(commands: GitCommands, tree: str, paths: Iterable[str]) -> Entries:
    """Empty for no tree at all, as before the first commit."""
    names = list(paths)
    if not tree or not names:
        return {}
    listed = commands.must("ls-tree", "-r", "-z", "--full-tree", tree, "--", *names, env=_LITERALLY)
    found = {}
    for line in filter(None, listed.fields):
        head, _, name = line.partition("\t")
        mode, kind, blob = head.split()
        if kind == "blob":
            found[name] = Entry(mode, blob)
    return found


def entries_in_index(commands: GitCommands, paths: Iterable[str]) -> Entries:
    names = [f":(top,literal){name}" for name in paths]
    if not names:
        return {}
    listed = commands.must("ls-files", "--stage", "-z", "--full-name", "--", *names)
    found = {}
    for line in filter(None, listed.fields):
        head, _, name = line.partition("\t")
        mode, blob, _ = head.split()
        found[name] = Entry(mode, blob)
    return found


def parent_of(commands: GitCommands, sha: str) -> str:
    """Empty for a first commit."""
    return commands.ask("rev-parse", "--verify", "--quiet", f"{sha}^").text


def changed_paths(commands: GitCommands, old: str, new: str) -> tuple[str, ...]:
    """Paths that differ between two trees; `old` empty means: everything in `new`."""
    if old:
        listed = commands.must("diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new)
    else:
        listed = commands.must("ls-tree", "-r", "-z", "--name-only", "--full-tree", new)
    return tuple(filter(None, listed.fields))


def text_of(commands: GitCommands, entry: Entry | None, path: str) -> bytes | None:
    """The bytes as a checkout would write them."""
    if entry is None:
        return None
    return commands.must("cat-file", "--filters", f"--path={path}", entry.blob).out


def store_text(commands: GitCommands, content: bytes, path: str) -> str:
    """The blob of a text, through the filters that the repository has for its path."""
    # A warning about line ends would be an error with core.safecrlf; the text is ours, and is LF.
    return commands.must(
        "-c",
        "core.safecrlf=false",
        "hash-object",
        "-w",
        "--stdin",
        f"--path={path}",
        content=content,
    ).text


def update_entries(
    commands: GitCommands, wanted: Mapping[str, Entry | None], env: Mapping[str, str] | None = None
) -> tuple[bool, str]:
    """Set or drop entries of an index, all at once; whether it worked, and git's words."""
    lines = b"".join(
        (f"{entry.mode} {entry.blob}\t" if entry else f"0 {commands.no_object}\t").encode()
        + path.encode("utf-8", "surrogateescape")
        + b"\0"
        for path, entry in wanted.items()
    )
    answer = commands.ask("update-index", "-z", "--index-info", content=lines, env=env)
    return answer.code == 0, answer.words

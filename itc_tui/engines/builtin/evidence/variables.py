"""Environment variables that documents and tests set, and what they set them to."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterable, Iterator

from itc_tui.engines.builtin.inside.programs import Step

Setting = tuple[str, str]
"""Name and value."""


class PathOfFile(str):
    """Where a document says that there is a file with this text."""

    text: str

    @classmethod
    def at(cls, path: str, text: str) -> PathOfFile:
        found = cls(path)
        found.text = text
        return found


_INTO_A_FILE = re.compile(r"(printf|echo)\s+(\S.*?)\s*>\s*([\w./~-]+)")
_DECLARED = re.compile(r"(?:export|setenv|set)\s+(?=\w+[= ])")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)=(.*)", re.S)
_COMMENT = re.compile(r"^\s*#+\s*")
_PROMPT = re.compile(r"^\s*[$%]\s+")
_OF_SHELLS = frozenset({"bash", "sh", "shell", "zsh", "console", "shell-session", "terminal"})
_OF_FILES = frozenset({"dotenv", "env", "ini", "properties"})
_LONGEST = 200
_MOST_VALUES = 6


def note_settings(settings: Iterable[Setting], known: dict[str, list[str]]) -> None:
    """`known`: name → values, of which a few are enough."""
    for name, value in settings:
        values = known.setdefault(name, [])
        if value not in values and len(values) < _MOST_VALUES:
            values.append(value)


def settings_in(language: str, body: str) -> list[Setting]:
    """Of a block: what its shell exports, what its `.env` file holds, what its comments export."""
    is_for_shells = language in _OF_SHELLS | _OF_FILES
    lines = body.splitlines()
    # Where there are prompts, the rest is output.
    lines = [line for line in lines if _PROMPT.match(line)] or lines if is_for_shells else lines
    found: list[Setting] = []
    files: dict[str, str] = {}
    for line in lines:
        told = _PROMPT.sub("", _COMMENT.sub("", line, count=1), count=1).strip()
        files.update(_written(told))
        declared = _DECLARED.match(told)
        is_code = is_for_shells and not line.lstrip().startswith("#")
        if declared is not None or is_code:
            found += _assigned(told[declared.end() :] if declared else told)
    return [
        (name, PathOfFile.at(value, files[value]) if value in files else value)
        for name, value in found
    ]


def _written(told: str) -> Iterator[tuple[str, str]]:
    """`printf 'a text' > /run/file`: the file, and its text."""
    found = _INTO_A_FILE.fullmatch(told)
    if found is None:
        return
    try:
        words = shlex.split(found[2])
    except ValueError:
        return
    if len(words) == 1 and len(words[0]) <= _LONGEST:
        is_echo = found[1] == "echo"
        yield found[3], words[0] + "\n" if is_echo else words[0].replace("\\n", "\n")


def _assigned(text: str) -> Iterator[Setting]:
    """`A=b C=d command`: as far as the words set something."""
    try:
        words = shlex.split(text, comments=True)
    except ValueError:  # a quote that is not closed
        return
    for word in words:
        found = _ASSIGNED.fullmatch(word)
        if found is None or len(found[2]) > _LONGEST:
            return
        yield found[1], found[2]


def setting_steps(settings: Iterable[Setting]) -> list[Step]:
    """A file stands in the test's own folder, wherever the document has it."""
    files: dict[str, str] = {}
    steps = []
    for name, value in settings:
        code = repr(value)
        if isinstance(value, PathOfFile):
            file = f"tmp_path / {value.rpartition('/')[2]!r}"
            files[file] = value.text
            code = f"str({file})"
        steps.append(Step("", f"monkeypatch.setenv({name!r}, {code})"))
    written = (f"({file}).write_text({text!r}, encoding='utf-8')" for file, text in files.items())
    return [*(Step("", code) for code in written), *steps]


def set_by_code(trees: Iterable[ast.AST]) -> Iterator[Setting]:
    """`os.environ["A"] = "b"`, `monkeypatch.setenv("A", "b")`, `patch.dict(os.environ, …)`."""
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
                target = node.targets[0]
                if ast.unparse(target.value).endswith("environ"):
                    yield from _pair(target.slice, node.value)
            elif isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name.endswith(("setenv", "environ.setdefault")) and len(node.args) > 1:
                    yield from _pair(node.args[0], node.args[1])
                elif any(ast.unparse(one).endswith("environ") for one in node.args):
                    for given in node.args:
                        if isinstance(given, ast.Dict):
                            for key, value in zip(given.keys, given.values):
                                yield from _pair(key, value)


def _pair(name: ast.expr | None, value: ast.expr) -> Iterator[Setting]:
    texts = [one.value for one in (name, value) if isinstance(one, ast.Constant)]
    if len(texts) == 2 and all(isinstance(text, str) for text in texts):
        yield str(texts[0]), str(texts[1])[:_LONGEST]

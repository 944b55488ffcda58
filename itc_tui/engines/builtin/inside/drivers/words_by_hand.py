"""What a function compares the words of its command line with, where it reads them by hand."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any, Iterator, List, Optional

from itc_tui.engines.builtin.inside.drivers.command_spec import CommandSpec, Word
from itc_tui.engines.builtin.inside.parsing import parsed_source

_OPERANDS = (Word("file", kind="path", must_exist=True), Word("text"))
_COMMAND = re.compile(r"[a-z][a-z0-9-]{1,20}")
_FLAG = re.compile(r"--?[a-z][a-z0-9-]*=?")
_HELP = frozenset({"-h", "--help", "-V", "--version"})
_MOST = 8


def words_by_hand(func: Any) -> Optional[CommandSpec]:
    """Commands and flags that it looks for; None where it never looks at its words."""
    try:
        tree = parsed_source(textwrap.dedent(inspect.getsource(func)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    if not any(_is_words(node) for node in ast.walk(tree)):
        return None
    texts = list(dict.fromkeys(_compared(tree)))
    flags = [text for text in texts if _FLAG.fullmatch(text) and text not in _HELP][:_MOST]
    options = tuple(
        Word(flag.strip("-="), (flag.rstrip("="),), "str" if flag.endswith("=") else "")
        for flag in flags
    )
    names = [text for text in texts if _COMMAND.fullmatch(text)][:_MOST]
    inner = CommandSpec((*options, Word("text"), Word("other")))
    if names:
        return CommandSpec((), tuple((name, inner) for name in names))
    return CommandSpec((*options, *_OPERANDS))


def _is_words(node: ast.AST) -> bool:
    """`sys.argv`, or a parameter of one of its usual names."""
    if isinstance(node, ast.Attribute):
        return node.attr == "argv"
    name = node.id if isinstance(node, ast.Name) else getattr(node, "arg", "")
    return name in ("argv", "args", "arguments")


def _compared(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        sides: List[Any] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif type(node).__name__ == "MatchValue":
            sides = list(ast.iter_child_nodes(node))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "startswith":
            sides = list(node.args)
        for side in sides:
            parts = side.elts if isinstance(side, (ast.Tuple, ast.List, ast.Set)) else [side]
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value

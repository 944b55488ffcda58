"""Functions of ours that tests call, as text for the files that need them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Collection

from itc_tui.engines.builtin.inside.drivers import plain_requests

OFFERED = frozenset({"wsgi_request", "asgi_request"})


def definitions(names: Collection[str]) -> tuple[list[str], set[str]]:
    """The text of these functions, and the imports that they need."""
    texts = [_text(name) for name in sorted(set(names) & OFFERED)]
    used = {
        node.id
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name)
    }
    imports = set()
    for node in ast.parse(inspect.getsource(plain_requests)).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            node.names = [alias for alias in node.names if alias.name in used]
            imports |= {ast.unparse(node)} if node.names else set()
    return texts, imports


def as_fixtures(names: Collection[str]) -> tuple[list[str], set[str]]:
    """The same for a conftest, where a fixture of its name hands out each function."""
    texts, imports = definitions(names)
    made = []
    for name, text in zip(sorted(set(names) & OFFERED), texts):
        says = (ast.get_docstring(ast.parse(text).body[0]) or "").partition(";")[0].rstrip(".")  # type: ignore[arg-type]
        fixture = f'    """Called to {says[:1].lower()}{says[1:]}."""\n    return _{name}'
        made += [text.replace(f"def {name}(", f"def _{name}(", 1)]
        made += [f"@pytest.fixture\ndef {name}():\n{fixture}"]
    return made, imports | ({"import pytest"} if made else set())


def _text(name: str) -> str:
    text = inspect.getsource(getattr(plain_requests, name)).rstrip()
    return re.sub(r"  # type: ignore\[.*\]", "", text)

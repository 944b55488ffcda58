"""What is called in a statement and what it is handed, in the few words of a title."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.engines.builtin.one_line import is_literal
from itc_tui.engines.builtin.witnesses import Witness, names_of
from itc_tui.engines.builtin.writing.phrases import of_input

_OF_LIBRARIES = {"asyncio.run", "anyio.run", "trio.run", "itertools.islice"}
_TAKING_OUT = {"list", "islice", "print", "str", "repr", "len", "sorted", "dict", "tuple", "open"}


def called_in(code: str) -> str:
    """The outermost call that an expression makes, past `list(…)` and the like."""
    for node in _calls(code):
        name = ast.unparse(node.func).rpartition(".")[2]
        if name.isidentifier() and not _takes_out(node):
            return name
    return ""


def asked_in(code: str) -> str:
    """The call that it makes; of an object that is made for it, what is read of it as well."""
    name = called_in(code)
    for node in _nodes(code):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
            made = ast.unparse(node.value.func).rpartition(".")[2]
            if made == name and made[:1].isupper():
                return f"{name}.{node.attr}"
    return name


def _takes_out(call: ast.Call) -> bool:
    """`list(…)` and the like; `env.list(…)` and `linter.run(…)` are somebody's own."""
    called = ast.unparse(call.func)
    return called in (_TAKING_OUT if isinstance(call.func, ast.Name) else _OF_LIBRARIES)


def last_statement(code: str) -> str:
    """Of a block, the last thing that is done in it."""
    try:
        statements: list[ast.stmt] = ast.parse(code).body
    except (SyntaxError, ValueError):
        return code
    while statements and getattr(statements[-1], "body", None):
        statements = [one for one in statements[-1].body if isinstance(one, ast.stmt)]  # type: ignore[attr-defined]
    return ast.unparse(statements[-1]) if statements else code


def _calls(code: str) -> Iterator[ast.Call]:
    return (node for node in _nodes(code) if isinstance(node, ast.Call))


def given_to(witness: Witness, at: int, short: str) -> str:
    """` of <first argument>` of a call of `short`, and the first option that was set by name."""
    step = witness.program.steps[at]
    short = "" if witness.is_given else short
    code = last_statement(step.code) if step.kind == "raw" else step.code
    wanted = called_in(code)
    for node in _calls(code):
        name = ast.unparse(node.func).rpartition(".")[2]
        if name not in (short, wanted) or (name != short and _takes_out(node)):
            continue
        first = next((arg for arg in node.args if not isinstance(arg, ast.Starred)), None)
        phrase = _resolved(witness, first) if first is not None else ""
        options = [word.arg for word in node.keywords if word.arg]
        text = f"of {phrase}" if phrase else ""
        return f"{text} with {options[0]}".strip() if options else text
    return ""


def details_of(witness: Witness, at: int) -> tuple[str, ...]:
    """Short values that it is handed, wherever they are held."""
    code = witness.program.steps[at].code
    names = names_of(code)
    made = [step.code for step in witness.program.steps[:at] if step.var in names]
    found = []
    for part in (code, *made):
        nodes = list(_nodes(part))
        other = {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
        # How many are taken, and how a file is opened, is none of the target's business.
        taking = (node for node in nodes if isinstance(node, ast.Call) and _takes_out(node))
        other |= {id(arg) for call in taking for arg in call.args[1:]}
        for node in nodes:
            if isinstance(node, ast.Constant) and not isinstance(node.value, bool | bytes):
                found += [] if id(node) in other else [of_input(node)]
    return tuple(dict.fromkeys(word for word in found if word and not word.startswith("text")))


def _nodes(code: str) -> Iterator[ast.AST]:
    try:
        yield from ast.walk(ast.parse(code.strip()))
    except (SyntaxError, ValueError):
        return


def _resolved(witness: Witness, node: ast.expr) -> str:
    """A variable is told by what it was made from."""
    if isinstance(node, ast.Name):
        for place, step in enumerate(witness.program.steps):
            if step.var == node.id:
                kind = witness.kinds[place] if place < len(witness.kinds) else ""
                if not is_literal(step.code):
                    return kind
                return of_input(ast.parse(step.code.strip(), mode="eval").body)
    return of_input(node)

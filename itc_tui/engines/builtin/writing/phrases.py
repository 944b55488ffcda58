"""Puts values into the few words that a test's name has room for."""

from __future__ import annotations

import ast
import re

_SHORT = re.compile(r"[^\W_][\w .:/+-]{0,13}")
_MOST_KEYS = 2
_MOST_WORDS = 3
_MOST_LETTERS = 12
_EMPTY = {ast.List: "empty list", ast.Tuple: "empty tuple", ast.Dict: "empty dict"}
_FULL = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}


def phrase_of(code: str) -> str:
    """`[]` → `empty list`; empty where there is nothing short to say."""
    try:
        return of_node(ast.parse(code.strip(), mode="eval").body)
    except (SyntaxError, ValueError):
        return ""


def of_node(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return _of_constant(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = of_node(node.operand)
        return f"minus {inner}" if inner else ""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        if not node.elts:
            return _EMPTY[type(node)]
        return f"{_FULL[type(node)]} of {len(node.elts)}"
    if isinstance(node, ast.Dict):
        return _of_dict(node)
    if isinstance(node, ast.Lambda):
        return "function"
    if isinstance(node, ast.Name | ast.Attribute):
        return node.id if isinstance(node, ast.Name) else node.attr
    if isinstance(node, ast.Call):
        return _of_call(node)
    return ""


def of_input(node: ast.expr) -> str:
    """As `of_node`, but a text is told by its first words: these set one case apart from others."""
    phrase = of_node(node)
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        return _of_words(node.elts) or phrase
    if phrase.startswith("text") and isinstance(node, ast.Constant):
        words = re.findall(r"\w+", str(node.value))[:_MOST_WORDS]
        said = " ".join(word[:_MOST_LETTERS] for word in words)
        return f"'{said} …'" if said else phrase
    return phrase


def _of_words(items: list[ast.expr]) -> str:
    """The words of a command line: its first ones tell it from others."""
    texts = [one.value for one in items if isinstance(one, ast.Constant)]
    words = [word.lstrip("-") for word in texts if isinstance(word, str)]
    has_option = any(str(text).startswith("-") for text in texts)
    if (
        not has_option
        or len(words) < len(items)
        or not all(re.fullmatch(r"[\w./@=-]+", word) for word in words)
    ):
        return ""
    said = " ".join(word[:_MOST_LETTERS] for word in words[:_MOST_WORDS])
    return f"'{said} …'" if len(words) > _MOST_WORDS else f"'{said}'"


def words_of_message(message: str) -> str:
    """What an error says, without the values in it."""
    line = message.strip().split("\n")[0]
    line = re.sub(r"(?<!\w)[bBrRuU]?(['\"`]).*?\1(?!\w)", " ", line)  # of `can't` it is no quote
    line = re.sub(r"<[^>]*>|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}", " ", line)
    line = re.split(r"[:;,.](?:\s|$)", line.strip())[0]
    words = re.findall(r"\b[^\W\d_][\w'-]*", line)
    return " ".join(words[:8])


def _of_constant(value: object) -> str:
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        if not value:
            return "empty text"
        if not value.strip():
            return "blank text"
        if _SHORT.fullmatch(value):
            return f"'{value.strip()}'"
        lines = len(value.splitlines())
        return f"text of {lines} lines" if lines > 1 else "text"
    if isinstance(value, bytes):
        return "bytes" if value else "empty bytes"
    text = str(value)
    return text if len(text) <= 12 else "number"


def _of_dict(node: ast.Dict) -> str:
    if not node.keys:
        return _EMPTY[ast.Dict]
    keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
    names = [key for key in keys if isinstance(key, str) and key.isidentifier() and len(key) < 14]
    if len(names) == len(node.keys) <= _MOST_KEYS:
        return f"dict with {' and '.join(names)}"
    return f"dict of {len(node.keys)}"


def _of_call(node: ast.Call) -> str:
    name = ast.unparse(node.func).rpartition(".")[2]
    if name in ("set", "list", "dict", "tuple", "str", "bytes", "frozenset") and not node.args:
        return f"empty {'text' if name == 'str' else name}"
    if name in ("float", "iter") and node.args:
        return of_node(node.args[0])
    return name if name.isidentifier() else ""

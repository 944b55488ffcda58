"""Types of parameters as docstrings tell them, where the code itself says nothing."""

from __future__ import annotations

import builtins
import inspect
import re
import sys
import typing
from typing import Any, Callable, Dict, Iterator, List

_OLD = re.compile(r":param\s+([\w\[\], .|]+?)\s+\*{0,2}(\w+)\s*:")
_SPHINX = re.compile(r":type\s+\*{0,2}(\w+)\s*:\s*(.+)")
_GOOGLE = re.compile(r"^[ \t]*\*{0,2}(\w+)[ \t]*\(((?:[^()\n]|\([^()\n]*\))+)\)[ \t]*:", re.M)
_NUMPY = re.compile(r"^[ \t]*\*{0,2}(\w+)[ \t]+:[ \t]+(\S.*)$", re.M)
_RETURNED = re.compile(r":rtype:[ \t]*(\S.*)")
_APART = re.compile(r"\s+or\s+|\s*[,|/]\s*(?![^\[\]]*\])")
_INNER = re.compile(r"(list|tuple|set|sequence|iterable|dict)s?(?:\s+of\s+|\[)(.+?)\]?$", re.I)
_LIST: Any = List
_KNOWN: Dict[str, Any] = {
    "str": str,
    "string": str,
    "text": str,
    "unicode": str,
    "int": int,
    "integer": int,
    "float": float,
    "number": float,
    "bool": bool,
    "boolean": bool,
    "bytes": bytes,
    "list": list,
    "sequence": list,
    "iterable": list,
    "tuple": tuple,
    "set": set,
    "dict": dict,
    "dictionary": dict,
    "mapping": dict,
    "none": type(None),
    "callable": Callable,
    "function": Callable,
    "func": Callable,
}


def doc_types(func: Any) -> Dict[str, Any]:
    """Parameter → what an annotation would say; only of types that are known for certain."""
    module = getattr(func, "__module__", None) or ""
    found: Dict[str, Any] = {}
    for name, told in _told(func):
        kinds = list(dict.fromkeys(_kinds(told, module)))
        if kinds and name not in found:
            found[name] = kinds[0] if len(kinds) == 1 else typing.Union[tuple(kinds)]
    return found


def doc_return(func: Any) -> Any:
    """What an annotation of its value would say; None where that is not told for certain."""
    text = getattr(inspect.unwrap(func), "__doc__", None)
    told = _RETURNED.search(text) if isinstance(text, str) else None
    kinds = list(_kinds(told[1], getattr(func, "__module__", None) or "")) if told else []
    if not kinds:
        return None
    return kinds[0] if len(kinds) == 1 else typing.Union[tuple(kinds)]


def _told(func: Any) -> Iterator["tuple[str, str]"]:
    things = [func.__init__, func] if inspect.isclass(func) else [inspect.unwrap(func)]
    for thing in things:
        text = getattr(thing, "__doc__", None)
        if not isinstance(text, str):
            continue
        yield from ((name, kind) for kind, name in _OLD.findall(text))
        for form in (_SPHINX, _GOOGLE, _NUMPY):
            yield from form.findall(text)


def _kinds(told: str, module: str) -> Iterator[Any]:
    """Nothing at all when a part of it is not understood: half of the truth misleads."""
    told = re.sub(r"[`~]|:\w+:|\bdefaults?\b.*|\boptional\b|^(?:a|an|the)\s+", "", told.strip())
    told = re.sub(r"^(?:Union|Optional)\[(.*)\]$", r"\1", told.strip(" .,;")).strip(" .,;")
    found: List[Any] = []
    for part in _APART.split(told):
        kind = _kind(part.strip(" .,;"), module)
        if kind is None:
            return
        found.append(kind)
    yield from found


def _kind(told: str, module: str) -> Any:
    inner = _INNER.fullmatch(told)
    if inner:
        outer, item = inner[1].lower(), _kind(inner[2].strip(), module)
        item = item or (_kind(inner[2].strip()[:-1], module) if inner[2].endswith("s") else None)
        if outer in ("list", "sequence", "iterable"):
            return _LIST[item] if item is not None else list
        return _KNOWN[outer]
    known = _KNOWN.get(told.lower())
    if known is not None or not re.fullmatch(r"[\w.]+", told):
        return known
    space = vars(sys.modules[module]) if module in sys.modules else {}
    found = space.get(told.rpartition(".")[2]) or getattr(builtins, told, None)
    return found if isinstance(found, type) else None

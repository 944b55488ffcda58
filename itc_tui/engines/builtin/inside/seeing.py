"""What can be asserted about a value: all of it where it can be written, else its public face."""

from __future__ import annotations

import collections.abc as abc
import contextlib
import re
import sys
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.contents import all_in, is_told
from itc_tui.engines.builtin.inside.faces import face_of, is_tool
from itc_tui.engines.builtin.inside.literals import Written, holds_today, written, written_as_equal
from itc_tui.engines.builtin.inside.places import names_a_place
from itc_tui.engines.builtin.inside.surface import Surface

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+|\b0x[0-9a-f]{8,}|__main__|127\.0\.0\.1:[3-6]\d{4}\b")
#: What stands before an address says of what class something is, and no more.
_NAMELESS = re.compile(r"<[\w.<>]+ object at|<(?:bound method|function) ")
#: Up to 34, errors have the same numbers everywhere; above, Linux and macOS have each its own.
OF_ONE_SYSTEM = re.compile(r"\[Errno (?:3[5-9]|[4-9]\d|\d{3,})\]")
MAX_FACETS = 7
"""Attributes of an object that a reader takes in at a glance."""
_MAX_SHOWN = 360
"""Letters of a value that a reader still takes in as a whole."""
_MAX_ITEMS = 24
_SHOWN_OF_TEXT = 40
_MOST_OF_TEXT = 120
"""Of what an object says of itself, where there is anything else to be said of it."""
_DEEPEST = 2
_OF_ONE_ENTRY = 3
"""Checks of what a mapping holds and nobody could write down as a whole."""
_PLAIN = (bool, int, float, str, bytes, type(None))


class Check(NamedTuple):
    """`left == right`, both Python."""

    left: str
    right: str
    imports: Tuple[str, ...]
    is_whole: bool = True
    source: str = ""
    """Who promises it."""
    told: str = ""
    """What somebody says of it, which is less than all that is checked."""

    def as_json(self) -> List[Any]:
        rest = [self.source, self.told] if self.source or self.told else []
        return [self.left, self.right, list(self.imports), self.is_whole, *rest]


def checks_of(
    name: str,
    value: Any,
    surface: Surface,
    home: str = "",
    most: int = MAX_FACETS,
    depth: int = 0,
) -> List[Check]:
    """`home` is a folder whose name must not stand in an expectation; `depth`, how far within
    something else the value was found."""
    if is_tool(value):
        return []
    face = face_of(name, value)
    if face is not None:
        return [check for side in face for check in _of_side(*side, surface, home)]
    whole = written(value, surface, _MAX_SHOWN) if not _is_long(value) else None
    if whole is not None:
        check = _homeless(name, value, whole, home)
        return [check] if check else []
    equal = written_as_equal(value, surface, _MAX_SHOWN) if not _is_long(value) else None
    check = _homeless(name, value, equal, home) if equal else None
    if check:
        return [check._replace(is_whole=False)]
    if isinstance(value, (list, tuple)) and value and depth < _DEEPEST:
        return _of_items(name, value, surface, home, depth)
    if isinstance(value, dict) and value and depth < _DEEPEST:
        return _of_entries(name, value, surface, home, depth)
    if isinstance(value, (str, bytes)):
        return _of_text(name, value, home)
    return _of_face(name, value, surface, home, most)


def _of_side(left: str, right: Any, surface: Surface, home: str) -> List[Check]:
    """A question that is answered with yes, or a value that an attribute has."""
    found = written(right, surface)
    if found is None or (home and home in left):
        return []
    check = _homeless(left, right, found, home)
    return [check] if check else []


def _homeless(name: str, value: Any, whole: Written, home: str) -> Optional[Check]:
    numbered = OF_ONE_SYSTEM.search(whole.code)
    if numbered is not None:
        # What comes before the number is the target's own word; the number is the machine's.
        before = OF_ONE_SYSTEM.split(value)[0] if isinstance(value, str) else ""
        left = "%s.startswith(%r)" % (name, before)
        is_told = before.strip() and not (home and home in before)
        return Check(left, "True", (), False) if is_told else None
    if not home or home not in whole.code:
        return Check(name, whole.code, tuple(sorted(whole.imports)))
    if isinstance(value, str):
        left = "%s.replace(str(tmp_path), 'HERE')" % name
        return Check(left, repr(value.replace(home, "HERE")), ())
    return None


def _is_long(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset, dict)) and len(value) > _MAX_ITEMS


def _of_text(name: str, value: Any, home: str) -> List[Check]:
    """Its length and both its ends; not what changes from place to place or from day to day."""
    checks = []
    said = str(value)
    is_elsewhere = names_a_place(said)
    if not (_ADDRESS.search(said) or is_elsewhere):  # that may be longer another time
        checks.append(Check("len(%s)" % name, repr(len(value)), (), False))
    for place, part in (("[:%d]", value[:_SHOWN_OF_TEXT]), ("[-%d:]", value[-_SHOWN_OF_TEXT:])):
        text = str(part)
        if names_a_place(text) or (is_elsewhere and place.startswith("[-")):
            continue  # its end may be the rest of that place
        is_nameless = _ADDRESS.search(said) and _NAMELESS.search(text)
        if not (
            is_nameless or _ADDRESS.search(text) or holds_today(text) or ("/" in text and home)
        ):
            left = name + place % _SHOWN_OF_TEXT
            checks.append(Check(left, repr(part), (), False))
    return checks


def _of_items(name: str, value: Any, surface: Surface, home: str, depth: int) -> List[Check]:
    texts = [own_text(item, surface) for item in value] if not _is_long(value) else [None]
    if all(text is not None and len(text) < 120 for text in texts):
        call = "repr" if any(not _has_own_str(item) for item in value) else "str"
        texts = [_try_text(call, item) for item in value]
        whole = written(texts, surface, _MAX_SHOWN)
        is_stable = whole is not None and not _ADDRESS.search(whole.code)
        if whole is not None and is_stable and not (home and home in whole.code):
            return [Check("[%s(item) for item in %s]" % (call, name), whole.code, (), False)]
    checks = [Check("len(%s)" % name, repr(len(value)), (), False)]
    kinds = [type(item).__name__ for item in value]
    if len(kinds) <= 8:
        checks.append(Check("[type(item).__name__ for item in %s]" % name, repr(kinds), (), False))
    for place in (0, -1) if len(value) > 1 else (0,):
        one = "%s[%d]" % (name, place)
        shown = checks_of(one, value[place], surface, home, depth=depth + 1)[:4]
        checks.extend(part._replace(is_whole=False) for part in shown)
    return checks


def _of_entries(name: str, value: Any, surface: Surface, home: str, depth: int) -> List[Check]:
    checks = []
    keys = written(list(value), surface, _MAX_SHOWN) if not _is_long(value) else None
    if keys is None:
        checks.append(Check("len(%s)" % name, repr(len(value)), (), False))
    else:
        checks.append(Check("list(%s)" % name, keys.code, tuple(sorted(keys.imports)), False))
    for key, item in list(value.items())[:6]:
        code, text = written(key, surface, 60), written(item, surface, _MAX_SHOWN)
        if code is None:
            continue
        one = "%s[%s]" % (name, code.code)
        if text is not None and (not home or home not in text.code):
            imports = tuple(sorted(code.imports | text.imports))
            checks.append(Check(one, text.code, imports, False))
        elif text is None and isinstance(item, (dict, list, tuple)):
            imports = tuple(sorted(code.imports))
            inner = checks_of(one, item, surface, home, depth=depth + 1)[:_OF_ONE_ENTRY]
            checks += [
                Check(part.left, part.right, imports + part.imports, False) for part in inner
            ]
    return checks


def _of_face(
    name: str, value: Any, surface: Surface, home: str, most: int = MAX_FACETS
) -> List[Check]:
    """Text, length, items and public attributes of an object."""
    if isinstance(value, abc.Iterator) or (callable(value) and not surface.path_of(type(value))):
        return []
    if isinstance(value, str) and names_a_place(value):
        return []
    checks: List[Check] = []
    text = own_text(value, surface)
    if text is not None and len(text) <= 400 and (not home or home not in text):
        call = "str" if _has_own_str(value) else "repr"
        checks.append(Check("%s(%s)" % (call, name), repr(text), (), False))
    shown: List[Any] = []
    for attr, item in public_attributes(value).items():
        found = written(item, surface, 300)
        if found is None or (home and home in found.code) or is_told(item, shown):
            continue
        shown.append(item)
        imports = tuple(sorted(found.imports))
        checks.append(Check("%s.%s" % (name, attr), found.code, imports, False))
        if len(checks) >= most:
            break
    if isinstance(value, abc.Sized) and isinstance(value, abc.Iterable):
        call, items = all_in(value, surface) if len(value) <= _MAX_ITEMS else ("", None)
        if items is not None and is_told(value, shown):
            pass
        elif items is not None and not (home and home in items.code):
            left = "%s(%s)" % (call, name)
            if text is not None and len(text) > _SHOWN_OF_TEXT:
                checks = [check for check in checks if check.right != repr(text)]  # said twice
            checks.append(Check(left, items.code, tuple(sorted(items.imports)), False))
        else:
            checks.append(Check("len(%s)" % name, repr(len(value)), (), False))
    if isinstance(value, BaseException):
        found = written(value.args, surface, 300)
        if found is not None:
            checks.append(Check("%s.args" % name, found.code, tuple(sorted(found.imports)), False))
    if text is not None and len(text) > _MOST_OF_TEXT and len(checks) > 1:
        checks = [check for check in checks if check.right != repr(text)]
    if not checks:
        checks.append(_of_kind(name, value, surface))
    return checks


def _of_kind(name: str, value: Any, surface: Surface) -> Check:
    """Of what class it is: all that can be said of it."""
    module, kind = surface.path_of(type(value)) or ("", "")
    is_public = bool(module) and not any(
        part.startswith("_") for part in (*module.split("."), *kind.split("."))
    )
    if not is_public or module == "__main__":
        return Check("type(%s).__name__" % name, repr(type(value).__name__), (), False)
    line = "from %s import %s" % (module, kind)
    return Check("isinstance(%s, %s)" % (name, kind), "True", (line,), False)


def public_attributes(value: Any) -> Dict[str, Any]:
    """Plain fields and computed properties, in the order of their names' first appearance."""
    names: List[str] = []
    with contextlib.suppress(TypeError):
        names.extend(vars(value))
    for owner in type(value).__mro__:
        names.extend(getattr(owner, "__slots__", ()) if owner is not object else ())
        if owner.__module__ != "builtins":
            names.extend(n for n, raw in vars(owner).items() if isinstance(raw, property))
    found: Dict[str, Any] = {}
    for name in dict.fromkeys(names):
        if str(name).startswith("_"):
            continue
        try:
            item = getattr(value, name)
        except Exception:
            continue
        found[name] = item
    return found


def own_text(value: Any, surface: Surface) -> Optional[str]:
    """What it says of itself, where those words are the target's promise, or Python's.

    A class may inherit them from another package, which changes them as it likes.
    """
    name = "__str__" if _has_own_str(value) else "__repr__"
    owner = next((kind for kind in type(value).__mro__ if name in vars(kind)), object)
    top = str(owner.__module__).split(".")[0]
    ours = {*surface.tops, *getattr(sys, "stdlib_module_names", (top,)), "__main__"}
    return meaningful_text(value) if top in ours else None


def meaningful_text(value: Any) -> Optional[str]:
    """What str() or repr() says, unless it is the default one or holds an address."""
    kind = type(value)
    if kind in _PLAIN:
        return None if names_a_place(str(value)) else str(value)
    own_repr = getattr(kind, "__repr__", None) is not getattr(object, "__repr__", None)
    if not (own_repr or _has_own_str(value)):
        return None
    text = _try_text("str" if _has_own_str(value) else "repr", value)
    if text is None or _ADDRESS.search(text) or holds_today(text) or names_a_place(text):
        return None
    return text


def _has_own_str(value: Any) -> bool:
    return getattr(type(value), "__str__", None) is not getattr(object, "__str__", None)


def _try_text(call: str, value: Any) -> Optional[str]:
    try:
        return str(value) if call == "str" else repr(value)
    except Exception:
        return None

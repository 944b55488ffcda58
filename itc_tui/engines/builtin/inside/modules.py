"""The modules of a package, imported as far as they let themselves be; tests are none of them."""

from __future__ import annotations

import ast
import contextlib
import faulthandler
import importlib
import os
import pkgutil
import types
from typing import Any, Callable, Collection, Dict, Iterator, Optional, Set

from itc_tui.engines.builtin.inside.others import is_others
from itc_tui.engines.builtin.inside.own_time import PATIENCE
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.inside.seatbelt import OutOfTime, fastened

Before = Callable[[str, Dict[str, str]], None]
"""Is told of each module before it is imported, and of what failed so far: some take the whole
process with them."""

_NO_PACKAGES = frozenset(
    {
        *("__pycache__", "node_modules", "templates", "static", "assets", "data", "fixtures"),
        *("docs", "examples", "samples", "scripts", "migrations", "stubs", "typings"),
    }
)
"""Folders without `__init__.py` that hold files for somebody else."""


def modules_of(
    package: str,
    passed_over: Collection[str],
    failed: Dict[str, str],
    limit_s: float,
    before: Before = lambda _name, _failed: None,
) -> Iterator[types.ModuleType]:
    """Why one could not be imported goes to `failed`, by its name."""
    if package in passed_over:
        return
    before(package, failed)
    for name in _names(package, failed, limit_s):
        if name in passed_over:
            continue
        before(name, failed)
        module = _imported(name, failed, limit_s)
        if module is not None:
            yield module


def held_in(module: types.ModuleType) -> Dict[str, Any]:
    """By name, without what answers no question: settings that nobody configured, lazy proxies."""
    return {name: thing for name, thing in list(vars(module).items()) if answers(thing)}


def answers(thing: Any) -> bool:
    """It can be asked what it is."""
    try:
        _ = thing.__class__, callable(thing)
        _ = getattr(thing, "__module__", None), getattr(thing, "__wrapped__", None)
    except Exception:  # a stranger's; it may raise whatever it likes
        return False
    return True


def _names(package: str, failed: Dict[str, str], limit_s: float) -> Iterator[str]:
    top = _imported(package, failed, limit_s)
    if top is None:
        return
    yield package
    real = {os.path.realpath(path) for path in getattr(top, "__path__", [])}
    for path in getattr(top, "__path__", []):
        for info in _walked(path, package + ".", real):
            parts = info.name.split(".")
            if any(part in ("tests", "test", "conftest") for part in parts):
                continue
            folder = str(getattr(info.module_finder, "path", ""))
            if parts[-1] in ("__main__", "setup") and not _only_defines(folder, parts[-1]):
                continue
            if parts[-1].startswith("test_") or is_others(_file_of(info)):
                continue
            yield info.name


def _file_of(info: pkgutil.ModuleInfo) -> str:
    """Below the folder of the package's own folder."""
    return info.name.replace(".", "/") + ("/__init__.py" if info.ispkg else ".py")


def _only_defines(folder: str, name: str) -> bool:
    """Importing that module of the folder runs no command."""
    try:
        with open(os.path.join(folder, name + ".py"), encoding="utf-8") as file:
            body = parsed_source(file.read()).body
    except (OSError, SyntaxError, ValueError):
        return False
    loose = [node.value for node in body if isinstance(node, ast.Expr)]
    return not any(isinstance(value, (ast.Call, ast.Await)) for value in loose)


def _walked(path: str, prefix: str, seen: Set[str]) -> Iterator[pkgutil.ModuleInfo]:
    """Modules below a folder, none of them imported; a link that leads back is not followed."""
    for info in (*pkgutil.iter_modules([path], prefix), *_without_init(path, prefix)):
        inner = os.path.join(path, info.name.rpartition(".")[2])
        real = os.path.realpath(inner)
        if info.ispkg and real in seen:
            continue
        yield info
        if info.ispkg:
            seen.add(real)
            yield from _walked(inner, info.name + ".", seen)


def _without_init(path: str, prefix: str) -> Iterator[pkgutil.ModuleInfo]:
    """Folders that are packages all the same (PEP 420); `pkgutil` does not tell of them."""
    finder = pkgutil.get_importer(path)
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else ():
        inner = os.path.join(path, name)
        if name.isidentifier() and name not in _NO_PACKAGES and _is_bare(inner):
            yield pkgutil.ModuleInfo(finder, prefix + name, True)  # type: ignore[arg-type]


def _is_bare(folder: str) -> bool:
    """It holds modules, at some depth, and nothing that would make it a regular package."""
    if not os.path.isdir(folder) or os.path.islink(folder):
        return False
    names = sorted(os.listdir(folder))
    if any(name.startswith("__init__.") or name == "pyvenv.cfg" for name in names):
        return False
    if any(name.endswith(".py") for name in names):
        return True
    inner = [name for name in names if name.isidentifier() and name not in _NO_PACKAGES]
    return any(_holds_modules(os.path.join(folder, name)) for name in inner)


def _holds_modules(folder: str) -> bool:
    is_regular = os.path.isfile(os.path.join(folder, "__init__.py"))
    return os.path.isdir(folder) and (is_regular or _is_bare(folder))


def _imported(name: str, failed: Dict[str, str], limit_s: float) -> Optional[types.ModuleType]:
    with open(os.devnull, "w") as hole:
        # Not every loop hears the alarm; on the wall, as this clock knows no other.
        faulthandler.dump_traceback_later(PATIENCE * limit_s, exit=True, file=hole)
        try:
            with fastened(limit_s), contextlib.redirect_stdout(hole):
                return importlib.import_module(name)
        except (Exception, SystemExit, OutOfTime) as error:
            failed[name] = "%s: %s%s" % (type(error).__name__, str(error)[:200], _because_of(error))
            return None
        finally:
            faulthandler.cancel_dump_traceback_later()


def _because_of(error: BaseException) -> str:
    """A module that ends the process mostly misses something that is not installed."""
    cause = error.__cause__ or error.__context__
    is_told = isinstance(error, SystemExit) and isinstance(cause, ImportError)
    return ", for %s" % str(cause)[:200] if is_told else ""

"""WSGI and ASGI applications of the target, and the best client that its environment has."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import re
import sys
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

from itc_tui.engines.builtin.inside.drivers.door import import_of
from itc_tui.engines.builtin.inside.modules import held_in
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.seatbelt import OutOfTime, fastened
from itc_tui.engines.builtin.inside.surface import Surface

_MADE_BY = re.compile(r"^(?:create|make|build|get|new)_(?:\w+_)?(?:app|application|api|server)$")
_FACTORY_S = 3.0
_WSGI = {"flask.app": "Flask", "bottle": "Bottle", "falcon.app": "App", "pyramid.router": "Router"}
_ASGI = {
    "fastapi.applications": "FastAPI",
    "starlette.applications": "Starlette",
    "falcon.asgi.app": "App",
}


class App(NamedTuple):
    value: Any
    imports: str
    code: str
    """Its name, or the call that makes it."""
    is_made: bool
    module: str
    speaks: str
    """wsgi or asgi."""

    def opened(self) -> "Tuple[Program, str]":
        if not self.is_made:
            return Program((self.imports,)), self.code
        name = fresh("app")
        return Program((self.imports,), (Step(name, self.code),)), name


class Client(NamedTuple):
    imports: Tuple[str, ...]
    code: str
    """What makes it, with `{0}` for the application; empty where a function does the asking."""
    asks: str
    """How a request is written: method in lower and upper case, client, path, body."""
    defines: Tuple[str, ...] = ()
    is_block: bool = False
    """It has to be entered, for the application has a lifespan."""


def apps_of(surface: Surface) -> List[App]:
    found: Dict[int, App] = {}
    for module in surface.modules:
        for name, thing in held_in(module).items():
            if id(thing) in found or name.startswith("__"):
                continue
            speaks = _speech_of(thing, surface)
            path = import_of(thing, surface, module.__name__) if speaks else None
            if path is not None:
                found[id(thing)] = App(thing, *path, False, module.__name__, speaks)
    known = list(found.values())
    return known or list(_made(surface))


def client_for(app: App) -> Client:
    kind = type(app.value)
    tops = {owner.__module__.split(".")[0] for owner in kind.__mro__}
    if "flask" in tops:
        return Client((), "{0}.test_client()", _VERB)
    if "falcon" in tops and _has("falcon.testing"):
        line = "from falcon.testing import TestClient"
        return Client((line,), "TestClient({0})", _SIMULATED)
    if app.speaks == "asgi" and _has("starlette.testclient"):
        place = "fastapi" if "fastapi" in tops else "starlette"
        line = "from %s.testclient import TestClient" % place
        return Client((line,), "TestClient({0})", _VERB, (), _has_lifespan(app.value))
    if app.speaks == "wsgi" and _has("werkzeug.test"):
        return Client(("from werkzeug.test import Client",), "Client({0})", _VERB)
    name = app.speaks + "_request"
    return Client((), "", name + "({client}, {METHOD!r}, {path}{body})", (name,))


_VERB = "{client}.{method}({path}{body})"
_SIMULATED = "{client}.simulate_{method}({path}{body})"


def _made(surface: Surface) -> Iterator[App]:
    """What factories make that need nothing."""
    for target in list(surface.callables):
        name = target.ident.rpartition(":")[2]
        if target.kind != "function" or not _MADE_BY.match(name) or _needs_more(target.func):
            continue
        try:
            with fastened(_FACTORY_S), contextlib.redirect_stdout(None):
                value = target.func()
        except (Exception, SystemExit, OutOfTime):
            continue
        speaks = _speech_of(value, surface)
        if speaks:
            code = target.template.replace("...", "")
            yield App(value, target.imports, code, True, target.func.__module__, speaks)


def _needs_more(func: Any) -> bool:
    try:
        rows = inspect.signature(func).parameters.values()
    except (TypeError, ValueError):
        return True
    return any(row.default is row.empty and row.kind not in (2, 4) for row in rows)


def _speech_of(thing: Any, surface: Surface) -> str:
    if inspect.isclass(thing) or not callable(thing):
        return ""
    for owner in type(thing).__mro__:
        if _ASGI.get(owner.__module__) == owner.__name__:
            return "asgi"
        if _WSGI.get(owner.__module__) == owner.__name__:
            return "wsgi"
    home = getattr(thing, "__module__", None) or ""
    if home.split(".")[0] not in surface.tops:
        return ""
    try:
        rows = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return ""
    words = [row.name for row in rows if row.default is row.empty]
    if words in (["environ", "start_response"], ["env", "start_response"]):
        return "wsgi"
    return "asgi" if words == ["scope", "receive", "send"] else ""


def _has_lifespan(app: Any) -> bool:
    router = getattr(app, "router", None)
    if getattr(router, "on_startup", None):
        return True
    made = getattr(router, "lifespan_context", None)
    return made is not None and not type(made).__name__.startswith("_")


def _has(module: str) -> bool:
    try:
        importlib.import_module(module)
    except Exception:  # a missing dependency is told by an error of one's own
        return False
    return module in sys.modules

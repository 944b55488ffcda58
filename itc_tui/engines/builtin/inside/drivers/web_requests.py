"""Requests to the routes of an application; what was created is read back where routes allow."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.drivers.door import ANY_REQUEST, Door, Made, Scripts
from itc_tui.engines.builtin.inside.drivers.schema_values import SchemaValues
from itc_tui.engines.builtin.inside.drivers.web_apps import App, Client, apps_of, client_for
from itc_tui.engines.builtin.inside.drivers.web_routes import Route, plain_route, routes_of
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.surface import Surface

_PATH = re.compile(r"^/[\w./{}<>:-]*$")


def doors(surface: Surface, _scripts: Scripts) -> Iterator[Door]:
    for app in apps_of(surface):
        routes = routes_of(app.value)
        client = client_for(app)
        for route in routes or [plain_route("GET", "", app.value)]:
            told = routes_in_words if not routes else None
            asking = _Asking(app, client, route, routes, told)
            label = route.label if routes else ANY_REQUEST + app.code.rstrip("()")
            yield Door(label, route.behind, asking.compose, app.module)


def routes_in_words(maker: Arguments, app: App) -> Route:
    """An application that does not tell its routes: its own words that look like paths."""
    words = [word for word in maker.words.near(app.module) if _PATH.match(word)]
    path = maker.rng.choice([*words, "/"]) if words else "/"
    if maker.rng.random() < 0.3:
        path = path.rstrip("/") + "/" + maker.rng.choice(("1", "tea"))
    methods = [word for word in maker.words.near(app.module) if word in ("POST", "PUT", "DELETE")]
    method = maker.rng.choice(["GET", "GET", *methods])
    return plain_route(method, path, app.value)._replace(keys=("name",), query=())


class _Request(NamedTuple):
    path: str
    """Python for it."""
    body: str
    """As a keyword with a comma before it, or nothing."""
    sent: str
    """Python for what is sent as JSON; empty when nothing is."""


class _Asking:
    def __init__(
        self, app: App, client: Client, route: Route, routes: List[Route], told: Any
    ) -> None:
        self._app, self._client, self._route, self._told = app, client, route, told
        self._routes = {(one.method, one.path): one for one in routes}

    def compose(self, maker: Arguments) -> Made:
        route = self._route if self._told is None else self._told(maker, self._app)
        program, client = self._opened()
        creator = self._creator(route)
        if creator is not None and maker.rng.random() < 0.75:
            return self._after_creating(maker, program, client, route, creator)
        request = self._request(maker, route, "")
        asked = self._asked(client, route.method, request)
        return program.then(Step(fresh("response"), asked)), []

    def _opened(self) -> Tuple[Program, str]:
        """A fresh client; where there is none, the application itself is asked."""
        program, app = self._app.opened()
        if not self._client.code:
            return program._replace(defines=self._client.defines), app
        client = fresh("client")
        kind = "with" if self._client.is_block else "do"
        step = Step(client, self._client.code.format(app), kind)
        return program.then(step, self._client.imports), client

    # -- sequences ----------------------------------------------------------
    def _creator(self, route: Route) -> Optional[Route]:
        """The route that makes what this one speaks of."""
        if route.method == "POST" and not route.parameters:
            return None
        collection = re.sub(r"/\{\w+\}/?$", "", route.path) if route.parameters else route.path
        if "{" in collection:
            return None
        for path in (collection, collection + "/"):
            found = self._routes.get(("POST", path))
            if found is not None and found.takes_body:
                return found
        return None

    def _after_creating(
        self, maker: Arguments, program: Program, client: str, route: Route, creator: Route
    ) -> Made:
        first = self._request(maker, creator, "")
        created = fresh("created")
        program = program.then(Step(created, self._asked(client, "POST", first)))
        if not route.parameters:
            return self._listed(program, client, route, created), []
        key = maker.rng.choice(_keys_for(route.parameters[-1], first.sent))
        body = "%s%s" % (created, _json_of(self._client, self._app))
        path = "f'%s'" % route.path.replace(
            "{%s}" % route.parameters[-1], '{%s["%s"]}' % (body, key)
        )
        request = self._request(maker, route, path)
        name = fresh("found" if route.method == "GET" else "response")
        program = program.then(Step(name, self._asked(client, route.method, request)))
        used = [(route.parameters[-1], "key " + key)]
        if route.method == "GET":
            same = "%s%s == %s" % (name, _json_of(self._client, self._app), body)
            source = "round trip %s → %s" % (creator.label, route.label)
            program = program.then(Step(fresh("same"), same, source=source))
        elif ("GET", route.path) in self._routes:
            again = fresh("found")
            asked = self._asked(client, "GET", _Request(path, "", ""))
            program = program.then(Step(again, asked))
        return program, used

    def _listed(self, program: Program, client: str, route: Route, created: str) -> Program:
        found = fresh("listed")
        asked = self._asked(client, route.method, _Request(repr(route.path), "", ""))
        reading = _json_of(self._client, self._app)
        source = "round trip POST %s → %s" % (route.path, route.label)
        within = "%s%s in %s%s" % (created, reading, found, reading)
        return program.then(Step(found, asked)).then(Step(fresh("same"), within, source=source))

    # -- one request --------------------------------------------------------
    def _request(self, maker: Arguments, route: Route, path: str) -> _Request:
        module = str(getattr(route.behind, "__module__", "") or self._app.module)
        values = SchemaValues(maker, route.definitions or {}, module)
        if not path:
            text = route.path
            for name in route.parameters:
                text = text.replace("{%s}" % name, _in_path(values, maker, route, name))
            path = repr(text + _query(values, maker, route))
        sent, body = "", ""
        if route.body is not None:
            sent = values.of(route.body)
        elif route.takes_body:
            kept = [key for key in route.keys if maker.rng.random() < 0.9]
            sent = "{%s}" % ", ".join("%r: %s" % (key, values.by_name(key)) for key in kept)
        if sent:
            is_ours = bool(self._client.defines)
            body = ", %s" % sent if is_ours else ", json=%s" % sent
        elif route.form and not self._client.defines:
            pairs = ", ".join("%r: %s" % (key, values.by_name(key)) for key in route.form)
            body = ", data={%s}" % pairs
        return _Request(path, body, sent)

    def _asked(self, client: str, method: str, request: _Request) -> str:
        return self._client.asks.format(
            client=client,
            method=method.lower(),
            METHOD=method,
            path=request.path,
            body=request.body,
        )


def _query(values: SchemaValues, maker: Arguments, route: Route) -> str:
    pairs = []
    for name in route.query:
        if name in route.required_query or maker.rng.random() < 0.5:
            code = values.of((route.schemas or {}).get(name), name)
            pairs.append("%s=%s" % (name, _plain(code)))
    return "?" + "&".join(pairs) if pairs else ""


def _in_path(values: SchemaValues, maker: Arguments, route: Route, name: str) -> str:
    if name in route.numbers:
        return str(maker.rng.choice((1, 2, 999)))
    schema = (route.schemas or {}).get(name)
    return _plain(values.of(schema, name)) if schema else maker.rng.choice(("1", "2", "tea", "ann"))


def _plain(code: str) -> str:
    """A value as it stands in a URL."""
    return re.sub(r"[^\w.@-]+", "-", code.strip("'\"")) or "1"


def _keys_for(parameter: str, sent: str) -> List[str]:
    """Where, in what was created, the name of it may stand."""
    short = parameter.rpartition("_")[2]
    keys = [parameter, "id", short, "name", "key", "slug", "uuid", "code"]
    likely: Dict[str, None] = dict.fromkeys(key for key in keys if repr(key) in sent)
    return list(dict.fromkeys([*likely, parameter, "id", "id", short]))


def _json_of(client: Client, app: App) -> str:
    """How the body of an answer is read as JSON."""
    is_called = app.speaks == "asgi" and "simulate" not in client.asks
    return ".json()" if client.defines or is_called else ".json"

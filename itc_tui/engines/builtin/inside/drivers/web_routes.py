"""Which paths an application answers, with which methods, and what it wants to be sent."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Tuple

from itc_tui.engines.builtin.inside.parsing import parsed_source

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PARAMETER = re.compile(r"[<{]([^<>{}]+)[>}]")
_CONVERTERS = frozenset({"int", "string", "path", "float", "uuid", "any", "re", "default"})


class Route(NamedTuple):
    method: str
    path: str
    """With `{name}` for each parameter."""
    behind: Any
    """The function that answers."""
    numbers: Tuple[str, ...] = ()
    """Parameters of the path that are whole numbers."""
    schemas: Any = None
    """Parameter → its JSON schema, as far as declared."""
    query: Tuple[str, ...] = ()
    required_query: Tuple[str, ...] = ()
    body: Any = None
    """JSON schema of the body; None where none is declared."""
    keys: Tuple[str, ...] = ()
    """What the function takes out of a body that nobody declared."""
    form: Tuple[str, ...] = ()
    definitions: Any = None

    @property
    def parameters(self) -> List[str]:
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def label(self) -> str:
        return "%s %s" % (self.method, self.path)

    @property
    def takes_body(self) -> bool:
        return self.method in ("POST", "PUT", "PATCH") and bool(self.body or self.keys)


def routes_of(app: Any) -> List[Route]:
    """By the kind of application; empty for one that does not tell."""
    for reader in (_of_flask, _of_fastapi, _of_starlette, _of_falcon, _of_bottle):
        try:
            found = list(reader(app))
        except Exception:  # another framework, or another version of this one
            continue
        if found:
            return found[:80]
    return []


def plain_route(method: str, path: str, behind: Any) -> Route:
    """What path and function say by themselves."""
    found = [_parameter(text) for text in _PARAMETER.findall(path)]
    numbers = tuple(name for name, converter in found if converter == "int")
    keys = keys_in(behind)
    return Route(
        method,
        _plain(path),
        behind,
        numbers,
        query=tuple(keys["query"]),
        keys=tuple(keys["body"]),
        form=tuple(keys["form"]),
    )


def _plain(path: str) -> str:
    return _PARAMETER.sub(lambda match: "{%s}" % _parameter(match[1])[0], path)


def _parameter(text: str) -> "tuple[str, str]":
    """Name and converter: some frameworks write `int:name`, others `name:int`."""
    first, _, second = text.partition(":")
    if second.isidentifier() and first.partition("(")[0] in _CONVERTERS:
        first, second = second, first
    return first, second.partition("(")[0]


def _of_flask(app: Any) -> Iterator[Route]:
    views = app.view_functions
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for method in _METHODS:
            if method in rule.methods:
                behind = views[rule.endpoint]
                view = getattr(behind, "view_class", None)
                behind = getattr(view, method.lower(), behind) if view is not None else behind
                yield plain_route(method, rule.rule, behind)


def _of_fastapi(app: Any) -> Iterator[Route]:
    told = app.openapi()
    behind: Dict[Tuple[str, str], Any] = {}
    for path, methods, endpoint in _below(app.routes, ""):
        for method in methods:
            behind[(method, _plain(path))] = endpoint
    definitions = told.get("components", {}).get("schemas", {})
    for path, operations in told["paths"].items():
        for verb, operation in operations.items():
            if verb.upper() in _METHODS:
                endpoint = behind.get((verb.upper(), path))
                yield _declared(verb.upper(), path, operation, endpoint, definitions)


def _declared(method: str, path: str, told: Any, behind: Any, definitions: Any) -> Route:
    rows = told.get("parameters", ())
    query = tuple(row["name"] for row in rows if row["in"] == "query")
    needed = tuple(row["name"] for row in rows if row["in"] == "query" and row.get("required"))
    content = told.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")
    form = content.get("application/x-www-form-urlencoded", {}).get("schema", {})
    schemas = {row["name"]: row.get("schema", {}) for row in rows}
    numbers = tuple(name for name, one in schemas.items() if one.get("type") == "integer")
    keys = tuple(definitions.get(form.get("$ref", "").rpartition("/")[2], {}).get("properties", ()))
    return Route(method, path, behind, numbers, schemas, query, needed, body, (), keys, definitions)


def _of_starlette(app: Any) -> Iterator[Route]:
    for path, methods, endpoint in _below(app.routes, ""):
        for method in methods:
            if method in _METHODS:
                behind = getattr(endpoint, method.lower(), endpoint)
                yield plain_route(method, path, behind)


def _below(routes: Any, prefix: str) -> Iterator[Tuple[str, List[str], Any]]:
    for route in routes:
        path = prefix + getattr(route, "path", "")
        endpoint = getattr(route, "endpoint", None)
        if getattr(route, "include_in_schema", True) is False:
            continue
        if endpoint is not None:
            methods = getattr(route, "methods", None)
            if methods is None and inspect.isclass(endpoint):
                methods = [name for name in _METHODS if hasattr(endpoint, name.lower())]
            yield path, list(methods or ()), endpoint
        elif getattr(route, "routes", None):
            yield from _below(route.routes, path)


def _of_falcon(app: Any) -> Iterator[Route]:
    from falcon import inspect as looking  # type: ignore[import-not-found, unused-ignore]

    nodes = list(app._router._roots)
    resources: Dict[str, Any] = {}
    while nodes:
        node = nodes.pop()
        nodes.extend(node.children)
        if node.resource is not None:
            resources[node.uri_template] = node.resource
    for told in looking.inspect_routes(app):
        resource = resources.get(told.path)
        for one in told.methods:
            if one.method in _METHODS and not one.internal:
                behind = getattr(resource, one.function_name, None)
                yield plain_route(one.method, told.path, behind)


def _of_bottle(app: Any) -> Iterator[Route]:
    for route in app.routes:
        if route.method in _METHODS and callable(route.callback):
            yield plain_route(route.method, route.rule, route.callback)


#: How frameworks name what comes with a request.
_FROM = {
    "json": "body",
    "get_json": "body",
    "media": "body",
    "get_media": "body",
    "data": "body",
    "args": "query",
    "query": "query",
    "query_params": "query",
    "params": "query",
    "form": "form",
    "forms": "form",
    "POST": "form",
}


def keys_in(func: Callable[..., Any]) -> Dict[str, List[str]]:
    """Which keys a function takes out of the body, the query and the form of its request."""
    found: Dict[str, List[str]] = {"body": [], "query": [], "form": []}
    try:
        text = textwrap.dedent(inspect.getsource(inspect.unwrap(func)))
        tree = parsed_source(text)
    except (OSError, TypeError, SyntaxError, ValueError):
        return found
    held = {"payload": "body", "body": "body", "data": "body"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            source = _source_of(node.value)
            if source:
                held[node.targets[0].id] = source
    for node in ast.walk(tree):
        key, owner = _key_of(node)
        if key and owner is not None:
            source = held.get(getattr(owner, "id", ""), "") or _source_of(owner)
            if isinstance(node, ast.Call) and _called(node).startswith("get_param"):
                source = "query"
            if source and key not in found[source]:
                found[source].append(key)
    return found


def _source_of(node: ast.AST) -> str:
    """`request.json`, `await request.json()`, `request.args` …"""
    while isinstance(node, (ast.Await, ast.Call, ast.BoolOp)):
        if isinstance(node, ast.Await):
            node = node.value
        else:
            node = node.func if isinstance(node, ast.Call) else node.values[0]
    if not isinstance(node, ast.Attribute):
        return ""
    owner = node.value
    is_request = isinstance(owner, ast.Name) and owner.id in ("request", "req", "self", "bottle")
    is_request = is_request or getattr(owner, "attr", "") in ("request", "req")
    return _FROM.get(node.attr, "") if is_request else ""


def _key_of(node: ast.AST) -> "tuple[str, Any]":
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return (node.slice.value, node.value) if isinstance(node.slice.value, str) else ("", None)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        first = node.args[0]
        takes = node.func.attr in ("get", "pop") or node.func.attr.startswith("get_param")
        if takes and isinstance(first, ast.Constant) and isinstance(first.value, str):
            return first.value, node.func.value
    return "", None


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "")

"""Finds the doors of a target: commands, routes, tasks, apps, plugins, what packages export."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from itc_tui.engines.builtin.map.facts import DecoratorFacts
from itc_tui.engines.builtin.map.source_index import Module, SourceIndex


class Door(NamedTuple):
    """One way into the target from outside."""

    kind: str
    """`console script`, `command`, `route`, `task`, `app`, `module`, `plugin` …"""
    label: str
    target: str
    """Dotted name of what is entered."""

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.label} → {self.target}"
            if self.label
            else f"{self.kind} {self.target}"
        )


def find_doors(index: SourceIndex) -> list[Door]:
    doors = [*_declared(Path(index.root)), *_decorated(index), *_modules(index), *_apps(index)]
    doors += [*_django(index), *_argument_parsers(index), *_ported(index)]
    return list(dict.fromkeys(doors))


_ROUTE = re.compile(
    r"\.(?:(route|get|post|put|patch|delete|head|options|websocket|websocket_route|api_route|view))\("
    r"\s*(?:path\s*=\s*|rule\s*=\s*)?(?:[rf]?(['\"])(.*?)\2)?"
)
_COMMAND = re.compile(
    r"(?:^|\.)(command|group|callback)\b(?:\((?:name\s*=\s*)?(?:(['\"])(.*?)\2)?)?"
)
_TASK = re.compile(
    r"(?:^|\.)(task|shared_task|actor|periodic_task|cron|job|broker\.task|db_task)\b"
)
_LISTENER = re.compile(
    r"(?:^|\.)(receiver|subscriber|on_event|listens_for|event_handler|connect_via|exception_handler"
    r"|middleware|before_request|after_request|errorhandler|hookimpl|fixture)\b"
)


def _decorated(index: SourceIndex) -> Iterator[Door]:
    for name in index.own_modules:
        for function in index.modules[name].facts.functions.values():
            for decorator in function.decorators:
                door = _door_of(decorator, f"{name}.{function.qual}", function.qual)
                if door is not None:
                    yield door


def _door_of(decorator: DecoratorFacts, target: str, qual: str) -> Door | None:
    text = decorator.text
    plain = qual.rpartition(".")[2]
    route = _ROUTE.search(text)
    if route and (route[3] or "").startswith("/"):
        verb = "" if route[1] in ("route", "api_route", "view") else route[1].upper() + " "
        methods = re.search(r"methods\s*=\s*[\[(]([^\])]*)", text)
        if methods:
            verb = "/".join(re.findall(r"\w+", methods[1])) + " "
        return Door("route", f"{verb}{route[3]}", target)
    head = text.split("(")[0]
    command = _COMMAND.search(text)
    if command and ("." in head or head in ("command", "group")):
        return Door("command", command[3] or plain.replace("_", "-"), target)
    if _TASK.search(head):
        return Door("task", plain, target)
    listener = _LISTENER.search(head)
    return Door(listener[1], plain, target) if listener else None


def _modules(index: SourceIndex) -> Iterator[Door]:
    for name in index.own_modules:
        if name.rpartition(".")[2] == "__main__":
            yield Door("module", f"python -m {name.rpartition('.')[0]}", name)
        elif index.modules[name].facts.is_script:
            yield Door("script", index.modules[name].path, name)


_APPS = {
    "fastapi.FastAPI": "ASGI app", "starlette.applications.Starlette": "ASGI app",
    "flask.Flask": "WSGI app", "litestar.Litestar": "ASGI app", "quart.Quart": "ASGI app",
    "sanic.Sanic": "ASGI app", "aiohttp.web.Application": "web app", "bottle.Bottle": "WSGI app",
    "falcon.App": "WSGI app", "falcon.asgi.App": "ASGI app", "tornado.web.Application": "web app",
    "pyramid.config.Configurator.make_wsgi_app": "WSGI app", "celery.Celery": "task queue",
    "django.core.wsgi.get_wsgi_application": "WSGI app", "click.Group": "command line",
    "django.core.asgi.get_asgi_application": "ASGI app", "typer.Typer": "command line",
    "fastapi.APIRouter": "router", "flask.Blueprint": "router",
}  # fmt: skip


def _apps(index: SourceIndex) -> Iterator[Door]:
    """Applications that are made by a call, at the top of a module or in a factory."""
    for call in index.outer_calls:
        kind = _APPS.get(call.callee)
        if kind and kind != "router":
            yield Door(kind, call.callee.rpartition(".")[2], call.caller_name)


def _argument_parsers(index: SourceIndex) -> Iterator[Door]:
    for call in index.outer_calls:
        if call.callee.endswith("ArgumentParser.parse_args"):
            yield Door("command line", "argparse", call.caller_name)


def _django(index: SourceIndex) -> Iterator[Door]:
    for name in index.own_modules:
        if name.rpartition(".")[2] == "urls" and "urlpatterns" in index.modules[name].facts.names:
            yield Door("routes", "urlpatterns", name)
        if ".management.commands." in name and "Command" in index.modules[name].facts.classes:
            yield Door("command", f"manage.py {name.rpartition('.')[2]}", f"{name}.Command")


def _ported(index: SourceIndex) -> Iterator[Door]:
    """Functions with the shape of a WSGI or ASGI application."""
    for name in index.own_modules:
        for function in index.modules[name].facts.functions.values():
            words = [one.name for one in function.parameters if one.name != "self"]
            if words == ["environ", "start_response"]:
                yield Door("WSGI app", "", f"{name}.{function.qual}")
            elif words == ["scope", "receive", "send"]:
                yield Door("ASGI app", "", f"{name}.{function.qual}")


def _declared(root: Path) -> Iterator[Door]:
    """What the packaging files promise to install."""
    for file in (root / "pyproject.toml", *sorted(root.glob("*/pyproject.toml"))[:20]):
        yield from _from_pyproject(file)
    yield from _from_setup_cfg(root / "setup.cfg")
    yield from _from_setup_py(root / "setup.py")


def _from_pyproject(file: Path) -> Iterator[Door]:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    project, poetry = _table(told, "project"), _table(_table(told, "tool"), "poetry")
    for kind, scripts in (
        ("console script", _table(project, "scripts")),
        ("window script", _table(project, "gui-scripts")),
        ("console script", _table(poetry, "scripts")),
    ):
        for label, target in scripts.items():
            path = target.get("callable", "") if isinstance(target, dict) else target
            yield Door(kind, str(label), str(path).replace(":", "."))
    for tables in (_table(project, "entry-points"), _table(poetry, "plugins")):
        for group, entries in tables.items():
            for label, target in entries.items() if isinstance(entries, dict) else ():
                yield Door("plugin", f"{group}: {label}", str(target).replace(":", "."))


def _table(told: Any, name: str) -> dict[str, Any]:
    found = told.get(name) if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}


def _from_setup_cfg(file: Path) -> Iterator[Door]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, configparser.Error):
        return
    if parser.has_section("options.entry_points"):
        for group, lines in parser.items("options.entry_points"):
            yield from _doors_of_lines(group, lines.splitlines())


def _from_setup_py(file: Path) -> Iterator[Door]:
    """`entry_points={...}` as far as it is written out; the file is not run."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, ValueError, SyntaxError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "entry_points":
            try:
                told = ast.literal_eval(node.value)
            except (ValueError, TypeError):
                continue
            for group, lines in told.items() if isinstance(told, dict) else ():
                yield from _doors_of_lines(
                    str(group), lines.splitlines() if isinstance(lines, str) else list(lines)
                )


def _doors_of_lines(group: str, lines: list[str]) -> Iterator[Door]:
    for line in lines:
        label, equals, target = (part.strip() for part in str(line).partition("="))
        if equals:
            is_script = group in ("console_scripts", "gui_scripts")
            kind = "console script" if is_script else "plugin"
            yield Door(kind, label if is_script else f"{group}: {label}",
                       target.split("[")[0].strip().replace(":", "."))  # fmt: skip


def public_names(index: SourceIndex, modules: list[str]) -> list[str]:
    """What these modules offer to others: `__all__`, else names without underscore."""
    found: list[str] = []
    for name in modules:
        module = index.modules[name]
        if not any(part.startswith("_") and part != "__init__" for part in name.split(".")):
            found += [f"{name}.{word}" for word in offered(module)]
    return found


def offered(module: Module) -> list[str]:
    facts = module.facts
    if facts.exports is not None:
        return facts.exports
    names = [
        name
        for name, bindings in facts.names.items()
        if not name.startswith("_") and any(one.kind == "def" for one in bindings)
    ]
    if not names and module.is_package:
        top = module.name.split(".")[0]
        names = [
            name
            for name, bindings in facts.names.items()
            if not name.startswith("_")
            and any(one.kind == "from" and one.text.split(".")[0] == top for one in bindings)
        ]
    return names

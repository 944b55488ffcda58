"""A test cleans up, waits for events instead of sleeping, and knows nothing of this machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from itc_tui.domain.case_syntax import FunctionNode, called, dotted, source
from itc_tui.domain.gate.reading import Reading
from itc_tui.domain.requests import Issue

_PLACES = r"(/(home|Users|root|tmp|private|var/folders|mnt)/|[A-Za-z]:[\\/])"
_MACHINE_PATH = re.compile("^" + _PLACES)
_QUOTED_PATH = re.compile("['\"]" + _PLACES)

#: What opens something → the methods that close it again.
_OPENING = {
    "open": ("close",),
    "sqlite3.connect": ("close",),
    "socket.socket": ("close",),
    "socket.create_server": ("close",),
    "socket.create_connection": ("close",),
    "subprocess.Popen": ("wait", "communicate", "kill", "terminate"),
    "threading.Thread": ("join",),
    "multiprocessing.Process": ("join", "terminate", "kill"),
    "http.server.HTTPServer": ("server_close", "shutdown"),
    "http.server.ThreadingHTTPServer": ("server_close", "shutdown"),
    "tempfile.mkdtemp": (),
    "tempfile.mkstemp": (),
    "concurrent.futures.ThreadPoolExecutor": ("shutdown",),
}
_REMOVING = ("rmtree", "remove", "unlink")
_OF_THE_PROCESS = {
    "os.chdir": "monkeypatch.chdir",
    "os.putenv": "monkeypatch.setenv",
    "os.environ.update": "monkeypatch.setenv",
    "os.environ.setdefault": "monkeypatch.setenv",
    "os.umask": "a fixture that sets it back",
    "sys.path.insert": "monkeypatch.syspath_prepend",
    "sys.path.append": "monkeypatch.syspath_prepend",
}


def what_is_opened_is_closed(reading: Reading) -> Iterator[Issue]:
    for function in reading.functions.values():
        guarded = _guarded_calls(function)
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or node in guarded:
                continue
            name = reading.origin(node.func) or dotted(node.func)
            if name in _OPENING and not _is_closed(function, node, name):
                yield reading.issue(
                    "not-closed",
                    f"`{source(node)}` is opened and never closed; use `with` or a fixture.",
                    node.lineno,
                )


def the_process_is_left_as_it_was(reading: Reading) -> Iterator[Issue]:
    put_back = _put_back_later(reading)
    for node in ast.walk(reading.tree):
        if isinstance(node, ast.Call):
            name = reading.origin(node.func) or dotted(node.func)
            if name in _OF_THE_PROCESS and (name, node) not in put_back:
                yield _changed(reading, name, node.lineno)
        elif isinstance(node, ast.Assign | ast.Delete):
            for target in node.targets:
                if isinstance(target, ast.Subscript) and (
                    reading.origin(target.value) or dotted(target.value)
                ) in ("os.environ", "sys.modules"):
                    yield _changed(reading, source(target), node.lineno)


def nothing_sleeps(reading: Reading) -> Iterator[Issue]:
    for node in ast.walk(reading.tree):
        if not isinstance(node, ast.Call):
            continue
        name = reading.origin(node.func) or called(node)
        yields_only = node.args and source(node.args[0]) in ("0", "0.0")
        if name in ("time.sleep", "asyncio.sleep", "trio.sleep", "anyio.sleep") and not yields_only:
            yield reading.issue(
                "sleep", f"`{source(node)}`: wait for an event instead.", node.lineno
            )


def names_machine_paths(code: str) -> bool:
    """One of its texts does, as far as that can be seen without parsing it."""
    return _QUOTED_PATH.search(code) is not None


def no_machine_paths(reading: Reading) -> Iterator[Issue]:
    for node in ast.walk(reading.tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if _MACHINE_PATH.match(node.value):
            message = f"{node.value!r} is a path of one machine; use tmp_path."
            yield reading.issue("machine-path", message, node.lineno)


def _put_back_later(reading: Reading) -> set[tuple[str, ast.Call]]:
    """`os.chdir(place)` in a function that has said `self.addCleanup(os.chdir, os.getcwd())`."""
    found = set()
    for function in reading.functions.values():
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        for cleanup in calls:
            if not called(cleanup).endswith("addCleanup") or not cleanup.args:
                continue
            name = reading.origin(cleanup.args[0]) or dotted(cleanup.args[0])
            found |= {
                (name, call)
                for call in calls
                if (reading.origin(call.func) or dotted(call.func)) == name
                and call.lineno > cleanup.lineno
            }
    return found


def _changed(reading: Reading, name: str, line: int) -> Issue:
    instead = _OF_THE_PROCESS.get(name, "monkeypatch.setitem")
    return reading.issue(
        "not-restored", f"`{name}` changes the whole process; use {instead}.", line
    )


def _guarded_calls(function: FunctionNode) -> set[ast.AST]:
    """Calls in the head of a `with`, in what is entered later, and in what is returned."""
    found: set[ast.AST] = set()
    for node in ast.walk(function):
        heads: list[ast.AST] = []
        if isinstance(node, ast.With | ast.AsyncWith):
            heads = [item.context_expr for item in node.items]
        elif isinstance(node, ast.Return) and node.value:
            heads = [node.value]
        elif isinstance(node, ast.Call) and called(node).endswith(
            ("enter_context", "closing", "addfinalizer", "addCleanup", "enterContext")
        ):
            heads = list(node.args)
        found |= {inner for head in heads for inner in ast.walk(head)}
    return found


def _is_closed(function: FunctionNode, call: ast.Call, name: str) -> bool:
    if name.startswith("tempfile."):
        return any(called(node).endswith(_REMOVING) for node in ast.walk(function))
    variable = _bound_name(function, call)
    if name.endswith(("Thread", "Process")) and not variable:
        return any(keyword.arg == "daemon" for keyword in call.keywords)
    closers = {f"{variable}.{closer}" for closer in _OPENING[name]}
    return any(
        dotted(node) in closers for node in ast.walk(function) if isinstance(node, ast.Attribute)
    ) or any(
        isinstance(node, ast.With | ast.AsyncWith)
        and any(variable and source(item.context_expr).find(variable) >= 0 for item in node.items)
        for node in ast.walk(function)
    )


def _bound_name(function: FunctionNode, call: ast.Call) -> str:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and node.value is call:
            return dotted(node.targets[0])
        if isinstance(node, ast.NamedExpr | ast.AnnAssign) and node.value is call:
            return dotted(node.target)
    return ""

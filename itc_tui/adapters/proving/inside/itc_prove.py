"""The prover's script in the box: a warm interpreter that forks one pytest per question.

Asked to `look` it runs all cases once, and tells what they entered; asked to `catch` it runs
each alone, then puts faults behind their boundaries until each case has gone red. Files are
changed in the scratch copy only. Python 3.9 and up.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import os
import sys
import tempfile
from typing import Any

import itc_box  # type: ignore[import-not-found]
from itc_budget import Budget  # type: ignore[import-not-found]
from itc_cases import run_cases  # type: ignore[import-not-found]
from itc_choice import Choice, Next  # type: ignore[import-not-found]
from itc_collected import Collected, with_collected  # type: ignore[import-not-found]
from itc_copies import KEPT, let_go, preload  # type: ignore[import-not-found]
from itc_faults import AN_ERROR, SHIFT, Fault  # type: ignore[import-not-found]
from itc_shift import shift  # type: ignore[import-not-found]
from itc_swap import Loaded, Swap, in_file, put, source_of  # type: ignore[import-not-found]
from itc_watch import Watch  # type: ignore[import-not-found]

#: Imported ahead of pytest, or before a fork, these do something else than they would.
NOT_AHEAD = ("pytest", "_pytest.pytester", "py.", "twisted", "gevent", "trio", "anyio", "xdist")
INNER = "_"
"""Begins names of modules that others bring in; `_asyncio` before `asyncio` breaks its tasks."""
MOST_OF_ITS_OWN = 8
"""Faults that are tried where few other cases go, when a case noticed none of the others."""
ROOM_MB = 512
"""A fault that lets a loop gather without end would cost the whole box, and all that is proved."""
OURS = ("itc_", "coverage", "_hypothesis", "__main__", "sitecustomize")


def main() -> None:
    payload = itc_box.payload
    import pytest  # noqa: F401 - every child needs it

    for name in payload.get("preload", ()):
        if not name.startswith((*NOT_AHEAD, *OURS, INNER)) and name not in sys.modules:
            preload(name, payload["names"])
    let_go(payload["names"])
    if payload["ask"] == "look":
        look(payload)  # one child: what lies compiled beside the sources serves it best
    else:
        keep_bytecode()
        setattr(builtins, SHIFT, shift)
        # pytest prints letters, one for each run of a case.
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        catching = Catching(payload)
        with_collected(itc_box.root, list(catching.cases), catching.run)
        if not catching.has_begun:
            catching.run()


def keep_bytecode() -> None:
    """What the children compile (pytest rewrites whole plugins) is compiled once per order."""
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.path.join(tempfile.gettempdir(), "bytecode")


def look(payload: dict[str, Any]) -> None:
    watch = None
    if payload["watch"]:
        watch = Watch(itc_box.root, payload["names"], payload["line_files"])
    answer = run_cases(
        itc_box.root,
        payload["node_ids"],
        payload["limit_s"],
        lambda _node_id: watch,
        tell_modules=True,
        apart_s=payload.get("apart_s", 0.0),
        variables=payload.get("variables", {}),
    )
    own = (*payload["names"], "tests", "test", "conftest")
    answer["modules"] = [
        name
        for name in answer.get("modules", ())
        if name.split(".")[0] not in own and is_installed(name)
    ]
    itc_box.send(answer)


def is_installed(name: str) -> bool:
    """It can be found without the tests' own folders."""
    try:
        spec = importlib.util.find_spec(name.split(".")[0])
    except (ImportError, ValueError, AttributeError):
        return False
    origin = getattr(spec, "origin", None) or ""
    return not origin.startswith(itc_box.root)


def with_whole_paths(case: dict[str, Any]) -> dict[str, Any]:
    """Its files, in the tree of this box."""
    kinds = ("files", "spare_files")
    return {**case, **{k: [os.path.join(itc_box.root, f) for f in case[k]] for k in kinds}}


class Catching:
    """Which faults the cases catch; one fault is tried on all cases that execute its line."""

    def __init__(self, payload: dict[str, Any]) -> None:
        self.cases = {case["node_id"]: with_whole_paths(case) for case in payload["cases"]}
        self.names = payload["names"]
        self.wanted = payload["faults_per_case"]
        self.most_tries = payload["most_tries"]
        self.budget = Budget(payload["budget_s"])
        self.limit_s = payload["limit_s"]
        self.lines: dict[str, dict[str, set[int]]] = {}
        """Node id → file → lines that it executed."""
        self.choice = Choice(self.lines)
        self.seconds: dict[str, float] = {}
        self.tried: dict[str, int] = dict.fromkeys(self.cases, 0)
        self.caught: dict[str, list[dict[str, Any]]] = {name: [] for name in self.cases}
        self.crashed: dict[str, int] = dict.fromkeys(self.cases, 0)
        self.survived: dict[str, int] = dict.fromkeys(self.cases, 0)
        self.raising: dict[str, set[int]] = {}
        self.has_begun = False
        self.collected: Collected | None = None
        self.loaded: Loaded | None = None

    def run(self, collected: Collected | None = None) -> None:
        """Where nothing is collected, each question has pytest begin anew."""
        self.has_begun, self.collected = True, collected
        self.loaded = Loaded(KEPT) if collected else None
        self.run_alone()
        while self.has_time():
            choice = self.next_fault()
            if choice is None:
                break
            self.try_fault(*choice)
        for name in self.cases:
            self.tell(name)

    def has_time(self) -> bool:
        return bool(self.budget.left_s > 0)

    def run_alone(self) -> None:
        limits = max(self.budget.wall_left_s, 1.0), self.watch_of, self.limit_s
        if self.collected is None:
            answer = run_cases(
                itc_box.root, list(self.cases), limits[0], limits[1], apart_s=limits[2]
            )
        else:
            answer = self.collected.run_apart(list(self.cases), *limits)
        for name, case in self.cases.items():
            result = answer["results"].get(name)
            if result is None and not answer["in_time"] and answer["at_work"] != name:
                continue  # its turn never came
            if result is None:
                result = {"node_id": name, "outcome": "error", "message": "it never ended alone"}
            self.seconds[name] = result.get("seconds", 0.0)
            seen = {f: set(lines) for f, lines in (result.get("lines") or {}).items()}
            self.lines[name] = self.behind(case["files"], seen) or self.behind(
                case["spare_files"], seen
            )
            kept = {k: v for k, v in result.items() if k not in ("lines", "entered")}
            itc_box.send({"alone": kept})
        for name in self.cases:
            if self.cases[name]["is_shown"]:
                itc_box.send({"settled": name})

    def watch_of(self, node_id: str) -> Watch | None:
        case = self.cases.get(node_id)
        if case and case["is_shown"]:
            return None
        files = [*case["files"], *case["spare_files"]] if case else []
        return Watch(itc_box.root, self.names, files)

    def behind(self, files: list[str], seen: dict[str, set[int]]) -> dict[str, set[int]]:
        """Those of the lines where some fault can be put."""
        return {
            f: seen[f] for f in files if f in seen and seen[f] & self.choice.lines_for_faults(f)
        }

    def open_cases(self, most_tries: int) -> list[str]:
        return [
            name
            for name in self.lines
            if not self.cases[name]["is_shown"]
            and len(self.caught[name]) < self.wanted
            and self.tried[name] < most_tries
        ]

    def next_fault(self) -> Next | None:
        """The fault that most open cases would meet; fine ones first.

        A case that notices none of those is asked about what it is that few others enter.
        """
        shared = self.choice.best(self.open_cases(self.most_tries), is_shared=True)
        if shared:
            return shared
        left = self.open_cases(self.most_tries + MOST_OF_ITS_OWN)
        return self.choice.best(left, is_shared=False)

    def try_fault(self, file: str, fault: Fault, meeting: list[str]) -> None:
        limit_s = min(self.limit_s, 5 + 10 * sum(self.seconds[name] for name in meeting))
        swap = self.loaded.swap(file, source_of(file)[0], fault.text) if self.loaded else None
        with in_file(file, fault.text, len(self.choice.done)):
            answer = self.ended_with(swap, meeting, limit_s)
        if answer["collection"]:
            return  # nothing could even be imported: that says nothing of the assertions
        for name in meeting:
            result = answer["results"].get(name)
            if result is None and name != answer["at_work"]:
                continue  # another case hung or crashed before this one's turn
            self.tried[name] += 1
            if result is not None and result["outcome"] == "passed":
                self.survived[name] += 1
            elif result is None or not self.was_noticed(name, result, fault):
                self.crashed[name] += 1
            else:
                self.caught[name].append(
                    {
                        "kind": fault.kind,
                        "what": fault.what,
                        "file": os.path.relpath(file, itc_box.root),
                        "line": fault.line,
                    }
                )
                if len(self.caught[name]) == self.wanted:
                    self.tell(name)  # now, for who knows what the next fault does
                    itc_box.send({"settled": name})

    def ended_with(self, swap: Swap | None, meeting: list[str], limit_s: float) -> dict[str, Any]:
        """The file has the fault by now, for whoever reads it or starts another interpreter."""
        answer: dict[str, Any]
        if self.collected is None or swap is None:
            answer = run_cases(itc_box.root, meeting, limit_s, room_mb=ROOM_MB)
        else:
            answer = self.collected.run(meeting, limit_s, lambda: put(swap), room_mb=ROOM_MB)
        return answer

    def was_noticed(self, name: str, result: dict[str, Any], fault: Fault) -> bool:
        """By an assertion: that the code crashed under the fault says nothing of these.

        To refuse is another answer: where a value is asserted, an error that the target means to
        raise is not that value.
        """
        if result["outcome"] != "failed" or result.get("stage") != "call":
            return False
        said = result.get("message", "")
        if said.startswith(("AssertionError", "assert ", "Failed")):
            return True
        file = name.split("::", 1)[0]
        is_its_own = fault.kind != AN_ERROR  # and not the one that was put there
        if is_its_own and self.is_of_the_target(result.get("refused_in", ""), file):
            return True
        return result.get("at", 0) in self.lines_in_raises(file)

    def is_of_the_target(self, path: str, test_file: str) -> bool:
        inside = os.path.relpath(path, itc_box.root) if path else test_file
        parts = os.path.splitext(inside)[0].split(os.sep)
        return inside != test_file and any(name.split(".")[0] in parts for name in self.names)

    def lines_in_raises(self, file: str) -> set[int]:
        """Lines of a test file where an error is expected: there, another error is noticed."""
        if file not in self.raising:
            with open(os.path.join(itc_box.root, file), encoding="utf-8") as source:
                tree = ast.parse(source.read())
            self.raising[file] = {
                line
                for node in ast.walk(tree)
                if isinstance(node, ast.With)
                and any("raises" in ast.unparse(item.context_expr).lower() for item in node.items)
                for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
            }
        return self.raising[file]

    def tell(self, name: str) -> None:
        itc_box.send(
            {
                "proved": name,
                "tried": self.tried[name],
                "caught": self.caught[name],
                "crashed": self.crashed[name],
                "survived": self.survived[name],
                "out_of_time": not self.has_time(),
            }
        )


main()

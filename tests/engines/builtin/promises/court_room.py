"""Puts a small package before the court: the real script in a process of its own, without walls."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

from itc_tui.engines.builtin import inside
from itc_tui.engines.builtin.inside.programs import Program, Step

_ENTER = Path(inside.__file__).parent / "enter.py"
_STUB = """
import json, os
with open(os.environ["COURT_PAYLOAD"], encoding="utf-8") as file:
    payload = json.load(file)
root = os.environ["COURT_ROOT"]
_out = open(os.environ["COURT_ANSWERS"], "w", encoding="utf-8")
def send(row):
    _out.write(json.dumps(row) + "\\n")
    _out.flush()
"""


class CourtRoom:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root, self._sources, self._package = folder / "target", folder / "target", "pack"
        self._programs: list[dict[str, Any]] = []

    def package(self, source: str) -> CourtRoom:
        """One module, `pack`."""
        file = self._folder / "target" / "pack" / "__init__.py"
        file.parent.mkdir(parents=True)
        file.write_text(dedent(source), encoding="utf-8")
        return self

    def repository(self, root: Path, sources: str, package: str) -> CourtRoom:
        self._root, self._sources, self._package = root, root / sources, package
        return self

    def saw(self, text: str, *, shown: bool = False) -> CourtRoom:
        """A program that was observed, as Python."""
        return self.ran(program_of(text), shown=shown)

    def ran(self, program: Program, *, shown: bool = False) -> CourtRoom:
        ident = str(len(self._programs))
        self._programs.append({"id": ident, "program": program.as_json(), "shown": shown})
        return self

    def verdicts(self, kind: str = "") -> list[dict[str, Any]]:
        payload, answers = self._folder / "payload.json", self._folder / "answers.jsonl"
        order = {"job": "judge", "packages": [self._package], "programs": self._programs}
        payload.write_text(json.dumps(order), encoding="utf-8")
        stub = self._folder / "stub"
        stub.mkdir(exist_ok=True)
        (stub / "itc_box.py").write_text(_STUB, encoding="utf-8")
        root = self._root
        env = {
            "PATH": os.defpath,
            "PYTHONPATH": f"{stub}{os.pathsep}{self._sources}",
            "COURT_PAYLOAD": str(payload),
            "COURT_ANSWERS": str(answers),
            "COURT_ROOT": str(root),
        }
        subprocess.run([sys.executable, str(_ENTER)], cwd=root, env=env, check=True, timeout=60)
        rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
        broken = [row["broken"] for row in rows if "broken" in row]
        assert not broken, broken[0]
        found = [row["promise"] for row in rows if "promise" in row]
        return [row for row in found if kind in ("", row["kind"])]


def program_of(text: str) -> Program:
    imports: list[str] = []
    steps: list[Step] = []
    for node in ast.parse(dedent(text)).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(ast.unparse(node))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            steps.append(Step(node.targets[0].id, ast.unparse(node.value)))
        else:
            steps.append(Step("", ast.unparse(node)))
    return Program(tuple(imports), tuple(steps))


def red(verdicts: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in verdicts if row["is_red"]]


def noted(verdicts: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in verdicts if not row["is_red"] and not row["holds"]]


def kept(verdicts: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in verdicts if row["holds"]]

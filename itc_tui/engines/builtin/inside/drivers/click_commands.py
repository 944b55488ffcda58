"""click and typer commands, through the runner that each of them has for tests."""

from __future__ import annotations

import importlib
import inspect
import sys
from typing import Any, Iterator, List, Set, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.drivers.command_spec import CommandSpec, Word, leaves_of
from itc_tui.engines.builtin.inside.drivers.command_words import (
    Line,
    Shared,
    Wrong,
    mention_of,
    wrongs_of,
)
from itc_tui.engines.builtin.inside.drivers.door import Door, Made, Scripts, import_of
from itc_tui.engines.builtin.inside.drivers.typer_kinds import kind_of
from itc_tui.engines.builtin.inside.modules import held_in
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.surface import Surface

_KINDS = {
    "integer": "int",
    "integer range": "int",
    "float": "float",
    "float range": "float",
    "boolean": "bool",
    "uuid": "uuid",
    "datetime": "datetime",
    "path": "path",
    "file": "file",
    "filename": "file",
    "directory": "dir",
    "choice": "choice",
}


class _Root:
    """One command line of the target, as it stands in a module."""

    def __init__(self, app: Any, command: Any, imports: str, name: str, label: str) -> None:
        self.command, self.imports, self.name, self.label = command, imports, name, label
        self.is_typer = app is not command
        self.runner = "typer.testing" if self.is_typer else "click.testing"


def doors(surface: Surface, scripts: Scripts) -> Iterator[Door]:
    for root in _roots(surface, scripts):
        for path, specs in leaves_of(_spec_of(root.command)):
            command = _inner(root.command, path)
            behind = getattr(command, "callback", None)
            if command is not None and behind is not None:
                label = "command " + " ".join((root.label, *path))
                invocation = _Invocation(root, path, specs, command)
                yield Door(label, behind, invocation.compose, _module_of(root.command))


class _Invocation:
    def __init__(
        self, root: _Root, path: Tuple[str, ...], specs: Tuple[CommandSpec, ...], command: Any
    ) -> None:
        self._root, self._path, self._specs, self._command = root, path, specs, command

    def compose(self, maker: Arguments) -> Made:
        root, module = self._root, _module_of(self._command)
        runner = fresh("runner")
        program = Program((root.imports, "from %s import CliRunner" % root.runner))
        program = program.then(Step(runner, "CliRunner()"))
        shared: Shared = {}
        chance = maker.rng.random()
        times = 2 if chance < 0.2 else 1
        said: List[List[str]] = []
        for _ in range(times):
            line = Line(maker, module, shared).lead(self._root.label, self._path, self._specs)
            if line.parts in said:
                break
            said.append(line.parts)
            whole = program.beside(line.program)
            if whole is None:
                return None
            program = whole.then(Step(fresh("result"), self._invoked(maker, runner, line)))
        wrongs = wrongs_of(self._specs[-1])
        if wrongs and chance > 0.85:
            wrong = maker.rng.choice(wrongs)
            line = Line(maker, module, shared).lead(
                self._root.label, self._path, self._specs, wrong
            )
            whole = program.beside(line.program)
            if whole is not None:
                program = self._refused(whole, self._invoked(maker, runner, line), wrong)
        return program, []

    def _invoked(self, maker: Arguments, runner: str, line: Line) -> str:
        told = ""
        if _asks(self._command):
            told = ", input=%r" % maker.rng.choice(("y\n", "y\ny\ny\n", "n\n", "tea\ntea\n", "1\n"))
        return "%s.invoke(%s, [%s]%s)" % (runner, self._root.name, ", ".join(line.parts), told)

    def _refused(self, program: Program, invoked: str, wrong: Wrong) -> Program:
        result = fresh("refused")
        source = "declared: %s" % wrong.word.name
        program = program.then(Step(result, invoked))
        if not self._root.is_typer:  # typer draws a box round what it says
            said = "%r in %s.output" % (mention_of(wrong)[-1], result)
            program = program.then(Step(fresh("named"), said, source=source))
        return program.then(Step(fresh("code"), "%s.exit_code == 2" % result, source=source))


def _roots(surface: Surface, scripts: Scripts) -> List[_Root]:
    """Command lines that stand in modules and belong to no other one."""
    found: List[Tuple[Any, Any]] = []
    inner: Set[int] = set()
    for module in surface.modules:
        for thing in held_in(module).values():
            command = _command_of(thing)
            if command is None or any(command is known or thing is app for app, known in found):
                continue
            found.append((thing, command))
            inner.update(id(one) for one in _below(command))
    roots = []
    for app, command in found:
        home = _module_of(command)
        if id(command) in inner or home.split(".")[0] not in surface.tops:
            continue
        path = import_of(app, surface, home)
        if path is not None and _can_be_tested(app is not command):
            imports, name = path
            label = scripts.name_of(app) or getattr(command, "name", None) or name
            roots.append(_Root(app, command, imports, name, label.replace("_", "-")))
    return roots


def _command_of(thing: Any) -> Any:
    click = sys.modules.get("click")
    if click is not None and isinstance(thing, getattr(click, "Command", ())):
        return thing
    typer = sys.modules.get("typer")
    if typer is not None and isinstance(thing, typer.Typer):
        try:
            return importlib.import_module("typer.main").get_command(thing)
        except Exception:  # an application without a single command
            return None
    return None


def _can_be_tested(is_typer: bool) -> bool:
    try:
        importlib.import_module("typer.testing" if is_typer else "click.testing")
    except Exception:
        return False
    return True


def _below(command: Any, depth: int = 0) -> Iterator[Any]:
    for inner in dict(getattr(command, "commands", None) or {}).values():
        yield inner
        if depth < 5:
            yield from _below(inner, depth + 1)


def _inner(command: Any, path: Tuple[str, ...]) -> Any:
    for name in path:
        command = command.commands[name]
    return command


def _module_of(command: Any) -> str:
    """Of what it calls; for a group that calls nothing itself, of the first that does."""
    for one in (command, *_below(command)):
        behind = getattr(one, "callback", None)
        if behind is not None:
            module = str(getattr(inspect.unwrap(behind), "__module__", ""))
            if module.split(".")[0] not in ("click", "typer"):
                return module
    return ""


def _asks(command: Any) -> bool:
    if any(getattr(param, "prompt", None) for param in command.params):
        return True
    code = getattr(inspect.unwrap(command.callback), "__code__", None)
    return bool({"confirm", "prompt", "input"} & set(getattr(code, "co_names", ())))


def _spec_of(command: Any, depth: int = 0) -> CommandSpec:
    words = tuple(_word_of(param) for param in command.params if not _is_left(param))
    inner = getattr(command, "commands", None) or {}
    commands = tuple((name, _spec_of(one, depth + 1)) for name, one in inner.items() if depth < 4)
    return CommandSpec(words, commands)


def _is_left(param: Any) -> bool:
    """`--help`, `--version` and the like end before the command begins."""
    return bool(getattr(param, "is_eager", False)) or param.name in ("help", "version")


def _word_of(param: Any) -> Word:
    kind = kind_of(param)
    many = param.nargs if param.nargs > 0 else 2
    is_operand = type(param).__name__.endswith("Argument")
    flags = () if is_operand else (*param.opts, *param.secondary_opts)
    is_flag = bool(getattr(param, "is_flag", False) or getattr(param, "count", False))
    formats = getattr(kind, "formats", None) or ()
    return Word(
        param.name or "",
        flags,
        "" if is_flag else _KINDS.get(str(getattr(kind, "name", "text")), "str"),
        tuple(str(getattr(one, "value", one)) for one in getattr(kind, "choices", None) or ()),
        bool(param.required),
        1 if param.nargs < 0 else many,
        many,
        _number(getattr(kind, "min", None), 0),
        _number(getattr(kind, "max", None), 100),
        bool(getattr(kind, "exists", False)) or "r" in str(getattr(kind, "mode", "")),
        bool(getattr(param, "multiple", False)) and bool(flags),
        "2024-02-29" if not formats or "%Y-%m-%d" in formats else "2024-02-29 12:30:45",
    )


def _number(value: Any, other: float) -> float:
    return float(value) if isinstance(value, (int, float)) else other

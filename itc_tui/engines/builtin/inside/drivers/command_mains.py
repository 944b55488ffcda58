"""Functions that read a command line: `main(argv)`, or `main()` with `sys.argv` set for it."""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any, Iterator, List, Optional, Tuple

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
from itc_tui.engines.builtin.inside.drivers.parser_reading import parser_of
from itc_tui.engines.builtin.inside.drivers.words_by_hand import words_by_hand
from itc_tui.engines.builtin.inside.modules import held_in
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.simple import speaks_command_line
from itc_tui.engines.builtin.inside.surface import Surface

_NAMES = re.compile(r"^(?:main|cli|run|run_main|command_line|cmdline|console_main|entry_?point)$")
_GENERIC = frozenset({"main", "cli", "command", "commands", "console", "app", "command_line"})
_TAKES = ("argv", "args", "arguments", "argument_list", "cli_args", "raw_args", "sys_args")


class _Main:
    def __init__(self, func: Any, imports: str, name: str, label: str, takes: bool) -> None:
        self.func, self.imports, self.name, self.label = func, imports, name, label
        self.takes = takes
        """It is handed its words; otherwise it looks for them in `sys.argv`."""
        self.drops_first = False

    def probe(self, words: List[str]) -> Any:
        return self.func(words) if self.takes else self.func()


def doors(surface: Surface, scripts: Scripts) -> Iterator[Door]:
    for main in _mains(surface, scripts):
        read = parser_of(main.probe)
        spec = read.spec if read is not None else _guessed(main.func)
        if spec is None:
            continue
        main.drops_first = read is not None and read.drops_first
        for path, specs in leaves_of(spec):
            label = "command " + " ".join((main.label, *path))
            yield Door(label, main.func, _Invocation(main, path, specs).compose)


def _mains(surface: Surface, scripts: Scripts) -> Iterator[_Main]:
    seen = set()
    for module in surface.modules:
        for name, func in held_in(module).items():
            if not inspect.isfunction(func) or id(func) in seen:
                continue
            home = str(func.__module__)
            script = scripts.name_of(func)
            if home.split(".")[0] not in surface.tops or not (script or _NAMES.match(name)):
                continue
            takes = _takes_words(func)
            path = import_of(func, surface, home)
            if takes is None or path is None:
                continue
            seen.add(id(func))
            label = script or _spoken(home)
            yield _Main(func, path[0], path[1], label, takes)


def _spoken(module: str) -> str:
    """The part of a module's name that says which command it is."""
    parts = [part for part in module.split(".") if part.strip("_") not in _GENERIC]
    return (parts or module.split("."))[-1].replace("_", "-")


def _takes_words(func: Any) -> Optional[bool]:
    """Whether it is handed its words; None when it cannot be called without more."""
    try:
        rows = list(inspect.signature(func).parameters.values())
    except (TypeError, ValueError):
        return None
    required = [row for row in rows if row.default is row.empty and row.kind <= row.KEYWORD_ONLY]
    required = [row for row in required if row.kind is not row.VAR_POSITIONAL]
    first = rows[0] if rows else None
    takes = first is not None and first.name in _TAKES and first.kind <= 1
    if len(required) > (1 if takes else 0) or (required and required[0] is not first):
        return None
    return takes


def _guessed(func: Any) -> Optional[CommandSpec]:
    """No parser says what it accepts; what it looks for by hand does."""
    module = func.__module__
    names = vars(sys.modules[module])
    if not speaks_command_line(module) and "sys" not in names:
        return None
    try:
        text = inspect.getsource(sys.modules[module])
    except (OSError, TypeError):
        return None
    if "argv" not in text:
        return None
    found = words_by_hand(func)
    return found or CommandSpec((Word("file", kind="path", must_exist=True), Word("text")))


class _Invocation:
    def __init__(self, main: _Main, path: Tuple[str, ...], specs: Tuple[CommandSpec, ...]) -> None:
        self._main, self._path, self._specs = main, path, specs

    def compose(self, maker: Arguments) -> Made:
        module = str(self._main.func.__module__)
        program = Program((self._main.imports,))
        shared: Shared = {}
        chance = maker.rng.random()
        lines: List[Tuple[Line, Optional[Wrong]]] = []
        for _ in range(2 if chance < 0.15 else 1):
            lines.append(
                (Line(maker, module, shared).lead(self._main.label, self._path, self._specs), None)
            )
        wrongs = wrongs_of(self._specs[-1])
        if wrongs and chance > 0.85:
            wrong = maker.rng.choice(wrongs)
            lines.append(
                (
                    Line(maker, module, shared).lead(
                        self._main.label, self._path, self._specs, wrong
                    ),
                    wrong,
                )
            )
        if len(lines) > 1 and lines[0][0].parts == lines[1][0].parts:
            del lines[1]
        for line, broken in lines:
            whole = program.beside(line.program)
            if whole is None:
                return None
            program = self._called(whole, line, broken)
        return program, []

    def _called(self, program: Program, line: Line, wrong: Optional[Wrong]) -> Program:
        words = ", ".join(line.parts)
        with_name = ", ".join([repr(self._main.label), *line.parts])
        if self._main.takes:
            call = "%s([%s])" % (self._main.name, with_name if self._main.drops_first else words)
        else:
            setting = Step("", "monkeypatch.setattr(sys, 'argv', [%s])" % with_name)
            program = program.then(setting, ("import sys",))
            call = "%s()" % self._main.name
        if wrong is None:
            program = program.then(Step(fresh("code"), call))
            return program.then(Step(fresh("printed"), "capsys.readouterr()"))
        # argparse ends with SystemExit(2), and says on standard error what was wrong.
        source, said = "declared: %s" % wrong.word.name, fresh("complaint")
        program = program.then(Step(fresh("code"), call, "raises", source))
        program = program.then(Step(said, "capsys.readouterr()"))
        named = "%r in %s.err" % (mention_of(wrong)[0], said)
        return program.then(Step(fresh("named"), named, source=source))

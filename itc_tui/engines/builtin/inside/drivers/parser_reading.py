"""Looks at the parser that a `main` makes, by stopping it where it would begin to parse.

argparse, optparse and getopt; what a function reads by hand is in `words_by_hand`.
"""

from __future__ import annotations

import argparse
import getopt
import optparse
import sys
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional

from itc_tui.engines.builtin.inside.batches import in_child
from itc_tui.engines.builtin.inside.drivers.command_spec import CommandSpec, Word, spec_of_json
from itc_tui.engines.builtin.inside.seatbelt import fastened

_LIMIT_S = 2.0
_WORDS = ["command", "first"]


class _Seen(BaseException):
    """Raised instead of parsing; not an Exception, so that nothing swallows it."""

    def __init__(self, spec: CommandSpec, words: Any) -> None:
        super().__init__()
        self.spec, self.words = spec, words


class Read(NamedTuple):
    spec: CommandSpec
    drops_first: bool
    """It wants the name of the command before its words, as `sys.argv` has it."""


def parser_of(call: Callable[[List[str]], Any]) -> Optional[Read]:
    """What the command accepts that `call` would parse; None when it comes to no parser."""

    def work(say: Callable[[Dict[str, Any]], None]) -> None:
        sys.argv = list(_WORDS)
        seen = _caught(call)
        if seen is not None:
            drops_first = seen.words is not None and list(seen.words) == _WORDS[1:]
            say({"spec": seen.spec.as_json(), "drops_first": drops_first})

    for row in in_child(work):
        if "spec" in row:
            return Read(spec_of_json(row["spec"]), row["drops_first"])
    return None


def _caught(call: Callable[[List[str]], Any]) -> Optional[_Seen]:
    def stop(parser: argparse.ArgumentParser, args: Any = None, *_: Any, **__: Any) -> None:
        raise _Seen(_spec_of(parser), args)

    def stop_older(parser: optparse.OptionParser, args: Any = None, *_: Any, **__: Any) -> None:
        raise _Seen(CommandSpec((*_options_of(parser), *_ANYTHING)), args)

    def stop_oldest(args: Any, short: str, long: Any = ()) -> None:
        raise _Seen(CommandSpec((*_flags_of(short, long), *_ANYTHING)), args)

    argparse.ArgumentParser.parse_known_args = stop  # type: ignore[method-assign, assignment]
    optparse.OptionParser.parse_args = stop_older  # type: ignore[method-assign, assignment]
    getopt.getopt = getopt.gnu_getopt = stop_oldest  # type: ignore[assignment]
    try:
        with fastened(_LIMIT_S):
            call(list(_WORDS))
    except _Seen as seen:
        return seen
    except BaseException:
        return None
    return None


def _spec_of(parser: argparse.ArgumentParser, depth: int = 0) -> CommandSpec:
    words: List[Word] = []
    commands: List[Any] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            seen = set()
            for name, inner in action.choices.items():
                if id(inner) not in seen and depth < 4:
                    seen.add(id(inner))
                    commands.append((name, _spec_of(inner, depth + 1)))
        elif not isinstance(action, (argparse._HelpAction, argparse._VersionAction)):
            words.extend(_words_of(action))
    return CommandSpec(tuple(words), tuple(commands))


_ANYTHING = (Word("file", kind="path", must_exist=True), Word("text"))
"""Operands of which nothing is declared."""


def _options_of(parser: optparse.OptionParser) -> Iterator[Word]:
    for option in parser.option_list:
        if option.action in ("help", "version", "callback"):
            continue
        takes = option.takes_value()
        kinds = {"int": "int", "long": "int", "float": "float"}
        yield Word(
            str(option.dest),
            (*option._short_opts, *option._long_opts),
            kinds.get(str(option.type), "str") if takes else "",
            tuple(str(one) for one in getattr(option, "choices", None) or ()),
            is_repeated=option.action == "append",
        )


def _flags_of(short: str, long: Any) -> Iterator[Word]:
    for place, letter in enumerate(short):
        if letter.isalnum():
            takes = short[place + 1 : place + 2] == ":"
            yield Word(letter, ("-" + letter,), "str" if takes else "")
    for name in [long] if isinstance(long, str) else long:
        yield Word(name.rstrip("="), ("--" + name.rstrip("="),), "str" if name[-1:] == "=" else "")


def _words_of(action: argparse.Action) -> Iterator[Word]:
    is_flag = action.nargs == 0
    fewest, most = _counts(action.nargs)
    kind, must_exist = _kind_of(action)
    yield Word(
        action.dest,
        tuple(action.option_strings),
        "" if is_flag else kind,
        tuple(str(one) for one in action.choices or ()) if not is_flag else (),
        bool(action.required) if action.option_strings else action.nargs not in ("?", "*"),
        fewest,
        most,
        must_exist=must_exist,
        is_repeated=type(action).__name__ == "_AppendAction",
    )


def _counts(nargs: Any) -> "tuple[int, int]":
    if isinstance(nargs, int):
        return nargs, nargs
    return {"*": (1, 2), "+": (1, 2)}.get(str(nargs), (1, 1))


def _kind_of(action: argparse.Action) -> "tuple[str, bool]":
    kind = action.type
    if isinstance(kind, argparse.FileType):
        return "file", "r" in getattr(kind, "_mode", "r")
    name = getattr(kind, "__name__", "")
    known = {"int": "int", "float": "float", "Path": "path", "UUID": "uuid"}
    return known.get(name, "str"), name == "Path"

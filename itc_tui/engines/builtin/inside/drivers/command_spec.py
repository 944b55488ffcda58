"""What a command line accepts, whichever library declared it."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Tuple


class Word(NamedTuple):
    """One option or operand."""

    name: str
    flags: Tuple[str, ...] = ()
    """Empty for an operand."""
    kind: str = "str"
    """str, int, float, bool, path, file, dir, choice, uuid, datetime; for a flag it is empty."""
    choices: Tuple[str, ...] = ()
    required: bool = False
    fewest: int = 1
    most: int = 1
    low: float = 0
    high: float = 100
    must_exist: bool = False
    is_repeated: bool = False
    format: str = ""

    @property
    def is_operand(self) -> bool:
        return not self.flags

    @property
    def is_flag(self) -> bool:
        return not self.kind

    @property
    def flag(self) -> str:
        """The longest one says most."""
        return max(self.flags, key=len)


class CommandSpec(NamedTuple):
    words: Tuple[Word, ...] = ()
    commands: Tuple[Tuple[str, Any], ...] = ()
    """Name of a subcommand → its spec."""

    def as_json(self) -> Dict[str, Any]:
        return {
            "words": [word._asdict() for word in self.words],
            "commands": [[name, spec.as_json()] for name, spec in self.commands],
        }


def spec_of_json(row: Dict[str, Any]) -> CommandSpec:
    words = []
    for word in row["words"]:
        flags, choices = tuple(word["flags"]), tuple(word["choices"])
        words.append(Word(**{**word, "flags": flags, "choices": choices}))
    commands = tuple((name, spec_of_json(one)) for name, one in row["commands"])
    return CommandSpec(tuple(words), commands)


def leaves_of(
    spec: CommandSpec, path: Tuple[str, ...] = ()
) -> "List[Tuple[Tuple[str, ...], Tuple[CommandSpec, ...]]]":
    """Every command that does something: the words that lead to it, and the specs on the way."""
    if not spec.commands:
        return [(path, (spec,))]
    found = []
    for name, inner in spec.commands:
        for words, specs in leaves_of(inner, (*path, name)):
            found.append((words, (spec, *specs)))
    return found

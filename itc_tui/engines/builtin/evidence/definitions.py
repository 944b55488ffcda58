"""Classes and functions that documents define: what a user of the target writes to work with it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from itc_tui.engines.builtin.evidence.echoes import echoing, without_what_takes_anything
from itc_tui.engines.builtin.evidence.free_names import PublicNames, completed
from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import used_imports

MOST_DEFINITIONS = 60
_MOST_OF_A_NAME = 4
_MOST_LETTERS = 900


class Definition(NamedTuple):
    name: str
    program: Program
    """Nothing but what it takes to have that name."""


def definitions_of(examples: Iterable[Example], public: PublicNames) -> list[Definition]:
    """Each once, with what its own text needs; not those that lean on something unknown."""
    found: list[Definition] = []
    for example in examples:
        for at, step in enumerate(example.program.steps):
            if not _is_definition(step):
                continue
            program, unknown = _complete(_alone(example.program, at), public)
            one = Definition(step.var, program)
            others = sum(other.name == one.name for other in found)
            if unknown or one in found or others >= _MOST_OF_A_NAME:
                continue
            if sum(len(step.code) for step in program.steps) <= _MOST_LETTERS:
                found.append(one)
    return found[:MOST_DEFINITIONS]


def _complete(program: Program, public: PublicNames) -> tuple[Program, frozenset[str]]:
    """With its imports; where a decorated function needs what nobody knows, with its echo."""
    program, _ = without_what_takes_anything(program)
    whole, unknown = completed(program, public)
    if not unknown:
        return whole, unknown
    last = echoing(program.steps[-1], unknown)
    return completed(program._replace(steps=(*program.steps[:-1], last)), public)


def _alone(program: Program, at: int) -> Program:
    """The definition with what is defined or named before it and that it uses."""
    steps = [program.steps[at]]
    wanted = _names(steps[0].code)
    for step in reversed(program.steps[:at]):
        if step.var in wanted and (_is_definition(step) or step.kind == "do"):
            wanted |= _names(step.code)
            steps.insert(0, step)
    imports = used_imports(program.imports, [step.code for step in steps])
    return Program(imports, tuple(steps))


def _is_definition(step: Step) -> bool:
    return step.kind == "raw" and bool(step.var)


def _names(code: str) -> set[str]:
    return set(_used(ast.parse(code)))


def _used(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id

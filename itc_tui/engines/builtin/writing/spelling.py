"""One module has one name in a file: what we write gives way to what the target's examples say."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness, names_of

_Spell = Callable[[str], tuple[str, set[str]]]


def names_given(line: str) -> dict[str, str]:
    """The names that an import statement binds, each with what it then means."""
    return {name: meaning for name, meaning, _ in _bound(line)}


def apart(lines: Iterable[str]) -> set[str]:
    """The same imports, each with one name: `from a import b, c` is two."""
    return {single for line in lines for _, _, single in _bound(line)}


def aliases_in(lines: Iterable[str], kept: Collection[str] = ()) -> dict[str, str]:
    """Module → the one other name that examples give it, where it is imported by both names.

    `kept`: lines whose names cannot change.
    """
    singles = apart(lines)
    aliases: dict[str, set[str]] = {}
    for line in singles:
        module, _, alias = line.removeprefix("import ").partition(" as ")
        if line.startswith("import ") and alias:
            aliases.setdefault(module, set()).add(alias)
    return {
        module: alias
        for module, (alias, *more) in aliases.items()
        if not more and f"import {module}" in singles and f"import {module}" not in apart(kept)
    }


def edited(code: str, of: Callable[[ast.AST], str | None]) -> str:
    """The code with other text in the place of some of its expressions, and nothing else changed.

    Of expressions one within another the outermost is taken.
    """
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return code
    raw = code.encode("utf-8")
    starts = [0, *(at + 1 for at, byte in enumerate(raw) if byte == ord("\n"))]
    edits = []
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and (text := of(node)) is not None:
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            edits.append((starts[node.lineno - 1] + node.col_offset, end, text))
    last = len(raw) + 1
    for start, end, text in sorted(edits, key=lambda one: (-one[1], one[0])):
        if end <= last:
            raw = raw[:start] + text.encode("utf-8") + raw[end:]
            last = start
    return raw.decode("utf-8")


def respelled(witness: Witness, aliases: dict[str, str]) -> Witness:
    """The witness in the words of its file, and without two meanings of one name."""
    for module, alias in aliases.items():
        if f"import {module}" in _imports(witness):
            witness = _in_all(witness, module, alias)
    for line in witness.program.imports:
        for name, meaning in names_given(line).items():
            if meaning == f"{name}.{name}" and f"import {name}" in _imports(witness):
                # `from datetime import datetime`: a claim's `datetime.datetime(…)` is taken apart.
                witness = _in_claims(witness, name, partial(_taken_apart, module=name))
    return _with_its_own_words(witness)


def _with_its_own_words(witness: Witness) -> Witness:
    """What is expected, without a name that means something else in the statements.

    `Decimal("0.5")` beside an imported `Decimal` of the target reads `decimal.Decimal("0.5")`.
    """
    program = witness.program
    taken = dict.fromkeys(program.bound, "its own")
    taken |= {n: means for line in program.imports for n, means in names_given(line).items()}

    def is_free(line: str) -> bool:
        return all(taken.get(name, means) == means for name, means in names_given(line).items())

    def spelled(claim: Claim) -> Claim:
        rest = {line for line in apart(claim.imports) if is_free(line)}
        left, right = claim.left, claim.right
        for line in sorted(apart(claim.imports) - rest):
            (name, means), *_ = names_given(line).items()
            other, needed = _spelled_out(name, means, is_free)
            right = _swapped(right, name, other)
            rest.add(needed)
        return replace(claim, left=left, right=right, imports=tuple(sorted(rest)))

    def named(error: RaisedError) -> RaisedError:
        top, _, rest = error.name.partition(".")
        if error.module == "builtins" or is_free(f"from {error.module} import {top}"):
            return error
        other, needed = _spelled_out(top, f"{error.module}.{top}", is_free)
        return replace(error, name=f"{other}.{rest}".rstrip("."), imported_by=needed)

    hidden = {
        name for name in program.imported & program.bound if not _is_read_first(program, name)
    }
    imports = [
        line for line in apart(program.imports) if names_given(line).keys().isdisjoint(hidden)
    ]
    return witness.but(
        program=program._replace(imports=tuple(sorted(imports))) if hidden else program,
        claims=tuple(tuple(spelled(claim) for claim in step) for step in witness.claims),
        raised={at: named(error) for at, error in witness.raised.items()},
    )


def _is_read_first(program: Program, name: str) -> bool:
    """Before the program gives the name to something of its own."""
    for step in program.steps:
        if name in names_of(step.code):
            return True
        if step.var == name:
            return False
    return False


def _spelled_out(name: str, means: str, is_free: Callable[[str], bool]) -> tuple[str, str]:
    """Another way to say it, and the import that it needs."""
    module = means.removesuffix(f".{name}")
    if is_free(f"import {module}"):
        return means, f"import {module}"
    alias = f"{name}_of_{module.replace('.', '_')}"
    return alias, f"from {module} import {name} as {alias}"


def _imports(witness: Witness) -> set[str]:
    claims = {line for step in witness.claims for claim in step for line in claim.imports}
    return {*witness.program.imports, *claims}


def _in_all(witness: Witness, module: str, alias: str) -> Witness:
    def spell(code: str) -> tuple[str, set[str]]:
        return _swapped(code, module, alias), {f"import {module} as {alias}"}

    if f"import {module}" not in witness.program.imports:
        return _in_claims(witness, module, spell)
    program = witness.program._replace(
        imports=tuple(
            f"import {module} as {alias}" if line == f"import {module}" else line
            for line in witness.program.imports
        ),
        steps=tuple(
            step._replace(code=_swapped(step.code, module, alias)) for step in witness.program.steps
        ),
    )
    return _in_claims(witness.but(program=program), module, spell)


def _in_claims(witness: Witness, module: str, spell: _Spell) -> Witness:
    plain = f"import {module}"

    def spelled(claim: Claim) -> Claim:
        if plain not in claim.imports:
            return claim
        left, one = spell(claim.left)
        right, other = spell(claim.right)
        rest = {line for line in claim.imports if line != plain}
        return replace(claim, left=left, right=right, imports=tuple(sorted(rest | one | other)))

    claims = tuple(tuple(spelled(claim) for claim in step) for step in witness.claims)
    return witness.but(claims=claims)


def _swapped(code: str, name: str, other: str) -> str:
    """`name` as a name reads `other`."""
    return edited(
        code,
        lambda node: other if isinstance(node, ast.Name) and node.id == name else None,
    )


def _taken_apart(code: str, module: str) -> tuple[str, set[str]]:
    """`module.thing` reads `thing`; what that imports."""
    needed: set[str] = set()

    def of(node: ast.AST) -> str | None:
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
            return None
        if node.value.id != module:
            return None
        needed.add(f"from {module} import {node.attr}")
        return node.attr

    return edited(code, of), needed


def _bound(line: str) -> Iterator[tuple[str, str, str]]:
    """Name, what it means, and the statement that gives this name alone."""
    for node in ast.parse(line).body:
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                one = ast.unparse(ast.ImportFrom(node.module, [alias], node.level))
                yield alias.asname or alias.name, f"{module}.{alias.name}", one
        elif isinstance(node, ast.Import):
            for alias in node.names:
                # `import a.b` and `import a.c` give `a` the same meaning.
                top = alias.name.split(".")[0]
                meaning = alias.name if alias.asname else top
                yield alias.asname or top, meaning, ast.unparse(ast.Import([alias]))

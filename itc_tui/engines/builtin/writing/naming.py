"""Names that people would give: to variables, tests, files and scenarios."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from itc_tui.engines.builtin.claims import is_used_later, speaks_of
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.witnesses import Witness, names_of

_OURS = re.compile(r"\bv_\w+_\d+\b")
_BY_KIND = {
    "str": "text",
    "bytes": "raw",
    "bytearray": "raw",
    "int": "number",
    "float": "number",
    "Decimal": "number",
    "bool": "answer",
    "list": "items",
    "tuple": "values",
    "set": "members",
    "frozenset": "members",
    "dict": "mapping",
    "datetime": "moment",
    "date": "day",
    "time": "time_of_day",
    "timedelta": "span",
    "PosixPath": "path",
    "type": "kind",
    "function": "function",
    "NoneType": "outcome",
    "": "outcome",
}

_SPOKEN = frozenset(
    [
        "runner",
        "result",
        "refused",
        "printed",
        "complaint",
        "code",
        "app",
        "client",
        "response",
        "created",
        "found",
        "listed",
    ]
)
"""Names that say what a thing is for, not of what kind it is."""


def slug(text: str, most: int = 65) -> str:
    text = re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", _cut, text)
    # Python reads a name in this form, and so would not find `1º` again.
    text = unicodedata.normalize("NFKC", text.lower())
    text = "".join(one if f"a{one}".isidentifier() else "_" for one in text)
    text = re.sub("_+", "_", text).strip("_")
    if len(text) > most:
        # Half a word says nothing; where the first word is too long, half must do.
        text = text[: most + 1].rpartition("_")[0] or text[:most]
    return text.rstrip("_") or "case"


def snake(name: str) -> str:
    return re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", _cut, name.strip("_")).lower()


def _cut(match: re.Match[str]) -> str:
    return f"{match[1]}_{match[2]}" if match[1] else f"{match[3]}_{match[4]}"


def readable(witness: Witness) -> dict[str, str]:
    """Our variable → the name that a person reads."""
    taken = set(keyword.kwlist) | set(dir(builtins)) | {"tmp_path", "capsys", "monkeypatch"}
    taken |= {"pytest", "raised"}
    for step in witness.program.steps:
        taken |= {name for name in names_of(step.code) if not _OURS.fullmatch(name)}
    told = [line for claims in witness.claims for claim in claims for line in claim.imports]
    for line in (*witness.program.imports, *told):
        taken |= _bound_by(line)
    taken |= {error.name.partition(".")[0] for error in witness.raised.values()}
    ours = []
    for place, step in enumerate(witness.program.steps):
        if _OURS.fullmatch(step.var):
            ours.append(place)
        else:
            taken.add(step.var)
    # In the order in which they are read; those that are not written down come last.
    ours.sort(key=lambda place: not _is_written(witness, place))
    names: dict[str, str] = {}
    for place in ours:
        step = witness.program.steps[place]
        stem = _stem(step, witness.kinds[place] if place < len(witness.kinds) else "")
        name, count = stem, 1
        while name in taken:
            count += 1
            name = f"{stem}_{count}"
        taken.add(name)
        names[step.var] = name
    return names


def with_readable_names(witness: Witness) -> Witness:
    """As a person would name its variables."""
    names = readable(witness)
    program = witness.program._replace(
        steps=tuple(
            step._replace(var=names.get(step.var, step.var), code=renamed(step.code, names))
            for step in witness.program.steps
        )
    )
    claims = tuple(
        tuple(
            replace(claim, left=renamed(claim.left, names), right=renamed(claim.right, names))
            for claim in step
        )
        for step in witness.claims
    )
    return witness.but(program=program, claims=claims)


def _is_written(witness: Witness, place: int) -> bool:
    """It is mentioned again, or more is asserted of it than what the call gave."""
    claims = witness.claims[place] if place < len(witness.claims) else ()
    var = witness.program.steps[place].var
    own = [claim for claim in claims if speaks_of(claim, var)]
    is_inline = len(own) == 1 and own[0].left == var and bool(own[0].right)
    return is_used_later(witness, place) or bool(own and not is_inline)


def _bound_by(line: str) -> set[str]:
    """The names that an import gives; where they come from is free for other things."""
    imports = [
        node for node in ast.parse(line).body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    return {(one.asname or one.name).split(".")[0] for node in imports for one in node.names}


def _stem(step: Step, kind: str) -> str:
    own = re.sub(r"^v_|_\d+$", "", step.var)
    if own in _SPOKEN and kind != "NoneType":
        return own
    if kind in _BY_KIND:
        if step.var.startswith("v_path"):
            return "path"
        return _BY_KIND[kind]
    return snake(kind) if kind.isidentifier() else "thing"


def renamed(text: str, names: dict[str, str]) -> str:
    return _OURS.sub(lambda match: names.get(match.group(), match.group()), text)


def listed(names: Sequence[str], most: int = 3) -> str:
    names = list(dict.fromkeys(names))
    if len(names) > most:
        return ", ".join(names[:most]) + f" and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

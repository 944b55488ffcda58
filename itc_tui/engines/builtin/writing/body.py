"""The body of a test: its statements, and behind each what it must have led to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from itc_tui.engines.builtin.claims import is_used_later, speaks_of
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.engines.builtin.writing.layout import asserted, laid_out, quoted

_MOST_LETTERS_OF_MESSAGE = 80


@dataclass
class Body:
    lines: list[str] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    defines: set[str] = field(default_factory=set)
    """Functions of ours that it calls."""
    fixtures: list[str] = field(default_factory=list)
    assertions: int = 0

    def needs(self, fixture: str) -> None:
        if fixture not in self.fixtures:
            self.fixtures.append(fixture)


def body_of(witness: Witness, indent: int = 4) -> Body:
    body = Body(imports=set(witness.program.imports), defines=set(witness.program.defines))
    text = witness_text(witness)
    if witness.leaves:
        body.needs("tmp_path")
        body.needs("monkeypatch")
        body.lines.append(" " * indent + "monkeypatch.chdir(tmp_path)")
    for fixture in ("tmp_path", "monkeypatch", "capsys"):
        if re.search(rf"\b{fixture}\b", text):
            body.needs(fixture)
    level = indent
    for at, step in enumerate(witness.program.steps):
        claims = witness.claims[at] if at < len(witness.claims) else ()
        level = _add_step(body, witness, at, step, claims, level)
    _add_effects(body, witness, indent)
    return body


def witness_text(witness: Witness) -> str:
    claims = [claim.text for step in witness.claims for claim in step]
    return "\n".join([step.text for step in witness.program.steps] + claims)


def _add_step(
    body: Body, witness: Witness, at: int, step: Step, claims: tuple[Claim, ...], level: int
) -> int:
    pad = " " * level
    if step.kind == "with":
        head = laid_out(step.code, level, "with ", f" as {step.var}:")
        body.lines.append(pad + head)
        _add_claims(body, claims, level + 4)
        if at == len(witness.program.steps) - 1 and not claims:
            body.lines.append(pad + "    pass")
        return level + 4
    if step.kind == "raises":
        _add_raises(body, step, witness.raised[at], level)
        return level
    if step.kind == "raw":
        body.lines.append(pad + laid_out(step.code, level))
        _add_claims(body, claims, level)
        return level
    is_used = is_used_later(witness, at)
    own = [claim for claim in claims if speaks_of(claim, step.var)]
    if not (is_used or own) and (step.code.isidentifier() or _reads_for_nobody(witness, at)):
        pass  # an example that only shows a value
    elif not (is_used or own):
        body.lines.append(pad + laid_out(step.code, level))
    elif not is_used and len(own) == 1 and own[0].left == step.var and own[0].right:
        body.lines.append(pad + asserted(step.code, own[0].right, level))
        body.imports.update(own[0].imports)
        body.assertions += 1
        claims = tuple(claim for claim in claims if claim is not own[0])
    else:
        body.lines.append(pad + laid_out(step.code, level, f"{step.var} = "))
    _add_claims(body, claims, level)
    return level


def _reads_for_nobody(witness: Witness, at: int) -> bool:
    """What was printed is taken, not looked at, and nobody looks at what comes later."""
    later = [step.code for step in witness.program.steps[at + 1 :]]
    code = witness.program.steps[at].code
    return code == "capsys.readouterr()" and code not in later


def _add_claims(body: Body, claims: tuple[Claim, ...], level: int) -> None:
    for claim in claims:
        body.lines.append(" " * level + asserted(claim.left, claim.right, level))
        body.imports.update(claim.imports)
        body.assertions += 1


def _add_raises(body: Body, step: Step, error: RaisedError, level: int) -> None:
    if error.name == "SystemExit" and (not error.message or error.message.isdigit()):
        _add_end(body, step, error, level)
        return
    name = error.name
    if error.module != "builtins":
        body.imports.add(f"from {error.module} import {name.split('.')[0]}")
    body.imports.add("import pytest")
    match = ""
    if line := stable_message(error):
        if re.search(r"[.^$*+?{}\[\]\\|()]", line):
            match = f", match=re.escape({line!r})"
            body.imports.add("import re")
        else:
            match = f", match={line!r}"
    pad = " " * level
    head = quoted(f"pytest.raises({name}{match})")
    body.lines.append(pad + laid_out(head, level, "with ", ":"))
    body.lines.append(pad + "    " + laid_out(step.code, level + 4))
    body.assertions += 1


def _add_end(body: Body, step: Step, error: RaisedError, level: int) -> None:
    """The process would end here: its code is what matters."""
    body.imports.add("import pytest")
    pad = " " * level
    code = f"== {error.message}" if error.message else "is None"
    body.lines.append(pad + "with pytest.raises(SystemExit) as ended:")
    body.lines.append(pad + "    " + laid_out(step.code, level + 4))
    body.lines.append(pad + f"assert ended.value.code {code}")
    body.assertions += 1


def stable_message(error: RaisedError) -> str:
    """The part of a message that a test may hold a product to."""
    line = error.message.strip().split("\n")[0]
    if re.search(r"0x[0-9a-f]{6,}|/tmp/|\bline \d+ of", line):
        return ""
    if len(line) > _MOST_LETTERS_OF_MESSAGE:
        line = line[:_MOST_LETTERS_OF_MESSAGE].rsplit(" ", 1)[0]
    return line


def _add_effects(body: Body, witness: Witness, level: int) -> None:
    pad = " " * level
    if witness.out.strip():
        body.needs("capsys")
        body.lines.append(pad + asserted("capsys.readouterr().out", repr(witness.out), level))
        body.assertions += 1
    for name, text in list(witness.files.items())[:3]:
        body.needs("tmp_path")
        left = f"(tmp_path / {name!r}).read_text(encoding='utf-8')"
        body.lines.append(pad + asserted(left, repr(text), level))
        body.assertions += 1

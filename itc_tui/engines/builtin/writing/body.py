"""The body of a test: its statements, and behind each what it must have led to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from itc_tui.engines.builtin.claims import is_used_later, speaks_of
from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.engines.builtin.writing.layout import laid_out
from itc_tui.engines.builtin.writing.phrasing import Phrasing, PytestPhrasing
from itc_tui.engines.builtin.writing.unset_variables import in_a_loop

_MOST_LETTERS_OF_MESSAGE = 80


@dataclass
class Body:
    lines: list[str] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    defines: set[str] = field(default_factory=set)
    """Functions of ours that it calls."""
    fixtures: list[str] = field(default_factory=list)
    assertions: int = 0
    phrasing: Phrasing = field(default_factory=PytestPhrasing)
    lifted: Collection[int] = ()
    """Steps that are written elsewhere."""

    def needs(self, fixture: str) -> None:
        if fixture not in self.fixtures:
            self.fixtures.append(fixture)

    def says(self, left: str, right: str, level: int) -> None:
        """One assertion."""
        text = self.phrasing.asserted(self.phrasing.code(left), right, level)
        self.lines.append(" " * level + text)
        self.assertions += 1


def body_of(
    witness: Witness,
    indent: int = 4,
    phrasing: Phrasing | None = None,
    lifted: Collection[int] = (),
) -> Body:
    body = Body(
        lifted=lifted,
        imports=set(witness.program.imports),
        defines=set(witness.program.defines),
        phrasing=phrasing or PytestPhrasing(),
    )
    text = witness_text(witness)
    if witness.leaves:
        body.needs("tmp_path")
        body.needs("monkeypatch")
        body.lines += [" " * indent + line for line in body.phrasing.own_folder()]
    for fixture in ("tmp_path", "monkeypatch", "capsys"):
        if re.search(rf"\b{fixture}\b", text):
            body.needs(fixture)
    level = indent
    for at, step in enumerate(witness.program.steps):
        claims = witness.claims[at] if at < len(witness.claims) else ()
        level = _add_step(body, witness, at, step, claims, level)
    _add_effects(body, witness, indent)
    body.lines = list(_in_paragraphs(in_a_loop(body.lines)))
    return body


def _in_paragraphs(statements: Sequence[str]) -> Iterator[str]:
    """A blank line wherever the stage is set anew behind an assertion."""
    asserted_before = in_block = False
    for statement in statements:
        text = statement.lstrip()
        asserts = in_block or text.startswith(("assert ", "with pytest.raises"))
        if asserted_before and not asserts and statement:
            yield ""
        yield statement
        asserted_before, in_block = asserts, text.startswith("with pytest.raises")


def witness_text(witness: Witness) -> str:
    claims = [claim.text for step in witness.claims for claim in step]
    return "\n".join([step.text for step in witness.program.steps] + claims)


def _add_step(
    body: Body, witness: Witness, at: int, step: Step, claims: tuple[Claim, ...], level: int
) -> int:
    pad = " " * level
    if step.kind in GIVEN:
        body.needs(step.var)
        return level
    code = body.phrasing.code(step.code)
    if step.kind == "with":
        is_named = is_used_later(witness, at) or any(speaks_of(one, step.var) for one in claims)
        head = laid_out(code, level, "with ", f" as {step.var}:" if is_named else ":")
        body.lines.append(pad + head)
        _add_claims(body, claims, level + 4)
        if at == len(witness.program.steps) - 1 and not claims:
            body.lines.append(pad + "    pass")
        return level + 4
    if step.kind == "raises":
        _add_raises(body, code, witness.raised[at], level)
        return level
    if step.kind == "raw" and at not in body.lifted:
        is_apart = bool(step.var) or code.lstrip().startswith(("def ", "async def ", "class ", "@"))
        if is_apart and body.lines and body.lines[-1]:
            body.lines.append("")
        body.lines.append(pad + laid_out(code, level))
        body.lines += [""] if is_apart else []
    if step.kind == "raw":
        _add_claims(body, claims, level)
        return level
    is_used = is_used_later(witness, at)
    own = [claim for claim in claims if speaks_of(claim, step.var)]
    if not is_written(witness, at):
        pass
    elif not (is_used or own):
        body.lines.append(pad + laid_out(code, level))
    elif not is_used and len(own) == 1 and own[0].left == step.var and own[0].right:
        body.says(step.code, own[0].right, level)
        body.imports.update(own[0].imports)
        claims = tuple(claim for claim in claims if claim is not own[0])
    else:
        body.lines.append(pad + laid_out(code, level, f"{step.var} = "))
    _add_claims(body, claims, level)
    return level


def is_written(witness: Witness, at: int) -> bool:
    """Not what only looks at a value of which nothing is said."""
    step = witness.program.steps[at]
    if step.kind in GIVEN:
        return False
    claims = witness.claims[at] if at < len(witness.claims) else ()
    if step.kind != "do" or is_used_later(witness, at):
        return True
    is_idle = _is_look(step.code) or _reads_for_nobody(witness, at)
    return not is_idle or any(speaks_of(claim, step.var) for claim in claims)


def _is_look(code: str) -> bool:
    """A name, or an attribute of one: as a statement it does nothing."""
    return re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", code) is not None


def _reads_for_nobody(witness: Witness, at: int) -> bool:
    """What was printed is taken, not looked at, and nobody looks at what comes later."""
    later = [step.code for step in witness.program.steps[at + 1 :]]
    code = witness.program.steps[at].code
    return code == "capsys.readouterr()" and code not in later


def _add_claims(body: Body, claims: tuple[Claim, ...], level: int) -> None:
    for claim in claims:
        body.says(claim.left, claim.right, level)
        body.imports.update(claim.imports)


def _add_raises(body: Body, code: str, error: RaisedError, level: int) -> None:
    if error.name == "SystemExit" and re.fullmatch(r"(?:-?\d+)?", error.message):
        _add_end(body, code, error, level)
        return
    name = error.name
    if error.module != "builtins":
        plain = f"from {error.module} import {name.split('.')[0]}"
        body.imports.add(error.imported_by or plain)
    head, needs = body.phrasing.raising(name, stable_message(error), level)
    body.imports |= needs
    pad = " " * level
    body.lines.append(pad + head)
    body.lines.append(pad + "    " + laid_out(code, level + 4))
    body.assertions += 1


def _add_end(body: Body, code: str, error: RaisedError, level: int) -> None:
    """The process would end here: its code is what matters."""
    head, needs = body.phrasing.raising("SystemExit", "", level)
    body.imports |= needs
    pad = " " * level
    body.lines.append(pad + head[:-1] + " as ended:")
    body.lines.append(pad + "    " + laid_out(code, level + 4))
    body.says(f"ended.{body.phrasing.caught}.code", error.message or "None", level)


def stable_message(error: RaisedError) -> str:
    """The part of a message that a test may hold a product to."""
    line = error.message.strip().split("\n")[0]
    if re.search(r"0x[0-9a-f]{6,}|/tmp/|\bline \d+ of", line):
        return ""
    if len(line) > _MOST_LETTERS_OF_MESSAGE:
        line = _before_what_is_open(line[:_MOST_LETTERS_OF_MESSAGE].rsplit(" ", 1)[0])
    return line


def _before_what_is_open(text: str) -> str:
    """Half a list tells less than what was said before it."""
    open_at = [place for place, sign in enumerate(text) if sign in "[({"]
    closed = sum(sign in "])}" for sign in text)
    before = text[: open_at[0]].rstrip() if len(open_at) > closed else text
    return before if len(before.split()) > 1 else text


def _add_effects(body: Body, witness: Witness, level: int) -> None:
    if witness.out.strip():
        body.needs("capsys")
        body.says(body.phrasing.printed, repr(witness.out), level)
    for name, text in list(witness.files.items())[:3]:
        body.needs("tmp_path")
        body.says(f"(tmp_path / {name!r}).read_text(encoding='utf-8')", repr(text), level)

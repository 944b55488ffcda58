"""What a case does, act by act, and what comes of each: read from the case as it is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from itc_tui.engines.builtin.claims import is_used_later
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.oracles.round_trip import is_back
from itc_tui.engines.builtin.witnesses import Claim, Witness
from itc_tui.engines.builtin.writing.body import is_written
from itc_tui.engines.builtin.writing.inputs import (
    asked_in,
    called_in,
    details_of,
    given_to,
    last_statement,
)
from itc_tui.engines.builtin.writing.phrases import phrase_of, words_of_message

_OURS = re.compile(r"v_\w+_\d+")
SPOKEN = {
    "__eq__": "equality",
    "__ne__": "inequality",
    "__str__": "text",
    "__repr__": "repr",
    **dict.fromkeys(("__lt__", "__le__", "__gt__", "__ge__"), "ordering"),
    "__len__": "length",
    "__iter__": "iteration",
    "__contains__": "membership",
    "__add__": "addition",
    "__sub__": "subtraction",
    "__mul__": "multiplication",
    "__and__": "intersection",
    "__or__": "union",
    "__call__": "call",
    "__init__": "",
    "__getitem__": "lookup",
    "__setitem__": "assignment",
    "__delitem__": "deletion",
}


@dataclass(frozen=True)
class Act:
    """One thing that a case does, and what comes of it."""

    owner: str
    """The class, where it is a method."""
    name: str
    given: str
    outcome: str
    at: int = field(default=0, compare=False)
    """Its step in the case."""
    call: str = field(default="", compare=False)
    """As the source has it: `Cart.add`."""
    focus: str = field(default="", compare=False)
    """`shop.cart:Cart.add`, where that is known."""
    details: tuple[str, ...] = field(default=(), compare=False)
    """What else sets its input apart."""
    is_telling: bool = field(default=True, compare=False)
    """Something is asserted of what it leads to."""

    @property
    def subject(self) -> str:
        return f"{self.owner} {self.name}".strip()


def acts_in(whole: Witness, members: Sequence[Witness]) -> list[Act]:
    """What is left of the acts that a case was made of, as they stand in it now.

    Since it was put together it may have lost some, and what is asserted of others.
    """
    if members[0].is_given:
        return list(acts_of(whole.but(focus=members[0].focus)))
    found = []
    free = [at for at in range(len(whole.program.steps)) if is_written(whole, at)]
    shapes = {at: _shape(whole.program, at) for at in free}
    for member in members:
        if member.is_given:
            continue
        wanted = _shape(member.program, len(member.program.steps) - 1)
        at = next((place for place in free if shapes[place] == wanted), None)
        if at is not None:
            free.remove(at)
            found.append(_act(whole, at, member.focus.partition(":")[2], focus=member.focus))
    return sorted(found, key=lambda act: act.at) or list(_last_told(whole))


def _last_told(whole: Witness) -> Iterator[Act]:
    for at in range(len(whole.program.steps) - 1, -1, -1):
        if _tells(whole, at) and (name := called_in(whole.program.steps[at].code)):
            yield _act(whole, at, name)
            return


def _shape(program: Program, at: int) -> tuple[str, str]:
    """A statement without the names that the program gives, which change as cases are joined."""
    step = program.steps[at]
    own = program.bound - program.imported

    def blank(match: re.Match[str]) -> str:
        return "_" if match[0] in own or _OURS.fullmatch(match[0]) else match[0]

    return step.kind, re.sub(r"\b[^\W\d]\w*\b", blank, step.code)


def acts_of(witness: Witness) -> Iterator[Act]:
    """The act of a witness is its last step; an example shows something with each of its steps."""
    if not witness.is_given:
        qualname = witness.focus.partition(":")[2]
        yield _act(witness, len(witness.program.steps) - 1, qualname, focus=witness.focus)
        return
    places = [at for at, claims in enumerate(witness.claims) if claims or at in witness.raised]
    ends = [at for at in places if not is_used_later(witness, at)]
    places = ends or places or [len(witness.program.steps) - 1]
    own = [at for at in places if called_in(witness.program.steps[at].code)]
    for at in own:
        yield _act(witness, at, asked_in(witness.program.steps[at].code))
    if not own:
        yield from _leading_to(witness, places[-1])


def _leading_to(witness: Witness, at: int) -> Iterator[Act]:
    """An example that ends in a look at what the calls before it led to."""
    for place in range(at, -1, -1):
        if subject := called_in(last_statement(witness.program.steps[place].code)):
            yield _act(witness, at, subject, place)
            return


def _act(
    witness: Witness, at: int, qualname: str, called_at: int | None = None, focus: str = ""
) -> Act:
    """`called_at`: the step of the call, where what comes of it is seen only later."""
    owner, _, name = qualname.replace(".__init__", "").rpartition(".")
    if called_at is None:
        owner, name, called_at = _called_at(witness, at, owner, name)
    owner = owner.rpartition(".")[2]
    owner = kind_of_receiver(witness, called_at, name) or owner if owner else ""
    plain = name.strip("_").replace("_", " ") if name.startswith("__") else name
    return Act(
        owner,
        SPOKEN.get(name, plain),
        "" if _is_back(witness, at) else given_to(witness, called_at, name),
        _outcome(witness, at),
        at,
        f"{owner}.{name}".strip("."),
        focus,
        details_of(witness, called_at),
        is_telling=_tells(witness, at),
    )


def _called_at(witness: Witness, at: int, owner: str, name: str) -> tuple[str, str, int]:
    """Where the name stands: in this step, or in one that led to what this one calls."""
    if not owner and name[:1].isupper() and (asked := _asked_of_object(witness, at, name)):
        return name, asked, at
    if not name.startswith("__"):
        parts = [(owner, name), (owner.rpartition(".")[0], owner.rpartition(".")[2])]
        for whose, called in parts if parts[1][0] else parts[:1]:
            for place in range(at, -1, -1):
                if re.search(rf"\b{re.escape(called)}\b", witness.program.steps[place].code):
                    return whose, called, place
        if called := called_in(witness.program.steps[at].code):
            return "", called, at
    return owner, name, at


def _asked_of_object(witness: Witness, at: int, kind: str) -> str:
    """What is called of an object of that class, where only making it was looked for: a function
    that it holds."""
    code = witness.program.steps[at].code
    called = called_in(code)
    is_of_object = bool(called) and re.match(rf"\w+\.{called}\(", code) is not None
    return called if is_of_object and kind_of_receiver(witness, at, called) == kind else ""


def kind_of_receiver(witness: Witness, at: int, name: str) -> str:
    """The class of the object that is asked: it may be an heir of the one that has the method."""
    try:
        tree = ast.parse(witness.program.steps[at].code.strip())
    except SyntaxError:
        return ""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Name)]
    if name.startswith("__"):
        asked = [node for node in nodes if isinstance(node, ast.Name)]
        asked.sort(key=lambda node: (node.lineno, node.col_offset))
    else:
        owners = [one.value for one in nodes if isinstance(one, ast.Attribute) and one.attr == name]
        asked = [node for node in owners if isinstance(node, ast.Name)]
    for node in asked:
        for place in range(at - 1, -1, -1):
            if witness.program.steps[place].var == node.id:
                kind = witness.kinds[place] if place < len(witness.kinds) else ""
                return "" if kind in _NOT_A_CLASS else kind
    return ""


_NOT_A_CLASS = frozenset({"type", "function", "module", "method", "Caught", "NoneType"})


def _tells(witness: Witness, at: int) -> bool:
    claims = witness.claims[at] if at < len(witness.claims) else ()
    is_last = at == len(witness.program.steps) - 1
    return bool(claims) or at in witness.raised or (is_last and _leaves_something(witness))


def _leaves_something(witness: Witness) -> bool:
    return bool(witness.files or witness.out.strip())


def _outcome(witness: Witness, at: int) -> str:
    if at in witness.raised:
        error = witness.raised[at]
        words = words_of_message(error.message)
        return f"raises {error.name}" + (f": {words}" if words else "")
    claims = witness.claims[at] if at < len(witness.claims) else ()
    step = witness.program.steps[at]
    kind = witness.kinds[at] if at < len(witness.kinds) else ""
    own = next((claim for claim in claims if claim.left == step.var), None)
    if own is not None and is_back(own):
        return f"gives back what {own.source.split()[2]} was given"
    if own is not None and own.right not in ("None", ""):
        return _gives(own, kind)
    if own is not None and own.right == "None" and len(claims) == 1:
        return "gives None"
    is_last = at == len(witness.program.steps) - 1
    if witness.files and is_last:
        return f"writes {next(iter(witness.files))}"
    if witness.out.strip() and is_last:
        return f"prints {phrase_of(repr(witness.out.strip()))}"
    if kind:
        return f"gives {kind}"
    others = [claim for claim in claims if claim.left != step.var]
    return f"leaves {phrase_of(others[0].right) or 'its mark'}" if others else "raises nothing"


def _is_back(witness: Witness, at: int) -> bool:
    claims = witness.claims[at] if at < len(witness.claims) else ()
    return any(map(is_back, claims))


def _gives(claim: Claim, kind: str) -> str:
    if claim.right in ("True", "False"):
        return f"is {claim.right}"
    return f"gives {phrase_of(claim.right) or kind or 'the stated value'}"

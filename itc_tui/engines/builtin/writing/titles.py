"""Titles of cases: what is called, with what notable input, and what is observed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from itc_tui.engines.builtin.claims import is_used_later
from itc_tui.engines.builtin.witnesses import Claim, Witness
from itc_tui.engines.builtin.writing.naming import slug
from itc_tui.engines.builtin.writing.phrases import of_input, phrase_of, words_of_message

#: `test_` and a title of this length make a function name of 70 letters at most.
LONGEST = 65
_SPOKEN = {
    "__eq__": "equality",
    "__ne__": "inequality",
    "__lt__": "ordering",
    "__le__": "ordering",
    "__gt__": "ordering",
    "__ge__": "ordering",
    "__str__": "text",
    "__repr__": "repr",
    "__len__": "length",
    "__iter__": "iteration",
    "__add__": "addition",
    "__sub__": "subtraction",
    "__mul__": "multiplication",
    "__and__": "intersection",
    "__or__": "union",
    "__getitem__": "lookup",
    "__setitem__": "assignment",
    "__delitem__": "deletion",
    "__contains__": "membership",
    "__call__": "call",
    "__init__": "",
}


@dataclass(frozen=True)
class Act:
    """One thing that a case does, and what comes of it."""

    owner: str
    """The class, where it is a method."""
    name: str
    given: str
    outcome: str

    @property
    def subject(self) -> str:
        return f"{self.owner} {self.name}".strip()


def title_of(members: Sequence[Witness], taken: Collection[str] = ()) -> str:
    """The first acts that fit; what others are called already (as names of tests) is avoided."""
    # What gives nothing names a case only where nothing else does.
    by_worth = sorted(members, key=lambda member: not member.is_telling)
    acts = list(dict.fromkeys(act for member in by_worth for act in acts_of(member)))
    if not acts:
        return "documented example runs to its end"
    options = [_joined(acts[start:] + acts[:start]) for start in range(len(acts))]
    origin = members[0].focus.removeprefix("given:") if members[0].is_given else ""
    if origin:
        document = origin.partition(":")[0].rpartition("/")[2]
        shown = [f"{_fitted(acts[0], LONGEST - len(document) - 13)}, as {document} shows"]
        options = shown + [f"{one}, as {document} shows" for one in options]
    free = [one for one in options if slug(one) not in taken]
    return free[0] if free else options[0]


def acts_of(witness: Witness) -> Iterator[Act]:
    """The act of a witness is its last step; an example shows something with each of its steps."""
    if not witness.is_given:
        yield _act(witness, len(witness.program.steps) - 1, witness.focus.partition(":")[2])
        return
    places = [at for at, claims in enumerate(witness.claims) if claims or at in witness.raised]
    ends = [at for at in places if not is_used_later(witness, at)]
    places = ends or places or [len(witness.program.steps) - 1]
    own = [at for at in places if called_in(witness.program.steps[at].code)]
    for at in own:
        yield _act(witness, at, called_in(witness.program.steps[at].code))
    if not own:
        yield from _leading_to(witness, places[-1])


def _leading_to(witness: Witness, at: int) -> Iterator[Act]:
    """An example that ends in a look at what the calls before it led to."""
    for place in range(at, -1, -1):
        if subject := called_in(last_statement(witness.program.steps[place].code)):
            yield _act(witness, at, subject, place)
            return


def last_statement(code: str) -> str:
    """Of a block, the last thing that is done in it."""
    try:
        statements: list[ast.stmt] = ast.parse(code).body
    except (SyntaxError, ValueError):
        return code
    while statements and getattr(statements[-1], "body", None):
        statements = [one for one in statements[-1].body if isinstance(one, ast.stmt)]  # type: ignore[attr-defined]
    return ast.unparse(statements[-1]) if statements else code


def called_in(code: str) -> str:
    """The outermost call that an expression makes, past `list(…)` and the like."""
    for node in _calls(code):
        name = ast.unparse(node.func).rpartition(".")[2]
        if name.isidentifier() and name not in _TAKING_OUT:
            return name
    return ""


def _joined(acts: Sequence[Act]) -> str:
    """`f of 1 gives 2, of 3 raises ValueError`: the owner and the name once."""
    title = _fitted(acts[0], LONGEST)
    last = acts[0]
    for act in acts[1:]:
        if act.subject == last.subject:
            head = ""
        elif act.owner and act.owner == last.owner:
            head = act.name
        else:
            head = act.subject
        part = " ".join(word for word in (head, act.given, act.outcome) if word)
        if (not head and not act.given) or len(slug(f"{title}, {part}", 999)) > LONGEST:
            continue
        title, last = f"{title}, {part}", act
    return title


def _fitted(act: Act, most: int) -> str:
    """All of it; else what an error says goes first, then what the input was, then whose it is."""
    brief, _, why = act.outcome.partition(":")
    for head, rest in (
        ((act.subject, act.given, brief), why),
        ((act.subject, brief), why),
        ((act.name, brief), why),
    ):
        title = " ".join(word for word in head if word)
        if not _fits(title, most):
            continue
        words = rest.split()
        if rest and _fits(f"{title}: {rest}", most):
            return f"{title}: {rest.strip()}"
        while words and (words[-1] in _LOOSE or not _fits(f"{title}: {' '.join(words)}", most)):
            words.pop()
        says_something = len(words) > 1 or words == why.split()
        return f"{title}: {' '.join(words)}" if words and says_something else title
    return shortened(f"{act.subject} {brief}", most)


def shortened(title: str, most: int) -> str:
    """As many words as fit; of a word that is too long alone, as much as fits."""
    words = title.split()
    while len(words) > 1 and (not _fits(" ".join(words), most) or words[-1] in _LOOSE):
        words.pop()
    short = " ".join(words).rstrip(",")
    return short if _fits(short, most) else slug(short, most)


def _fits(title: str, most: int) -> bool:
    return len(slug(title, 999)) <= most


_LOOSE = {
    "of",
    "with",
    "for",
    "and",
    "gives",
    "not",
    "a",
    "an",
    "the",
    "is",
    "to",
    "in",
    "no",
    "be",
    *("does", "do", "did", "has", "have", "was", "were", "are", "will", "by", "on", "at", "from"),
    *("can", "cannot", "could", "may", "must", "should", "given", "because", "that", "it", "or"),
}


def _act(witness: Witness, at: int, qualname: str, called_at: int | None = None) -> Act:
    """`called_at`: the step of the call, where what comes of it is seen only later."""
    owner, _, name = qualname.replace(".__init__", "").rpartition(".")
    plain = name.strip("_").replace("_", " ") if name.startswith("__") else name
    name = _SPOKEN.get(name, plain)
    given = _given(witness, at if called_at is None else called_at)
    return Act(owner.rpartition(".")[2], name, given, _outcome(witness, at))


_TAKING_OUT = {"list", "run", "islice", "print", "str", "repr", "len", "sorted", "dict", "tuple"}


def _calls(code: str) -> Iterator[ast.Call]:
    try:
        tree = ast.parse(code.strip())
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node


def _given(witness: Witness, at: int) -> str:
    """` of <first argument>`, and the first option that was set by name."""
    step = witness.program.steps[at]
    short = witness.focus.partition(":")[2].rpartition(".")[2] if not witness.is_given else ""
    code = last_statement(step.code) if step.kind == "raw" else step.code
    wanted = called_in(code)
    for node in _calls(code):
        name = ast.unparse(node.func).rpartition(".")[2]
        if name not in (short, wanted) or name in _TAKING_OUT - {short}:
            continue
        first = next((arg for arg in node.args if not isinstance(arg, ast.Starred)), None)
        phrase = _resolved(witness, first) if first is not None else ""
        options = [word.arg for word in node.keywords if word.arg]
        text = f"of {phrase}" if phrase else ""
        return f"{text} with {options[0]}".strip() if options else text
    return ""


def _resolved(witness: Witness, node: ast.expr) -> str:
    """A variable is told by what it was made from."""
    if isinstance(node, ast.Name):
        for place, step in enumerate(witness.program.steps):
            if step.var == node.id:
                kind = witness.kinds[place] if place < len(witness.kinds) else ""
                if not _is_literal(step.code):
                    return kind
                return of_input(ast.parse(step.code.strip(), mode="eval").body)
    return of_input(node)


def _is_literal(code: str) -> bool:
    try:
        ast.literal_eval(code.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return False
    return True


def _outcome(witness: Witness, at: int) -> str:
    if at in witness.raised:
        error = witness.raised[at]
        words = words_of_message(error.message)
        return f"raises {error.name}" + (f": {words}" if words else "")
    claims = witness.claims[at] if at < len(witness.claims) else ()
    step = witness.program.steps[at]
    kind = witness.kinds[at] if at < len(witness.kinds) else ""
    own = next((claim for claim in claims if claim.left == step.var), None)
    if own is not None and own.right not in ("None", ""):
        return _gives(own, kind)
    if witness.files:
        return f"writes {next(iter(witness.files))}"
    if witness.out.strip():
        return f"prints {phrase_of(repr(witness.out.strip()))}"
    if kind:
        return f"gives {kind}"
    others = [claim for claim in claims if claim.left != step.var]
    return f"leaves {phrase_of(others[0].right) or 'its mark'}" if others else "gives None"


def _gives(claim: Claim, kind: str) -> str:
    if claim.right in ("True", "False"):
        return f"is {claim.right}"
    return f"gives {phrase_of(claim.right) or kind or 'the stated value'}"

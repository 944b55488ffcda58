"""What the docstring of a test tells: what is joined, why it matters, how, and what must hold."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from itc_tui.domain.docstrings import STANDING, WITHIN_WORDS
from itc_tui.domain.plain_text import beginning
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.inside.documented import SOURCE
from itc_tui.engines.builtin.oracles.round_trip import is_back, trips_in
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.acts import acts_in
from itc_tui.engines.builtin.writing.body import stable_message, witness_text
from itc_tui.engines.builtin.writing.door_titles import strategy_at_door
from itc_tui.engines.builtin.writing.files import Telling
from itc_tui.engines.builtin.writing.inputs import called_in
from itc_tui.engines.builtin.writing.naming import listed

_LONGEST_DOC = 140
_MOST_TOLD = 2
_OBSERVED = f" {STANDING[Provenance.OBSERVED]}"
_WITHIN = f" {WITHIN_WORDS[Provenance.OBSERVED]}"
_APPROVED = f" {STANDING[Provenance.APPROVED]}"
_WITHIN_APPROVED = f" {WITHIN_WORDS[Provenance.APPROVED]}"


def telling_of(
    title: str, scope: str, witness: Witness, members: Sequence[Witness], impact: str
) -> Telling:
    return Telling(
        summary=(title[:1].upper() + title[1:] if title.startswith("the ") else title) + ".",
        scope=scope,
        impact=impact,
        strategy=_at_door(witness, members) or _strategy(witness, members),
        success=said_to_hold(witness, impact),
    )


def approved(telling: Telling) -> Telling:
    """A person stands for what was observed: whoever finds it red should know."""
    said = telling.success.replace(_OBSERVED, _APPROVED).replace(_WITHIN, _WITHIN_APPROVED)
    return replace(telling, success=said)


def stated(expected: str) -> str:
    """What must hold, where a person wrote it."""
    lines = expected.splitlines()
    if not lines:
        return ""
    more = " …" if len(lines) > 1 else ""
    return f"{beginning(lines[0], 120)}{more} (as stated in the plan by a person)"


def said_to_hold(witness: Witness, said_above: str = "") -> str:
    """What the test asserts, in words, and that nobody promised it where nobody did."""
    parts = []
    if witness.raised:
        errors = list(dict.fromkeys(error.name for error in witness.raised.values()))
        why = ", saying why" if all(map(stable_message, witness.raised.values())) else ""
        parts.append(f"{listed(errors)} {'is' if len(errors) == 1 else 'are'} raised{why}")
    parts += [f"what {done} was given comes back" for done, _ in trips_in(witness)]
    values = sum(not is_back(claim) for step in witness.claims for claim in step)
    if values:
        of = f" of {listed(shown, 3)}" if (shown := list(_shown_of(witness))) else ""
        parts.append(
            f"the values{of} are as stated" if values > 1 else f"the value{of} is as stated"
        )
    if witness.out.strip():
        parts.append("the printed text is as stated")
    if witness.files:
        parts.append(f"{listed(list(witness.files))} holds the stated text")
    sources = [claim.source for step in witness.claims for claim in step if not claim.is_weak]
    sources += [error.source for error in witness.raised.values()]
    # That there may be nothing is said of one value, and not of those beside it.
    more = any(source and not source.startswith(SOURCE) for source in sources)
    promised = more or (bool(sources) and all(sources))
    told = dict.fromkeys(c.told for step in witness.claims for c in step if c.told)
    parts += [one for one in told if not _is_said_in(said_above, one)][:_MOST_TOLD]
    return "; ".join(parts) + ("" if promised else _WITHIN if told else _OBSERVED)


def _is_said_in(text: str, told: str) -> bool:
    quoted = told.partition("‘")[2].rstrip("’").rstrip(". …")
    return quoted in text.replace("`", "").replace("*", "")


def impact_of(
    names: Sequence[str], docs: dict[str, str], callees: Sequence[str], callers: Sequence[str]
) -> str:
    """`names`: what is called, dotted, the nearest first; `callers`: who calls the `callees`.

    What it is there for says more than who needs it.
    """
    told = next(((name, docs[name]) for name in names if name in docs), None)
    if told is not None:
        return f"`{_short(told[0])}` promises: {_first_sentence(told[1])}."
    if not (callees and callers):
        return ""
    who = [f"`{_short(name)}`" for name in dict.fromkeys(callers)]
    relies = "relies" if len(who) == 1 else "rely"
    return f"{listed(who)} {relies} on {listed(list(callees), 2)}."


def _first_sentence(text: str) -> str:
    text = re.sub(r":[\w:]+:`[~.]*([^`<]+?)(?:\s*<[^>]*>)?`", r"`\1`", text)
    sentence = re.split(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)[.!?](?:\s|$)", text)[0]
    if len(sentence) > _LONGEST_DOC:
        sentence = sentence[:_LONGEST_DOC].rpartition(" ")[0] + " …"
    return sentence.rstrip(".:;, ")


def _at_door(witness: Witness, members: Sequence[Witness]) -> str:
    has_files = bool(witness.files) or "tmp_path" in witness_text(witness)
    return strategy_at_door([one.focus for one in members], has_files=has_files)


def _strategy(witness: Witness, members: Sequence[Witness]) -> str:
    if members[0].is_given:
        document, _, place = members[0].focus.removeprefix("given:").partition(":")
        section = place.partition(", ")[2]
        return f"go through an example of {document}" + (f", {section}" if section else "")
    shown = [one.focus.removeprefix("given:") for one in members if one.is_given]
    # How often is left to the body: what prepares and what is shown are calls as well.
    calls = list(dict.fromkeys(act.call for act in acts_in(witness, members)))
    made = listed(list(dict.fromkeys(_made(witness, calls))), 3)
    beside = listed(list(dict.fromkeys(one.rpartition(":")[0] or one for one in shown)))
    trips = trips_in(witness) if len(members) == 1 else []
    called = [f"call {done}, then {undone}" for done, undone in trips]
    called = called or ([f"call {listed(calls, 4)}"] if calls else [])
    parts = [f"make {made}" if made else "", *called]
    parts.append(f"run what {beside} shows" if beside else "")
    return "; ".join(filter(None, parts))


def _made(witness: Witness, calls: Iterable[str]) -> Iterator[str]:
    """Classes that the case makes objects of on the way to its acts."""
    acts = {name.partition(".")[0] for name in calls if "." not in name}
    for step, kind in zip(witness.program.steps, witness.kinds):
        try:
            node = ast.parse(step.code.strip(), mode="eval").body
        except SyntaxError:
            continue
        if isinstance(node, ast.Call) and kind not in acts:
            name = ast.unparse(node.func).rpartition(".")[2]
            if name == kind and not hasattr(builtins, name):
                yield name


def _shown_of(witness: Witness) -> Iterator[str]:
    """What was called, or looked at, for the values that are asserted."""
    for step, claims in zip(witness.program.steps, witness.claims):
        for claim in claims:
            if is_back(claim):
                continue
            is_own = claim.left == step.var or claim.left.startswith("isinstance(")
            code = step.code if is_own else claim.left
            attribute = re.search(r"\.(\w+)\W*$", claim.left)
            name = called_in(code) or (attribute[1] if attribute else "")
            if name and not name.startswith("_"):
                yield name


def _short(dotted: str) -> str:
    parts = dotted.split(".")
    is_method = len(parts) > 1 and parts[-2][:1].isupper()
    return ".".join(parts[-2:]) if is_method else parts[-1]

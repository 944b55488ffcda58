"""Titles of cases: what is called, with what notable input, and what is observed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.acts import Act, acts_in
from itc_tui.engines.builtin.writing.naming import slug

#: `test_` and a title of this length make a function name of 70 letters at most.
LONGEST = 65
_ROOM = 50
"""Of these, where a document has to be named as well."""
_LONGEST_HEAD = 38
"""Letters of the document and its section that leave room for what is done."""


def title_of(
    members: Sequence[Witness], taken: Collection[str] = (), whole: Witness | None = None
) -> str:
    """The first acts that fit; what others are called already (as names of tests) is avoided.

    `whole`: the case as it is written, where its members do not say that.
    """
    rows = [(whole, members)] if whole is not None else [(one, [one]) for one in members]
    acts = list(dict.fromkeys(act for one, own in rows for act in acts_in(one, own)))
    # What nothing is asserted of names a case only where nothing else does.
    acts = [act for act in acts if act.is_telling] or acts
    if not acts:
        return "documented example runs to its end"
    options = [_joined(acts[start:] + acts[:start]) for start in range(len(acts))]
    origin = members[0].focus.removeprefix("given:") if members[0].is_given else ""
    source = ""
    if origin:
        document = origin.partition(":")[0].rpartition("/")[2]
        source = _source_of(document, whole or members[0])
        shown = [f"{_fitted(acts[0], LONGEST - len(source))}{source}"]
        if head := _head_of(document, origin):
            shown = [f"{head}{_fitted(act, LONGEST - len(head))}" for act in acts] + shown
        options = shown + [f"{one}{source}" for one in options]
    options += [f"{one}{source}" for one in _in_detail(acts)]
    free = [one for one in options if slug(one) not in taken]
    return free[0] if free else options[0]


def _head_of(document: str, origin: str) -> str:
    """What its document calls the example: `README, Inline manipulation: `."""
    heading = origin.partition("“")[2].rstrip("”")
    head = f"{document.partition('.')[0]}, {heading}: "
    return head if heading and len(head) <= _LONGEST_HEAD else ""


def _source_of(document: str, witness: Witness) -> str:
    """Only what the document tells is said to be shown by it."""
    is_told = any(claim.source for step in witness.claims for claim in step)
    is_told = is_told or any(error.source for error in witness.raised.values())
    return f", as {document} shows" if is_told else f" in an example of {document}"


def _in_detail(acts: Sequence[Act]) -> list[str]:
    """Other names for what is like another case but for one of the values that it is handed."""
    each = ((act, word) for act in acts for word in act.details)
    return [_fitted(replace(act, given=f"of {word}"), _ROOM) for act, word in each]


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

"""Matches what a person typed, in any language, to modules of the target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from itc_tui.engines.builtin.map.glossary import CHINESE, CHINESE_NOISE, IGNORED, KINDRED
from itc_tui.engines.builtin.map.source_index import Module, SourceIndex

ENOUGH = 2.0
"""A match in a docstring alone does not choose a module; one in a name does."""
SHARE_OF_BEST = 0.4


@dataclass(frozen=True, slots=True)
class Choice:
    """The modules that a description means, and why; none when nothing matched."""

    modules: tuple[str, ...] = ()
    because: str = ""


@dataclass(slots=True)
class Query:
    """The words of a description: as said, and what code may call the same thing."""

    said: list[str] = field(default_factory=list)
    kindred: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Words of other scripts that the glossary does not know; looked for as they are."""

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.kindred or self.unknown)


def choose_modules(index: SourceIndex, topic: str, given: Iterable[str] = ()) -> Choice:
    modules = [index.modules[name] for name in index.own_modules]
    wanted = [name for name in given if name]
    if wanted:
        return _given(modules, wanted)
    exact = _named_exactly(modules, topic)
    if exact:
        return Choice(tuple(exact), f"“{topic.strip()}” is the name of what was chosen.")
    query = read_query(topic)
    if query.is_empty:
        return _whole(modules, topic)
    return _best(modules, topic, query)


def read_query(topic: str) -> Query:
    query = Query()
    rest = topic
    for noise in sorted(CHINESE_NOISE, key=len, reverse=True):
        if len(noise) > 1:
            rest = rest.replace(noise, " ")
    for term in sorted(CHINESE, key=len, reverse=True):
        if term in rest:
            rest = rest.replace(term, " ")
            query.kindred += CHINESE[term]
    for run in re.findall(r"[^\W\d_]+|\d+", re.sub(r"([a-z])([A-Z])", r"\1 \2", rest)):
        word = run.lower()
        if word.isascii():
            if word not in IGNORED and len(word) > 1:
                query.said.append(word)
                query.kindred += KINDRED.get(word, ())
        else:
            plain = word
            for noise in sorted(CHINESE_NOISE, key=len, reverse=True):
                plain = plain.replace(noise, "")
            if plain:
                query.unknown.append(plain)
    return query


def stem(word: str) -> str:
    """Enough to let orders, ordering and ordered meet order."""
    for ending, rest in (
        ("ies", "y"),
        ("ing", ""),
        ("ed", ""),
        ("ers", "er"),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            cut = word[: -len(ending)] + rest
            if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "ls":
                cut = cut[:-1]
            return cut[:-1] if ending not in ("s", "ers") and cut.endswith("e") else cut
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def words_of(text: str) -> list[str]:
    """The stems of a name's or a text's words: snake, camel, dotted, prose."""
    split = re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", r"\1\3 \2\4", text)
    return [stem(word.lower()) for word in re.findall(r"[A-Za-z]+|\d+", split)]


def _given(modules: list[Module], wanted: list[str]) -> Choice:
    chosen = [
        one.name
        for one in modules
        if any(one.name == name or one.name.startswith(name + ".") for name in wanted)
    ]
    if not chosen:
        return Choice((), f"No module is named {', '.join(wanted)}. {_offer(modules)}")
    return Choice(tuple(chosen), "Chosen by the person.")


def _named_exactly(modules: list[Module], topic: str) -> list[str]:
    """A dotted name, a path or a package's name means exactly that."""
    text = topic.strip().strip("\"'").removeprefix("./").rstrip("/")
    if not text or re.search(r"\s", text):
        return []
    path = text.replace("\\", "/")
    dotted = text.removesuffix(".py").replace("/", ".")
    found = [one.name for one in modules if one.path == path or one.path.startswith(path + "/")]
    if not found:
        found = [one.name for one in modules if _within(one.name, dotted)]
    if not found and "." not in dotted and dotted.isidentifier():
        last = [one for one in modules if one.name.rpartition(".")[2] == dotted]
        found = [one.name for one in modules for top in last[:1] if _within(one.name, top.name)]
    return found


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def _whole(modules: list[Module], topic: str) -> Choice:
    names = tuple(one.name for one in modules)
    return Choice(
        names, f"“{topic.strip()}” names nothing in particular, so all modules are meant."
    )


def _best(modules: list[Module], topic: str, query: Query) -> Choice:
    scores: dict[str, float] = {}
    reasons: dict[str, list[str]] = {}
    for module in modules:
        scores[module.name], reasons[module.name] = _score(module, query)
    best = max(scores.values(), default=0)
    if best < ENOUGH:
        return Choice(
            (),
            f"Nothing in names, docstrings or comments matches “{topic.strip()}”."
            f" {_offer(modules)}",
        )
    chosen = [
        name for name, score in scores.items() if score >= ENOUGH and score >= best * SHARE_OF_BEST
    ]
    chosen.sort(key=lambda name: -scores[name])
    told = "; ".join(f"{name}: {', '.join(reasons[name][:3])}" for name in chosen[:6])
    more = f"; and {len(chosen) - 6} more" if len(chosen) > 6 else ""
    return Choice(tuple(chosen), told + more)


def _score(module: Module, query: Query) -> tuple[float, list[str]]:
    facts, score, reasons = module.facts, 0.0, []
    name_words = words_of(module.name.partition(".")[2] or module.name)
    last_words = words_of(module.name.rpartition(".")[2])
    inner = Counter(
        word for qual in (*facts.classes, *facts.functions) for word in set(words_of(qual))
    )
    prose = set(words_of(f"{facts.docstring}\n{_docstrings(module)}\n{facts.comments}"))
    for word, weight in _weighted(query):
        where = ""
        if word in last_words:
            score, where = score + 6 * weight, "its name"
        elif word in name_words:
            score, where = score + 4 * weight, "its package's name"
        elif inner[word]:
            score += (1.2 + min(inner[word], 6) * 0.4) * weight
            where = f"{inner[word]} of its functions and classes"
        elif word in prose:
            score, where = score + 0.8 * weight, "its docstrings or comments"
        if where:
            reasons.append(f"“{word}” in {where}")
    text = f"{facts.docstring}\n{_docstrings(module)}\n{facts.comments}" if query.unknown else ""
    for word in query.unknown:
        if word in text:
            score += 3
            reasons.append(f"“{word}” in its docstrings or comments")
    return score, reasons


def _weighted(query: Query) -> list[tuple[str, float]]:
    weights: dict[str, float] = {}
    for word in query.said:
        weights[stem(word)] = 1.0
    for word in query.kindred:
        weights.setdefault(stem(word), 0.7 if query.said else 0.9)
    return list(weights.items())


def _docstrings(module: Module) -> str:
    facts = module.facts
    texts = [one.docstring for one in facts.classes.values()]
    texts += [one.docstring for one in facts.functions.values()]
    return "\n".join(texts)[:20_000]


def _offer(modules: list[Module]) -> str:
    names = [one.name for one in modules if not one.name.rpartition(".")[2].startswith("_")]
    shown = ", ".join(names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"There are: {shown}{more}." if names else "No modules were found."

"""Matches what a person typed, in any language, to modules of the target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from itc_tui.engines.builtin.map.glossary import CHINESE, CHINESE_NOISE, IGNORED, KINDRED
from itc_tui.engines.builtin.map.source_index import Module, SourceIndex

ENOUGH = 2.0
"""A match in a docstring alone does not choose a module; one in a name does."""
SHARE_OF_BEST = 0.5
KINDRED_WEIGHT = 0.8
VERBATIM = 3.0
LONGEST_NOISE = sorted(CHINESE_NOISE, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """The modules that a description means, and why; none when nothing matched."""

    modules: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that was named, and what code may call it."""

    said: str
    words: tuple[tuple[str, float], ...] = ()
    """English words, each with how surely it means the same."""


def choose_modules(
    index: SourceIndex, topic: str, given: Iterable[str] = (), project: Iterable[str] = ()
) -> Choice:
    """Of a project that goes by these names."""
    modules = [index.modules[name] for name in index.own_modules]
    wanted = [name for name in given if name]
    if wanted:
        return _given(modules, wanted)
    exact = _named_exactly(modules, topic)
    if not exact and _plain(topic) in map(_plain, project):
        exact = index.own_modules
    if exact:
        return Choice(tuple(exact), f"“{topic.strip()}” is the name of what was chosen.")
    if _is_missing_name(index, topic.strip()):
        return Choice((), f"No module is named “{topic.strip()}”. {_offer(modules)}")
    concepts = read_concepts(topic)
    return _best(modules, topic, concepts) if concepts else _whole(modules, topic)


def read_concepts(topic: str) -> list[Concept]:
    """What is left of a description without the words that only say that it is to be tested."""
    found = []
    rest = topic
    for noise in (term for term in LONGEST_NOISE if len(term) > 1):
        rest = rest.replace(noise, " ")
    for term in sorted(CHINESE, key=len, reverse=True):
        if term in rest:
            rest = rest.replace(term, " ")
            found.append(Concept(term, tuple((word, KINDRED_WEIGHT) for word in CHINESE[term])))
    for run in re.findall(r"[^\W\d_]+|\d+", re.sub(r"([a-z])([A-Z])", r"\1 \2", rest)):
        word = run.lower()
        if not word.isascii():
            for noise in LONGEST_NOISE:
                word = word.replace(noise, "")
            if word:
                found.append(Concept(word))
        elif word not in IGNORED and len(word) > 1:
            kindred = ((other, KINDRED_WEIGHT) for other in KINDRED.get(word, ()))
            found.append(Concept(word, ((word, 1.0), *kindred)))
    return list(dict.fromkeys(found))


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


def _is_missing_name(index: SourceIndex, topic: str) -> bool:
    """Written like a module of one of the packages, but there is no such module."""
    parts = re.split(r"[./]", topic)
    return len(parts) > 1 and parts[0] in index.packages and all(map(str.isidentifier, parts))


def _plain(name: str) -> str:
    """As registries compare the names of distributions."""
    return re.sub(r"[-_.]+", "-", name.strip().lower())


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def _whole(modules: list[Module], topic: str) -> Choice:
    names = tuple(one.name for one in modules)
    return Choice(
        names, f"“{topic.strip()}” names nothing in particular, so all modules are meant."
    )


def _best(modules: list[Module], topic: str, concepts: list[Concept]) -> Choice:
    scores: dict[str, float] = {}
    reasons: dict[str, list[str]] = {}
    for module in modules:
        scores[module.name], reasons[module.name] = _score(module, concepts)
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


def _score(module: Module, concepts: list[Concept]) -> tuple[float, list[str]]:
    """For each thing that was named, the best place where the module speaks of it."""
    places = _Places(module)
    score, reasons = 0.0, []
    for concept in concepts:
        found = [places.find(stem(word), weight, word) for word, weight in concept.words]
        if not concept.said.isascii() and concept.said in places.text:
            found.append((VERBATIM, f"“{concept.said}” in its docstrings or comments"))
        height, reason = max(found, default=(0.0, ""))
        if height:
            score += height
            reasons.append(reason)
    return score, list(dict.fromkeys(reasons))


class _Places:
    """Where a module may speak of something: its name, what it defines, its prose."""

    def __init__(self, module: Module) -> None:
        facts = module.facts
        self.text = f"{facts.docstring}\n{_docstrings(module)}\n{facts.comments}"
        self._last = words_of(module.name.rpartition(".")[2])
        self._path = words_of(module.name.partition(".")[2])
        names = (*facts.classes, *facts.functions)
        self._inner = Counter(word for name in names for word in set(words_of(name)))
        self._prose = set(words_of(self.text))

    def find(self, word: str, weight: float, said: str) -> tuple[float, str]:
        inner = self._inner[word]
        if word in self._last:
            # What it holds says whether it is about that, or only named so.
            return (6 + min(inner, 10) * 0.1) * weight, f"“{said}” in its name"
        if word in self._path:
            return (4 + min(inner, 10) * 0.1) * weight, f"“{said}” in its package's name"
        if inner:
            return (1.2 + min(inner, 6) * 0.4) * weight, f"“{said}” in {inner} of its names"
        if word in self._prose:
            return 0.8 * weight, f"“{said}” in its docstrings or comments"
        return 0.0, ""


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

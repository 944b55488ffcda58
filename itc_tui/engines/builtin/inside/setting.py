"""Sets variables and writes files that a trial asked for and did not find, to what may fit."""

from __future__ import annotations

import ast
import random
import re
from typing import Any, Dict, List, Optional, Sequence, Tuple

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.trials import Trial

_SET = 0.6
"""Of the programs that miss a variable, so many get one; the others show what happens without."""
_MOST = 3
"""Variables that one program is given: no reader follows more."""
_WRITTEN = 0.4
"""The same of those that look for a file where they run."""
_AS_OFTEN = 3
"""Documented variables are as likely in a file as so many samples of the documents."""
_AS_SHOWN, _AS_CALLED = 0.6, 0.75
_NAMED = 0.7
"""Of the variables that nobody speaks of, so many are asked for by a name that documents set."""
_SHORT = 300
_SAMPLES = ("42", "tea", "true", "1,2,3", "a=1,b=2", "", "shelf/tea.txt", "-1", "0")
_FITTING = (
    ("datetime|moment|timestamp", "2024-02-29T12:30:00"),
    ("timedelta|duration|interval", "90"),
    ("date|day", "2024-02-29"),
    ("time", "12:30:00"),
    ("uuid|guid", "123e4567-e89b-12d3-a456-426614174000"),
    ("json", '{"a": 1, "b": [2, 3]}'),
    ("dict|mapping|map|headers", "a=1,b=2"),
    ("list|tuple|set|array|hosts|names|items|csv", "1,2,3"),
    ("bool|boolean|flag|enable|enabled|debug|is|has|use|verbose", "true"),
    ("decimal|price|amount", "12.50"),
    ("float|ratio|rate|factor", "1.5"),
    ("int|integer|number|port|count|max|min|size|ttl|timeout|seconds|year|limit", "42"),
    ("url|uri|dsn|link|endpoint|address", "https://example.com/tea?cups=2"),
    ("email|mail", "ann@example.com"),
    ("level|log|logging", "INFO"),
    ("path|file|folder|dir|directory", "shelf/tea.txt"),
    ("str|string|text|name|user", "tea"),
)
"""Words of whoever asks, or of the variable → a value of that kind."""


class Setting:
    def __init__(
        self, shown: Dict[str, List[str]], rng: random.Random, texts: Sequence[str] = ()
    ) -> None:
        """`shown`: name → values in the target's documents and tests; `texts`: what a file may
        hold."""
        self._shown, self._rng = shown, rng
        self._names = sorted(name for name in shown if name.isupper())
        self._any = sorted({value for values in shown.values() for value in values})
        pairs = ["%s=%s\n" % (name, values[0]) for name, values in shown.items() if values]
        self._texts = [*texts, *(["".join(pairs)] * _AS_OFTEN if pairs else [])]

    def given(self, trial: Trial, focus: str) -> Optional[Program]:
        """The program with one thing more of what it missed; None where it missed nothing, or by
        chance."""
        return self._with_file(trial, focus) or self._with_variable(trial, focus)

    def _with_file(self, trial: Trial, focus: str) -> Optional[Program]:
        steps = trial.program.steps
        ours = [step.code for step in steps if ".write_text(" in step.code]
        names = [one for one in sorted(trial.looked_for) if not any(repr(one) in c for c in ours)]
        is_as_shown = focus.startswith("given:")
        if not (names and self._texts) or ours or is_as_shown or self._rng.random() > _WRITTEN:
            return None
        text = self._rng.choice(self._texts)
        code = "(tmp_path / %r).write_text(%r, encoding='utf-8')" % (self._rng.choice(names), text)
        return trial.program._replace(steps=(Step("", code), *steps)).in_order()

    def _with_variable(self, trial: Trial, focus: str) -> Optional[Program]:
        have = {step.setting for step in trial.program.steps if step.setting}
        missing = sorted(trial.asked.missing - have)
        is_as_shown = focus.startswith("given:")  # the document says what is set there
        if not missing or is_as_shown or len(have) >= _MOST or self._rng.random() > _SET:
            return None
        name = self._rng.choice([one for one in missing if one in self._shown] or missing)
        program = trial.program
        if name not in self._shown and self._names and self._rng.random() < _NAMED:
            program, name = asking_for(program, name, self._rng.choice(self._names))
        if name in have:
            return None
        step = Step("", "monkeypatch.setenv(%r, %r)" % (name, self._value(name, focus)))
        return program.set_to([step])

    def _value(self, name: str, focus: str) -> str:
        shown = self._shown.get(name)
        if shown and self._rng.random() < _AS_SHOWN:
            return self._rng.choice(shown)
        fitting = fitting_value(re.split(r"[:.]", focus)[-1]) or fitting_value(name)
        if fitting and self._rng.random() < _AS_CALLED:
            return fitting
        return self._rng.choice([*_SAMPLES, *self._any])


def asking_for(program: Program, name: str, other: str) -> Tuple[Program, str]:
    """The program with another name in place of the text that it made the name of, and that name.

    A made-up name tells a reader nothing; one that the target's documents set does.
    """
    last = program.steps[-1]
    texts = [text for text in _texts_in(last.code) if text in name]
    if not texts:
        return program, name
    before, text, after = name.partition(max(texts, key=len))
    word = other[len(before) :] if before and other.startswith(before) else other
    code = last.code.replace(repr(text), repr(word))
    steps = (*program.steps[:-1], last._replace(code=code))
    return program._replace(steps=steps), before + word + after


def _texts_in(code: str) -> List[str]:
    try:
        nodes = list(ast.walk(ast.parse(code.strip())))
    except SyntaxError:
        return []
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return [value for value in values if isinstance(value, str) and value]


def fitting_value(name: str) -> str:
    """By the last of its words that says what it is; empty where none does."""
    for word in reversed(re.findall(r"[a-z]+", name.lower())):
        for words, value in _FITTING:
            if re.fullmatch(words, word):
                return value
    return ""


def setting_of(order: Dict[str, Any], rng: random.Random) -> Setting:
    texts = [text for text in order.get("texts", ()) if len(text) <= _SHORT]
    return Setting(order.get("variables", {}), rng, texts)

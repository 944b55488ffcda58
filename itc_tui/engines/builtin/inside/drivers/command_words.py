"""Composes the words of a command line from what the command declares, well formed or wrong."""

from __future__ import annotations

import re
from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.drivers.command_spec import CommandSpec, Word
from itc_tui.engines.builtin.inside.kinds import BY_NAME
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh

_SAMPLES = {
    ".json": '{"name": "tea", "count": 2}\n',
    ".csv": "name,count\ntea,2\nmilk,1\n",
    ".toml": '[tool]\nname = "tea"\n',
    ".yaml": "name: tea\ncount: 2\n",
    ".yml": "name: tea\ncount: 2\n",
    ".xml": "<order><item>tea</item></order>\n",
    ".html": "<html><body><p>tea</p></body></html>\n",
    ".md": "# Tea\n\nTwo cups, *hot*.\n",
    ".ini": "[tea]\ncups = 2\n",
    ".py": "def brew(cups):\n    return cups * 2\n",
    ".txt": "tea 2\nmilk 1\n",
}
_AS_SHOWN = 0.5
_CLEAN = re.compile(r"\w[\w .@]{1,24}")


Shared = Dict[Tuple[str, int], str]
"""Option or operand, and its place → what an earlier line gave it."""


class Wrong(NamedTuple):
    """One way to break the rules of a command."""

    kind: str
    """missing, choice, number or option."""
    word: Word


class Line:
    """A command line in the making, with the files that it speaks of."""

    def __init__(self, maker: Arguments, module: str, shared: Optional[Shared]) -> None:
        self._maker, self._module = maker, module
        self.program = Program()
        self.parts: List[str] = []
        """Python for each word."""
        self._shared = shared if shared is not None else {}

    def add(self, spec: CommandSpec, wrong: Optional[Wrong] = None) -> None:
        rng = self._maker.rng
        options = [word for word in spec.words if not word.is_operand]
        free = [word for word in options if not word.required]
        some = rng.sample(free, min(len(free), rng.choice((0, 0, 1, 1, 2))))
        for word in options:
            if wrong is not None and wrong.word is word:
                self._add_wrong(wrong)
            elif word.required or word in some:
                for _ in range(self._maker.rng.choice((1, 1, 2)) if word.is_repeated else 1):
                    self._add(word)
        for word in spec.words:
            if not word.is_operand:
                continue
            if wrong is not None and wrong.word is word:
                self._add_wrong(wrong)
                if wrong.kind == "missing":
                    return
            elif word.required or self._maker.rng.random() < 0.6:
                self._add(word)
            else:
                return
        if wrong is not None and wrong.kind == "option":
            self.parts.append(repr("--no-such-option"))

    def lead(
        self,
        label: str,
        path: Sequence[str],
        specs: Sequence[CommandSpec],
        wrong: Optional[Wrong] = None,
    ) -> "Line":
        """All the words for the command at the end of `path`, or some that it has to refuse."""
        if wrong is None and self._quotes((label, *path)):
            return self
        for place, spec in enumerate(specs):
            self.add(spec, wrong if spec is specs[-1] else None)
            if place < len(path):
                self.parts.append(repr(path[place]))
        return self

    def _quotes(self, spoken: Sequence[str]) -> bool:
        """Take a line for this command as a document shows it; false where there is none."""
        words, rng = self._maker.words, self._maker.rng
        shown = words.after(spoken)
        # Each once before anything is made up: nothing is known to be better.
        unsaid = [line for line in shown if tuple(line) not in words.quoted]
        if not shown or not (unsaid or rng.random() <= _AS_SHOWN):
            return False
        line = rng.choice(unsaid or shown)
        words.quoted.add(tuple(line))
        self.parts.extend(map(repr, line))
        return True

    def _add(self, word: Word) -> None:
        if word.is_flag:
            self.parts.append(repr(self._maker.rng.choice(word.flags)))
            return
        if word.flags:
            self.parts.append(repr(word.flag))
        for place in range(self._maker.rng.randint(word.fewest, max(word.fewest, word.most))):
            self.parts.append(self._value(word, place))

    def _add_wrong(self, wrong: Wrong) -> None:
        if wrong.kind == "missing":
            return
        if wrong.word.flags:
            self.parts.append(repr(wrong.word.flag))
        values = {"choice": "no-such-choice", "number": "many"}
        self.parts.append(repr(values[wrong.kind]))

    def _value(self, word: Word, place: int) -> str:
        rng = self._maker.rng
        known = self._shared.get((word.name, place))
        if known is not None and rng.random() < 0.8:
            return known
        named = word._replace(name="%s_%d" % (word.name, place + 1)) if place else word
        code = self._fresh_value(named)
        self._shared[(word.name, place)] = code
        return code

    def _fresh_value(self, word: Word) -> str:
        rng = self._maker.rng
        if word.choices:
            return repr(rng.choice(word.choices))
        if word.kind == "int":
            low, high = int(word.low), int(word.high)
            return repr(str(rng.choice([n for n in (low, 1, 2, 3, 10, high) if low <= n <= high])))
        if word.kind == "float":
            return repr(str(rng.choice((word.low, (word.low + word.high) / 4, word.high))))
        if word.kind == "datetime":
            return repr(word.format or "2024-02-29")
        if word.kind == "uuid":
            return repr("12345678-1234-5678-1234-567812345678")
        if word.kind == "bool":
            return repr(rng.choice(("true", "false")))
        if word.kind in ("path", "file", "dir"):
            return self._path(word)
        return self._text(word)

    def _text(self, word: Word) -> str:
        """Free text: its name often says of what kind."""
        tag = tag_of(word.name)
        if tag in ("path", "dir"):
            return self._path(word._replace(kind=tag))
        if tag == "int" and self._maker.rng.random() < 0.7:
            return repr(str(self._maker.rng.choice((1, 2, 3, 10))))
        rng, words = self._maker.rng, self._maker.words
        clean = [word for word in words.near(self._module) if _CLEAN.fullmatch(word)]
        if rng.random() < 0.8:
            return repr(rng.choice([*rng.sample(clean, min(3, len(clean))), "tea", "green tea"]))
        text = re.sub(r"[\x00\n\r]+", " ", words.one(self._module).strip())[:60].lstrip("-")
        return repr(text or "tea")

    def _path(self, word: Word) -> str:
        rng = self._maker.rng
        if word.kind == "dir" and (word.must_exist or rng.random() < 0.7):
            return "str(tmp_path)"
        suffix = self._suffix()
        if not word.must_exist and rng.random() < 0.4:
            return "str(tmp_path / %r)" % (_file_name(word) + suffix)
        name = fresh("path")
        sample = _SAMPLES[suffix]
        texts = self._maker.words.texts
        if texts and rng.random() < 0.5:
            sample = rng.choice(texts)
        steps = (
            Step(name, "tmp_path / %r" % (_file_name(word) + suffix)),
            Step("", "%s.write_text(%r, encoding='utf-8')" % (name, sample)),
        )
        self.program = self.program.beside(Program((), steps)) or self.program
        return "str(%s)" % name

    def _suffix(self) -> str:
        """One that the module speaks of, as far as there is a sample of its kind."""
        spoken = self._maker.words.near(self._module)
        known = [suffix for suffix in _SAMPLES if any(suffix in word for word in spoken)]
        if known and self._maker.rng.random() < 0.7:
            return self._maker.rng.choice(known)
        return self._maker.rng.choice((".txt", ".txt", ".json"))


def wrongs_of(spec: CommandSpec) -> List[Wrong]:
    """The ways in which a line for this command can break what it declares."""
    found = []
    for place, word in enumerate(spec.words):
        later = [one for one in spec.words[place + 1 :] if one.is_operand]
        if word.required and not word.is_flag and not (word.is_operand and later):
            found.append(Wrong("missing", word))
        if word.choices and word.most == 1:
            found.append(Wrong("choice", word))
        elif word.kind in ("int", "float") and word.most == 1:
            found.append(Wrong("number", word))
    return found


def mention_of(wrong: Wrong) -> Tuple[str, ...]:
    """How a complaint may name the word: all of these are usual."""
    word = wrong.word
    return (word.flag,) if word.flags else (word.name, word.name.upper())


def _file_name(word: Word) -> str:
    """Files of one command are told apart by what they are to it."""
    return re.sub(r"\W+", "-", word.name).strip("-_") or "input"


def tag_of(name: str) -> str:
    for pattern, tag in BY_NAME:
        if re.search(pattern, name.lower()):
            return tag
    return "str"

"""Commands as documents show them: `$ teashop add "green tea" --count 2`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from itc_tui.engines.builtin.evidence.snippets import blocks_of

_SHELLS = frozenset({"bash", "sh", "shell", "zsh", "console", "shell-session", "terminal"})
_PROMPT = re.compile(r"^\s*[$%]\s+(.*)$")
_TOOL = re.compile(r"[A-Za-z][\w.-]*")
_UNSTEADY = re.compile(r"[$`*~\\{}]|^/|(?:^|/)\.\.(?:/|$)|\.\.\.|…|^<|^\[")
"""Words that a shell would change, that lie elsewhere, or that stand for others."""
_ENDS = re.compile(r"[();<>|&]+")
_LONGEST = 12


_TO_DEVELOP = re.compile(
    r"(?m)^\s*(?:[$%] |sudo |(?:\.?\w*venv/bin/)?(?:pip3?|python3?|pytest|tox|ruff|uv|poetry) "
    r"|git |cd |make |source |apt(?:-get)? |brew |npm |conda )"
)


def is_for_a_shell(body: str) -> bool:
    """A block that says no language, and what somebody is to type to install or to develop."""
    return _TO_DEVELOP.search(body) is not None


def shell_lines(text: str) -> Iterator[list[str]]:
    """Tool and words of each command in a document's shell blocks, as its shell would see them."""
    for language, body, _ in blocks_of(text):
        lines = body.replace("\\\n", " ").splitlines()
        prompted = [match[1] for line in lines if (match := _PROMPT.match(line))]
        # Where there are prompts, the rest is output; a block of no language may be anything.
        for line in prompted or (lines if language in _SHELLS else ()):
            words = _words(line)
            if 1 < len(words) <= _LONGEST and _TOOL.fullmatch(words[0]):
                yield words


def _words(line: str) -> list[str]:
    """Up to the first pipe or redirection; nothing where the line means more than it says."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    try:
        for word in lexer:
            if _ENDS.fullmatch(word):
                return [] if "<" in word or "(" in word else words
            words.append(word)
    except ValueError:  # a quote that is not closed
        return []
    if words[:2] and words[0].startswith("python") and words[1:2] == ["-m"]:
        words = [part.rpartition(".")[2] for part in words[2:3]] + words[3:]
    return [] if any(_UNSTEADY.search(word) for word in words) else words

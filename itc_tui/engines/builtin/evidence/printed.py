"""What a document shows that code prints: the block below it, where the words between say so."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from itc_tui.engines.builtin.evidence.sections import Block

_CUE = re.compile(
    r"(?i).*\b(?:outputs?|gives?|gets? us|prints?|printed|produces?|results?|displays?|shows?"
    r"|(?:you(?:'ll| will)?|to) (?:see|get))\b[^.]*:{1,2}|\W*output\W*"
)
_PROMPT = re.compile(r"[$%] ")
_OTHER_CODE = frozenset({"python", "py", "python3", "pycon", "bash", "sh", "toml", "yaml", "ini"})
_FENCE = re.compile(r"\s*(?:```|~~~|\.\. )")
_NEAR = 3
"""Lines with words between the two blocks."""


def printed_after(block: Block, blocks: Sequence[Block], lines: Sequence[str]) -> str:
    """Empty where nothing is shown."""
    _, body, at = block
    below = min((one for one in blocks if one[2] > at), key=lambda one: one[2], default=None)
    if below is None or below[0] in _OTHER_CODE or ">>>" in below[1] or "print(" not in body:
        return ""
    end = at + body.rstrip("\n").count("\n") + 1
    words = [line for line in lines[end : below[2]] if line.strip() and not _FENCE.match(line)]
    # A literal block may say it in the line that opens it.
    if not words or len(words) > _NEAR or _CUE.fullmatch(words[-1].strip()) is None:
        return ""
    return "\n".join(line for line in below[1].splitlines() if not _PROMPT.match(line)).strip("\n")


def is_among(text: str, printed: str) -> bool:
    """These lines stand there one after the other; ends of lines aside."""
    own, all_of_it = _rows(text), _rows(printed)
    ends = range(len(own), len(all_of_it) + 1)
    return bool(own) and any(all_of_it[end - len(own) : end] == own for end in ends)


def _rows(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def rows_printed(loop: ast.For) -> str:
    """What `for one in found: print(one.name, one.size)` is about, as a value."""
    match loop:
        case ast.For(
            body=[ast.Expr(ast.Call(ast.Name("print"), [_, *_] as printed, []))], orelse=[]
        ) if not any(isinstance(one, ast.Starred) for one in printed):
            row = printed[0] if len(printed) == 1 else ast.Tuple(printed, ast.Load())
            each = ast.comprehension(loop.target, loop.iter, [], 0)
            return ast.unparse(ast.ListComp(row, [each]))
    return ""

"""A file is understood or refused with a reason, whatever is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itc_tui.engines.builtin.map.facts import from_plain, rows_of, to_plain
from itc_tui.engines.builtin.map.reading import Unreadable, read_module
from tests.engines.builtin.map.shops import indexed


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"def f(:\n", "line 1"),
        (b"x = 1\0\n", "NUL"),
        (b"# -*- coding: klingon -*-\n", "decoded"),
        ("x = 'é'\n".encode("latin-1"), "decoded"),
        (b"x = " + b"(" * 5_000 + b")" * 5_000, "."),
        (b"x = " + b"-" * 50_000 + b"1", "."),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_module(content, "m", False)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfdef f(): pass\n",
        b"# -*- coding: latin-1 -*-\ndef f(): return '\xe9'\n",
        b"def f():\r\n    pass\r\n",
        b"def f():\r    pass\r",
        b"\x0cdef f(): pass\n",
        "def f(): return 'é' + '测试'\n".encode(),
    ],
)
def test_any_encoding_and_line_ending_that_python_reads_is_read(content: bytes) -> None:
    assert "f" in read_module(content, "m", False).functions


def test_an_empty_file_is_a_module() -> None:
    assert read_module(b"", "m", True).functions == {}


def test_very_deep_expressions_cost_detail_not_the_file() -> None:
    chain = "x = a" + ".b()" * 400 + "\ndef f(): pass\n"
    assert "f" in read_module(chain.encode(), "m", False).functions


def test_facts_survive_the_cache() -> None:
    source = (
        Path(__file__).read_bytes()
        + b"""
class Point:
    x: int = 0
    def move(self, by: int = 1, *more, keyword: str = 'k', **rest) -> 'Point':
        self.x += by
        raise ValueError(by)
"""
    )
    facts = read_module(source, "m", False)
    again = from_plain(json.loads(json.dumps(to_plain(facts))))
    rows_of(again)
    assert again == facts


def test_a_signature_is_written_as_the_person_wrote_it() -> None:
    text = (
        b"async def f(a, /, b: int = 1, *c, d='x', e: 'Map[str,\\n  int]', **g) -> list[int]: ..."
    )
    text = text.replace(b"\\n", b" ")
    signature = read_module(text, "m", False).functions["f"].signature
    assert signature == ("f(a, /, b: int = 1, *c, d='x', e: 'Map[str, int]', **g) -> list[int]")


def test_a_function_says_what_it_raises_and_how_many_paths_it_has() -> None:
    function = read_module(
        b"""
def f(x):
    if x and x > 1:
        raise errors.TooMuch(x)
    for _ in x:
        try:
            g()
        except OSError as error:
            raise ValueError from error
    raise
""",
        "m",
        False,
    ).functions["f"]
    assert function.raises == ["errors.TooMuch", "ValueError"]
    assert function.complexity == 5


def test_unreadable_files_are_listed_and_the_others_mapped(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/good.py": "def f(): pass\n",
            "shop/newer.py": "def f[T](x: T) -> T: return x\nthis is no python\n",
            "shop/zero.py": b"x = 1\0",
            "shop/huge.py": b"x = 1\n" * 400_000,
        },
    )
    assert set(index.modules) == {"shop", "shop.good"}
    assert [line.partition(":")[0] for line in sorted(index.unreadable)] == [
        "shop/huge.py",
        "shop/newer.py",
        "shop/zero.py",
    ]

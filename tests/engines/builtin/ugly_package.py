"""A package in which every module has something that trips tools up, and one that is plain."""

from __future__ import annotations

import os
import textwrap
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

COMPILED = f"compiled{EXTENSION_SUFFIXES[0]}"

#: Module → its source. All that is callable goes through `plain`, so that boundaries are crossed.
MODULES = {
    "__init__": "from ugly.plain import *\n",
    "plain": """
        __all__ = ["join", "count"]

        def join(words, sep="-"):
            if not words:
                raise ValueError("nothing to join")
            return sep.join(str(word) for word in words)

        def count(text):
            return len(text.split("-"))
        """,
    "starred": """
        from ugly import *

        def joined(words):
            return join(words) + "!"
        """,
    "circle_one": """
        import ugly.circle_two

        def there(words):
            return ugly.circle_two.back(words)
        """,
    "circle_two": """
        import ugly.circle_one
        from ugly.plain import join

        def back(words):
            return join(words)
        """,
    "conditional": """
        import sys

        try:
            import a_package_that_nobody_has as fast
        except ImportError:
            fast = None

        if sys.platform == "a platform that nobody has":
            from ugly.nowhere import join as glue
        else:
            from ugly.plain import join as glue

        def glued(words):
            return fast.join(words) if fast else glue(words)
        """,
    "lazy": """
        def __getattr__(name):
            if name == "late":
                from ugly.plain import count
                return count
            raise AttributeError(name)

        def counted(text):
            from ugly import lazy
            return lazy.late(text)
        """,
    "refusing": """
        from ugly.plain import join

        class Unconfigured:
            def __getattribute__(self, name):
                raise RuntimeError("nobody configured me yet")

        settings = Unconfigured()
        rows = [["a", 1], ["b", 2]]
        known = {"open": Unconfigured(), "shut": rows}

        def looked_up(word):
            return join([word, word in known])
        """,
    "hidden": """
        from ugly.plain import join

        def logged(function):
            def inner(*args, **kwargs):
                return function(*args, **kwargs)
            return inner

        @logged
        def shouted(words):
            return join(words).upper()
        """,
    "native": """
        import array
        import zlib
        from _struct import pack

        from ugly.plain import join

        checksum = zlib.crc32

        def packed(words):
            return pack("<I", checksum(join(words).encode()))
        """,
    "effects": """
        import atexit, os, threading, time
        print("hello from the import")
        open("left-behind.txt", "w").write("x")
        os.environ["UGLY"] = "1"
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        atexit.register(print, "bye")
        from ugly.plain import join

        def effected(words):
            return join(words, sep="+")
        """,
    "exits": "import sys\nfrom ugly.plain import join\nsys.exit(3)\n",
    "endless": "from ugly.plain import join\nwhile True:\n    pass\n",
    "asking": "from ugly.plain import join\nname = input('who are you? ')\n",
    "broken": "def f(:\n",
    "calls": """
        import sys, threading, time
        from ugly.plain import join

        def forever(words):
            while True:
                join(words or "x")

        def asks(words):
            return join([input("which? "), *words])

        def leaves_a_thread(words):
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
            return join(words)

        def deeper(words):
            return deeper([join(words or "x")])

        def ends(words):
            sys.exit(join(words))

        def well(words):
            return join(words, sep=" ")
        """,
    "matching": """
        from ugly.plain import join

        def told(value):
            match value:
                case {"words": [first, *rest]}:
                    return join([first, *rest])
                case [x, y] if x == y:
                    return join([x])
                case _:
                    return "nothing"

        def grouped(words):
            try:
                raise ExceptionGroup("all", [ValueError(join(words))])
            except* ValueError as group:
                return_value = len(group.exceptions)
            return return_value
        """,
    "newer": """
        from ugly.plain import join

        type Words = list[str]

        def first[T](items: list[T]) -> T:
            return items[0]

        def told(words: Words) -> str:
            return f"{join([f"{word}" for word in words])}"
        """,
    "leaving": """
        import os

        os._exit(0)
        """,
    "metaclass": """
        from ugly.plain import join

        class Answering(type):
            __hash__ = None

            def __getattr__(cls, name):
                raise KeyError(name)

            def __eq__(cls, other):
                raise ValueError("no class is like another")

        class Odd(metaclass=Answering):
            def __init__(self, words):
                self.words = words

        def odd(words):
            return join(Odd(words).words)
        """,
    "mirrors": """
        from ugly.plain import join

        class Mirror:
            def __getattribute__(self, name):
                return self

            def __call__(self, *arguments):
                return self

        def mirrored(words):
            join(words)
            return Mirror()
        """,
    "名字": """
        from ugly.plain import join

        def 连接(词语, 分隔="、"):
            return join(词语, 分隔)
        """,
}


JOINING = """\
from ugly.plain import join

def {name}(words):
    return join(words, "{sep}")
"""


def make_ugly_package(root: Path) -> Path:
    package = root / "ugly"
    package.mkdir(parents=True)
    for name, text in MODULES.items():
        (package / f"{name}.py").write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    latin = f"# -*- coding: latin-1 -*-\n{JOINING.format(name='café', sep='é')}"
    (package / "latin.py").write_bytes(latin.encode("latin-1"))
    marked = JOINING.format(name="marked", sep="·").replace("\n", "\r\n")
    (package / "marked.py").write_bytes(b"\xef\xbb\xbf" + marked.encode("utf-8"))
    (package / "bytes_only.py").write_bytes(b"name = '\xff\xfe'\n")
    (package / "nul.py").write_bytes(b"x = 1\0\n")
    table = ",\n".join(f"    ({n}, 'entry {n}')" for n in range(40_000))
    huge = f"from ugly.plain import join\nTABLE = [\n{table}\n]\n"
    huge += "\ndef entry(n):\n    return join(TABLE[n])\n"
    (package / "huge.py").write_text(huge, encoding="utf-8")
    nested = "x = " + "(" * 150 + "1" + ")" * 150 + "\n"
    (package / "nested.py").write_text(nested, encoding="utf-8")
    (package / "chained.py").write_text("x = " + "1 + " * 20_000 + "1\n", encoding="utf-8")
    branches = "".join(f"    elif n == {n}:\n        return join([n])\n" for n in range(1, 990))
    branching = f"def chosen(n):\n    if n == 0:\n        return join([])\n{branches}"
    summed = "LONG = " + " + ".join(f"'{n}'" for n in range(600))
    text = f"from ugly.plain import join\n\n{summed}\n\n{branching}"
    (package / "branching.py").write_text(text, encoding="utf-8")
    (package / COMPILED).write_bytes(b"\x7fELF")
    (package / "around").symlink_to(package, target_is_directory=True)
    (root / "itself").symlink_to(root, target_is_directory=True)
    (root / "README.md").write_bytes("See café: `join`\n".encode("latin-1"))
    os.mkfifo(root / "pipe.py")
    return package

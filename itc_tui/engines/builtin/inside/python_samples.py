"""Small Python sources, for packages that read Python: what a linter or a formatter is fed with."""

from __future__ import annotations

import types
from typing import Any, Tuple

from itc_tui.engines.builtin.inside.modules import held_in

_READERS = frozenset(
    ["ast", "tokenize", "symtable", "lib2to3", "libcst", "parso", "astroid", "compiler"]
)

_TEXT = """
x = 1
---
import os
import sys

print(sys.argv)
---
from os import path as p, sep
---
def area(width, height=2):
    return width * height
---
def total(items):
    found = 0
    for item in items:
        found += item
    return found
---
class Shelf(dict):
    '''A shelf.'''

    size = 3

    def take(self, name):
        return self.pop(name, None)
---
try:
    value = int('7')
except (ValueError, TypeError) as error:
    value = None
finally:
    done = True
---
with open('notes.txt') as file:
    lines = [line.strip() for line in file if line]
---
while True:
    if x > 3:
        break
    x += 1
---
import functools

@functools.lru_cache(maxsize=None)
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)
---
async def fetch(url):
    async with session(url) as answer:
        return await answer.text()
---
def gen():
    global count
    count = yield from range(3)
    return lambda a, *b, c=1, **d: a
---
names = {'a': 1, **other}
first, *rest = sorted(names)
assert rest, f'{first!r} only'
---
def broken(:
---
if True:
print('no indent')
"""
SAMPLES: Tuple[str, ...] = tuple(part.strip("\n") + "\n" for part in _TEXT.split("---\n"))


def reads_python(module: types.ModuleType) -> bool:
    return any(_is_reader(thing) for thing in held_in(module).values())


def _is_reader(thing: Any) -> bool:
    name = thing.__name__ if isinstance(thing, types.ModuleType) else ""
    if isinstance(thing, type):
        name = str(getattr(thing, "__module__", ""))
    return name.split(".")[0].lstrip("_") in _READERS

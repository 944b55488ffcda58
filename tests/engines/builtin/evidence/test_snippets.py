"""Examples are found in documents and docstrings, and cut so that each runs alone."""

from __future__ import annotations

from itc_tui.engines.builtin.evidence.snippets import examples_of, pieces_of

README = """\
# Shop

```python
from shop import Store
store = Store()
```

Prose in between, long enough that nobody takes the blocks for one.

```python
store.add("tea", 2)
print(store.total())
```

```json
{"not": "python"}
```
"""


def test_a_later_block_brings_along_what_it_needs_of_an_earlier_one() -> None:
    *_, last = examples_of(list(pieces_of(README, "README.md")), ("shop",))
    assert last.program.imports == ("from shop import Store",)
    assert [step.text.partition(" = ")[2] or step.text for step in last.program.steps] == [
        "Store()",
        "store.add('tea', 2)",
        "str(store.total())",
    ]
    assert last.origin.startswith("README.md:")


def test_a_doctest_says_what_it_wants_to_see() -> None:
    text = (
        ">>> from shop import price\n>>> price(2)\n5\n"
        ">>> price(-1)\nTraceback (most recent call last):\n    ...\nValueError: no\n"
    )
    (example,) = examples_of(list(pieces_of(text, "shop/price.py", 10)), ("shop",))
    assert list(example.wanted.values()) == ["5", "ValueError: no"]
    assert [step.kind for step in example.program.steps] == ["do", "raises"]


def test_examples_that_do_not_use_the_package_are_left_alone() -> None:
    text = "```python\nimport json\njson.loads('1')\n```\n"
    assert list(examples_of(list(pieces_of(text, "README.md")), ("shop",))) == []


def test_text_that_is_not_python_is_passed_over() -> None:
    text = "```python\nthis is not python at all\n```\n\n::\n\n    $ shop --help\n"
    assert list(pieces_of(text, "README.md")) == []


def test_a_rest_block_is_an_example_too() -> None:
    text = "Use it::\n\n    from shop import Store\n    Store().total()\n\nThat is all.\n"
    (example,) = examples_of(list(pieces_of(text, "docs/index.rst")), ("shop",))
    assert example.program.steps[0].code == "Store().total()"


def test_the_end_of_a_markdown_block_is_no_output() -> None:
    text = "```pycon\n>>> from shop import total\n>>> total(2)\n'two'\n```\n"
    (example,) = examples_of(list(pieces_of(text, "README.md")), ("shop",))
    assert list(example.wanted.values()) == ["'two'"]


GAP = "\nProse, and more prose.\n" * 6
GUIDE = f"""
>>> from shop import Store
>>> store = Store()
>>> len(store)
0
{GAP}
>>> @store.listen
... def told(item):
...     pass
{GAP}
>>> len(store)
1
"""


def test_an_example_says_whether_it_takes_up_all_that_came_before() -> None:
    first, *_, last = examples_of(list(pieces_of(GUIDE, "guide.rst")), ("shop",))
    assert first.is_self_contained
    assert not last.is_self_contained

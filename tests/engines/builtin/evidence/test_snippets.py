"""Examples are found in documents and docstrings, and cut so that each runs alone."""

from __future__ import annotations

from itc_tui.engines.builtin.evidence.snippets import blocks_of, examples_of, pieces_of

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
    *_, last = examples_of(list(pieces_of(README, "README.md")))
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
    (example,) = examples_of(list(pieces_of(text, "shop/price.py", 10)))
    assert list(example.wanted.values()) == ["5", "ValueError: no"]
    assert [step.kind for step in example.program.steps] == ["do", "raises"]


def test_a_name_that_is_shown_is_no_second_name_for_the_same() -> None:
    text = ">>> basket = fill()\n>>> basket\nBasket(tea)\n>>> n = 3\n>>> n\n3\n>>> basket\n...\n"
    (example,) = examples_of(list(pieces_of(text, "shop/basket.py")))
    codes = [step.code for step in example.program.steps]
    assert codes == ["fill()", "repr(basket)", "3", "n"]
    assert list(example.wanted.values()) == ["Basket(tea)", "3"]


def test_a_comment_at_a_prompt_says_what_is_given_or_printed() -> None:
    text = ">>> print(due(3))  # 2026-03-02 09:30:00\n>>> is_due(3)  # True\n>>> go(3)  # and on\n"
    (example,) = examples_of(list(pieces_of(text, "README.md")))
    assert list(example.remarks.values()) == ["2026-03-02 09:30:00", "True"]


def test_a_question_to_a_class_is_none_of_the_next_example() -> None:
    first = ">>> from shop import store\n>>> store.is_open(3)  # True\n>>> store.fill()\n"
    text = first + "\nIn between.\n" * 6 + "\n>>> store(4).count()\n1\n"
    _, other = examples_of(list(pieces_of(text, "README.md")))
    assert [step.code for step in other.program.steps] == ["store.fill()", "store(4).count()"]


def test_what_another_block_shows_is_told_by_its_own_example_alone() -> None:
    first = ">>> from shop import Store\n>>> store = Store()\n>>> store.put('tea')\n7\n"
    text = first + "\nIn between.\n" * 6 + "\n>>> store.count()\n1\n"
    one, other = examples_of(list(pieces_of(text, "README.md")))
    assert list(one.wanted.values()) == ["7"]
    assert list(other.wanted.values()) == ["1"]
    assert [step.code for step in other.program.steps][1:] == ["store.put('tea')", "store.count()"]


def test_text_that_is_not_python_is_passed_over() -> None:
    text = "```python\nthis is not python at all\n```\n\n::\n\n    $ shop --help\n"
    assert list(pieces_of(text, "README.md")) == []


def test_a_rest_block_is_an_example_too() -> None:
    text = "Use it::\n\n    from shop import Store\n    Store().total()\n\nThat is all.\n"
    (example,) = examples_of(list(pieces_of(text, "docs/index.rst")))
    assert example.program.steps[0].code == "Store().total()"


def test_the_end_of_a_markdown_block_is_no_output() -> None:
    text = "```pycon\n>>> from shop import total\n>>> total(2)\n'two'\n```\n"
    (example,) = examples_of(list(pieces_of(text, "README.md")))
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
    first, *_, last = examples_of(list(pieces_of(GUIDE, "guide.rst")))
    assert first.is_self_contained
    assert not last.is_self_contained


DECORATED = """
Declare it::

    from shop import register

    @register("tea")
    class Tea:
        grams = 100

>>> Tea.grams
100

And take it::

    if order:
        return Tea()

    tea = Tea()
"""


def test_a_definition_keeps_its_decorators() -> None:
    first, *_ = examples_of(list(pieces_of(DECORATED, "guide.rst")))
    (step,) = first.program.steps
    assert step.code.startswith("@register('tea')\nclass Tea:")
    assert (step.var, step.kind) == ("Tea", "raw")


def test_a_prompt_may_lean_on_a_block_above_it() -> None:
    _, prompt, *_ = examples_of(list(pieces_of(DECORATED, "guide.rst")))
    assert prompt.program.steps[0].var == "Tea"


def test_a_piece_out_of_a_function_is_left_away() -> None:
    *_, last = examples_of(list(pieces_of(DECORATED, "guide.rst")))
    assert [step.var for step in last.program.steps] == ["Tea", "tea"]


RENAMED = """\
```python
from shop import Store
store = Store("old")
store.add("tea", 2)
Store.shelve("tea")
```

```python
store = Store("new")
store.total()
```
"""


def test_what_a_name_stood_for_before_is_not_brought_along() -> None:
    *_, last = examples_of(list(pieces_of(RENAMED, "README.md")))
    assert [step.code for step in last.program.steps] == ["Store('new')", "store.total()"]


def test_each_imported_name_is_a_line_of_its_own() -> None:
    text = "```python\nfrom shop import Store, Tea as T\nStore(T)\n```\n"
    (example,) = examples_of(list(pieces_of(text, "README.md")))
    assert example.program.imports == ("from shop import Store", "from shop import Tea as T")


def test_a_statement_that_catches_errors_is_left_out_and_nobody_is_accused() -> None:
    """A test would hide what it catches; and without it, what follows may have lost its cause."""
    text = """
    >>> from shop import Merger
    >>> merger = Merger({})
    >>> try:
    ...     merger.run()
    ... except KeyError:
    ...     merger.go_on()
    >>> merger.rows
    [1]
    """
    (example,) = examples_of(list(pieces_of(text, "shop.py")))
    assert [step.code for step in example.program.steps] == ["Merger({})", "merger.rows"]
    assert not example.is_self_contained


def test_what_sphinx_runs_is_an_example_with_its_setup() -> None:
    text = (
        ".. testsetup:: *\n\n   from shop import Store\n\n"
        "Prose.\n\n.. testcode:: stores\n\n   store = Store()\n\n"
        "More prose.\n\n.. ipython:: python\n   :okexcept:\n\n   store.total()\n\nThat is all.\n"
    )
    *_, last = examples_of(list(pieces_of(text, "docs/index.rst")))
    assert last.program.imports == ("from shop import Store",)
    assert [step.code for step in last.program.steps] == ["Store()", "store.total()"]


def test_making_something_of_a_package_does_not_change_the_package() -> None:
    text = (
        ">>> import shop\n>>> shop.Order('tea')\n<Order tea>\n\n"
        f"{GAP}\n>>> shop.Store().total()\n0\n"
    )
    *_, last = examples_of(list(pieces_of(text, "README.rst")))
    assert [step.code for step in last.program.steps] == ["shop.Store().total()"]


def test_a_note_is_prose_and_no_sample() -> None:
    note = ".. note::\n\n   Ask nicely.\n\n.. toctree::\n\n   guide.rst\n\n"
    inner = "   .. note::\n\n      Ask.\n\n   It holds::\n\n      tea=3\n\n"
    text = f"{note}It holds::\n\n   tea=2\n\n.. function:: brew(tea)\n\n{inner}That is all.\n"
    assert [body.strip() for _, body, _ in blocks_of(text)] == ["tea=2", "tea=3"]


def test_what_a_function_binds_for_itself_is_nothing_to_lean_on() -> None:
    text = (
        ">>> from shop import Store, pick\n>>> class Own(Store):\n...     def take(self):\n"
        "...         key, value = super().take()\n...         return key\n>>> Own().take()\n1\n"
        f"{GAP}\n>>> pick(key=lambda key: key)\n2\n"
    )
    *_, last = examples_of(list(pieces_of(text, "README.rst")))
    assert [step.code for step in last.program.steps] == ["pick(key=lambda key: key)"]


def test_a_fence_that_is_never_closed_hides_no_block_after_it() -> None:
    text = "~~~\nnever closed\n\n```python\nx = 1\n```\n\n  ```\n  indented\n  ```  \n"
    assert list(blocks_of(text)) == [("python", "x = 1\n", 4), ("", "indented\n", 8)]


def test_a_piece_far_down_still_takes_its_imports_from_the_top() -> None:
    between = "".join(f"```python\nother_{n} = {n}\n```\n" for n in range(500))
    text = (
        "```python\nfrom shop import Store\n```\n" + between + "```python\nStore().total()\n```\n"
    )
    *_, last = examples_of(list(pieces_of(text, "README.md")))
    assert last.program.imports == ("from shop import Store",)
    assert [step.code for step in last.program.steps] == ["Store().total()"]


def test_how_a_long_block_begins_is_no_example_where_all_of_it_is_one() -> None:
    setup = [f"pm.register({at})" for at in range(11)]
    text = "\n".join(["```python", "pm = shop.Manager()", *setup, "pm.call()  # => 3", "```"])
    (example,) = examples_of(list(pieces_of(text, "README.md")))
    assert [step.code for step in example.program.steps][-1] == "pm.call()"
    assert len(example.program.steps) == 13
    assert list(example.remarks.values()) == ["3"]

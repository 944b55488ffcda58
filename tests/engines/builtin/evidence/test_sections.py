"""What a document sets, and says in comments, is part of its examples."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.evidence.sections import needed_by, plain_heading
from itc_tui.engines.builtin.evidence.snippets import Example, examples_of, pieces_of
from itc_tui.engines.builtin.evidence.variables import setting_steps

README = """
# Shop

```bash
export SHOP_PORT=8000
SHOP_TEA=green shop serve
export OTHER=1
```

```python
from shop import env  # not a heading

port = env.int("PORT")  # => 8000
env.str(
    "TEA"
)
# => 'green'
```

Later:

```python
env.int("PORT")
```

## Prefixes

```python
# export SHOP_PORT=-2

env.int("PORT")
# shop.errors.PortError: -2 is none
env.int("PORT")
```

Rest
====

>>> total(3)
7
"""


def examples() -> list[Example]:
    return list(examples_of(list(pieces_of(README, "README.md"))))


def test_what_stands_before_an_example_in_its_section_is_set_for_it() -> None:
    told = [dict(one.settings) for one in examples()]
    assert told == [
        {"SHOP_PORT": "8000", "SHOP_TEA": "green"},
        {"SHOP_PORT": "8000", "SHOP_TEA": "green"},
        {"SHOP_PORT": "-2", "SHOP_TEA": "green"},
        {},
    ]


def test_a_comment_says_what_a_statement_gives() -> None:
    first, _, third, prompt = examples()
    assert list(first.remarks.values()) == ["8000", "'green'"]
    assert list(third.remarks.values()) == ["shop.errors.PortError: -2 is none"]
    assert list(prompt.wanted.values()) == ["7"]


SETTINGS = (("URL", "http://${HOST}:1"), ("HOST", "sea"), ("TOKEN_FILE", "t"), ("SHOP_PORT", "1"))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("env('URL')", "URL HOST"),
        ("env.str('token')", "TOKEN_FILE"),
        ("Env(prefix='SHOP_')('PORT')", "SHOP_PORT"),
        ("Settings()", "URL HOST TOKEN_FILE SHOP_PORT"),
    ],
)
def test_what_an_example_does_not_speak_of_is_not_set(code: str, names: str) -> None:
    assert " ".join(name for name, _ in needed_by([code], SETTINGS)) == names


SECRET = """
```python
from shop import env

# printf 'my secret' >/run/secrets/password
# export PASSWORD_FILE=/run/secrets/password
# echo "unused" > /run/other

password: str = env.str("PASSWORD")  # => 'my secret'
```
"""


def test_a_file_that_the_shell_writes_is_written_for_the_example() -> None:
    (example,) = examples_of(list(pieces_of(SECRET, "README.md")))
    assert [step.code for step in setting_steps(example.settings)] == [
        "(tmp_path / 'password').write_text('my secret', encoding='utf-8')",
        "monkeypatch.setenv('PASSWORD_FILE', str(tmp_path / 'password'))",
    ]
    assert example.remarks == {"password": "'my secret'"}


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("## Usage", "Usage"),
        ("## 2. `Store.put` and **friends**", "Store.put and friends"),
        ("## [Ranged deletion](#ranged)", "Ranged deletion"),
        ("## \N{ROCKET} Go", "Go"),
        ("## 配置", ""),
        ("## " + "long " * 8, ""),
    ],
)
def test_a_heading_is_told_without_its_markup(words: str, plain: str) -> None:
    assert plain_heading(words) == plain


def test_an_example_knows_its_section_but_for_the_title_of_the_document() -> None:
    text = (
        "Shop\n====\n\n>>> shop(1)\n1\n" + "\nmore\n" * 4 + "\nPrices\n------\n\n"
        ">>> price(2)\n2\n\nSo be it.\n\n.. code-block:: python\n\n    price(3)\n"
    )
    origins = [piece.origin for piece in pieces_of(text, "README.rst")]
    assert origins == ["README.rst:4", "README.rst:18, “Prices”", "README.rst:23, “Prices”"]


ANOTHER = """
```python
# printf 'another' >/run/secrets/password
# export PASSWORD_FILE=/run/secrets/password
env: shop.Env = shop.Env(strip=True)
env.str("PASSWORD")
```
"""


def test_what_is_written_again_is_written_once_and_what_is_named_again_is_made_once() -> None:
    first = SECRET.replace("PASSWORD_FILE", "PASSWORD_SECRET").replace(
        "from shop import env", "import shop\n\nenv: shop.Env = shop.Env()"
    )
    _, example = examples_of(list(pieces_of(first + ANOTHER, "README.md")))
    steps = [step.code for step in setting_steps(example.settings)]
    assert steps[0] == "(tmp_path / 'password').write_text('another', encoding='utf-8')"
    assert sum("write_text" in code for code in steps) == 1
    assert [step.code for step in example.program.steps] == [
        "shop.Env(strip=True)",
        "env.str('PASSWORD')",
    ]

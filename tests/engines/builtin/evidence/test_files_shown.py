"""An example that reads a file gets one, as whoever follows the document would make it."""

from __future__ import annotations

import re

import pytest

from itc_tui.engines.builtin.evidence.files_shown import (
    Sample,
    file_named_above,
    sample_of,
    with_their_files,
)
from itc_tui.engines.builtin.evidence.snippets import Example, examples_of, pieces_of

SHOP = Sample("yaml", "tea: 2\n")
OWN = Sample("yaml", "coffee: 3\n", "conf/shop.yaml")
LOOSE = Sample("", "- milk\n- bread\n")
OTHER = Sample("json", '{"tea": 2}\n')


def example(code: str) -> Example:
    (found,) = examples_of(list(pieces_of(f"```python\n{code}\n```\n", "README.md")))
    return found


def texts(example: Example) -> list[str]:
    return [step.text for step in example.program.steps]


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("n = read(open('shop.yaml'))", ["with open(v_path) as v_file:", "n = read(v_file)"]),
        ("f = open('conf/shop.yaml', 'rb')\nread(f)", ["with open(v_path, 'rb') as f:", "read(f)"]),
        ("n = read(Path('shop.yaml').read_text())", ["n = read(v_path.read_text())"]),
        ("with open('shop.yaml') as f:\n    read(f)", ["with open(v_path) as f:\n    read(f)"]),
    ],
)
def test_the_file_that_an_example_opens_lies_there_and_is_closed(
    code: str, read: list[str]
) -> None:
    (made,), more = with_their_files([example(code)], [OTHER, SHOP])
    path, put, *rest = [re.sub(r"_\d+", "", text) for text in texts(made)]
    assert path == "v_path = tmp_path / 'shop.yaml'"
    assert put == "v_path.write_text('tea: 2\\n', encoding='utf-8')"
    assert [text.removeprefix("v_shown = ") for text in rest] == read
    assert more == []


def test_a_text_that_the_document_calls_so_comes_first_and_others_of_its_kind_behind() -> None:
    (made,), more = with_their_files([example("read(open('shop.yml'))")], [LOOSE, OTHER, SHOP])
    assert "tea: 2" in texts(made)[1]
    assert ["milk" in texts(one)[1] for one in more] == [True]
    (made,), more = with_their_files([example("read(open('shop.yaml'))")], [SHOP, OWN])
    assert "coffee: 3" in texts(made)[1]
    assert len(more) == 1


def test_what_is_shown_of_a_file_that_nobody_shows_is_not_promised() -> None:
    code = "n = count(open('shop.yaml'))  # => 12"
    shown = example(code)
    assert shown.remarks
    (made,), _ = with_their_files([shown], [SHOP])
    assert not made.remarks
    (made,), _ = with_their_files([shown], [OWN])
    assert made.remarks == shown.remarks


def test_a_name_that_is_handed_over_may_be_a_file_to_be_written() -> None:
    shown = example("Store('shop.yaml').load()")
    first, (made,) = with_their_files([shown], [SHOP])
    assert first == [shown]
    assert texts(made)[2].startswith("v_shown")
    assert "Store(str(v_path" in texts(made)[2]


@pytest.mark.parametrize(
    "code",
    [
        "write(open('shop.yaml', 'w'))",
        "write(open('shop.yaml', mode='w'))",
        "compare(open('a.yaml'), open('b.yaml'))",
        "read(open('shop.xml'))",
        "read(open(name))",
        "use('e.g. a.b')",
    ],
)
def test_what_is_written_or_unknown_is_left_as_it_is(code: str) -> None:
    shown = example(code)
    assert with_their_files([shown], [SHOP, OTHER]) == ([shown], [])


@pytest.mark.parametrize(
    ("text", "line", "body", "name"),
    [
        (
            "# A shop\n\nGiven `conf/shop.yaml`:\n\n```yaml\ntea: 2\n```\n",
            5,
            "tea: 2\n",
            "conf/shop.yaml",
        ),
        ("```yaml\n# shop.yaml\ntea: 2\n```\n", 1, "# shop.yaml\ntea: 2\n", "shop.yaml"),
        ("In shop.py:\n\n```yaml\ntea: 2\n```\n", 3, "tea: 2\n", ""),
        ("See shop.yaml.\n\nand\n\nso\n\non\n\n```yaml\ntea: 2\n```\n", 9, "tea: 2\n", ""),
    ],
)
def test_a_block_is_called_as_the_lines_above_it_say(
    text: str, line: int, body: str, name: str
) -> None:
    assert file_named_above(text, line, body) == name


def test_what_a_loop_prints_is_looked_at_as_a_value() -> None:
    shown = example("for one in found(3):\n    print(one.name, one.size)")
    (row,) = texts(shown)
    assert row.endswith("= [(one.name, one.size) for one in found(3)]")


def test_an_example_with_a_text_of_another_place_is_an_example_of_that() -> None:
    text = "Rules\n=====\n\n.. code-block:: yaml\n\n    tea: 2\n\n"
    sample = sample_of(text, "docs/rules.rst:11", ("yaml", "tea: 2\n\n", 4))
    assert sample == Sample("yaml", "tea: 2\n", "", "docs/rules.rst:14")
    (made,), _ = with_their_files([example("read(open('shop.yaml'))")], [sample])
    assert made.origin == "docs/rules.rst:14"

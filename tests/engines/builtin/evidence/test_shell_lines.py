"""Commands that a document shows are taken as they stand, and only where they stand alone."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.evidence.shell_lines import is_for_a_shell, shell_lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```console\n$ tea add 'green tea' --count 2\nadded\n```\n",
         [["tea", "add", "green tea", "--count", "2"]]),
        ("```bash\n# first\ntea add milk  # white\ntea list | sort > out.txt\n```\n",
         [["tea", "add", "milk"], ["tea", "list"]]),
        ("```sh\ntea add \\\n  milk\n```\n", [["tea", "add", "milk"]]),
        ("Run::\n\n    $ python -m shop.tea add milk\n    done\n\nNext", [["tea", "add", "milk"]]),
        ("```\ntea add milk\n```\n", []),
        ("```bash\ntea add $ITEM\ntea read /etc/x\ntea add ...\ntea < in\ntea 'add\n```\n", []),
    ],
    ids=["prompts", "a script", "a line that goes on", "a module", "no language", "means more"],
)  # fmt: skip
def test_a_shell_block_gives_the_words_of_its_commands(text: str, found: list[list[str]]) -> None:
    assert list(shell_lines(text)) == found


@pytest.mark.parametrize(
    "body",
    ["$ pip install shop", "git clone it\ncd shop", ".venv/bin/python -m pytest\n", "  make test"],
)
def test_what_is_typed_to_install_and_develop_is_no_sample_of_what_the_code_reads(
    body: str,
) -> None:
    assert is_for_a_shell(body)


@pytest.mark.parametrize("body", ["body { width: 50% }", "makeup: 1\ngitter: 2", "a.python -m"])
def test_other_blocks_are(body: str) -> None:
    assert not is_for_a_shell(body)

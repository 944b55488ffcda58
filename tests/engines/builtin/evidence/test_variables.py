"""What documents and tests set environment variables to."""

from __future__ import annotations

import ast

import pytest

from itc_tui.engines.builtin.evidence.variables import note_settings, set_by_code, settings_in


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        (
            "sh",
            "export PORT=8000\nTEA='green tea' MILK=1 shop serve\n",
            "PORT=8000|TEA=green tea|MILK=1",
        ),
        ("bash", "# .env\nDEBUG=true\n", "DEBUG=true"),
        ("console", "$ export SHOP_DIR=stock  # where it lies\nmade in 3 s", "SHOP_DIR=stock"),
        ("dotenv", "COLOR=\nEMPTY\n", "COLOR="),
        (
            "python",
            "# export TTL=-2\n# export EMAIL='^_^'\nport = 3\nkeys(a=1)\n",
            "TTL=-2|EMAIL=^_^",
        ),
        ("", "total=3\n", ""),
        ("sh", "shop --count=3 it's\n", ""),
    ],
)
def test_blocks_say_what_is_set_before_a_program_runs(language: str, body: str, found: str) -> None:
    told = "|".join(f"{name}={value}" for name, value in settings_in(language, body))
    assert told == found


def test_tests_say_it_in_python() -> None:
    tree = ast.parse("""
os.environ["A"] = "1"
monkeypatch.setenv("B", "2")
with mock.patch.dict(os.environ, {"C": "3", D: "4"}):
    table["E"] = "5"
    os.environ[name] = value
""")
    assert list(set_by_code([tree])) == [("A", "1"), ("B", "2"), ("C", "3")]


def test_a_few_values_of_each_are_enough() -> None:
    known: dict[str, list[str]] = {}
    note_settings([("A", str(number % 20)) for number in range(40)], known)
    assert known == {"A": list("012345")}

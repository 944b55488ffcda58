"""Python is laid out within 100 columns, and means the same afterwards."""

from __future__ import annotations

import ast

import pytest

from itc_tui.engines.builtin.writing.layout import asserted, laid_out, quoted

LONG = "place(store, {'tea': [1, 2, 3], 'coffee': 'x' * 2}, note='" + "very " * 30 + "long')"


@pytest.mark.parametrize(
    "code",
    [
        LONG,
        "result = " + LONG,
        "[" + ", ".join(f"'item {n}'" for n in range(30)) + "]",
        repr("line one\nline two, which is longer\n" * 5),
        repr(b"raw bytes " * 20),
        "[str(item) for item in " + LONG + "]",
    ],
)
@pytest.mark.parametrize("indent", [0, 8])
def test_long_code_is_broken_and_means_the_same(code: str, indent: int) -> None:
    text = laid_out(code, indent)
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(code))
    assert max(map(len, (" " * indent + text).splitlines())) <= 100


@pytest.mark.parametrize("leaf", ["'a few words more than fit'", "''", "b'raw bytes'", "b''"])
def test_what_is_nested_so_deep_that_no_room_is_left_is_laid_out_all_the_same(leaf: str) -> None:
    code = "[" * 30 + leaf + f", '{'long ' * 20}'" + "]" * 30
    assert ast.literal_eval(laid_out(code, 0)) == ast.literal_eval(code)


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("total", "3", "assert total == 3"),
        ("found", "None", "assert found is None"),
        ("ready()", "True", "assert ready() is True"),
        ("a == b", "True", "assert a == b"),
        ("a in b", "False", "assert a not in b"),
        ("a == b", "False", "assert not (a == b)"),
        ("-a", "{'x': 1}", 'assert (-a) == {"x": 1}'),
        ("isinstance(a, int)", "", "assert isinstance(a, int)"),
    ],
)
def test_assertions_read_as_people_write_them(left: str, right: str, text: str) -> None:
    assert asserted(left, right, 4) == text


def test_a_long_assertion_holds_both_sides() -> None:
    text = asserted("store.history(customer)", repr([f"order number {n}" for n in range(12)]), 4)
    body = "def f():\n    " + text
    (node,) = (ast.walk(ast.parse(body)),)
    asserts = [n for n in node if isinstance(n, ast.Assert)]
    assert len(asserts) == 1
    assert isinstance(asserts[0].test, ast.Compare)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("f('a')", 'f("a")'),
        ("f('say \"hi\"')", "f('say \"hi\"')"),
        ('f("it\'s")', 'f("it\'s")'),
        ("f(b'x', r'\\d')", 'f(b"x", r"\\d")'),
        ("[\"{'data': 5}\"]", "[\"{'data': 5}\"]"),
        ("f(u'é', \"menu'\", U'x')", 'f("é", "menu\'", "x")'),
        ("\"say u'a'\"", "\"say u'a'\""),
    ],
)
def test_quotes_are_double_where_that_needs_no_escape(code: str, text: str) -> None:
    assert quoted(code) == text


def test_empty_lines_of_a_class_stay_empty() -> None:
    text = laid_out("class A:\n\n    def go(self):\n        return 1\n\n    x = 2", 4)
    assert all(line == line.rstrip() for line in text.splitlines())
    assert ast.parse("if True:\n    " + text).body


def test_a_function_around_what_is_awaited_is_broken_like_any_code() -> None:
    inner = "gathered(tea='a long text about it', cup='and another one', pot='and one more')"
    text = laid_out(f"async def scenario():\n    x = 1\n    return [i async for i in {inner}]", 4)
    lines = text.splitlines()
    assert lines[:3] == ["async def scenario():", "        x = 1", "        return ["]
    assert "            async for i in gathered(" in lines
    assert all(len(line) <= 100 for line in lines)
    compile("class A:\n    " + text, "a", "exec")


def test_of_what_class_a_value_is_is_said_plainly() -> None:
    assert asserted("isinstance(order, Order)", "True", 4) == "assert isinstance(order, Order)"

"""What commands declare and routes ask for is read without running them."""

from __future__ import annotations

import argparse
import getopt
import optparse
import random
import sys
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.drivers.command_spec import (
    CommandSpec,
    Word,
    leaves_of,
    spec_of_json,
)
from itc_tui.engines.builtin.inside.drivers.command_words import Line, wrongs_of
from itc_tui.engines.builtin.inside.drivers.parser_reading import parser_of
from itc_tui.engines.builtin.inside.drivers.schema_values import SchemaValues
from itc_tui.engines.builtin.inside.drivers.web_routes import keys_in, plain_route
from itc_tui.engines.builtin.inside.drivers.words_by_hand import words_by_hand
from itc_tui.engines.builtin.inside.pool import Pool
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.texts import Words


def maker(seed: int = 1) -> Arguments:
    rng = random.Random(seed)
    return Arguments(Surface(), Pool(rng), Words({}, [], {}, rng), {}, rng)


def parses(words: list[str]) -> None:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    add = commands.add_parser("add")
    add.add_argument("item")
    add.add_argument("-n", "--count", type=int, required=True)
    add.add_argument("--size", choices=["small", "large"])
    add.add_argument("--loud", action="store_true")
    commands.add_parser("total").add_argument("files", nargs="*", type=argparse.FileType("r"))
    parser.parse_args(words[1:])


def test_a_parser_is_read_where_it_would_begin_to_parse() -> None:
    read = parser_of(parses)
    assert read is not None
    assert read.drops_first
    (add, _), (total, _) = ((path, specs) for path, specs in leaves_of(read.spec))
    assert (add, total) == (("add",), ("total",))
    words = {word.name: word for word in read.spec.commands[0][1].words}
    assert words["item"].is_operand
    assert words["item"].required
    assert (words["count"].kind, words["count"].flag, words["count"].required) == (
        "int",
        "--count",
        True,
    )
    assert words["size"].choices == ("small", "large")
    assert words["loud"].is_flag
    (files,) = read.spec.commands[1][1].words
    assert (files.kind, files.must_exist, files.required) == ("file", True, False)


def parses_as_before(words: list[str]) -> None:
    parser = optparse.OptionParser()
    parser.add_option("-n", "--count", type="int", default=1)
    parser.add_option("--size", choices=["small", "large"], type="choice")
    parser.add_option("--dry", action="store_true")
    parser.parse_args(words)


def test_the_older_parsers_are_read_in_the_same_way() -> None:
    read = parser_of(parses_as_before)
    assert read is not None
    declared = {word.name: word for word in read.spec.words}
    assert declared["count"].flags == ("-n", "--count")
    assert declared["count"].kind == "int"
    assert declared["size"].choices == ("small", "large")
    assert declared["dry"].is_flag
    assert declared["file"].is_operand

    read = parser_of(lambda words: getopt.getopt(words[1:], "vn:", ["dry", "size="]))
    assert read is not None
    assert read.drops_first
    assert [(word.flags, word.kind) for word in read.spec.words[:4]] == [
        (("-v",), ""),
        (("-n",), "str"),
        (("--dry",), ""),
        (("--size",), "str"),
    ]


def by_hand(argv: list[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    if "--quiet" in words:
        return 3
    if words[0] == "add":
        return 0
    return 1 if words[0] in ("drop", "list") else 2


def test_what_is_read_by_hand_is_known_by_what_it_is_compared_with() -> None:
    spec = words_by_hand(by_hand)
    assert spec is not None
    assert [name for name, _ in spec.commands] == ["add", "drop", "list"]
    assert spec.commands[0][1].words[0].flags == ("--quiet",)
    assert words_by_hand(len) is None
    assert words_by_hand(parses) is None


def test_nothing_is_read_where_nothing_is_parsed() -> None:
    assert parser_of(lambda words: None) is None
    assert parser_of(lambda words: int("x")) is None


def test_a_spec_survives_the_way_through_json() -> None:
    spec = CommandSpec((Word("x", ("-x",), "int"),), (("add", CommandSpec((Word("y"),))),))
    assert spec_of_json(spec.as_json()) == spec


@pytest.mark.parametrize("seed", range(20))
def test_a_line_holds_all_that_is_required_and_fits_what_is_declared(seed: int) -> None:
    spec = CommandSpec(
        (
            Word("count", ("-c", "--count"), "int", required=True, low=1, high=5),
            Word("size", ("--size",), choices=("small", "large")),
            Word("item", required=True),
        )
    )
    line = Line(maker(seed), "shop.cli", None)
    line.add(spec)
    words = [eval(part) for part in line.parts]
    assert 1 <= int(words[words.index("--count") + 1]) <= 5
    if "--size" in words:
        assert words[words.index("--size") + 1] in ("small", "large")
    assert not words[-1].startswith("-")


def test_a_file_that_must_exist_is_written_first() -> None:
    line = Line(maker(), "shop.cli", None)
    line.add(CommandSpec((Word("source", kind="file", required=True, must_exist=True),)))
    assert [step.code.partition("(")[0][-10:] for step in line.program.steps][1:] == ["write_text"]
    assert line.parts == [f"str({line.program.steps[0].var})"]


def test_the_ways_to_break_the_rules_follow_from_them() -> None:
    size = Word("size", ("--size",), choices=("small",))
    count = Word("count", ("--count",), "int", required=True)
    first, last = Word("one", required=True), Word("two", required=True)
    found = {(wrong.kind, wrong.word.name) for wrong in wrongs_of(
        CommandSpec((size, count, first, last, Word("loud", ("--loud",), "")))
    )}  # fmt: skip
    # Without its first operand, a command would take the second for it.
    assert found == {
        ("choice", "size"),
        ("number", "count"),
        ("missing", "count"),
        ("missing", "two"),
    }


@pytest.mark.parametrize(
    ("rule", "path", "numbers"),
    [
        ("/orders/<int:order_id>", "/orders/{order_id}", ("order_id",)),
        ("/orders/{order_id:int}/lines/{line}", "/orders/{order_id}/lines/{line}", ("order_id",)),
        ("/files/<path:name>", "/files/{name}", ()),
        ("/orders/<order_id:int>", "/orders/{order_id}", ("order_id",)),
        ("/orders", "/orders", ()),
    ],
)
def test_the_ways_of_writing_a_path_are_one(rule: str, path: str, numbers: tuple[str, ...]) -> None:
    route = plain_route("GET", rule, print)
    assert (route.path, route.numbers) == (path, numbers)


def view(request: Any, req: Any) -> Any:
    data = request.get_json()
    count = data.get("count", 1)
    query = request.args["item"]
    name = request.form.get("name")
    return data["sku"], count, query, name, req.get_param_as_int("page"), {"x": 1}["x"]


def test_what_a_view_takes_out_of_its_request_is_read_from_its_text() -> None:
    found = keys_in(view)
    in_order = {source: sorted(keys) for source, keys in found.items()}
    assert in_order == {"body": ["count", "sku"], "query": ["item", "page"], "form": ["name"]}


@pytest.mark.parametrize("seed", range(10))
def test_a_value_fits_its_schema(seed: int) -> None:
    schema = {
        "type": "object",
        "required": ["item", "count", "size", "lines", "when"],
        "properties": {
            "item": {"type": "string", "minLength": 5, "maxLength": 8},
            "count": {"type": "integer", "exclusiveMinimum": 2, "maximum": 4},
            "size": {"$ref": "#/$defs/Size"},
            "lines": {"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "null"}]}},
            "when": {"type": "string", "format": "date"},
            "note": {"type": "string"},
        },
    }
    definitions = {"Size": {"enum": ["small", "large"]}}
    value = eval(SchemaValues(maker(seed), definitions, "shop").of(schema))
    assert 5 <= len(value["item"]) <= 8
    assert value["count"] in (3, 4)
    assert value["size"] in ("small", "large")
    assert all(line is None or isinstance(line, float) for line in value["lines"])
    assert value["when"] == "2024-02-29"

"""Each thing outside has a stand-in that pytest runs and that tells what was done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.stand_ins.answers import sample_answers
from tests.draining import drained
from tests.engines.builtin.bench import STAND_IN, Bench

BenchOf = Callable[..., Bench]


def given(name: str) -> Step:
    return Step(name, name, STAND_IN)


def searched(bench: Bench, seconds: float = 3) -> list[dict[str, Any]]:
    rows, _ = drained(bench.laboratory.search(gather(bench.target), (), seconds))
    return rows


@pytest.mark.slow
def test_random_numbers_are_drawn_from_a_seed(bench_of: BenchOf) -> None:
    bench = bench_of("""
        import random

        def draw(names):
            return random.choice(sorted(names)), random.randint(1, 10**9)
        """)
    text = bench.text_of(
        "from shop.outer import draw",
        steps=[given("seeded_random"), Step("v_a_1", "draw({'tea', 'milk'})")],
    )
    assert "random.seed(20240517)" in text
    assert 'assert draw({"tea", "milk"}) == (' in text


def test_system_randomness_has_no_stand_in(bench_of: BenchOf) -> None:
    text = "import secrets\n\ndef token():\n    return secrets.token_hex(8)\n"
    assert bench_of(text).handed.stand_ins == ()


@pytest.mark.slow
def test_the_search_sets_the_variables_that_the_code_reads(bench_of: BenchOf) -> None:
    bench = bench_of("""
        import os

        def limit(count):
            most = int(os.environ["SHOP_LIMIT"])
            if count > most:
                raise ValueError("more than %d" % most)
            return most - count

        def currency():
            return os.getenv("SHOP_CURRENCY", "EUR").lower()
        """)
    rows = searched(bench)
    codes = {
        step[1]
        for row in rows
        if row["focus"] == "shop.outer:limit" and not row["error"]
        for step in row["program"]["steps"]
    }
    assert any(code.startswith("monkeypatch.setenv('SHOP_LIMIT', ") for code in codes), codes
    text = bench.text_of(
        "from shop.outer import limit",
        steps=[
            given("monkeypatch"),
            Step("", "monkeypatch.setenv('SHOP_LIMIT', '12')"),
            Step("v_a_1", "limit(2)"),
        ],
    )
    assert "def test_it_works(monkeypatch):" in text
    assert 'monkeypatch.setenv("SHOP_LIMIT", "12")' in text
    assert "assert limit(2) == 10" in text


@pytest.mark.slow
def test_the_search_sets_variables_whose_names_only_running_tells(bench_of: BenchOf) -> None:
    bench = bench_of("""
        import os

        class Settings:
            def __init__(self, prefix: str = "SHOP_"):
                self.prefix = prefix

            def number(self, name: str) -> int:
                key = self.prefix + name.strip().replace(" ", "_")
                if key not in os.environ:
                    raise LookupError("%s is not set" % key)
                return 2 * int(os.environ[key])
        """)
    numbers = [
        row["program"]["steps"]
        for row in searched(bench, 6)
        if row["focus"] == "shop.outer:Settings.number" and not row["error"]
    ]
    assert any(step[1].startswith("monkeypatch.setenv('SHOP_") for row in numbers for step in row)


@pytest.mark.slow
def test_letters_go_to_a_mail_server_on_this_machine(bench_of: BenchOf) -> None:
    bench = bench_of("""
        import smtplib
        from email.message import EmailMessage

        def remind(name, count):
            letter = EmailMessage()
            letter["Subject"] = "%d left of %s" % (count, name)
            letter["From"], letter["To"] = "shop@example.com", "ann@example.com"
            letter.set_content("Order more %s." % name)
            with smtplib.SMTP("mail.example.com", 587) as server:
                server.login("shop", "secret")
                server.send_message(letter)
            return letter["Subject"]
        """)
    text = bench.text_of(
        "from shop.outer import remind",
        steps=[given("mail_server"), Step("v_a_1", "remind('tea', 2)")],
    )
    assert '("shop@example.com", ["ann@example.com"])' in text
    assert '[letter["text"] for letter in mail_server] == ["Order more tea.\\n"]' in text
    rows = searched(bench)
    reached = [row for row in rows if row["focus"] == "shop.outer:remind" and not row["error"]]
    assert reached
    assert all(["mail_server", "mail_server", STAND_IN] in r["program"]["steps"] for r in reached)


@pytest.mark.slow
def test_code_that_is_told_an_address_meets_a_real_http_server(bench_of: BenchOf) -> None:
    bench = bench_of("""
        import json
        import urllib.request

        class Rates:
            def __init__(self, base_url):
                self.base_url = base_url

            def of(self, name):
                with urllib.request.urlopen(self.base_url + "/rates/" + name) as answer:
                    return json.load(answer)["rates"]["today"] * 2
        """)
    text = bench.text_of(
        "from shop.outer import Rates",
        steps=[
            given("http_server"),
            Step("", "http_server.answer = {'rates': {'today': 7}}"),
            Step("v_made_1", "Rates(http_server.url)"),
            Step("v_got_1", "v_made_1.of('EUR')"),
        ],
    )
    assert 'http_server.answer = {"rates": {"today": 7}}' in text
    assert 'assert rates.of("EUR") == 14' in text
    assert 'assert http_server.asked == [("GET", "/rates/EUR", "")]' in text
    assert "http://127.0.0.1" not in text.partition("def test_it_works")[2]
    rows = searched(bench, 4)
    reached = [row for row in rows if row["focus"] == "shop.outer:Rates.of" and not row["error"]]
    assert reached


def test_an_answer_holds_every_key_that_the_code_takes_out_of_it() -> None:
    source = (
        'def f(r):\n    d = r.json()\n    return d["a"]["b"], d.get("c"), d["items"][0]["id"]\n'
    )
    assert sample_answers({"x.py": source})[0] == ("{'a': {'b': 7}, 'c': 7, 'items': [{'id': 7}]}")


def test_keys_are_followed_through_loops_and_names() -> None:
    one = (
        "def f(r):\n    page = r.json()['page']\n"
        "    return [one['mail'] for one in page['members'] if one.get('is_active')]\n"
    )
    other = "def g(r):\n    for row in r.json():\n        print(row['name'])\n"
    assert sample_answers({"x.py": one})[0] == (
        "{'page': {'members': [{'mail': 7, 'is_active': 7}]}}"
    )
    assert sample_answers({"x.py": other})[0] == "[{'name': 7}]"

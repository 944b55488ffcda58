"""Commands and applications are found, and the search goes in through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

LaboratoryOf = Callable[[Target], Laboratory]

STORE = """
    class Store:
        def __init__(self):
            self.orders = {}

        def add(self, item, count):
            if count > 50:
                raise ValueError("too many")
            self.orders[len(self.orders) + 1] = {"item": item, "count": count}
            return len(self.orders)
    """
CLICK = """
    import click
    from shop.store import Store

    @click.group()
    def cli():
        pass

    @cli.command()
    @click.argument("item")
    @click.option("--count", type=click.IntRange(1, 99), default=1)
    @click.option("--log", type=click.Path(dir_okay=False))
    def add(item, count, log):
        number = Store().add(item, count)
        click.echo("order %d" % number)
        if log:
            with open(log, "w") as file:
                file.write(item)
    """
ARGPARSE = """
    import argparse
    import sys
    from shop.store import Store

    def main():
        parser = argparse.ArgumentParser(prog="tea")
        parser.add_argument("item")
        parser.add_argument("--count", type=int, default=1)
        parser.add_argument("--size", choices=["small", "large"])
        options = parser.parse_args()
        try:
            print(Store().add(options.item, options.count))
        except ValueError as error:
            sys.exit(3)
    """
WSGI = """
    import json
    from shop.store import Store

    class Shop:
        def __init__(self):
            self.store = Store()

        def __call__(self, environ, start_response):
            status, body = "404 Not Found", {"error": "no such path"}
            if environ["PATH_INFO"] == "/orders":
                status, body = "200 OK", self.store.orders
                if environ["REQUEST_METHOD"] == "POST":
                    read = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                    number = self.store.add(json.loads(read or b"{}").get("name"), 1)
                    status, body = "201 Created", {"id": number}
            start_response(status, [("Content-Type", "application/json")])
            return [json.dumps(body).encode()]

    def create_app():
        return Shop()
    """
ASGI = """
    import json
    from shop.store import Store

    async def application(scope, receive, send):
        number = Store().add(scope["path"], 1)
        kind = (b"content-type", b"application/json")
        await send({"type": "http.response.start", "status": 200, "headers": [kind]})
        await send({"type": "http.response.body", "body": json.dumps({"id": number}).encode()})
    """


def searched(
    laboratory: Laboratory,
    target: Target,
    scripts: tuple[tuple[str, str], ...] = (),
) -> list[dict[str, Any]]:
    found, _ = drained(laboratory.search(gather(target), (), 2, scripts=scripts))
    assert laboratory.trouble == ""
    return [row for row in found if label_in(row["focus"])]


def codes(rows: list[dict[str, Any]]) -> str:
    return "\n".join(step[1] for row in rows for step in row["program"]["steps"])


def test_a_click_command_is_run_with_what_it_declares(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/store.py": STORE, "shop/cli.py": CLICK})
    rows = searched(laboratory_of(target), target, (("teashop", "shop.cli.cli"),))
    assert {row["focus"] for row in rows} == {"shop.cli:add as command teashop add"}
    assert "CliRunner()" in codes(rows)
    assert "'--count'" in codes(rows)
    edges = {tuple(edge) for row in rows for edge in row["edges"]}
    assert ("shop/cli.py", "add", "shop/store.py", "Store.add") in edges


@pytest.mark.parametrize(
    ("file", "source", "script", "line", "code"),
    [
        ("shop/cli.py", CLICK, "shop.cli.cli", "$ teashop add 'jasmine pearls' --count 41",
         "['add', 'jasmine pearls', '--count', '41']"),
        ("shop/main.py", ARGPARSE, "shop.main.main", "$ teashop 'jasmine pearls' --count 41",
         "['teashop', 'jasmine pearls', '--count', '41']"),
    ],
    ids=["click", "argparse"],
)  # fmt: skip
def test_a_command_is_run_as_the_readme_shows_it(
    file: str,
    source: str,
    script: str,
    line: str,
    code: str,
    make_target: MakeTarget,
    laboratory_of: LaboratoryOf,
) -> None:
    readme = f"```console\n{line}\n```\n"
    target = make_target(**{"shop/store.py": STORE, file: source, "README.md": readme})
    rows = searched(laboratory_of(target), target, (("teashop", script),))
    assert code in codes(rows)


def test_wrong_use_is_a_promise_and_comes_behind_right_use(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/store.py": STORE, "shop/cli.py": CLICK})
    rows = searched(laboratory_of(target), target)
    promised = [row for row in rows if any(len(step) > 3 for step in row["program"]["steps"])]
    assert promised
    for row in promised:
        steps = row["program"]["steps"]
        assert steps[-1][1].endswith(".exit_code == 2")
        assert sum(".invoke(" in step[1] for step in steps) > 1


def test_a_main_that_reads_the_command_line_gets_one_and_its_end_is_expected(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/store.py": STORE, "shop/main.py": ARGPARSE})
    rows = searched(laboratory_of(target), target)
    assert {label_in(row["focus"]) for row in rows} == {"command shop"}
    text = codes(rows)
    assert "monkeypatch.setattr(sys, 'argv', ['shop'," in text
    assert "'no-such-choice'" in text or "'many'" in text or "argv', ['shop'])" in text
    kinds = {step[2] for row in rows for step in row["program"]["steps"] if step[1] == "main()"}
    assert kinds == {"do", "raises"}


def test_an_application_without_a_framework_is_asked_by_a_function_of_ours(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/store.py": STORE, "shop/web.py": WSGI})
    rows = searched(laboratory_of(target), target)
    assert {tuple(row["program"]["defines"]) for row in rows} == {("wsgi_request",)}
    assert "'POST', '/orders'" in codes(rows)
    assert any(edge[3] == "Store.add" for row in rows for edge in row["edges"])


def test_so_is_one_that_speaks_asgi(make_target: MakeTarget, laboratory_of: LaboratoryOf) -> None:
    target = make_target(**{"shop/store.py": STORE, "shop/web.py": ASGI})
    rows = searched(laboratory_of(target), target)
    assert "asgi_request(application, 'GET', " in codes(rows)


def test_a_driver_that_stumbles_is_told_and_costs_only_its_own_doors(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    odd = """
        class Odd:
            def __get_name(self): ...
            def __getattr__(self, name):
                raise RuntimeError("ask me nothing")

        odd = Odd()
        """
    target = make_target(**{"shop/store.py": STORE, "shop/odd.py": odd, "shop/main.py": ARGPARSE})
    assert searched(laboratory_of(target), target)


def test_what_is_entered_and_left_is_seen_from_within_its_block(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    blocks = """
        from contextlib import contextmanager
        from shop.store import Store

        @contextmanager
        def opened(item: str):
            store = Store()
            yield store.add(item, 1)

        class Session:
            def __enter__(self):
                return Store()

            def __exit__(self, *why):
                return None
        """
    target = make_target(**{"shop/store.py": STORE, "shop/blocks.py": blocks})
    found, _ = drained(laboratory_of(target).search(gather(target), (), 2))
    heads = {row["focus"]: row["program"]["steps"][-1] for row in found}
    assert heads["shop.blocks:opened"][2] == "with"
    assert heads["shop.blocks:Session.__enter__"][2] == "with"


def test_generators_and_coroutines_of_all_kinds_are_run_to_what_they_give(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    lazy = """
        from shop.store import Store

        def numbers(item: str):
            yield Store().add(item, 1)

        async def number(item: str):
            return Store().add(item, 2)

        async def stream(item: str):
            yield Store().add(item, 3)
        """
    target = make_target(**{"shop/store.py": STORE, "shop/lazy.py": lazy})
    found, _ = drained(laboratory_of(target).search(gather(target), (), 2))
    text = codes(found)
    assert "list(numbers(" in text
    assert "asyncio.run(number(" in text
    assert "[item async for item in stream(" in text


def test_a_main_in_a_module_that_would_run_at_import_is_left_alone(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    loose = "import sys\nfrom shop.main import main\nsys.exit(main())\n"
    guarded = 'from shop.main import main\nif __name__ == "__main__":\n    main()\n'
    for text, is_read in ((loose, False), (guarded, True)):
        target = make_target(
            **{"shop/store.py": STORE, "shop/main.py": ARGPARSE, "shop/__main__.py": text}
        )
        laboratory = laboratory_of(target)
        payload = {"job": "search", "packages": ["shop"], "budget_s": 0.1}
        told = next(row for row in laboratory._run(payload, 20, 1800) if "modules" in row)
        assert ("shop.__main__" in told["modules"]) is is_read
        assert told["failed"] == {}


def test_a_main_is_never_called_with_the_command_line_of_the_tests(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**{"shop/store.py": STORE, "shop/main.py": ARGPARSE})
    found, _ = drained(laboratory_of(target).search(gather(target), (), 2))
    calling = [row for row in found if "main()" in codes([row])]
    assert calling
    assert all(label_in(row["focus"]) == "command shop" for row in calling)


def test_a_main_that_reads_its_words_by_hand_is_entered_by_what_it_looks_for(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    text = """
        import sys
        from shop.store import Store

        def main():
            words = sys.argv[1:]
            if len(words) < 2:
                print("usage: tea add ITEM", file=sys.stderr)
                return 2
            if words[0] == "add":
                print(Store().add(words[1], 1))
                return 0
            return 1
        """
    target = make_target(**{"shop/store.py": STORE, "shop/tea.py": text})
    found, _ = drained(laboratory_of(target).search(gather(target), (), 3))
    edges = {
        (edge[1], edge[3])
        for row in found
        if label_in(row["focus"]) == "command tea add"
        for edge in row["edges"]
    }
    assert any(one == "main" and other.endswith("add") for one, other in edges)

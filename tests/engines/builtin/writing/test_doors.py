"""Cases that come in through a door read like any other: titles, ends, functions of ours."""

from __future__ import annotations

import ast

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.oracles.declared import judge
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.engines.builtin.writing.body import body_of
from itc_tui.engines.builtin.writing.definitions import definitions
from itc_tui.engines.builtin.writing.door_titles import strategy_at_door, title_at_door
from itc_tui.engines.builtin.writing.naming import slug

ADD = "shop.cli:add as command tea add"
POST = "shop.web:create as POST /orders"
GET = "shop.web:get as GET /orders/{order_id}"


def witness(*steps: Step, claims: dict[int, Claim] | None = None, **more: object) -> Witness:
    rows = [(claims[at],) if claims and at in claims else () for at in range(len(steps))]
    made = Witness("1", Program((), steps), ADD, tuple(rows), tuple("" for _ in steps))
    return made.but(**more)


def test_a_title_says_which_command_and_how_it_ends() -> None:
    step = Step("result", "runner.invoke(cli, [])")
    ended = witness(step, claims={0: Claim("result.exit_code", "3")})
    assert title_at_door(ended, [ADD]) == "Command tea add ends with exit code 3"
    assert (
        title_at_door(witness(step, files={"log.txt": ""}), [ADD])
        == "Command tea add writes log txt"
    )
    assert strategy_at_door([ADD]).startswith("run the command for real")


def test_a_title_of_a_main_says_with_what_it_ends_or_what_it_prints() -> None:
    steps = (Step("code", "main(['show', '2'])"), Step("printed", "capsys.readouterr()"))
    said = {0: Claim("code", "1"), 1: Claim("printed.err", "'tea: there is no order 2\\n'")}
    refused = title_at_door(witness(*steps, claims=said), [ADD])
    assert refused == "Command tea add ends with exit code 1: there is no order"
    shown = {0: Claim("code", "0"), 1: Claim("printed.out", "'POT-1  2 pieces\\n'")}
    listed = title_at_door(witness(*steps, claims=shown), [ADD])
    assert listed == "Command tea add prints 'POT 1 2 pieces …'"


def test_a_title_says_which_routes_and_what_they_answer() -> None:
    step = Step("response", "client.get('/orders/9')")
    found = witness(step, claims={0: Claim("response.status_code", "404")})
    assert title_at_door(found, [GET]) == "GET /orders/{order_id} answers 404"
    same = Step("same", "found.json() == created.json()", "do", "round trip POST /orders → GET /x")
    assert title_at_door(witness(same), [POST, GET]) == "POST /orders and then GET /x agree"


def test_a_long_title_that_is_taken_is_shortened_until_its_number_is_read() -> None:
    steps = (Step("code", "main(['show', '2'])"), Step("printed", "capsys.readouterr()"))
    said = {
        0: Claim("code", "1"),
        1: Claim("printed.err", "'expected delivery notices before shipments begin'"),
    }
    case = witness(*steps, claims=said)
    taken: set[str] = set()
    for _ in range(12):
        taken.add(slug(title_at_door(case, [ADD], taken)))
    assert len(taken) == 12
    assert "command_tea_add_ends_with_exit_code_1_expected_delivery_part_12" in taken


def test_even_a_command_of_one_endless_word_gets_a_title_of_its_own() -> None:
    focus = f"shop.cli:add as task {'CamelCase' * 12}"
    done = witness(Step("result", "restock.apply()"), claims={0: Claim("result.status", "'DONE'")})
    first = slug(title_at_door(done, [focus]))
    assert slug(title_at_door(done, [focus], {first})) != first


def test_a_title_of_a_task_says_what_comes_of_it() -> None:
    task = "shop.work:restock as task restock"
    step = Step("v_result_1", "restock.call_local('tea', 3)")
    given = witness(step, claims={0: Claim("v_result_1", "1")})
    assert title_at_door(given, [task]) == "Task restock gives 1"
    error = RaisedError("builtins", "ValueError", "too many", True, False)
    refused = witness(step, raised={0: error})
    assert title_at_door(refused, [task]) == "Task restock raises ValueError: too many"
    asked = Step("result", "restock.apply(args=['tea', 3])")
    ended = witness(asked, claims={0: Claim("result.status", "'SUCCESS'")})
    assert title_at_door(ended, [task]) == "Task restock ends in success"


def test_a_title_of_requests_to_no_known_route_is_a_sentence() -> None:
    step = Step("response", "wsgi_request(application, 'GET', '/orders')")
    found = witness(step, claims={0: Claim("response.status_code", "404")})
    label = "shop.web:application as requests to application"
    assert title_at_door(found, [label]) == "Requests to application get 404"


def test_the_number_that_one_system_gives_an_error_is_not_asserted() -> None:
    step = Step("stock", "stock_up('tea')", "raises")
    said = "no supplier: [Errno 111] Connection refused"
    refused = witness(step, raised={0: RaisedError("builtins", "OSError", said, True, False)})
    assert 'pytest.raises(OSError, match="no supplier:"):' in body_of(refused).lines[0]
    everywhere = RaisedError("builtins", "OSError", "[Errno 2] No such file", True, False)
    assert "No such file" in body_of(refused.but(raised={0: everywhere})).lines[0]


def test_a_plain_call_has_no_title_of_that_kind() -> None:
    assert title_at_door(witness(Step("x", "f()")), ["shop.cli:add"]) == ""


def test_the_end_of_a_process_is_asserted_by_its_code() -> None:
    step = Step("code", "main()", "raises")
    ended = witness(step, raised={0: RaisedError("builtins", "SystemExit", "2", False, False)})
    assert body_of(ended).lines == [
        "    with pytest.raises(SystemExit) as ended:",
        "        main()",
        "    assert ended.value.code == 2",
    ]
    below = ended.but(raised={0: RaisedError("builtins", "SystemExit", "-1", False, False)})
    assert body_of(below).lines[-1] == "    assert ended.value.code == -1"
    with_words = ended.but(raised={0: RaisedError("builtins", "SystemExit", "no tea", True, False)})
    assert 'match="no tea"' in body_of(with_words).lines[0]


def test_what_was_printed_is_read_only_for_somebody() -> None:
    read = Step("printed", "capsys.readouterr()")
    nobody = witness(Step("", "main([])"), read)
    assert body_of(nobody).lines == ["    main([])"]
    twice = witness(Step("", "main([])"), read, Step("printed_2", "capsys.readouterr()"),
                    claims={2: Claim("printed_2.out", "''")})  # fmt: skip
    assert "    capsys.readouterr()" in body_of(twice).lines
    assert body_of(twice).fixtures == ["capsys"]


def test_a_promise_of_a_driver_makes_its_claim_a_contract_and_a_broken_one_is_not_claimed() -> None:
    step = Step("same", "found == created", "do", "round trip POST /a → GET /a")
    kept = judge(witness(step, claims={0: Claim("same", "True")}), Facts())
    assert kept.claims[0][0].source == "round trip POST /a → GET /a"
    broken = judge(witness(step, claims={0: Claim("same", "False")}), Facts())
    assert broken.claims == ((),)


def test_the_text_of_our_functions_brings_its_imports_and_no_remarks_for_our_tools() -> None:
    (text,), imports = definitions({"asgi_request"})
    assert "type: ignore" not in text
    whole = ast.parse("\n".join(sorted(imports)) + "\n" + text)
    space: dict[str, object] = {}
    exec(compile(whole, "definitions", "exec"), space)
    assert callable(space["asgi_request"])
    assert "import io" not in imports

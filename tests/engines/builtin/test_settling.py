"""A case holds whatever is set in the shell of whoever runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.settling import settled, that_can_be_settled
from itc_tui.engines.builtin.steadiness import observe_steadily
from itc_tui.engines.builtin.surroundings import Surroundings
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.engines.builtin.writing.body import body_of
from itc_tui.engines.builtin.writing.phrasing import UnittestPhrasing
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

LaboratoryOf = Callable[[Target], Laboratory]
SETTINGS = """
    import os

    CURRENCY = os.environ.get("SHOP_CURRENCY", "EUR")

    class Settings:
        def __init__(self, prefix="SHOP_"):
            self.prefix = prefix

        def number(self, name, default):
            return int(os.environ.get(self.prefix + name, default))

        def twice(self, count):
            return 2 * count

        def filled(self, text):
            return text % {"TEA": "none", **os.environ}
    """
IMPORTS = ("from shop import settings",)
ASKING = Program(IMPORTS, (Step("port", "settings.Settings().number('PORT', 3)"),))
PROGRAMS = {
    "asking": ASKING,
    "asking nobody": Program(IMPORTS, (Step("most", "settings.Settings().twice(4)"),)),
    "setting": Program(IMPORTS, (Step("", "monkeypatch.setenv('SHOP_PORT', '80')"), *ASKING.steps)),
    "listing": Program(IMPORTS, (Step("tea", "settings.Settings().filled('%(TEA)s')"),)),
    "read at import": Program(IMPORTS, (Step("unit", "settings.CURRENCY"),)),
}


def seen_in(laboratory: Laboratory, programs: Mapping[str, Program]) -> dict[str, str]:
    held, _ = drained(observe_steadily(laboratory, programs))
    return {
        ident: " ".join(c.right for row in one.claims for c in row) for ident, one in held.items()
    }


def test_what_another_shell_would_change_is_found_out(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """The name is put together at run time, and no look at the source tells it."""
    laboratory = laboratory_of(make_target(**{"shop/settings.py": SETTINGS}))
    drained(laboratory.find_what_fails())
    (first, _) = drained(laboratory.observe({"asking": ASKING}))
    assert first["asking"]["surroundings"]["missing"] == ["SHOP_PORT"]
    assert seen_in(laboratory, PROGRAMS) == {
        "asking": "",
        "asking nobody": "8",
        "setting": "80",
        "listing": "",
        "read at import": "",
    }


def test_a_case_takes_away_what_it_found_missing_and_holds_anywhere(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    laboratory = laboratory_of(make_target(**{"shop/settings.py": SETTINGS}))
    witness = Witness(
        "a",
        ASKING,
        "shop.settings:Settings.number",
        surroundings=Surroundings(frozenset({"SHOP_PORT"})),
    )
    program = settled(witness.but(claims=((),), kinds=("int",))).program
    assert seen_in(laboratory, {"asking": program}) == {"asking": "3"}


def test_a_module_that_no_other_shell_can_import_is_looked_at_in_ours(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    text = 'import os\nLEVEL = {"": 0, "high": 1}[os.environ.get("SHOP_LEVEL", "")]\n'
    laboratory = laboratory_of(make_target(**{"shop/settings.py": text}))
    drained(laboratory.find_what_fails())
    program = Program(IMPORTS, (Step("level", "settings.LEVEL + 1"),))
    assert seen_in(laboratory, {"level": program}) == {"level": "1"}


ABOVE = """
    import os

    def port():
        folder = os.getcwd()
        while folder != os.path.dirname(folder):
            file = os.path.join(folder, ".env")
            if os.path.exists(file):
                with open(file) as lines:
                    return dict(line.strip().split("=") for line in lines).get("SHOP_PORT", "80")
            folder = os.path.dirname(folder)
        return os.environ.get("SHOP_PORT", "80")
    """


def test_what_a_file_above_the_folder_would_change_is_found_out(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """Such a file says the same as another's shell: a file of other names would change nothing."""
    laboratory = laboratory_of(make_target(**{"shop/settings.py": ABOVE}))
    drained(laboratory.find_what_fails())
    program = Program(IMPORTS, (Step("port", "settings.port()"),))
    assert seen_in(laboratory, {"above": program}) == {"above": ""}


def witness_that_asked(*names: str) -> Witness:
    steps = (
        Step("", "monkeypatch.setenv('B', '2')"),
        Step("x", "read()"),
        Step("y", "ask()", "raises"),
    )
    return Witness(
        "a",
        Program((), steps),
        "shop.settings:read",
        claims=((), (Claim("x", "1"),), ()),
        kinds=("", "int", ""),
        raised={2: RaisedError("builtins", "KeyError", "", True, False)},
        surroundings=Surroundings(frozenset(names)),
    )


def test_claims_stay_with_their_steps_when_a_case_is_settled() -> None:
    witness = settled(witness_that_asked("A", "B"))
    codes = [step.code for step in witness.program.steps]
    assert codes == [
        "monkeypatch.delenv('A', raising=False)",
        "monkeypatch.setenv('B', '2')",
        "read()",
        "ask()",
    ]
    assert witness.claims == ((), (), (Claim("x", "1"),), ())
    assert list(witness.raised) == [3]
    assert settled(witness) == witness
    assert settled(witness.but(surroundings=Surroundings())).program == witness_that_asked().program


def test_who_asks_for_half_of_the_environment_makes_no_case() -> None:
    few, many = witness_that_asked("A"), witness_that_asked(*"ABCDEFG")
    reason = "asks for more than 6 environment variables"
    assert that_can_be_settled([few, many]) == ([few], [("shop.settings.read", reason)])


def test_what_nobody_asks_for_is_not_set() -> None:
    seen = Surroundings(idle=frozenset({"B"}))
    witness = settled(witness_that_asked().but(surroundings=seen))
    assert [step.code for step in witness.program.steps] == ["read()", "ask()"]
    assert list(witness.raised) == [1]


def test_many_variables_are_taken_away_in_a_loop() -> None:
    lines = body_of(settled(witness_that_asked("A", "C", "D"))).lines
    assert lines[:2] == [
        '    for variable in ("A", "C", "D"):',
        "        monkeypatch.delenv(variable, raising=False)",
    ]
    few = body_of(settled(witness_that_asked("A")), phrasing=UnittestPhrasing()).lines
    assert few[0] == '    self.enterContext(mock.patch.dict(os.environ)).pop("A", None)'


def test_a_value_with_any_letters_in_it_is_set_in_a_test_case_as_well() -> None:
    said = UnittestPhrasing().code(f"monkeypatch.setenv('A', {chr(34)}it's (3){chr(34)})")
    assert said == "self.enterContext(mock.patch.dict(os.environ, {'A': \"it's (3)\"}))"


def test_two_programs_that_want_a_variable_to_be_different_things_make_no_case_together() -> None:
    def setting(code: str) -> Program:
        return Program((), (Step("", f"monkeypatch.{code}"), Step("x", "read()")))

    one = setting("setenv('A', '1')")
    assert one.beside(setting("setenv('A', '2')")) is None
    assert one.beside(setting("delenv('A', raising=False)")) is None
    other = Program(
        (), (*one.steps[:1], Step("", "monkeypatch.setenv('B', '2')"), Step("y", "ask()"))
    )
    both = one.beside(other)
    assert both is not None
    assert [step.code[-9:] for step in both.steps] == ["'A', '1')", "'B', '2')", "read()", "ask()"]


FINDING = """
    import os
    from pathlib import Path

    def settings_above():
        folder = Path.cwd()
        while not (folder / "shop.ini").exists() and folder != folder.parent:
            folder = folder.parent
        return (folder / "shop.ini").exists()

    def settings_here():
        return os.path.isfile("shop.ini")

    def lines_in(path):
        return len(Path(path).read_text().splitlines())
    """


def test_a_case_that_looks_for_a_file_runs_where_there_is_none(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """Above the folder of a case there may be anything, and so it says nothing of that."""
    laboratory = laboratory_of(make_target(**{"shop/settings.py": FINDING}))
    told = Step("", "(tmp_path / 'tea.txt').write_text('tea')")
    put = Step("", "(tmp_path / 'shop.ini').write_text('[tea]')")
    programs = {
        "above": Program(IMPORTS, (Step("found", "settings.settings_above()"),)),
        "here": Program(IMPORTS, (Step("found", "settings.settings_here()"),)),
        "told": Program(IMPORTS, (told, Step("n", "settings.lines_in(tmp_path / 'tea.txt')"))),
        "put there": Program(IMPORTS, (put, Step("found", "settings.settings_above()"))),
    }
    held, _ = drained(observe_steadily(laboratory, programs))
    shown = {i: " ".join(c.right for row in one.claims for c in row) for i, one in held.items()}
    assert shown == {"above": "", "here": "False", "told": "1", "put there": "True"}
    assert {ident: one.leaves for ident, one in held.items() if shown[ident]} == {
        "here": True,
        "told": False,
        "put there": True,
    }


GRID = """
    try:
        import nowhere_at_all
    except ImportError:
        nowhere_at_all = None

    try:
        import json
    except ImportError:
        json = None

    def rows(count):
        if nowhere_at_all:
            return nowhere_at_all.rows(count)
        return list(range(count))

    def dumped(count):
        return json.dumps(count) if json else ""

    def plain(nowhere_at_all):
        return nowhere_at_all
    """


def test_a_way_that_is_gone_for_want_of_a_package_is_gone_everywhere(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """Where the package is installed, the test still is about what happens without it."""
    target = make_target(**{"shop/grid.py": GRID})
    calls = {"rows": "rows(3)", "dumped": "dumped(3)", "plain": "plain(3)"}
    programs = {
        name: Program(("from shop import grid",), (Step("found", f"grid.{call}"),))
        for name, call in calls.items()
    }
    seen, _ = drained(observe_steadily(laboratory_of(target), programs))
    steps = {name: [step.code for step in settled(seen[name]).program.steps] for name in programs}
    guard = "monkeypatch.setattr('shop.grid.nowhere_at_all', None)"
    assert steps == {
        "rows": [guard, "grid.rows(3)"],
        "dumped": ["grid.dumped(3)"],
        "plain": ["grid.plain(3)"],
    }
    without = settled(seen["rows"])
    assert settled(without) == without
    assert without.program.beside(without.program) == without.program
    lines = body_of(without, 0, UnittestPhrasing()).lines
    assert lines[0] == 'self.enterContext(mock.patch("shop.grid.nowhere_at_all", None))'

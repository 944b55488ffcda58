"""A package that is missing on this machine brings about nothing that a test may hold."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.absent import lacks_a_package
from itc_tui.engines.builtin.inside.programs import Program, Step


def refused(name: str) -> BaseException:
    """As an optional dependency that is asked for when it is needed."""
    try:
        try:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        except ImportError as error:
            raise RuntimeError(f"it requires the {name} package") from error
    except RuntimeError as error:
        return error


def test_an_error_for_want_of_a_package_is_this_machines_doing() -> None:
    program = Program((), (Step("url", "parsed('smtp://x')"),))
    assert lacks_a_package(program, [refused("nowhere_at_all.urls")])
    assert not lacks_a_package(program, [refused("json"), ValueError("no")])


def test_a_method_named_for_the_package_that_it_needs_does_not_name_it() -> None:
    program = Program((), (Step("url", "env.nowhere_at_all('EMAIL_URL')"),))
    assert lacks_a_package(program, [refused("nowhere_at_all")])
    before = Step("made", "Env(suffix='nowhere_at_all')")
    assert lacks_a_package(Program((), (before, *program.steps)), [refused("nowhere_at_all")])


def test_an_import_error_of_its_own_is_kept_where_it_complains_of_what_it_was_given() -> None:
    program = Program((), (Step("made", "loaded('app:none')"),))
    assert not lacks_a_package(program, [ImportError("there is no 'app:none'")])
    assert lacks_a_package(program, [ImportError("no fast library found")])
    letter = Program((), (Step("made", "loaded('f')"),))
    assert lacks_a_package(letter, [ImportError("no fast library found")])


def test_who_names_a_module_that_is_nowhere_is_refused_everywhere() -> None:
    program = Program((), (Step("made", "loaded('nowhere_at_all:app')"),))
    assert not lacks_a_package(program, [refused("nowhere_at_all")])


def test_an_import_that_is_written_down_fails_by_itself_whatever_was_named() -> None:
    try:
        import nowhere_at_all  # type: ignore[import-not-found]  # noqa: F401
    except ImportError as error:
        lacking = error
    program = Program((), (Step("url", "env.email_url('nowhere_at_all')"),))
    assert lacks_a_package(program, [lacking])

"""From a program to a drafted test that the target's own pytest has run, in a few seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.requests import Draft, DraftFile, ExploreRequest
from itc_tui.domain.syntax_gate import issues_in
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.explore import explore
from itc_tui.engines.builtin.handed.handing_out import hand_out
from itc_tui.engines.builtin.inside.given import FIXTURE, STAND_IN
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.rehearsal import rehearse
from itc_tui.engines.builtin.scenarios import input_text
from itc_tui.engines.builtin.steadiness import observe_steadily
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.files import Telling
from itc_tui.engines.builtin.writing.naming import with_readable_names
from tests.draining import drained

__all__ = ["FIXTURE", "STAND_IN", "Bench"]


class Bench:
    def __init__(self, target: Target, box: ScratchBox) -> None:
        self.target, self.box = target, box
        self.exploration = explored(target)
        (self.handed, self.refused), _ = drained(hand_out(target, self.exploration, box))
        self.laboratory = Laboratory(target, box, self.handed)

    def observed(self, *imports: str, steps: list[Step]) -> Witness:
        program = Program(imports, tuple(steps))
        seen, _ = drained(observe_steadily(self.laboratory, {"a": program}))
        return with_readable_names(seen["a"])

    def drafted(self, witness: Witness) -> DraftFile:
        """A file with one test; its gate and pytest have nothing against it."""
        case = Case(id="IS-001-1", name="it works", input=input_text(witness))
        scenario = Scenario(id="IS-001", boundary="shop.a → shop.b", test_cases=(case,))
        row = (scenario, case, Prepared(case.input, "", witness, asdict(Telling("It works."))))
        (file,) = draft_files([row], self.target, "tests/integration", (), [], self.handed)
        assert issues_in(Draft(files=(file,)), KnownNames()) == ()
        failures, _ = drained(rehearse(self.box, [file]))
        assert failures == {}, file.text
        return file

    def text_of(self, *imports: str, steps: list[Step]) -> str:
        return self.drafted(self.observed(*imports, steps=steps)).text


def explored(target: Target) -> Exploration:
    exploration, _ = drained(explore(target, ExploreRequest(topic="shop"), None))
    return exploration


MakeBench = Callable[..., Bench]


def write(root: str, **files: str) -> None:
    import textwrap

    for name, text in files.items():
        path = Path(root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")

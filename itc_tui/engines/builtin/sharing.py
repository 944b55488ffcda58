"""What several test files need is written once, in a conftest.py of the folder that is ours."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from itc_tui.domain.requests import DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.handed.conftests import visible_fixtures
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.definitions import as_fixtures
from itc_tui.engines.builtin.writing.files import file_text
from itc_tui.engines.builtin.writing.layout import quoted

_FEWEST_FILES = 2
_MOST_LOOKED_AT = 400


@dataclass(frozen=True)
class Shared:
    """Fixtures that test files ask for by name, and do not hold themselves."""

    stand_ins: tuple[StandIn, ...] = ()
    functions: tuple[str, ...] = ()
    """Functions of ours, each handed out by a fixture of its name."""
    file: DraftFile | None = None
    """None where nothing is shared, or what is shared is there already."""

    @property
    def names(self) -> frozenset[str]:
        return frozenset({*(one.name for one in self.stand_ins), *self.functions})


NOTHING_SHARED = Shared()


def shared_by(
    files: Sequence[Sequence[Witness]], target: Target, tests_dir: str, handed: Handed
) -> Shared:
    """`files`: what each test file is to hold."""
    folder = Path(target.root, tests_dir)
    if target.conventions.style == "unittest":
        return NOTHING_SHARED
    sources = {one.name: one for one in handed.stand_ins if one.source}
    if (folder / "conftest.py").exists():
        there = visible_fixtures(Path(target.root), tests_dir)
        held = [one for name, one in sources.items() if name in there and _is_held(folder, one)]
        return Shared(tuple(held))
    if not _is_ours_alone(folder) or _is_conftest_imported(Path(target.root), tests_dir):
        return NOTHING_SHARED
    count = Counter(name for witnesses in files for name in _asked_by(witnesses))
    often = sorted(name for name, number in count.items() if number >= _FEWEST_FILES)
    stand_ins = tuple(sources[name] for name in often if name in sources)
    functions = tuple(name for name in often if name not in sources)
    if not often:
        return NOTHING_SHARED
    text = _text(stand_ins, functions, target)
    path = f"{tests_dir.rstrip('/')}/conftest.py"
    return Shared(stand_ins, functions, DraftFile(path=path, text=text))


def _asked_by(witnesses: Sequence[Witness]) -> set[str]:
    """Stand-ins and functions of ours; fixtures of the target and of pytest are there anyway."""
    given = {s.var for w in witnesses for s in w.program.steps if s.kind == GIVEN[0]}
    return given - {"tmp_path", "monkeypatch"} | {n for w in witnesses for n in w.program.defines}


def _text(stand_ins: Sequence[StandIn], functions: Sequence[str], target: Target) -> str:
    texts, imports = as_fixtures(functions)
    imports |= {line for one in stand_ins for line in one.imports}
    name = " and ".join(target.packages) or "the package"
    says = f"What the integration tests of {name} share: fixtures, asked for by name."
    made = [quoted(one.source) for one in stand_ins]
    return file_text(says, imports, [*made, *map(quoted, texts)], target.packages)


def _is_held(folder: Path, stand_in: StandIn) -> bool:
    """The conftest has it as we would write it."""
    try:
        tree = parsed_source((folder / "conftest.py").read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return False
    wanted = ast.dump(ast.parse(stand_in.source).body[0])
    return any(ast.dump(node) == wanted for node in tree.body)


def _is_ours_alone(folder: Path) -> bool:
    """A conftest beside tests of the person's would hold for these too."""
    return not any(path.name != "__init__.py" for path in folder.rglob("*.py"))


def _is_conftest_imported(root: Path, tests_dir: str) -> bool:
    """`from conftest import …` finds the one that was loaded last, and that could then be ours."""
    top = root / (tests_dir.split("/")[0] or ".")
    return any(_IMPORTED.search(text) for text in _texts(top))


_IMPORTED = re.compile(r"^\s*(from conftest import|import conftest)\b", re.M)


def _texts(folder: Path) -> Iterator[str]:
    for count, path in enumerate(folder.rglob("*.py")):
        if count > _MOST_LOOKED_AT:
            return
        try:
            yield path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue

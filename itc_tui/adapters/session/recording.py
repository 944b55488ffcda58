"""Copy a session without what names this machine, to be shared, reviewed or kept."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import itc_tui
from itc_tui.adapters.session.event_lines import EVENTS_FILE
from itc_tui.adapters.session.session_files import LOG_FILE, TRACE_FOLDER
from itc_tui.adapters.session.state_file import STATE_FILE
from itc_tui.domain.trouble import SessionTrouble

_KEPT_TRACES = (EVENTS_FILE, "test-output.log", "validation-fixes.log", "report.md")


def export_session(folder: Path, root: Path, interpreter: str, out: Path) -> Path:
    """The three artifacts and the raw logs; undo copies, locks and caches stay behind."""
    if out.exists() and any(out.iterdir()):
        raise SessionTrouble(f"{out} is not empty; name a new folder.")
    names = stand_ins(folder, root, interpreter)
    (out / TRACE_FOLDER).mkdir(parents=True, exist_ok=True)
    traces = folder / TRACE_FOLDER
    files = [folder / LOG_FILE, folder / STATE_FILE]
    files += [traces / name for name in _KEPT_TRACES]
    files += sorted(traces.glob("cli-*.txt"))
    for file in files:
        if file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            (out / file.relative_to(folder)).write_text(scrubbed(text, names), encoding="utf-8")
    issues = folder / "issues"
    if issues.is_dir():
        shutil.copytree(issues, out / "issues")
        for file in (out / "issues").rglob("*.md"):
            file.write_text(scrubbed(file.read_text(encoding="utf-8"), names), encoding="utf-8")
    return out


def stand_ins(folder: Path, root: Path, interpreter: str) -> dict[str, str]:
    """Text of this machine → what stands for it; the longer ones are looked for first."""
    names: dict[str, str] = {}
    for path, name in (
        (folder, f"<sessions>/{folder.name}"),
        (root, "<project>"),
        (Path(interpreter), "<python>"),
        (Path(sys.executable), "<python>"),
        (Path(itc_tui.__file__).parent, "<itc>"),
        (Path(sys.prefix), "<environment>"),
        (Path(sys.base_prefix), "<base>"),
        (Path.home(), "<home>"),
        (Path(tempfile.gettempdir()), "<tmp>"),
    ):
        for spelled in {str(path), str(path.resolve())}:
            if len(spelled) > 1:
                names.setdefault(spelled, name)
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


def scrubbed(text: str, names: Mapping[str, str]) -> str:
    """A path ends where a name could not go on: /home/ann is not in /home/anna."""
    if not names:
        return text
    pattern = "|".join(re.escape(spelled) for spelled in names)
    return re.sub(rf"({pattern})(?![\w-])", lambda found: names[found.group(1)], text)

"""What is exported names nothing of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.adapters.session.recording import export_session, scrubbed, stand_ins
from itc_tui.domain.trouble import SessionTrouble


def session_at(folder: Path, root: Path) -> Path:
    (folder / ".trace" / "undo").mkdir(parents=True)
    (folder / "state.json").write_text(f'{{"root": "{root}/shop.py"}}')
    (folder / "reflection-log.md").write_text(f"see {root}/shop.py and {Path.home()}/x")
    (folder / ".trace" / "events.jsonl").write_text(f'{{"command": "{root}/.venv/bin/python"}}\n')
    (folder / ".trace" / "undo" / "copy").write_text("secret")
    return folder


def test_paths_become_stand_ins_and_undo_copies_stay_behind(tmp_path: Path) -> None:
    root = tmp_path / "project"
    folder = session_at(root / "s" / "ITG-x", root)
    out = export_session(folder, root, f"{root}/.venv/bin/python", tmp_path / "out")
    texts = {file.name: file.read_text() for file in out.rglob("*") if file.is_file()}
    assert texts == {
        "state.json": '{"root": "<project>/shop.py"}',
        "reflection-log.md": "see <project>/shop.py and <home>/x",
        "events.jsonl": '{"command": "<python>"}\n',
    }


def test_a_longer_name_that_begins_alike_is_left(tmp_path: Path) -> None:
    names = stand_ins(tmp_path / "s", tmp_path / "ann", "/usr/bin/python3")
    assert scrubbed(f"{tmp_path}/anna/x", names).endswith("anna/x")
    assert scrubbed(f"{tmp_path}/ann/x", names) == "<project>/x"


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("x")
    with pytest.raises(SessionTrouble, match="not empty"):
        export_session(session_at(tmp_path / "s", tmp_path), tmp_path, "", tmp_path)

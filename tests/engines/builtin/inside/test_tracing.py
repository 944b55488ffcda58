"""What counts as reached, and as a call between modules."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.tracing import Tracer


def test_lines_of_other_peoples_code_are_none_of_the_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {
        "brewing/kettle.py": "from .vendor import heat\ndef boiled():\n    return heat.up()\n",
        "brewing/vendor/heat.py": "def up():\n    return 100\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    from brewing import kettle  # type: ignore[import-not-found]

    with Tracer(str(tmp_path)).on() as seen:
        assert kettle.boiled() == 100
    for name in [name for name in sys.modules if name.startswith("brewing")]:
        del sys.modules[name]
    assert seen.lines == {("brewing/kettle.py", 3)}
    assert seen.edges == set()

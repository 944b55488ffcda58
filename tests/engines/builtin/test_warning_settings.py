"""Warnings are what the target's pytest settings make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.engines.builtin.warning_settings import warning_filters


@pytest.mark.parametrize(
    ("name", "text", "filters"),
    [
        ("pytest.ini", "[pytest]\nfilterwarnings =\n    error\n", ["error"]),
        ("pyproject.toml", '[tool.pytest.ini_options]\nfilterwarnings = ["error"]\n', ["error"]),
        ("pyproject.toml", '[tool.pytest]\nfilterwarnings = ["error"]\n', ["error"]),
        ("setup.cfg", "[tool:pytest]\naddopts = -q\n", []),
        ("tox.ini", "[pytest]\naddopts = -W error -q\n", ["error"]),
        ("tox.ini", "[pytest]\naddopts = -Werror --strict-markers\n", ["error"]),
        (
            "setup.cfg",
            "[tool:pytest]\nfilterwarnings =\n  error\n  # ignore\n  ignore:old:UserWarning\n",
            ["error", "ignore:old:UserWarning"],
        ),
        ("pyproject.toml", "[tool.pytest.ini_options\n", []),
        ("tox.ini", "no section", []),
    ],
)
def test_filters_are_read_from_wherever_pytest_keeps_its_settings(
    tmp_path: Path, name: str, text: str, filters: list[str]
) -> None:
    (tmp_path / name).write_text(text)
    assert warning_filters(tmp_path) == filters


def test_of_several_files_the_one_counts_that_pytest_takes(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "tox.ini").write_text("[pytest]\nfilterwarnings = error\n")
    assert warning_filters(tmp_path) == []

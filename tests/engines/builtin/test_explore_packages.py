"""Real packages that nobody tuned it for are mapped as a person would map them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.explore import explore
from tests.draining import finished

pytestmark = [pytest.mark.network, pytest.mark.slow]


def mapped(requirement: str, topic: str, folder: Path) -> Exploration:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run(
        [*command, "-d", str(folder), requirement], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"{requirement} could not be fetched: {done.stderr.strip()[-200:]}")
    (wheel,) = folder.glob("*.whl")
    root = folder / "root"
    zipfile.ZipFile(wheel).extractall(root)
    return finished(explore(Target(root=str(root)), ExploreRequest(topic=topic), None))


@pytest.mark.parametrize(
    ("requirement", "topic", "expected"),
    [
        (
            "cookiecutter==2.6.0",
            "cookiecutter",
            {
                "cookiecutter.main → cookiecutter.generate",
                "cookiecutter.generate → cookiecutter.hooks",
                "cookiecutter.hooks → subprocess",
                "cookiecutter.zipfile → requests",
                "cookiecutter.replay → filesystem",
            },
        ),
        (
            "APScheduler==3.10.4",
            "任务存储",
            {
                "apscheduler.jobstores.redis → redis",
                "apscheduler.jobstores.sqlalchemy → sqlalchemy",
                "apscheduler.jobstores.redis → apscheduler.util",
            },
        ),
        (
            "httpie==3.2.4",
            "会话",
            {"httpie.sessions → httpie.config", "httpie.client → httpie.sessions"},
        ),
    ],
    ids=["cookiecutter", "apscheduler", "httpie"],
)
def test_a_package_from_the_registry_is_mapped(
    requirement: str, topic: str, expected: set[str], tmp_path: Path
) -> None:
    exploration = mapped(requirement, topic, tmp_path)
    assert expected <= {point.name for point in exploration.integration_points}
    assert exploration.risk_areas
    assert exploration.metadata.chosen_because
    assert exploration.metadata.unreadable == ()

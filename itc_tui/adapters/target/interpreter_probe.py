"""One question to the target's interpreter: its version, its pytest, and what it can import."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT_S = 20.0
MARK = "itc-probe:"


@dataclass(frozen=True)
class Answer:
    version: str
    executable: str
    pytest_version: str = ""
    plugins: tuple[str, ...] = ()
    installed: tuple[str, ...] = ()
    plugged: tuple[tuple[str, str, str, str], ...] = ()
    """Entry points: group, name, value, distribution."""
    origins: tuple[tuple[str, str], ...] = ()
    """Where each package would be imported from; empty when it would not be found."""

    unknown_options: tuple[str, ...] = ()
    """Of the options that were asked about, those that no plugin brings."""

    def origin_of(self, package: str) -> str:
        return dict(self.origins).get(package, "")


def ask(
    python: str,
    root: Path,
    packages: Sequence[str] = (),
    path: Sequence[str] = (),
    options: Sequence[str] = (),
) -> Answer:
    """Runs nothing of the target's; raises OSError or ValueError when it cannot answer."""
    question = json.dumps(
        {"packages": list(packages), "path": [str(root), *path], "options": list(options)}
    )
    try:
        done = subprocess.run(
            [python, "-c", _SCRIPT, question],
            cwd=root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LIMIT_S,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as late:
        raise ValueError(f"it gave no answer in {LIMIT_S:g} s") from late
    lines = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if not lines:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise ValueError(said[-1])
    told = json.loads(lines[-1].removeprefix(MARK))
    return Answer(
        version=told["version"],
        executable=told["executable"],
        pytest_version=told["pytest"],
        plugins=tuple(told["plugins"]),
        installed=tuple(told["installed"]),
        plugged=tuple((group, name, value, dist) for group, name, value, dist in told["plugged"]),
        origins=tuple((name, origin) for name, origin in told["origins"].items()),
        unknown_options=tuple(told["unknown"]),
    )


# Python 3.8 syntax. The working folder leaves the path before anything is imported: a module of
# the target may have the name of one of the standard library's.
_SCRIPT = r"""
import sys
sys.path[:1] = []
import json, re
import importlib.util
asked = json.loads(sys.argv[1])
told = {"version": "%d.%d.%d" % sys.version_info[:3], "pytest": ""}
told["executable"] = sys.executable
plugins, installed, plugged, texts = set(), set(), set(), []
# Groups of tools that the target is not asked to load.
common = ("console_scripts", "gui_scripts", "pytest11", "distutils.", "setuptools.", "egg_info.")
def read(dist):
    # An option stands in quotes where a plugin adds it; nothing has to be imported to find it.
    for file in dist.files or ():
        if str(file).endswith(".py"):
            try:
                with open(str(dist.locate_file(file)), encoding="utf-8") as source:
                    texts.append(source.read())
            except (OSError, ValueError):
                pass
try:
    from importlib.metadata import distributions
except ImportError:
    distributions = list
for dist in distributions():
    try:
        name = re.sub(r"[-_.]+", "-", dist.metadata["Name"]).lower()
        installed.add(name)
        if name == "pytest":
            told["pytest"] = dist.version
        is_plugin = any(entry.group == "pytest11" for entry in dist.entry_points)
        for entry in dist.entry_points:
            if not entry.group.startswith(common):
                plugged.add((entry.group, entry.name, entry.value, name))
        if is_plugin:
            plugins.add("%s %s" % (name, dist.version))
        if asked["options"] and (is_plugin or name == "pytest"):
            read(dist)
    except Exception:
        pass
quoted = lambda option, text: '"%s"' % option in text or "'%s'" % option in text
told["unknown"] = [
    option for option in asked["options"] if not any(quoted(option, text) for text in texts)
]
told["plugins"], told["installed"] = sorted(plugins), sorted(installed)
told["plugged"] = sorted(plugged)[:500]
sys.path[:0] = asked["path"]
if told["pytest"] and importlib.util.find_spec("pytest") is None:
    told["pytest"] = ""
told["origins"] = {}
for name in asked["packages"]:
    try:
        spec = importlib.util.find_spec(name)
        places = [spec.origin] if spec.origin else list(spec.submodule_search_locations or ())
        told["origins"][name] = next((place for place in places if place), "")
    except Exception:
        told["origins"][name] = ""
print("\n" + "itc-probe:" + json.dumps(told))
"""

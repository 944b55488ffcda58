"""Times exploring a tree, cold and after a change of one file, beside grimp's import graph alone.

    python -m benchmarks.exploration [TREE PACKAGE] [--repeats N]

Without arguments the tree is a copy of this Python's own pure library. Exploring does far more
than an import graph does (it resolves every call), so the ratio says what that costs; grimp is
measured in a process of its own, in turn with ours, without and with its own cache.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.explore import explore

GRIMP = """
import sys, time
sys.path.insert(0, sys.argv[1])
import grimp
started = time.perf_counter()
grimp.build_graph(sys.argv[2], cache_dir=sys.argv[3] or None)
print(time.perf_counter() - started)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tree", nargs="?", type=Path)
    parser.add_argument("package", nargs="?", default="tree")
    parser.add_argument("--repeats", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        package = root / wanted.package
        copy_tree((wanted.tree / wanted.package) if wanted.tree else None, package)
        report(root, wanted.package, wanted.repeats)


def copy_tree(source: Path | None, place: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "test", "tests", "site-packages", "lib2to3")
    library = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(source or library, place, ignore=ignored, symlinks=True)
    (place / "__init__.py").touch()


def report(root: Path, package: str, repeats: int) -> None:
    files = len(list((root / package).rglob("*.py")))
    times: dict[str, list[float]] = {
        "cold": [],
        "changed": [],
        "same": [],
        "grimp": [],
        "again": [],
    }
    for number in range(repeats):
        cache, other = root.parent / f"ours{number}", root.parent / f"theirs{number}"
        times["grimp"].append(grimp_time(root, package, None))
        times["cold"].append(explore_time(root, package, cache))
        times["same"].append(explore_time(root, package, cache))
        grimp_time(root, package, other)
        change_one_file(root / package, number)
        times["changed"].append(explore_time(root, package, cache))
        times["again"].append(grimp_time(root, package, other))
    middle = {name: statistics.median(values) for name, values in times.items()}
    print(f"{files} files, median of {repeats}; seconds, and seconds per 1,000 files")
    for name, label in (
        ("grimp", "grimp's graph, no cache"),
        ("again", "grimp's graph, its cache, one file changed"),
        ("cold", "exploring, cold"),
        ("changed", "exploring, one file changed"),
        ("same", "exploring, nothing changed"),
    ):
        print(f"  {label:44} {middle[name]:7.2f} {middle[name] * 1000 / files:7.2f}")
    print(f"  ratio cold:        {middle['cold'] / middle['grimp']:.1f} × grimp without cache")
    print(f"  ratio one change:  {middle['changed'] / middle['grimp']:.1f} × grimp without cache,")
    print(f"                     {middle['changed'] / middle['again']:.1f} × grimp with its cache")


def explore_time(root: Path, package: str, cache: Path) -> float:
    target = Target(root=str(root), packages=(package,))
    started = time.perf_counter()
    for _ in explore(target, ExploreRequest(topic=package), cache):
        pass
    return time.perf_counter() - started


def grimp_time(root: Path, package: str, cache: Path | None) -> float:
    command = [sys.executable, "-c", GRIMP, str(root), package, str(cache or "")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def change_one_file(package: Path, number: int) -> None:
    """The largest file, so that the figure is not flattered."""
    largest = max(package.rglob("*.py"), key=lambda path: path.stat().st_size)
    with largest.open("a", encoding="utf-8") as file:
        file.write(f"\nCHANGED_{number} = {number}\n")


if __name__ == "__main__":
    main()

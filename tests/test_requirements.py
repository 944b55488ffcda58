"""The lock holds every dependency by name, version and hash, and no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "dev.txt"


def pins() -> dict[str, tuple[Requirement, list[str]]]:
    """Name → requirement and hashes, of each entry of the lock."""
    entries = LOCK.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found: dict[str, tuple[Requirement, list[str]]] = {}
    for entry in filter(None, map(str.strip, entries)):
        text, *hashes = re.split(r"\s+--hash=", entry)
        requirement = Requirement(text)
        found[canonicalize_name(requirement.name)] = (requirement, hashes)
    return found


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in project["dependencies"]] + [
        Requirement(text) for text in project["optional-dependencies"]["dev"]
    ]


def test_every_pin_is_one_version_with_hashes() -> None:
    assert len(pins()) > 20
    for name, (requirement, hashes) in pins().items():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), name
        assert hashes, name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), name


def test_no_pin_has_an_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert re.findall(r"\w+://|\s@\s|--index|--extra-index|--find-links|file:", text) == []
    assert all(requirement.url is None for requirement, _ in pins().values())


def test_no_other_lock_lies_beside_it() -> None:
    """Other tools' locks name the registry they came from."""
    locks = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pixi.lock"}
    beside = {path.name for folder in (ROOT, ROOT / "requirements") for path in folder.iterdir()}
    assert beside & locks == set()
    assert not [name for name in beside if re.fullmatch(r"pylock\..*toml|pylock\.toml", name)]
    assert [path.name for path in (ROOT / "requirements").iterdir()] == ["dev.txt"]


def test_every_dependency_of_the_project_is_pinned_at_a_version_it_allows() -> None:
    pinned = pins()
    for requirement in wanted():
        pin, _ = pinned[canonicalize_name(requirement.name)]
        [version] = [part.version for part in pin.specifier]
        assert requirement.specifier.contains(version), requirement

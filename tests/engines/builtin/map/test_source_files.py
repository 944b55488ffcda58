"""Every common layout is found, and what is not the target's own code is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.map.source_files import find_files
from tests.engines.builtin.map.shops import written


def own(target: Target) -> dict[str, str]:
    return {one.module: one.path for one in find_files(target).files if not one.is_test}


@pytest.mark.parametrize(
    ("files", "modules"),
    [
        (["shop/__init__.py", "shop/a.py"], {"shop", "shop.a"}),
        (["src/shop/__init__.py", "src/shop/a.py"], {"shop", "shop.a"}),
        (["src/shop/a.py", "src/shop/deep/b.py"], {"shop.a", "shop.deep.b"}),
        (["shop.py"], {"shop"}),
        (["one/__init__.py", "two/__init__.py"], {"one", "two"}),
    ],
    ids=["flat", "src", "namespace", "script", "several"],
)
def test_packages_are_found_in_every_layout(
    files: list[str], modules: set[str], tmp_path: Path
) -> None:
    target = written(tmp_path, dict.fromkeys(files, "x = 1\n"))
    found = own(target)
    if "src" in files[0]:
        found = own(target.but(source_roots=("src",)))
        assert own(target.but(packages=("shop",))) == found, "named but not placed: found anyway"
    assert set(found) == modules


def test_several_roots_of_one_repository_are_read_together(tmp_path: Path) -> None:
    target = written(
        tmp_path, {"libs/a/src/a/__init__.py": "", "libs/b/src/b/x.py": "", "libs/b/setup.py": ""}
    )
    roots = ("libs/a/src", "libs/b/src")
    found = own(target.but(source_roots=roots, packages=("a", "b")))
    assert found == {"a": "libs/a/src/a/__init__.py", "b.x": "libs/b/src/b/x.py"}


def test_two_files_with_one_name_are_not_mixed(tmp_path: Path) -> None:
    target = written(tmp_path, {"one/shop/a.py": "", "two/shop/a.py": ""})
    found = find_files(target.but(source_roots=("one", "two"), packages=("shop",)))
    assert [one.path for one in found.files] == ["one/shop/a.py"]
    assert found.notes == ["two/shop/a.py: is named shop.a, like one/shop/a.py"]


@pytest.mark.parametrize(
    "foreign",
    [
        "shop/_vendor/six.py",
        "shop/__pycache__/a.py",
        "node_modules/x/setup.py",
        ".venv/lib/a.py",
        "world/lib/site-packages/a.py",
        "build/lib/shop/a.py",
        "docs/conf.py",
        "setup.py",
        "shop/.hidden/a.py",
        "shop.egg-info/a.py",
    ],
)
def test_what_is_not_the_targets_own_is_skipped(foreign: str, tmp_path: Path) -> None:
    target = written(tmp_path, {"shop/__init__.py": "", foreign: "x = 1\n"})
    assert set(own(target)) == {"shop"}


def test_a_virtual_environment_is_known_by_its_file_not_by_its_name(tmp_path: Path) -> None:
    target = written(
        tmp_path,
        {"shop/__init__.py": "", "shop/env/pyvenv.cfg": "", "shop/env/lib.py": "x = 1\n"},
    )
    assert set(own(target)) == {"shop"}


def test_tests_are_told_from_the_product(tmp_path: Path) -> None:
    target = written(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/testing.py": "",
            "shop/tests/test_a.py": "",
            "tests/unit/test_b.py": "",
            "tests/conftest.py": "",
            "tests/tools.py": "",
        },
    )
    found = find_files(target)
    assert set(own(target)) == {"shop", "shop.testing"}
    assert {one.path for one in found.files if one.is_test} == {
        "shop/tests/test_a.py",
        "tests/unit/test_b.py",
        "tests/conftest.py",
        "tests/tools.py",
    }
    assert len({one.path for one in found.files}) == len(found.files), "no file is read twice"


@pytest.mark.parametrize("place", ["", "src/"])
def test_tests_inside_a_package_are_read_once(place: str, tmp_path: Path) -> None:
    target = written(
        tmp_path,
        {
            f"{place}shop/__init__.py": "",
            f"{place}shop/tests/test_a.py": "",
            f"{place}shop/tests/test_b.py": "",
        },
    )
    if place:
        target = target.but(source_roots=("src",))
    paths = [one.path for one in find_files(target).files]
    assert len(paths) == len(set(paths)) == 3


def test_links_that_go_round_in_a_circle_end(tmp_path: Path) -> None:
    target = written(tmp_path, {"shop/__init__.py": "", "shop/a.py": ""})
    (tmp_path / "shop" / "again").symlink_to(tmp_path / "shop", target_is_directory=True)
    (tmp_path / "shop" / "lost.py").symlink_to(tmp_path / "nowhere.py")
    assert set(own(target)) == {"shop", "shop.a"}


def test_compiled_modules_are_named_unless_a_stub_speaks_for_them(tmp_path: Path) -> None:
    target = written(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/fast.cpython-311-x86_64-linux-gnu.so": b"\x7fELF",
            "shop/known.cpython-311-x86_64-linux-gnu.so": b"\x7fELF",
            "shop/known.pyi": "def f() -> int: ...\n",
        },
    )
    assert find_files(target).notes == [
        "shop/fast.cpython-311-x86_64-linux-gnu.so: is compiled, so its calls are not seen"
    ]


def test_a_package_of_tests_stays_tests_even_when_it_is_named_a_package(tmp_path: Path) -> None:
    target = written(tmp_path, {"shop/__init__.py": "", "tests/__init__.py": "", "tests/x.py": ""})
    assert set(own(target.but(packages=("shop", "tests")))) == {"shop"}


def test_names_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    target = written(tmp_path, {"shop/__init__.py": "", "shop/测试.py": "", "shop/a b.py": ""})
    for name in (b"\xff.py", b"x\x1b[2J.py", b"y\n.py"):
        try:
            (tmp_path / "shop" / os.fsdecode(name)).write_text("")
        except OSError:
            pytest.skip("this file system takes only text for names")
    assert set(own(target)) == {"shop", "shop.测试", "shop.a b"}


def test_an_empty_repository_is_no_trouble(tmp_path: Path) -> None:
    assert find_files(Target(root=str(tmp_path))).files == []


def test_a_stub_stands_in_where_there_is_no_source(tmp_path: Path) -> None:
    target = written(
        tmp_path, {"shop/__init__.py": "", "shop/fast.pyi": "", "shop/a.py": "", "shop/a.pyi": ""}
    )
    assert own(target) == {
        "shop": "shop/__init__.py",
        "shop.a": "shop/a.py",
        "shop.fast": "shop/fast.pyi",
    }

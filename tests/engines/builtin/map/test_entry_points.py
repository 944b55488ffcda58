"""Every door of a target is found, with what it opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.engines.builtin.map.entry_points import find_doors, public_names
from itc_tui.engines.builtin.map.plugin_groups import plugin_doors
from tests.engines.builtin.map.shops import indexed

DOORS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "console script": (
        {"pyproject.toml": '[project.scripts]\nshop = "shop.app:main"\n'},
        "console script shop → shop.app.main",
    ),
    "poetry script": (
        {"pyproject.toml": '[tool.poetry.scripts]\nshop = "shop.app:main"\n'},
        "console script shop → shop.app.main",
    ),
    "plugin": (
        {"pyproject.toml": '[project.entry-points."flask.commands"]\nx = "shop.app:main"\n'},
        "plugin flask.commands: x → shop.app.main",
    ),
    "setup.cfg": (
        {"setup.cfg": "[options.entry_points]\nconsole_scripts =\n    shop = shop.app:main\n"},
        "console script shop → shop.app.main",
    ),
    "setup.py": (
        {"setup.py": "setup(entry_points={'console_scripts': ['shop = shop.app:main [x]']})\n"},
        "console script shop → shop.app.main",
    ),
    "python -m": ({"shop/__main__.py": ""}, "module python -m shop → shop.__main__"),
    "script": (
        {"shop/app.py": "if __name__ == '__main__':\n    pass\n"},
        "script shop/app.py → shop.app",
    ),
    "click": (
        {"shop/app.py": "import click\n@click.command()\ndef place_order(): ...\n"},
        "command place-order → shop.app.place_order",
    ),
    "click group": (
        {"shop/app.py": "import click\n@cli.command('go')\ndef run(): ...\n"},
        "command go → shop.app.run",
    ),
    "typer": (
        {"shop/app.py": "import typer\napp = typer.Typer()\n@app.command()\ndef run(): ...\n"},
        "command run → shop.app.run",
    ),
    "argparse": (
        {
            "shop/app.py": "import argparse\ndef main():\n"
            "    p = argparse.ArgumentParser()\n    p.parse_args()\n"
        },
        "command line argparse → shop.app.main",
    ),
    "flask route": (
        {"shop/app.py": "@app.route('/x/<id>', methods=['GET', 'POST'])\ndef x(id): ...\n"},
        "route GET/POST /x/<id> → shop.app.x",
    ),
    "fastapi route": (
        {"shop/app.py": "@router.post('/orders', status_code=201)\nasync def new(): ...\n"},
        "route POST /orders → shop.app.new",
    ),
    "fastapi app": (
        {"shop/app.py": "from fastapi import FastAPI\napp = FastAPI()\n"},
        "ASGI app FastAPI → shop.app",
    ),
    "wsgi": (
        {"shop/app.py": "def app(environ, start_response): ...\n"},
        "WSGI app shop.app.app",
    ),
    "asgi": (
        {"shop/app.py": "class App:\n    async def __call__(self, scope, receive, send): ...\n"},
        "ASGI app shop.app.App.__call__",
    ),
    "celery task": (
        {"shop/app.py": "@shared_task(bind=True)\ndef send(self): ...\n"},
        "task send → shop.app.send",
    ),
    "signal": (
        {"shop/app.py": "@receiver(post_save)\ndef saved(**kw): ...\n"},
        "receiver saved → shop.app.saved",
    ),
    "django urls": (
        {"shop/urls.py": "urlpatterns = []\n"},
        "routes urlpatterns → shop.urls",
    ),
    "django command": (
        {"shop/management/commands/load.py": "class Command(BaseCommand): ...\n"},
        "command manage.py load → shop.management.commands.load.Command",
    ),
}


@pytest.mark.parametrize("kind", DOORS)
def test_a_door_is_found(kind: str, tmp_path: Path) -> None:
    files, door = DOORS[kind]
    index = indexed(tmp_path, {"shop/__init__.py": "", **files})
    assert door in [str(one) for one in find_doors(index)]


@pytest.mark.parametrize(
    "text",
    [
        "@property\ndef get(self): ...\n",
        "@dataclass\nclass A: ...\n",
        "@cache.get('x')\ndef f(): ...\n",
        "@functools.wraps(f)\ndef command(): ...\n",
        "@mock.patch('a.b')\ndef f(): ...\n",
    ],
)
def test_an_ordinary_decorator_opens_no_door(text: str, tmp_path: Path) -> None:
    index = indexed(tmp_path, {"shop/__init__.py": "", "shop/app.py": text})
    assert find_doors(index) == []


@pytest.mark.parametrize(
    "told", [b"\xff\xfe", b"[project", b"project = 3\n", b"[project]\nscripts = 1\n"]
)
def test_packaging_files_that_make_no_sense_are_passed_over(told: bytes, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"pyproject.toml": told, "setup.cfg": told, "setup.py": told}
    assert find_doors(indexed(tmp_path, {"shop/__init__.py": "", **files})) == []


def test_public_names_are_those_that_a_package_offers(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "from shop.store import Store\nfrom json import loads\n",
            "shop/store.py": "__all__ = ['Store']\n__all__ += ['save']\nclass Store: ...\n",
            "shop/free.py": "from json import loads\ndef f(): ...\ndef _g(): ...\nLIMIT = 3\n",
            "shop/_inner.py": "def hidden(): ...\n",
        },
    )
    assert public_names(index, index.own_modules) == [
        "shop.Store",
        "shop.free.f",
        "shop.store.Store",
        "shop.store.save",
    ]


LOADERS = {
    "shop/pots.py": """
from importlib.metadata import entry_points

GROUP = "shop.pots"
first = {one.name: one.load() for one in entry_points(group=GROUP)}
second = entry_points().select(group="shop.hooks")
""",
    "shop/older.py": """
import pkg_resources

found = list(pkg_resources.iter_entry_points("shop.themes"))
""",
    "shop/plain.py": "def get(name):\n    return {}.get('shop.nothing')\n",
}


def test_the_groups_that_a_target_loads_are_found_with_what_plugs_into_them(
    tmp_path: Path,
) -> None:
    index = indexed(tmp_path, {"shop/__init__.py": "", **LOADERS})
    installed = (
        ("shop.pots", "glass", "glassware.pots:Glass", "glass-ware"),
        ("shop.pots", "clay", "shop.pots:Clay", "shop"),
        ("other.group", "x", "other:x", "other"),
    )
    assert sorted(map(str, plugin_doors(index, installed))) == [
        "installed plugin shop.pots: glass of glass-ware → glassware.pots.Glass",
        "plugin group shop.hooks → shop.pots",
        "plugin group shop.pots → shop.pots",
        "plugin group shop.themes → shop.older",
    ]

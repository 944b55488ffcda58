"""What lies outside is known by its client library; what stays in memory is not outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.domain.words import PointKind
from itc_tui.engines.builtin.map.outside import recognise
from tests.engines.builtin.map.shops import explored


@pytest.mark.parametrize(
    ("dotted", "name", "kind"),
    [
        ("sqlite3.connect.execute", "sqlite3", PointKind.DATABASE),
        ("sqlalchemy.orm.Session.commit", "sqlalchemy", PointKind.DATABASE),
        ("django.db.models.Model.objects.filter", "django.db", PointKind.DATABASE),
        ("requests.get", "requests", PointKind.HTTP),
        ("httpx.AsyncClient.post", "httpx", PointKind.HTTP),
        ("urllib.request.build_opener.open", "urllib.request", PointKind.HTTP),
        ("boto3.client.put_object", "boto3", PointKind.HTTP),
        ("redis.Redis.hget", "redis", PointKind.CACHE),
        ("pika.BlockingConnection.channel.basic_publish", "pika", PointKind.EVENT),
        ("smtplib.SMTP.sendmail", "smtplib", PointKind.EVENT),
        ("subprocess.run", "subprocess", PointKind.PROCESS),
        ("os.system", "process", PointKind.PROCESS),
        ("os.remove", "filesystem", PointKind.FILE),
        ("pathlib.Path.parent.write_text", "filesystem", PointKind.FILE),
        ("builtins.open", "filesystem", PointKind.FILE),
        ("shutil.copytree", "filesystem", PointKind.FILE),
        ("os.environ", "environment", PointKind.ENVIRONMENT),
        ("os.environ.get", "environment", PointKind.ENVIRONMENT),
        ("datetime.datetime.now", "clock", PointKind.ENVIRONMENT),
        ("random.Random.choice", "random", PointKind.ENVIRONMENT),
        ("builtins.input", "terminal", PointKind.ENVIRONMENT),
    ],
)
def test_what_lies_outside_is_named(dotted: str, name: str, kind: PointKind) -> None:
    found = recognise(dotted)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)


@pytest.mark.parametrize(
    "dotted",
    [
        "os.path.join",
        "pathlib.Path",
        "pathlib.PurePath.joinpath",
        "pathlib.Path.parent.relative_to",
        "datetime.datetime",
        "datetime.datetime.now.strftime",
        "sqlite3.IntegrityError",
        "requests.Response.headers.get",
        "requests.get.json",
        "subprocess.CalledProcessError.output.decode",
        "os.environ.copy.items",
        "json.loads",
        "builtins.len",
        "myrequests.get",
    ],
)
def test_what_stays_in_memory_is_not_outside(dotted: str) -> None:
    assert recognise(dotted) is None


def test_outer_boundaries_are_found_through_attributes_and_results(tmp_path: Path) -> None:
    exploration = explored(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/store.py": """
                import os
                import sqlite3
                from pathlib import Path
                import requests

                class Store:
                    def __init__(self, folder: Path):
                        self.folder = folder
                        self.rows = sqlite3.connect(folder / "x")
                        self.session = requests.Session()

                    def save(self):
                        with self.rows as rows:
                            rows.execute("insert")
                        (self.folder / "log").write_text("saved")
                        self.session.post(os.environ["URL"])
            """,
        },
    )
    outer = (one for one in exploration.integration_points if not one.is_face)
    points = {one.to_module: one for one in outer}
    assert set(points) == {"sqlite3", "filesystem", "requests", "environment"}
    assert points["environment"].contract == "os.environ['URL']"
    assert points["sqlite3"].contract == "sqlite3.connect(), sqlite3.connect.execute('insert')"
    assert points["requests"].sites[0].caller == "shop.store.Store.save"
    assert all(one.is_outer for one in points.values())


def test_a_target_that_is_called_like_a_library_is_itself(tmp_path: Path) -> None:
    exploration = explored(
        tmp_path,
        {
            "redis/__init__.py": "",
            "redis/client.py": "def get(key): return key\n",
            "redis/pool.py": "from redis import client\nimport redis.lost\n"
            "def take(): return client.get(1), redis.lost.get(2)\n",
        },
    )
    assert [one.name for one in exploration.integration_points] == ["redis.pool → redis.client"]

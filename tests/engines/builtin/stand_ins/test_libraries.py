"""With the libraries that a target may have, each stand-in is observed, written and run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.inside.programs import Step
from tests.engines.builtin.bench import STAND_IN, Bench, write

pytestmark = [pytest.mark.network, pytest.mark.slow]
LIBRARIES = ("freezegun", "responses", "requests-mock", "respx", "fakeredis", "moto[s3]", "boto3")
RATES = """
    import requests

    def rate(currency):
        answer = requests.get("https://rates.example.com/latest", params={"to": currency})
        answer.raise_for_status()
        return answer.json()["rates"]["today"] * 2
    """
CLIENT = """
    import httpx

    def rate(currency):
        answer = httpx.get("https://rates.example.com/latest", params={"to": currency})
        return answer.json()["rates"]["today"] * 2
    """
CACHE = """
    import redis

    class Cache:
        def __init__(self, url):
            self.redis = redis.from_url(url, decode_responses=True)

        def put(self, key, value):
            self.redis.set(key, value, ex=60)
            return self.redis.get(key)
    """
ARCHIVE = """
    import boto3

    class Archive:
        def __init__(self, bucket):
            self.bucket, self.s3 = bucket, boto3.client("s3")

        def keep(self, key, text):
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=text.encode())
            return self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read().decode()
    """
CALENDAR = """
    import time
    from datetime import date, timedelta

    def due(days):
        return date.today() + timedelta(days=days), int(time.time())
    """
SENT = '("GET", "https://rates.example.com/latest?to=EUR")'


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter that has them all."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "pytest", *LIBRARIES]
    if subprocess.run(pip, capture_output=True).returncode:
        pytest.skip("the libraries cannot be fetched here")
    return str(folder / "bin" / "python")


def drafted(python: str, folder: Path, source: str, installed: tuple[str, ...], *lines: str) -> str:
    root = folder / "repo"
    write(str(root), **{"shop/__init__.py": "", "shop/outer.py": source})
    target = Target(root=str(root), python=python, packages=("shop",), installed=installed)
    with ScratchBox(target) as box:
        bench = Bench(target, box)
        (stand_in,) = bench.handed.stand_ins
        steps = [Step(stand_in.name, stand_in.name, STAND_IN)]
        steps += [Step("", code) for code in next(iter(stand_in.openings), ())]
        steps += [Step(f"v_{place}_1", code) for place, code in enumerate(lines)]
        imports = ("from shop.outer import *", *stand_in.opening_imports)
        return bench.text_of(*imports, steps=steps)


@pytest.mark.parametrize(
    ("source", "library", "expected"),
    [(RATES, "responses", SENT), (RATES, "requests-mock", SENT), (CLIENT, "respx", SENT)],
)
def test_services_are_answered_for(
    python: str, tmp_path: Path, source: str, library: str, expected: str
) -> None:
    text = drafted(python, tmp_path, source, (library,), "rate('EUR')")
    assert 'assert rate("EUR") == 14' in text
    assert expected in text


def test_redis_runs_in_the_process(python: str, tmp_path: Path) -> None:
    lines = ("Cache('redis://cache.example.com/0').put('tea', '2')",)
    text = drafted(python, tmp_path, CACHE, ("fakeredis",), *lines)
    assert 'assert sorted(redis_server.keys()) == ["tea"]' in text


def test_buckets_are_kept_in_the_process(python: str, tmp_path: Path) -> None:
    lines = ("Archive('stock').keep('tea', 'two')",)
    text = drafted(python, tmp_path, ARCHIVE, ("boto3", "moto"), *lines)
    assert 'assert Archive("stock").keep("tea", "two") == "two"' in text


def test_the_whole_process_sees_the_frozen_time(python: str, tmp_path: Path) -> None:
    text = drafted(python, tmp_path, CALENDAR, ("freezegun",), "due(3)")
    assert "assert due(3) == (datetime.date(2024, 5, 20), 1715949045)" in text


def test_the_same_with_time_machine(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "-q", "pytest", "time-machine"]
    if subprocess.run(pip, capture_output=True).returncode:
        pytest.skip("the library cannot be fetched here")
    text = drafted(str(venv / "bin" / "python"), tmp_path, CALENDAR, ("time-machine",), "due(3)")
    assert "assert due(3) == (datetime.date(2024, 5, 20), 1715949045)" in text

"""Applications and tasks of real frameworks are driven by the clients that come with them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.engines.builtin.inside.drivers.test_doors import STORE, codes, searched
from tests.engines.builtin.small_targets import MakeTarget

pytestmark = [pytest.mark.network, pytest.mark.slow]

FLASK = """
    from flask import Flask, jsonify, request
    from shop.store import Store

    def create_app():
        app = Flask(__name__)
        store = Store()

        @app.post("/orders")
        def create():
            number = store.add(request.get_json()["item"], 1)
            return jsonify({"id": number, **store.orders[number]}), 201

        @app.get("/orders/<int:order_id>")
        def show(order_id):
            order = store.orders.get(order_id)
            return (jsonify({"id": order_id, **order}), 200) if order else ("none", 404)

        return app
    """
FASTAPI = """
    from fastapi import FastAPI, HTTPException
    from pydantic import BaseModel
    from shop.store import Store

    app = FastAPI()
    store = Store()

    class Order(BaseModel):
        item: str
        count: int = 1

    @app.post("/orders", status_code=201)
    def create(order: Order) -> dict:
        number = store.add(order.item, order.count)
        return {"id": number, **store.orders[number]}

    @app.get("/orders/{order_id}")
    async def show(order_id: int) -> dict:
        if order_id not in store.orders:
            raise HTTPException(404, "none")
        return {"id": order_id, **store.orders[order_id]}
    """
FALCON = """
    import falcon
    from shop.store import Store

    class Orders:
        def __init__(self):
            self.store = Store()

        def on_post(self, req, resp):
            number = self.store.add(req.media["item"], 1)
            resp.status = falcon.HTTP_201
            resp.media = {"id": number, **self.store.orders[number]}

    class Order:
        def __init__(self, orders):
            self.orders = orders

        def on_get(self, req, resp, order_id):
            order = self.orders.store.orders.get(int(order_id))
            if order is None:
                raise falcon.HTTPNotFound()
            resp.media = {"id": int(order_id), **order}

    def create_app():
        app = falcon.App()
        orders = Orders()
        app.add_route("/orders", orders)
        app.add_route("/orders/{order_id:int}", Order(orders))
        return app
    """
TYPER = """
    import enum
    import typer
    from shop.store import Store

    app = typer.Typer()

    class Size(enum.Enum):
        SMALL = "small"

    @app.command()
    def add(item: str, count: int = 1, size: Size = typer.Option(...)):
        typer.echo(Store().add(item, count))

    @app.command()
    def fill(item: str):
        typer.echo(Store().add(item, 50))
    """
CELERY = """
    from celery import Celery
    from shop.store import Store

    queue = Celery("shop")

    @queue.task
    def restock(item: str, count: int):
        return Store().add(item, count)
    """
BOTTLE = """
    from bottle import Bottle, abort, request, response
    from shop.store import Store

    def create_app():
        app = Bottle()
        store = Store()

        @app.post("/orders")
        def create():
            number = store.add(request.json["item"], 1)
            response.status = 201
            return {"id": number, **store.orders[number]}

        @app.get("/orders/<order_id:int>")
        def show(order_id):
            if order_id not in store.orders:
                abort(404, "none")
            return {"id": order_id, **store.orders[order_id]}

        return app
    """
DRAMATIQ = """
    import dramatiq
    from dramatiq.brokers.stub import StubBroker
    from shop.store import Store

    dramatiq.set_broker(StubBroker())

    @dramatiq.actor(max_retries=3)
    def restock(item: str, count: int):
        return Store().add(item, count)
    """
HUEY = """
    from huey import MemoryHuey, crontab
    from shop.store import Store

    huey = MemoryHuey("shop")

    @huey.task(retries=2)
    def restock(item: str, count: int):
        return Store().add(item, count)

    @huey.periodic_task(crontab(minute="0"))
    def nightly():
        return Store().add("tea", 1)
    """


@pytest.mark.parametrize(
    ("needs", "source", "expected"),
    [
        (("flask",), FLASK, (".test_client()", ".json == v_created")),
        (("fastapi", "httpx"), FASTAPI, ("TestClient(app)", ".json() == v_created")),
        (("falcon",), FALCON, (".simulate_post('/orders'", ".json == v_created")),
        (("typer",), TYPER, ("CliRunner()", "['add', ", "'--size', 'small'", "['fill', ")),
        (("celery",), CELERY, ("restock.apply(args=[",)),
        (
            ("bottle",),
            BOTTLE,
            ("wsgi_request(v_app", "'POST', '/orders'", ".json() == v_created"),
        ),
        (("bottle", "werkzeug"), BOTTLE, ("Client(v_app", ".json == v_created")),
        (("dramatiq",), DRAMATIQ, ("restock(",)),
        (("huey",), HUEY, ("restock.call_local(", "nightly.call_local()")),
    ],
    ids=[
        "flask",
        "fastapi",
        "falcon",
        "typer",
        "celery",
        "bottle",
        "bottle and werkzeug",
        "dramatiq",
        "huey",
    ],
)
def test_a_framework_is_driven_by_its_own_client(
    needs: tuple[str, ...],
    source: str,
    expected: tuple[str, ...],
    make_target: MakeTarget,
    laboratory_of: Callable[[Target], Laboratory],
    tmp_path: Path,
) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    done = subprocess.run(
        [python, "-m", "pip", "install", "-q", *needs], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"{needs} could not be fetched: {done.stderr.strip()[-200:]}")
    target = make_target(**{"shop/store.py": STORE, "shop/web.py": source}).but(python=python)
    rows = searched(laboratory_of(target), target)
    text = codes(rows)
    for piece in expected:
        assert piece in text
    assert any(edge[3] == "Store.add" for row in rows for edge in row["edges"])

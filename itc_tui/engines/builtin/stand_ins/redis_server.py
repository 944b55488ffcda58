"""Redis in the test's own process, by fakeredis."""

from __future__ import annotations

from itc_tui.engines.builtin.stand_ins.references import Reference, imports_for, references_in
from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn

_HEAD = '''\
@pytest.fixture
def redis_server(monkeypatch):
    """A client of a Redis in this process, to which every client of the code talks."""
    server = fakeredis.FakeServer()

    class Client(fakeredis.FakeRedis):
        def __init__(self, *args, **named):
            super().__init__(*args, **{"server": server, **named})

        @classmethod
        def from_url(cls, url, **named):
            return super().from_url(url, **{"server": server, **named})

'''
_CLASSES = ("Redis", "StrictRedis")
_NAMES = ("redis", "redis_client", "redis_conn", "client", "connection", "conn", "cache", "backend")


def redis_server(outside: Outside, environment: Environment) -> StandIn | None:
    if outside.name != "redis" or not environment.has("fakeredis"):
        return None
    asked = [one for one in references_in(outside, "redis") if _is_known(one)]
    lines = "".join(dict.fromkeys(line for one in asked for line in _setting(one)))
    return StandIn(
        name="redis_server",
        source=_HEAD + lines + "    return Client(decode_responses=True)",
        imports=("import fakeredis", "import pytest", *imports_for(asked)),
        sites=outside.lines if asked else (),
        outside="redis",
        reason="Redis runs in the test's own process, by fakeredis.",
        shows=("sorted(redis_server.keys())",),
        offers=(("redis_server", ("fakeredis", "FakeRedis")),),
        offers_by_name=tuple((name, "redis_server") for name in _NAMES),
    )


def _is_known(one: Reference) -> bool:
    return one.means in ("redis", "redis.from_url", *(f"redis.{name}" for name in _CLASSES))


def _setting(one: Reference) -> list[str]:
    if one.means == "redis":
        classes = [one.given("Client", name) for name in _CLASSES]
        return [*classes, one.given("Client.from_url", "from_url")]
    return [one.given("Client.from_url" if one.means.endswith("from_url") else "Client")]

"""AWS in the test's own process, by moto."""

from __future__ import annotations

import re

from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn

_SOURCE = '''\
@pytest.fixture
def {name}(monkeypatch):
    """A client of {service} in this process, which no request leaves."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with moto.mock_aws():
        {body}'''
_BUCKET = "stock"
_S3 = """client = boto3.client("s3")
        client.create_bucket(Bucket="%s")
        yield client"""
_SERVICE = re.compile(r"""\.(?:client|resource)\(\s*(?:service_name\s*=\s*)?["'](\w+)["']""")


def aws(outside: Outside, environment: Environment) -> StandIn | None:
    if outside.name not in ("boto3", "botocore") or not environment.has("moto", "boto3"):
        return None
    services = [name for text in outside.sources.values() for name in _SERVICE.findall(text)]
    service = "s3" if "s3" in services or not services else services[0]
    name = f"{service}_client"
    is_s3 = service == "s3"
    listing = f'{name}.list_objects_v2(Bucket="{_BUCKET}").get("Contents", [])'
    body = _S3 % _BUCKET if is_s3 else f'yield boto3.client("{service}")'
    return StandIn(
        name=name,
        source=_SOURCE.format(name=name, service=service, body=body),
        imports=("import boto3", "import moto", "import pytest"),
        sites=outside.lines,
        outside=outside.name,
        reason=f"{service} runs in the test's own process, by moto.",
        shows=(f'[one["Key"] for one in {listing}]',) if is_s3 else (),
        offers_by_name=(
            *(((one, repr(_BUCKET)) for one in ("bucket", "bucket_name")) if is_s3 else ()),
            *((one, name) for one in ("client", service, f"{service}_client")),
        ),
    )

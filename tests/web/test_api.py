"""The HTTP API: the same actions, tokens with scopes, one key one write, problems in words."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

from tests.floor.conftest import Gallery
from yingbin.floor.models import Visit
from yingbin.people.actions.tokens import make_token, revoke_token
from yingbin.people.models import Assignment
from yingbin.people.scopes import SCOPES
from yingbin.rules.decision import Refused
from yingbin.web.api import api
from yingbin.web.wsgi import application

SAMPLE = Path(__file__).parents[2] / "docs" / "samples" / "arrival_client.py"


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """New limits for each test; and the test's own connection outlives a request."""
    cache.clear()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def token(gallery: Gallery, name: str, *scopes: str) -> str:
    _, secret = make_token(
        site_id=gallery.site,
        key=uuid4().hex,
        by=gallery.id("郑岚"),
        at=gallery.now,
        name="门口平板",
        kind="device",
        scopes=list(scopes),
        acts_as=gallery.id(name),
    )
    return secret


def call(
    client: Client, secret: str, method: str, path: str, body: Any = None, key: str = ""
) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    answer = client.generic(
        method,
        f"/api/v1{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers=headers,
    )
    return answer.status_code, json.loads(answer.content)


@pytest.mark.clause("TQ-1", "TQ-1.2")
def test_an_arrival_is_decided_as_at_the_desk_and_one_key_writes_once(
    client: Client, hall: Gallery
) -> None:
    secret = token(hall, "苏晴", "arrivals.write", "decisions.read")
    told = {"name": "张伟", "phone": "13812341234", "group_size": 3}
    first = call(client, secret, "POST", "/arrivals", told, "arrival-1")
    again = call(client, secret, "POST", "/arrivals", told, "arrival-1")
    assert first == again
    assert first[0] == 201
    decision = first[1]["decisions"][0]
    assert decision["receiver"] == str(hall.id("林悦"))
    assert decision["clause"] == "TQ-1.2"
    assert "林悦" in decision["because"]
    assert Visit.objects.count() == 1
    other = call(client, secret, "POST", "/arrivals", told | {"group_size": 4}, "arrival-1")
    assert other[0] == 409
    code = decision["receipt"]
    assert call(client, secret, "GET", f"/receipts/{code}")[1]["id"] == decision["id"]


def test_a_write_without_a_key_is_refused_in_words(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "arrivals.write")
    status, problem = call(client, secret, "POST", "/arrivals", {"name": "张伟"})
    assert status == 400
    assert "Idempotency-Key" in problem["detail"]
    assert not Visit.objects.exists()


def test_nothing_opens_without_a_token_not_even_a_session(client: Client, hall: Gallery) -> None:
    from tests.floor.test_reception import signed_in

    page = signed_in(client, hall, "郑岚")
    for path in ("/queue", "/decisions", "/status", "/customers?q=1234"):
        answer = page.get(f"/api/v1{path}")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_scope_allows_no_more_than_it_says(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "queue.read")
    assert call(client, secret, "GET", "/queue")[0] == 200
    for method, path in (("GET", "/decisions"), ("POST", "/arrivals"), ("GET", "/customers?q=123")):
        status, problem = call(client, secret, method, path, {}, "key-12345")
        assert status == 403, path
        assert "这个密钥不能" in problem["detail"]


def test_a_token_never_exceeds_its_person(client: Client, hall: Gallery) -> None:
    with pytest.raises(Refused, match="不能：接单"):
        token(hall, "苏晴", "receptions.write")
    secret = token(hall, "林悦", "decisions.read")
    Assignment.objects.filter(staff_id=hall.id("林悦")).update(until=hall.now)
    assert call(client, secret, "GET", "/decisions")[0] == 403


def test_a_revoked_token_opens_nothing(client: Client, hall: Gallery) -> None:
    token_id, secret = make_token(
        site_id=hall.site, key="k", by=hall.id("郑岚"), at=hall.now, name="旧平板",
        kind="device", scopes=["queue.read"], acts_as=hall.id("苏晴"),
    )  # fmt: skip
    assert call(client, secret, "GET", "/queue")[0] == 200
    revoke_token(site_id=hall.site, key="r", by=hall.id("郑岚"), at=hall.now, token_id=token_id)
    assert call(client, secret, "GET", "/queue")[0] == 401


def test_another_sites_visit_does_not_exist(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "decisions.read", "arrivals.write")
    status, problem = call(client, secret, "GET", f"/visits/{uuid4()}")
    assert (status, problem["title"]) == (404, "没有找到")
    assert call(client, secret, "POST", f"/visits/{uuid4()}/undo", {}, "undo-1234")[0] == 404


@pytest.mark.clause("TQ-3")
def test_a_refusal_of_the_rules_names_its_clause(client: Client, hall: Gallery) -> None:
    secret = token(hall, "林悦", "receptions.write")
    visit = hall.arrive(name="张伟")
    assert call(client, secret, "POST", f"/visits/{visit.id}/accept", {}, "accept-1")[0] == 200
    status, problem = call(client, secret, "POST", f"/visits/{visit.id}/finish", {}, "finish-1")
    assert (status, problem["clause"]) == (422, "TQ-3")


def test_customers_come_with_masked_numbers(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "customers.read", "customers.write")
    told = {"name": "张伟", "phone": "13812341234"}
    status, made = call(client, secret, "POST", "/customers", told, "customer-1")
    assert (status, made["known"]) == (201, False)
    found = call(client, secret, "GET", "/customers?q=1234")[1]
    assert found[0]["phones"] == ["138****1234"]
    assert "13812341234" not in json.dumps(call(client, secret, "GET", f"/customers/{made['id']}"))
    status, _problem = call(client, secret, "POST", "/customers", {"phone": "1"}, "customer-2")
    assert status == 422


def test_decisions_are_read_page_by_page_without_a_gap(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "decisions.read")
    for n in range(7):
        hall.arrive(name=f"客户{n}")
    seen: list[str] = []
    after = 0
    while after is not None:
        page = call(client, secret, "GET", f"/decisions?after={after}&limit=3")[1]
        seen += [d["id"] for d in page["decisions"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == 7


def test_too_many_calls_are_told_to_wait(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "queue.read")
    answers = [
        client.get("/api/v1/queue", headers={"Authorization": f"Bearer {secret}"})
        for _ in range(605)
    ]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 1
    assert sum(a.status_code == 200 for a in answers) == 600


@pytest.mark.django_db(transaction=True)
def test_the_sample_client_of_thirty_lines_works(live_server: Any, gallery: Gallery) -> None:
    assert SAMPLE.read_text().count("\n") <= 30
    gallery.open("林悦", "周航")
    secret = token(gallery, "苏晴", "arrivals.write")
    asked = [sys.executable, str(SAMPLE), live_server.url, secret, "张伟", "13812341234"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "林悦" in done.stdout
    wrong = subprocess.run([*asked[:3], "yb_wrong", *asked[4:]], capture_output=True, text=True)
    assert "密钥可能已停用" in wrong.stderr


schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application


def test_the_document_is_openapi_3_1(client: Client, db: None) -> None:
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    assert "轮排" in client.get("/api/v1/docs").content.decode()


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_there_is_never_a_500(case: schemathesis.Case, hall: Gallery) -> None:
    cache.clear()
    everything = fuzz_token(hall)
    case.headers = dict(case.headers or {}) | {"Authorization": f"Bearer {everything}"}
    answer = case.call()
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and answer.status_code != 405:
        assert answer.json()["detail"]


def fuzz_token(hall: Gallery) -> str:
    """A token of someone who may do all the API offers."""
    Assignment.objects.get_or_create(
        site_id=hall.site, staff_id=hall.id("苏晴"), role="salesperson", until=None,
        defaults={"since": hall.now.replace(year=2020)},
    )  # fmt: skip
    if not hasattr(hall, "fuzz"):
        hall.fuzz = token(hall, "苏晴", *SCOPES)  # type: ignore[attr-defined]
    return str(hall.fuzz)  # type: ignore[attr-defined]

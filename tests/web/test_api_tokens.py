"""What a token opens: its scopes, its person, its site, its end, and how often it may call."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from tests.gallery.conftest import Gallery
from yingbin.people.actions.tokens import NewToken, make_token, revoke_token
from yingbin.people.models import ApiToken, Assignment, Site, Staff
from yingbin.people.queries import bearer
from yingbin.people.scopes import SCOPES
from yingbin.rules.decision import Refused
from yingbin.web import api as shell

from .caller import NEW, call, token


def test_nothing_opens_without_a_token_not_even_a_session(client: Client, hall: Gallery) -> None:
    from tests.gallery.test_reception import signed_in

    page = signed_in(client, hall, "郑岚")
    for path in ("/queue", "/decisions", "/status", "/customers?q=1234"):
        assert page.get("/gallery/supervision/").status_code == 200, "the session itself is good"
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
    made = hall.do(
        make_token, "郑岚", name="旧平板", kind="device", scopes=["queue.read"],
        acts_as=hall.id("苏晴"),
    )  # fmt: skip
    assert call(client, made.secret, "GET", "/queue")[0] == 200
    hall.do(revoke_token, "郑岚", token_id=made.id)
    assert call(client, made.secret, "GET", "/queue")[0] == 401


def elsewhere(hall: Gallery) -> str:
    """A token with every scope at another site, where 苏晴 is receptionist and salesperson."""
    site = Site.objects.create(kind="sales_centre", code="other", name="别处", short_name="别处")
    for role in ("receptionist", "salesperson"):
        Assignment.objects.create(
            site=site, staff_id=hall.id("苏晴"), role=role, since=hall.now - timedelta(days=1)
        )
    return token(hall, "苏晴", *SCOPES, site=site.id)


def test_another_sites_things_do_not_exist(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    ours = token(hall, "苏晴", "decisions.read", "customers.read", "queue.read")
    paths = [
        f"/visits/{visit.id}",
        f"/receipts/{hall.decision(visit).receipt}",
        f"/customers/{visit.customer_id}",
    ]
    assert [call(client, ours, "GET", p)[0] for p in paths] == [200, 200, 200]
    theirs = elsewhere(hall)
    for path in paths:
        status, problem = call(client, theirs, "GET", path)
        assert (status, problem["title"]) == (404, "没有找到"), path
    for verb in ("undo", "accept", "finish"):
        assert call(client, theirs, "POST", f"/visits/{visit.id}/{verb}", {}, "k1234567")[0] == 404
    assert call(client, theirs, "GET", "/decisions")[1]["decisions"] == []
    assert call(client, theirs, "GET", "/customers?q=1234")[1] == []
    assert call(client, theirs, "GET", "/queue")[1]["open"] is False
    told = {"customer": str(visit.customer_id), "first_visit": False, "contacted": False}
    assert call(client, theirs, "POST", "/arrivals", told, "k1234567")[0] == 422
    visit.refresh_from_db()
    assert (visit.undone_at, visit.finished_at) == (None, None)


def test_a_token_is_enough_where_forms_are_checked(hall: Gallery) -> None:
    browser = Client(enforce_csrf_checks=True)
    secret = token(hall, "苏晴", "arrivals.write")
    assert call(browser, secret, "POST", "/arrivals", NEW, "arrival-1")[0] == 201
    browser.force_login(
        Staff.objects.get(id=hall.id("郑岚")), backend="yingbin.people.backends.AccountOrPhone"
    )
    assert call(browser, "", "POST", "/arrivals", NEW, "arrival-2")[0] == 401


def test_an_expired_token_and_one_of_a_leaver_open_nothing(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "queue.read")
    ApiToken.objects.update(expires_at=hall.now)
    assert call(client, secret, "GET", "/queue")[0] == 401
    ApiToken.objects.update(expires_at=None)
    assert call(client, secret, "GET", "/queue")[0] == 200
    Staff.objects.filter(id=hall.id("苏晴")).update(is_active=False)
    assert call(client, secret, "GET", "/queue")[0] == 401


def test_the_secret_is_kept_nowhere(hall: Gallery) -> None:
    secret = token(hall, "苏晴", "queue.read")
    row = ApiToken.objects.get()
    kept = " ".join(str(v) for v in ApiToken.objects.values_list().get())
    assert secret not in kept
    assert row.shown == secret[:8]


def test_the_key_of_a_token_in_use_does_not_show_a_secret_again(
    client: Client, hall: Gallery
) -> None:
    def tap() -> NewToken:
        return hall.do(
            make_token, "郑岚", key="k", name="平板", kind="device", scopes=["queue.read"],
            acts_as=hall.id("苏晴"),
        )  # fmt: skip

    lost, made = tap(), tap()
    assert lost.id == made.id
    assert [call(client, s.secret, "GET", "/queue")[0] for s in (lost, made)] == [401, 200]
    with pytest.raises(Refused, match="已经用过"):
        tap()
    assert call(client, made.secret, "GET", "/queue")[0] == 200


def test_too_many_calls_are_told_to_wait(
    client: Client, hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in shell.LIMITS:
        monkeypatch.setattr(limit, "num_requests", 5)
    monkeypatch.setattr(shell.time, "time", lambda: 1_800_000_000.0)
    one, other = (token(hall, "苏晴", "queue.read", "arrivals.write") for _ in range(2))
    answers = [call(client, one, "GET", "/queue")[0] for _ in range(7)]
    assert answers == [200] * 5 + [429] * 2
    told = client.get("/api/v1/queue", headers={"Authorization": f"Bearer {one}"})
    assert int(told["Retry-After"]) >= 1
    assert "秒后再试" in told.json()["detail"]
    assert call(client, other, "GET", "/queue")[0] == 200, "each token has its own count"
    writes = [
        call(client, one, "POST", "/arrivals", {"kind": "enquirer"}, f"arrival-{n}")[0]
        for n in range(7)
    ]
    assert writes == [201] * 5 + [429] * 2, "reads and writes are counted apart"
    monkeypatch.setattr(shell.time, "time", lambda: 1_800_000_060.0)
    assert call(client, one, "GET", "/queue")[0] == 200, "the next window begins anew"


def test_no_cache_keeps_what_the_api_or_a_signed_in_page_answers(
    client: Client, hall: Gallery
) -> None:
    secret = token(hall, "苏晴", "queue.read")
    for more in ({"Authorization": f"Bearer {secret}"}, {"Authorization": "Bearer yb_no"}):
        assert client.get("/api/v1/queue", headers=more)["Cache-Control"] == "no-store"
    client.force_login(
        Staff.objects.get(id=hall.id("郑岚")), backend="yingbin.people.backends.AccountOrPhone"
    )
    for page in ("/gallery/board/", "/customers/", "/gallery/register/", "/me/", "/staff/"):
        assert "no-store" in client.get(page)["Cache-Control"], page


def test_a_tokens_calls_are_counted_over_all_processes_together(hall: Gallery) -> None:
    """Two processes share no memory: each has limits of its own making, and one count."""
    secret = token(hall, "苏晴", "queue.read")
    asked = RequestFactory().get("/api/v1/queue")
    asked.bearer = bearer(secret, hall.now)  # type: ignore[attr-defined]
    here, there = shell.Reads("6/d"), shell.Reads("6/d")
    answers = [one.allow_request(asked) for _ in range(4) for one in (here, there)]
    assert answers == [True] * 6 + [False] * 2
    with connection.cursor() as cursor:
        cursor.execute("select relpersistence from pg_class where relname = 'people_apicalls'")
        assert cursor.fetchone() == ("u",), "counting waits for no disk"

"""The HTTP API: the same actions, tokens with scopes, one key one write, problems in words."""

import json
import subprocess
import sys
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from tests.gallery.conftest import Gallery
from tests.race import at_once
from yingbin.gallery.actions.on_the_floor import OnTheFloor
from yingbin.gallery.models import Visit
from yingbin.journal.models import Entry
from yingbin.pages.wing import paths
from yingbin.people.actions.tokens import NewToken, make_token, revoke_token
from yingbin.people.bearing import FAULTS
from yingbin.people.models import ApiToken, Assignment, Site, Staff
from yingbin.people.queries import bearer
from yingbin.people.scopes import SCOPES
from yingbin.rules.decision import Refused
from yingbin.web import api as shell

from .caller import call, token

NEW = {"name": "张伟", "first_visit": True, "contacted": False}
SAMPLE = Path(__file__).parents[2] / "docs" / "samples" / "arrival_client.py"


@pytest.mark.clause("TQ-1", "TQ-1.2")
def test_an_arrival_is_decided_as_at_the_desk_and_one_key_writes_once(
    client: Client, hall: Gallery
) -> None:
    secret = token(hall, "苏晴", "arrivals.write", "decisions.read")
    told = {**NEW, "phone": "13812341234", "group_size": 3}
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
    for code in (decision["receipt"], decision["receipt"].replace("-", "").lower()):
        assert call(client, secret, "GET", f"/receipts/{code}")[1] == first[1]["decisions"]
    assert call(client, secret, "GET", "/receipts/0000-0000")[0] == 404


def answered(no: Exception) -> tuple[int, dict[str, object]]:
    """What the API answers where a call ends in this."""
    answer = shell.api.on_exception(RequestFactory().post("/api/v1/arrivals"), no)
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, json.loads(answer.content)


def test_a_wing_answers_its_own_refusals_and_the_house_all_others() -> None:
    here = UUID(int=7)
    status, problem = answered(OnTheFloor(here, "严杰 刚刚已到。"))
    assert (status, problem["title"], problem["visit"]) == (409, "和已有的冲突", str(here))
    assert str(problem["detail"]).startswith("严杰 刚刚已到。")
    status, problem = answered(Refused("TQ-7", "现在不在队里。"))
    assert (status, problem["detail"], problem["clause"]) == (422, "现在不在队里。", "TQ-7")
    assert "visit" not in problem
    for path in paths("refusals"):
        own = import_string(path)
        assert issubclass(own.kind, Refused)
        assert own.kind is not Refused, "that would answer every wing's refusals"
        assert own.status in FAULTS


def test_the_same_key_gives_the_same_answer_whatever_happened_since(
    client: Client, hall: Gallery
) -> None:
    secret = token(hall, "林悦", "receptions.write", "decisions.read")
    desk = token(hall, "苏晴", "arrivals.write")
    first = call(client, desk, "POST", "/arrivals", NEW, "arrival-1")
    visit = Visit.objects.get(id=first[1]["visit"])
    accepted = call(client, secret, "POST", f"/visits/{visit.id}/accept", {}, "accept-1")
    hall.sign(visit, name="张伟")
    finished = call(client, secret, "POST", f"/visits/{visit.id}/finish", {}, "finish-1")
    assert [first[0], accepted[0], finished[0]] == [201, 200, 200]
    assert call(client, desk, "POST", "/arrivals", NEW, "arrival-1") == first
    assert call(client, secret, "POST", f"/visits/{visit.id}/accept", {}, "accept-1") == accepted
    assert call(client, secret, "POST", f"/visits/{visit.id}/finish", {}, "finish-1") == finished
    now = call(client, secret, "GET", f"/visits/{visit.id}")[1]
    assert now["finished_at"] is not None
    assert now["accepted_at"] is not None


def test_a_finish_tells_who_takes_the_group_that_waited(client: Client, hall: Gallery) -> None:
    taken = [hall.arrive(name=f"客户{n}") for n in range(4)]
    waiting = hall.arrive(name="等待的客户")
    queue = call(client, token(hall, "苏晴", "queue.read"), "GET", "/queue")[1]
    assert [w["visit"] for w in queue["waiting"]] == [str(waiting.id)]
    assert {p["status"] for p in queue["people"]} == {"receiving"}
    hall.sign(taken[0], name="客户0")
    secret = token(hall, "林悦", "receptions.write")
    done = call(client, secret, "POST", f"/visits/{taken[0].id}/finish", {}, "finish-1")[1]
    served = [d for d in done["decisions"] if d["visit"] == str(waiting.id)]
    assert [d["receiver"] for d in served] == [str(hall.id("林悦"))]


def test_two_devices_count_their_keys_for_themselves(client: Client, hall: Gallery) -> None:
    one, other = (token(hall, "苏晴", "arrivals.write") for _ in range(2))
    call(client, one, "POST", "/arrivals", NEW, "arrival-1")
    call(client, other, "POST", "/arrivals", NEW, "arrival-1")
    assert Visit.objects.count() == 2


def test_the_journal_names_the_person_and_the_token(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "arrivals.write")
    call(client, secret, "POST", "/arrivals", NEW, "arrival-1")
    used = Entry.objects.get(kind="token.used")
    event = Entry.objects.filter(kind="turns.event").latest("seq")
    assert used.body["token"] == str(ApiToken.objects.get().id)
    assert used.body["first"] <= event.seq <= used.body["last"] == used.seq - 1
    assert used.actor == event.actor == str(hall.id("苏晴"))
    call(client, secret, "POST", "/arrivals", NEW, "arrival-1")
    assert Entry.objects.filter(kind="token.used").count() == 1


def test_a_forms_key_cannot_pass_for_a_tokens(client: Client, hall: Gallery) -> None:
    hall.arrive(name="张伟", key=f"token:{uuid4().hex}:1234")
    hall.arrive(name="张伟", key="token:nonsense")
    assert not Entry.objects.filter(kind="token.used").exists()


def test_a_write_without_a_key_is_refused_in_words(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "arrivals.write")
    status, problem = call(client, secret, "POST", "/arrivals", NEW)
    assert status == 400
    assert "Idempotency-Key" in problem["detail"]
    assert not Visit.objects.exists()


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


def test_the_feed_begins_at_a_moment_and_never_parts_an_event(
    client: Client, hall: Gallery
) -> None:
    secret = token(hall, "苏晴", "decisions.read")
    hall.arrive(name="甲")
    hall.later(30)
    since = hall.now.isoformat().replace("+", "%2B")
    later = hall.arrive(name="乙")
    page = call(client, secret, "GET", f"/decisions?since={since}")[1]
    assert [d["visit"] for d in page["decisions"]] == [str(later.id)]
    assert call(client, secret, "GET", "/decisions?since=0001-01-01T00:00:00%2B14:00")[0] == 200
    assert call(client, secret, "GET", "/decisions?since=2026-01-01T00:00:00")[0] == 422, "no zone"
    for n in range(4):
        hall.arrive(name=f"客户{n}")
    copied = hall.decision(later)
    copied.pk, copied.position = uuid4(), copied.position + 1
    copied.save(force_insert=True)  # an event may make two decisions; they share its seq
    pages, after = [], 0
    while after is not None:
        answer = call(client, secret, "GET", f"/decisions?after={after}&limit=1")[1]
        pages.append([d["seq"] for d in answer["decisions"]])
        after = answer["next"]
    assert all(len(set(p)) == 1 for p in pages)
    assert max(len(p) for p in pages) > 1, "an event with several decisions was seen"
    assert sorted({s for p in pages for s in p}) == [p[0] for p in pages]


def test_a_call_asks_the_database_the_same_number_of_questions_with_many_rows(
    client: Client, hall: Gallery
) -> None:
    secret = token(hall, "苏晴", "queue.read", "decisions.read", "customers.read")

    def asked(path: str) -> int:
        call(client, secret, "GET", path)
        with CaptureQueriesContext(connection) as queries:
            assert call(client, secret, "GET", path)[0] == 200
        return len(queries)

    paths = ("/queue", "/decisions?limit=200", "/customers?q=kehu", "/status")
    for n in range(5):
        hall.arrive(name="客户", phone=f"1381234{n:04d}")
    few = [asked(p) for p in paths]
    for n in range(30):
        hall.arrive(name="客户", phone=f"1391234{n:04d}")
    assert [asked(p) for p in paths] == few
    assert max(few) <= 10


def test_the_status_says_where_the_token_belongs_and_what_it_may(
    client: Client, hall: Gallery
) -> None:
    secret = token(hall, "苏晴", "arrivals.write", "queue.read")
    said = call(client, secret, "GET", "/status")[1]
    assert said["site"] == str(hall.site)
    assert (said["open"], said["day"]) == (True, "2026-11-21")
    assert said["allowed"] == ["arrivals.write", "queue.read"]
    assert said["journal_seq"] == Entry.objects.filter(site_id=hall.site).count()


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "\x1b[2J"])
def test_text_the_database_cannot_keep_is_refused_by_name(
    client: Client, hall: Gallery, name: str
) -> None:
    secret = token(hall, "苏晴", "arrivals.write", "customers.write")
    for path in ("/arrivals", "/customers"):
        status, problem = call(client, secret, "POST", path, {"name": name}, "arrival-1")
        assert (status, problem["status"]) == (422, 422)
        assert "name" in problem["detail"]
    assert not Visit.objects.exists()


def test_what_cannot_be_read_is_a_problem_in_words(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "arrivals.write")
    for body in (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"group_size": 1e999}'):
        status, problem = call(client, secret, "POST", "/arrivals", body, "arrival-1")
        assert status in (400, 422), body
        assert problem["detail"]
    assert call(client, secret, "GET", "/nowhere")[1]["detail"] == "没有这个地址，请对照接口文档。"


def test_a_key_out_of_form_is_refused(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "arrivals.write")
    for key in ("short", "k" * 81, "with a blank", "tab\tinside"):
        assert call(client, secret, "POST", "/arrivals", {}, key)[0] == 400


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


def test_a_lost_database_says_not_saved(
    client: Client, hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = token(hall, "苏晴", "arrivals.write", "queue.read")

    def gone(*_: Any, **__: Any) -> Any:
        raise OperationalError("the server closed the connection")

    for place in ("yingbin.journal.write._enter", "yingbin.people.bearing.bearer"):
        with monkeypatch.context() as patch:
            patch.setattr(place, gone)
            answer = client.post(
                "/api/v1/arrivals", "{}", content_type="application/json",
                headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "arrival-1"},
            )  # fmt: skip
        assert (answer.status_code, answer["Retry-After"]) == (503, "2")
        assert "Idempotency-Key" in answer.json()["detail"]
    assert call(client, secret, "POST", "/arrivals", NEW, "arrival-1")[0] == 201


@pytest.mark.django_db(transaction=True)
def test_sixteen_sendings_of_one_key_at_the_same_instant_make_one_visit(gallery: Gallery) -> None:
    gallery.open("林悦", "周航")
    secret = token(gallery, "苏晴", "arrivals.write")
    answers = at_once(16, lambda n: call(Client(), secret, "POST", "/arrivals", NEW, "arrival-1"))
    assert {a[0] for a in answers} == {201}
    assert len({json.dumps(a[1], sort_keys=True) for a in answers}) == 1
    assert Visit.objects.count() == 1


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


@pytest.mark.django_db(transaction=True)
def test_the_sample_client_tries_again_with_the_same_key(
    live_server: Any, gallery: Gallery
) -> None:
    gallery.open("林悦", "周航")
    secret = token(gallery, "苏晴", "arrivals.write")
    with Forgetful(live_server.url) as line:
        asked = [sys.executable, str(SAMPLE), line.url, secret, "张伟", "13812341234"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert "林悦" in done.stdout, done.stderr
    assert len(line.keys) == 3
    assert len(set(line.keys)) == 1
    assert Visit.objects.count() == 1


class Forgetful:
    """A line that passes every call on, but loses the first answer and answers 503 for the second."""

    def __init__(self, to: str) -> None:
        self.keys: list[str] = []
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                line.keys.append(self.headers["Idempotency-Key"])
                body = self.rfile.read(int(self.headers["Content-Length"]))
                wanted = ("Authorization", "Idempotency-Key", "Content-Type")
                asked = Request(to + self.path, body, {n: self.headers[n] for n in wanted})
                answer = urlopen(asked, timeout=20).read()
                if len(line.keys) == 1:
                    self.close_connection = True
                    return
                self.send_response(503 if len(line.keys) == 2 else 201)
                self.end_headers()
                self.wfile.write(b'{"detail": "x"}' if len(line.keys) == 2 else answer)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "Forgetful":
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

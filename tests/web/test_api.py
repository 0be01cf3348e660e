"""The HTTP API: the same actions, tokens with scopes, one key one write, problems in words."""

import json
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from tests.gallery.conftest import Gallery
from yingbin.gallery.actions.on_the_floor import OnTheFloor
from yingbin.gallery.models import Visit
from yingbin.journal.models import Entry
from yingbin.pages.wing import paths
from yingbin.people.bearing import FAULTS
from yingbin.people.models import ApiToken
from yingbin.rules.decision import Refused
from yingbin.web import api as shell

from .caller import NEW, call, token


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

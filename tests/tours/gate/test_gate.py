"""At the gates: no pass no entry, and every pass accounted for in the evening (CV-4.1, CV-4.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from yingbin.rules.decision import Refused
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.actions.passes import moved, voided
from yingbin.tours.models import GateEvent, PassRevision, TourVisit, VisitorPass

from .post import SHOP, Post


def refusal(post: Post, action: Any, by: str, **told: Any) -> Refused:
    with pytest.raises(Refused) as no:
        post.do(action, by, **told)
    return no.value


@pytest.mark.clause("CV-4.1")
def test_a_group_goes_in_by_its_pass_and_its_guard_hears_who_leads_it(post: Post) -> None:
    number = post.issue(post.visit(), persons=4)
    answer = post.scan(number, count=3)
    assert (answer.allowed, answer.code, answer.inside, answer.persons) == (True, "ok", 3, 4)
    assert (answer.visitor, answer.escort, answer.photo) == ("云启科技", "韩工", False)
    assert post.inside() == {number: 3}
    assert not post.scan(number, count=2).allowed, "a fifth is not on the pass"
    assert post.out(number, count=3).allowed
    assert post.inside() == {}


@pytest.mark.clause("CV-4.1", "CV-4.2")
@pytest.mark.parametrize(
    ("told", "code", "clause"),
    [
        ({"number": 99}, "unknown_pass", "CV-4.2"),
        ({"fault": "forged", "mark": "ab12"}, "unknown_pass", "CV-4.2"),
        ({"gate": "车间门"}, "wrong_area", "CV-4.2"),
        ({"other_escort": True}, "wrong_escort", "CV-4.2"),
        ({"count": 2}, "already_in", "CV-4.1"),
        ({"wait": -60}, "too_early", "CV-4.1"),
        ({"wait": 120}, "too_late", "CV-4.1"),
        ({"clock": 6}, "clock_off", "CV-4.1"),
    ],
)
def test_who_is_not_let_in_hears_why_and_the_scan_is_kept(
    post: Post, told: dict[str, Any], code: str, clause: str
) -> None:
    number = post.issue(post.visit(opens=20 if told.get("wait", 0) < 0 else 0))
    post.later(minutes=max(told.pop("wait", 0), 0))
    if "clock" in told:
        told["device_at"] = post.now - timedelta(minutes=told.pop("clock"))
    answer = post.scan(told.pop("number", number), **told)
    assert (answer.allowed, answer.code, answer.clause) == (False, code, clause)
    assert answer.because
    assert "…" not in answer.because
    assert post.log()[-1] == ("scan", code)
    assert post.inside() == {}


@pytest.mark.clause("CV-4.1")
def test_a_pass_copied_to_two_phones_enters_once(post: Post) -> None:
    number = post.issue(post.visit())
    assert post.scan(number, "北门").allowed
    assert post.scan(number, "南门").code == "already_in"
    assert post.inside() == {number: 1}


def test_the_same_scan_sent_twice_is_answered_once(post: Post) -> None:
    number = post.issue(post.visit())
    first = post.scan(number, nonce="n1")
    again = post.scan(number, nonce="n1")
    assert (first.event, first.allowed) == (again.event, again.allowed)
    assert (first.repeat, again.repeat) == (False, True)
    assert post.log() == [("scan", "ok")]


@pytest.mark.clause("CV-4.1")
def test_a_supervisor_admits_with_a_reason_what_a_guard_may_not(post: Post) -> None:
    number = post.issue(post.visit(opens=60))
    assert post.scan(number).code == "too_early"
    assert post.admit(number, by="高磊").code == "not_supervisor"
    assert post.admit(number, by="周队").allowed
    assert post.admit(number, by="周队", gate="车间门").code == "wrong_area", "not that"
    kept = GateEvent.objects.get(event="admit", code="ok")
    assert kept.words == {"reason": "公司临时安排"}


@pytest.mark.clause("CV-4.2")
def test_more_than_were_approved_never_come_in(post: Post) -> None:
    """A pass for twelve and a visit that was halved meanwhile: the headcount of now counts."""
    visit = post.visit(headcount=2)
    one, two, three = (post.issue(visit) for _ in range(3))
    assert post.scan(one).allowed
    assert post.scan(two).allowed
    assert post.scan(three, "南门").code == "over_headcount"
    assert post.admit(three).code == "over_headcount", "no supervisor either"
    post.out(one)
    assert post.scan(three).allowed


@pytest.mark.clause("CV-4.1")
def test_a_lost_pass_is_issued_anew_and_the_finder_stays_out(post: Post) -> None:
    number = post.issue(post.visit())
    post.do(verbs.lose, "苏青", number=number)
    assert post.scan(number).code == "lost"
    assert post.do(verbs.reissue, "苏青", number=number, reason="客人丢了") == 2
    assert post.scan(number, revision=1).code == "old_revision"
    assert post.scan(number).allowed
    fates = dict(PassRevision.objects.values_list("number", "fate"))
    assert fates == {1: "lost", 2: "outstanding"}
    assert "挂失" in refusal(post, verbs.lose, "苏青", number=post_lost(post)).message


def post_lost(post: Post) -> int:
    number = post.issue(post.visit())
    post.do(verbs.lose, "苏青", number=number)
    return number


@pytest.mark.clause("CV-4.1")
def test_a_pass_given_back_takes_its_persons_off_the_site(post: Post) -> None:
    number = post.issue(post.visit(), persons=3)
    post.scan(number, count=3)
    post.do(verbs.take_back, "高磊", number=number)
    assert post.inside() == {}
    assert post.scan(number).code == "returned"


@pytest.mark.clause("CV-4.1")
def test_what_the_visit_takes_away_is_void_at_the_gate_at_once(post: Post) -> None:
    """An area closed in the morning after approval; the rules of visits say which passes that voids."""
    visit = post.visit()
    number, other = post.issue(visit, areas=SHOP), post.issue(visit)
    post.within(lambda pen: {"_": voided(pen, visit, [post.row(number).id])}, "韩工")
    assert post.scan(number).code == "void"
    assert post.scan(other).allowed
    post.within(lambda pen: {"_": voided(pen, visit, [post.row(number).id])}, "韩工")
    assert post.log().count(("revoke", "ok")) == 1, "once is enough"


@pytest.mark.clause("CV-4.1")
def test_a_visit_moved_within_its_slack_gives_its_passes_another_revision(post: Post) -> None:
    visit = post.visit()
    number = post.issue(visit)
    visit.ends_at += timedelta(minutes=30)
    visit.save()
    post.within(lambda pen: {"_": moved(pen, visit)}, "苏青")
    row = post.row(number)
    assert (row.revision, row.ends_at) == (2, visit.ends_at)
    assert post.scan(number, revision=1).code == "old_revision", "paper of before is printed anew"
    post.later(minutes=119)
    assert post.scan(number).allowed


@pytest.mark.clause("CV-4.1")
def test_an_evacuation_with_one_missing(post: Post) -> None:
    visit = post.visit()
    number = post.issue(visit, persons=4)
    post.scan(number, count=4)
    assert post.do(verbs.start_roll, "周队", drill=True) == 4
    assert post.scan(post.issue(post.visit())).code == "roll_call", "nobody goes in meanwhile"
    assert post.do(verbs.mark_roll, "高磊", visit_id=visit.id, safe=3) == 1
    assert "正在进行" in refusal(post, verbs.start_roll, "周队").message
    assert post.do(verbs.end_roll, "周队") == 1
    assert "没有清点" in refusal(post, verbs.end_roll, "周队").message


@pytest.mark.clause("CV-4.1")
def test_in_the_evening_issued_is_returned_void_lost_and_outstanding(post: Post) -> None:
    visit = post.visit()
    numbers = [post.issue(visit) for _ in range(5)]
    post.do(verbs.lose, "苏青", number=numbers[0])
    post.do(verbs.reissue, "苏青", number=numbers[0], reason="丢了")
    post.do(verbs.revoke, "苏青", number=numbers[1], reason="不来了")
    post.do(verbs.take_back, "高磊", number=numbers[2])
    assert post.do(verbs.end_day, "周队") == 3
    told = GateEvent.objects.get(event="day_end").answer
    assert told["balance"][str(visit.id)] == {
        "issued": 6, "returned": 1, "void": 1, "lost": 1, "outstanding": 3,
    }  # fmt: skip
    assert told["not_returned"] == [str(n) for n in (numbers[0], numbers[3], numbers[4])]


def insert(post: Post, number: int, **told: Any) -> bool:
    """Whether raw SQL makes a revision of a pass."""
    row = PassRevision.objects.get(visitor_pass__number=number, number=1)
    names = [f.column for f in PassRevision._meta.fields]
    values = {f.column: getattr(row, f.attname) for f in PassRevision._meta.fields}
    from yingbin.people.ids import uuid7

    values |= {"id": uuid7(), "number": 2, **told}
    marks = ", ".join(["%s"] * len(names))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            columns = ", ".join(names)
            cursor.execute(
                f"insert into tours_passrevision ({columns}) values ({marks})",
                [values[name] for name in names],
            )
    except DatabaseError as no:
        return "refused" not in str(no)
    return True


@pytest.mark.clause("CV-3.2.1", "CV-4.1")
def test_the_database_itself_makes_no_pass_before_approval_or_for_a_closed_area(post: Post) -> None:
    visit = post.visit()
    number = post.issue(visit)
    assert not insert(post, number, areas=["rnd"])
    assert not insert(post, number, areas=[])
    for status in ("awaiting", "needs_exception", "declined", "withdrawn", "over"):
        TourVisit.objects.update(status=status)
        assert not insert(post, number), status
    TourVisit.objects.update(status="approved")
    assert insert(post, number)


def test_what_a_pass_says_and_what_happened_is_final(post: Post) -> None:
    post.scan(post.issue(post.visit()))
    for way in (
        "update tours_passrevision set persons = 9",
        "update tours_passrevision set areas = '{rnd}'",
        "delete from tours_passrevision",
        "update tours_gateevent set code = 'ok', because = 'x'",
        "delete from tours_gateevent",
    ):
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
            connection.cursor().execute(way)
    post.do(verbs.revoke, "苏青", number=1, reason="不来了")
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
        connection.cursor().execute("update tours_passrevision set fate = 'outstanding'")
    assert VisitorPass.objects.get().fate == "void"


def test_nothing_of_a_reissue_makes_more_than_was_approved(post: Post) -> None:
    visit = post.visit()
    number = post.issue(visit)
    told = {"number": number, "reason": "换人带"}
    assert "没有批准拍照" in refusal(post, verbs.reissue, "苏青", photo=True, **told).message
    post.do(verbs.reissue, "苏青", escort=post.id("丁"), **told)
    assert post.scan(number).escort == "丁"
    TourVisit.objects.update(open_areas=["marketing"])
    assert "不开放" in refusal(post, verbs.reissue, "苏青", **told).message
    TourVisit.objects.update(status="over")
    assert "已经结束" in refusal(post, verbs.reissue, "苏青", **told).message


@pytest.mark.clause("CV-4.1")
def test_a_scan_asks_the_same_of_the_database_whatever_happened_before(
    post: Post,
) -> None:
    from django.test.utils import CaptureQueriesContext

    number = post.issue(post.visit(), persons=50)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            post.scan(number)
        return len(seen)

    post.scan(number)
    first = asked()
    for _ in range(4):
        post.out(post.issue(post.visit()))
        post.scan(number, count=3)
    assert asked() == first
    assert first <= 5, (
        "a trip with the lock, one with all that is written; the rest is the test's own"
    )

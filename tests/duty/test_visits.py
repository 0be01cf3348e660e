"""Visitors of a show flat: in by two taps or by the code, sent to the sales office, seen off (SF-4.3.1 – 4.3.5)."""

from datetime import timedelta

import pytest

from yingbin.customers.actions import erase_person
from yingbin.customers.models import Consent, Customer
from yingbin.customers.wording import SHIPPED
from yingbin.duty.actions import cases, questions, referrals, visits
from yingbin.duty.actions.facts import Facts, keep_facts, renew_code
from yingbin.duty.actions.visits import GuestTold
from yingbin.duty.models import DutyEvent, FlatFacts, ShowVisit, VisitReferral
from yingbin.duty.queries.facts import facts_of
from yingbin.duty.queries.visit_sheets import questions_of
from yingbin.duty.queries.visits import guests, guests_here
from yingbin.duty.visit_ticks import tick
from yingbin.gallery.models import Visit
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

from .beside import Beside
from .flat import Flat

WANG = {"name": "王建国", "phone": "13812341234", "agreed": SHIPPED}


@pytest.fixture
def morning(flat: Flat) -> Flat:
    """叶 stands in the flat, it is ten o'clock."""
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at="08:40")
    flat.now = flat.at("10:00")
    return flat


def come_in(flat: Flat, size: int = 2, been: bool | None = False, by: str = "叶") -> ShowVisit:
    done = flat.do(visits.guests_in, by, post=flat.post, size=size, been=been)
    return ShowVisit.objects.get(id=done.visit)


def scan(flat: Flat, key: str = "", **told: object) -> ShowVisit:
    """Somebody registers on their own phone."""
    flat.now += timedelta(seconds=1)
    acting = Acting(flat.site, key or f"q{next(flat.keys)}", "visitor", flat.now)
    said = {"size": 2, "been": False, "agreed": SHIPPED, "name": "王建国", "phone": "13812341234"}
    words = GuestTold(**{**said, **told})  # type: ignore[arg-type]
    done = visits.guests_by_code(acting, post=flat.post, code=1, told=words)
    return ShowVisit.objects.get(id=done.visit)


def faults(flat: Flat) -> list[str]:
    """What doesn't fit the journal, but for the people, whom the helper put there by hand."""
    found = [str(found) for part in check_site(flat.site) for found in part.found]
    return [words for words in found if "「人员」页" not in words]


@pytest.mark.clause("SF-4.3.2", "SF-4.3.5")
def test_a_group_comes_in_and_leaves_and_the_flat_is_to_be_tidied(morning: Flat) -> None:
    visit = come_in(morning, 3, been=True)
    assert (visit.number, visit.group_size, visit.been_to_sales) == (1, 3, True)
    assert [g.number for g in guests_here(morning.site, morning.now)] == [1]
    out = morning.do(visits.guests_out, "叶", visit_id=visit.id, at="10:40")
    assert out.tidies
    assert guests_here(morning.site, morning.now) == []
    assert DutyEvent.objects.filter(event="farewell").count() == 1
    morning.clock("10:55")
    assert "not_ready→lead" in morning.alerts()
    morning.do(cases.ready, "叶")
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.5")
def test_whoever_stands_at_no_post_sees_off_and_is_not_waited_for(morning: Flat) -> None:
    visit = come_in(morning)
    assert not morning.do(visits.guests_out, "程", visit_id=visit.id).tidies
    with pytest.raises(Refused, match="已经送走了"):
        morning.do(visits.guests_out, "叶", visit_id=visit.id)


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize("size", [0, 100])
def test_no_group_is_empty_or_a_crowd(morning: Flat, size: int) -> None:
    with pytest.raises(Refused, match="人数填 1 到 99"):
        come_in(morning, size)


@pytest.mark.clause("SF-4.3.2")
def test_a_visitor_registers_and_is_met_before_they_count(morning: Flat) -> None:
    visit = scan(morning)
    assert not Customer.objects.exists()
    assert Notice.objects.filter(kind="duty.guests", to_id=morning.people["叶"]).exists()
    seen = guests(morning.site, visit.id)
    assert seen is not None
    assert (seen.state, seen.called, seen.phone) == ("waiting", "王建国", "138****1234")
    morning.do(visits.confirm_guests, "叶", visit_id=visit.id, size=4, been=False)
    visit.refresh_from_db()
    assert (visit.called, visit.phone, visit.group_size) == ("", "", 4)
    consent = Consent.objects.get(customer_id=visit.customer_id)
    assert (consent.given, consent.how, consent.wording_version) == (True, "screen", SHIPPED)
    after = guests(morning.site, visit.id)
    assert after is not None
    assert (after.state, after.called, after.phone) == ("inside", "王建国", "138****1234")
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.2")
def test_who_says_no_is_counted_and_not_named(morning: Flat) -> None:
    visit = scan(morning, agreed="", been=True)
    assert (visit.called, visit.phone, visit.group_size) == ("", "", 2)
    morning.do(visits.confirm_guests, "叶", visit_id=visit.id, size=2, been=True)
    assert not Customer.objects.exists()
    told = {"size": 2, "been": True, "name": "王建国", "phone": "13812341234"}
    with pytest.raises(Refused, match="客人没有同意"):
        morning.do(visits.tell_guests, "叶", visit_id=visit.id, **told)


@pytest.mark.clause("SF-4.3.2")
def test_a_renewed_code_opens_nothing_and_a_flood_ends(morning: Flat) -> None:
    for _ in range(visits.MOST_WAITING):
        scan(morning)
    with pytest.raises(Refused, match="请直接告诉接待员"):
        scan(morning)
    assert morning.do(renew_code, "许", post=morning.post) == 2
    with pytest.raises(Refused, match="已经换过了"):
        scan(morning)
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.2")
def test_what_nobody_confirmed_is_forgotten_the_next_day(morning: Flat) -> None:
    here, gone = scan(morning), scan(morning, name="李四")
    morning.do(visits.turn_down_guests, "叶", visit_id=gone.id)
    gone.refresh_from_db()
    assert (gone.called, gone.phone) == ("", "")
    morning.next_day()
    assert tick(morning.now) == 1
    assert tick(morning.now) == 0
    here.refresh_from_db()
    assert (here.called, here.phone) == ("", "")
    assert here.turned_down_at is not None
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.3")
def test_who_never_saw_sales_is_sent_into_the_queue_and_one_sees_who_receives(
    morning: Flat,
) -> None:
    hall = Beside(morning).chosen()
    visit = come_in(morning)
    with pytest.raises(Refused, match="先留下客人的电话"):
        morning.do(referrals.send_over, "叶", visit_id=visit.id)
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    sent = morning.do(referrals.send_over, "叶", visit_id=visit.id)
    assert (sent.state, sent.receiver) == ("queued", hall.people["林悦"])
    there = Visit.objects.get(site_id=hall.site)
    assert (there.called, there.group_size, there.note) == ("王建国", 2, "由样板间转来")
    seen = guests(morning.site, visit.id)
    assert seen is not None
    assert seen.referral is not None
    assert (seen.referral.receiver, seen.referral.gallery) == ("林悦", "湖畔雅居")
    with pytest.raises(Refused, match="已经转过售楼处了"):
        morning.do(referrals.send_over, "叶", visit_id=visit.id)
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.3")
def test_a_line_that_breaks_in_between_queues_nobody_twice(morning: Flat) -> None:
    hall = Beside(morning).chosen()
    visit = come_in(morning)
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    referral = morning.do(referrals.ask_referral, "叶", visit_id=visit.id)
    assert tick(morning.now + timedelta(seconds=5)) == 0
    assert tick(morning.now + timedelta(minutes=1)) == 1
    referrals.carry_out(morning.site, referral, morning.now + timedelta(minutes=2))
    assert Visit.objects.filter(site_id=hall.site).count() == 1
    assert VisitReferral.objects.get().state == "queued"


@pytest.mark.clause("SF-4.3.3")
@pytest.mark.parametrize("closed", [True, False])
def test_without_an_open_gallery_the_contact_becomes_a_follow_up(
    morning: Flat, closed: bool
) -> None:
    if closed:
        Beside(morning, open=False).chosen()
    visit = come_in(morning)
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    sent = morning.do(referrals.send_over, "叶", visit_id=visit.id)
    assert sent.state == "kept"
    assert ("还没有开场" if closed else "还没有设对接的售楼处") in sent.because
    matter = Matter.objects.get(kind="follow_up")
    assert (matter.owner_id, matter.closed_at) == (morning.people["叶"], None)
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.3")
def test_who_is_at_the_gallery_already_is_not_written_down_there_again(morning: Flat) -> None:
    hall = Beside(morning).chosen()
    there = hall.arrive(name="王建国", phone="13812341234")
    visit = come_in(morning)
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    sent = morning.do(referrals.send_over, "叶", visit_id=visit.id)
    assert (sent.state, sent.number) == ("queued", there.number)
    assert Visit.objects.filter(site_id=hall.site).count() == 1


@pytest.mark.clause("SF-4.3.3", "SF-4.3.6")
def test_a_question_is_answered_or_stays_its_writers_until_somebody_accepts(
    morning: Flat,
) -> None:
    visit = come_in(morning)
    morning.do(
        questions.ask_question, "叶", visit_id=visit.id, question="层高多少？", answer="2.95 米"
    )
    asked = morning.do(
        questions.ask_question, "叶", visit_id=visit.id, question="学区怎么划？", to=str(morning.people["许"])
    )  # fmt: skip
    assert asked.open
    matter = Matter.objects.get(id=asked.matter)
    assert (matter.owner_id, matter.offered_to) == (morning.people["叶"], morning.people["许"])
    told = questions_of(morning.site, [visit.id])[visit.id]
    assert [(q.question, q.answer, q.is_open) for q in told] == [
        ("层高多少？", "2.95 米", False),
        ("学区怎么划？", "", True),
    ]
    with pytest.raises(Refused, match="选转给谁去问"):
        morning.do(questions.ask_question, "叶", visit_id=visit.id, question="物业费？")


@pytest.mark.clause("SF-4.3.3")
def test_the_card_of_the_flat_is_kept_in_versions_and_two_leads_do_not_overwrite(
    morning: Flat,
) -> None:
    told = Facts(
        "三房两厅两卫", "约 118 平方米", "框架剪力墙", "南北通透", (("层高？", "2.95 米"),)
    )
    assert morning.do(keep_facts, "许", post=morning.post, told=told, before=0) == 1
    with pytest.raises(Refused, match="刚才有人改过"):
        morning.do(keep_facts, "许", post=morning.post, told=told, before=0)
    better = Facts("三房两厅两卫", "建筑面积约 118 平方米")
    assert morning.do(keep_facts, "许", post=morning.post, told=better, before=1) == 2
    card = facts_of(morning.site, morning.post)
    assert card is not None
    assert (card.version, card.area) == (2, "建筑面积约 118 平方米")
    assert FlatFacts.objects.count() == 2
    with pytest.raises(Refused, match="户型和建筑面积要写"):
        morning.do(keep_facts, "许", post=morning.post, told=Facts("", ""), before=2)
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.2")
def test_two_taps_are_one_group_and_another_site_sees_none_of_it(morning: Flat) -> None:
    told = {"post": morning.post, "size": 2, "been": None}
    first = morning.do(visits.guests_in, "叶", key="tap", **told)
    assert morning.do(visits.guests_in, "叶", key="tap", **told) == first
    assert ShowVisit.objects.count() == 1
    other = Flat()
    other.now = morning.now
    assert guests(other.site, first.visit) is None
    with pytest.raises(Refused, match="没有找到这批客人"):
        other.do(visits.guests_out, "叶", visit_id=first.visit)
    with pytest.raises(Refused, match="没有这个样板间"):
        other.do(visits.guests_in, "叶", post=morning.post, size=2, been=None)


@pytest.mark.clause("SF-4.3.2")
def test_an_erased_visitor_leaves_numbers_and_no_words(morning: Flat) -> None:
    visit = come_in(morning)
    more = {"size": 2, "been": False, "note": "带着双胞胎", **WANG}
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, **more)
    journal = "\n".join(str(e.body) for e in Entry.objects.filter(site_id=morning.site))
    assert not any(word in journal for word in ("王建国", "12341234", "双胞胎"))
    visit.refresh_from_db()
    card = Customer.objects.get(id=visit.customer_id)
    words = {"reason": "本人要求", "sure": str(card.number)}
    morning.do(erase_person, "许", customer_id=card.id, **words)
    visit.refresh_from_db()
    assert (visit.note, visit.salt, visit.group_size) == ("", "", 2)
    assert faults(morning) == []

"""Matters on a real database: facts, notices, the clock, who sees what, the pages."""

import json
from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.customers.office import Office, as_
from yingbin.customers import actions as customers
from yingbin.journal.models import Entry, StoredResponse
from yingbin.journal.write import Pen, write
from yingbin.matters import actions, queries, ticks
from yingbin.matters.models import Matter, MatterStep
from yingbin.notices.models import Notice
from yingbin.people.models import OpeningHours
from yingbin.rules.decision import Refused
from yingbin.rules.matters import replay


def ask(office: Office, by: str = "苏晴", **more: Any) -> UUID:
    """A question the desk can't answer."""
    told = {"kind": "question", "title": "公积金能贷几成"} | more
    return office.do(actions.open_new, by, **told).matter


def do(office: Office, verb: str, by: str, one: UUID, **more: Any) -> Matter:
    """One step by a named person."""
    office.do(getattr(actions, verb), by, matter_id=one, **more)
    return Matter.objects.get(id=one)


def told(office: Office, who: str) -> list[str]:
    """The titles this person was told, oldest first."""
    rows = Notice.objects.filter(to_id=office.id(who)).order_by("id")
    return list(rows.values_list("title", flat=True))


@pytest.mark.clause("SF-4.3.3", "SF-4.3.6", "SC-4.3.1")
def test_a_question_is_tracked_until_the_customer_has_the_answer(office: Office) -> None:
    one = ask(office, offered_to=office.id("林悦"))
    assert told(office, "林悦") == ["苏晴转给您：公积金能贷几成"]
    assert Matter.objects.get().owner_id == office.id("苏晴")
    row = do(office, "accept", "林悦", one)
    assert (row.owner_id, row.hand_offs) == (office.id("林悦"), 1)
    row = do(office, "answer", "林悦", one, note="最多七成")
    assert (row.state, row.closed_at) == ("answered", None)
    assert told(office, "苏晴")[-1] == "有答复了，请告诉客户：公积金能贷几成"
    row = do(office, "tell_customer", "苏晴", one)
    assert (row.state, row.closed_at) == ("closed", office.now)


@pytest.mark.clause("SD-4.4")
def test_the_third_hand_off_goes_to_the_manager(office: Office) -> None:
    one = ask(office)
    for giver, taker in (("苏晴", "林悦"), ("林悦", "周航")):
        do(office, "offer", giver, one, to=office.id(taker))
        do(office, "accept", taker, one)
    row = do(office, "offer", "周航", one, to=office.id("吴敏"))
    assert row.offered_to == office.id("郑岚")
    assert told(office, "吴敏") == []
    assert told(office, "郑岚")[-1].startswith("周航转给您")


def test_an_offer_goes_only_to_someone_who_works_here(office: Office) -> None:
    one = ask(office)
    other = Office("jiangnan", "江南里销售中心")
    for stranger in (other.id("林悦"), uuid4()):
        with pytest.raises(Refused, match="在这里上班"):
            do(office, "offer", "苏晴", one, to=stranger)


def test_a_matter_of_another_site_does_not_exist(office: Office) -> None:
    one = ask(office)
    other = Office("jiangnan", "江南里销售中心")
    with pytest.raises(Refused, match="没有找到"):
        other.do(actions.cancel, "郑岚", matter_id=one, note="x")
    assert queries.matter(other.badge("郑岚"), one) is None
    answer = as_(other, "郑岚").get(reverse("matters:matter", args=[one]))
    assert answer.status_code == 404


def test_the_row_is_the_fold_of_its_steps(office: Office) -> None:
    one = ask(office, offered_to=office.id("林悦"))
    do(office, "decline", "林悦", one, note="在接待")
    do(office, "offer", "苏晴", one, to=office.id("周航"), note="急")
    do(office, "accept", "周航", one)
    office.later(hours=30)
    ticks.tick(office.now)
    do(office, "answer", "周航", one, note="七成")
    row = Matter.objects.get(id=one)
    state = replay(row.kind, queries.steps_of(row))
    copy = Matter.objects.get(id=one)
    queries.show_state(copy, state, at=office.now)
    for field in queries.STATE_FIELDS:
        assert getattr(copy, field) == getattr(row, field), field
    indexes = MatterStep.objects.filter(matter=one).order_by("index")
    assert list(indexes.values_list("index", flat=True)) == list(range(indexes.count()))


def test_the_journal_holds_no_words_of_it(office: Office) -> None:
    one = ask(office, detail="王女士 13800008821 问的")
    do(office, "answer", "苏晴", one, note="最多七成")
    told_ = [*Entry.objects.values_list("body", flat=True)]
    told_ += [*StoredResponse.objects.values_list("response", flat=True)]
    text = json.dumps(told_, ensure_ascii=False)
    for secret in ("公积金", "王女士", "8821", "七成"):
        assert secret not in text
    assert Entry.objects.filter(kind="matter.opened", clause="SF-4.3.3").count() == 1


def test_the_same_key_twice_is_one_step(office: Office) -> None:
    one = ask(office)
    for _ in range(2):
        office.do(actions.answer, "苏晴", key="same", matter_id=one, note="七成")
    assert MatterStep.objects.filter(verb="answer").count() == 1


def test_it_opens_inside_another_write_and_goes_with_it(office: Office) -> None:
    def visit(pen: Pen) -> dict[str, Any]:
        actions.open_matter(
            pen=pen, kind="alert", title="要 5 套", owner=office.id("郑岚"), clause="TQ-10"
        )
        raise Refused(None, "不行")

    with pytest.raises(Refused):
        write(site_id=office.site, key="v", verb="x", by="x", at=office.now, payload={}, work=visit)
    assert not Matter.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.clause("TQ-10")
def test_an_alert_stays_open_until_the_manager_has_taken_note(office: Office) -> None:
    one = ask(office, kind="alert", title="客户要一次买 5 套", owner=office.id("郑岚"))
    assert told(office, "郑岚") == ["提醒：客户要一次买 5 套"]
    with pytest.raises(Refused):
        do(office, "done", "郑岚", one)
    assert do(office, "acknowledge", "郑岚", one).state == "closed"


def test_a_question_asked_before_closing_is_due_in_tomorrows_hours(office: Office) -> None:
    for weekday in range(7):
        OpeningHours.objects.create(
            site=office.place, weekday=weekday, opens=time(9), closes=time(18)
        )
    office.later(hours=8)
    one = ask(office)
    row = Matter.objects.get(id=one)
    assert row.due_at is not None
    local = row.due_at.astimezone(office.now.tzinfo)
    assert (local.date() - office.now.date()).days == 1
    assert timedelta(hours=12) < row.due_at - office.now < timedelta(hours=24)


def test_the_clock_reminds_and_escalates_once_and_tells_the_right_people(office: Office) -> None:
    one = ask(office, offered_to=office.id("林悦"))
    do(office, "accept", "林悦", one)
    due = Matter.objects.get(id=one).due_at
    assert due is not None
    before = {who: len(told(office, who)) for who in ("林悦", "郑岚", "苏晴")}

    def news(who: str) -> list[str]:
        return told(office, who)[before[who] :]

    assert ticks.tick(due - timedelta(minutes=31)) == 0
    assert [ticks.tick(due - timedelta(minutes=30)) for _ in range(3)] == [1, 0, 0]
    assert news("林悦") == ["快到时限：公积金能贷几成"]
    assert [ticks.tick(due) for _ in range(3)] == [1, 0, 0]
    assert news("林悦")[-1] == "已超时：公积金能贷几成"
    assert news("郑岚") == ["已超时：公积金能贷几成"]
    assert ticks.tick(due + timedelta(hours=4)) == 1
    assert news("郑岚")[-1] == "仍未处理：公积金能贷几成"
    assert ticks.tick(due + timedelta(days=9)) == 0
    assert news("苏晴") == []
    assert Matter.objects.get(id=one).next_clock_at is None


def test_after_an_outage_everyone_hears_once_of_what_the_clock_owes(office: Office) -> None:
    one = ask(office, offered_to=office.id("林悦"))
    do(office, "accept", "林悦", one)
    before = {who: len(told(office, who)) for who in ("林悦", "郑岚")}
    assert ticks.tick(office.now + timedelta(days=9)) == 3, "every step is kept"
    for who in ("林悦", "郑岚"):
        assert told(office, who)[before[who] :] == ["仍未处理：公积金能贷几成"]


def test_an_offer_nobody_takes_is_recalled_to_mind(office: Office) -> None:
    ask(office, offered_to=office.id("林悦"))
    office.later(minutes=11)
    assert ticks.tick(office.now) == 1
    assert told(office, "林悦")[-1] == "等您接手：公积金能贷几成"


def test_an_ended_matter_is_left_alone_by_the_clock(office: Office) -> None:
    one = ask(office)
    do(office, "cancel", "苏晴", one, note="客户自己查到了")
    assert ticks.tick(office.now + timedelta(days=30)) == 0


def test_reopening_gives_a_fresh_limit(office: Office) -> None:
    one = ask(office, kind="follow_up", title="回电", owner=office.id("林悦"))
    do(office, "done", "林悦", one, note="打过了")
    office.later(days=3)
    row = do(office, "reopen", "郑岚", one, note="客户说没接到")
    assert (row.state, row.closed_at) == ("open", None)
    assert row.due_at == office.now + timedelta(days=1)


def at(name: str, *args: Any) -> str:
    return reverse(f"matters:{name}", args=args)


def test_who_sees_a_matter(office: Office) -> None:
    one = ask(office, by="苏晴", offered_to=office.id("林悦"))
    page = at("matter", one)
    got_in = [who for who in office.staff if as_(office, who).get(page).status_code == 200]
    assert got_in == ["郑岚", "许诺", "苏晴", "林悦"]
    do(office, "decline", "林悦", one, note="忙")
    assert as_(office, "林悦").get(page).status_code == 200
    refused = as_(office, "周航").post(at("act", one, "cancel"), {"note": "x"})
    assert refused.status_code == 404
    assert queries.matter(office.badge("周航"), one) is None


def test_the_lists_show_what_is_whose(office: Office) -> None:
    mine = ask(office, by="林悦", title="林悦自己的")
    given = ask(office, by="苏晴", title="转给林悦的", offered_to=office.id("林悦"))
    tea = ask(office, by="周航", kind="service", title="两杯茶")
    late = ask(office, by="周航", title="周航的")

    def listed(who: str, which: str) -> list[UUID]:
        return [m.id for m in queries.matters(office.badge(who), which, office.now)]

    assert listed("林悦", "mine") == [given, mine]
    assert listed("苏晴", "mine") == [tea, given]
    assert set(listed("郑岚", "all")) == {mine, given, tea, late}
    assert set(listed("林悦", "all")) == {mine, given, tea}
    office.later(days=2)
    assert late in listed("郑岚", "overdue")
    do(office, "cancel", "周航", late, note="不用了")
    assert listed("郑岚", "ended") == [late]


def test_one_matter_by_its_page_from_question_to_answer(office: Office) -> None:
    desk, sales = as_(office, "苏晴"), as_(office, "林悦")
    who = customers.register
    customer = office.do(who, "苏晴", name="张三", phone="13800008821").customer
    html = desk.get(at("new"), {"customer": customer}).content.decode()
    assert "138****8821" in html
    sent = {"key": "n", "kind": "question", "title": "能贷几成", "customer": customer}
    answer = desk.post(at("new"), sent | {"offered_to": str(office.id("林悦"))})
    page = answer["Location"]
    one = Matter.objects.get()
    assert one.customer_id == customer
    assert "我来接" in sales.get(page).content.decode()
    sales.post(at("act", one.id, "accept"), {"key": "a"})
    refused = sales.post(at("act", one.id, "answer"), {"note": " "})
    assert refused.status_code == 422
    assert "请写下答复内容" in refused.content.decode()
    html = sales.post(at("act", one.id, "answer"), {"note": "七成"}, follow=True).content.decode()
    assert "客户已得到答复" in html
    desk.post(at("act", one.id, "tell"), {"key": "t"})
    one.refresh_from_db()
    assert one.state == "closed"
    html = desk.get(page).content.decode()
    assert "张三" in html
    assert "13800008821" not in html


def test_a_refusal_keeps_what_was_typed(office: Office) -> None:
    one = ask(office)
    desk = as_(office, "苏晴")
    sent = {"to": str(office.id("苏晴")), "note": "请帮忙看看"}
    answer = desk.post(at("act", one, "offer"), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "请帮忙看看" in html
    assert "请另选一位" in html
    answer = desk.post(at("new"), {"kind": "question", "title": "", "detail": "一大段话"})
    assert answer.status_code == 422
    assert "一大段话" in answer.content.decode()
    assert desk.post(at("act", one, "escalate"), {}).status_code == 404
    assert desk.post(at("act", one, "postpone"), {"due_at": "后天"}).status_code == 422


def test_who_opens_the_lists(office: Office) -> None:
    for name in ("index", "new"):
        got_in = [who for who in office.staff if as_(office, who).get(at(name)).status_code == 200]
        assert got_in == list(office.staff)
    stranger = office.hire("秦明", "qinming", "auditor")
    assert as_(office, "秦明").get(at("index")).status_code == 403
    assert stranger.is_active
    assert as_(office, "林悦").get(at("index"), {"which": "nonsense"}).status_code == 404


@pytest.mark.parametrize("which", ["mine", "all", "ended"])
def test_a_list_costs_the_same_for_one_and_for_thirty(office: Office, which: str) -> None:
    manager = as_(office, "郑岚")

    def add(n: int) -> None:
        who = customers.register
        customer = office.do(who, "苏晴", name=f"赵{n}", phone=f"138000{n:05d}").customer
        one = ask(office, by="郑岚", title=f"问题{n}", customer_id=customer)
        do(office, "offer", "郑岚", one, to=office.id("林悦"))
        if which == "ended":
            do(office, "cancel", "郑岚", one, note="x")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert manager.get(at("index"), {"which": which}).status_code == 200
        return len(seen)

    add(0)
    cost()
    few = cost()
    for n in range(1, 30):
        add(n)
    assert cost() == few
    assert few <= 20, few


def test_a_customers_card_tells_the_matters_one_may_see(office: Office, settings: Any) -> None:
    settings.YINGBIN_CUSTOMER_HISTORY = ["yingbin.matters.queries.history"]
    customer = office.do(customers.register, "苏晴", name="张三").customer
    ask(office, by="林悦", customer_id=customer)
    card = reverse("customers:card", args=[customer])
    assert "公积金能贷几成" in as_(office, "林悦").get(card).content.decode()
    assert "公积金能贷几成" not in as_(office, "周航").get(card).content.decode()

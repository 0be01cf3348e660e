"""An auditor finds any row of a show flat's visitors that was changed or is gone; final rows refuse to change (SF-4.3.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from tests.force import guards_off
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.duty.actions import facts, questions, referrals, visit_sheets, visits
from yingbin.duty.actions.facts import Facts
from yingbin.duty.models import MatchSettlement, ShowVisit, VisitMatching
from yingbin.duty.privacy import history, sections
from yingbin.duty.queries.visit_sheets import seen_matching, sheet_lines
from yingbin.duty.queries.visits import guests
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.rules.gone import ERASED

from .beside import Beside
from .flat import Flat
from .test_visit_sheets import answer, evening, laid, settle_all  # noqa: F401
from .test_visits import WANG, come_in, faults, morning, scan  # noqa: F401

Both = tuple[Flat, Beside]
DUTY = "yingbin.duty.witnesses.of_duty"
CARD = Facts("三房两厅", "约 118 平方米", "框架", "南北通透", (("层高？", "2.95 米"),))
WORDS = "带着双胞胎，赶时间"


@pytest.fixture
def confirmed(evening: Both) -> Both:  # noqa: F811
    """A whole day: the card of the flat, a new code, the sheet, a copy of it, matched, settled, confirmed."""
    flat, hall = evening
    flat.do(facts.keep_facts, "许", post=flat.post, told=CARD, before=0)
    flat.do(facts.renew_code, "许", post=flat.post)
    row = laid(flat)
    settle_all(flat, row)
    copy = {"day": row.day, "why": "核对", "form": "paper", "rows": 3, "sha256": ""}
    flat.do(visit_sheets.hand_out_sheet, "许", **copy)
    answer(flat, hall, row, agreed=True, word="看过了")
    return flat, hall


def forged(flat: Flat, cursor: CursorWrapper, sql: str) -> list[str]:
    """What the check says when somebody with the database's password, guards asleep, did this; then it is undone."""
    with transaction.atomic():
        cursor.execute(sql)
        assert cursor.rowcount > 0, sql
        found = [f"{line.what}：{one}" for line in check_site(flat.site) for one in line.found]
        transaction.set_rollback(True)
    return found


def test_the_whole_day_fits_its_journal(confirmed: Both) -> None:
    flat, _ = confirmed
    assert faults(flat) == []
    parts = {part.what for part in check_site(flat.site)}
    assert {"样板间来访", "转介", "户型资料", "与售楼处对接", "对接说明", "对接确认"} <= parts


FORGERIES = {
    "duty_showvisit": [
        ("set group_size = group_size + 1 where number = 1", "样板间来访", "人数"),
        ("set been_to_sales = not been_to_sales", "样板间来访", "是否到过售楼处"),
        ("set number = 9 where number = 3", "样板间来访", "序号"),
        ("set source = 'code' where number = 3", "样板间来访", "怎么来的"),
        ("set arrived_at = arrived_at - interval '1 hour'", "样板间来访", "到访时间"),
        ("set left_at = left_at + interval '1 hour'", "样板间来访", "离开时间"),
        ("set left_at = null where number = 2", "样板间来访", "离开时间"),
        ("set confirmed_at = confirmed_at + interval '1 s'", "样板间来访", "确认时间"),
        ("set turned_down_at = left_at where number = 3", "样板间来访", "作废时间"),
        ("set customer_id = null where number = 1", "样板间来访", "客户"),
        ("set note = '没带孩子' where number = 2", "样板间来访", "备注"),
        ("set note = '', salt = '' where number = 2", "样板间来访", "备注"),
        ("set recorded_by = id where number = 1", "样板间来访", "登记人"),
        ("set confirmed_by = null where number = 1", "样板间来访", "确认人"),
        ("set seen_off_by = id where number = 1", "样板间来访", "送客人"),
    ],
    "duty_visitreferral": [
        ("set state = 'kept'", "转介", "结果"),
        ("set receiver = by", "转介", "接待人"),
        ("set by = receiver", "转介", "转介人"),
        ("set gallery_visit = null", "转介", "售楼处的到访"),
        ("set at = at - interval '1 minute'", "转介", "转介时间"),
        ("", "转介", "没有"),
    ],
    "duty_guestcode": [
        ("set number = 1", "样板间二维码", "第几张"),
        ("set by = id", "样板间二维码", "谁换的"),
        ("", "样板间二维码", "没有"),
    ],
    "duty_flatfacts": [
        ("set area = '约 128 平方米'", "户型资料", "area"),
        ("set answers = '[]'", "户型资料", "answers"),
        ("set version = 7", "户型资料", "第几版"),
        ("set by = id", "户型资料", "谁写的"),
        ("", "户型资料", "没有"),
    ],
    "duty_visitsheet": [
        ("set visits = 1", "样板间客户接待记录表", "批数"),
        ("set people = 99", "样板间客户接待记录表", "人数"),
        ("set of_day = of_day - 1", "样板间客户接待记录表", "哪一天"),
    ],
    "duty_visitsheetcopy": [
        ("set why = '', rows = 90", "带出接待记录表", ""),
        ("", "带出接待记录表", "没有"),
    ],
    "duty_visitmatching": [
        ("set pairs = '[]'", "与售楼处对接", "对照"),
        ("set day = day - 1", "与售楼处对接", "哪一天"),
        ("set gallery_id = id", "与售楼处对接", "售楼处"),
        ("set by = id", "与售楼处对接", "谁对照的"),
    ],
    "duty_matchsettlement": [
        ("set same = false where index = 1", "对接说明", "是不是同一批"),
        ("set word = '没有差异' where index = 2", "对接说明", "说明"),
        ("set word = '', salt = '' where index = 2", "对接说明", "说明"),
        ("set index = 3 where index = 2", "对接说明", "第几行"),
        ("set by = id", "对接说明", "谁说明的"),
        ("", "对接说明", "没有"),
    ],
    "duty_matchconfirmation": [
        ("set agreed = false", "对接确认", "认可"),
        ("set word = '不认'", "对接确认", "说明"),
        ("set by = id", "对接确认", "谁答复的"),
        ("set at = at - interval '1 day'", "对接确认", "时间"),
        ("", "对接确认", "没有"),
    ],
}


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize("table", FORGERIES)
def test_what_was_changed_behind_the_journal_is_found_and_named(
    confirmed: Both, table: str, settings: Any
) -> None:
    flat, _ = confirmed
    settings.YINGBIN_WITNESSES = [DUTY]  # the wing's own alone, which is quicker
    with guards_off() as cursor:
        for change, what, said in FORGERIES[table]:
            sql = f"update {table} {change}" if change else f"delete from {table}"
            found = forged(flat, cursor, sql)
            assert any(f.startswith(f"{what}：") and said in f for f in found), (sql, found)


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    "forged",
    [
        "update duty_flatfacts set area = '约 128 平方米'",
        "delete from duty_flatfacts",
        "update duty_visitsheet set visits = 1",
        "delete from duty_visitsheetwords",
        "update duty_visitmatching set pairs = '[]'",
        "delete from duty_visitmatching",
        "update duty_matchsettlement set same = true",
        "update duty_matchsettlement set word = '没有差异'",
        "delete from duty_matchsettlement",
        "update duty_matchconfirmation set agreed = false",
        "delete from duty_matchconfirmation",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_signed_or_said(
    confirmed: Both, forged: str
) -> None:
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        connection.cursor().execute(forged)


def erase(flat: Flat, visit: ShowVisit) -> None:
    visit.refresh_from_db()
    card = Customer.objects.get(id=visit.customer_id)
    flat.do(erase_person, "许", customer_id=card.id, reason="本人要求", sure=str(card.number))


@pytest.mark.clause("SF-4.3.2")
def test_an_erased_customer_takes_their_words_out_of_the_matching_and_the_check_is_whole(
    confirmed: Both,
) -> None:
    flat, _ = confirmed
    zhang = ShowVisit.objects.get(site_id=flat.site, number=2)
    erase(flat, zhang)
    row = VisitMatching.objects.get()
    words = dict(MatchSettlement.objects.filter(matching=row).values_list("index", "word"))
    assert words[1] == ERASED
    assert ERASED not in (words[2], words[3])
    assert faults(flat) == []
    seen = seen_matching(row)
    assert seen.state == "confirmed"
    assert seen.pairs[1].here is not None
    assert (seen.pairs[1].here.erased, seen.pairs[1].here.phone) == (True, "")


@pytest.mark.clause("SF-4.3.2")
def test_an_erased_customer_s_line_keeps_its_place_on_the_sheet_without_name_or_number(
    evening: Both,  # noqa: F811
) -> None:
    flat, _ = evening
    before = sheet_lines(flat.site, flat.now.date(), full=True)
    erase(flat, ShowVisit.objects.get(site_id=flat.site, number=2))
    after = sheet_lines(flat.site, flat.now.date(), full=True)
    assert [line.number for line in after] == [line.number for line in before] == [1, 2, 3]
    assert [line.size for line in after] == [line.size for line in before]
    assert (before[1].called, before[1].whole, before[1].note) == ("张", "13900001111", "带孩子")
    assert (after[1].whole, after[1].phone, after[1].note) == ("", "", "")
    assert "张" not in after[1].called
    assert after[0] == before[0]


@pytest.mark.clause("SF-4.3.2")
def test_one_who_is_forgotten_leaves_another_s_words_alone(morning: Flat) -> None:  # noqa: F811
    one, two = come_in(morning), come_in(morning)
    more = {"size": 2, "been": False, "note": WORDS}
    morning.do(visits.tell_guests, "叶", visit_id=one.id, **more, **WANG)
    other = {**WANG, "name": "李四", "phone": "13900002222"}
    morning.do(visits.tell_guests, "叶", visit_id=two.id, **more, **other)
    erase(morning, one)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.note, two.note) == ("", WORDS)
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.2")
def test_a_customer_reads_every_visit_of_theirs_and_none_of_anybody_else(
    evening: Both,  # noqa: F811
) -> None:
    flat, _ = evening
    zhang = ShowVisit.objects.get(site_id=flat.site, number=2)
    assert zhang.customer_id is not None
    (told,) = sections(site_id=flat.site, customer_ids=[zhang.customer_id])
    assert [row[1:] for row in told.rows] == [["样板间A", "1 人", "售楼处：到过", "带孩子"]]
    (nothing,) = sections(site_id=flat.site, customer_ids=[])
    assert nothing.rows == []


@pytest.mark.clause("SF-4.3.2")
def test_neither_journal_nor_gallery_journal_holds_a_name_a_number_or_a_word(
    confirmed: Both,
) -> None:
    text = "\n".join(str(e.body) for e in Entry.objects.all())
    for word in ("王建国", "13812341234", "张三", "李四", "13900002222", "带孩子", "看过了"):
        assert word not in text


@pytest.mark.clause("SF-4.3.2")
def test_a_void_registration_has_no_words_left_and_the_journal_still_fits(
    morning: Flat,  # noqa: F811
) -> None:
    visit = scan(morning)
    morning.do(visits.turn_down_guests, "叶", visit_id=visit.id)
    visit.refresh_from_db()
    assert (visit.called, visit.phone, visit.wording) == ("", "", "")
    seen = guests(morning.site, visit.id)
    assert seen is not None
    assert (seen.state, seen.called, seen.phone, seen.erased) == ("void", "未留姓名", "", False)
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.3")
def test_the_referral_names_whoever_asked_even_if_the_worker_carried_it_out(
    morning: Flat,  # noqa: F811
) -> None:
    Beside(morning).chosen()
    visit = come_in(morning)
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    asked = morning.do(referrals.ask_referral, "叶", visit_id=visit.id)
    referrals.carry_out(morning.site, asked, morning.now + timedelta(minutes=5))
    entry = Entry.objects.get(site_id=morning.site, kind="duty.referral_settled")
    assert entry.actor == str(morning.people["叶"])
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.2")
def test_a_salesperson_of_the_gallery_sees_no_history_of_the_flat_on_a_card(
    evening: Both,  # noqa: F811
) -> None:
    flat, hall = evening
    zhang = ShowVisit.objects.get(site_id=flat.site, number=2)
    assert zhang.customer_id is not None
    ids = [zhang.customer_id]
    lead = badge(Staff.objects.get(id=flat.people["许"]), flat.site, flat.now)
    sales = badge(Staff.objects.get(id=hall.people["林悦"]), hall.site, flat.now)
    guard = badge(Staff.objects.get(id=flat.people["秦"]), flat.site, flat.now)
    assert [line.title for line in history(badge=lead, customer_ids=ids)] == ["参观样板间A：1 人"]
    assert history(badge=sales, customer_ids=ids) == []
    assert history(badge=guard, customer_ids=ids) == []


@pytest.mark.clause("SF-4.3.3")
def test_a_question_of_an_erased_visitor_is_still_answered_and_the_check_whole(
    morning: Flat,  # noqa: F811
) -> None:
    visit = come_in(morning)
    morning.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    morning.do(questions.ask_question, "叶", visit_id=visit.id, question="层高？", answer="2.95 米")
    erase(morning, visit)
    line = sheet_lines(morning.site, morning.now.date())[0]
    assert "王建国" not in line.called + line.asked + line.answered
    assert faults(morning) == []

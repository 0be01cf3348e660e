"""What the database's owner rewrites with all refusals switched off is found, and named where it stands."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.force import unguarded
from tests.gallery.conftest import Gallery
from tests.journal.rich import rich
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.desk.witnesses import of_desk
from yingbin.duty.witnesses import of_duty
from yingbin.gallery.actions import waiting
from yingbin.gallery.actions.events import came_form
from yingbin.gallery.models import Claim, GalleryDay, QueueState, TurnDecision, TurnEvent, Visit
from yingbin.gallery.queries.history import disagreements, replayed
from yingbin.journal import cli
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.rules.turns.decide import apply
from yingbin.tours.witnesses import of_tours

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: object) -> Iterator[Gallery]:
    """The gallery, made once for all tests here; each undoes what it forges."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        everything = transaction.atomic()
        everything._from_testcase = True
        with everything:
            hall = Gallery()
            hall.open("林悦", "周航", "吴敏", "陈思远")
            yield rich(hall)
            transaction.set_rollback(True)


@pytest.fixture
def hall(made: Gallery, db: None) -> Gallery:
    return made


def told(hall: Gallery) -> list[str]:
    """Everything the check says of the site."""
    return [str(one) for line in check_site(hall.site) for one in line.found]


def test_nothing_is_found_where_nothing_was_forged(hall: Gallery) -> None:
    assert told(hall) == []
    held = {line.what: line.held for line in check_site(hall.site)}
    empty = {what for what, many in held.items() if not many}
    # Made by sites of other kinds, by robots, by people who moved: held by the tests of their own.
    assert empty <= {
        "告知内容",
        "已知晓的通知",
        "响铃试验",
        "任职邀请",
        "外出申请",
        "项目",
        "通知渠道",
        "催",
        "重新开场",
        "事项的关联",
        "事项的照片",
        "照片与扫描件",
        "照片的内容",
        "规定",
        "申请",
        "人员名单导入",
        # On duty: tests/duty/test_tampering_duty.py has a row in each of these.
        *(one.what for one in of_duty(hall.site).held),
        "排班草稿导入",
        "样板间客户接待记录表",
        "设备导入",
        # Of the desk: tests/desk/test_tampering_desk.py and the tests of its parts.
        *(one.what for one in of_desk(hall.site).held),
        "房屋与住户导入",
        "价目导入",
        "事项的回避",
        "取消的回避",
        # Of corporate visits: tests/tours/test_tampering_tours.py and tests/tours/gate/.
        *(one.what for one in of_tours(hall.site).held),
    }, empty


ARRIVAL = (
    "id = (select id from floor_turnevent where event->>'event' = 'arrive' order by seq limit 1)"
)
CUSTOMER = "number = 1 and day_id = (select id from floor_galleryday where closed_at is not null)"
RECEIVED = "id = (select id from floor_turndecision where kind = 'received' order by seq limit 1)"
EVENT, DECISION, VISIT = (
    f"update floor_turnevent set {{}} where {ARRIVAL}",
    f"update floor_turndecision set {{}} where {RECEIVED}",
    f"update floor_visit set {{}} where {CUSTOMER}",
)
CLOSED = "update floor_galleryday set {} where closed_at is not null"
RECEPTION = (
    "update floor_reception set {} where visit_id = (select id from floor_visit where number = 1"
    " order by arrived_at limit 1)"
)
SOMEBODY = "gen_random_uuid()"

FORGED = {
    # events
    "an event's name": (EVENT.format("event = event || jsonb_build_object('named', 'x')"), "轮排事件 2026-11-21 第 0 个：内容（named）"),
    "an event's time": (EVENT.format("at = at - interval '1 hour'"), "轮排事件 2026-11-21 第 0 个：时间"),
    "who recorded an event": (EVENT.format(f"by = {SOMEBODY}"), "轮排事件 2026-11-21 第 0 个：谁记的"),
    "the reason of an override": ("update floor_turnevent set event = event || '{\"reason\": \"没有原因\"}' where event->>'event' = 'override'", "原因和记录链里的凭据对不上"),
    "the reason emptied as if erased": ("update floor_turnevent set salt = '', event = event || '{\"reason\": \"（已按本人要求删除）\"}' where event->>'event' = 'override'", "没有删除的记录"),
    "an event's place in the day": (EVENT.format("index = 999"), "轮排事件 2026-11-21 第 999 个：第几个"),
    "an event gone": ("delete from floor_turnevent where event->>'event' = 'back'", "轮排事件：记录链第"),
    "an event put in": ("insert into floor_turnevent select gen_random_uuid(), 998, 99999, at, by, event, salt, day_id, site_id, visit_id from floor_turnevent where index = 0 limit 1", "第 998 个：记录链里没有这一条"),
    # decisions
    "counted": (DECISION.format("counted = not counted"), "：计次和"),
    "the sentence": (DECISION.format("because = '按经理的意思'"), "：说明的那句话和"),
    "a decision's time": (DECISION.format("at = at + interval '1 minute'"), "判定 2026-11-21 回执"),
    "a decision's receipt": (DECISION.format("receipt = 'AAAA-AAAA'"), "回执 AAAA-AAAA：回执码和"),
    "a decision's receiver": (DECISION.format(f"receiver = {SOMEBODY}"), "：接待人和"),
    "a decision's clause": (DECISION.format("clause = 'TQ-9'"), "：条款和"),
    "a clause's revision": (DECISION.format("clause_revision = 9"), "：条款修订和"),
    "what a turn cost": (DECISION.format("turn = 'none'"), "：轮次和"),
    "who was passed over": (DECISION.format("passed_over = '[\"x\"]'"), "：轮空的人和"),
    "the order after it": (DECISION.format("queue = '[]'"), "：之后的顺序和"),
    "the rules' version": (DECISION.format("rule_version = '0'"), "：程序的规则版本和"),
    "the policy's version": (DECISION.format("policy_version = 77"), "：规则版本和"),
    "the kind of a decision": (DECISION.format("kind = 'waits'"), "：种类和"),
    "a decision gone": (f"delete from floor_turndecision where {RECEIVED}", "判定：记录链第"),
    "a decision of another number": (DECISION.format("seq = 3"), "记录链里没有这一条"),
    # undos
    "who took an arrival back": (f"update floor_undone set by = {SOMEBODY}", "撤销 2026-11-21"),
    "an undo gone": ("delete from floor_undone", "撤销：记录链第"),
    # visits and receptions
    "a visit's number": (VISIT.format("number = 77"), "到访 2026-11-21 第 77 批：第几批"),
    "when a group came": (VISIT.format("arrived_at = arrived_at - interval '9 minutes'"), "到访 2026-11-21 第 1 批：到访时间"),
    "a visit's kind": (VISIT.format("kind = 'peer'"), "第 1 批：种类"),
    "whom a group named": (VISIT.format(f"named = {SOMEBODY}"), "第 1 批：指名"),
    "whose a group was": (VISIT.format(f"registered_with = {SOMEBODY}"), "第 1 批：原接待人"),
    "how many they were": (VISIT.format("group_size = 9"), "第 1 批：人数"),
    "who the group is": (VISIT.format(f"customer_id = {SOMEBODY}"), "第 1 批：客户"),
    "when it was over": (VISIT.format("finished_at = finished_at - interval '1 hour'"), "第 1 批：接待完毕的时间"),
    "that a group left": (VISIT.format("left_at = finished_at"), "第 1 批：离开的时间"),
    "that an arrival was undone": (VISIT.format("undone_at = finished_at"), "第 1 批：撤销的时间"),
    "what the rules remember of it": (VISIT.format("record = record || '{\"counted\": false}'"), "第 1 批：轮排对它的记忆"),
    "a late entry's true time": ("update floor_visit set arrived_at = arrived_at - interval '1 day' where late_at is not null", "：到访时间和"),
    "a visit gone": ("delete from floor_visit where kind = 'enquirer'", "到访：记录链第"),
    "when a reception began": (RECEPTION.format("began_at = began_at - interval '1 hour'"), "接待 2026-11-21 第 1 批：开始时间"),
    "that a turn was accepted": (RECEPTION.format("accepted_at = null"), "接待 2026-11-21 第 1 批：接单时间"),
    "when a reception ended": (RECEPTION.format("ended_at = ended_at + interval '1 hour'"), "接待 2026-11-21 第 1 批：结束时间"),
    "who received": (RECEPTION.format(f"receiver = {SOMEBODY}"), "接待 2026-11-21 第 1 批：接待人"),
    # requests
    "a claim's outcome": ("update floor_claim set granted = false", "无关来访申报 2026-11-21"),
    "a claim gone": ("delete from floor_claim", "无关来访申报：记录链第"),
    "leave that was refused": ("update approvals_approval set status = 'granted' where status = 'declined'", "申请 第 1 号：结果"),
    # what people said
    "what a group was called": (VISIT.format("called = '别人'"), "第 1 批：称呼和记录链里的凭据对不上"),
    "what was noted of a group": ("update floor_visit set note = '客户' where kind = 'peer' and note <> ''", "：备注和记录链里的凭据对不上"),
    "a note that was added": (VISIT.format("note = '说好给林悦'"), "第 1 批：备注是后来加的"),
    "what a group looked for": ("update floor_visit set looked_for = '厕所' where looked_for <> ''", "：找什么和记录链里的凭据对不上"),
    "what a group is known by": ("update floor_visit set looks = '红衣' where looks <> ''", "：认人和记录链里的凭据对不上"),
    "where a group sits": ("update floor_visit set seat = '9 号桌' where seat <> ''", "：座位和记录链里的凭据对不上"),
    "words emptied as if erased": (VISIT.format("called = '', salt = ''"), "第 1 批：称呼空了，但没有删除的记录"),
    "a late group's name": ("update floor_visit set called = '别人' where late_at is not null", "：称呼和记录链里的凭据对不上"),
    "why somebody was unrelated": ("update floor_claim set note = '朋友'", "：说明和记录链里的凭据对不上"),
    "how the customer confirmed it": ("update floor_claim set answer = '没问'", "：核实的答复和记录链里的凭据对不上"),
    "what leave was for": ("update approvals_approval set words = '私事'", "：理由和记录链里的凭据对不上"),
    "why leave was refused": ("update approvals_approval set answer = '好' where status = 'declined'", "：答复和记录链里的凭据对不上"),
    "what was added to leave granted": ("update approvals_approval set answer = '好' where status = 'granted'", "：答复和记录链里的凭据对不上"),
    "why the policy changed": ("update floor_gallerypolicy set reason = '无' where version = 1", "规则 第 1 版：原因和记录链里的凭据对不上"),
    "who rang": ("update floor_call set called = '别人'", "：来电人和记录链里的凭据对不上"),
    "why two cards are one": ("update customers_merge set why = '无'", "：依据和记录链里的凭据对不上"),
    "why a customer is somebody's": ("update customers_receiverofrecord set reason = '无' where salt <> ''", "：原因和记录链里的凭据对不上"),
    "a reason of the house emptied": ("update floor_gallerypolicy set reason = '', salt = '' where version = 1", "原因空了，但没有删除的记录"),
    # days
    "when the day closed": (CLOSED.format("closed_at = closed_at - interval '1 hour'"), "开场收场 2026-11-21：收场时间"),
    "the accounts of the evening": (CLOSED.format("summary = summary || '{\"owes\": {}, \"make_up\": [1]}'"), "收场的顺序和账目"),
    "the order of the morning": (CLOSED.format("opening_queue = '[]'"), "2026-11-21：开场顺序"),
    "the day's settings": (CLOSED.format("settings = settings || '{\"undo_seconds\": 9999}'"), "2026-11-21：设置"),
    "the live state": ("update floor_queuestate set state = jsonb_set(state, '{owes}', '{\"x\": 3}') where day_id = (select id from floor_galleryday where closed_at is null)", "2026-11-22 轮排状态：欠轮"),
    "the standing order": ("update floor_standingorder set \"order\" = '[]'", "长期顺序：顺序"),
    "the accounts that carry over": ("update floor_standingorder set owes = '{\"x\": 1}'", "长期顺序：欠轮"),
    "a presence put in": (f"insert into floor_presence select gen_random_uuid(), day, {SOMEBODY}, at, by, how, null, site_id from floor_presence limit 1", "绕过程序加进来的"),
    "the policy": ("update floor_gallerypolicy set values = values || '{\"undo_seconds\": 9999}' where version = 1", "规则 第 1 版：内容"),
    # the book
    "who took a call": (f"update floor_call set taken_by = {SOMEBODY}", "来电 2026-11-21"),
    "what was asked by phone": ("update floor_call set asked = '问车位'", "：问了什么和记录链里的凭据对不上"),
    "a call gone": ("delete from floor_call", "来电：记录链第"),
    "a channel's standing": ("update floor_channelregistration set standing = 'taken'", "渠道报备 2026-11-21"),
    "how long a channel's claim lasts": ("update floor_channelregistration set valid_until = valid_until + interval '1 year'", "：有效期和"),
    "a budget": ("update floor_needs set budget_max = 999", "：预算和"),
    "what was said of needs": ("update floor_needs set said = '都行'", "：谈话要点和"),
    "a step": ("update floor_step set which = 'flat'", "接待步骤 2026-11-21"),
    "a copy handed out": ("update floor_registerexport set rows = 1", "带出登记册 2026-11-21"),
    "an import's file": ("update importing_importrun set sha256 = 'x'", "登记册导入 2026-11-21"),
    "a register row": ("update floor_registerentry set signed_by = gen_random_uuid() where number = 1", "登记册 第 1 号"),
    # disputes
    "the parties": ("update floor_dispute set parties = '[]'", "争议 第 1 号：当事人"),
    "a statement": ("update floor_statement set words = '没说过' where id = (select id from floor_statement order by seq limit 1)", "：经过和记录链里的凭据对不上"),
    "a ruling's reason": ("update floor_ruling set reason = '别的'", "裁定 第 1 号"),
    "for whom it was ruled": (f"update floor_ruling set for_whom = {SOMEBODY}", "裁给谁"),
    "what a ruling changes": ("update floor_ruling set effects = '{}'", "：后果和"),
    "a case file handed out": (f"update floor_casecopy set customer_id = {SOMEBODY}", "带出卷宗 2026-11-21"),
    # customers
    "whose customer it is": (f"update customers_receiverofrecord set staff_id = {SOMEBODY} where id = (select id from customers_receiverofrecord order by seq limit 1)", "客户归属"),
    "a receiver put in": (f"insert into customers_receiverofrecord select gen_random_uuid(), {SOMEBODY}, 77777, since, by, reason, visit_id, clause, customer_id, site_id from customers_receiverofrecord limit 1", "绕过程序加进来的"),
    "an imported receiver": (f"update customers_receiverofrecord set staff_id = {SOMEBODY} where reason = '旧登记册上的接待人'", "：归谁和"),
    "a consent": ("update customers_consent set given = false", "个人信息同意"),
    "a merge undone": ("update customers_merge set undone_at = null, undone_by = null", "撤销时间"),
    "a card shown under another": ("update customers_customer set merged_into_id = null", "显示在哪张卡片下"),
    "a look at a number gone": ("delete from customers_reveal", "查看号码：记录链第"),
    "a customer's name": ("update customers_customername set name = '别人' where name = '周先生'", "客户姓名"),
    "a card gone": ("delete from customers_customer where number = 1", "客户：记录链第"),
    # matters
    "whose matter it is": (f"update matters_matter set owner_id = {SOMEBODY} where number = 1", "事项 第 1 号：负责人"),
    "a matter's words": ("update matters_matter set title = '别的事' where number = 1", "事项 第 1 号：事项和"),
    "a matter done": ("update matters_matter set state = 'closed', closed_at = opened_at where number = 1", "事项 第 1 号：状态"),
    "a step of a matter gone": ("delete from matters_matterstep where index = 1", "事项的步骤：记录链第"),
    # people
    "a role put in": (f"insert into people_assignment (id, role, since, given_by, ended_by, site_id, staff_id) select gen_random_uuid(), 'lead', now(), {SOMEBODY}::text, '', site_id, staff_id from people_assignment where role = 'salesperson' limit 1", "角色"),
    "a role ended": ("update people_assignment set until = since where role = 'lead' and given_by <> ''", "到什么时候"),
    "a leaver brought back": ("update people_staff set is_active = true where not is_active", "却还在职"),
    "a delegation's end": ("update people_delegation set until = until + interval '9 days'", "授权代管"),
    "a token's scopes": ("update people_apitoken set scopes = '[\"all\"]'", "能做什么"),
    "a tablet": ("update people_sharedtablet set retired_at = now()", "共用平板"),
    "opening hours": ("update people_openinghours set closes = '23:00'", "开放时间"),
    "a day off": ("update people_siteholiday set works = true", "的例外"),
    "where webhooks go": ("update notices_webhook set kinds = '{turns.event}'", "推送哪些事"),
    "a certificate": ("update reports_daycertificate set holds = not holds", "公平证书 2026-11-21：成不成立"),
    # the journal itself
    "an entry's words": ("update journal_entry set body = body || '{\"x\": 1}' where seq = 20", "第 20 条：被改"),
    "an entry from the middle": ("delete from journal_entry where seq = 20", "缺失：第 20 条"),
    "the last ten entries": ("delete from journal_entry where seq > (select seq from journal_ledger limit 1) - 10", "末尾被截掉：总账记着"),
    "the whole chain": ("delete from journal_entry", "整条记录链被删掉了"),
    "a root": ("delete from journal_dayroot", "收场后没有封存签名"),
    "a root's signature": ("update journal_dayroot set signature = '\\x00'", "封存签名不成立"),
    "the ledger's head": ("update journal_ledger set head = '\\x00'", "末条被换过"),
}  # fmt: skip


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_is_found_where_it_stands(hall: Gallery, what: str) -> None:
    sql, said = FORGED[what]
    unguarded(sql.replace("%", "%%"))
    found = told(hall)
    assert [f for f in found if said in f], found[:20]


def test_more_than_forty_kinds_were_forged() -> None:
    assert len(FORGED) > 90


@pytest.mark.clause("TQ-11")
def test_an_event_rewritten_with_all_that_follows_from_it_is_found(hall: Gallery) -> None:
    """Another `named`, the day folded again, decisions and state rewritten consistently; the journal untouched."""
    day = GalleryDay.objects.get(closed_at__isnull=False)
    row = TurnEvent.objects.filter(day=day, event__event="arrive").order_by("seq").first()
    assert row is not None
    row.event["named"] = str(hall.id("陈思远"))
    unguarded("update floor_turnevent set event = %s where id = %s", json.dumps(row.event), row.id)
    Visit.objects.filter(id=row.visit_id).update(named=hall.id("陈思远"))
    _fold_again(day)
    assert disagreements(day) == []  # the tables agree with one another
    found = told(hall)
    here = [f for f in found if f.startswith(f"轮排事件 2026-11-21 第 {row.index} 个")]
    assert here
    assert "named" in here[0]
    assert f"记录链第 {row.seq} 条" in here[0]
    assert [f for f in found if f.startswith("判定 2026-11-21") and "接待人" in f]


@pytest.mark.clause("TQ-11")
def test_an_erasure_passes_as_erased_and_a_word_put_back_doesnt(hall: Gallery) -> None:
    claim = Claim.objects.select_related("visit").get()
    customer = Customer.objects.get(id=claim.visit.customer_id)
    hall.do(
        erase_person, "郑岚", customer_id=customer.id, reason="本人来信", sure=str(customer.number)
    )
    claim.refresh_from_db()
    assert (claim.visit.called, claim.answer, claim.salt, claim.visit.salt) == ("", "", "", "")
    assert told(hall) == []
    unguarded("update floor_claim set answer = '出示名片' where id = %s", claim.id)
    unguarded("update floor_visit set called = '装修公司' where id = %s", claim.visit_id)
    found = told(hall)
    assert [f for f in found if "核实的答复已按客户要求删除过，却又有了" in f]
    assert [f for f in found if "称呼已按客户要求删除过，却又有了" in f]


def test_rows_of_before_their_words_were_committed_to_are_left_alone(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yingbin.gallery.actions.events.came_form", of_before)
    visit = hall.arrive(name="老数据", phone="13812340020", note="从前写的")
    Visit.objects.filter(id=visit.id).update(salt="")
    assert told(hall) == []
    hall.do(waiting.describe, "苏晴", visit_id=visit.id, looks="蓝衣", seat_at="")
    assert told(hall) == []
    unguarded("update floor_visit set note = '改过' where id = %s", visit.id)
    assert [f for f in told(hall) if "备注和记录链里的凭据对不上" in f]


def of_before(visit: Visit) -> dict[str, Any]:
    """What an arrival's entry kept of its group before words were committed to."""
    return {k: v for k, v in came_form(visit).items() if k != "words"}


def _fold_again(day: GalleryDay) -> None:
    from yingbin.gallery.queries.history import opening_state, standing_events

    state = opening_state(day)
    for event in standing_events(day):
        made = apply(state, event.event, index=event.index)
        kept = list(TurnDecision.objects.filter(event=event).order_by("position"))
        for decision, told_ in zip(kept, made, strict=False):
            unguarded(
                "update floor_turndecision set clause = %s, receiver = %s, counted = %s, turn = %s,"
                " passed_over = %s, queue = %s where id = %s",
                told_.clause or "",
                told_.receiver,
                told_.counted,
                told_.turn,
                json.dumps(told_.passed_over),
                json.dumps(told_.queue),
                decision.id,
            )
    QueueState.objects.filter(day=day).update(state=_ended(replayed(day)))


def _ended(state: object) -> object:
    state.take_ended()  # type: ignore[attr-defined]
    return state.to_json()  # type: ignore[attr-defined]


# `journal verify` alone


def _verify(hall: Gallery) -> int:

    return cli.run_verify(argparse.Namespace(site=str(hall.site), json=False))


def test_the_last_ten_entries_deleted_are_missed_by_the_ledger(
    hall: Gallery, capsys: pytest.CaptureFixture[str]
) -> None:
    last = Entry.objects.filter(site_id=hall.site).count()
    unguarded("delete from journal_entry where seq > %s", last - 10)
    assert _verify(hall) == 1
    assert f"总账记着 {last} 条，第 {last - 9} 条到第 {last} 条不在库里" in capsys.readouterr().out


@pytest.mark.parametrize("also", ["", "ledger", "roots"])
def test_an_empty_journal_of_a_site_with_facts_is_never_whole(
    hall: Gallery, also: str, capsys: pytest.CaptureFixture[str]
) -> None:
    unguarded("delete from journal_entry")
    if also:
        unguarded("update journal_ledger set seq = 0, head = decode(repeat('00', 32), 'hex')")
        unguarded("delete from journal_storedresponse")
    if also == "roots":
        unguarded("delete from journal_dayroot")
        unguarded("delete from journal_ledger")
    assert _verify(hall) == 1
    said = capsys.readouterr().out
    assert "整条记录链被删掉了" in said
    assert "完好" not in said


def test_a_tail_cut_together_with_the_ledger_is_missed_by_the_rows(
    hall: Gallery, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = Entry.objects.filter(site_id=hall.site).order_by("-seq")
    left = entries[4]
    unguarded("delete from journal_entry where seq > %s", left.seq)
    unguarded("update journal_ledger set seq = %s, head = %s", left.seq, bytes(left.hash))
    unguarded("delete from journal_storedresponse")
    assert _verify(hall) == 1
    assert "末尾被截掉了" in capsys.readouterr().out
    assert [f for f in told(hall) if "记录链里没有这一条" in f]


def test_the_old_commands_say_so_too(hall: Gallery, capsys: pytest.CaptureFixture[str]) -> None:
    from yingbin.gallery import cli as floor

    told_ = argparse.Namespace(site="hupan", date=None)
    assert floor.run_check(told_) == 0
    sql, said = FORGED["the live state"]
    unguarded(sql)
    unguarded(FORGED["counted"][0])
    assert floor.run_check(told_) == 1
    out = capsys.readouterr().out
    assert said in out
    assert "decisions differ" in out

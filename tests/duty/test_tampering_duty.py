"""What the database's owner does to a show flat's records with all refusals switched off is found, and named where it stands."""

from uuid import UUID

import pytest

from tests.force import unguarded
from yingbin.duty.models import (
    Asset,
    CheckAnswer,
    CheckList,
    CheckReturn,
    DutyAlert,
    DutyEvent,
    DutyLog,
    EmergencyProcedure,
    FaultReport,
    FlatFacts,
    GuestCode,
    Handover,
    HandoverNote,
    HandoverSignature,
    Incident,
    IncidentCopy,
    IncidentNote,
    Leave,
    LineDetail,
    MatchConfirmation,
    MatchSettlement,
    PostRule,
    RosterCell,
    RosterFeed,
    ShiftKind,
    ShiftSwap,
    ShowVisit,
    VisitMatching,
    VisitReferral,
    VisitSheetCopy,
)
from yingbin.duty.witnesses import of_duty
from yingbin.matters.models import Matter
from yingbin.people.ids import uuid7
from yingbin.people.models import Post, Site
from yingbin.people.rows import SiteRow

from .flat import MONDAY, Flat
from .full import findings

pytestmark = pytest.mark.clause("TQ-11")


def test_nothing_is_found_where_nothing_was_forged(day: Flat) -> None:
    assert findings(day) == []


def test_every_table_that_the_journal_witnesses_has_a_row_to_forge(day: Flat) -> None:
    """The control: without it a table that this day leaves empty would pass all tests below."""
    held = of_duty(day.site).held
    assert {one.what for one in held if not one.rows(day.site).exists()} == BESIDE
    assert {one.what for one in held} == set(TABLES) | BESIDE


# Forged in test_reports_sent.py and test_questions_passed.py, beside a gallery and a channel of mail.
BESIDE = {"发出的报告单", "转给售楼处的问题", "公司统一的检查模板"}


SOMEBODY = "gen_random_uuid()"
FORGED = {
    # the day on duty
    "who was there in the morning": ("update duty_dutylog set opening = opening || '{\"people\": []}'", "当班日志 2026-11-23：开头"),
    "when the day began": ("update duty_dutylog set began_at = began_at - interval '1 hour'", "当班日志 2026-11-23：开始时间"),
    "how things stand": ("update duty_dutylog set standing = '{}'", "存的当前情况和重放的不一样"),
    "that all is well": ("update duty_dutylog set trouble = '[{\"what\": \"x\"}]'", "存的异常和重放的不一样"),
    "how many were told": ("update duty_dutylog set told = told - 1", "记的是提醒过"),
    "what an event says": ("update duty_dutyevent set facts = facts || '{\"kind\": \"rest\"}' where event = 'break_request'", "件：内容和"),
    "what happened": ("update duty_dutyevent set event = 'ready' where event = 'farewell'", "：什么事和"),
    "a break that was refused": ("update duty_dutyevent set accepted = true where not accepted", "：准不准和"),
    "when somebody came": ("update duty_dutyevent set at = at - interval '1 hour' where index = 0", "当班事件 2026-11-23 第 0 件：时间和"),
    "when it was noted": ("update duty_dutyevent set made_at = made_at - interval '1 hour' where index = 0", "第 0 件：记下的时间和"),
    "that it was typed earlier": ("update duty_dutyevent set typed_at = at - interval '1 hour' where index = 0", "第 0 件：填写的时间和"),
    "who did it": (f"update duty_dutyevent set by = {SOMEBODY} where index = 1", "第 1 件：谁做的和"),
    "the order of the day": ("update duty_dutyevent set index = 999 where index = 3", "第 999 件：第几件和"),
    "why an entry was not accepted": ("update duty_dutyevent set words = '{\"reason\": \"都齐\"}' where words ? 'reason'", "：写的话和记录链里的凭据对不上"),
    "a reason emptied as if erased": ("update duty_dutyevent set words = '{}', salt = '' where words ? 'reason'", "：写的话空了，但没有删除的记录"),
    "a reason put in": ("update duty_dutyevent set words = '{\"reason\": \"迟到\"}' where index = 0", "：写的话是后来加的"),
    "whom an alert went to": ("update duty_dutyalert set \"to\" = 'head' where index = 0", "当班提醒 2026-11-23 第 0 条：给谁和"),
    "what an alert was about": ("update duty_dutyalert set what = 'late' where index = 0", "第 0 条：什么事和"),
    "what an alert said": ("update duty_dutyalert set because = '没事' where index = 0", "第 0 条提醒起，存的和重放的不一样"),
    "when an alert came": ("update duty_dutyalert set at = at - interval '5 minutes' where index = 0", "第 0 条：时间和"),
    "under which clause": ("update duty_dutyalert set clause = 'SF-9' where index = 0", "第 0 条：条款和"),
    # handovers
    "to whom a post was handed": (f"update duty_handover set receiver = {SOMEBODY}", "交接班 2026-11-23 12:30：接班人和"),
    "how the facilities were": ("update duty_handover set facilities = '全部正常'", "：设施状况和"),
    "how many there should be": ("update duty_handover set expected = '{\"鞋套\": 31}'", "：应有数量和"),
    "what the receiver was told": ("update duty_handover set also = '[{\"about\": \"客人\", \"words\": \"没有\"}]'", "：另行告知和"),
    "when it was handed over": ("update duty_handover set at = at + interval '1 hour'", "：时间和"),
    "the strokes of a signature": ("update duty_handoversignature set strokes = '[[1, 1]]'", "交接班签名 2026-11-23 12:30：签名和"),
    "which side signed": ("update duty_handoversignature set side = 'giving'", "：哪一方和"),
    "who signed": (f"update duty_handoversignature set by = {SOMEBODY} where completes", "：签名的人和"),
    "on whose phone": (f"update duty_handoversignature set device = {SOMEBODY}", "：在谁的设备上和"),
    "how they signed": ("update duty_handoversignature set signed = 'password'", "：签名方式和"),
    "what was added later": ("update duty_handovernote set words = '没有这回事'", "交接班补充 2026-11-23 12:30：写的话和记录链里的凭据对不上"),
    "who added it": (f"update duty_handovernote set by = {SOMEBODY}", "：谁写的和"),
    "an addition made a refusal": ("update duty_handovernote set what = 'refusal'", "：是什么和"),
    # posts and rosters
    "how many a post needs": ("update duty_postrule set minimum = 3", "岗位要求 样板间A：至少几人和"),
    "that a post was given up": ("update duty_postrule set given_up_at = now()", "：停用和"),
    "when a shift begins": ("update duty_shiftkind set begins = '10:00' where mark = '早'", "班次 早：上班和"),
    "whose shift it is": ("update duty_rostercell set published_shift_id = null", "排班 2026-11-23：班次和"),
    "when it was published": ("update duty_rostercell set published_at = published_at - interval '1 day'", "：发布时间和"),
    "how long leave was": ("update duty_leave set last = last + 3", "请假 2026-11-24：最后一天和"),
    "that leave was taken back": ("update duty_leave set ended_at = null", "：收回时间和"),
    "how a swap ended": ("update duty_shiftswap set status = 'declined'", "换班 2026-11-24：结果和"),
    "with whom": ("update duty_shiftswap set with_whom_id = (select id from people_staff where name = '苏' order by id desc limit 1)", "：和谁换和"),
    "that a calendar was stopped": ("update duty_rosterfeed set revoked_at = now()", "日历订阅 2026-11-23：停用时间和"),
    # checks
    "what a check asks": ("update duty_checklist set body = '{\"sections\": []}' where kind = 'opening' and not shipped", "检查模板 opening 第 1 版：内容和"),
    "that the house wrote it": ("update duty_checklist set shipped = true where not shipped", "：是不是随程序带的和"),
    "how many were counted": ("update duty_checkanswer set count = 11 where count is not null", "检查填的内容 2026-11-23 开门检查的"),
    "who answered": (f"update duty_checkanswer set by = {SOMEBODY}", "：谁填的和"),
    "the result of an item": ("update duty_checkanswer set result = 'na'", "：填的内容和"),
    "a task that is none": ("update duty_checkanswer set task = 'x'", "检查填的内容 2026-11-23 x的"),
    "why it was sent back": ("update duty_checkreturn set word = '很好'", "检查退回 2026-11-23 开门检查的“环境卫生”：哪里不行和记录链里的凭据对不上"),
    "who sent it back": (f"update duty_checkreturn set by = {SOMEBODY}", "：谁退的和"),
    # incidents
    "a fire that was a drill": ("update duty_incident set drill = true", "突发事件与演练 第 1 号：是不是演练和"),
    "when it was over": ("update duty_incident set over_at = over_at - interval '5 minutes'", "第 1 号：结束的时间和"),
    "the steps it went by": ("update duty_incident set steps = '[\"看看\"]'", "第 1 号：步骤和"),
    "the report": ("update duty_incidentnote set words = '{\"text\": \"没事\"}' where what = 'report'", "：写的话和记录链里的凭据对不上"),
    "when a step was done": ("update duty_incidentnote set at = at - interval '1 hour' where number = 1", "突发事件的经过 第 1 号第 1 条：时间和"),
    "the house's steps": ("update duty_emergencyprocedure set steps = '[]'", "处置步骤 停电 第 1 版：步骤和"),
    "why steps changed": ("update duty_emergencyprocedure set why = '无'", "：改了什么和"),
    "which file was handed out": ("update duty_incidentcopy set sha256 = 'x'", "带出的突发事件报告 2026-11-23 15:00：文件的指纹和"),
    # visitors
    "how many came": ("update duty_showvisit set group_size = 9 where number = 1", "样板间来访 2026-11-23 第 1 批：人数和"),
    "when they left": ("update duty_showvisit set left_at = null where number = 1", "第 1 批：离开时间和"),
    "what was noted of guests": ("update duty_showvisit set note = '吵闹' where number = 1", "第 1 批：备注和记录链里的凭据对不上"),
    "a number put in": ("update duty_showvisit set phone = '13900000000' where number = 1", "第 1 批：电话是后来加的，记录链里没有"),
    "a guest emptied as if erased": ("update duty_showvisit set called = '', phone = '', note = '', salt = '' where number = 1", "第 1 批：备注空了，但没有删除的记录"),
    "who received them over there": (f"update duty_visitreferral set receiver = {SOMEBODY}", "转介 2026-11-23 第 1 批：接待人和"),
    "what became of them": ("update duty_visitreferral set state = 'closed'", "：结果和"),
    "which code hangs at the door": ("update duty_guestcode set number = 1", "样板间二维码 样板间A：第几张和"),
    "what may be answered": ("update duty_flatfacts set answers = '[[\"层高？\", \"3.1 米\"]]'", "户型资料 第 1 版：answers和"),
    "how big the flat is": ("update duty_flatfacts set area = '128 平方米'", "户型资料 第 1 版：area和"),
    "what left the house": ("update duty_visitsheetcopy set rows = 1", "带出接待记录表 2026-11-23：行数和"),
    "how two books match": ("update duty_visitmatching set pairs = '[]'", "与售楼处对接 2026-11-23：对照和"),
    "that two are the same": ("update duty_matchsettlement set same = true", "对接说明 2026-11-23 第 2 行：是不是同一批和"),
    "why they differ": ("update duty_matchsettlement set word = '同一批'", "：说明和记录链里的凭据对不上"),
    "that sales agreed": ("update duty_matchconfirmation set agreed = true", "对接确认 2026-11-23：认可和"),
    "why sales did not": ("update duty_matchconfirmation set word = ''", "：说明和记录链里的凭据对不上"),
    # lines and assets
    "what a damage is worth": ("update duty_linedetail set value = 0 where value = 1800", "信息传递单、报修、损坏的细目 第 4 号：估价和"),
    "who did the damage": ("update duty_linedetail set cause = 'staff' where cause = 'child'", "第 4 号：原因和"),
    "who was there": ("update duty_linedetail set present = '没有人' where present <> ''", "第 4 号：在场的人和记录链里的凭据对不上"),
    "whose machine it is": ("update duty_asset set supplier = '别家'", "设备 设备 1 号：供应商和"),
    "how it is operated": ("update duty_asset set notes = '直接开'", "设备 1 号：设备的话和记录链里的凭据对不上"),
    "until when it is under warranty": ("update duty_asset set warranty_until = '2030-01-01'", "：保修到和"),
    "that a fault was real": ("update duty_faultreport set state = 'confirmed' where state = 'dismissed'", "扫码报的故障 2026-11-23 10:00：状态和"),
    "why it was none": ("update duty_faultreport set reason = '' where state = 'dismissed'", "：原因和记录链里的凭据对不上"),
    "what a stranger wrote": ("update duty_faultreport set words = '很好'", "：故障和记录链里的凭据对不上"),
    # the signed sheet
    "how many a sheet counts": ("update duty_visitsheet set people = 99", "样板间客户接待记录表：第 1 号：人数和"),
    "what stands on a signed sheet": ("update duty_visitsheetwords set words = words || '{\"x\": 1}'", "样板间客户接待记录表：第 1 号：内容和记录链里的凭据对不上"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_is_found_where_it_stands(day: Flat, what: str) -> None:
    sql, said = FORGED[what]
    unguarded(sql.replace("%", "%%"))
    found = findings(day)
    assert [f for f in found if said in f], found[:8]


def an_event() -> UUID:
    return DutyEvent.objects.filter(event="farewell")[0].id


def a_post() -> UUID:
    return Post.objects.get_or_create(site=Site.objects.get(kind="show_flat"), name="样板间B")[0].id


def a_visit() -> UUID:
    return ShowVisit.objects.filter(referral=None)[0].id


def a_slip() -> UUID:
    return Matter.objects.filter(line=None)[0].id


# Each table the journal witnesses: its rows, and what a row put in beside them must have of its own.
TABLES: dict[str, tuple[type[SiteRow], dict[str, object]]] = {
    "当班日志": (DutyLog, {"day": "2026-11-22"}),
    "当班事件": (DutyEvent, {"index": 990}),
    "当班提醒": (DutyAlert, {"index": 990}),
    "交接班": (Handover, {"event_id": an_event}),
    "交接班签名": (HandoverSignature, {"event_id": an_event, "completes": False}),
    "交接班补充": (HandoverNote, {}),
    "岗位要求": (PostRule, {"post_id": a_post}),
    "班次": (ShiftKind, {"mark": "夜"}),
    "排班": (RosterCell, {"day": "2026-12-24"}),
    "请假": (Leave, {"approval_id": uuid7}),
    "换班": (ShiftSwap, {}),
    "日历订阅": (RosterFeed, {"digest": b"x", "revoked_at": MONDAY}),
    "检查模板": (CheckList, {"version": 990}),
    "检查填的内容": (CheckAnswer, {"event_id": an_event, "sent_back_id": None}),
    "检查退回": (CheckReturn, {}),
    "突发事件与演练": (Incident, {"number": 990}),
    "突发事件的经过": (IncidentNote, {"number": 990}),
    "处置步骤": (EmergencyProcedure, {"version": 990}),
    "带出的突发事件报告": (IncidentCopy, {}),
    "样板间来访": (ShowVisit, {"number": 990}),
    "转介": (VisitReferral, {"visit_id": a_visit}),
    "样板间二维码": (GuestCode, {"post_id": a_post}),
    "户型资料": (FlatFacts, {"version": 990}),
    "带出接待记录表": (VisitSheetCopy, {}),
    "与售楼处对接": (VisitMatching, {}),
    "对接说明": (MatchSettlement, {}),
    "对接确认": (MatchConfirmation, {}),
    "信息传递单、报修、损坏的细目": (LineDetail, {"matter_id": a_slip}),
    "设备": (Asset, {"number": 990, "mark": "x"}),
    "扫码报的故障": (FaultReport, {}),
}


def test_a_row_that_is_gone_from_any_of_the_tables_is_missed(day: Flat) -> None:
    for model, _ in TABLES.values():
        table = model._meta.db_table
        unguarded(f"delete from {table} where id = (select min(id::text)::uuid from {table})")
    found = [f.split("：记录链第")[0] for f in findings(day) if "库里没有了" in f]
    assert set(TABLES) - set(found) == set()


def test_a_row_put_in_behind_the_journals_back_is_found_in_every_table(day: Flat) -> None:
    for model, own in TABLES.values():
        row = model.objects.filter(site_id=day.site)[0]
        row.pk = uuid7()
        if hasattr(row, "seq"):
            row.seq = 99999
        for name, value in own.items():
            setattr(row, name, value() if callable(value) else value)
        row.save(force_insert=True)
    found = [f for f in findings(day) if "绕过程序加进来的" in f]
    assert [what for what in TABLES if not any(f.startswith(f"{what} ") for f in found)] == []

"""What an auditor relies on: a changed row of 单子, 设备 or 扫码报修 is found; erased words leave the check whole."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import Error, connection, transaction

from tests.force import unguarded
from yingbin.customers.actions import erase_person, register_customer
from yingbin.customers.models import Customer
from yingbin.duty.actions import assets, faults, lines
from yingbin.duty.actions.lines import Details
from yingbin.duty.export import disagreements
from yingbin.duty.line_privacy import erase, sections
from yingbin.duty.models import Asset, DutyEvent, FaultReport, LineDetail
from yingbin.journal.action import action
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.journal.write import Pen
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter, MatterStep
from yingbin.rules.decision import Refused

from .flat import Flat


@pytest.fixture
def kept(flat: Flat) -> Flat:
    """A day with one of each: a damage with all it can say, an asset, a fault that waits, one that was dismissed."""
    flat.come()
    asset = flat.do(
        assets.keep_asset, "许", name="中央空调", post=flat.post, place="客厅", notes="先开总闸",
        supplier="恒温机电", contact="王工",
    )  # fmt: skip
    told = Details(
        asset=asset, value=1800, cause="child", present="李女士", happened_at=flat.at("08:00")
    )
    flat.do(
        lines.open_line, "叶", kind="damage", post=flat.post, title="花瓶碎了", details=told, at="09:30"
    )  # fmt: skip
    mark = Asset.objects.get().mark
    for words in ("不出冷风", "一直滴水"):
        flat.do(faults.tell_fault, "苏", mark=mark, words=words)
    second = FaultReport.objects.get(words="一直滴水")
    flat.do(faults.dismiss_fault, "叶", fault=second.id, reason="试过，是好的")
    return flat


@action("test.guest_of_line")
def a_guest(pen: Pen, *, name: str, phone: str) -> UUID:
    return register_customer(pen=pen, name=name, phone=phone).id


@action("test.erase_lines")
def erase_lines(pen: Pen, *, customer: UUID) -> int:
    return erase(pen=pen, customer_ids=[customer])["damages"]


def found(flat: Flat) -> list[str]:
    """What the check says of lines, assets and faults."""
    said = [str(one) for line in check_site(flat.site) for one in line.found]
    return [one for one in said if not one.startswith("角色")]  # given behind the journal's back


WAITS, DECIDED = "where state = 'waiting'", "where state = 'dismissed'"


@pytest.mark.clause("SF-4.4")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("duty_linedetail set id = id", []),
        (
            "duty_linedetail set value = 80, cause = 'customer', supplier = '别家', asset_id = null,"
            " happened_at = null, present = '无人'",
            [
                "设备和",
                "供应商和",
                "估价和",
                "原因和",
                "发生时间和",
                "在场的人和记录链里的凭据对不上",
            ],
        ),
        ("duty_linedetail set present = '', salt = ''", ["在场的人空了，但没有删除的记录"]),
        (
            "duty_asset set number = 9, name = '电视', post_id = null, supplier = '',"
            " warranty_until = '2030-01-01', given_up_at = now()",
            ["编号和", "名称和", "岗位和", "供应商和", "保修到和", "停用和"],
        ),
        (
            "duty_asset set place = '主卧', notes = '不用开总闸', contact = '李工'",
            ["设备的话和记录链里的凭据对不上"] * 3,
        ),
        (
            f"duty_faultreport set words = '好得很', state = 'dismissed', made_at = now() {WAITS}",
            ["时间和", "故障和记录链里的凭据对不上", "状态和"],
        ),
        (
            "duty_faultreport set reason = '没空看', state = 'confirmed', decided_by = id,"
            f" decided_at = now(), matter_id = id {DECIDED}",
            ["状态和", "转成了和", "谁定的和", "什么时候和", "原因和记录链里的凭据对不上"],
        ),
    ],
)
def test_each_thing_changed_in_a_row_is_found_and_said(
    kept: Flat, change: str, said: list[str]
) -> None:
    unguarded(f"update {change}")
    assert [one for one, why in zip(found(kept), said, strict=True) if why not in one] == []


@pytest.mark.parametrize("table", ["duty_linedetail", "duty_faultreport"])
def test_a_row_that_was_taken_away_is_missed(kept: Flat, table: str) -> None:
    unguarded(f"delete from {table}")
    assert found(kept)


def test_what_a_damage_said_is_refused_to_be_changed_by_the_database_itself(kept: Flat) -> None:
    for change in ("update duty_linedetail set value = 80", "delete from duty_linedetail"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert LineDetail.objects.get().value == 1800


def test_the_journal_holds_none_of_their_words(kept: Flat) -> None:
    bodies = str(list(Entry.objects.values_list("body", flat=True)))
    for words in ("李女士", "王工", "先开总闸", "不出冷风", "试过，是好的", "花瓶碎了"):
        assert words not in bodies
    assert "中央空调" in bodies  # what an asset is called is nobody's secret


def damage_of(flat: Flat, name: str, phone: str, present: str) -> UUID:
    who = flat.do(a_guest, "叶", name=name, phone=phone)
    told = Details(cause="customer", present=present, customer=who)
    flat.do(lines.open_line, "叶", kind="damage", post=flat.post, title="门把手坏了", details=told)
    return who


@pytest.mark.clause("SF-4.3.4")
def test_the_words_about_one_customer_go_and_nobody_elses(kept: Flat) -> None:
    first = damage_of(kept, "李敏", "13800138000", "李女士和孩子")
    damage_of(kept, "周强", "13900139000", "周先生")
    assert kept.do(erase_lines, "程", customer=first) == 1
    left = LineDetail.objects.order_by("seq").values_list("present", flat=True)
    assert list(left) == ["李女士", "", "周先生"]
    assert kept.do(erase_lines, "程", customer=first) == 0  # nothing is left to erase
    assert list(LineDetail.objects.exclude(present="").exclude(cause="child")) == [
        LineDetail.objects.get(present="周先生")
    ]


def test_an_eraser_of_another_site_reaches_nothing_here(kept: Flat) -> None:
    who, other = damage_of(kept, "李敏", "13800138000", "李女士"), Flat()
    assert other.do(erase_lines, "程", customer=who) == 0
    assert LineDetail.objects.filter(present="").count() == 0


@pytest.mark.clause("SF-4.3.4")
def test_erasing_a_person_takes_who_was_there_and_leaves_the_check_whole(kept: Flat) -> None:
    who = damage_of(kept, "李敏", "13800138000", "李女士和孩子")
    sure = str(Customer.objects.get(id=who).number)
    kept.do(erase_person, "程", customer_id=who, reason="本人要求", sure=sure)
    row = LineDetail.objects.get(cause="customer")
    assert (row.present, row.salt) == ("", "")
    assert found(kept) == []
    # Erased is not open: whoever writes into the empty place is found.
    unguarded("update duty_linedetail set present = '李女士又来' where present = ''")
    assert any("已按客户要求删除过，却又有了" in one for one in found(kept))


def test_a_customer_is_handed_the_damages_about_them_and_no_others(kept: Flat) -> None:
    who = damage_of(kept, "李敏", "13800138000", "李女士和孩子")
    (section,) = sections(site_id=kept.site, customer_ids=[who])
    assert section.title == "物品损坏"
    assert section.rows == [["2026-11-23 09:30", "门把手坏了", "李女士和孩子"]]
    (none,) = sections(site_id=Flat().site, customer_ids=[who])
    assert none.rows == []


class Model:
    """A repair as a lead would tell it: open until verified, and whose turn it is; nothing of the code's own."""

    def __init__(self) -> None:
        self.stage, self.offered, self.owner, self.holder, self.closed = "", True, "叶", "叶", False

    def takes(self, who: str, verb: str) -> bool:
        """Whether this step is theirs now."""
        if self.closed:
            return False
        lead, part = who == "许", who in (self.owner, self.holder)
        if verb == "accept":
            return self.offered and who == "陈"
        allowed = {
            "promise": self.stage != "finished" and (part or lead),
            "finish": self.stage != "finished" and (part or lead),
            "done": self.stage == "finished" and (who == self.owner or lead),
            "fail": self.stage == "finished" and (who == self.owner or lead),
            "reply": part or lead,
        }
        return allowed[verb]

    def step(self, who: str, verb: str) -> None:
        """It happened."""
        if verb == "accept":
            self.offered, self.holder = False, who
        self.stage = {"promise": "promised", "finish": "finished", "fail": "failed"}.get(verb, self.stage)  # fmt: skip
        self.closed = self.closed or verb == "done"


VERBS = ("accept", "promise", "finish", "done", "fail", "reply")


@pytest.mark.clause("SF-4.4", "SC-4.4")
@pytest.mark.parametrize("seed", range(8))
def test_repairs_lived_at_random_go_as_a_lead_would_tell_them(flat: Flat, seed: int) -> None:
    luck = random.Random(seed)
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    told = Details(to=str(flat.people["陈"]))
    made = flat.do(
        lines.open_line, "叶", kind="repair", post=flat.post, title="漏水", details=told, at="09:30"
    )
    model = Model()
    for _ in range(14):
        who, verb = luck.choice("叶陈许苏"), luck.choice(VERBS)
        due = flat.now + timedelta(hours=2) if verb == "promise" else None
        more = {"due_at": due} if due else {}
        try:
            flat.do(matters.act, who, matter_id=made.matter, verb=verb, note="一句话", **more)
            happened = True
        except Refused:
            happened = False
        assert happened == model.takes(who, verb), (who, verb, vars(model))
        if happened:
            model.step(who, verb)
        row = Matter.objects.get(id=made.matter)
        assert row.owner_id == flat.people["叶"]  # the first responsible person stays
        assert (row.stage if not model.closed else "", row.closed_at is not None) == (
            model.stage if not model.closed else "", model.closed,
        )  # fmt: skip
        closings = DutyEvent.objects.filter(event="line_close", accepted=True).count()
        assert closings == int(model.closed)
    assert list(disagreements(flat.log)) == []


@pytest.mark.clause("SF-4.4")
@pytest.mark.parametrize(
    ("clocks", "chases"),
    [
        (("08:59:59",), 0),  # nobody is chased before the door opens
        (("09:00",), 1),
        (("09:00", "09:00"), 1),  # the same second twice
        (("09:00", "17:59:59"), 1),
        (("09:00", "18:00"), 2),
        (("18:00",), 2),  # a worker that slept catches up
        (("18:00", "23:59:59"), 2),
    ],
)
def test_a_repair_is_chased_when_its_post_opens_and_closes_and_at_no_other_time(
    flat: Flat, clocks: tuple[str, ...], chases: int
) -> None:
    flat.come()
    made = flat.do(lines.open_line, "叶", kind="repair", post=flat.post, title="漏水")
    for clock in clocks:
        flat.clock(clock)
    steps = MatterStep.objects.filter(matter=made.matter, verb="chase")
    assert steps.count() == chases
    assert sum(a.startswith("chase") for a in flat.alerts()) == chases
    assert list(disagreements(flat.log)) == []


@pytest.mark.parametrize("kind", ["slip", "damage"])
def test_a_slip_is_chased_by_no_clock_of_the_post(flat: Flat, kind: str) -> None:
    flat.come()
    told = Details(cause="child" if kind == "damage" else "")
    made = flat.do(lines.open_line, "叶", kind=kind, post=flat.post, title="漏水", details=told)
    flat.clock("09:00")
    flat.clock("18:00")
    assert not MatterStep.objects.filter(matter=made.matter, verb="chase").exists()

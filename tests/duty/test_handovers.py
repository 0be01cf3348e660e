"""交接班 in the running system: frozen, each entry answered, both sign on the glass, the owner changes (SF-4.1, SF-4.7)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.force import unguarded
from yingbin.duty.actions import checks, handovers, lines, presence
from yingbin.duty.actions.handovers import Objection
from yingbin.duty.export import disagreements
from yingbin.duty.models import Handover, HandoverNote, HandoverSignature, ShowVisit
from yingbin.duty.queries.handovers import Beside, beside, proposal, with_handover
from yingbin.duty.queries.picture import picture
from yingbin.duty.queries.seen_handovers import SeenHandover
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.matters.actions import act, assign
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused
from yingbin.sheets.ink import Signature, drawn

from .flat import INK, Flat

pytestmark = pytest.mark.clause("SF-4.3.6")


@pytest.fixture
def noon(flat: Flat) -> Flat:
    """叶 hands over to 陈 at noon; a slip is open."""
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.do(lines.open_line, "叶", kind="slip", post=flat.post, title="客户问车位价格", at="10:00")
    flat.sign_on("陈", at="12:00")
    return flat


def begin(
    flat: Flat, giver: str = "叶", receiver: str = "陈", by: str = "", **more: object
) -> UUID:
    told = {"giver": flat.people[giver], "receiver": flat.people[receiver], **more}
    return flat.do(handovers.start_handover, by or giver, post=flat.post, **told).handover


def answer(flat: Flat, handover: UUID, *, accepts: bool = True, reason: str = "") -> None:
    for e in seen(flat, handover).entries:
        told = {"kind": e.kind, "entry": e.id, "accepts": accepts, "reason": reason}
        flat.do(handovers.answer_entry, "陈", handover=handover, **told)


def sign(flat: Flat, handover: UUID, *people: str, **more: object) -> None:
    for who in people:
        flat.do(handovers.sign_handover, who, handover=handover, signature=INK, **more)


def done(flat: Flat, **more: object) -> UUID:
    """A handover that both have signed, everything accepted."""
    handover = begin(flat, **more)
    sign(flat, handover, "陈", accepts_rest=True)
    sign(flat, handover, "叶")
    return handover


def seen(flat: Flat, handover: UUID) -> SeenHandover:
    found = picture(flat.site, flat.now).handover(str(handover))
    assert found is not None
    return found


def stands(flat: Flat, handover: UUID) -> Beside:
    """What stands beside it, as its page shows it."""
    day = with_handover(flat.site, handover, flat.now)
    assert day is not None
    return day.beside[str(handover)]


def faults(flat: Flat) -> list[str]:
    """What the check finds; roles were given by the test itself, behind the journal's back."""
    found = [str(f) for x in check_site(flat.site) for f in x.found]
    return [f for f in found if not f.startswith("角色")]


def test_with_both_signatures_the_open_slip_has_the_receiver_as_owner(noon: Flat) -> None:
    handover = begin(noon, keys=("大门1号",), stock=(("鞋套", 40),))
    answer(noon, handover)
    sign(noon, handover, "叶")
    assert Matter.objects.get(kind="slip").owner_id == noon.people["叶"]
    sign(noon, handover, "陈")
    assert Matter.objects.get(kind="slip").owner_id == noon.people["陈"]
    assert list(disagreements(noon.log)) == []
    assert faults(noon) == []


def test_what_is_objected_to_stays_and_the_lead_hears_of_it(noon: Flat) -> None:
    handover = begin(noon)
    with pytest.raises(Refused, match="写一句原因"):
        answer(noon, handover, accepts=False)
    answer(noon, handover, accepts=False, reason="没说清楚是哪位客户")
    sign(noon, handover, "叶", "陈")
    assert Matter.objects.get(kind="slip").owner_id == noon.people["叶"]
    assert "objected→lead" in noon.alerts()


def test_nobody_signs_before_every_entry_is_answered(noon: Flat) -> None:
    with pytest.raises(Refused, match="没有确认"):
        sign(noon, begin(noon), "陈")


def test_the_first_responsible_person_changes_by_handover_alone(noon: Flat) -> None:
    matter = Matter.objects.get(kind="slip")
    with pytest.raises(Refused, match="交接班"):
        noon.do(assign, "许", matter_id=matter.id, to=noon.people["陈"], note="换人", as_owner=True)


def test_nobody_takes_a_handover_as_a_step_of_its_own(noon: Flat) -> None:
    matter = Matter.objects.get(kind="slip")
    for verb in ("hand_over", "lapse"):
        with pytest.raises(Refused, match="没有"):
            noon.do(act, "陈", matter_id=matter.id, verb=verb, to=noon.people["陈"])
    assert Matter.objects.get(kind="slip").owner_id == noon.people["叶"]


def test_whoever_leaves_with_open_lines_is_told_to_the_lead(noon: Flat) -> None:
    noon.do(presence.sign_off, "叶", at="14:00")
    assert noon.alerts()[-1] == "lines_left→lead"


def test_a_handover_not_signed_in_time_is_told_to_the_lead(noon: Flat) -> None:
    begin(noon)
    noon.clock("12:16")
    assert "handover_late→lead" in noon.alerts()


@pytest.mark.clause("SF-4.1")
def test_keys_and_counts_are_proposed_as_the_last_signed_handover_left_them(noon: Flat) -> None:
    first = proposal(noon.site, noon.post)
    assert first.keys == ("大门钥匙",)
    assert ("鞋套", None) in first.stock
    done(noon, keys=("大门1号", "样板间备用"), stock=(("鞋套", 40), ("雨伞", 6)))
    begin(noon, giver="陈", receiver="叶", keys=("旧钥匙",), stock=(("鞋套", 1),))
    again = proposal(noon.site, noon.post)
    assert again.keys == ("大门1号", "样板间备用")
    assert again.stock == (("鞋套", 40), ("雨伞", 6))


def test_how_many_there_should_be_stands_beside_what_was_counted(noon: Flat) -> None:
    done(noon, stock=(("鞋套", 40), ("雨伞", 6)))
    handover = begin(noon, giver="陈", receiver="叶", stock=(("鞋套", 31), ("抹布", 2)))
    assert stands(noon, handover).expected == {"鞋套": 40}
    assert [(e.id, e.count) for e in seen(noon, handover).entries if e.kind == "stock"] == [
        ("鞋套", 31),
        ("抹布", 2),
    ]


@pytest.mark.clause("SF-4.1")
def test_a_key_or_a_thing_that_the_last_handover_had_is_not_left_out_without_a_word(
    noon: Flat,
) -> None:
    first = done(noon, keys=("大门1号", "样板间备用"), stock=(("鞋套", 40), ("雨伞", 6)))
    handover = begin(noon, giver="陈", receiver="叶", keys=("大门1号",), stock=(("鞋套", 40),))
    told = [(one.about, one.words) for one in stands(noon, handover).also]
    assert told == [("上次交接有、这次没有列", "样板间备用、雨伞 6")]
    assert stands(noon, first).also == ()  # of the trade's own list nobody ever had anything
    assert faults(noon) == []


@pytest.mark.clause("SF-4.1", "SF-4.4")
def test_checks_repairs_damage_and_visitors_inside_are_filled_in_and_then_frozen(
    noon: Flat,
) -> None:
    task = f"{noon.post}/opening"
    noon.do(checks.failed, "叶", task=task, item="goods", kind="repair", title="沙盘灯不亮")
    group = {"site_id": noon.site, "post_id": noon.post, "day": noon.now.date(), "seq": 1}
    came = {"arrived_at": noon.now, "confirmed_at": noon.now, "number": 1, "group_size": 3}
    visit = ShowVisit.objects.create(**group, **came)
    check = picture(noon.site, noon.now).task(task)
    assert check is not None
    told = stands(noon, handover := begin(noon))
    wrong = f"开门检查不正常：物品摆放，还有 {check.left} 项没有查"
    assert told.facilities == f"{wrong}；报修未完：第2号"
    assert [(one.about, one.words) for one in told.also] == [("客人", "还有 1 批没有离开，共 3 人")]
    visit.delete()
    noon.do(checks.answer, "叶", task=task, item="environment", result="ok")
    assert stands(noon, handover) == told


def test_a_signature_on_the_glass_is_kept_and_bound_in_the_journal(noon: Flat) -> None:
    handover = done(noon)
    shown = stands(noon, handover)
    assert shown.giving is not None
    assert shown.receiving is not None
    assert (shown.giving.name, shown.receiving.name) == ("叶", "陈")
    assert shown.giving.strokes == INK.kept()
    bound = Entry.objects.filter(kind="duty.handover_signed").order_by("seq")
    assert [e.body["signature"] for e in bound] == [drawn(INK.strokes)] * 2
    assert [e.body["completes"] for e in bound] == [False, True]
    assert faults(noon) == []
    unguarded("update duty_handoversignature set strokes = '[[1, 1]]' where completes")
    assert ["签名" in f for f in faults(noon)] == [True]


@pytest.mark.parametrize(
    "forged",
    [
        "update duty_handoversignature set side = 'giving'",
        "delete from duty_handoversignature",
        "update duty_handover set facilities = '都好'",
        "update duty_handovernote set words = '没有这回事'",
        "delete from duty_handovernote",
    ],
)
def test_what_was_signed_or_added_can_not_be_changed_in_the_database(
    noon: Flat, forged: str
) -> None:
    noon.do(handovers.add_to_handover, "叶", handover=done(noon), words="备用钥匙在抽屉")
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        connection.cursor().execute(forged)


def test_an_answer_after_a_signature_takes_it_back_on_the_page_too(noon: Flat) -> None:
    handover = begin(noon)
    answer(noon, handover)
    sign(noon, handover, "叶")
    assert stands(noon, handover).giving is not None
    answer(noon, handover, accepts=False, reason="没说清楚是哪位客户")
    assert stands(noon, handover).giving is None
    sign(noon, handover, "叶", "陈")
    assert stands(noon, handover).giving is not None
    assert seen(noon, handover).entries[0].reason == "没说清楚是哪位客户"


def test_the_receiver_objects_to_one_and_accepts_the_rest_with_the_signature(noon: Flat) -> None:
    handover = begin(noon, keys=("大门1号",), stock=(("鞋套", 40),))
    word = Objection("stock", "鞋套", "只有 31 双")
    sign(noon, handover, "陈", objections=(word,), accepts_rest=True)
    assert [(e.kind, e.accepted) for e in seen(noon, handover).entries] == [
        ("line", True),
        ("key", True),
        ("stock", False),
    ]
    sign(noon, handover, "叶")
    assert noon.alerts().count("objected→lead") == 1
    assert seen(noon, handover).state == "done"


def test_the_giver_can_not_accept_for_the_receiver(noon: Flat) -> None:
    handover = begin(noon)
    with pytest.raises(Refused, match="只有接班人可以逐项确认"):
        sign(noon, handover, "叶", accepts_rest=True)
    assert not HandoverSignature.objects.exists()


def test_nobody_begins_a_handover_between_two_others_but_a_lead(noon: Flat) -> None:
    noon.sign_on("苏", at="12:05")
    with pytest.raises(Refused, match="由交班人、接班人或领班开始"):
        begin(noon, by="苏")
    assert not Handover.objects.exists()
    assert seen(noon, begin(noon, by="许")).state == "open"


def test_a_new_handover_drops_an_unfinished_one_and_nothing_of_that_passes(noon: Flat) -> None:
    dropped = begin(noon, keys=("大门1号",))
    answer(noon, dropped)
    sign(noon, dropped, "叶")
    begin(noon, keys=("大门1号", "备用"))
    with pytest.raises(Refused, match="已经完成、作废"):
        sign(noon, dropped, "陈")
    assert seen(noon, dropped).state == "dropped"
    assert Matter.objects.get(kind="slip").owner_id == noon.people["叶"]
    assert proposal(noon.site, noon.post).keys == ("大门钥匙",)
    assert faults(noon) == []


def test_who_left_in_the_middle_of_a_shift_is_signed_for_by_the_lead(noon: Flat) -> None:
    noon.do(presence.taken_away, "许", who=noon.people["叶"], at="12:30")
    assert "lines_left→lead" in noon.alerts()
    handover = begin(noon, by="陈")
    sign(noon, handover, "陈", accepts_rest=True)
    with pytest.raises(Refused, match="没有到岗"):
        sign(noon, handover, "叶")
    sign(noon, handover, "许")
    assert Matter.objects.get(kind="slip").owner_id == noon.people["陈"]
    giving = stands(noon, handover).giving
    assert giving is not None
    assert giving.name == "许"


@pytest.mark.clause("SF-4.1", "SF-4.7")
@pytest.mark.parametrize(
    ("giver", "receiver", "clause"), [("叶", "秦", "SF-4.7"), ("秦", "叶", "SF-4.1")]
)
def test_with_a_guard_it_stands_under_opening_or_closing_and_the_guard_signs_on_by_signing(
    noon: Flat, giver: str, receiver: str, clause: str
) -> None:
    if receiver == "秦":
        with pytest.raises(Refused, match="秦还没有到岗，请先到岗再接班"):
            begin(noon, giver, receiver)
        noon.sign_on("秦")
    handover = begin(noon, giver, receiver, by="叶")
    sign(noon, handover, receiver, accepts_rest=True)
    sign(noon, handover, giver)
    assert seen(noon, handover).state == "done"
    assert str(noon.people["秦"]) in noon.log.standing["signed_on"]
    kinds = ("duty.handover_begun", "duty.handover_signed")
    assert set(Entry.objects.filter(kind__in=kinds).values_list("clause", flat=True)) == {clause}
    assert list(disagreements(noon.log)) == []


@pytest.mark.clause("SF-4.7", "SC-4.7")
def test_a_guard_who_will_not_sign_reaches_the_lead_who_takes_it(noon: Flat) -> None:
    noon.sign_on("秦", at="17:50")
    handover = begin(noon, receiver="秦")
    told = {"handover": handover, "who": noon.people["秦"]}
    with pytest.raises(Refused, match="为什么不签"):
        noon.do(handovers.refuse_handover, "叶", **told, words=" ")
    noon.do(handovers.refuse_handover, "叶", **told, words="东门锁不上，不接")
    heard = Notice.objects.get(kind="duty.handover_refused")
    assert heard.to_id == noon.people["许"]
    assert heard.title == "样板间A的交接，秦不签"
    assert heard.clause == "SF-4.7"
    assert "由领班接下" in heard.body
    (note,) = stands(noon, handover).refusals()
    assert (note.name, note.about, note.words) == ("叶", "秦", "东门锁不上，不接")
    taken = begin(noon, receiver="许")
    sign(noon, taken, "许", accepts_rest=True)
    sign(noon, taken, "叶")
    assert Matter.objects.get(kind="slip").owner_id == noon.people["许"]
    assert seen(noon, handover).state == "dropped"
    with pytest.raises(Refused, match="不用再记拒签"):
        noon.do(handovers.refuse_handover, "叶", **told, words="不接")
    assert faults(noon) == []


def test_only_those_it_concerns_note_that_somebody_will_not_sign(noon: Flat) -> None:
    noon.sign_on("苏", at="12:05")
    told = {"handover": begin(noon), "words": "不接"}
    for by, who in (("苏", "陈"), ("叶", "苏")):
        with pytest.raises(Refused, match="说的是其中一方"):
            noon.do(handovers.refuse_handover, by, **told, who=noon.people[who])
    assert not HandoverNote.objects.exists()


def test_after_both_signed_only_additions_days_later_too(noon: Flat) -> None:
    handover = begin(noon)
    with pytest.raises(Refused, match="双方签完以后才能补充"):
        noon.do(handovers.add_to_handover, "叶", handover=handover, words="备用钥匙在抽屉")
    sign(noon, handover, "陈", accepts_rest=True)
    sign(noon, handover, "叶")
    with pytest.raises(Refused, match="已经完成"):
        answer(noon, handover, accepts=False, reason="反悔了")
    noon.do(handovers.add_to_handover, "叶", handover=handover, words="备用钥匙在抽屉")
    noon.now += timedelta(days=3)
    with pytest.raises(Refused, match="请告诉他们"):
        noon.do(handovers.add_to_handover, "苏", handover=handover, words="我也说一句")
    noon.do(handovers.add_to_handover, "许", handover=handover, words="已核对")
    added = [(n.name, n.words) for n in stands(noon, handover).additions()]
    assert added == [("叶", "备用钥匙在抽屉"), ("许", "已核对")]
    assert faults(noon) == []


def test_another_place_has_no_part_in_a_handover(noon: Flat) -> None:
    handover, other = done(noon), Flat(posts=("样板间B",))
    other.now = noon.now
    assert with_handover(other.site, handover, noon.now) is None
    with pytest.raises(Refused, match="双方签完以后"):
        other.do(handovers.add_to_handover, "许", handover=handover, words="看看")
    with pytest.raises(Refused, match="没有这次交接"):
        sign(other, handover, "许")


def test_signing_twice_with_one_key_is_one_signature(noon: Flat) -> None:
    handover, told = begin(noon), {"signature": INK, "accepts_rest": True}
    for _ in range(2):
        noon.do(handovers.sign_handover, "陈", key="one tap", handover=handover, **told)
    assert HandoverSignature.objects.count() == 1


def test_a_device_without_a_glass_signs_by_password(noon: Flat) -> None:
    handover = begin(noon)
    on = {"signature": Signature("password"), "device": noon.people["叶"], "accepts_rest": True}
    noon.do(handovers.sign_handover, "陈", handover=handover, **on)
    shown = stands(noon, handover).receiving
    assert shown is not None
    assert (shown.how, shown.device) == ("密码确认", "叶")


def test_what_stands_beside_a_day_is_asked_for_at_once(noon: Flat) -> None:
    def questions() -> int:
        day = picture(noon.site, noon.now)
        with CaptureQueriesContext(connection) as asked:
            beside(noon.site, day)
        return len(asked)

    noon.do(handovers.add_to_handover, "叶", handover=done(noon), words="补一句")
    one = questions()
    for _ in range(3):
        done(noon)
    assert questions() == one <= 5

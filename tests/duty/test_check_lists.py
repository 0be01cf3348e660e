"""检查模板 in the running system: versions, values, what a lead sends back (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""

import json
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from tests.files.shelf import picture as photo
from yingbin.duty.actions import check_lists, checks
from yingbin.duty.actions.checking import Filled
from yingbin.duty.export import contract_day, disagreements
from yingbin.duty.models import CheckAnswer, CheckList, CheckReturn, DutyEvent
from yingbin.duty.queries.check_lists import shown_lists
from yingbin.duty.queries.picture import SeenTask, picture
from yingbin.files.actions import take_in
from yingbin.files.models import StoredFile
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.matters.actions import done
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused
from yingbin.rules.duty.replay import replay

from .flat import Flat


class Lists:
    """A flat whose lead adds items to its check lists before the day begins."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat

    def add(self, check: str = "opening", room: str = "客厅", **values: object) -> str:
        """An item more in a room of the draft; its id."""
        rooms = {s.title: s.id for s in shown_lists(self.flat.site)[check].template.sections}
        if room not in rooms:
            new = self.flat.do(check_lists.draft_section, "许", check=check, title=room)
            rooms[room] = str(new)
        told = {"check": check, "section": rooms[room], "values": values}
        return self.flat.do(check_lists.draft_item, "许", **told)

    def publish(self, check: str = "opening") -> int:
        return self.flat.do(check_lists.publish_list, "许", check=check)

    def come(self) -> None:
        """叶 and 许 are there at twenty past eight."""
        self.flat.roster(叶="全", 许="全")
        self.flat.sign_on("叶", "许", at="08:20")

    def task(self, name: str = "opening") -> str:
        return f"{self.flat.post}/{name}"

    def room(self, title: str, check: str = "opening") -> str:
        """The id of a room."""
        sections = shown_lists(self.flat.site)[check].template.sections
        return next(s.id for s in sections if s.title == title)

    def fill(self, title: str, *filled: Filled, check: str = "opening") -> checks.RoomAnswered:
        """叶: all well in this room, with what was filled in."""
        told = {"task": self.task(check), "section": self.room(title, check), "filled": filled}
        return self.flat.do(checks.answer_room, "叶", **told)

    def seen(self, name: str = "opening") -> SeenTask:
        found = picture(self.flat.site, self.flat.now).task(self.task(name))
        assert found is not None
        return found

    def snap(self, owner: str = "check", by: str = "叶") -> UUID:
        """A photo taken with a phone."""
        key = f"photo-{next(self.flat.keys)}"
        acting = Acting(self.flat.site, key, self.flat.people[by], self.flat.now)
        return take_in(acting, owner=owner, data=photo())

    def faults(self) -> list[str]:
        """What day, replay and journal disagree in; the roles were given behind the journal's back."""
        found = [str(f) for line in check_site(self.flat.site) for f in line.found]
        return [*disagreements(self.flat.log), *(f for f in found if not f.startswith("角色"))]


@pytest.fixture
def lists(flat: Flat) -> Lists:
    """Monday, eight o'clock: nothing has begun."""
    return Lists(flat)


@pytest.mark.clause("SF-4.1", "SF-4.7")
def test_a_day_begins_with_the_lists_the_program_brings_and_they_say_so(lists: Lists) -> None:
    lists.come()
    kept = CheckList.objects.filter(site_id=lists.flat.site)
    assert {(row.kind, row.version, row.shipped, row.by) for row in kept} == {
        ("opening", 1, True, None), ("round", 1, True, None), ("closing", 1, True, None),
    }  # fmt: skip
    closing = [item.title for item in lists.seen("closing").items]
    assert {"燃气阀已关", "灭火器在位", "总水阀已关"} <= set(closing)
    assert "沙盘、屏幕已关" not in closing
    assert lists.faults() == []


@pytest.mark.clause("SC-4.1")
def test_a_sales_centre_looks_at_its_guards_item_by_item(db: None) -> None:
    hall = Lists(Flat(kind="sales_centre", posts=("前台",)))
    hall.come()
    titles = [item.title for item in hall.seen().items]
    assert {"安全员仪容仪表", "着装整齐，工牌佩戴", "对讲机、白手套齐全"} <= set(titles)
    assert "鞋套已备足" not in titles


@pytest.mark.clause("SF-4.1")
def test_a_check_under_way_keeps_its_version_and_the_next_day_has_the_new_one(lists: Lists) -> None:
    lists.come()
    before = [item.title for item in lists.seen().items]
    lists.add(title="空调温度", kind="number", low="18", high="26", unit="℃")
    assert lists.publish() == 2
    assert [item.title for item in lists.seen().items] == before
    lists.flat.well("叶", "opening")
    lists.flat.do(checks.sign_check, "叶", task=lists.task())
    assert lists.faults() == []
    lists.flat.next_day()
    lists.come()
    assert "空调温度" in [item.title for item in lists.seen().items]


@pytest.mark.clause("SF-4.7")
def test_no_list_drops_what_the_procedure_asks(lists: Lists) -> None:
    for part in ("gas", lists.room("最后关门", "closing")):
        with pytest.raises(Refused, match="规程规定的项不能去掉"):
            lists.flat.do(check_lists.drop_part, "许", check="closing", part=part)
    lists.flat.do(check_lists.drop_part, "许", check="closing", part=lists.room("厨房", "closing"))
    assert lists.publish("closing") == 1
    lists.come()
    assert lists.seen("closing").left == 15
    with pytest.raises(Refused, match="没有改动"):
        lists.publish("closing")


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("typed", "result"),
    [("18", "ok"), ("26", "ok"), ("22.5", "ok"), ("17.9", "failed"), ("26.01", "failed")],
)
def test_a_number_at_its_limit_is_in_order_and_over_it_opens_a_repair(
    lists: Lists, typed: str, result: str
) -> None:
    one = lists.add(title="空调温度", kind="number", low="18", high="26", unit="℃")
    lists.publish()
    lists.come()
    done = lists.fill("客厅", Filled(one, number=typed))
    event = DutyEvent.objects.get(event="answer", facts__item=one)
    kept = CheckAnswer.objects.get(event=event)
    assert (event.facts["result"], kept.number) == (result, Decimal(typed))
    assert len(done.lines) == (result == "failed")
    if done.lines:
        matter = Matter.objects.get(number=done.lines[0], site_id=lists.flat.site)
        assert matter.title == f"客厅·空调温度：{typed}℃，应为18–26℃"
        assert matter.detail == "地点：样板间A，客厅（开门检查，空调温度）"
        assert matter.about == {"task": lists.task(), "item": one}
        assert "failed→lead" in lists.flat.alerts()
    assert lists.faults() == []


@pytest.mark.clause("SF-4.1")
def test_one_tap_for_a_room_waits_for_its_photo_and_its_number(lists: Lists, room: Path) -> None:
    number = lists.add(title="空调温度", kind="number", low="18", high="26")
    view = lists.add(title="全景", kind="photo")
    lists.add(title="窗帘已拉开")
    lists.publish()
    lists.come()
    with pytest.raises(Refused, match="先填客厅·全景，再点全部正常") as no:
        lists.fill("客厅", Filled(number, number="22"))
    assert no.value.about == view
    assert not DutyEvent.objects.filter(event="answer").exists()
    with pytest.raises(Refused, match="还没有拍照"):
        lists.flat.do(checks.answer, "叶", task=lists.task(), item=view, result="ok")
    snapped = lists.snap()
    assert (
        lists.fill("客厅", Filled(number, number="22"), Filled(view, photos=(snapped,))).items == 3
    )
    kept = CheckAnswer.objects.get(item=view)
    assert (kept.photos, StoredFile.objects.get(id=snapped).about_id) == (1, kept.id)
    assert lists.faults() == []


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(("chosen", "lines"), [("常亮", 0), ("闪烁", 1)])
def test_a_wrong_choice_is_a_fault_and_one_not_offered_is_refused(
    lists: Lists, chosen: str, lines: int
) -> None:
    lamp = lists.add(title="沙盘灯", kind="choice", choices=["常亮", "闪烁"], good=["常亮"])
    lists.publish()
    lists.come()
    with pytest.raises(Refused, match="从列出的里面选"):
        lists.fill("客厅", Filled(lamp, choice="没有"))
    assert len(lists.fill("客厅", Filled(lamp, choice=chosen)).lines) == lines


@pytest.mark.clause("SF-4.7")
@pytest.mark.parametrize(("evening", "result"), [(12, "ok"), (11, "failed"), (13, "failed")])
def test_valuables_are_held_against_the_mornings_count(
    lists: Lists, evening: int, result: str
) -> None:
    lists.come()
    lists.flat.well("叶", "opening", count=12)
    done = lists.flat.well("叶", "closing", at="17:45", count=evening)
    last = CheckAnswer.objects.order_by("seq").last()
    assert last is not None
    assert (last.count, last.result) == (evening, result)
    if result == "failed":
        matter = Matter.objects.get(number=done.lines[0], site_id=lists.flat.site)
        assert matter.title == f"贵重物品·件数：点到 {evening}件，早上是 12件"
        assert matter.kind == "repair"


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(("counted", "result"), [(11, "ok"), (12, "failed")])
def test_what_went_over_night_is_missed_in_the_morning(
    lists: Lists, counted: int, result: str
) -> None:
    """One was gone in the evening already, and has its repair: that is what the morning finds, no more and no less."""
    lists.come()
    lists.flat.well("叶", "opening", count=12)
    lists.flat.well("叶", "closing", at="17:45", count=11)
    lists.flat.next_day()
    lists.come()
    done = lists.flat.well("叶", "opening", count=counted)
    last = CheckAnswer.objects.order_by("seq").last()
    assert last is not None
    assert (last.count, last.result) == (counted, result)
    titles = [Matter.objects.get(number=n, site_id=lists.flat.site).title for n in done.lines]
    wrong = f"贵重物品·件数：点到 {counted}件，上次关门时是 11件"
    assert titles == ([wrong] if result == "failed" else [])


@pytest.mark.clause("SF-4.1")
def test_a_failed_item_takes_its_photo_and_its_place_along(lists: Lists, room: Path) -> None:
    lamp = lists.add(title="射灯", photo_if_failed=True, line="slip")
    lists.publish()
    lists.come()
    told = {"task": lists.task(), "item": lamp, "kind": "slip", "title": "射灯不亮"}
    with pytest.raises(Refused, match="要拍照") as no:
        lists.flat.do(checks.failed, "叶", **told)
    assert no.value.about == "photos"
    opened = lists.flat.do(checks.failed, "叶", **told, photos=(lists.snap("matter"),))
    assert StoredFile.objects.get(about_id=opened.matter).owner == "matter"
    assert Matter.objects.get(id=opened.matter).detail.startswith("地点：样板间A，客厅")
    seen = next(i for i in lists.seen().items if i.id == lamp)
    assert seen.line is not None
    assert (seen.answer, seen.line.id) == ("failed", opened.matter)
    assert lists.faults() == []


@pytest.mark.clause("SF-4.1")
def test_not_applicable_is_refused_where_an_item_always_applies(lists: Lists) -> None:
    one = lists.add(title="灯全亮", may_be_na=False)
    lists.publish()
    lists.come()
    told = {"task": lists.task(), "item": one, "result": "na", "reason": "停电"}
    with pytest.raises(Refused, match="每次都要填"):
        lists.flat.do(checks.answer, "叶", **told)


@pytest.mark.clause("SC-4.1")
def test_what_a_lead_sends_back_is_asked_again_before_the_check_is_signed(lists: Lists) -> None:
    lists.come()
    lists.flat.well("叶", "opening")
    told = {"task": lists.task(), "item": "environment"}
    with pytest.raises(Refused, match="哪里不行"):
        lists.flat.do(checks.send_back, "许", **told, word=" ")
    lists.flat.do(checks.send_back, "许", **told, word="玻璃上有手印")
    assert Notice.objects.get(kind="duty.sent_back").body == "玻璃上有手印"
    assert (lists.seen().left, lists.seen().again) == (1, 1)
    with pytest.raises(Refused, match="领班退回了整体·环境卫生"):
        lists.flat.do(checks.sign_check, "叶", task=lists.task())
    with pytest.raises(Refused, match="已经退回"):
        lists.flat.do(checks.send_back, "许", **told, word="还有地面")
    lists.flat.do(checks.answer, "叶", **told, result="ok")
    lists.flat.do(checks.sign_check, "叶", task=lists.task())
    assert (lists.seen().state, lists.seen().again) == ("done", 0)
    assert lists.faults() == []


@pytest.mark.clause("SC-4.1")
def test_what_is_sent_back_after_the_signature_is_done_again_and_the_day_stays_as_signed(
    lists: Lists,
) -> None:
    lists.come()
    lists.flat.well("叶", "opening")
    lists.flat.do(checks.sign_check, "叶", task=lists.task())
    told = {"task": lists.task(), "item": "goods"}
    lists.flat.do(checks.send_back, "许", **told, word="沙发靠垫歪了")
    events = DutyEvent.objects.count()
    due = picture(lists.flat.site, lists.flat.now).due()
    assert lists.task() in [task.id for task in due]
    with pytest.raises(Refused, match="在岗的人或领班"):
        lists.flat.do(checks.answer, "陈", **told, result="ok")
    lists.flat.do(checks.answer, "叶", **told, result="ok")
    redone = CheckAnswer.objects.get(sent_back__isnull=False)
    assert (redone.event, redone.result, redone.by) == (None, "ok", lists.flat.people["叶"])
    assert DutyEvent.objects.count() == events
    assert not lists.seen().is_open
    assert lists.faults() == []


@pytest.mark.clause("SF-4.1")
def test_a_weekly_item_is_asked_on_its_day_alone(lists: Lists) -> None:
    lists.add(title="擦拭水晶灯", weekdays=[1])
    lists.publish()
    lists.come()
    assert "擦拭水晶灯" not in [item.title for item in lists.seen().items]
    lists.flat.next_day()
    lists.come()
    assert "擦拭水晶灯" in [item.title for item in lists.seen().items]


@pytest.mark.clause("SF-4.1")
def test_an_item_of_the_second_round_is_not_asked_in_the_first(lists: Lists) -> None:
    lists.add("round", title="花艺换水", rounds=[2])
    lists.publish("round")
    lists.come()
    first, second = lists.seen("round/1"), lists.seen("round/2")
    assert "花艺换水" not in [item.title for item in first.items]
    assert "花艺换水" in [item.title for item in second.items]
    lists.flat.do(checks.answer_room, "叶", at="10:00", task=first.id)
    lists.flat.do(checks.sign_check, "叶", task=first.id)
    assert lists.seen("round/1").state == "done"
    told = DutyEvent.objects.get(facts__task=first.id, facts__result="na")
    assert told.words == {"reason": "模板：这一次不查"}
    assert lists.faults() == []


@pytest.mark.clause("SF-4.1")
def test_the_exported_day_calls_items_by_their_rooms_and_replays_alike(lists: Lists) -> None:
    one = lists.add(title="空调温度", kind="number", low="18", high="26")
    lists.publish()
    lists.come()
    lists.fill("客厅", Filled(one, number="31"))
    file = json.loads(json.dumps(contract_day(lists.flat.log)))
    assert "客厅·空调温度" in file["posts"][0]["items"]["opening"]
    assert "lists" not in file
    tail = [e for e in replay(file)["log"] if e["what"] == "failed"]
    assert tail[0]["item"] == "客厅·空调温度"


@pytest.mark.clause("SC-4.1")
def test_a_word_sent_back_belongs_to_one_who_leads(lists: Lists) -> None:
    """What is said of it is a fact: the same word can't be said twice, nor of what nobody answered."""
    lists.come()
    with pytest.raises(Refused, match="还没有填"):
        lists.flat.do(checks.send_back, "许", task=lists.task(), item="goods", word="歪了")
    assert not CheckReturn.objects.exists()


@pytest.mark.clause("SF-4.1")
def test_a_settled_slip_stays_with_its_item(lists: Lists) -> None:
    lists.come()
    told = {"task": lists.task(), "item": "facilities", "kind": "slip", "title": "射灯不亮"}
    opened = lists.flat.do(checks.failed, "叶", **told)
    lists.flat.do(done, "叶", matter_id=opened.matter)
    seen = next(i for i in lists.seen().items if i.id == "facilities")
    assert seen.line is not None
    assert seen.line.closed_at is not None

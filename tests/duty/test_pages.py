"""The pages of a day on duty: what a person may open, what is kept when something is refused, how many questions."""

import json
from collections.abc import Callable
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import breaks, cases, handovers, lines
from yingbin.duty.actions.checks import sign_check
from yingbin.duty.actions.planning import Cell, draft, keep_shift, publish
from yingbin.duty.live import TOPICS
from yingbin.duty.models import DutyEvent, PostRule, RosterCell, ShiftKind
from yingbin.duty.shipped import SHIPPED
from yingbin.matters.models import Matter
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge

from .doors import enter as entered
from .doors import here, shown
from .flat import INK, MONDAY, Flat

Enter = Callable[[str], Client]
DRAWN = json.dumps(INK.kept())


@pytest.fixture
def today(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Pages look at the flat's own clock; 叶 and 许 are there, it is ten o'clock."""
    flat.come(at="08:40")
    flat.now = flat.at("10:00")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


@pytest.fixture
def enter(today: Flat) -> Enter:
    """Signs somebody in."""
    return lambda name: entered(today, name)


@pytest.mark.clause("SF-3.3", "SC-3.3")
def test_the_page_says_what_is_due_and_where_one_is(today: Flat, enter: Enter) -> None:
    text = shown(enter("叶"), here(today))
    assert "在样板间A" in text
    assert "样板间A 开门检查" in text
    assert "一直没有做" in text
    assert "您好，欢迎参观样板间A" in text


@pytest.mark.clause("SC-3.3")
def test_a_sales_centre_s_desk_is_no_flat_to_look_at(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Flat(kind="sales_centre", posts=("前台",))
    hall.come()
    monkeypatch.setattr(timezone, "now", lambda: hall.now)
    text = shown(entered(hall, "叶"), here(hall))
    assert "您好，欢迎光临。" in text
    assert "欢迎参观" not in text


@pytest.mark.clause("SF-4.3.7")
def test_a_break_that_does_not_fit_says_who_could_cover_and_keeps_what_was_typed(
    today: Flat, enter: Enter
) -> None:
    page = enter("叶")
    told = {"key": "a", "kind": "meal", "minutes": "35", "begins": "11:00"}
    answer = page.post(here(today, "break/"), told)
    text = answer.content.decode()
    assert "许可以顶岗" in text
    assert 'value="35"' in text
    assert DutyEvent.objects.get(event="break_request").accepted is False


@pytest.mark.clause("SF-4.3.7")
def test_a_break_that_fits_begins_and_ends_by_a_tap(today: Flat, enter: Enter) -> None:
    page = enter("叶")
    stand = {"who": today.people["许"], "post": today.post}
    today.do(breaks.stand_in, "许", **stand, begins=today.at("10:00"), ends=today.at("11:00"))
    answer = page.post(here(today, "break/"), {"key": "a", "kind": "meal", "minutes": "30"})
    assert answer.status_code == 302
    text = shown(page, here(today))
    rest = DutyEvent.objects.get(event="break_request").facts["break"]
    assert f"break/{rest}/start/" in text
    page.post(here(today, f"break/{rest}/start/"), {"key": "b"})
    assert "10:30 回岗" in shown(page, here(today))
    page.post(here(today, f"break/{rest}/end/"), {"key": "c"})
    assert "在样板间A" in shown(page, here(today))


def test_nobody_signs_off_unrelieved_and_the_page_says_why(today: Flat, enter: Enter) -> None:
    page = enter("叶")
    answer = page.post(here(today, "sign-off/"), {"key": "a", "relieved_by": ""})
    assert answer.status_code == 422
    assert "请写明由谁接替" in answer.content.decode()
    other = {"key": "b", "relieved_by": str(today.people["许"])}
    assert page.post(here(today, "sign-off/"), other).status_code == 302
    assert "您已签退" in shown(page, here(today))


@pytest.mark.clause("SF-4.1")
def test_a_check_is_answered_failed_and_signed(today: Flat, enter: Enter) -> None:
    page, task = enter("叶"), f"check/{today.post}/opening/"
    nothing = page.post(here(today, f"{task}item/goods/failed/"), {"key": "a", "kind": "repair"})
    assert nothing.status_code == 422
    told = {"key": "b", "kind": "repair", "title": "沙盘灯不亮"}
    assert page.post(here(today, f"{task}item/goods/failed/"), told).status_code == 302
    assert Matter.objects.get(kind="repair").title == "沙盘灯不亮"
    bare = {"key": "d", "result": "na"}
    again = page.post(here(today, f"{task}item/environment/answer/"), bare)
    assert "请填写原因" in again.content.decode()
    for number, room in enumerate(SHIPPED["opening"].sections[:3]):
        filled = {f.item: f.count for f in today.filled(f"{today.post}/opening")}
        answer = page.post(here(today, f"{task}room/{room.id}/"), {"key": f"r{number}", **filled})
        assert answer.status_code == 302
    page.post(here(today, f"{task}sign/"), {"key": "f"})
    text = shown(page, here(today, task))
    assert "已签" in text
    assert "沙盘灯不亮" in text
    assert "12件" in text


@pytest.mark.clause("SF-4.7")
def test_a_room_refuses_at_the_field_that_is_missing_and_keeps_the_rest(
    today: Flat, enter: Enter
) -> None:
    page, room = enter("叶"), SHIPPED["opening"].sections[1]
    to = here(today, f"check/{today.post}/opening/room/{room.id}/")
    empty = page.post(to, {"key": "a"})
    assert empty.status_code == 422
    assert "还没有填件数" in empty.content.decode()
    wrong = page.post(to, {"key": "b", room.items[0].id: "一打"})
    assert "请填一个整数" in wrong.content.decode()
    assert 'value="一打"' in wrong.content.decode()
    assert page.post(to.replace(room.id, "nothing"), {"key": "c"}).status_code == 404


@pytest.mark.clause("SC-4.1")
def test_a_lead_sends_an_item_back_on_its_page_and_nobody_else_does(
    today: Flat, enter: Enter
) -> None:
    today.well("叶", "opening")
    today.do(sign_check, "叶", task=f"{today.post}/opening")
    item = here(today, f"check/{today.post}/opening/item/goods/")
    assert "退回重做" not in shown(enter("叶"), item)
    assert enter("叶").post(f"{item}back/", {"key": "a", "word": "歪了"}).status_code == 403
    lead = enter("许")
    assert "退回重做" in shown(lead, item)
    assert lead.post(f"{item}back/", {"key": "b", "word": ""}).status_code == 422
    assert lead.post(f"{item}back/", {"key": "c", "word": "靠垫歪了"}).status_code == 302
    assert "领班退回了 1 项" in shown(enter("叶"), here(today))
    assert "退回：靠垫歪了" in shown(enter("叶"), here(today, f"check/{today.post}/opening/"))
    assert enter("叶").post(f"{item}answer/", {"key": "d", "result": "ok"}).status_code == 302
    assert "补做" in shown(enter("叶"), here(today, f"check/{today.post}/opening/"))


def test_a_check_that_is_none_is_not_found(today: Flat, enter: Enter) -> None:
    assert enter("叶").get(here(today, "check/nothing/round/99/")).status_code == 404


@pytest.mark.clause("SF-4.3.6")
def test_a_slip_is_written_and_is_mine(today: Flat, enter: Enter) -> None:
    page = enter("叶")
    told = {"key": "a", "kind": "slip", "post": str(today.post), "title": "客户问学区"}
    assert page.post(here(today, "line/new/"), told).status_code == 302
    assert "客户问学区" in shown(page, here(today))
    empty = page.post(here(today, "line/new/"), {**told, "key": "b", "title": ""})
    assert empty.status_code == 422


@pytest.mark.clause("SF-4.1")
def test_a_handover_is_begun_answered_and_signed(today: Flat, enter: Enter) -> None:
    giver, receiver = enter("叶"), enter("许")
    told = {"key": "a", "post": str(today.post), "receiver": str(today.people["许"])}
    told |= {"giver": str(today.people["叶"]), "keys": "大门"}
    wrong = giver.post(here(today, "handover/new/"), {**told, "more": "鞋套", "more_count": ""})
    assert "后面要有数量" in wrong.content.decode()
    twice = giver.post(here(today, "handover/new/"), {**told, "keys": "大门\n大门"})
    assert "写了两次" in twice.content.decode()
    counted = {"item": ["鞋套", "雨伞"], "count": ["40", ""]}
    done = giver.post(here(today, "handover/new/"), {**told, **counted})
    assert done.status_code == 302
    page = done["Location"]
    assert "鞋套 40" in shown(receiver, page)
    assert "雨伞" not in shown(receiver, page)
    said = {"key": "b", "kind": "key", "entry": "大门", "accepts": "yes"}
    assert receiver.post(f"{page}answer/", said).status_code == 302
    assert receiver.post(f"{page}accept/", {"key": "c"}).status_code == 302
    giver.post(f"{page}sign/", {"key": "g", "drawn": DRAWN})
    receiver.post(f"{page}sign/", {"key": "h", "drawn": DRAWN})
    assert "交接完成" in shown(giver, page)


@pytest.mark.clause("SF-4.1")
def test_an_objection_without_a_reason_stays_open_where_it_was(today: Flat, enter: Enter) -> None:
    told = {"post": today.post, "giver": today.people["叶"], "receiver": today.people["许"]}
    begun = today.do(handovers.start_handover, "叶", **told, keys=("大门",))
    page = here(today, f"handover/{begun.handover}/")
    said = {"key": "a", "kind": "key", "entry": "大门", "accepts": "no", "reason": ""}
    answer = enter("许").post(f"{page}answer/", said)
    assert answer.status_code == 422
    assert "请填写原因" in answer.content.decode()


@pytest.mark.clause("SF-4.6")
def test_one_tap_by_type_alerts_the_chain(today: Flat, enter: Enter) -> None:
    page = enter("叶")
    page.post(here(today, "case/new/"), {"key": "a", "post": str(today.post), "type": "火情"})
    assert "火情" in shown(enter("许"), here(today, "posts/"))
    case = DutyEvent.objects.get(event="case_open").facts["case"]
    enter("许").post(here(today, f"incident/{case}/heard/"), {"key": "b"})
    assert "领班知道了" in shown(page, here(today))
    page.post(here(today, f"incident/{case}/end/"), {"key": "c"})
    assert "火情" not in shown(page, here(today))


@pytest.mark.clause("SF-3.2")
def test_a_roster_is_drafted_copied_and_published_on_the_page(today: Flat, enter: Enter) -> None:
    lead = enter("许")
    early = ShiftKind.objects.get(mark="早", given_up_at__isnull=True)
    cell = f"c.{today.people['陈']}.2026-11-24"
    told = {"key": "a", "month": "2026-11", cell: "早"}
    lead.post(here(today, "roster/draft/"), told)
    assert RosterCell.objects.get(staff_id=today.people["陈"]).shift_id == early.id
    lead.post(here(today, "roster/copy/"), {"key": "b", "to": "2026-12-01"})
    assert RosterCell.objects.filter(staff_id=today.people["陈"]).count() == 2
    lead.post(here(today, "roster/publish/"), {"key": "c", "month": "2026-11"})
    text = shown(enter("叶"), here(today, "roster/?month=2026-11"))
    assert "早" in text
    assert 'id="roster"' in text
    assert 'name="c.' not in text


def test_posts_and_shifts_are_set_up_on_their_page(today: Flat, enter: Enter) -> None:
    lead = enter("程")
    told = {"key": "a", "name": "水吧", "kind": "sales_centre", "minimum": "2"}
    assert lead.post(here(today, "setup/post/"), told).status_code == 302
    assert (
        lead.post(here(today, "setup/post/"), {**told, "key": "b", "minimum": "0"}).status_code
        == 422
    )
    rule = PostRule.objects.get(post__name="水吧")
    assert "水吧" in shown(lead, here(today, "setup/"))
    lead.post(here(today, f"setup/post/{rule.id}/end/"), {"key": "c"})
    assert "水吧" not in shown(lead, here(today, "setup/"))
    late = {"key": "d", "mark": "夜", "title": "夜班", "begins": "18:00", "ends": "02:00"}
    lead.post(here(today, "setup/shift/"), late)
    assert "夜班" in shown(lead, here(today, "setup/"))


def test_a_lead_changes_a_shift_sends_somebody_over_and_notes_who_is_gone(
    today: Flat, enter: Enter
) -> None:
    lead = enter("许")
    moved = {"key": "a", "who": str(today.people["陈"]), "begins": "10:30", "ends": "15:00"}
    lead.post(here(today, "posts/shift/"), moved)
    assert "10:30–15:00" in shown(lead, here(today, "posts/"))
    over = {"key": "b", "who": str(today.people["许"]), "post": str(today.post)}
    lead.post(here(today, "posts/stand-in/"), {**over, "begins": "11:00", "ends": "11:30"})
    text = shown(lead, here(today, "posts/"))
    assert "顶岗安排" in text
    stand_in = DutyEvent.objects.get(event="stand_in").facts["stand_in"]
    lead.post(here(today, f"posts/stand-in/{stand_in}/cancel/"), {"key": "c"})
    assert "顶岗安排" not in shown(lead, here(today, "posts/"))
    lead.post(here(today, f"posts/gone/{today.people['叶']}/"), {"key": "d"})
    text = shown(lead, here(today, "posts/"))
    assert "缺人" in text
    assert "已离开" in text


def test_what_a_receptionist_may_not_do_is_closed_to_them(today: Flat, enter: Enter) -> None:
    page = enter("叶")
    assert page.get(here(today, "posts/")).status_code == 403
    assert page.get(here(today, "setup/")).status_code == 403
    gone = here(today, f"posts/gone/{today.people['许']}/")
    assert page.post(gone, {"key": "a"}).status_code == 403
    assert not DutyEvent.objects.filter(event="taken_away").exists()


def test_another_place_sees_nothing_of_this_one(today: Flat, enter: Enter) -> None:
    other = Flat()
    opened = today.do(lines.open_line, "叶", kind="slip", post=today.post, title="这里的事")
    client = Client()
    client.force_login(Staff.objects.get(id=other.people["许"]), backend=BACKEND)
    assert client.get(here(today)).status_code in (302, 403, 404)
    assert "这里的事" not in shown(client, here(other))
    assert client.get(f"/s/{other.place.code}/matters/{opened.matter}/").status_code == 404


def test_the_questions_of_the_pages_do_not_grow(today: Flat, enter: Enter) -> None:
    page = enter("许")

    def count(address: str) -> int:
        shown(page, address)
        with CaptureQueriesContext(connection) as asked:
            shown(page, address)
        return len(asked)

    today.do(lines.open_line, "叶", kind="slip", post=today.post, title="第一件")
    pages = [here(today), here(today, "posts/"), here(today, "roster/")]
    before = [count(one) for one in pages]
    for n in range(6):
        today.do(lines.open_line, "叶", kind="slip", post=today.post, title=f"第 {n} 件")
        today.do(cases.open_case, "叶", kind="disruption", post=today.post)
    _a_week(today)
    assert [count(one) for one in pages] == before


def _a_week(flat: Flat) -> None:
    early = flat.do(keep_shift, "许", mark="班", title="", begins=time(9), ends=time(12))
    days = [MONDAY.date().replace(day=d) for d in range(24, 30)]
    cells = tuple(
        Cell(flat.people[w], d, early, flat.post) for w in ("叶", "陈", "苏") for d in days
    )
    flat.do(draft, "许", cells=cells)
    flat.do(publish, "许", first=days[0], last=days[-1])


def test_the_live_pieces_are_those_of_the_pages(today: Flat) -> None:
    who = Staff.objects.get(id=today.people["许"])
    viewer = Viewer(badge(who, today.site, today.now), "duty")
    assert "许" in TOPICS["duty"].render(viewer)["now"]
    assert "样板间A" in TOPICS["duty-posts"].render(viewer)["posts"]


@pytest.mark.parametrize("who", ["陈", "秦", "程"])
def test_the_live_piece_of_somebody_who_has_not_come_yet_is_there_too(
    today: Flat, who: str
) -> None:
    person = Staff.objects.get(id=today.people[who])
    html = TOPICS["duty"].render(Viewer(badge(person, today.site, today.now), "duty"))["now"]
    assert "到岗" in html


def test_the_live_piece_of_a_day_that_has_not_begun_is_there_too(
    flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    person = Staff.objects.get(id=flat.people["叶"])
    viewer = Viewer(badge(person, flat.site, flat.now), "duty")
    assert "到岗" in TOPICS["duty"].render(viewer)["now"]
    lead = Viewer(badge(Staff.objects.get(id=flat.people["许"]), flat.site, flat.now), "duty")
    assert "还没有人到岗" in TOPICS["duty-posts"].render(lead)["posts"]

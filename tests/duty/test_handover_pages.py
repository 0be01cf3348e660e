"""交接班 on the screens: begun from the last one, signed on one's own glass or a colleague's, read again on its sheet."""

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import checks, handovers, lines, presence
from yingbin.duty.live import TOPICS
from yingbin.duty.models import Handover, HandoverNote, HandoverSignature
from yingbin.duty.queries.picture import picture
from yingbin.matters.actions import act
from yingbin.matters.models import Matter
from yingbin.people.actions import set_pin
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge

from .doors import enter as entered
from .doors import here, shown
from .flat import INK, Flat

pytestmark = pytest.mark.clause("SF-4.3.6")
Enter = Callable[[str], Client]
DRAWN = json.dumps(INK.kept())
PIN = "730516"


@pytest.fixture
def noon(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """叶 and 陈 are there, 许 leads, 秦 guards and has a PIN; a slip is open. Pages look at the flat's own clock."""
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.do(lines.open_line, "叶", kind="slip", post=flat.post, title="客户问车位价格", at="10:00")
    flat.sign_on("陈", at="12:00")
    set_pin(staff_id=flat.people["秦"], pin=PIN, at=flat.now)
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


@pytest.fixture
def enter(noon: Flat) -> Enter:
    """Signs somebody in."""
    return lambda name: entered(noon, name)


def begin(flat: Flat, giver: str = "叶", receiver: str = "陈", **more: object) -> UUID:
    told = {"giver": flat.people[giver], "receiver": flat.people[receiver], **more}
    return flat.do(handovers.start_handover, giver, post=flat.post, **told).handover


def sign(flat: Flat, handover: UUID, *people: str, **more: object) -> None:
    for who in people:
        flat.do(handovers.sign_handover, who, handover=handover, signature=INK, **more)


def done(flat: Flat, **more: object) -> UUID:
    handover = begin(flat, **more)
    sign(flat, handover, "陈", accepts_rest=True)
    sign(flat, handover, "叶")
    return handover


@pytest.mark.clause("SF-4.1")
def test_the_page_is_filled_in_as_the_last_one_left_it(noon: Flat, enter: Enter) -> None:
    done(noon, keys=("大门1号", "备用"), stock=(("鞋套", 40),))
    text = shown(enter("陈"), here(noon, "handover/new/"))
    assert "大门1号\n备用" in text
    assert "应有 40" in text
    assert re.search(r'name="count"[^>]*value="40"', text)


def test_what_was_typed_stays_when_something_is_wrong(noon: Flat, enter: Enter) -> None:
    told = {"key": "a", "post": str(noon.post), "giver": str(noon.people["叶"])}
    told |= {
        "receiver": str(noon.people["陈"]),
        "keys": "大门",
        "more": "抹布",
        "more_count": "两块",
    }
    answer = enter("叶").post(here(noon, "handover/new/"), told)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "“抹布”后面要有数量" in text
    assert 'value="抹布"' in text
    assert 'value="两块"' in text
    assert not Handover.objects.exists()


def test_the_glass_shows_what_is_short_before_it_is_signed_for(noon: Flat, enter: Enter) -> None:
    done(noon, stock=(("鞋套", 40), ("雨伞", 6)))
    handover = begin(noon, giver="陈", receiver="叶", stock=(("鞋套", 31), ("雨伞", 6)))
    text = shown(enter("叶"), here(noon, f"handover/{handover}/sign/"))
    assert "应有 40" in text
    assert "应有 6" not in text


def test_the_receiver_signs_with_one_objection_and_the_rest_accepted(
    noon: Flat, enter: Enter
) -> None:
    handover = begin(noon, keys=("大门1号",), stock=(("鞋套", 40),))
    glass, page = here(noon, f"handover/{handover}/sign/"), enter("陈")
    text = shown(page, glass)
    assert "没写原因的都接收，签字" in text
    assert "客户问车位价格" in text
    dot = page.post(glass, {"key": "a", "drawn": "[[1,1]]", "no2": "只有 31 双"})
    assert dot.status_code == 422
    assert 'value="只有 31 双"' in dot.content.decode()
    assert page.post(glass, {"key": "b", "drawn": DRAWN, "no2": "只有 31 双"}).status_code == 302
    text = shown(enter("叶"), here(noon, f"handover/{handover}/"))
    assert "只有 31 双" in text
    assert "还没签" in text
    assert text.count('<svg class="ink"') == 1


@pytest.mark.clause("SF-4.7")
def test_a_guard_without_a_phone_comes_and_signs_on_the_receptionists(
    noon: Flat, enter: Enter
) -> None:
    page = enter("叶")
    assert "在这台设备上到岗" in shown(page, here(noon, "handover/new/"))
    guard = {"who": str(noon.people["秦"]), "secret": PIN}
    wrong = page.post(here(noon, "handover/guard/"), {**guard, "key": "a", "secret": "111222"})
    assert "PIN 不对" in wrong.content.decode()
    assert page.post(here(noon, "handover/guard/"), {**guard, "key": "b"}).status_code == 302
    handover = begin(noon, receiver="秦", keys=("大门1号",))
    glass = here(noon, f"handover/{handover}/sign/{noon.people['秦']}/")
    assert "秦的 PIN 或密码" in shown(page, glass)
    wrong = page.post(glass, {"key": "c", "drawn": DRAWN, "secret": "111222"})
    assert "PIN 不对" in wrong.content.decode()
    assert not HandoverSignature.objects.exists()
    assert page.post(glass, {"key": "d", "drawn": DRAWN, "secret": PIN}).status_code == 302
    row = HandoverSignature.objects.get()
    assert (row.by, row.device) == (noon.people["秦"], noon.people["叶"])
    assert "在叶的设备上" in shown(page, here(noon, f"handover/{handover}/"))
    assert Client().get(glass).status_code == 302


@pytest.mark.clause("SF-4.7")
def test_a_device_that_can_not_draw_signs_with_the_pin_alone(noon: Flat, enter: Enter) -> None:
    noon.sign_on("秦")
    handover = begin(noon, receiver="秦")
    glass = here(noon, f"handover/{handover}/sign/{noon.people['秦']}/")
    told = {"key": "a", "drawn": "", "secret": PIN}
    assert enter("叶").post(glass, told).status_code == 422
    assert enter("叶").post(glass, {**told, "unsigned": "on"}).status_code == 302
    assert HandoverSignature.objects.get().signed == "password"


@pytest.mark.clause("SF-4.7")
def test_a_pin_does_not_stand_in_for_a_second_factor(noon: Flat, enter: Enter) -> None:
    noon.sign_on("秦")
    handover = begin(noon, receiver="秦")
    guard = Staff.objects.get(id=noon.people["秦"])
    Authenticator.objects.create(user=guard, type=Authenticator.Type.TOTP, data={"secret": "x"})
    glass = here(noon, f"handover/{handover}/sign/{guard.id}/")
    answer = enter("叶").post(glass, {"key": "a", "drawn": DRAWN, "secret": PIN})
    assert "请在自己的手机上签" in answer.content.decode()
    assert not HandoverSignature.objects.exists()


@pytest.mark.clause("SF-4.3.6")
def test_for_somebody_who_left_the_lead_is_asked_to_sign(noon: Flat, enter: Enter) -> None:
    noon.do(presence.taken_away, "许", who=noon.people["叶"])
    handover = noon.do(
        handovers.start_handover, "陈", post=noon.post, giver=noon.people["叶"],
        receiver=noon.people["陈"],
    ).handover  # fmt: skip
    page = here(noon, f"handover/{handover}/")
    text = shown(enter("陈"), page)
    assert "叶不在岗：由领班或项目负责人代签" in text
    assert "请许在这台设备上签" in text
    assert "请叶在这台设备上签" not in text
    assert f"handover/{handover}/" in shown(enter("许"), here(noon))
    sign(noon, handover, "陈", accepts_rest=True)
    answer = enter("许").post(f"{page}sign/", {"key": "a", "drawn": DRAWN})
    assert answer.status_code == 302
    assert "（代叶）" in shown(enter("陈"), page)


@pytest.mark.parametrize("who", ["许", "苏", "程"])
def test_nobody_signs_for_a_side_that_is_not_theirs(noon: Flat, enter: Enter, who: str) -> None:
    handover = begin(noon)
    mine = here(noon, f"handover/{handover}/sign/")
    assert enter(who).post(mine, {"key": "a", "drawn": DRAWN}).status_code == 404
    assert enter("叶").get(f"{mine}{noon.people[who]}/").status_code == 404


@pytest.mark.clause("SF-4.7", "SC-4.7")
def test_when_the_guard_will_not_sign_the_page_says_what_to_do_and_the_lead_takes_it(
    noon: Flat, enter: Enter
) -> None:
    noon.sign_on("秦")
    handover = begin(noon, receiver="秦", keys=("大门1号",), stock=(("鞋套", 40),))
    page = here(noon, f"handover/{handover}/")
    text = shown(enter("叶"), page)
    assert "对方不肯签怎么办" in text
    assert "由我接下" not in text
    told = {"key": "a", "who": str(noon.people["秦"]), "words": ""}
    assert enter("叶").post(f"{page}refused/", told).status_code == 422
    told |= {"key": "b", "words": "东门锁不上"}
    assert enter("叶").post(f"{page}refused/", told).status_code == 302
    assert "东门锁不上" in shown(enter("许"), page)
    assert "由我接下" in shown(enter("许"), page)
    assert enter("叶").post(f"{page}take-over/", {"key": "c"}).status_code == 403
    taken = enter("许").post(f"{page}take-over/", {"key": "d"})["Location"]
    text = shown(enter("许"), taken)
    assert "鞋套 40" in text
    assert "叶 交给 许" in text
    assert "已另行开始交接" in shown(enter("叶"), page)


def test_an_addition_is_written_on_the_page_of_a_day_gone_by(noon: Flat, enter: Enter) -> None:
    handover = done(noon)
    noon.now += timedelta(days=2)
    page = here(noon, f"handover/{handover}/")
    assert "双方已签" in shown(enter("叶"), page)
    assert enter("叶").post(f"{page}add/", {"key": "a", "words": " "}).status_code == 422
    assert (
        enter("叶").post(f"{page}add/", {"key": "b", "words": "备用钥匙在抽屉"}).status_code == 302
    )
    assert "备用钥匙在抽屉" in shown(enter("陈"), page)
    assert HandoverNote.objects.get().what == "addition"


def test_the_other_side_sees_an_answer_without_reloading(noon: Flat) -> None:
    handover = begin(noon, keys=("大门1号",))
    held = badge(Staff.objects.get(id=noon.people["叶"]), noon.site, noon.now)
    viewer = Viewer(held, "handover", arg=str(handover))
    push = TOPICS["handover"].render
    assert "等陈确认" in push(viewer)["handover"]
    receiver = badge(Staff.objects.get(id=noon.people["陈"]), noon.site, noon.now)
    assert "核对 2 项，签字" in push(Viewer(receiver, "handover", arg=str(handover)))["handover"]
    noon.do(handovers.accept_rest, "陈", handover=handover)
    assert "等陈确认" not in push(viewer)["handover"]
    assert push(Viewer(held, "handover", arg=str(noon.site))) == {}


@pytest.mark.clause("SF-4.7")
def test_the_sheet_has_the_trades_columns_and_both_signatures(noon: Flat, enter: Enter) -> None:
    noon.sign_on("秦")
    handover = begin(noon, receiver="秦", keys=("大门1号",), stock=(("鞋套", 40),))
    sign(noon, handover, "秦", accepts_rest=True)
    sign(noon, handover, "叶")
    text = shown(enter("叶"), here(noon, "sheets/handovers/print/"))
    heads = re.findall(r"<th[^>]*>([^<]+)<", text)
    assert heads[-13:] == [
        "序号", "岗位", "交班人", "接班人", "时间", "物品清点", "钥匙", "设施状况", "未完事项",
        "安全员签字", "交班签字", "接班签字", "备注",
    ]  # fmt: skip
    assert "班次：早班、全天、晚班" in text
    assert "鞋套 实有 40" in text
    assert "第1号 客户问车位价格" in text
    # The guard signs once, in the guard's column.
    assert text.count('<svg class="ink"') == 2
    assert "秦 12:" in text


def test_a_day_gone_by_is_read_on_its_sheet_and_its_workbook(noon: Flat, enter: Enter) -> None:
    noon.do(handovers.add_to_handover, "叶", handover=done(noon), words="备用钥匙在抽屉")
    day = noon.now.date()
    noon.now += timedelta(days=2)
    page = enter("许")
    assert "这一天没有记录" in shown(page, here(noon, "sheets/handovers/"))
    assert "补充（叶）：备用钥匙在抽屉" in shown(page, here(noon, f"sheets/handovers/?day={day}"))
    data = page.get(here(noon, f"sheets/handovers/excel/?day={day}"))
    rows = list(load_workbook(io.BytesIO(data.content)).worksheets[0].values)
    assert str(rows[0][0]).startswith("交接班记录表  地点：洋房样板间  日期：2026-11-23")
    assert rows[2][1:4] == ("样板间A", "叶", "陈")
    assert "叶（屏上签名）" in rows[2]


@pytest.mark.parametrize("asked", ["?day=2031-01-01", "?day=昨天", ""])
def test_a_day_that_can_not_be_is_today(noon: Flat, enter: Enter, asked: str) -> None:
    assert 'value="2026-11-23"' in shown(enter("叶"), here(noon, f"sheets/slips/{asked}"))


@pytest.mark.clause("SF-4.1", "SF-4.4")
def test_the_days_slip_holds_the_opening_check_and_what_became_of_each_line(
    noon: Flat, enter: Enter
) -> None:
    task = f"{noon.post}/opening"
    noon.do(checks.failed, "叶", task=task, item="goods", kind="repair", title="沙盘灯不亮")
    slip = Matter.objects.get(kind="slip")
    noon.do(act, "叶", matter_id=slip.id, verb="done", note="已回电，客户知道了")
    text = shown(enter("许"), here(noon, "sheets/slips/print/"))
    heads = re.findall(r"<th[^>]*>([^<]+)<", text)
    assert heads[-11:] == [
        "序号", "发出人", "接收人/部门", "内容", "发现地点", "紧急程度", "处理要求与时限",
        "处理结果", "处理人", "完成时间", "验证人",
    ]  # fmt: skip
    assert "编号：" in text
    assert "不正常：物品摆放（第2号）" in text
    assert "第1号 信息传递单：客户问车位价格" in text
    assert "已办结：已回电，客户知道了" in text
    assert "第2号 报修：沙盘灯不亮" in text
    assert "11-2" in text
    page = shown(enter("许"), here(noon, "sheets/slips/"))
    assert f"matter/{slip.id}" in page or str(slip.id) in page


@pytest.mark.clause("SF-4.1")
def test_a_slip_settled_before_a_day_is_not_on_it_one_carried_on_is(
    noon: Flat, enter: Enter
) -> None:
    noon.do(lines.open_line, "叶", kind="repair", post=noon.post, title="沙盘灯不亮")
    slip = Matter.objects.get(kind="slip")
    noon.do(act, "叶", matter_id=slip.id, verb="done", note="已回电")
    noon.next_day()
    noon.sign_on("许")
    text = shown(enter("许"), here(noon, "sheets/slips/"))
    assert "沙盘灯不亮" in text
    assert "客户问车位价格" not in text
    assert "客户问车位价格" in shown(enter("许"), here(noon, "sheets/slips/?day=2026-11-23"))


def test_another_place_reads_none_of_it(noon: Flat, enter: Enter) -> None:
    handover, other = done(noon), Flat(posts=("样板间B",))
    stranger = Client()
    staff = Staff.objects.get(id=other.people["许"])
    stranger.force_login(staff, backend=BACKEND)
    assert stranger.get(here(other, f"handover/{handover}/")).status_code == 404
    assert "叶" not in re.sub(
        r"(?s)<header.*?</header>", "", shown(stranger, here(other, "sheets/handovers/"))
    )
    assert stranger.get(here(noon, f"handover/{handover}/")).status_code in (302, 403, 404)


@pytest.mark.parametrize("sheet", ["sheets/handovers/", "sheets/slips/"])
def test_a_sheet_asks_the_same_questions_however_long_it_is(
    noon: Flat, enter: Enter, sheet: str
) -> None:
    page = enter("许")

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(page, here(noon, sheet))
        return len(asked)

    done(noon)
    questions()
    few = questions()
    for n in range(3):
        noon.do(lines.open_line, "叶", kind="slip", post=noon.post, title=f"第{n}件")
        done(noon)
    assert questions() == few


def test_now_leads_to_a_handover_that_waits_for_one(noon: Flat, enter: Enter) -> None:
    handover = begin(noon)
    assert picture(noon.site, noon.now).handover(str(handover)) is not None
    assert f"handover/{handover}/" in shown(enter("陈"), here(noon))

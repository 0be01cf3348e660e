"""A day at a residents' desk: a clerk by keyboard, a worker's phone, the supervisor; each kind from the first word to the answer."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.gallery.conftest import NAMES
from tests.journeys.conftest import Enter
from yingbin.desk.actions.estate import add_home, move_in
from yingbin.desk.checking import Replayed
from yingbin.desk.models import DeskMatter
from yingbin.journal.action import Acting
from yingbin.notices.models import Notice
from yingbin.people.models import Site, Staff
from yingbin.web.demo import build, cast

PEOPLE = {
    "罗静": "luojing", "沈毅": "shenyi", "顾明": "guming", "范强": "fanqiang", "潘伟": "panwei",
}  # fmt: skip
HOMES = {"3-2-1801": ("王秀英", "13912340001"), "3-2-1701": ("张建华", "13912340002"), "3-2-1601": ("李桂兰", "13912340003")}  # fmt: skip


class Desk:
    """The demo's management office with three homes one above the other."""

    def __init__(self) -> None:
        now = timezone.now()
        build.found(now)
        build.found_further(now)
        NAMES.update(PEOPLE)
        self.place = Site.objects.get(code="hupan-wuye")
        clerk, keys = Staff.objects.get(account="luojing").id, count(1)

        def acting() -> Acting:
            return Acting(self.place.id, f"desk{next(keys)}", clerk, now)

        for spelling, (name, phone) in HOMES.items():
            home = add_home(acting(), home=spelling)
            move_in(acting(), home_id=home, capacity="owner", name=name, phone=phone)

    def to(self, path: str = "mine/") -> str:
        """An address of the desk."""
        return f"/s/{self.place.code}/desk/{path}"

    def last(self) -> DeskMatter:
        """What was recorded last."""
        return DeskMatter.objects.select_related("matter").latest("seq")

    def stands(self) -> tuple[str, str, str]:
        """Kind, grade and stage of what was recorded last."""
        row = self.last().matter
        return row.kind, row.grade, row.state if row.closed_at else row.stage or "new"


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    yield Desk()
    for name in PEOPLE.keys() - {m.name for m in cast.EVERYONE}:
        NAMES.pop(name, None)


def found(clerk: Page, where: str) -> None:
    """The clerk types where it is, and takes what was found."""
    box = clerk.get_by_label(re.compile("^电话、房号、姓名"))
    expect(box).to_be_focused()
    clerk.keyboard.type(where)
    expect(clerk.locator("[data-lookup-slot=found]")).to_contain_text(HOMES[where][0])
    clerk.keyboard.press("Enter")
    expect(clerk.locator("[name=words]")).to_be_focused()


def recorded(clerk: Page, where: str, words: str, *, kind: str = "", twin: str = "") -> str:
    """One thing by keyboard alone; what is said of it."""
    found(clerk, where)
    clerk.keyboard.type(words)
    if kind:
        clerk.get_by_role("radio", name=re.compile(f"^{kind}")).check(force=True)
    if twin:
        clerk.get_by_role("radio", name=re.compile(twin)).check(force=True)
    clerk.keyboard.press("Control+Enter")
    said = clerk.locator(".message.success, .alert-success, [role=status].message").first
    expect(said).to_contain_text("号")
    expect(clerk.locator("[name=words]")).to_have_value("")
    return said.inner_text()


def opened(page: Page, desk: Desk) -> None:
    """The page of what was recorded last."""
    page.goto(desk.to(f"{desk.last().matter_id}/"))


def act(page: Page, title: str, words: str = "", choice: str = "") -> None:
    """One of the things that the page offers now, unfolded where it is folded."""
    button = page.locator("main").get_by_role("button", name=title, exact=True).first
    if not button.is_visible():
        page.locator("details", has=page.locator("summary", has_text=title)).locator(
            "summary"
        ).click()
    form = page.locator("main form", has=page.get_by_role("button", name=title, exact=True)).first
    if words:
        form.locator("textarea").fill(words)
    if choice and form.locator("select").count():
        form.locator("select").first.select_option(label=choice)
    elif choice:
        form.get_by_role("radio", name=choice, exact=True).check(force=True)
    before = page.locator(".desk-line").count()
    form.get_by_role("button", name=title, exact=True).click()
    expect(page.locator(".desk-line")).not_to_have_count(before)


@pytest.mark.clause("SD-3.1", "SD-3.2", "SD-4.1", "SD-4.2.1", "SD-4.2.2", "SD-4.3", "SD-4.4")
def test_a_call_becomes_a_task_an_answer_and_a_closed_matter(desk: Desk, enter: Enter) -> None:
    clerk, worker = enter("罗静", desk.to("new/")), enter("范强", desk.to(), phone=True)
    assert "由罗静负责答复住户" in recorded(clerk, "3-2-1801", "厨房水管漏水")
    assert clerk.locator("[data-lookup-slot=found]").inner_text().strip() == ""
    found(clerk, "3-2-1701")
    clerk.keyboard.type("快递柜超时费谁收")
    clerk.get_by_role("radio", name=re.compile("^咨询")).check(force=True)
    clerk.locator("[name=answer]").fill("快递公司收，物业不收。")
    clerk.keyboard.press("Control+Enter")
    expect(clerk.get_by_text("当场答复，已办结")).to_be_visible()
    leak = DeskMatter.objects.get(matter__kind="help")

    clerk.goto(desk.to(f"{leak.matter_id}/"))
    act(clerk, "转给部门", choice="工程部")
    task = worker.locator("article, li, .list-group-item", has_text="厨房水管漏水").first
    expect(task).to_be_visible(timeout=4000)
    worker.get_by_role("button", name="我来接").click()
    worker.get_by_role("button", name="到场了").click()
    worker.get_by_role("button", name="办完了").click()
    expect(worker.get_by_text("等前台答复住户")).to_be_visible()
    clerk.goto(desk.to())
    expect(clerk.get_by_text("等您答复住户")).to_be_visible()
    clerk.goto(desk.to(f"{leak.matter_id}/"))
    act(clerk, "已经告诉住户")
    leak.matter.refresh_from_db()
    assert (leak.matter.state, leak.matter.hand_offs) == ("closed", 1)
    assert list(Replayed(desk.place.id).faults()) == []


@pytest.mark.clause("SD-4.2.4", "SD-4.2.5", "SD-3.3")
def test_a_complaint_comes_back_three_times_and_a_suggestion_is_answered(
    desk: Desk, enter: Enter
) -> None:
    clerk, chief = enter("罗静", desk.to("new/")), enter("沈毅", desk.to("watch/"))
    recorded(clerk, "3-2-1801", "楼上半夜装修太吵", kind="投诉")
    for grade in ("major", "grave"):
        recorded(clerk, "3-2-1801", "楼上半夜装修太吵", kind="投诉", twin="都不是")
        assert desk.stands() == ("complaint", grade, "new")
    assert Notice.objects.filter(to_id=Staff.objects.get(account="guming").id).exists()

    opened(clerk, desk)
    act(clerk, "已经回了住户")
    act(clerk, "定级", choice="特别严重")
    act(clerk, "写调查结果", "楼上业主雇的施工队不知道时间规定。")
    act(clerk, "写答复", "已约谈业主，施工只在八点到十八点。")
    act(clerk, "已经告诉住户")
    act(clerk, "记住户的答复", choice="不同意")
    assert desk.stands()[2] == "assessed"
    opened(chief, desk)
    act(chief, "说给负责人", "带上物业经理一起上门。")
    expect(chief.get_by_text("带上物业经理一起上门。")).to_be_visible()
    clerk.reload()
    act(clerk, "写调查结果", "施工队当晚又开工，保安记录在案。")
    act(clerk, "写答复", "停工三天，电梯停运施工卡。")
    act(clerk, "已经告诉住户")
    act(clerk, "记住户的答复", choice="同意")
    assert desk.stands()[2] == "closed"

    clerk.goto(desk.to("new/"))
    recorded(clerk, "3-2-1701", "北门花池换成灌木", kind="建议")
    opened(clerk, desk)
    act(clerk, "写分析", "花池一年换四季花，灌木省钱。")
    act(clerk, "上报")
    opened(chief, desk)
    act(chief, "写答复", "下季度改。")
    opened(clerk, desk)
    act(clerk, "已经告诉住户")
    assert desk.stands() == ("suggestion", "normal", "closed")
    assert list(Replayed(desk.place.id).faults()) == []


@pytest.mark.clause("SD-4.1", "SD-4.2.2", "SD-4.4")
def test_a_burst_pipe_hangs_its_homes_on_one_matter_and_answers_them_together(
    desk: Desk, enter: Enter
) -> None:
    clerk = enter("罗静", desk.to("new/"))
    recorded(clerk, "3-2-1801", "水管爆了，家里没水")
    head = desk.last()
    for home in ("3-2-1701", "3-2-1601"):
        recorded(clerk, home, "水管爆了，没水", twin="^挂到")
    worker = enter("范强", desk.to(), phone=True)
    clerk.goto(desk.to(f"{head.matter_id}/"))
    expect(clerk.get_by_text("2 户挂在这一件上")).to_be_visible()
    act(clerk, "转给部门", choice="工程部")
    worker.get_by_role("button", name="我来接").click()
    worker.get_by_role("button", name="到场了").click()
    worker.get_by_role("button", name="办完了").click()
    expect(worker.get_by_text("等前台答复住户")).to_be_visible()
    clerk.goto(desk.to(f"{head.matter_id}/attached/"))
    clerk.locator("textarea[name=text]").fill("主管已经换好，水来了。")
    for box in clerk.locator("[name=told]").all():
        box.check()
    clerk.get_by_role("button", name="记下答复，勾选的办结").click()
    expect(clerk.get_by_text("已告诉")).to_have_count(2)
    ended = DeskMatter.objects.exclude(id=head.id).values_list("matter__state", flat=True)
    assert set(ended) == {"closed"}
    assert list(Replayed(desk.place.id).faults()) == []

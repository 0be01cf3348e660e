"""突发事件, 演练 and 处置步骤 on their pages: who sees which button, what a refused form keeps, whose row is whose."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yingbin.duty.actions import cases, incidents
from yingbin.duty.live import TOPICS
from yingbin.duty.models import DutyEvent, EmergencyProcedure, Incident, IncidentCopy, IncidentNote
from yingbin.duty.procedures import SHIPPED
from yingbin.people.live import Viewer
from yingbin.people.models import Assignment, Staff
from yingbin.people.queries import badge

from .doors import enter, here, shown
from .flat import Flat
from .manned import also, drilled, happen, manned, seen

NOBODY = UUID("018f0000-0000-7000-8000-000000000000")  # fixed: workers name their cases alike


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; it is ten."""
    return manned(flat, monkeypatch)


def page(day: Flat, incident: UUID, who: str) -> str:
    return shown(enter(day, who), here(day, f"incident/{incident}/"))


HEARD, RISE, OVER, PAPER = "知道了，我来", "劝不住，上报", "处理完了</button>", "A4 报告"


@pytest.mark.clause("SF-4.5", "SF-4.6", "SC-4.5", "SC-4.6")
@pytest.mark.parametrize(
    ("type", "who", "there", "missing"),
    [
        ("火情", "叶", (OVER,), (HEARD, RISE, PAPER)),
        ("火情", "许", (HEARD, OVER), (RISE, PAPER)),
        ("火情", "程", (HEARD, OVER), (RISE,)),
        ("火情", "秦", (HEARD, OVER), (RISE, PAPER)),
        ("", "叶", (RISE, OVER, "先好好劝"), (HEARD, "步骤是程序自带")),
        ("", "许", (RISE, OVER, "10:05 自动再报上一级"), (HEARD,)),
        ("", "秦", (RISE, OVER), (HEARD,)),
    ],
)
def test_each_role_finds_the_buttons_that_are_theirs(
    day: Flat, type: str, who: str, there: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    text = page(day, happen(day, type, at="10:00"), who)
    for words in there:
        assert words in text
    for words in missing:
        assert words not in text


def test_who_has_answered_is_asked_no_more_and_named_to_the_others(day: Flat) -> None:
    case = happen(day)
    day.do(cases.acknowledge_case, "秦", case=case, at="10:02")
    assert HEARD not in page(day, case, "秦")
    assert "秦 10:02:00 知道了" in page(day, case, "叶")
    assert page(day, case, "叶").count("还没有回应") == 2


@pytest.mark.parametrize("who", ["叶", "许", "秦"])
def test_what_is_over_asks_for_its_report_and_names_what_was_left(day: Flat, who: str) -> None:
    case = happen(day, "停电")
    day.do(incidents.tick_step, "叶", incident=case, step=0)
    day.do(cases.end_case, "许", case=case, at="10:20")
    text = page(day, case, who)
    assert "10:20:00 处理完" in text
    assert "写报告" in text
    assert SHIPPED["停电"][1] in text.partition("没有做的：")[2].partition("</p>")[0]
    assert SHIPPED["停电"][0] not in text.partition("没有做的：")[2].partition("</p>")[0]
    assert (PAPER in text) == (who == "许")
    day.do(incidents.write_report, "叶", incident=case, text="来电了")
    assert "写报告" not in page(day, case, who)


def test_one_left_open_yesterday_can_be_ended_and_calls_nobody_any_more(day: Flat) -> None:
    case = happen(day, "")
    day.next_day()
    text = page(day, case, "许")
    assert OVER in text
    assert HEARD not in text
    assert RISE not in text
    assert "自动再报上一级" not in text
    answer = enter(day, "许").post(here(day, f"incident/{case}/end/"), {"key": "a"}, follow=True)
    assert "写报告" in answer.content.decode()


# Other places

GETS = ["incident/{}/"]
POSTS = ["step/0/", "heard/", "rise/", "end/", "words/", "report/", "paper/"]
TOLD = {"key": "a", "text": "外人的话", "why": "好奇", "done": "yes"}


@pytest.mark.parametrize("kind", ["real", "drill", "none"])
@pytest.mark.parametrize("way", ["", *POSTS])
def test_a_lead_of_another_place_can_neither_read_nor_touch_it(
    day: Flat, kind: str, way: str
) -> None:
    there = {"real": happen, "drill": drilled}.get(kind, lambda _: uuid4())(day)
    other = Flat()
    before = IncidentNote.objects.count(), DutyEvent.objects.count()
    client, address = enter(other, "许"), here(other, f"incident/{there}/{way}")
    answer = client.post(address, TOLD) if way else client.get(address)
    assert answer.status_code == 404
    assert (IncidentNote.objects.count(), DutyEvent.objects.count()) == before
    assert not IncidentCopy.objects.exists()


@pytest.mark.parametrize("path", ["incidents/", "procedures/", "drill/new/", "posts/", "places/"])
def test_somebody_of_another_place_does_not_even_get_to_the_page(day: Flat, path: str) -> None:
    other = Flat()
    assert enter(other, "许").get(here(day, path)).status_code in (302, 403, 404)


def test_a_lead_of_two_places_sees_each_one_s_list_by_itself(day: Flat) -> None:
    other = Flat()
    other.now = day.now
    also(day, other, "许", "lead")
    happen(day, "跑水")
    lead = enter(day, "许")
    assert "跑水" in shown(lead, here(day, "incidents/"))
    assert "还没有突发事件" in shown(lead, here(other, "incidents/"))


@pytest.mark.parametrize("who", ["叶", "秦"])
@pytest.mark.parametrize(
    "path", ["drill/new/", "procedures/new/", "procedures/火情/", "places/all/"]
)
def test_what_is_a_lead_s_is_closed_to_others(day: Flat, who: str, path: str) -> None:
    client = enter(day, who)
    assert client.get(here(day, path)).status_code == 403
    told = {"key": "a", "type": "火情", "post": str(day.post), "steps": "跑", "why": "试"}
    assert client.post(here(day, path), told).status_code == 403
    assert not Incident.objects.exists()
    assert not EmergencyProcedure.objects.exists()


def test_whoever_holds_no_role_of_the_duty_sees_nothing(day: Flat) -> None:
    Assignment.objects.filter(staff_id=day.people["苏"]).update(role="salesperson")
    case = happen(day)
    for path in ("incidents/", f"incident/{case}/", "procedures/", "case/new/"):
        assert enter(day, "苏").get(here(day, path)).status_code == 403


@pytest.mark.parametrize(
    "path", ["", "incidents/", "procedures/", "posts/", "places/", "drill/new/"]
)
def test_without_a_sign_in_every_page_leads_to_the_sign_in(day: Flat, path: str) -> None:
    answer = Client().get(here(day, path))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


# Forms


@pytest.mark.parametrize(
    ("way", "told", "kept", "why"),
    [
        ("words/", {"text": "长" * 1001}, "长" * 1001, "1000"),
        ("words/", {"text": ""}, "补充", "请填写补充"),
        ("report/", {"text": "正要写，还没完"}, "正要写，还没完", "还没有处理完"),
    ],
)
def test_words_that_are_refused_stay_where_they_were_typed(
    day: Flat, way: str, told: dict[str, str], kept: str, why: str
) -> None:
    case = happen(day)
    answer = enter(day, "叶").post(here(day, f"incident/{case}/{way}"), {"key": "a", **told})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert why in text
    assert kept in text
    assert not IncidentNote.objects.exists()


def test_the_first_of_two_reports_counts_and_the_second_keeps_its_words(day: Flat) -> None:
    case = happen(day)
    day.do(cases.end_case, "许", case=case)
    address = here(day, f"incident/{case}/report/")
    assert enter(day, "叶").post(address, {"key": "a", "text": "浇灭了"}).status_code == 302
    late = enter(day, "许").post(address, {"key": "b", "text": "我也写了一份"})
    assert late.status_code == 422
    assert "报告已经写好了" in late.content.decode()
    assert "我也写了一份" in late.content.decode()
    assert [n.words["text"] for n in IncidentNote.objects.filter(what="report")] == ["浇灭了"]


@pytest.mark.parametrize("post", ["", "none", str(NOBODY)])
@pytest.mark.parametrize(("path", "who"), [("case/new/", "叶"), ("drill/new/", "许")])
def test_without_a_place_nothing_is_opened_and_the_page_stays(
    day: Flat, path: str, who: str, post: str
) -> None:
    told = {"key": "a", "post": post, "type": "火情"}
    answer = enter(day, who).post(here(day, path), told)
    assert answer.status_code == 422
    assert "燃气泄漏" in answer.content.decode()
    assert not Incident.objects.exists()


@pytest.mark.parametrize(("path", "who"), [("case/new/", "叶"), ("drill/new/", "许")])
def test_a_type_that_was_taken_from_elsewhere_is_refused_on_the_page(
    day: Flat, path: str, who: str
) -> None:
    told = {"key": "a", "post": str(day.post), "type": "外星人"}
    answer = enter(day, who).post(here(day, path), told)
    assert answer.status_code == 422
    assert "没有这一类突发事件，请从列表里选" in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "kept", "why"),
    [
        ({"type": "台风", "steps": "关窗", "why": ""}, ("台风", "关窗"), "请填写改了什么"),
        ({"type": "台风", "steps": "", "why": "通知"}, ("台风", "通知"), "请填写步骤"),
        ({"type": "", "steps": "关窗", "why": "通知"}, ("关窗", "通知"), "请填写类型"),
        ({"type": "台风", "steps": " \n \n", "why": "通知"}, ("台风", "通知"), "请填写步骤"),
        ({"type": "台风", "steps": "一\n" * 31, "why": "通知"}, ("台风", "通知"), "1 到 30 行"),
        ({"type": "台风", "steps": "长" * 121, "why": "通知"}, ("台风", "通知"), "不超过 120 个字"),
    ],
)
def test_steps_that_are_refused_keep_everything_that_was_typed(
    day: Flat, told: dict[str, str], kept: tuple[str, ...], why: str
) -> None:
    answer = enter(day, "许").post(here(day, "procedures/new/"), {"key": "a", **told})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert why in text
    assert all(words in text for words in kept)
    assert not EmergencyProcedure.objects.exists()


def test_a_type_nobody_knows_has_no_page_of_steps(day: Flat) -> None:
    assert enter(day, "许").get(here(day, "procedures/外星人/")).status_code == 404


def test_the_steps_of_another_place_do_not_count_here(day: Flat) -> None:
    other = Flat()
    other.do(incidents.keep_procedure, "许", type="台风", steps=("关窗",), why="通知")
    other.do(incidents.keep_procedure, "许", type="火情", steps=("跑",), why="通知")
    text = shown(enter(day, "叶"), here(day, "procedures/"))
    assert "台风" not in text
    assert text.count("自带，请核对") == len(SHIPPED)
    assert enter(day, "许").get(here(day, "procedures/台风/")).status_code == 404


def test_the_page_of_a_type_tells_its_versions_the_newest_first(day: Flat) -> None:
    for why in ("按规程第 3 条", "演练后改"):
        day.do(incidents.keep_procedure, "许", type="火情", steps=("跑", why), why=why)
    text = shown(enter(day, "许"), here(day, "procedures/火情/"))
    assert text.index("第 2 版") < text.index("第 1 版")
    assert "程序自带的步骤" not in text


# Empty, many, live


def test_a_place_without_any_says_what_to_do_first(day: Flat) -> None:
    text = shown(enter(day, "许"), here(day, "incidents/"))
    assert "还没有突发事件，也没有演练过" in text
    assert "开始演练" in text
    assert "开始演练" not in shown(enter(day, "叶"), here(day, "incidents/"))


def test_before_anybody_has_come_the_page_names_110_119_120_and_takes_the_report(
    flat: Flat,
) -> None:
    text = shown(enter(flat, "叶"), here(flat, "case/new/"))
    assert "先拨 110、119、120" in text
    assert "火情" in text


def test_the_list_asks_as_much_for_thirty_as_for_one_and_turns_its_page(day: Flat) -> None:
    lead = enter(day, "许")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(lead, here(day, "incidents/"))
        return len(asked)

    drilled(day)
    count()
    before = count()
    for number in range(31):
        case = drilled(day, "跑水") if number % 2 else happen(day, "停电")
        day.do(incidents.add_words, "叶", incident=case, text="记")
    assert count() <= before + 1  # the pager itself
    assert "第32号" in shown(lead, here(day, "incidents/"))
    assert "第1号" in shown(lead, here(day, "incidents/?page=2"))


def test_a_page_of_one_asks_no_more_however_much_was_done(day: Flat) -> None:
    case, one = happen(day), enter(day, "许")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(one, here(day, f"incident/{case}/"))
        return len(asked)

    day.do(incidents.tick_step, "叶", incident=case, step=0)
    day.do(incidents.add_words, "秦", incident=case, text="先到")
    count()
    before = count()
    for number in range(30):
        day.do(incidents.add_words, "秦" if number % 2 else "许", incident=case, text=f"{number}")
    assert count() == before


@pytest.mark.parametrize("arg", ["", "nothing", "00000000", str(NOBODY)])
def test_a_live_piece_of_nothing_is_nothing(day: Flat, arg: str) -> None:
    held = badge(Staff.objects.get(id=day.people["许"]), day.site, day.now)
    assert TOPICS["duty-incident"].render(Viewer(held, "duty-incident", arg)) == {}


def test_the_live_piece_of_another_place_is_nothing(day: Flat) -> None:
    case, other = happen(day), Flat()
    held = badge(Staff.objects.get(id=other.people["许"]), other.site, day.now)
    assert TOPICS["duty-incident"].render(Viewer(held, "duty-incident", str(case))) == {}


@pytest.mark.parametrize(
    ("told", "done"), [({"done": "yes"}, True), ({}, True), ({"done": "no"}, False)]
)
def test_a_step_is_ticked_by_a_plain_post(day: Flat, told: dict[str, str], done: bool) -> None:
    case = happen(day)
    day.do(incidents.tick_step, "秦", incident=case, step=0)
    address = here(day, f"incident/{case}/step/{0 if not done else 1}/")
    enter(day, "叶").post(address, {"key": "a", **told})
    assert [s.number for s in seen(day, case).steps if s.at] == ([1, 2] if done else [])


@pytest.mark.parametrize("way", POSTS)
def test_nothing_is_done_by_merely_looking(day: Flat, way: str) -> None:
    case = happen(day)
    assert enter(day, "许").get(here(day, f"incident/{case}/{way}")).status_code == 405

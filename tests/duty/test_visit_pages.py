"""The pages of a show flat's visitors: two taps, the visitor's own phone, both books; who opens what; how many questions."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.customers.models import Customer
from yingbin.customers.wording import SHIPPED
from yingbin.duty.actions import visits
from yingbin.duty.actions.facts import renew_code
from yingbin.duty.guest_code import Door, token_of
from yingbin.duty.live import TOPICS
from yingbin.duty.models import FlatFacts, ShowVisit, VisitMatching, VisitSheet, VisitSheetCopy
from yingbin.duty.views import guest as guest_views
from yingbin.matters.models import Matter
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge

from .beside import Beside
from .doors import here, shown
from .flat import Flat
from .test_visit_sheets import evening, hand_over, laid, settle_all  # noqa: F401
from .test_visits import WANG, come_in, scan

Enter = Callable[[str], Client]
DRAWN = "[[100,100,300,200,500,120,600,130,700,90,800,140,900,100]]"
SELF = {"size": "3", "been": "no", "name": "王建国", "phone": "13812341234", "consent": "agreed", "wording": SHIPPED}  # fmt: skip


@pytest.fixture
def today(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Pages look at the flat's own clock; 叶 and 许 are there, it is ten o'clock."""
    flat.come(at="08:40")
    flat.now = flat.at("10:00")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


def signed_in(who: object) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(id=who), backend=BACKEND)  # type: ignore[misc]
    return client


@pytest.fixture
def enter(today: Flat) -> Enter:
    return lambda name: signed_in(today.people[name])


def door(flat: Flat, number: int = 1) -> str:
    return reverse("duty:guest", args=[token_of(Door(flat.post, number))])


@pytest.mark.clause("SF-4.3.1", "SF-4.3.2")
def test_two_taps_let_a_group_in_and_one_sees_it_off(today: Flat, enter: Enter) -> None:
    page = enter("叶")
    assert "客人来了" in shown(page, here(today))
    told = {"key": "a", "post": str(today.post), "size": "3", "been": "no"}
    answer = page.post(here(today, "guests/in/"), told)
    visit = ShowVisit.objects.get()
    assert answer["Location"].endswith(f"guests/{visit.id}/")
    text = shown(page, here(today, f"guests/{visit.id}/"))
    assert "您好，欢迎参观样板间" in text
    assert "设法留下联系方式" in text
    assert "样板间里" in shown(page, here(today))
    assert "1 批 3 人" in shown(enter("许"), here(today, "posts/"))
    page.post(here(today, f"guests/{visit.id}/out/"), {"key": "b"})
    assert "收好客人留下的鞋套" in shown(page, here(today))


@pytest.mark.clause("SF-4.3.2")
def test_nobody_counted_says_so_on_the_page_and_a_crowd_can_be_typed(
    today: Flat, enter: Enter
) -> None:
    page = enter("叶")
    none = page.post(here(today, "guests/in/"), {"key": "a", "post": today.post, "been": "yes"})
    assert none.status_code == 422
    assert "点一下来了几位" in none.content.decode()
    many = {"key": "b", "post": today.post, "many": "12", "been": "yes"}
    assert page.post(here(today, "guests/in/"), many).status_code == 302
    assert ShowVisit.objects.get().group_size == 12


@pytest.mark.clause("SF-4.3.2")
def test_a_visitor_registers_without_signing_in_and_waits_on_the_receptionist_s_page(
    today: Flat, enter: Enter
) -> None:
    stranger = Client()
    text = shown(stranger, door(today))
    assert "您好，欢迎参观样板间" in text
    assert "checked" not in text
    answer = stranger.post(door(today), {"key": "k", **SELF})
    assert answer["Location"].endswith("/thanks/")
    assert stranger.post(door(today), {"key": "k", **SELF}).status_code == 302
    assert "登记好了" in shown(stranger, answer["Location"])
    visit = ShowVisit.objects.get()
    page = enter("叶")
    home = shown(page, here(today))
    assert "客人扫码登记，等您确认" in home
    assert "13812341234" not in home
    viewer = Viewer(badge(Staff.objects.get(id=today.people["叶"]), today.site, today.now), "duty")
    assert "等您确认" in TOPICS["duty"].render(viewer)["now"]
    sure = {"key": "c", "size": "3", "been": "no"}
    page.post(here(today, f"guests/{visit.id}/confirm/"), sure)
    late = page.post(here(today, f"guests/{visit.id}/confirm/"), {**sure, "key": "d"})
    assert "已经有人确认了" in late.content.decode()
    assert Customer.objects.count() == 1


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"consent": ""}, "选「同意」或「不同意」"),
        ({"name": " "}, "请写下您的姓名"),
        ({"phone": "1381"}, "电话不是有效号码"),
        ({"been": ""}, "到过还是没到过"),
        ({"size": "0"}, "这里填 1 以上的数"),
    ],
)
def test_what_a_visitor_typed_stays_when_something_is_missing(
    today: Flat, wrong: dict[str, str], said: str
) -> None:
    answer = Client().post(door(today), {"key": "k", **SELF, **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "王建国" in text or "name" in wrong
    assert not ShowVisit.objects.exists()


@pytest.mark.clause("SF-4.3.2")
def test_an_old_or_forged_code_opens_nothing_and_a_flood_is_slowed(
    today: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guest_views, "FROM_HERE", 2)
    for n in range(2):
        assert Client().post(door(today), {"key": f"k{n}", **SELF}).status_code == 302
    flood = Client().post(door(today), {"key": "k3", **SELF})
    assert flood.status_code == 422
    assert "直接告诉接待员" in flood.content.decode()
    assert "王建国" in flood.content.decode()
    today.do(renew_code, "许", post=today.post)
    assert "已经换过了" in shown(Client(), door(today), 404)
    assert shown(Client(), door(today, 2))
    forged = token_of(Door(today.post, 2))[:-2] + "xx"
    assert shown(Client(), reverse("duty:guest", args=[forged]), 404)


@pytest.mark.clause("SF-4.3.2")
def test_the_code_is_on_the_screen_and_a_lead_alone_renews_it(today: Flat, enter: Enter) -> None:
    page = here(today, f"guests/flat/{today.post}/code/")
    assert "<svg" in shown(enter("叶"), page)
    assert enter("叶").post(f"{page}renew/", {"key": "a"}).status_code == 403
    enter("许").post(f"{page}renew/", {"key": "b"})
    assert "第 2 张" in shown(enter("许"), page)


@pytest.mark.clause("SF-4.3.3")
def test_contact_is_kept_with_a_yes_alone_and_the_receptionist_sees_who_receives(
    today: Flat, enter: Enter
) -> None:
    Beside(today).chosen()
    visit, page = come_in(today), enter("叶")
    at = here(today, f"guests/{visit.id}/")
    told = {"size": "2", "been": "no", "name": "王建国", "phone": "13812341234", "wording": SHIPPED}
    no = page.post(f"{at}tell/", {"key": "a", **told})
    assert no.status_code == 422
    assert "客人没有同意" in no.content.decode()
    assert 'value="王建国"' in no.content.decode()
    assert page.post(f"{at}tell/", {"key": "b", **told, "agreed": "yes"}).status_code == 302
    assert "推荐到湖畔雅居" in shown(page, at)
    page.post(f"{at}refer/", {"key": "c"})
    text = shown(page, at)
    assert "由林悦接待" in text
    assert "138****1234" in text
    assert "13812341234" not in text


@pytest.mark.clause("SF-4.3.3")
def test_a_question_is_passed_on_and_what_was_typed_stays(today: Flat, enter: Enter) -> None:
    visit, page = come_in(today), enter("叶")
    at = here(today, f"guests/{visit.id}/")
    nobody = page.post(f"{at}ask/", {"key": "a", "question": "学区怎么划？"})
    assert nobody.status_code == 422
    assert "学区怎么划？" in nobody.content.decode()
    to = str(today.people["许"])
    page.post(f"{at}ask/", {"key": "b", "question": "学区怎么划？", "to": to})
    assert Matter.objects.get(kind="question").owner_id == today.people["叶"]
    assert "还没有答复" in shown(page, at)


@pytest.mark.clause("SF-4.3.3")
def test_a_lead_writes_the_card_and_the_receptionist_reads_it_during_a_visit(
    today: Flat, enter: Enter
) -> None:
    visit, at = come_in(today), here(today, f"guests/flat/{today.post}/")
    told = {"layout": "三房两厅", "area": "约 118 平方米", "before": "0"}
    assert enter("叶").get(f"{at}edit/").status_code == 403
    lead = enter("许")
    wrong = lead.post(f"{at}edit/", {"key": "a", **told, "answers": "层高"})
    assert wrong.status_code == 422
    assert "第 1 行要有问题" in wrong.content.decode()
    fine = {"key": "b", **told, "answers": "层高多少？2.95 米\n\n有电梯吗?两梯四户"}
    assert lead.post(f"{at}edit/", fine).status_code == 302
    assert FlatFacts.objects.get().answers == [
        ["层高多少？", "2.95 米"],
        ["有电梯吗？", "两梯四户"],
    ]
    text = shown(enter("叶"), here(today, f"guests/{visit.id}/"))
    assert "约 118 平方米" in text
    assert "两梯四户" in text


@pytest.mark.clause("SF-4.3.2")
def test_the_sheet_is_signed_printed_and_handed_out_with_a_reason(
    today: Flat, enter: Enter
) -> None:
    visit = come_in(today)
    today.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **WANG)
    today.do(visits.guests_out, "叶", visit_id=visit.id)
    page, lead = enter("叶"), enter("许")
    at = here(today, f"guests/sheets/{today.now:%Y-%m-%d}/")
    assert "请接待员在签名框里" in page.post(f"{at}hand-over/", {"key": "a"}).content.decode()
    page.post(f"{at}hand-over/", {"key": "b", "drawn": DRAWN})
    assert VisitSheet.objects.get().visits == 1
    for path in ("", "print/"):
        text = shown(page, f"{at}{path}")
        assert "138****1234" in text
        assert "13812341234" not in text
    assert page.get(f"{at}excel/")["Content-Type"].endswith("sheet")
    assert page.post(f"{at}out/", {"why": "核对", "form": "paper"}).status_code == 403
    assert lead.post(f"{at}out/", {"key": "c", "why": "", "form": "paper"}).status_code == 422
    paper = lead.post(f"{at}out/", {"key": "d", "why": "与销售部核对", "form": "paper"})
    assert "13812341234" in paper.content.decode()
    assert VisitSheetCopy.objects.get().why == "与销售部核对"
    assert page.get(here(today, "guests/sheets/yesterday/")).status_code == 404


@pytest.mark.clause("SF-4.3.2")
def test_lead_and_sales_settle_a_day_between_two_places(
    evening: tuple[Flat, Beside],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flat, hall = evening
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    hand_over(flat)
    lead, manager = signed_in(flat.people["许"]), signed_in(hall.people["郑岚"])
    at = here(flat, f"guests/sheets/{flat.now:%Y-%m-%d}/")
    lead.post(f"{at}match/", {"key": "a"})
    text = shown(lead, at)
    assert "可能是同一批" in text
    assert "只在售楼处" in text
    row = VisitMatching.objects.get()
    there = f"/s/{hall.place.code}/duty/guests/from-flats/"
    assert "还有 3 处没有说明" in shown(manager, f"{there}{row.id}/")
    wrong = lead.post(f"{at}settle/", {"key": "b", "only": "1", "word": "电话里改了姓名"})
    assert wrong.status_code == 422
    assert "请选是不是同一批" in wrong.content.decode()
    assert "电话里改了姓名" in wrong.content.decode()
    settle_all(flat, row)
    assert "等您确认" in shown(manager, f"/s/{hall.place.code}/inbox/")
    assert row.day.strftime("%-m月%-d日") in shown(manager, there)
    manager.post(f"{there}{row.id}/answer/", {"key": "c", "agreed": "yes"})
    assert "销售部已确认" in shown(lead, at)
    assert "13900002222" not in text + shown(manager, f"{there}{row.id}/")
    other = Beside(flat, open=False)
    stranger = signed_in(other.people["郑岚"])
    elsewhere = f"/s/{other.place.code}/duty/guests/from-flats/{row.id}/"
    assert stranger.get(elsewhere).status_code == 404
    assert stranger.post(f"{elsewhere}answer/", {"key": "d", "agreed": "no"}).status_code == 404
    assert signed_in(hall.people["林悦"]).get(f"{there}{row.id}/").status_code == 403


@pytest.mark.clause("SF-4.3.2")
def test_another_site_s_visit_or_flat_is_not_found_and_a_guard_sees_no_names(
    today: Flat, enter: Enter
) -> None:
    scan(today)
    visit = ShowVisit.objects.get()
    other = Flat()
    stranger = signed_in(other.people["叶"])
    for path in (
        f"guests/{visit.id}/",
        f"guests/flat/{today.post}/",
        f"guests/flat/{today.post}/code/",
    ):
        assert stranger.get(here(other, path)).status_code == 404
    guard = enter("秦")
    assert "王建国" not in shown(guard, here(today))
    assert guard.get(here(today, f"guests/{visit.id}/")).status_code == 403


PAGES = ("", "guests/", "guests/sheets/", "guests/sheets/2026-11-23/", "posts/")


def test_thirty_groups_ask_no_more_than_one(today: Flat, enter: Enter) -> None:
    """现在, 岗位, the lists and the sheet, whoever came today."""
    page = enter("许")

    def come(n: int) -> None:
        told = {"size": 2, "been": False, "name": f"王{n}", "phone": f"138123410{n:02}"}
        visit = come_in(today)
        today.do(visits.tell_guests, "叶", visit_id=visit.id, agreed=SHIPPED, **told)

    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(page, here(today, path))
        return len(asked)

    come(0)
    for path in PAGES:
        questions(path)
    first = {path: questions(path) for path in PAGES}
    for n in range(1, 30):
        come(n)
    assert {path: questions(path) for path in PAGES} == first

"""The frame at every place: where a role starts, the switch, 待办, search, and what an empty wing says."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions import waiting
from yingbin.manual.clauses import book
from yingbin.pages.wing import all_wings
from yingbin.people import roles
from yingbin.people.ids import uuid7
from yingbin.people.models import Assignment, Delegation, Site, SiteKind, Staff
from yingbin.people.queries import Badge, badge
from yingbin.web.frame import found
from yingbin.web.navigation import landing, navigation

BACKEND = "yingbin.people.backends.AccountOrPhone"


def at_a(kind: str, role: str, hall: Gallery, name: str = "别处") -> tuple[Client, Site]:
    """Somebody with this role at another place of this kind, signed in."""
    site = Site.objects.create(kind=kind, code=f"new-{kind}"[:30], name=name, short_name=name)
    staff = Staff.objects.create(account=f"new-{role}", name="新来的", password="!")
    Assignment.objects.create(site=site, staff=staff, role=role, since=hall.now)
    browser = Client()
    browser.force_login(staff, backend=BACKEND)
    return browser, site


def starts(role: str, kind: str) -> str:
    held = roles.ROLES[role].allows
    me = Badge(Gallery.__name__, None, frozenset({role}), held)  # type: ignore[arg-type]
    return landing(me, kind)


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("salesperson", "gallery:mine"),
        ("sales_manager", "gallery:supervision"),
        ("receptionist", "gallery:arrival"),
        ("lead", "gallery:arrival"),
        ("project_head", "gallery:board"),
        ("screen", "gallery:board"),
        ("administrator", "people:staff"),
    ],
)
def test_everyone_starts_where_their_role_works(role: str, page: str) -> None:
    assert starts(role, "sales_centre") == page


def test_a_delegation_adds_and_moves_nobody(hall: Gallery) -> None:
    who = Staff.objects.get(id=hall.id("林悦"))
    manager = Staff.objects.get(id=hall.id("郑岚"))
    Delegation.objects.create(
        site_id=hall.site,
        given_by=manager,
        given_to=who,
        since=hall.now,
        until=hall.now + timedelta(hours=1),
    )
    held = badge(who, hall.site, hall.now)
    assert held.may("turns.supervise")
    assert landing(held, "sales_centre") == "gallery:mine"


PLACES = [
    ("headquarters", "guard", "tours:gates"),
    ("headquarters", "reception_department", "tours:board"),
]


@pytest.mark.parametrize(("kind", "role", "start"), PLACES)
def test_nothing_speaks_of_a_gallery_where_there_is_none(
    hall: Gallery, kind: str, role: str, start: str
) -> None:
    browser, site = at_a(kind, role, hall)
    assert starts(role, kind) == start
    for page in ("/now/", "/inbox/", "/find/", "/me/"):
        html = browser.get(f"/s/{site.code}{page}").content.decode()
        for word in ("案场", "轮排", "销售中心", "/gallery/"):
            assert word not in html, (page, word)


def test_the_clauses_an_empty_wing_names_are_in_the_book() -> None:
    said = [c for wing in all_wings() for one in wing.coming.values() for c in one.clauses]
    assert said
    assert set(said) <= set(book().clauses)
    kinds = {kind for wing in all_wings() for kind in wing.coming}
    assert kinds == {k.value for k in SiteKind} - {"sales_centre", "show_flat", "management_office"}


def test_the_switch_leads_to_the_same_page_where_it_opens_there(
    client: Client, hall: Gallery
) -> None:
    other = Site.objects.create(kind="sales_centre", code="b", name="江岸", short_name="江岸")
    flat = Site.objects.create(kind="show_flat", code="c", name="样板间", short_name="样板间")
    for site in (other, flat):
        Assignment.objects.create(
            site=site, staff_id=hall.id("苏晴"), role="receptionist", since=hall.now
        )
    browser = signed_in(client, hall, "苏晴")
    html = browser.get("/s/hupan/gallery/waiting/").content.decode()
    assert 'href="/s/b/arrive/?page=%2Fgallery%2Fwaiting%2F"' in html
    assert browser.get("/s/b/arrive/?page=/gallery/waiting/").url == "/s/b/gallery/waiting/"  # type: ignore[attr-defined]
    assert browser.get("/s/c/arrive/?page=/gallery/waiting/").url == "/s/c/duty/"  # type: ignore[attr-defined]
    for odd in (
        "/gallery/visit/018f0000-0000-7000-8000-000000000000/",
        "//evil.example/",
        "",
        "/staff/",
    ):
        assert browser.get("/s/b/arrive/", {"page": odd}).url == "/s/b/gallery/arrival/"  # type: ignore[attr-defined]
    assert browser.get("/", headers={"Accept": "text/html"}).url == "/s/b/gallery/arrival/"  # type: ignore[attr-defined]


def test_thirty_places_with_long_names_fit_the_switch_in_no_more_questions(
    client: Client, hall: Gallery, django_assert_max_num_queries: object
) -> None:
    for n in range(30):
        site = Site.objects.create(
            kind="show_flat",
            code=f"flat-{n}",
            name=f"澄湖之畔云栖叠院第{n}样板间",
            short_name=f"云栖{n}",
        )
        Assignment.objects.create(site=site, staff_id=hall.id("苏晴"), role="lead", since=hall.now)
    html = signed_in(client, hall, "苏晴").get("/s/hupan/gallery/waiting/").content.decode()
    assert html.count("/arrive/?page=") == 31


def test_what_waits_stands_in_one_list(client: Client, hall: Gallery) -> None:
    waits = [hall.arrive() for _ in range(5)][-1]
    told = {"visit_id": waits.id, "question": "车位怎么卖？", "to": hall.id("苏晴")}
    hall.do(waiting.pass_question_on, "叶小满", **told)
    html = signed_in(client, hall, "苏晴").get("/inbox/").content.decode()
    assert "车位怎么卖？" in html
    assert "时限" in html
    assert "全部事项" in html
    assert "全部通知" in html


def test_nothing_waits_and_the_page_says_what_would(client: Client, hall: Gallery) -> None:
    html = signed_in(client, hall, "王建国").get("/inbox/").content.decode()
    assert "都办完了" in html


@pytest.mark.parametrize(
    ("who", "typed", "what"),
    [
        ("苏晴", "8821", "张女士"),
        ("苏晴", "张", "张女士"),
        ("苏晴", "1", "1 号到访"),
        ("苏晴", "TQ-7", "TQ-7"),
        ("苏晴", "登记册", "登记册"),
        ("郑岚", "lin yue", "林悦"),
        ("郑岚", "林悦", "林悦"),
    ],
)
def test_one_box_finds_people_groups_pages_and_clauses(
    client: Client, hall: Gallery, who: str, typed: str, what: str
) -> None:
    hall.arrive(name="张", phone="13812348821", title="ms")
    browser = signed_in(client, hall, who)
    for page in ("/find/", "/find/piece/"):
        html = browser.post(page, {"q": typed}).content.decode()
        shown = re.findall(r"<b>(.*?)</b>", html[html.index('class="hits"') :])
        assert any(what in one for one in shown), shown


def test_a_receipt_leads_to_its_decision(hall: Gallery) -> None:
    from yingbin.gallery.models import TurnDecision

    visit = hall.arrive(name="张伟")
    decision = TurnDecision.objects.filter(visit_id=visit.id).first()
    assert decision is not None
    me = badge(Staff.objects.get(id=hall.id("苏晴")), hall.site, hall.now)
    (hit,) = [h for h in found(me, "sales_centre", decision.receipt.lower()) if h.sort == "回执"]
    assert hit.link == reverse("gallery:visit", args=[visit.id])


@pytest.mark.parametrize("typed", ["HKMN-QRST", "hkmn-qrst", "hkmnqrst", " HKMN QRST "])
def test_a_receipt_without_any_digit_is_found_however_it_is_typed(
    hall: Gallery, typed: str
) -> None:
    from yingbin.gallery.finding import finds
    from yingbin.gallery.models import TurnDecision

    hall.arrive(name="张伟")
    row = TurnDecision.objects.filter(site_id=hall.site).first()
    assert row is not None
    row.pk, row.id, row.receipt = None, uuid7(), "HKMN-QRST"
    row.position = 99
    row.save(force_insert=True)
    me = badge(Staff.objects.get(id=hall.id("苏晴")), hall.site, hall.now)
    assert [hit.title for hit in finds(me, typed, hall.now)] == ["HKMN-QRST"]


def test_one_finds_only_what_one_may_open(hall: Gallery) -> None:
    hall.arrive(name="张伟", phone="13812348821")
    screen = badge(Staff.objects.get(id=hall.id("案场大屏")), hall.site, hall.now)
    for typed in ("8821", "张伟", "人员", "林悦", "1"):
        assert {h.sort for h in found(screen, "sales_centre", typed)} <= {"页面", "条款"}
    assert not [h for h in found(screen, "sales_centre", "人员") if h.sort == "页面"]


def test_a_group_has_at_most_five_open_entries_for_every_role_at_every_place() -> None:
    for kind, offered in roles.OFFERED.items():
        for role in offered:
            items = navigation("/", roles.ROLES[role].allows, kind)
            assert items, (kind, role)
            assert len({(i.group, i.label) for i in items}) == len(items)
            assert sum(i.group == "manage" for i in items) <= 5, (kind, role)
            assert sum(i.group == "live" for i in items) <= 6, (kind, role)


@pytest.mark.parametrize(
    ("kind", "role"), [("sales_centre", "lead"), ("show_flat", "receptionist")]
)
def test_of_many_books_a_page_shows_five_and_folds_the_rest(
    kind: str, role: str, hall: Gallery
) -> None:
    browser, _ = at_a(kind, role, hall)
    rail = browser.get("/matters/").content.decode().split('<nav class="thumbs"')[0]
    books = rail.split('<h2 class="nav-title">台账</h2>')[1].split('<h2 class="nav-title">')[0]
    shown, folded = books.split('<details class="nav-fold"')
    offered = [i for i in navigation("/", roles.ROLES[role].allows, kind) if i.group == "books"]
    assert shown.count("<a ") == 5
    assert folded.count("<a ") == len(offered) - 5 > 0

"""The place stands in the address: two tabs hold two places, old addresses lead on, nobody gets in by typing one."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import get_script_prefix, reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.notices.models import Delivery, Notice
from yingbin.notices.queries import link_of
from yingbin.pages.onward import is_ours
from yingbin.pages.placed import bare, kept_here, parted, placed, standing_at
from yingbin.people.models import Assignment, Site, Staff
from yingbin.web.live import _viewers

PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def shore(hall: Gallery) -> Site:
    """A second gallery, where 苏晴 works too."""
    site = Site.objects.create(kind="sales_centre", code="jiang-an", name="江岸", short_name="江岸")
    Assignment.objects.create(
        site=site, staff_id=hall.id("苏晴"), role="receptionist", since=hall.now
    )
    return site


def code(hall: Gallery) -> str:
    return Site.objects.get(id=hall.site).code


def test_two_tabs_hold_two_places(client: Client, hall: Gallery, shore: Site) -> None:
    tab = signed_in(client, hall, "苏晴")
    here = tab.get(f"/s/{code(hall)}/gallery/arrival/").content.decode()
    there = tab.get(f"/s/{shore.code}/gallery/arrival/").content.decode()
    for html, own, other in ((here, code(hall), shore.code), (there, shore.code, code(hall))):
        assert f'href="/s/{own}/gallery/waiting/"' in html
        assert f'data-place="/s/{own}"' in html
        assert f'href="/s/{other}/gallery/waiting/"' not in html


def test_a_post_goes_to_the_place_of_its_page(client: Client, hall: Gallery, shore: Site) -> None:
    visit = hall.arrive(name="张伟")
    tab = signed_in(client, hall, "苏晴")
    elsewhere = tab.post(f"/s/{shore.code}/gallery/visit/{visit.id}/undo/", {"key": "tab-two-1"})
    assert elsewhere.status_code == 404
    done = tab.post(f"/s/{code(hall)}/gallery/visit/{visit.id}/undo/", {"key": "tab-one-1"})
    assert done.status_code == 302
    assert done["Location"].startswith(f"/s/{code(hall)}/gallery/")


def test_an_address_without_a_place_leads_to_the_same_page_at_ones_place(
    client: Client, hall: Gallery
) -> None:
    tab = signed_in(client, hall, "苏晴")
    old = tab.get("/gallery/decisions/?day=2026-05-16", headers=PAGE)
    assert old.status_code == 302
    assert old["Location"] == f"/s/{code(hall)}/gallery/decisions/?day=2026-05-16"
    assert tab.get(old["Location"], headers=PAGE).status_code == 200
    assert tab.get("/", headers=PAGE)["Location"] == f"/s/{code(hall)}/gallery/arrival/"


@pytest.mark.parametrize("where", ["", "/s/{code}"])
def test_an_address_of_before_leads_to_the_same_page_with_what_was_asked(
    client: Client, hall: Gallery, where: str
) -> None:
    here = where.format(code=code(hall))
    tab = signed_in(client, hall, "苏晴")
    old = tab.get(f"{here}/floor/decisions/?day=2026-05-16&q=%E5%BC%A0", headers=PAGE)
    assert old.status_code == 308
    assert old["Location"] == f"{here}/gallery/decisions/?day=2026-05-16&q=%E5%BC%A0"
    assert tab.get(old["Location"], headers=PAGE, follow=True).status_code == 200


def test_a_form_of_a_page_opened_before_the_addresses_changed_arrives(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张伟")
    tab = signed_in(client, hall, "苏晴")
    form = {"key": "tab-old-1"}
    tab.post(f"/s/{code(hall)}/floor/visit/{visit.id}/undo/", form, follow=True)
    visit.refresh_from_db()
    assert visit.undone_at is not None


def test_links_stored_before_lead_on(hall: Gallery) -> None:
    assert bare("/floor/mine/?a=1") == "/gallery/mine/?a=1"
    assert bare(f"/s/{code(hall)}/floor/mine/") == "/gallery/mine/"
    assert bare("/floors/mine/") == "/floors/mine/"


def test_the_place_last_chosen_is_the_one_old_addresses_lead_to(
    client: Client, hall: Gallery, shore: Site
) -> None:
    tab = signed_in(client, hall, "苏晴")
    tab.post(f"/s/{code(hall)}/me/site/", {"site": str(shore.id)})
    old = tab.get("/gallery/waiting/", headers=PAGE)
    assert old["Location"] == f"/s/{shore.code}/gallery/waiting/"


@pytest.mark.parametrize("where", ["jiang-an", "nowhere"])
def test_nobody_gets_in_by_typing_a_place_where_they_do_not_work(
    client: Client, hall: Gallery, shore: Site, where: str
) -> None:
    tab = signed_in(client, hall, "林悦")
    for path in ("/gallery/board/", "/staff/", "/", "/gallery/mine/"):
        answer = tab.get(f"/s/{where}{path}")
        assert answer.status_code == 404, path
        assert "您不在那里任职" in answer.content.decode()
        assert tab.post(f"/s/{where}{path}", {"key": "typed-1"}).status_code == 404
    assert _viewers(tab.session.session_key or "", ["board"], "", "", where) == []


def test_what_one_may_do_is_asked_at_the_place_of_the_address(
    client: Client, hall: Gallery, shore: Site
) -> None:
    Assignment.objects.filter(site=shore).update(role="salesperson")
    tab = signed_in(client, hall, "苏晴")
    assert tab.get(f"/s/{code(hall)}/gallery/mine/").status_code == 403
    assert tab.get(f"/s/{shore.code}/gallery/mine/").status_code == 200
    assert tab.get(f"/s/{shore.code}/tablets/").status_code == 403
    assert tab.get(f"/s/{code(hall)}/tablets/").status_code == 200


def test_a_stream_shows_the_place_of_its_address_with_its_links(
    client: Client, hall: Gallery, shore: Site
) -> None:
    key = signed_in(client, hall, "苏晴").session.session_key or ""
    for site in (Site.objects.get(id=hall.site), shore):
        (viewer,) = _viewers(key, ["waiting"], "", "", site.code)
        assert (viewer.site_id, viewer.place) == (site.id, site.code)


def test_strangers_are_asked_who_they_are_and_come_back_to_the_place(
    client: Client, hall: Gallery
) -> None:
    answer = client.get(f"/s/{code(hall)}/gallery/waiting/")
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path == "/login/"
    assert f"next=%2Fs%2F{code(hall)}%2Fgallery%2Fwaiting%2F" in answer["Location"]
    assert is_ours(f"/s/{code(hall)}/gallery/waiting/")


def test_links_are_kept_without_a_place_and_sent_with_theirs(client: Client, hall: Gallery) -> None:
    tab = signed_in(client, hall, "苏晴")
    form = {"key": "placed-1", "kind": "customer", "first": "yes", "contact": "none"}
    tab.post(f"/s/{code(hall)}/gallery/arrival/", form | {"name": "张伟"})
    hall.arrive(name="李娜")
    assert Notice.objects.exists()
    for notice in Notice.objects.exclude(link=""):
        assert notice.link == bare(notice.link)
    told = Delivery(site_id=hall.site, link="/gallery/mine/")
    assert link_of(told) == f"/s/{code(hall)}/gallery/mine/"
    mine = Notice.objects.exclude(link="").first()
    assert mine is not None
    tab.force_login(Staff.objects.get(id=mine.to_id), "yingbin.people.backends.AccountOrPhone")
    page = tab.get(f"/s/{code(hall)}/notices/{mine.id}/")
    assert page["Location"] == f"/s/{code(hall)}{mine.link}"


def test_files_and_programs_have_no_place(client: Client, hall: Gallery) -> None:
    tab = signed_in(client, hall, "苏晴")
    html = tab.get(f"/s/{code(hall)}/gallery/waiting/").content.decode()
    assert 'href="/static/house/' in html
    assert 'href="/manifest.webmanifest"' in html
    for path in ("/api/v1/status", "/static/pages/seal.svg", "/sw.js", "/healthz", "/s/x/gallery/"):
        assert parted(f"/s/{code(hall)}{path}") == ("", f"/s/{code(hall)}{path}")
        assert tab.get(f"/s/{code(hall)}{path}").status_code == 404


def test_addresses_come_apart_and_together() -> None:
    assert parted("/s/hupan/gallery/") == ("hupan", "/gallery/")
    assert parted("/gallery/") == ("", "/gallery/")
    assert parted("/s/hupan") == ("", "/s/hupan")
    assert placed("b", "/s/a/gallery/?x=1") == "/s/b/gallery/?x=1"
    with standing_at("hupan"):
        assert reverse("home") == "/s/hupan/"
        assert kept_here("/s/other/matters/") == "/s/hupan/matters/"
        with standing_at(""):
            assert reverse("home") == "/"
    assert get_script_prefix() == "/"
    assert kept_here("/matters/") == "/matters/"


def test_a_request_leaves_no_place_behind(client: Client, hall: Gallery) -> None:
    signed_in(client, hall, "苏晴").get(f"/s/{code(hall)}/gallery/waiting/")
    assert reverse("gallery:waiting") == "/gallery/waiting/"

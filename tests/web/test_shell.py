"""What the frame counts: the bell and the entries of the navigation, in one question, on the page and live."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery import live
from yingbin.gallery.actions import nudges, presence, receptions, waiting
from yingbin.notices.models import Notice
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.web.live import topics
from yingbin.web.navigation import behind, navigation, thumbs
from yingbin.web.shell import counts


def of(hall: Gallery, name: str) -> Any:
    return badge(Staff.objects.get(id=hall.id(name)), hall.site, hall.now)


def test_waiting_groups_and_requests_stand_in_the_navigation(hall: Gallery) -> None:
    for _ in range(6):
        hall.arrive()
    desk = counts(of(hall, "苏晴"))
    assert desk.pages["gallery:waiting"] == 2
    assert "gallery:supervision" not in desk.pages
    assert counts(of(hall, "郑岚")).pages["gallery:supervision"] == 0
    hall.do(presence.ask_business_leave, "林悦", note="去银行送按揭资料")
    assert counts(of(hall, "郑岚")).pages["gallery:supervision"] == 1


def test_receivers_who_do_not_come_are_counted_where_the_manager_settles_them(
    hall: Gallery,
) -> None:
    def counted() -> int:
        on_page = live.supervision_context(hall.site, hall.id("郑岚"))["no_shows"]
        assert counts(of(hall, "郑岚")).pages["gallery:supervision"] == len(on_page)
        return len(on_page)

    first = hall.arrive()
    assert counted() == 0
    hall.later(3)
    assert counted() == 1
    others = [hall.arrive() for _ in range(3)]
    hall.later(3)
    assert counted() == 0  # late, and nobody free to give them to
    hall.do(nudges.ask_for_another, "苏晴", visit_id=first.id)
    assert counted() == 1
    hall.do(receptions.accept_turn, hall.receiver(first), visit_id=first.id)
    hall.finish(others[0])
    assert counted() == 2


def test_notices_and_matters_are_one_number_on_the_page_and_live(
    client: Client, hall: Gallery
) -> None:
    waits = [hall.arrive() for _ in range(5)][-1]
    told = {"visit_id": waits.id, "question": "车位怎么卖？", "to": hall.id("苏晴")}
    hall.do(waiting.pass_question_on, "叶小满", **told)
    asked = counts(of(hall, "苏晴")).pages
    assert (asked["matters:index"], asked["notices:index"]) == (1, 0), (
        "the matter's own notice is no second one"
    )
    Notice.objects.create(
        site_id=hall.site, batch=uuid4(), to_id=hall.id("苏晴"), kind="told", title="明天盘点", made_at=hall.now
    )  # fmt: skip
    page = signed_in(client, hall, "苏晴").get(reverse("gallery:arrival")).content.decode()
    made = topics()["shell"].render(Viewer(of(hall, "苏晴"), "shell"))
    assert made["n-matters-index"].strip() == made["n-notices-index"].strip()
    assert made["n-inbox"].strip() == '<span class="count">2</span>'
    assert "2 件待办" in made["bell"]
    assert made["n-inbox"].strip() in made["bell"], "one number, one mark"
    assert f'data-live-slot="n-inbox">{made["n-inbox"]}' in page


def test_what_waits_behind_more_is_summed_there(hall: Gallery) -> None:
    for _ in range(6):
        hall.arrive()
    who = of(hall, "郑岚")
    items = navigation("", who.permissions, "sales_centre", counts(who).pages)
    bar = thumbs(items, who.roles)
    assert behind(items, bar) == 0
    assert behind(items, bar[:1]) == 2
    assert behind(items, ()) == sum(i.count for i in items if i.group != "inbox")


def test_they_are_one_question_however_much_there_is(
    hall: Gallery, django_assert_num_queries: Any
) -> None:
    who = of(hall, "郑岚")
    for _ in range(9):
        hall.arrive()
    with django_assert_num_queries(1):
        counts(who)


def test_the_live_fragments_are_those_of_the_page(client: Client, hall: Gallery) -> None:
    for _ in range(6):
        hall.arrive()
    page = signed_in(client, hall, "苏晴").get(reverse("gallery:arrival")).content.decode()
    made = topics()["shell"].render(Viewer(of(hall, "苏晴"), "shell"))
    assert set(made) >= {"bell", "n-inbox", "n-gallery-waiting", "n-matters-index"}
    assert made["n-gallery-waiting"].strip() == '<span class="count">2</span>'
    for slot, html in made.items():
        assert f'data-live-slot="{slot}">{html}' in page, slot


def test_a_page_without_a_topic_of_its_own_has_the_frames(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "苏晴")
    assert 'data-live="/live/shell/"' in page.get("/customers/").content.decode()
    assert 'data-live="/live/arrival/"' in page.get("/gallery/arrival/").content.decode()

"""What the frame counts: the bell and the entries of the navigation, in one question, on the page and live."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.floor.conftest import Gallery
from tests.floor.test_reception import signed_in
from yingbin.floor.actions import presence
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.web.live import topics
from yingbin.web.shell import counts


def of(hall: Gallery, name: str) -> Any:
    return badge(Staff.objects.get(id=hall.id(name)), hall.site, hall.now)


def test_waiting_groups_and_requests_stand_in_the_navigation(hall: Gallery) -> None:
    for _ in range(6):
        hall.arrive()
    desk = counts(of(hall, "苏晴"))
    assert desk.pages["floor:waiting"] == 2
    assert "floor:supervision" not in desk.pages
    assert counts(of(hall, "郑岚")).pages["floor:supervision"] == 0
    hall.do(presence.ask_business_leave, "林悦", note="去银行送按揭资料")
    assert counts(of(hall, "郑岚")).pages["floor:supervision"] == 1


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
    page = signed_in(client, hall, "苏晴").get(reverse("floor:arrival")).content.decode()
    made = topics()["shell"].render(Viewer(of(hall, "苏晴"), "shell"))
    assert set(made) >= {"bell", "n-floor-waiting", "n-matters-index"}
    assert made["n-floor-waiting"].strip() == '<span class="count">2</span>'
    for slot, html in made.items():
        assert f'data-live-slot="{slot}">{html}' in page, slot


def test_a_page_without_a_topic_of_its_own_has_the_frames(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "苏晴")
    assert 'data-live="/live/shell/"' in page.get("/customers/").content.decode()
    assert 'data-live="/live/arrival/"' in page.get("/floor/arrival/").content.decode()

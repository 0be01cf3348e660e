"""What screens say once, and what they don't leave out."""

from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from yingbin.people.models import Staff


def page(hall: Gallery, who: str, path: str) -> str:
    browser = Client()
    staff = Staff.objects.get(id=hall.id(who))
    browser.force_login(staff, backend="yingbin.people.backends.AccountOrPhone")
    return browser.get(path).content.decode()


def test_the_answer_says_its_sentence_once(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    html = page(hall, "苏晴", reverse("gallery:visit", args=[visit.id]))
    assert html.count(hall.decision(visit).because) == 1
    assert "更早的判定" not in html


def test_what_came_before_the_answer_stands_below_it(hall: Gallery) -> None:
    for n in range(4):
        hall.arrive(name=f"客户{n}")
    waits = hall.arrive(name="张伟")
    before = hall.decision(waits).because
    from yingbin.gallery.models import Visit

    hall.finish(Visit.objects.get(number=1))
    html = page(hall, "苏晴", reverse("gallery:visit", args=[waits.id]))
    assert html.count(hall.decision(waits).because) == 1
    assert "更早的判定" in html
    assert before in html


def test_the_board_says_how_many_waiting_groups_it_does_not_list(hall: Gallery) -> None:
    for n in range(4 + 5):
        hall.arrive(name=f"客户{n}")
    assert "没列出" not in page(hall, "苏晴", "/gallery/board/")
    for n in range(3):
        hall.arrive(name=f"又一批{n}")
    assert "等待的客户 8 批，另有 3 批没列出" in page(hall, "苏晴", "/gallery/board/")

"""What must be read before one goes: remarks and notes on a worker's page; whose photos a head of a department sees."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.customers.office import Office, as_
from tests.files.shelf import picture
from yingbin.desk.actions import estate
from yingbin.desk.actions.verbs import guide, remark
from yingbin.desk.queries.beside import Beside, beside
from yingbin.files.models import StoredFile
from yingbin.people.models import Assignment, Site

from .residence import Residence


def task(residence: Residence, *, taken_by: str = "钱", **told: Any) -> UUID:
    """A task of the works of somebody's home, taken by one of them."""
    home = residence.home()
    who = residence.moves_in(home, "张三", "13800001234")
    one = residence.calls(home, "厨房漏水", customer_id=who, subject="leak", **told)
    residence.offer("苏", one)
    residence.act(taken_by, "accept", one)
    return one


def knows(residence: Residence, one: UUID, text: str, readers: str, about: str = "hearing") -> None:
    """Somebody writes down what one should know of the resident."""
    who = residence.desk(one).matter.customer_id
    residence.do(estate.note, "林", customer_id=who, about=about, text=text, readers=readers)


def page(residence: Residence, who: str, address: str) -> str:
    """A page as somebody sees it."""
    return str(residence.browser(who).get(address, follow=True).content.decode())


@pytest.mark.clause("SD-3.2", "SD-4.2.2")
def test_a_worker_reads_on_their_page_what_was_remarked_and_what_the_resident_needs(
    residence: Residence,
) -> None:
    one = task(residence)
    residence.do(remark, "苏", matter_id=one, words="门口有狗，先打电话")
    residence.do(guide, "林", matter_id=one, words="今天一定要到")
    knows(residence, one, "左耳不好，说慢一点", "work")
    for address in (reverse("desk:mine"), reverse("desk:matter", args=[one])):
        html = page(residence, "钱", address)
        for said in ("门口有狗，先打电话", "今天一定要到", "听力不便：左耳不好，说慢一点"):
            assert said in html, (address, said)


@pytest.mark.parametrize(
    ("readers", "worker", "clerk", "supervisor"),
    [("work", True, True, True), ("desk", False, True, True), ("leads", False, False, True)],
)
def test_what_one_should_know_of_a_resident_is_read_by_its_readers_alone(
    residence: Residence, *, readers: str, worker: bool, clerk: bool, supervisor: bool
) -> None:
    one = task(residence)
    knows(residence, one, "一个人住", readers, "care")
    address = reverse("desk:matter", args=[one])
    told = {who: "一个人住" in page(residence, who, address) for who in ("钱", "苏", "林")}
    assert told == {"钱": worker, "苏": clerk, "林": supervisor}
    assert ("一个人住" in page(residence, "钱", reverse("desk:mine"))) is worker


def test_the_latest_two_remarks_stand_in_the_list_each_with_who_wrote_it(
    residence: Residence,
) -> None:
    one = task(residence)
    for words in ("第一句", "第二句", "第三句"):
        residence.do(remark, "苏", matter_id=one, words=words)
    html = page(residence, "钱", reverse("desk:mine"))
    assert [words in html for words in ("第一句", "第二句", "第三句")] == [False, True, True]
    row = residence.desk(one)
    told = beside(residence.badge("钱"), [row])[one]
    assert [line.words for line in told] == ["第二句", "第三句"]
    assert all(isinstance(line, Beside) and line.by == "苏" for line in told)


def test_a_clerks_list_is_not_filled_with_what_is_for_who_goes_there(residence: Residence) -> None:
    one = task(residence)
    residence.do(remark, "叶", matter_id=one, words="门口有狗")
    assert "门口有狗" not in page(residence, "苏", reverse("desk:mine"))
    assert "门口有狗" in page(residence, "苏", reverse("desk:matter", args=[one]))


def test_thirty_tasks_with_remarks_ask_no_more_than_one(residence: Residence) -> None:
    def asked() -> int:
        browser = residence.browser("钱")
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("desk:mine"), follow=True)
        return len(seen)

    one = task(residence)
    residence.do(remark, "苏", matter_id=one, words="有狗")
    few = asked()
    for n in range(6):
        more = residence.record(title=f"又一件{n}", home=f"5-1-{n}01")
        residence.offer("苏", more)
        residence.act("钱", "accept", more)
        residence.do(remark, "苏", matter_id=more, words=f"第 {n} 句")
    assert asked() == few


# Photos


def photographed(residence: Residence, one: UUID, by: str = "钱") -> UUID:
    """A photo that somebody added to a task."""
    file = SimpleUploadedFile("现场.jpg", picture(), content_type="image/jpeg")
    told = {"key": f"p{by}{one}", "words": "现场", "photos": file}
    residence.browser(by).post(reverse("desk:remark", args=[one]), told, follow=True)
    return UUID(str(StoredFile.objects.latest("id").id))


def opens(residence: Residence, who: str, file: UUID) -> int:
    """What the small picture answers to somebody."""
    return int(residence.browser(who).get(reverse("files:small", args=[file])).status_code)


@pytest.mark.clause("SD-3.2")
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("钱", 200),  # holds it
        ("赵", 200),  # heads the department
        ("孙", 404),  # works beside them
        ("周", 404),  # heads another one
        ("石", 404),  # guards the gate
        ("苏", 200),
        ("林", 200),
    ],
)
def test_a_head_sees_the_photos_of_their_peoples_tasks_and_of_no_others(
    residence: Residence, room: Path, who: str, status: int
) -> None:
    file = photographed(residence, task(residence))
    assert opens(residence, who, file) == status


def test_with_the_task_the_photos_go_to_the_other_department(
    residence: Residence, room: Path
) -> None:
    one = task(residence)
    file = photographed(residence, one)
    assert [opens(residence, who, file) for who in ("赵", "周")] == [200, 404]
    residence.act("林", "assign", one, as_="holder", to=str(residence.id("周")), reason="归绿化")
    assert [opens(residence, who, file) for who in ("钱", "赵", "周")] == [404, 404, 200]


def test_a_head_of_another_place_finds_neither_photo_nor_task(
    residence: Residence, room: Path
) -> None:
    one = task(residence)
    file = photographed(residence, one)
    other = Office("xihu", "西湖管理处")
    Assignment.objects.filter(site=other.place).update(role="department_head")
    Site.objects.filter(id=other.site).update(kind="management_office")
    browser = as_(other, "苏晴")
    assert browser.get(reverse("files:small", args=[file])).status_code == 404
    assert browser.get(reverse("desk:matter", args=[one]), follow=True).status_code == 404

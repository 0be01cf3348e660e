"""The list of those who come by page: the visitor's own phone, reception, the gate; each sees what their work needs."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tests.customers.office import as_
from yingbin.tables import Unreadable
from yingbin.tours.actions import guests as acts
from yingbin.tours.guest_lines import read_guests
from yingbin.tours.guest_table import lines_of_table
from yingbin.tours.links import digest_of
from yingbin.tours.models import TourGuest, TourVisit
from yingbin.tours.queries.guests import guest_list

from .headquarters import Headquarters

SECRET = "a-secret-that-only-they-have-7654321"
CLASS = "周岚，13800138000，带队老师\n李小禾，学生，监护人：李梅"


def lived(house: Headquarters) -> None:
    """A class of three that comes tomorrow, approved, with its list."""
    one = house.approved("institution", areas=("plant",), headcount=3, day=1)
    TourVisit.objects.filter(id=one).update(key_digest=digest_of(SECRET))
    told = tuple(read_guests(CLASS).guests)
    house.do(acts.keep_list, "江", visit_id=one, guests=told, seen=0)


def visit() -> TourVisit:
    return TourVisit.objects.get(number=1)


def address(name: str = "guests") -> str:
    """A page of the list."""
    return f"/s/zongbu{reverse(f'tours:{name}', args=[visit().id])}"


def told(house: Headquarters, **more: str) -> dict[str, str]:
    """The form of the list as its page has it, with something else in it."""
    shown = guest_list(visit())
    return {
        "key": f"k{next(house.keys)}",
        "seen": str(shown.stamp),
        "lines": shown.lines,
        "care_of": "",
        **more,
    }


def names() -> list[str]:
    return [one.name for one in guest_list(visit()).guests]


# Who sees whom


@pytest.mark.clause("CV-4.1")
@pytest.mark.parametrize(
    ("who", "seen", "writes"),
    [
        ("江", True, True),
        ("白", True, False),
        ("韩", False, False),
        ("孟", True, False),
        ("严", False, False),
    ],
)
def test_names_are_for_those_who_receive_and_for_the_gate(
    kept: Headquarters, who: str, seen: bool, writes: bool
) -> None:
    answer = as_(kept, who).get(address())
    assert (answer.status_code == 200) is seen
    html = answer.content.decode()
    assert ("周岚" in html, "保存名单" in html) == (seen, writes)
    assert "13800138000" not in html
    sent = as_(kept, who).post(address(), told(kept, lines="别人"))
    assert (sent.status_code == 302) is writes


def test_a_gate_sees_who_comes_around_the_visit_and_not_weeks_before(
    kept: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    TourVisit.objects.update(starts_at=kept.at(9, 10), ends_at=kept.at(9, 12))
    assert as_(kept, "孟").get(address()).status_code == 404
    assert as_(kept, "江").get(address()).status_code == 200


# Writing it


def test_reception_writes_a_list_and_what_is_wrong_is_said_by_line(kept: Headquarters) -> None:
    browser = as_(kept, "江")
    answer = browser.post(address(), told(kept, lines="周岚，老师\n小明，学生"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 行：未成年人要写由谁照看" in html
    assert "小明，学生" in html, "what was typed is still there"
    answer = browser.post(address(), told(kept, lines="周岚，老师\n小明，学生", care_of="周岚"))
    assert answer.status_code == 302
    assert names() == ["周岚", "小明"]
    assert kept.faults() == []


def test_a_table_is_shown_in_the_box_before_anything_is_kept(kept: Headquarters) -> None:
    book, kept_as = Workbook(), BytesIO()
    page = book.worksheets[0]
    page.append(["来访学生名单"])
    page.append(["姓名", "性别", "联系电话", "身份证号", "监护人", "未成年"])
    page.append(["王 子轩", "男", "", "11010120150101123X", "王强", "是"])
    page.append(["方老师", "女", "13800139021", "", "", ""])
    book.save(kept_as)
    data = kept_as.getvalue()
    file = SimpleUploadedFile("名单.xlsx", data)
    answer = as_(kept, "江").post(address("guests_table"), {"key": "t", "file": file})
    html = answer.content.decode()
    assert "王 子轩，11010120150101123X，未成年，监护人：王强" in html
    assert "方老师，13800139021" in html
    assert "周岚，138****8000，带队老师" in html, "what stood in the box stays before it"
    assert names() == ["周岚", "李小禾"], "nothing is kept yet"
    assert read_guests(lines_of_table(data, "名单.xlsx")).guests[0].paper == "123X"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "这个文件是空的"),
        (b"%PDF-1.7", "这是 PDF"),
        ("序号,部门\n1,二部\n".encode(), "没有找到标题行"),
        (b"x" * (2 * 1024 * 1024 + 1), "超过 2 MB"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as no:
        lines_of_table(data, "x.csv")
    assert said in no.value.message


# At the gate


@pytest.mark.clause("CV-4.1")
def test_a_guard_replaces_a_guest_with_the_name_of_who_allowed_it(kept: Headquarters) -> None:
    old = TourGuest.objects.get(name="周岚")
    sent = {
        "key": "r",
        "guest": old.id,
        "comes": "吴老师，带队老师",
        "allowed_by": kept.id("江"),
        "why": "生病",
    }
    browser = as_(kept, "孟")
    assert browser.post(address("guest_replace"), sent).status_code == 302
    html = browser.get(address()).content.decode()
    assert "替周岚来，江同意：生病" in html
    again = browser.post(address("guest_replace"), {**sent, "key": "r2"})
    assert again.status_code == 422
    assert "吴老师，带队老师" in again.content.decode()


def test_a_full_number_is_shown_once_to_who_may_and_never_to_a_guard(kept: Headquarters) -> None:
    guest = TourGuest.objects.get(name="周岚")
    sent = {"key": "l", "guest": guest.id, "why": "紧急情况"}
    assert as_(kept, "孟").post(address("guest_look"), sent).status_code == 403
    assert "138 0013 8000" not in (
        html := as_(kept, "江").post(address("guest_look"), sent).content.decode()
    )
    assert "13800138000" in html
    html = as_(kept, "江").get(address()).content.decode()
    assert "13800138000" not in html, "not even in the box in which the list is written"
    assert "江看了第 1 位的全号" in html


def test_a_guest_is_erased_by_who_erases_customers(kept: Headquarters) -> None:
    guest = TourGuest.objects.get(name="李小禾")
    sent = {"key": "f", "guest": guest.id, "reason": "家长来电"}
    assert as_(kept, "江").post(address("guest_forget"), sent).status_code == 403
    assert as_(kept, "白").post(address("guest_forget"), sent).status_code == 302
    assert "李小禾" not in as_(kept, "白").get(address()).content.decode()


# The visitor


@pytest.mark.clause("CV-4.1")
@pytest.mark.parametrize(
    ("lang", "early", "wrong"),
    [
        ("zh", "请在来访前交名单", "第 1 行：未成年人要写"),
        ("en", "Please send their list", "Line 1: say who answers"),
    ],
)
def test_a_class_without_minors_list_is_told_so_early_on_its_own_phone(
    kept: Headquarters, lang: str, early: str, wrong: str
) -> None:
    TourGuest.objects.update(stands="gone")
    link, browser = f"/visit/zongbu/{SECRET}/", Client()
    assert early in browser.get(link, {"lang": lang}).content.decode()
    page = f"{link}guests/"
    html = browser.get(page, {"lang": lang}).content.decode()
    assert early in html
    sent = dict(re.findall(r'name="(key|seen|lang)" value="([^"]+)"', html))
    answer = browser.post(page, {**sent, "lines": "小明，学生", "care_of": ""})
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    answer = browser.post(page, {**sent, "lines": "小明，学生", "care_of": "周老师"})
    assert answer.status_code == 302
    assert early not in browser.get(link, {"lang": lang}).content.decode()
    row = TourGuest.objects.get(name="小明")
    assert (row.by, row.care_of) == (None, "周老师")


@pytest.mark.clause("CV-4.1")
def test_reception_reads_early_that_a_class_has_no_list_of_its_minors(kept: Headquarters) -> None:
    browser, board = as_(kept, "江"), f"/s/zongbu{reverse('tours:board')}"
    here = f"/s/zongbu{reverse('tours:visit', args=[visit().id])}"
    said = "未成年人的名单还没交"
    assert said not in browser.get(board).content.decode()
    TourGuest.objects.update(stands="gone")
    assert said in browser.get(board).content.decode()
    assert "有未满 18 岁的客人，名单还没交" in browser.get(here).content.decode()

"""The pages of an import: upload, report, the way in and the way back; who may."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.gallery.conftest import Gallery
from tests.gallery.sheet_maker import workbook
from tests.gallery.test_importing import GOOD, MESSY, Office, row
from tests.gallery.test_reception import signed_in
from yingbin.gallery.models import RegisterEntry, RegisterExport
from yingbin.importing.models import ImportRun
from yingbin.journal.models import Entry

LIST = "/gallery/register/imports/"


@pytest.fixture
def office(hall: Gallery) -> Office:
    return Office(hall)


def sent(page: Client, data: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("旧册.xlsx", data)
    return page.post(LIST, {"key": "up", "file": file, **more})


def read_as_proposed(page: Client, columns: str, **changed: str) -> str:
    """Sends the page of columns as it stands, but for what is changed; where it leads."""
    fields = re.findall(
        r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', text_of(page, columns), re.S
    )
    told = {
        name: re.findall(r'<option value="([^"]*)" selected', options)[0]
        for name, options in fields
    }
    boxes = re.findall(r'name="(sheet-\d+)" value="1" checked', text_of(page, columns))
    answer = page.post(columns, {"key": "map", **told, **dict.fromkeys(boxes, "1"), **changed})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def text_of(page: Client, address: str) -> str:
    """What a page says."""
    return page.get(address).content.decode()


@pytest.mark.clause("TQ-3")
def test_from_upload_to_the_book_and_back_by_plain_posts(client: Client, office: Office) -> None:
    page = signed_in(client, office.gallery, "郑岚")
    short = row("2025-03-11", "孙某", "1371234567")  # a digit is missing
    answer = sent(page, workbook([*MESSY, short]))
    there = read_as_proposed(page, answer.headers["Location"])
    assert 'http-equiv="refresh"' in page.get(there).content.decode()
    office.work()
    text = page.get(there).content.decode()
    assert 'http-equiv="refresh"' not in text
    assert "没有「2025/02/30」这一天" in text
    told = page.get(there + "?only=warned").content.decode()
    assert "手机号是 11 位，您输了 10 位，少一位" in told
    assert "137****567" in told
    assert "1371234567" not in told
    page.post(there + "begin/", {"key": "go", "take": "good"})
    office.work()
    assert "已收进登记册" in page.get(there).content.decode()
    book = page.get("/gallery/register/?only=imported&since=2025-01-01").content.decode()
    assert "张伟" in book
    assert "138****1234" in book
    page.post(there + "undo/", {"key": "u0", "why": " "})
    assert ImportRun.objects.get().state == "applied"
    page.post(there + "undo/", {"key": "u1", "why": "导错了项目"})
    office.work()
    assert "已整批撤销" in page.get(there).content.decode()
    book = page.get("/gallery/register/?only=imported&since=2025-01-01").content.decode()
    assert "张伟" not in book


@pytest.mark.clause("TQ-3")
def test_merged_lines_say_into_whom_with_the_number_masked(client: Client, office: Office) -> None:
    office.gallery.arrive(name="张伟", phone="13812341234")
    one = office.upload([row("2025-03-08", "张", "13812341234")])
    page = signed_in(client, office.gallery, "郑岚").get(f"{LIST}{one.id}/?only=known")
    text = page.content.decode()
    assert "张伟" in text
    assert "138****1234" in text
    assert "13812341234" not in text


@pytest.mark.clause("TQ-3")
def test_refused_lines_can_be_taken_home_with_their_reasons(client: Client, office: Office) -> None:
    one = office.upload([*MESSY, row("2025-02-29", "@SUM(A1)", "13712345678")])
    page = signed_in(client, office.gallery, "郑岚")
    answer = page.post(f"{LIST}{one.id}/report/", {"key": "r"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0][:4] == ("工作表", "行", "结果", "为什么")
    assert [r[1] for r in rows[1:]] == [5, 6, 7, 10]
    assert "没有「2025/02/30」这一天" in str(rows[2][3])
    assert rows[2][7] == "13712345678"
    assert (sheet["G5"].value, sheet["G5"].data_type) == ("@SUM(A1)", "s")
    assert RegisterExport.objects.get().rows == 4
    assert Entry.objects.filter(kind="register.handed_out").count() == 1


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("name", ["林悦", "苏晴", "许诺"])
def test_only_the_manager_brings_a_register_in(client: Client, office: Office, name: str) -> None:
    one = office.upload(GOOD)
    page = signed_in(client, office.gallery, name)
    assert page.get(LIST).status_code == 403
    assert sent(page, workbook(GOOD)).status_code == 403
    for verb in ("", "begin/", "drop/", "undo/", "report/"):
        assert page.post(f"{LIST}{one.id}/{verb}").status_code == 403
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize(
    ("data", "more", "why"),
    [
        (b"no workbook at all", {}, "标题行"),
        (workbook([["a"]], head=["b"]), {}, "没有找到标题行"),
        (workbook(GOOD), {"area": "755"}, "0 开头"),
        (workbook(GOOD), {"year": "25"}, "四位数字"),
    ],
)
def test_what_cannot_be_taken_is_said_on_the_form(
    client: Client, office: Office, data: bytes, more: dict[str, str], why: str
) -> None:
    answer = sent(signed_in(client, office.gallery, "郑岚"), data, **more)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_an_upload_can_be_thrown_away(client: Client, office: Office) -> None:
    one = office.upload(GOOD)
    page = signed_in(client, office.gallery, "郑岚")
    assert page.post(f"{LIST}{one.id}/drop/", {"key": "d"}).status_code == 302
    assert "没有收，已删除" in page.get(LIST).content.decode()


def test_the_report_asks_the_same_questions_however_many_lines(
    client: Client, office: Office
) -> None:
    page = signed_in(client, office.gallery, "郑岚")

    def asked(many: int) -> int:
        one = office.upload([row("2025-03-08", "王芳", f"137{n:07d}") for n in range(many)])
        page.get(f"{LIST}{one.id}/?only=refused")
        with CaptureQueriesContext(connection) as queries:
            assert page.get(f"{LIST}{one.id}/?only=refused").status_code == 200
        return len(queries)

    assert asked(1) == asked(30)

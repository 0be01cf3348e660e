"""What must hold at the desk and has no other place: attachments of a matter, words found by an index, the ends of a price."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.desk.counter import Counter
from tests.desk.till import Till
from tests.files.shelf import opened, picture
from tests.files.test_contents import with_position
from yingbin.desk.models import DeskMatter
from yingbin.desk.prices import Ask
from yingbin.desk.queries.paid import account_of
from yingbin.desk.queries.sheet import Filter, rows_of
from yingbin.files.models import StoredFile

TOLD = {
    "words": "楼道灯不亮",
    "kind": "help",
    "source": "visit",
    "place": "大堂",
    "subject": "power",
}


def recorded(browser: Client, name: str, data: bytes, kind: str) -> str:
    """A call with something attached; the page that comes."""
    sheet = SimpleUploadedFile(name, data, content_type=kind)
    told = {**TOLD, "key": name, "photos": sheet}
    return browser.post(reverse("desk:new"), told, follow=True).content.decode()


@pytest.mark.clause("SD-4.1")
def test_a_photo_of_a_matter_keeps_no_position_and_is_served_as_a_picture_alone(
    counter: Counter, room: Path
) -> None:
    browser = counter.browser("苏")
    said = recorded(browser, "灯.jpg", picture(exif=with_position()), "image/jpeg")
    assert "2026-0001 号已登记" in said
    kept = StoredFile.objects.get()
    answer = browser.get(reverse("files:whole", args=[kept.id]), {"site": "x"})
    data = b"".join(answer) if answer.streaming else answer.content
    assert not opened(data).getexif()
    assert b"SECRETPHONE" not in data
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert counter.browser("钱").get(reverse("files:whole", args=[kept.id])).status_code == 404


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("灯.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg"),
        ("灯.html", b"<!doctype html><img src=x onerror=alert(1)>", "text/html"),
        ("灯.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        ("灯.png", b"\x89PNG\r\n\x1a\n<script>", "image/png"),
        ("灯.exe", b"MZ\x90\x00", "image/jpeg"),
    ],
)
def test_what_only_calls_itself_a_photo_is_refused_by_its_content_and_the_words_stay(
    counter: Counter, room: Path, name: str, data: bytes, kind: str
) -> None:
    page = recorded(counter.browser("苏"), name, data, kind)
    assert "楼道灯不亮" in page
    assert DeskMatter.objects.count() == 0
    assert StoredFile.objects.count() == 0


@pytest.mark.clause("SD-4.2.5")
def test_a_photo_of_a_complaint_is_nothing_to_whom_it_is_about(
    counter: Counter, room: Path
) -> None:
    sheet = SimpleUploadedFile("车.jpg", picture(), content_type="image/jpeg")
    told = {**TOLD, "kind": "complaint", "key": "c", "photos": sheet, "about": [str(counter.id("苏"))]}  # fmt: skip
    counter.browser("叶").post(reverse("desk:new"), told)
    photo = reverse("files:whole", args=[StoredFile.objects.get().id])
    assert counter.browser("叶").get(photo).status_code == 200
    assert counter.browser("苏").get(photo).status_code == 404


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize("words", ["漏水", "水管", "王某"])
def test_two_characters_are_found_by_the_index_of_pairs_and_by_no_search_through_texts(
    counter: Counter, words: str
) -> None:
    counter.record(title="厨房水管漏水", detail="王某说")
    counter.record(title="门禁卡丢了", home="1-1-101")
    rows = rows_of(counter.badge("苏"), Filter(which="all", words=words), counter.now)
    told = str(rows.query).lower()
    assert [row.number for row in rows] == [1]
    assert "grams" in told
    assert " like " not in told
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain select 1 from matters_matter where grams @> %s", [["aaaa漏水"]])
        assert "matter_grams" in str(cursor.fetchall())


@pytest.mark.clause("SD-4.2.3")
@pytest.mark.parametrize("code", ["A03", "A04"])
def test_a_price_of_nothing_and_the_highest_one_go_all_the_way(till: Till, code: str) -> None:
    total = {"A03": 0, "A04": 9_999_999}[code]
    one = till.finished(Ask(code))
    if total:
        till.pay(one, total, "transfer")
    assert account_of(till.desk(one)).owed == 0
    assert till.desk(one).amount == total
    assert till.act("苏", "tell", one)
    assert till.stands(one)[0] == "closed"
    assert till.faults() == []

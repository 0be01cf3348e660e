"""Photos of an incident: with words or alone, over a bad line, on its page and its paper, gone with their words."""

import io
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yingbin.customers.actions import erase_person
from yingbin.customers.actions.cards import register
from yingbin.duty.actions import cases, incidents
from yingbin.duty.actions.written import erase_words
from yingbin.duty.models import IncidentNote
from yingbin.duty.papers import report_pdf
from yingbin.duty.written import find
from yingbin.files.models import StoredFile
from yingbin.files.paper import Taker
from yingbin.files.ticks import wipe

from .doors import enter, here, shown
from .flat import Flat
from .line_pages import jpg
from .manned import faults, happen, manned, seen


@pytest.fixture
def day(flat: Flat, room: Path, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; it is ten; photos lie in a folder of the test."""
    return manned(flat, monkeypatch)


def tell(
    client: Client,
    day: Flat,
    case: UUID,
    text: str = "",
    *,
    key: str = "a",
    way: str = "words",
    **more: str,
) -> int:
    """Words with a photo, sent by the form of the incident's page; how it was answered."""
    told = {"key": key, "text": text, "photos": jpg(), **more}
    return client.post(here(day, f"incident/{case}/{way}/"), told).status_code


def small() -> str:
    return reverse("files:small", args=[StoredFile.objects.get().id])


@pytest.mark.clause("SF-4.6", "SC-4.6")
@pytest.mark.parametrize(("text", "said"), [("灶台上起火", "灶台上起火"), ("", "现场照片")])
def test_a_photo_stands_with_the_words_it_came_with_or_alone(
    day: Flat, text: str, said: str
) -> None:
    case = happen(day)
    assert tell(enter(day, "叶"), day, case, text) == 302
    page = shown(enter(day, "许"), here(day, f"incident/{case}/"))
    assert said in page
    assert small() in page
    assert enter(day, "秦").get(small()).status_code == 200
    assert faults(day) == []


def test_whoever_is_elsewhere_sees_no_photo_of_it_and_adds_none(day: Flat) -> None:
    case, other = happen(day), Flat()
    tell(enter(day, "叶"), day, case)
    assert enter(other, "许").get(small()).status_code == 404
    assert tell(enter(other, "许"), other, case) == 404
    assert StoredFile.objects.count() == 1


def test_neither_words_nor_a_photo_is_refused_with_what_to_do(day: Flat) -> None:
    address = here(day, f"incident/{happen(day)}/words/")
    answer = enter(day, "叶").post(address, {"key": "a", "text": " "})
    assert answer.status_code == 422
    assert "请填写补充，或者拍一张照片" in answer.content.decode()


def test_a_report_that_is_refused_keeps_its_photo(day: Flat) -> None:
    case = happen(day)
    told = {"key": "a", "text": "还没完", "photos": jpg()}
    answer = enter(day, "叶").post(here(day, f"incident/{case}/report/"), told)
    assert answer.status_code == 422
    assert small() in answer.content.decode()
    day.do(cases.end_case, "许", case=case)
    kept = {"key": "b", "text": "浇灭了", "photos": str(StoredFile.objects.get().id)}
    assert enter(day, "叶").post(here(day, f"incident/{case}/report/"), kept).status_code == 302
    assert len(seen(day, case).report.photos) == 1  # type: ignore[union-attr]


def test_sent_twice_over_a_bad_line_it_counts_once_and_says_when_it_was_typed(day: Flat) -> None:
    case = happen(day)
    typed = (day.now - timedelta(minutes=12)).isoformat()
    for _ in range(2):
        assert tell(enter(day, "叶"), day, case, "门口有烟", typed_at=typed) == 302
    row = IncidentNote.objects.get(what="words")
    assert (row.at - row.typed_at).total_seconds() == 720  # type: ignore[operator]
    assert StoredFile.objects.filter(about_id=row.id).count() == 1
    assert "写的，当时没有网" in shown(enter(day, "许"), here(day, f"incident/{case}/"))
    assert faults(day) == []


@pytest.mark.clause("SF-4.6")
def test_the_paper_shows_photos_under_the_numbers_that_its_words_name(day: Flat) -> None:
    case = happen(day)
    for number in range(14):
        tell(enter(day, "叶"), day, case, f"第{number}处", key=f"k{number}")
    paper = report_pdf(seen(day, case), Taker("样板间", "许", day.now, "存档"))
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for words in ("第3处图4", "图12", "另有2张"):
        assert words in text


def test_a_page_asks_no_more_however_many_photos_it_has(day: Flat) -> None:
    case, lead = happen(day), enter(day, "许")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(lead, here(day, f"incident/{case}/"))
        return len(asked)

    tell(enter(day, "叶"), day, case)
    count()
    before = count()
    for number in range(6):
        tell(enter(day, "叶"), day, case, key=f"k{number}")
    assert count() == before


@pytest.mark.clause("TQ-11")
def test_the_photo_goes_with_the_words_that_name_a_customer_who_is_erased(day: Flat) -> None:
    card = day.do(register, "叶", name="王建国", phone="13812341234")
    case = happen(day, "")
    tell(enter(day, "叶"), day, case, "王建国在门口吵闹")
    address = small()
    told = {"customer_id": card.customer, "reason": "本人来信", "sure": str(card.number)}
    day.do(erase_person, "许", **told)
    assert enter(day, "许").get(address).status_code == 404
    assert wipe(day.now) == 1
    assert faults(day) == []


def test_a_photo_that_should_not_be_there_is_crossed_out_by_hand(day: Flat) -> None:
    tell(enter(day, "叶"), day, happen(day))
    found = find(day.site, "现场照片")
    day.do(erase_words, "许", text="现场照片", chosen=(found[0].key,), because="needless")
    assert StoredFile.objects.get().gone_why == "erased"
    assert faults(day) == []


def test_a_drill_takes_photos_too(day: Flat) -> None:
    case = day.do(incidents.open_drill, "许", type="火情", post=day.post).incident
    assert tell(enter(day, "秦"), day, case, "都撤到楼下") == 302
    assert len(seen(day, case).facts[-1].photos) == 1

"""The register and the day's certificate as PDF, with names, signatures and the reason kept (TQ-3, TQ-11)."""

import hashlib
from typing import Any

import pytest
from django.test import Client

from tests.files.test_paper import read
from tests.gallery.conftest import Gallery
from tests.gallery.test_book import signed_in
from yingbin.gallery.actions import days
from yingbin.gallery.models import GalleryDay, RegisterExport
from yingbin.gallery.views import book
from yingbin.reports.actions import tick

ASKED: dict[str, Any] = {"key": "e9", "form": "pdf", "why": "存档", "since": "2020-01-01"}


@pytest.fixture
def kept(hall: Gallery) -> Gallery:
    visit = hall.arrive(name="张*伟#[]", phone="13812341234")
    hall.finish(visit)
    return hall


@pytest.mark.clause("TQ-3")
def test_a_pdf_of_the_register_leaves_with_full_numbers_and_its_digest(
    client: Client, kept: Gallery
) -> None:
    page = signed_in(client, kept, "郑岚")
    answer = page.post("/gallery/register/export/", ASKED)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    text, _ = read(answer.content)
    assert "张*伟#[]" in text
    assert "13812341234" in text
    assert "郑岚" in text
    row = RegisterExport.objects.get()
    assert (row.form, row.sha256) == ("pdf", hashlib.sha256(answer.content).hexdigest())


def test_more_rows_than_a_pdf_takes_are_refused_and_not_cut_off(
    client: Client, kept: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MOST_IN_PDF", 0)
    answer = signed_in(client, kept, "郑岚").post("/gallery/register/export/", ASKED)
    assert "缩短日期" in answer.content.decode()
    assert not RegisterExport.objects.exists()


@pytest.mark.clause("TQ-11")
def test_the_days_certificate_is_handed_out_as_pdf(client: Client, kept: Gallery) -> None:
    kept.do(days.close_gallery, "郑岚")
    tick(kept.now)
    day = GalleryDay.objects.get(site_id=kept.site).day
    page = signed_in(client, kept, "郑岚")
    answer = page.get(f"/reports/certificate/{day}/pdf/", follow=True)
    text, pages = read(answer.content)
    assert (answer["Content-Type"], pages) == ("application/pdf", 1)
    assert "公平证书" in text
    assert "成立" in text
    assert page.get("/reports/certificate/2020-01-01/pdf/", follow=True).status_code == 404

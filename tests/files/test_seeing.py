"""Who sees a file and how it is served; what a page's script may send."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.files.conftest import ask, by, lying, noted, taken, write_note
from tests.files.shelf import SEEN_BY, opened, picture
from tests.people.conftest import sign_in
from yingbin.files.models import StoredFile
from yingbin.journal.write import new_key
from yingbin.people.ids import uuid7
from yingbin.people.models import Site

pytestmark = pytest.mark.django_db


def test_a_file_is_seen_by_those_who_see_what_it_belongs_to_and_nobody_else(hupan: Site) -> None:
    file_id = noted(hupan, "苏晴", seen_by=("郑岚",))
    for name, status in (("苏晴", 200), ("郑岚", 200), ("林悦", 404), ("秦明", 404), ("顾北", 404)):
        browser = sign_in(name)
        assert ask(browser, file_id).status_code == status, name
        assert ask(browser, file_id, "small").status_code == status, name
    assert ask(Client(), file_id).status_code == 302


def test_before_it_is_submitted_only_its_own_person_sees_it(hupan: Site) -> None:
    mine = taken(hupan, "苏晴")
    assert ask(sign_in("苏晴"), mine).status_code == 200
    assert ask(sign_in("郑岚"), mine).status_code == 404


def test_whoever_left_the_site_sees_it_no_more(hupan: Site) -> None:
    file_id = noted(hupan, "苏晴")
    browser = sign_in("苏晴")
    assert ask(browser, file_id).status_code == 200
    cast.person("苏晴").assignments.update(until=timezone.now() - timedelta(seconds=1))
    assert ask(browser, file_id).status_code in (403, 404)


def test_the_site_chosen_in_the_session_changes_nothing(hupan: Site) -> None:
    other = Site.objects.create(kind="headquarters", code="zb", name="总部", short_name="总部")
    elsewhere = noted(other, "苏晴")
    assert ask(sign_in("苏晴"), elsewhere).status_code == 404, "no role there, whoever wrote it"


def test_a_picture_is_served_as_nothing_but_a_picture(hupan: Site) -> None:
    answer = ask(sign_in("苏晴"), noted(hupan, "苏晴"))
    assert opened(answer.content).format == "JPEG"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_scan_is_only_ever_a_download(hupan: Site) -> None:
    note, scan = uuid7(), taken(hupan, data=b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF")
    SEEN_BY[note] = {cast.person("苏晴").id}
    write_note(by(hupan, "苏晴"), note=note, files=(scan,))
    browser = sign_in("苏晴")
    answer = ask(browser, scan)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert ask(browser, scan, "small").status_code == 404


def test_a_browser_that_has_it_is_asked_again_and_gets_no_bytes_twice(hupan: Site) -> None:
    file_id = noted(hupan, "苏晴")
    browser = sign_in("苏晴")
    mark = ask(browser, file_id)["ETag"]
    again = ask(browser, file_id, HTTP_IF_NONE_MATCH=mark)
    assert (again.status_code, again.content) == (304, b"")
    assert ask(sign_in("林悦"), file_id, HTTP_IF_NONE_MATCH=mark).status_code == 404


def send(client: Client, data: bytes, key: str = "", owner: str = "note") -> Any:
    file = SimpleUploadedFile("IMG_0001.html", data, content_type="text/html")
    told = {"key": key or new_key(), "owner": owner, "file": file}
    return client.post(reverse("files:upload"), told)


def test_an_upload_answers_with_its_id_and_small_picture_whatever_its_name_says(
    hupan: Site,
) -> None:
    browser = sign_in("苏晴")
    told = send(browser, picture(), "p-1").json()
    assert send(browser, picture(), "p-1").json() == told
    assert browser.get(told["small"])["Content-Type"] == "image/jpeg"
    assert StoredFile.objects.count() == 1


def test_an_upload_that_is_no_picture_says_why(hupan: Site) -> None:
    answer = send(sign_in("苏晴"), b"<html>")
    assert answer.status_code == 422
    assert "不是能用的照片" in answer.json()["why"]


@pytest.mark.parametrize(("name", "owner"), [("秦明", "note"), ("苏晴", "elsewhere"), ("苏晴", "")])
def test_who_may_not_add_to_such_things_uploads_nothing(
    hupan: Site, room: Path, name: str, owner: str
) -> None:
    assert send(sign_in(name), picture(), owner=owner).status_code == 403
    assert lying(room) == []

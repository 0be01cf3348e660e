"""A form with photos: what came along is taken in once, what is wrong is said beside it, forged ids lead nowhere."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from tests.files.conftest import by, write_note
from tests.files.shelf import picture
from yingbin.files import queries
from yingbin.files.forms import PhotosField, taken_with
from yingbin.files.models import StoredFile
from yingbin.pages.forms import KeyedForm, text
from yingbin.people.ids import uuid7
from yingbin.people.models import Site


class NoteForm(KeyedForm):
    words = text("说明", 40)
    photos = PhotosField(owner="note")


def sent(*files: bytes, kept: tuple[object, ...] = (), words: str = "漏水") -> NoteForm:
    data = QueryDict(mutable=True)
    data["words"] = words
    data.setlist("photos", [str(k) for k in kept])
    along: Any = [SimpleUploadedFile("a.jpg", f) for f in files]
    return NoteForm(data, MultiValueDict({"photos": along}))


@pytest.mark.django_db
def test_what_comes_along_is_taken_in_once_for_the_key_of_the_form(hupan: Site) -> None:
    who = by(hupan, "苏晴", "form-1")
    first, again = (
        taken_with(who, sent(picture(), picture(90, 90), words=words)) for words in ("", "漏水")
    )
    assert first == again
    assert StoredFile.objects.count() == 2


@pytest.mark.django_db
def test_a_photo_that_is_none_is_said_beside_the_others_that_stay(hupan: Site) -> None:
    form = sent(picture(), b"<html>", picture(90, 90))
    ids = taken_with(by(hupan, "苏晴"), form)
    assert len(ids) == 2
    assert not form.is_valid()
    assert "第 2 张：这不是能用的照片" in form.errors["photos"][0]
    drawn = Template("{% load photos %}{% photos form.photos %}").render(Context({"form": form}))
    for file_id in ids:
        assert f'value="{file_id}" checked' in drawn
    assert "第 2 张：这不是能用的照片" in drawn


@pytest.mark.django_db
def test_ten_are_refused_before_any_is_taken_in(hupan: Site) -> None:
    form = sent(*[picture()] * 10)
    assert taken_with(by(hupan, "苏晴"), form) == ()
    assert "现在有 10 张" in form.errors["photos"][0]
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_ids_that_are_forged_or_somebody_elses_are_not_shown_again(hupan: Site) -> None:
    theirs = taken_with(by(hupan, "林悦"), sent(picture()))
    form = sent(kept=("x", uuid4(), *theirs), words="")
    taken_with(by(hupan, "苏晴"), form)
    drawn = Template("{% load photos %}{% photos form.photos %}").render(Context({"form": form}))
    assert "<img" not in drawn


@pytest.mark.django_db
def test_a_things_photos_are_shown_to_look_at_and_a_scan_to_download(hupan: Site) -> None:
    note = uuid7()
    ids = taken_with(by(hupan, "苏晴"), sent(picture(), b"%PDF-1.4\n%%EOF"))
    write_note(by(hupan, "苏晴"), note=note, files=ids)
    files = queries.files_of(hupan.id, "note", [note])[note]
    drawn = Template("{% load photos %}{% shots files %}").render(Context({"files": files}))
    assert drawn.count("<img") == 1
    assert "扫描件" in drawn


def test_where_one_is_wanted_none_is_refused() -> None:
    class Wanted(KeyedForm):
        photos = PhotosField(owner="note", required=True)

    form = Wanted(QueryDict(""), MultiValueDict())
    assert form.errors["photos"] == ["请至少拍一张照片。"]

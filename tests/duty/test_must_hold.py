"""Phones and days as they are: without a camera, with photos of 20 MB, in HEIC; a place that closes early today.

What else a day must stand has its tests beside its part: docs/duty.md, Testing, names each.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.files.shelf import picture as a_picture
from yingbin.duty.actions import checks
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyEvent
from yingbin.duty.queries.check_lists import shown_lists
from yingbin.duty.queries.picture import picture
from yingbin.files.contents import MAX_BYTES
from yingbin.files.models import StoredFile
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.models import OpeningHours

from .doors import enter as entered
from .doors import here, shown
from .flat import MONDAY, Flat
from .test_check_lists import Lists

Enter = Callable[[str], Client]
ROOM = "客厅"


@pytest.fixture
def view(flat: Flat, room: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Flat, str, str]:
    """The opening check wants a photo of the living room, and one of a lamp that doesn't burn; 叶 and 陈 are there."""
    lists = Lists(flat)
    whole = lists.add(title="全景", kind="photo", may_be_na=False)
    lamp = lists.add(title="射灯", photo_if_failed=True, line="slip")
    lists.publish()
    flat.come("陈")
    monkeypatch.setattr("django.utils.timezone.now", lambda: flat.now)
    return flat, whole, lamp


def opening(flat: Flat, path: str = "") -> str:
    return here(flat, f"check/{flat.post}/opening/{path}")


def living_room(flat: Flat) -> str:
    sections = shown_lists(flat.site)["opening"].template.sections
    return next(s.id for s in sections if s.title == ROOM)


def answers(flat: Flat) -> dict[str, str]:
    task = picture(flat.site, flat.now).task(f"{flat.post}/opening")
    assert task is not None
    return {item.id: item.answer for item in task.items}


def heard(flat: Flat) -> list[str]:
    return list(Notice.objects.filter(kind="duty.no_photo").values_list("title", flat=True))


@pytest.mark.clause("SF-4.1")
def test_a_phone_without_a_camera_is_offered_a_file_a_colleague_and_a_word_why(
    view: tuple[Flat, str, str],
) -> None:
    flat, _, lamp = view
    page = shown(entered(flat, "叶"), opening(flat))
    assert "选照片" in page
    assert "拍不了照？" in page
    assert "请在岗的同事用自己的手机来填" in page
    assert "拍不了照？" in shown(entered(flat, "叶"), opening(flat, f"item/{lamp}/"))


@pytest.mark.clause("SF-4.1")
def test_a_phone_without_a_camera_says_why_and_the_lead_hears_of_it(
    view: tuple[Flat, str, str],
) -> None:
    flat, whole, _ = view
    address, one = opening(flat, f"room/{living_room(flat)}/"), entered(flat, "叶")
    assert one.post(address, {"key": "a"}).status_code == 422
    assert answers(flat)[whole] == ""
    told = {"key": "b", f"{whole}-why": "手机没有摄像头"}
    for _ in range(2):  # sent again over a bad line
        assert one.post(address, told).status_code == 302
    assert answers(flat)[whole] == "na"
    event = DutyEvent.objects.get(event="answer", facts__item=whole)
    assert event.words == {"reason": "没有拍照：手机没有摄像头"}
    assert heard(flat) == ["客厅·全景没有拍照"]
    assert list(disagreements(flat.log)) == []


@pytest.mark.clause("SF-4.1")
def test_a_lead_who_wants_the_photo_all_the_same_sends_it_back_and_a_colleague_takes_it(
    view: tuple[Flat, str, str],
) -> None:
    flat, whole, _ = view
    item = opening(flat, f"item/{whole}/answer/")
    entered(flat, "叶").post(item, {"key": "a", f"{whole}-why": "镜头摔坏了"})
    task = f"{flat.post}/opening"
    flat.do(checks.send_back, "许", task=task, item=whole, word="请陈拍一张")
    photo = SimpleUploadedFile("a.jpg", a_picture(), "image/jpeg")
    assert entered(flat, "陈").post(item, {"key": "b", whole: photo}).status_code == 302
    assert answers(flat)[whole] == "ok"


@pytest.mark.clause("SF-4.1", "SF-4.4")
def test_what_is_wrong_is_told_from_a_phone_without_a_camera_too(
    view: tuple[Flat, str, str],
) -> None:
    flat, _, lamp = view
    address, one = opening(flat, f"item/{lamp}/failed/"), entered(flat, "叶")
    told = {"key": "a", "kind": "slip", "title": "射灯不亮"}
    refused = one.post(address, told)
    assert refused.status_code == 422
    assert "射灯不亮" in refused.content.decode()
    assert one.post(address, told | {"key": "b", "no_photo": "没有摄像头"}).status_code == 302
    assert Matter.objects.get(title="射灯不亮").detail.endswith("没有拍照：没有摄像头")


def posted(flat: Flat, one: Client, data: bytes, name: str = "IMG.jpg") -> tuple[int, str]:
    """A slip with a photo, as a phone without script sends it."""
    told = {"key": name, "kind": "slip", "post": str(flat.post), "title": "墙角渗水"}
    photo = SimpleUploadedFile(name, data, "image/jpeg")
    answer = one.post(here(flat, "line/new/"), told | {"photos": photo})
    return answer.status_code, answer.content.decode()


@pytest.mark.clause("SF-4.3.6")
@pytest.mark.parametrize("form", ["JPEG", "HEIF"])
def test_a_photo_of_20_mb_or_in_heic_is_taken_and_kept_as_large_as_a_screen_needs(
    desk: Flat, room: Path, enter: Enter, form: str
) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    data = a_picture(3000, 2000, form)
    full = data + b"\0" * (MAX_BYTES - len(data)) if form == "JPEG" else data
    status, _ = posted(desk, enter("叶"), full)
    assert status == 302
    kept = StoredFile.objects.get(about_id=Matter.objects.get().id)
    assert (kept.media_type, kept.width) == ("image/jpeg", 1600)
    assert kept.size < 1024 * 1024


@pytest.mark.clause("SF-4.3.6")
def test_a_photo_over_20_mb_says_so_in_a_sentence_and_nothing_typed_is_lost(
    desk: Flat, room: Path, enter: Enter
) -> None:
    status, page = posted(desk, enter("叶"), a_picture() + b"\0" * MAX_BYTES)
    assert status == 422
    assert "一个文件最多 20 MB" in page
    assert "墙角渗水" in page
    assert not Matter.objects.exists()


@pytest.mark.clause("SF-4.7")
def test_a_site_that_closes_early_today_has_its_closing_check_early_and_misses_nobody_later(
    flat: Flat,
) -> None:
    """The calendar says so before the day begins: whoever stood there until then is missed by nobody afterwards."""
    OpeningHours.objects.filter(site=flat.place, weekday=MONDAY.weekday()).update(closes="15:00")
    flat.come("秦")
    flat.well("叶", "closing", at="14:40")
    closing = picture(flat.site, flat.now).task(f"{flat.post}/closing")
    assert closing is not None
    assert closing.due == flat.at("15:00")
    before = flat.alerts()
    flat.clock("17:30")
    late = [
        one for one in flat.alerts()[len(before) :] if one.startswith(("gap", "missing/closing"))
    ]
    assert late == []


@pytest.mark.clause("SF-4.7")
def test_where_it_is_known_on_the_day_itself_the_lead_s_page_says_what_to_do(
    desk: Flat, enter: Enter
) -> None:
    page = shown(enter("许"), here(desk, "posts/"))
    assert "今天要提前关门" in page
    assert "按突发事件处理" in page

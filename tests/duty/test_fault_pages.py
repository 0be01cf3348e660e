"""扫码报修: what strangers report, and whoever on duty makes of it (SF-4.4)."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yingbin.duty.actions import faults, presence
from yingbin.duty.models import FaultReport
from yingbin.files.models import StoredFile
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice

from .doors import here
from .flat import Flat
from .line_pages import an_asset, jpg, page_of, text


@pytest.mark.clause("SF-4.4", "SC-4.4")
def test_a_label_opens_its_asset_for_whoever_is_on_duty_there_and_a_form_for_a_stranger(
    today: Flat,
) -> None:
    asset = an_asset(today)
    label = f"/duty/scan/{asset.mark}/"
    assert page_of(today, "叶").get(label)["Location"] == here(today, f"assets/{asset.id}/")
    for browser in (Client(), page_of(Flat(), "叶")):
        shown = text(browser, label)
        assert "哪里坏了" in shown
        assert "恒温机电" not in shown  # a stranger reads nothing of the house
        assert "先开总闸" not in shown
    assert Client().get("/duty/scan/nothing/").status_code == 404


@pytest.mark.clause("SF-4.4")
def test_a_strangers_fault_is_unconfirmed_until_somebody_on_duty_makes_it_a_repair(
    today: Flat, room: Path
) -> None:
    asset = an_asset(today)
    told = {"key": "s", "words": "不出冷风，一直滴水", "photo": jpg()}
    answer = Client().post(f"/duty/scan/{asset.mark}/", told)
    assert answer["Location"] == "/duty/scan/thanks/"
    assert not Matter.objects.exists()
    assert Notice.objects.filter(kind="duty.fault", to_id=today.people["叶"]).exists()
    page = page_of(today, "叶")
    assert "扫码报修 1 条" in text(page, here(today, ""))
    row = FaultReport.objects.get()
    page.post(here(today, f"faults/{row.id}/confirm/"), {"key": "c"})
    row.refresh_from_db()
    matter = Matter.objects.get()
    assert (row.state, row.matter_id, matter.owner_id) == (
        "confirmed",
        matter.id,
        today.people["叶"],
    )
    assert matter.title == "中央空调：不出冷风，一直滴水"
    assert StoredFile.objects.filter(owner="matter", about_id=matter.id).count() == 1
    # Twice is once: somebody else sees that it was dealt with.
    page_of(today, "许").post(here(today, f"faults/{row.id}/confirm/"), {"key": "d"})
    assert Matter.objects.count() == 1


def test_a_fault_that_is_none_is_dismissed_with_a_word(today: Flat) -> None:
    asset = an_asset(today)
    Client().post(f"/duty/scan/{asset.mark}/", {"key": "s", "words": "打不开"})
    row, page = FaultReport.objects.get(), page_of(today, "叶")
    path = here(today, f"faults/{row.id}/dismiss/")
    assert page.post(path, {"key": "a", "reason": ""}).status_code == 422
    page.post(path, {"key": "b", "reason": "试过，是好的"})
    row.refresh_from_db()
    assert (row.state, row.reason, row.decided_by) == (
        "dismissed",
        "试过，是好的",
        today.people["叶"],
    )


@pytest.mark.parametrize(
    ("of_one", "why"),
    [(True, "已经有人报过"), (False, "现在报故障的人很多")],
)
def test_strangers_cannot_flood_the_house(today: Flat, of_one: bool, why: str) -> None:
    asset = an_asset(today)
    limit = faults.WAITING_OF_ONE if of_one else faults.AN_HOUR
    for n in range(limit):
        one = asset if of_one else an_asset(today, f"设备{n}")
        today.do(faults.tell_fault, "叶", mark=one.mark, words="坏了")
    answer = Client().post(f"/duty/scan/{asset.mark}/", {"key": "x", "words": "又坏了"})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert "又坏了" in answer.content.decode()
    assert FaultReport.objects.count() == limit


@pytest.mark.parametrize(
    ("sent", "why"),
    [({"words": ""}, "请用一句话写下哪里坏了"), ({"words": "坏了", "photo": SimpleUploadedFile("a.jpg", b"<html>")}, "这不是能用的照片")],
)  # fmt: skip
def test_a_strangers_mistake_is_told_in_words(
    today: Flat, room: Path, sent: dict[str, object], why: str
) -> None:
    answer = Client().post(f"/duty/scan/{an_asset(today).mark}/", {"key": "x", **sent})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not FaultReport.objects.exists()


def test_whoever_is_not_on_duty_here_confirms_nothing(today: Flat) -> None:
    asset = an_asset(today)
    Client().post(f"/duty/scan/{asset.mark}/", {"key": "s", "words": "打不开"})
    row, other = FaultReport.objects.get(), Flat()
    other.do(presence.sign_on, "叶", at="08:20")
    path = here(other, f"faults/{row.id}/confirm/")
    assert page_of(other, "叶").post(path, {"key": "c"}).status_code == 404
    assert not Matter.objects.exists()


def test_a_strangers_form_sent_twice_counts_once(today: Flat, room: Path) -> None:
    asset = an_asset(today)
    for _ in range(2):
        told = {"key": "s", "words": "不出冷风", "photo": jpg()}
        answer = Client().post(f"/duty/scan/{asset.mark}/", told)
        assert answer["Location"] == "/duty/scan/thanks/"
    assert (FaultReport.objects.count(), StoredFile.objects.count()) == (1, 1)

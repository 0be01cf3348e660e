"""Pages of 设备: how one is operated, its history, its labels, its supplier's record (SF-4.4)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from yingbin.duty.actions import faults, lines
from yingbin.duty.actions.lines import Details
from yingbin.duty.models import Asset, LineDetail
from yingbin.duty.queries.performance import performance
from yingbin.files.models import StoredFile
from yingbin.matters import actions as matters
from yingbin.rules.decision import Refused

from .doors import here
from .flat import Flat
from .line_pages import an_asset, jpg, page_of, text


@pytest.mark.clause("SF-4.4", "SC-4.4")
def test_an_asset_shows_how_it_is_operated_and_all_that_was_with_it(today: Flat) -> None:
    asset = an_asset(today)
    page = page_of(today, "叶")
    told = {"key": "a", "kind": "repair", "post": today.post, "title": "不出冷风"}
    page.post(here(today, f"line/new/?asset={asset.id}"), told | {"asset": asset.id})
    shown = text(page, here(today, f"assets/{asset.id}/"))
    for words in ("先开总闸<br>再按开", "恒温机电", "不出冷风", f'value="{asset.id}" selected'):
        assert words in shown
    kept = LineDetail.objects.get()
    assert (kept.asset_id, kept.supplier) == (asset.id, "恒温机电")
    assert page_of(today, "苏").get(here(today, f"assets/{asset.id}/")).status_code == 200
    elsewhere = Flat()
    assert page_of(elsewhere, "许").get(here(elsewhere, f"assets/{asset.id}/")).status_code == 404


def test_an_asset_is_kept_under_its_number_and_given_up_with_its_history(today: Flat) -> None:
    page = page_of(today, "许")
    told = {"key": "a", "name": "投影仪", "place": "影音室", "warranty_until": "2027-05-01"}
    page.post(here(today, "assets/keep/"), told)
    row = Asset.objects.get()
    page.post(here(today, "assets/keep/"), told | {"key": "b", "asset": row.id, "name": "激光投影"})
    row.refresh_from_db()
    assert (row.number, row.name, row.warranty_until) == (1, "激光投影", date(2027, 5, 1))
    page.post(here(today, f"assets/{row.id}/end/"), {"key": "c"})
    assert "激光投影" not in text(page, here(today, "assets/"))
    assert page_of(today, "叶").post(here(today, "assets/keep/"), told).status_code == 403
    with pytest.raises(Refused, match="已经停用"):
        today.do(
            lines.open_line, "叶", kind="repair", post=today.post, title="坏了", details=Details(asset=row.id)
        )  # fmt: skip


def test_labels_are_printed_for_all_or_one_on_the_free_places_of_a_sheet(today: Flat) -> None:
    page = page_of(today, "许")
    assert page.get(here(today, "assets/labels/")).status_code == 404
    asset = an_asset(today)
    for path in ("assets/labels/", f"assets/labels/?asset={asset.id}&from=5"):
        paper = page.get(here(today, path))
        assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.clause("SF-4.4", "SC-4.4")
def test_the_record_of_a_supplier_says_how_long_what_was_kept_and_verified_at_first(
    today: Flat,
) -> None:
    asset = an_asset(today)

    def mended(promise: int, after: int, *, fails: bool = False) -> None:
        made = today.do(
            lines.open_line, "叶", kind="repair", post=today.post, title="漏水", details=Details(asset=asset.id)
        )  # fmt: skip
        at = today.now
        promised = at + timedelta(hours=promise)
        today.do(matters.act, "叶", matter_id=made.matter, verb="promise", due_at=promised)
        today.now = at + timedelta(hours=after, seconds=-1)
        today.do(matters.act, "叶", matter_id=made.matter, verb="finish")
        if fails:
            today.do(matters.act, "叶", matter_id=made.matter, verb="fail", note="还漏")
            today.do(matters.act, "叶", matter_id=made.matter, verb="finish")
        today.do(matters.done, "叶", matter_id=made.matter)
        today.now = at

    mended(2, 1)
    mended(2, 3, fails=True)
    mended(4, 2)
    day = today.at("00:00")
    seen = performance(today.site, day, day + timedelta(days=1), today.at("20:00"))
    (record,) = seen.suppliers
    assert (record.name, record.many, record.open) == ("恒温机电", 3, 0)
    assert (record.kept, record.promised, record.at_first, record.verified) == (2, 3, 2, 3)
    assert round(record.hours or 0) == 2
    assert [r.name for r in seen.parties] == ["叶"]
    shown = text(page_of(today, "许"), here(today, "lines/performance/"))
    assert "2 / 3" in shown


def test_a_label_of_what_was_given_up_leads_nowhere(today: Flat) -> None:
    asset = an_asset(today)
    page_of(today, "许").post(here(today, f"assets/{asset.id}/end/"), {"key": "e"})
    answer = Client().get(f"/duty/scan/{asset.mark}/")
    assert answer.status_code == 404
    assert "标签停用了" in answer.content.decode()
    with pytest.raises(Refused, match="标签已经停用"):
        today.do(faults.tell_fault, "叶", mark=asset.mark, words="坏了")


def test_a_photo_of_an_asset_is_seen_by_those_on_duty_there_and_nobody_else(
    today: Flat, room: Path
) -> None:
    page = page_of(today, "许")
    page.post(here(today, "assets/keep/"), {"key": "a", "name": "中央空调", "photos": [jpg()]})
    photo = f"/files/{StoredFile.objects.get().id}/small/"
    assert photo in text(page_of(today, "叶"), here(today, f"assets/{Asset.objects.get().id}/"))
    assert page_of(today, "叶").get(photo).status_code == 200
    assert page_of(Flat(), "叶").get(photo).status_code == 404

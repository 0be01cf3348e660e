"""Pages of 单子 and 物品损坏: what people press, see and may not (SF-4.3.4, SF-4.3.6)."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yingbin.duty.actions import lines
from yingbin.duty.actions.lines import Details
from yingbin.duty.models import FaultReport, LineDetail
from yingbin.files.models import StoredFile
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter
from yingbin.people.models import Company

from .doors import here
from .flat import Flat
from .line_pages import an_asset, jpg, page_of, text


@pytest.mark.clause("SF-4.4")
def test_a_repair_with_its_photo_is_one_form(today: Flat, room: Path) -> None:
    page = page_of(today, "叶")
    shown = text(page, here(today, "line/new/?kind=repair"))
    assert f'value="{today.post}" selected' in shown  # where one stands is chosen already
    told = {
        "key": "a",
        "kind": "repair",
        "post": today.post,
        "title": "窗把手松动",
        "photos": [jpg()],
    }
    assert page.post(here(today, "line/new/"), told).status_code == 302
    matter = Matter.objects.get()
    assert StoredFile.objects.get().purpose == "before"
    assert "维修前" in text(page, f"/matters/{matter.id}/")


def test_a_refused_damage_keeps_what_was_typed_and_its_photo(today: Flat, room: Path) -> None:
    page = page_of(today, "叶")
    told = {
        "key": "a",
        "kind": "damage",
        "post": today.post,
        "title": "花瓶碎了",
        "present": "李女士",
    }
    answer = page.post(here(today, "line/damage/"), told | {"photos": [jpg()]})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "花瓶碎了" in shown
    assert "李女士" in shown
    assert f'value="{StoredFile.objects.get().id}" checked' in shown
    assert not Matter.objects.exists()


@pytest.mark.clause("SF-4.3.4", "SC-4.3.3")
def test_the_report_of_a_damage_comes_as_a4_to_whoever_sees_the_damage_and_nobody_else(
    today: Flat, room: Path
) -> None:
    page = page_of(today, "叶")
    told = {
        "key": "a",
        "kind": "damage",
        "post": today.post,
        "title": "玄关花瓶打碎",
        "value": "1800",
    }
    told |= {"cause": "child", "present": "李女士", "photos": [jpg()]}
    page.post(here(today, "line/damage/"), told)
    matter = Matter.objects.get()
    assert LineDetail.objects.get().value == 1800
    sheet, sending = (
        here(today, f"line/{matter.id}/{way}/") for way in ("damage-sheet", "sending")
    )
    assert sending.removeprefix(f"/s/{today.place.code}") in text(page, f"/matters/{matter.id}/")
    assert sheet.removeprefix(f"/s/{today.place.code}") in text(page, sending)
    paper = page.get(sheet)
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert page_of(today, "苏").get(sheet).status_code == 404
    elsewhere = Flat()
    assert page_of(elsewhere, "许").get(here(elsewhere, f"line/{matter.id}/damage-sheet/")).status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("which", "kind", "seen"),
    [
        ("open", "", ["客户问车位", "空调漏水"]),
        ("open", "repair", ["空调漏水"]),
        ("finished", "", ["空调漏水"]),
        ("late", "", ["客户问车位", "空调漏水"]),
        ("ended", "", ["沙盘灯闪"]),
    ],
)
def test_a_lead_finds_lines_by_where_they_stand_and_their_kind(
    today: Flat, which: str, kind: str, seen: list[str]
) -> None:
    def write(kind: str, title: str) -> UUID:
        made = today.do(lines.open_line, "叶", kind=kind, post=today.post, title=title)
        return made.matter

    write("slip", "客户问车位")
    today.do(matters.act, "叶", matter_id=write("repair", "空调漏水"), verb="finish")
    today.do(matters.done, "叶", matter_id=write("slip", "沙盘灯闪"))
    if which == "late":
        today.now += timedelta(days=9)
    shown = text(page_of(today, "许"), here(today, f"lines/?which={which}&kind={kind}"))
    titles = ["客户问车位", "空调漏水", "沙盘灯闪"]
    assert [title for title in titles if title in shown] == seen
    assert page_of(today, "叶").get(here(today, "lines/")).status_code == 403


def test_the_lead_says_whom_a_line_goes_to_and_the_next_one_goes_there(today: Flat) -> None:
    page = page_of(today, "许")
    told = {"key": "r", "slip": str(today.people["陈"]), "repair": "", "damage": ""}
    assert page.post(here(today, "lines/routes/"), told).status_code == 422  # no reason
    page.post(here(today, "lines/routes/"), told | {"reason": "陈管信息"})
    made = today.do(lines.open_line, "叶", kind="slip", post=today.post, title="客户问车位")
    assert Matter.objects.get(id=made.matter).offered_to == today.people["陈"]


@pytest.mark.parametrize("path", ["lines/", "assets/", "lines/performance/", "faults/"])
def test_lists_ask_as_often_for_many_as_for_one(today: Flat, path: str) -> None:
    page = page_of(today, "许")

    def more(n: int) -> None:
        for k in range(n):
            asset = an_asset(today, f"灯{k}")
            told = Details(asset=asset.id)
            today.do(
                lines.open_line, "叶", kind="repair", post=today.post, title="不亮", details=told
            )
            row = FaultReport(site=today.place, asset=asset, words="坏", made_at=today.now, seq=1)
            row.save()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text(page, here(today, path))
        return len(seen)

    more(1)
    asked()
    once = asked()
    more(6)
    assert asked() == once


def test_a_matter_of_another_wing_says_nothing_beside_itself(today: Flat) -> None:
    made = today.do(matters.open_new, "叶", kind="follow_up", title="回访李女士")
    assert "细目" not in text(page_of(today, "叶"), f"/matters/{made.matter}/")


@pytest.mark.clause("SF-4.4")
def test_the_head_says_on_the_page_of_limits_that_a_repair_needs_a_photo_of_after(
    today: Flat, room: Path
) -> None:
    Company.objects.update(managers_need_second_factor=False)
    page = page_of(today, "程")
    limit = f"/s/{today.place.code}/limits/matters.limits/line/repair/finish/"
    assert "维修后照片" in text(page, limit)
    told = {"key": "l", "n_least": 1, "reason": "修前修后都要有照片", "day": today.now.date()}
    assert page.post(limit, told).status_code == 302
    made = today.do(lines.open_line, "叶", kind="repair", post=today.post, title="漏水")
    mine = page_of(today, "叶")
    refused = mine.post(f"/matters/{made.matter}/finish/", {"key": "a", "note": "换了垫圈"})
    assert refused.status_code == 422
    assert "要附 1 张维修后照片" in refused.content.decode()
    assert "换了垫圈" in refused.content.decode()
    sent = {"key": "b", "note": "换了垫圈", "photos": [jpg()]}
    assert mine.post(f"/matters/{made.matter}/finish/", sent).status_code == 302
    assert StoredFile.objects.get(about_id=made.matter).purpose == "after"

"""What people type on the pages of 单子, 设备, 扫码报修: kept when it is wrong, taken once, read by the next (SF-4.3.4, SF-4.4)."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.files.shelf import picture as a_picture
from yingbin.duty.actions import faults
from yingbin.duty.models import Asset, LineDetail
from yingbin.files.actions import take_in
from yingbin.files.models import StoredFile
from yingbin.journal.action import Acting
from yingbin.matters.models import Matter

from .doors import here, shown
from .flat import Flat
from .line_desk import Enter, a_fault, an_asset


@pytest.mark.clause("SF-4.3.4", "SF-4.3.6")
@pytest.mark.parametrize(
    ("path", "wrong", "why"),
    [
        ("line/new/", {"title": ""}, "请填写什么事。"),
        ("line/new/", {"title": "字" * 81}, "80"),
        ("line/new/", {"kind": "question"}, "请从列表里选择写什么。"),
        ("line/new/", {"asset": str(UUID(int=7))}, "请从列表里选择设备。"),
        ("line/damage/", {"cause": ""}, "请选择谁造成的。"),
        ("line/damage/", {"value": "很贵"}, "估价填数字，例如 1800。"),
        ("line/damage/", {"value": "-5"}, "估价不能小于 0。"),
        ("line/damage/", {"value": "100000001"}, "估价填 0 到 1 亿之间的整数"),
        ("line/damage/", {"happened_at": "昨天"}, "时间请按 年-月-日 时:分 填写。"),
        ("line/damage/", {"happened_at": "2030-01-01T09:00"}, "发生时间不能晚于现在"),
    ],
)
def test_a_wrong_line_says_so_and_keeps_what_was_typed(
    desk: Flat, enter: Enter, path: str, wrong: dict[str, str], why: str
) -> None:
    kind = "damage" if "damage" in path else "repair"
    told = {"key": "a", "kind": kind, "post": desk.post, "title": "主卧窗把手松动", "cause": "child"}  # fmt: skip
    told |= {"detail": "客户看房时发现的", "present": "李女士"} | wrong
    answer = enter("叶").post(here(desk, path), told)
    text = answer.content.decode()
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert why in text
    assert "客户看房时发现的" in text
    assert ("李女士" in text) == (kind == "damage")


@pytest.mark.clause("SF-4.3.4")
def test_a_damage_is_written_by_a_plain_form_with_nothing_but_what_must_be(
    desk: Flat, enter: Enter
) -> None:
    told = {"key": "a", "kind": "damage", "post": desk.post, "title": "花瓶碎了", "cause": "unknown"}  # fmt: skip
    answer = enter("秦").post(here(desk, "line/damage/"), told, follow=True)
    assert "第1号" in answer.content.decode()
    row = LineDetail.objects.get()
    assert (row.value, row.happened_at, row.present) == (None, None, "")
    assert "不清楚" in shown(enter("秦"), f"/matters/{row.matter_id}/")


@pytest.mark.parametrize("kind", ["slip", "repair"])
def test_a_form_sent_twice_writes_one_line(desk: Flat, enter: Enter, kind: str) -> None:
    told = {"key": "twice", "kind": kind, "post": desk.post, "title": "窗把手松动"}
    page = enter("叶")
    for _ in range(2):
        assert page.post(here(desk, "line/new/"), told).status_code == 302
    assert Matter.objects.count() == 1
    other = page.post(here(desk, "line/new/"), told | {"title": "另一件"})
    assert "这个页面先前已经提交过一次" in other.content.decode()
    assert "另一件" in other.content.decode()
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"name": ""}, "请填写名称。"), ({"name": "空" * 41}, "40"), ({"warranty_until": "明年"}, "日期请按 年-月-日 填写。")],
)  # fmt: skip
def test_a_wrong_asset_says_so_and_keeps_what_was_typed(
    desk: Flat, enter: Enter, wrong: dict[str, str], why: str
) -> None:
    told = {"key": "a", "name": "投影仪", "notes": "先开幕布", "contact": "王工"} | wrong
    answer = enter("许").post(here(desk, "assets/keep/"), told)
    text = answer.content.decode()
    assert (answer.status_code, Asset.objects.count()) == (422, 0)
    assert why in text
    assert "先开幕布" in text
    assert "王工" in text


def test_another_word_about_an_asset_begins_with_what_is_known(desk: Flat, enter: Enter) -> None:
    asset = an_asset(desk, notes="先开总闸")
    text = shown(enter("许"), here(desk, f"assets/keep/?asset={asset.id}"))
    for known in ("中央空调", "先开总闸", "恒温机电", "客厅", f'value="{desk.post}" selected'):
        assert known in text


def test_a_photo_of_another_person_is_put_on_no_line(desk: Flat, enter: Enter, room: Path) -> None:
    who = Acting(desk.site, "shot", desk.people["陈"], desk.now)
    photo = take_in(who, owner="matter", data=a_picture())
    told = {"key": "a", "kind": "repair", "post": desk.post, "title": "漏水", "photos": [photo]}
    answer = enter("叶").post(here(desk, "line/new/"), told)
    assert answer.status_code == 422
    assert StoredFile.objects.get().about_id is None
    assert not Matter.objects.exists()


def test_a_refused_dismissal_leaves_its_form_open_with_the_reason_why(
    desk: Flat, enter: Enter
) -> None:
    row = a_fault(desk)
    path = here(desk, f"faults/{row.id}/dismiss/")
    answer = enter("秦").post(path, {"key": "a", "reason": " "})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="button" open>' in text
    enter("秦").post(path, {"key": "b", "reason": "试过，是好的"})
    after = shown(enter("许"), here(desk, "faults/"))
    assert "秦：试过，是好的" in after
    assert "没有待确认的" in after


def test_whoever_presses_second_reads_that_somebody_has_dealt_with_it(
    desk: Flat, enter: Enter
) -> None:
    row = a_fault(desk)
    desk.do(faults.dismiss_fault, "叶", fault=row.id, reason="试过，是好的")
    page, said = enter("许"), "这一条已经有人处理了，请刷新页面。"
    for how, told in (("confirm", {}), ("dismiss", {"reason": "是好的"})):
        answer = page.post(here(desk, f"faults/{row.id}/{how}/"), {"key": how, **told}, follow=True)  # fmt: skip
        assert said in answer.content.decode(), how
    assert not Matter.objects.exists()

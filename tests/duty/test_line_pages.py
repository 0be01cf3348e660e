"""Pages of 单子, 物品损坏, 设备, 扫码报修: what people press, see and may not (SF-4.3.4, SF-4.3.6, SF-4.4)."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.files.shelf import picture as a_picture
from yingbin.duty.actions import assets, faults, lines, presence
from yingbin.duty.actions.lines import Details
from yingbin.duty.models import Asset, FaultReport, LineDetail
from yingbin.duty.queries.performance import performance
from yingbin.files.models import StoredFile
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.models import Company, Staff
from yingbin.rules.decision import Refused

from .doors import here
from .flat import Flat

BACKEND = "yingbin.people.backends.AccountOrPhone"


@pytest.fixture
def today(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """叶 and 许 are on duty; the pages' clock stands at the flat's."""
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


def page_of(flat: Flat, who: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(Staff.objects.get(id=flat.people[who]), backend=BACKEND)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def an_asset(flat: Flat, name: str = "中央空调", **more: object) -> Asset:
    told = {"post": flat.post, "place": "客厅", "supplier": "恒温机电", "notes": "先开总闸\n再按开"}
    return Asset.objects.get(id=flat.do(assets.keep_asset, "许", name=name, **(told | more)))


def jpg() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", a_picture(), "image/jpeg")


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

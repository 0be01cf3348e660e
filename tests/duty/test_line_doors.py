"""Who gets where in 单子, 设备, 扫码报修, and what a page says when it is empty, wrong or somebody else's (SF-4.3.6, SF-4.4)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from yingbin.duty.actions import assets, planning
from yingbin.duty.models import Asset, FaultReport, PostRule
from yingbin.matters.models import Matter

from .doors import here, shown
from .flat import Flat
from .line_desk import Enter, a_fault, a_line, an_asset, signed_in

ALL, LEADS, PLANS = "叶秦许程", "许程", "许程"


@pytest.mark.clause("SF-4.4")
@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("line/new/", ALL),
        ("line/damage/", ALL),
        ("lines/", LEADS),
        ("lines/routes/", PLANS),
        ("lines/performance/", LEADS),
        ("assets/", ALL),
        ("assets/{asset}/", ALL),
        ("assets/keep/", LEADS),
        ("assets/keep/?asset={asset}", LEADS),
        ("assets/labels/", LEADS),
        ("faults/", ALL),
    ],
)
def test_each_page_opens_for_those_whose_work_it_is(
    desk: Flat, enter: Enter, path: str, may: str
) -> None:
    path = here(desk, path.format(asset=an_asset(desk).id))
    got = {who: enter(who).get(path).status_code for who in ALL}
    assert got == {who: 200 if who in may else 403 for who in ALL}
    assert enter("").get(path)["Location"].startswith("/login/")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("assets/keep/", {"name": "我的空调"}),
        ("assets/{asset}/end/", {}),
        ("lines/routes/", {"reason": "我来定"}),
    ],
)
@pytest.mark.parametrize("who", ["叶", "秦"])
def test_what_only_a_lead_does_isnt_done_by_posting_to_its_address(
    desk: Flat, enter: Enter, path: str, told: dict[str, str], who: str
) -> None:
    asset = an_asset(desk)
    answer = enter(who).post(here(desk, path.format(asset=asset.id)), {"key": "a", **told})
    assert answer.status_code == 403
    asset.refresh_from_db()
    assert (Asset.objects.count(), asset.given_up_at, asset.name) == (1, None, "中央空调")


@pytest.mark.clause("SF-4.4")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "assets/{asset}/", 404),
        ("get", "assets/keep/?asset={asset}", 404),
        ("get", "assets/labels/?asset={asset}", 404),
        ("get", "line/{damage}/damage-sheet/", 404),
        ("post", "faults/{fault}/confirm/", 404),
        ("post", "faults/{fault}/dismiss/", 404),
        ("post", "assets/{asset}/end/", 404),
        ("post", "assets/keep/?asset={asset}", 404),
        ("post", "assets/keep/", 422),
        ("post", "line/new/", 422),
    ],
)
def test_a_lead_of_another_flat_gets_at_nothing_of_this_one(
    desk: Flat, method: str, path: str, status: int
) -> None:
    asset, damage = an_asset(desk), a_line(desk, "damage", cause="child")
    row, other = a_fault(desk, asset=asset), Flat()
    other.roster(许="全")
    an_asset(other, "他们的空调")
    told = {"key": "x", "reason": "是好的", "name": "改名", "asset": asset.id, "kind": "repair"}
    told |= {"post": other.post, "title": "借一台"}
    to = path.format(asset=asset.id, damage=damage.id, fault=row.id)
    answer = getattr(signed_in(other, "许"), method)(here(other, to), told)
    assert answer.status_code == status
    asset.refresh_from_db()
    row.refresh_from_db()
    assert (asset.name, asset.given_up_at, row.state) == ("中央空调", None, "waiting")
    assert Matter.objects.count() == 1


def test_a_lead_of_another_flat_reads_nothing_of_this_one_in_any_list(desk: Flat) -> None:
    asset, other = an_asset(desk), Flat()
    a_fault(desk, "一直滴水", asset)
    a_line(desk, title="沙盘灯闪", asset=asset.id)
    page = signed_in(other, "许")
    for path in ("lines/", "assets/", "faults/", "lines/performance/", "line/new/?kind=repair"):
        text = shown(page, here(other, path))
        for words in ("中央空调", "一直滴水", "沙盘灯闪", "恒温机电"):
            assert words not in text, path
    owner = f"lines/?owner={desk.people['叶']}&post={desk.post}"
    assert "这里没有单子" in shown(page, here(other, owner))


@pytest.mark.parametrize(
    ("who", "path", "words"),
    [
        ("许", "lines/", "这里没有单子"),
        ("许", "assets/", "点“加一台”"),
        ("叶", "assets/", "领班加上以后，这里有每台设备的操作说明"),
        ("秦", "faults/", "没有待确认的"),
        ("许", "lines/performance/", "这段时间没有报修"),
    ],
)
def test_a_page_with_nothing_on_it_says_what_will_come_there(
    desk: Flat, enter: Enter, who: str, path: str, words: str
) -> None:
    assert words in shown(enter(who), here(desk, path))


@pytest.mark.parametrize(
    "path", ["lines/?which=lost", "lines/?kind=question", "assets/keep/?asset=" + str(UUID(int=7))]
)
def test_an_address_changed_by_hand_leads_to_no_page(desk: Flat, enter: Enter, path: str) -> None:
    shown(enter("许"), here(desk, path), 404)


@pytest.mark.parametrize(
    "path",
    ["lines/?post=x&owner=y&page=z", "lines/performance/?first=nie&last=2026-13-01", "line/new/?kind=x&asset=y"],
)  # fmt: skip
def test_what_cant_be_read_in_an_address_is_passed_over(
    desk: Flat, enter: Enter, path: str
) -> None:
    shown(enter("许"), here(desk, path))


@pytest.mark.parametrize(
    ("who", "sees"), [("叶", False), ("秦", False), ("许", True), ("程", True)]
)
def test_an_asset_is_changed_labelled_and_given_up_from_its_page_by_a_lead_alone(
    desk: Flat, enter: Enter, who: str, sees: bool
) -> None:
    asset = an_asset(desk)
    text = shown(enter(who), here(desk, f"assets/{asset.id}/"))
    for button in ("停用", "assets/labels/?asset=", "assets/keep/?asset="):
        assert (button in text) == sees, button


def test_what_was_given_up_keeps_its_page_and_past_but_takes_no_repair(
    desk: Flat, enter: Enter
) -> None:
    asset = an_asset(desk)
    a_line(desk, title="不出冷风", asset=asset.id)
    desk.do(assets.give_up_asset, "许", asset=asset.id)
    text = shown(enter("许"), here(desk, f"assets/{asset.id}/"))
    assert "已停用" in text
    assert "不出冷风" in text
    assert "line/new/" not in text
    shown(enter("许"), here(desk, f"assets/labels/?asset={asset.id}"), 404)


@pytest.mark.clause("SF-4.4", "SC-4.4")
def test_a_fault_of_a_post_that_is_given_up_becomes_a_repair_where_one_stands(
    flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    flat.do(planning.keep_post, "许", name="样板间B", kind="show_flat")
    gone = PostRule.objects.get(post__name="样板间B")
    row = a_fault(flat, asset=an_asset(flat, post=gone.post_id))
    flat.do(planning.give_up_post, "许", rule=gone.id)
    flat.next_day()
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    signed_in(flat, "叶").post(here(flat, f"faults/{row.id}/confirm/"), {"key": "c"})
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert Matter.objects.get().subject_id == flat.post


def test_the_thanks_name_nobody_and_a_stranger_is_shown_no_list(desk: Flat) -> None:
    row = a_fault(desk, "按了没有反应")
    stranger = Client()
    assert "谢谢您，收到了" in shown(stranger, "/duty/scan/thanks/")
    page = shown(stranger, f"/duty/scan/{row.asset.mark}/")
    for words in ("按了没有反应", "恒温机电", "叶", "许"):
        assert words not in page


@pytest.mark.clause("SF-4.3.6")
@pytest.mark.parametrize("path", ["lines/", "assets/", "faults/", "lines/performance/", "assets/{asset}/"])  # fmt: skip
def test_a_page_asks_as_often_for_ten_as_for_one(desk: Flat, enter: Enter, path: str) -> None:
    asset = an_asset(desk)
    path, page = here(desk, path.format(asset=asset.id)), enter("许")

    def asked(many: int) -> int:
        for n in range(many):
            a_line(desk, title=f"灯{n}不亮", asset=asset.id)
        rows = [FaultReport(site=desk.place, asset=asset, words="坏", made_at=desk.now, seq=n) for n in range(many)]  # fmt: skip
        FaultReport.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as seen:
            shown(page, path)
        return len(seen)

    shown(page, path)
    assert asked(1) == asked(9)


@pytest.mark.parametrize("days", [0, 29, 30])
def test_the_last_thirty_days_are_looked_at_where_no_period_is_chosen(
    desk: Flat, enter: Enter, days: int
) -> None:
    a_line(desk, asset=an_asset(desk).id)
    desk.now += timedelta(days=days)
    text = shown(enter("许"), here(desk, "lines/performance/"))
    assert ("恒温机电" in text) == (days < 30)

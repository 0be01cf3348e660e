"""Who may open and press what of the roster, across places too, and what odd addresses answer (SF-3.2)."""

from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.duty.actions import leave, swaps
from yingbin.duty.models import Leave, PostRule, RosterCell, ShiftSwap
from yingbin.duty.queries.roster import shift_kinds, watched

from .doors import enter, here
from .flat import Flat
from .rosters import TUESDAY, draft, publish

pytestmark = pytest.mark.clause("SF-3.2")
ANY = "00000000-0000-0000-0000-000000000001"
EVERYBODY, PLANNERS = ("叶", "许", "程", "秦"), ("许", "程")


@pytest.fixture
def planned(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Tomorrow is published: 叶 early, 陈 late; 苏's 早 is a draft of 许's own."""
    flat.roster(叶="早", 许="全")
    publish(flat, TUESDAY, 叶="早", 陈="晚", 许="全")
    draft(flat, TUESDAY, 苏="早")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("roster/", EVERYBODY),
        ("roster/export.xlsx", EVERYBODY),
        ("roster/mine/", EVERYBODY),
        ("roster/imports/", PLANNERS),
        ("setup/", PLANNERS),
        ("posts/rota/", PLANNERS),
    ],
)
def test_each_page_opens_for_those_whose_work_it_is(
    planned: Flat, path: str, who: tuple[str, ...]
) -> None:
    opened = {name: enter(planned, name).get(here(planned, path)).status_code for name in EVERYBODY}
    assert opened == {name: 200 if name in who else 403 for name in EVERYBODY}


PRESSES = [
    "roster/draft/", "roster/copy/", "roster/pattern/", "roster/paste/", "roster/publish/",
    "setup/post/", f"setup/post/{ANY}/end/", "setup/shift/", "setup/code/", "posts/rota/plan/",
]  # fmt: skip


@pytest.mark.parametrize("who", ["叶", "秦"])
def test_a_receptionist_and_a_guard_plan_nothing(planned: Flat, who: str) -> None:
    before, page = list(RosterCell.objects.order_by("id").values()), enter(planned, who)
    codes = {p: page.post(here(planned, p), {"key": p}).status_code for p in PRESSES}
    assert codes == dict.fromkeys(PRESSES, 403)
    assert list(RosterCell.objects.order_by("id").values()) == before


PAGES = ["roster/", "roster/mine/", "roster/export.xlsx", "setup/", "posts/rota/"]


def test_whoever_has_not_signed_in_is_asked_to(planned: Flat) -> None:
    page = Client()
    answers = [page.get(here(planned, path)) for path in PAGES]
    answers += [page.post(here(planned, path), {"key": path}) for path in PRESSES]
    assert {a.status_code for a in answers} == {302}
    assert all("/signin/" in a["Location"] or "/login/" in a["Location"] for a in answers)


def test_a_lead_of_another_place_opens_and_presses_nothing_of_this_one(planned: Flat) -> None:
    page = enter(Flat(), "许")
    before = list(RosterCell.objects.order_by("id").values())
    told = {"month": "2026-11", "mark": "夜", "begins": "18:00", "ends": "02:00"}
    codes = {page.get(here(planned, path)).status_code for path in PAGES}
    codes |= {page.post(here(planned, p), {"key": p, **told}).status_code for p in PRESSES}
    assert codes <= {403, 404}
    assert list(RosterCell.objects.order_by("id").values()) == before
    assert "夜" not in [k.mark for k in shift_kinds(planned.site)]


def test_a_post_of_another_place_is_not_given_up_through_ones_own_address(planned: Flat) -> None:
    other = Flat()
    rule = PostRule.objects.get(site_id=other.site)
    enter(planned, "许").post(here(planned, f"setup/post/{rule.id}/end/"), {"key": "k"})
    assert [r.id for r in watched(other.site)] == [rule.id]


def swap_of(flat: Flat) -> ShiftSwap:
    """叶 has asked 陈."""
    told = {"with_whom": flat.people["陈"], "day": TUESDAY, "other_day": TUESDAY}
    return ShiftSwap.objects.get(id=flat.do(swaps.ask_swap, "叶", **told))


@pytest.mark.parametrize("who", ["叶", "苏", "许", "秦"])
def test_only_who_was_asked_answers_a_swap(planned: Flat, who: str) -> None:
    swap = swap_of(planned)
    path = here(planned, f"roster/mine/swap/{swap.id}/answer/")
    text = enter(planned, who).post(path, {"key": "k", "agrees": "yes"}, follow=True)
    assert "这次换班问的不是您，请被问的同事答复。" in text.content.decode()
    swap.refresh_from_db()
    assert swap.status == "asked"


@pytest.mark.parametrize("who", ["陈", "苏", "许"])
def test_only_who_asked_takes_a_swap_back(planned: Flat, who: str) -> None:
    swap = swap_of(planned)
    path = here(planned, f"roster/mine/swap/{swap.id}/withdraw/")
    text = enter(planned, who).post(path, {"key": "k"}, follow=True)
    assert "只有提出换班的人能收回。" in text.content.decode()
    swap.refresh_from_db()
    assert swap.status == "asked"


@pytest.mark.parametrize("end", ["answer", "withdraw"])
def test_a_swap_of_another_place_or_of_nobody_is_not_found(planned: Flat, end: str) -> None:
    other = Flat()
    swap = swap_of(planned)
    for one in (swap.id, uuid4()):
        path = here(other, f"roster/mine/swap/{one}/{end}/")
        answer = enter(other, "叶").post(path, {"key": f"k{one}", "agrees": "no"})
        assert answer.status_code == 404
    swap.refresh_from_db()
    assert swap.status == "asked"


def granted(flat: Flat) -> UUID:
    """叶 is on leave tomorrow."""
    told = {"first": TUESDAY, "last": TUESDAY, "sort": "annual"}
    asked = flat.do(leave.ask_leave, "叶", **told)
    flat.do(approvals.decide, "许", approval_id=asked, grant=True)
    return Leave.objects.get(approval_id=asked).id


@pytest.mark.parametrize("who", ["陈", "许", "秦"])
def test_nobody_takes_back_somebody_elses_leave(planned: Flat, who: str) -> None:
    one = granted(planned)
    path = here(planned, f"roster/mine/leave/{one}/end/")
    text = enter(planned, who).post(path, {"key": "k"}, follow=True).content.decode()
    assert "没有这次请假，或者已经收回了" in text
    assert Leave.objects.get(id=one).ended_at is None


def test_what_somebody_wants_leave_for_is_read_by_no_colleague(planned: Flat) -> None:
    told = {"first": TUESDAY, "last": TUESDAY, "sort": "ill", "words": "做手术"}
    asked = planned.do(leave.ask_leave, "叶", **told)
    for who in ("陈", "秦"):
        for path in ("roster/", "roster/mine/"):
            text = enter(planned, who).get(here(planned, path)).content.decode()
            assert "做手术" not in text
            assert "病假）" not in text
    assert Approval.objects.get(id=asked).words == "病假：做手术"


def test_a_draft_is_seen_by_whoever_plans_and_by_nobody_else(planned: Flat) -> None:
    def row(who: str) -> str:
        body = enter(planned, who).get(here(planned, "roster/?month=2026-11")).content.decode()
        return body.split(">苏", 1)[1].split("</tr>", 1)[0]

    assert 'value="早"' in row("许")
    assert "早" not in row("叶")
    assert "早" not in row("秦")


@pytest.mark.parametrize(("who", "mark"), [("许", "早"), ("叶", None)])
def test_a_workbook_holds_drafts_only_for_whoever_plans(
    planned: Flat, who: str, mark: str | None
) -> None:
    answer = enter(planned, who).get(here(planned, "roster/export.xlsx?month=2026-11"))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "2026%E5%B9%B411%E6%9C%88" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = {str(c.value): row for row in sheet.iter_rows() for c in row[:2]}
    su = [c.value for c in rows["苏"]]
    assert ("早" in su) == (mark is not None)


@pytest.mark.parametrize(
    ("month", "shown"),
    [
        ("2026-12", "2026年12月"),
        ("2026-12-24", "2026年12月"),
        (" 2027-02 ", "2027年2月"),
        ("", "2026年11月"),
        ("2026-13", "2026年11月"),
        ("gestern", "2026年11月"),
        ("0001-01", "2026年11月"),
        ("9999-12", "2026年11月"),
    ],
)
def test_a_month_that_nobody_can_mean_is_this_one(planned: Flat, month: str, shown: str) -> None:
    page = enter(planned, "许")
    for path in ("roster/", "roster/mine/"):
        answer = page.get(here(planned, path), {"month": month})
        assert answer.status_code == 200
        assert shown in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "field", "rest"),
    [
        ("roster/copy/", "to", {}),
        ("roster/paste/", "first", {"block": "陈\t早"}),
        ("roster/mine/swap/", "day", {}),
        ("roster/mine/leave/", "first", {"last": "2026-11-25", "sort": "own"}),
        ("roster/mine/leave/", "last", {"first": "2026-11-25", "sort": "own"}),
    ],
)
def test_a_day_of_another_age_is_refused_beside_its_field(
    planned: Flat, path: str, field: str, rest: dict[str, str]
) -> None:
    told = {"key": "k", "month": "2026-11", "with_whom": str(planned.people["陈"]), **rest}
    page = enter(planned, "许")
    for day in ("0001-01-01", "1899-12-31", "9999-12-31"):
        answer = page.post(here(planned, path), {**told, field: day})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "年份不对，请核对日期。" in text
        assert f'value="{day}"' in text
    assert not RosterCell.objects.filter(day__gt=TUESDAY).exists()

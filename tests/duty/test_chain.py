"""What is for a role that nobody holds goes to somebody all the same, and the setup page says so."""

import pytest
from django.db.models import Q
from django.test import Client

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import cases
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyLog
from yingbin.duty.queries.chain import hearing
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment, Staff

from .flat import MONDAY, Flat


def without(flat: Flat, *roles: str) -> None:
    Assignment.objects.filter(Q(site=flat.place), role__in=roles).delete()


def administrator() -> Staff:
    found = Staff.objects.create(account="gu", name="顾", pinyin="gu")
    Assignment.objects.create(site=None, staff=found, role="administrator", since=MONDAY)
    return found


@pytest.mark.clause("SF-4.3.7", "SF-4.1")
def test_without_a_head_a_missing_check_and_a_long_gap_go_to_the_lead_and_say_why(
    flat: Flat,
) -> None:
    without(flat, "project_head")
    flat.roster(叶="全", 许="全")
    flat.sign_on("许", at="08:40")
    flat.clock("09:11")
    found = Notice.objects.filter(kind__in=("duty.missing", "duty.gap_long"))
    assert {(n.kind, n.to_id) for n in found} == {
        ("duty.missing", flat.people["许"]),
        ("duty.gap_long", flat.people["许"]),
    }
    assert all("没有项目负责人，所以报给您" in n.body for n in found)


def test_without_lead_and_head_the_administrator_of_the_company_hears(flat: Flat) -> None:
    flat.roster(叶="全")
    without(flat, "project_head", "lead")
    admin = administrator()
    flat.sign_on("叶", at="08:40")
    flat.clock("09:41")
    told = Notice.objects.filter(kind="duty.missing")
    assert {n.to_id for n in told} == {admin.id}


def test_whoever_stands_for_two_roles_hears_of_an_emergency_once(flat: Flat) -> None:
    without(flat, "project_head", "guard")
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    flat.do(cases.open_case, "叶", kind="emergency", post=flat.post, type="火情")
    told = Notice.objects.filter(kind="duty.escalated")
    assert [n.to_id for n in told] == [flat.people["许"]]


@pytest.mark.parametrize(
    ("gone", "hears"),
    [
        ((), {"lead": "lead", "head": "project_head", "guard": "guard"}),
        (("project_head",), {"lead": "lead", "head": "lead", "guard": "guard"}),
        (("guard", "lead"), {"lead": "project_head", "head": "project_head", "guard": "project_head"}),
        (("guard", "lead", "project_head"), {"lead": "", "head": "", "guard": ""}),
    ],
)  # fmt: skip
def test_who_hears_instead(flat: Flat, gone: tuple[str, ...], hears: dict[str, str]) -> None:
    without(flat, *gone)
    assert {m: h.role for m, h in hearing(flat.site, flat.now).items()} == hears


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("told", 7, "提醒过 7 条"),
        ("next_at", None, "下一次到时间"),
        ("trouble", [], "异常"),
    ],
)
def test_the_check_holds_what_is_noted_beside_a_day(
    flat: Flat, field: str, wrong: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("许", at="08:40")
    flat.clock("09:11")
    monkeypatch.setattr("django.utils.timezone.now", lambda: flat.now)
    assert list(disagreements(flat.log)) == []
    DutyLog.objects.update(**{field: wrong})
    assert [f for f in disagreements(flat.log) if said in f]


def test_a_day_of_before_notes_no_trouble_and_fits_all_the_same(flat: Flat) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("许", at="08:40")
    flat.clock("09:11")
    DutyLog.objects.update(trouble=None)
    assert list(disagreements(flat.log)) == []


def test_the_page_for_setting_up_says_who_hears_in_place_of_whom(
    flat: Flat, client: Client
) -> None:
    without(flat, "project_head")
    client.force_login(Staff.objects.get(id=flat.people["许"]), backend=BACKEND)
    text = client.get(f"/s/{flat.place.code}/duty/setup/").content.decode()
    assert "没有项目负责人，先报给领班" in text
    assert "没有安全员" not in text

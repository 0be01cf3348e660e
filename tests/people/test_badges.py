"""What somebody may do where, and when: the badge that every page asks."""

from datetime import datetime, timedelta

import pytest

from tests import cast
from yingbin.people import actions, roles
from yingbin.people.models import Assignment, Site, Staff
from yingbin.people.queries import (
    badge,
    people_on_tablets,
    sites_of,
    staff_with_role,
    supervisors,
    those_who_may,
    verifiers,
)
from yingbin.rules.decision import Refused

from .conftest import COMPANY, Act, give_totp

HOUR = timedelta(hours=1)


def names(people: list[Staff]) -> set[str]:
    return {one.name for one in people}


@pytest.mark.parametrize(
    ("who", "may", "may_not"),
    [
        ("郑岚", "turns.supervise turns.delegate staff.manage journal.verify", "sites.manage turns.take"),
        ("林悦", "turns.take register.own matters.handle", "turns.supervise register.all staff.manage"),
        ("苏晴", "arrivals.record waiting.serve tablets.share", "turns.take customers.merge figures.see"),
        ("许诺", "arrivals.record matters.oversee", "turns.supervise staff.manage"),
        ("顾北", "sites.manage staff.manage tokens.manage", "turns.supervise customers.find register.all"),
        ("秦明", "turns.see journal.verify", "arrivals.record customers.find matters.handle"),
        ("案场大屏", "board.see board.code", "turns.see notices.see customers.find"),
    ],
)  # fmt: skip
def test_each_role_opens_its_own_doors_and_no_others(
    hupan: Site, now: datetime, who: str, may: str, may_not: str
) -> None:
    held = badge(cast.person(who), hupan.id, now)
    assert [p for p in may.split() if not held.may(p)] == []
    assert [p for p in may_not.split() if held.may(p)] == []


def test_a_permission_that_no_role_knows_is_a_mistake_of_ours(hupan: Site, now: datetime) -> None:
    with pytest.raises(KeyError):
        badge(cast.person("郑岚"), hupan.id, now).may("turns.supervize")


def test_a_role_begins_and_ends_on_the_minute(hupan: Site, now: datetime) -> None:
    who = Staff.objects.create(account="new", name="新来")
    Assignment.objects.create(
        site=hupan, staff=who, role="guard", since=now, until=now + HOUR, given_by="x"
    )
    seen = [bool(badge(who, hupan.id, now + t).roles) for t in (-HOUR / 60, 0 * HOUR, HOUR)]
    assert seen == [False, True, False]


def test_whoever_left_may_nothing_whatever_the_rows_say(hupan: Site, now: datetime) -> None:
    Staff.objects.filter(account="zhenglan").update(is_active=False)
    gone = badge(cast.person("郑岚"), hupan.id, now)
    assert (gone.roles, gone.permissions, gone.title) == (frozenset(), frozenset(), "")
    assert "郑岚" not in names(supervisors(hupan.id, now))
    assert not staff_with_role(hupan.id, "sales_manager", now).exists()


def test_a_role_of_the_company_counts_at_every_site_one_of_a_site_only_there(
    hupan: Site, office: Site, now: datetime
) -> None:
    assert badge(cast.person("顾北"), office.id, now).may("staff.manage")
    assert not badge(cast.person("郑岚"), office.id, now).permissions
    assert {s.code for s in sites_of(cast.person("顾北"), now)} >= {"hupan", "zongbu"}
    assert [s.code for s in sites_of(cast.person("郑岚"), now)] == ["hupan"]
    Site.objects.filter(id=office.id).update(closed_at=now)
    assert "zongbu" not in {s.code for s in sites_of(cast.person("顾北"), now)}


@pytest.mark.clause("TQ-11")
def test_a_delegation_adds_supervision_but_not_the_right_to_hand_it_on(
    hupan: Site, office: Site, act: Act, now: datetime
) -> None:
    lin = cast.person("林悦")
    act(actions.delegate, "郑岚", to=lin.id, until=now + HOUR, reason="出差")
    held = badge(lin, hupan.id, now)
    assert held.permissions - roles.permissions_of(held.roles) <= roles.DELEGATED
    assert held.may("turns.supervise")
    assert not held.may("turns.delegate")
    assert held.title == "置业顾问、授权代管"
    assert not badge(lin, office.id, now).permissions
    assert not badge(lin, hupan.id, now + HOUR).may("turns.supervise")
    assert names(supervisors(hupan.id, now)) == {"郑岚", "林悦"}
    assert names(those_who_may(hupan.id, "turns.supervise", now)) == {"郑岚", "林悦"}
    assert names(those_who_may(hupan.id, "turns.delegate", now)) == {"郑岚"}


def test_a_delegation_without_a_role_here_allows_nothing(
    hupan: Site, act: Act, now: datetime
) -> None:
    lin = cast.person("林悦")
    act(actions.delegate, "郑岚", to=lin.id, until=now + HOUR, reason="出差")
    Assignment.objects.filter(staff=lin).update(until=now)
    assert not badge(lin, hupan.id, now).permissions
    assert names(supervisors(hupan.id, now)) == {"郑岚"}
    assert names(those_who_may(hupan.id, "turns.supervise", now)) == {"郑岚"}


def test_what_a_session_withholds_is_named_with_the_reason(hupan: Site, now: datetime) -> None:
    held = badge(cast.person("郑岚"), hupan.id, now)
    for why, soon in (("pin", False), ("second_factor", True)):
        less = held.without(roles.GUARDED, why)
        assert not less.may("staff.manage")
        assert less.withheld == held.permissions & roles.GUARDED
        assert less.why_withheld == why
        assert ("staff.manage" in less.openable) is soon
    assert held.without(frozenset({"turns.take"}), "pin") is held


def test_the_journal_is_answered_for_by_the_manager_auditors_and_administrators(
    hupan: Site, office: Site, now: datetime
) -> None:
    assert names(verifiers(hupan.id, now)) == {"郑岚", "顾北", "秦明"}
    assert names(verifiers(office.id, now)) == {"顾北", "秦明"}


def test_a_pin_never_stands_in_for_a_second_factor(hupan: Site, now: datetime) -> None:
    shared = names(people_on_tablets(hupan.id, now))
    assert {"苏晴", "林悦"} <= shared
    assert not {"郑岚", "案场大屏"} & shared
    give_totp(cast.person("苏晴"))
    assert "苏晴" not in names(people_on_tablets(hupan.id, now))


@pytest.mark.parametrize(
    ("by", "to", "hours", "reason", "about", "why"),
    [
        ("林悦", "周航", 1, "出差", "", "只有销售经理可以指定"),
        ("郑岚", "周航", 1, "  ", "reason", "请写明为什么授权"),
        ("郑岚", "周航", 0, "出差", "until", "晚于现在"),
        ("郑岚", "周航", -1, "出差", "until", "晚于现在"),
        ("郑岚", "周航", 31 * 24 + 1, "出差", "until", "最长 31 天"),
        ("郑岚", "郑岚", 1, "出差", "to", "还不是销售经理"),
        ("郑岚", "顾北", 1, "出差", "to", "在本项目任职"),
    ],
)
@pytest.mark.clause("TQ-11")
def test_a_delegation_is_refused_at_the_field_that_is_wrong(
    hupan: Site,
    act: Act,
    now: datetime,
    by: str,
    to: str,
    hours: int,
    reason: str,
    about: str,
    why: str,
) -> None:
    with pytest.raises(Refused, match=why) as no:
        act(actions.delegate, by, to=cast.person(to).id, until=now + hours * HOUR, reason=reason)
    assert (no.value.about or "") == about
    assert no.value.clause == "TQ-11"


def test_a_department_and_a_post_stand_once_under_a_name_that_is_one(hupan: Site, act: Act) -> None:
    for add, what in ((actions.add_department, "部门"), (actions.add_post, "岗位")):
        act(add, "顾北", name=" 云栖组 ")
        with pytest.raises(Refused, match=f"已经有「云栖组」这个{what}"):
            act(add, "顾北", name="云栖组")
        with pytest.raises(Refused, match=f"请填写{what}名称") as no:
            act(add, "顾北", name="  ")
        assert no.value.about == "name"


@pytest.mark.parametrize(
    ("name", "code", "got"),
    [
        ("云栖苑销售中心", "", "yqyxszx"),
        ("云栖苑销售中心", " YunQi ", "yunqi"),
        ("2026", "", "2"),
        ("——", "", "site"),
    ],
)
def test_a_site_gets_a_code_people_can_type(
    act: Act, hupan: Site, name: str, code: str, got: str
) -> None:
    told = {"kind": "sales_centre", "name": name, "code": code}
    assert act(actions.add_site, "顾北", site_id=COMPANY, **told).code == got
    if not code:
        assert act(actions.add_site, "顾北", site_id=COMPANY, **told).code == f"{got}2"


@pytest.mark.parametrize("code", ["hupan", "HUPAN", "company"])
def test_a_code_that_is_taken_is_refused(act: Act, hupan: Site, code: str) -> None:
    with pytest.raises(Refused, match="已有项目在用") as no:
        act(actions.add_site, "顾北", site_id=COMPANY, kind="sales_centre", name="云栖", code=code)
    assert no.value.about == "code"

"""What the journal witnesses of people: a row changed, put in or taken out behind the program's back is named."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db.models import Model
from django.utils import timezone

from tests import cast
from yingbin.journal.check import check_site
from yingbin.people import actions
from yingbin.people.actions.tokens import make_token, revoke_token
from yingbin.people.ids import uuid7
from yingbin.people.models import (
    ApiToken,
    Assignment,
    Company,
    Delegation,
    Department,
    OpeningHours,
    Post,
    RoleOffer,
    SharedTablet,
    Site,
    SiteHoliday,
    Staff,
)
from yingbin.rules.decision import Refused

from .conftest import COMPANY, Act

HOUR = timedelta(hours=1)


@pytest.fixture
def house(act: Act, hupan: Site, office: Site) -> Site:
    """A site where something of every kind was done; its cast came in without a journal, as a demo's does."""
    Company.objects.update(is_demo=True)
    lin, zhou = cast.person("林悦"), cast.person("周航")
    act(actions.assign_role, "郑岚", staff_id=lin.id, role="receptionist")
    act(actions.assign_role, "郑岚", staff_id=zhou.id, role="receptionist")
    act(actions.end_role, "郑岚", staff_id=zhou.id, role="receptionist")
    given = act(actions.delegate, "郑岚", to=lin.id, until=_later(1), reason="出差")
    act(actions.delegate, "郑岚", to=zhou.id, until=_later(2), reason="培训")
    act(actions.revoke_delegation, "郑岚", delegation_id=given.delegation)
    tablet = act(actions.share_tablet, "苏晴", name="前台平板").row
    act(actions.share_tablet, "苏晴", name="水吧平板")
    act(actions.retire_tablet, "苏晴", tablet_id=tablet.id)
    told = {"kind": ApiToken.Kind.values[0], "scopes": ["queue.read"], "acts_as": lin.id}
    act(revoke_token, "郑岚", token_id=act(make_token, "郑岚", name="大屏", **told).id)
    act(actions.add_department, "顾北", name="客服部")
    act(actions.add_post, "顾北", name="门岗", must_be_covered=True)
    act(actions.set_hours, "郑岚", hours={0: [(time(9), time(18))], 5: [(time(9), time(20))]})
    act(actions.set_exception, "郑岚", day=date(2026, 12, 31), works=False, name="盘点")
    names = {"name": hupan.name, "short_name": hupan.short_name}
    act(actions.change_site, "顾北", **names, keeps_public_holidays=True)
    return hupan


def _later(hours: float) -> datetime:
    return timezone.now() + hours * HOUR


def found(site: Site) -> list[str]:
    """What the check of a site says."""
    return [str(one) for line in check_site(site.id) for one in line.found]


def test_nothing_is_found_where_all_was_done_by_the_program(house: Site) -> None:
    assert found(house) == []


def _set(model: type[Model], which: dict[str, object], **values: object) -> Callable[[Site], None]:
    def forge(site: Site) -> None:
        rows = model._default_manager.filter(site_id=site.id, **which)
        assert rows.update(**values), "nothing to forge"

    return forge


def _drop(model: type[Model], **which: object) -> Callable[[Site], None]:
    def forge(site: Site) -> None:
        assert model._default_manager.filter(site_id=site.id, **which).delete()[0]

    return forge


def a_role_put_in(site: Site) -> None:
    """Somebody makes a colleague the manager by hand."""
    who = cast.person("周航")
    Assignment.objects.create(
        site=site, staff=who, role="sales_manager", since=who.created_at, given_by=str(who.id)
    )


FORGED: dict[str, tuple[Callable[[Site], None], str]] = {
    "a role put in": (a_role_put_in, "角色 zhouhang sales_manager：记录链里没有这一条"),
    "who gave a role": (
        _set(Assignment, {"role": "receptionist", "staff__account": "linyue"}, given_by="x"),
        "角色 linyue receptionist：谁给的",
    ),
    "a role that goes on": (
        _set(Assignment, {"role": "receptionist", "staff__account": "zhouhang"}, until=None),
        "角色 zhouhang receptionist：到什么时候",
    ),
    "a role gone": (
        _drop(Assignment, role="receptionist", staff__account="linyue"),
        "角色：记录链第",
    ),
    "a delegation that goes on": (
        _set(Delegation, {"revoked_at__isnull": False}, revoked_at=None),
        "：收回时间和记录链里的不一样",
    ),
    "a longer delegation": (
        _set(Delegation, {"revoked_at": None}, until=_later(99)),
        "：到什么时候和记录链里的不一样",
    ),
    "why it was delegated": (_set(Delegation, {}, reason="请假"), "：原因和记录链里的凭据对不上"),
    "a tablet in use again": (
        _set(SharedTablet, {"retired_at__isnull": False}, retired_at=None),
        "：停用时间和记录链里的不一样",
    ),
    "a tablet gone": (_drop(SharedTablet, retired_at=None), "共用平板：记录链第"),
    "a key in use again": (_set(ApiToken, {}, revoked_at=None), "：停用时间和记录链里的不一样"),
    "what a key may do": (
        _set(ApiToken, {}, scopes=["arrivals.write"]),
        "：能做什么和记录链里的不一样",
    ),
    "a department gone": (_drop(Department, name="客服部"), "部门：记录链第"),
    "a post that may be left": (
        _set(Post, {"name": "门岗"}, must_be_covered=False),
        "岗位 门岗：始终有人",
    ),
    "other hours": (
        _set(OpeningHours, {"weekday": 5}, closes=time(12)),
        "开放时间：和记录链里的不一样",
    ),
    "a day off less": (_drop(SiteHoliday), "2026-12-31 的例外：和记录链里的不一样"),
    "a day off turned round": (
        _set(SiteHoliday, {}, works=True),
        "2026-12-31 的例外：和记录链里的不一样",
    ),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_change_behind_the_programs_back_is_named(house: Site, forged: str) -> None:
    forge, words = FORGED[forged]
    forge(house)
    assert any(words in one for one in found(house)), found(house)


def test_a_day_off_put_in_by_hand_is_found(house: Site) -> None:
    SiteHoliday.objects.create(site=house, day=date(2026, 12, 30), works=False, name="团建")
    assert any("2026-12-30 的例外" in one for one in found(house))


def test_holidays_kept_or_not_is_the_sites_own_word(house: Site) -> None:
    Site.objects.filter(id=house.id).update(keeps_public_holidays=False)
    assert any("按节假日放假" in one for one in found(house))


def test_whoever_left_and_is_back_without_a_word_is_found(house: Site, act: Act) -> None:
    zhao = cast.person("赵雨桐")
    person = actions.Person(name="余安", roles=("guard",))
    slips = act(actions.add_staff, "郑岚", person=person)
    new = Staff.objects.get(name="余安")
    assert slips is not None
    act(actions.staff_leaves, "郑岚", staff_id=new.id)
    assert found(house) == []
    Staff.objects.filter(id=new.id).update(is_active=True, left_at=None)
    assert any(f"在职与离职 {new.account}：记录链里已经离职" in one for one in found(house))
    Staff.objects.filter(id=new.id).update(is_active=False, left_at=zhao.created_at)
    assert any(f"在职与离职 {new.account}：离职时间" in one for one in found(house))


def test_an_offer_answered_by_hand_is_found(house: Site, act: Act, office: Site) -> None:
    person = actions.Person(name="余安", roles=("guard",))
    act(actions.add_staff, "顾北", site_id=office.id, person=person)
    new = Staff.objects.get(name="余安")
    act(actions.bring_in, "郑岚", staff_id=new.id, role="guard")
    assert found(house) == []
    RoleOffer.objects.update(accepted=True)
    assert any("任职邀请" in one and "回答和" in one for one in found(house))


def test_the_companys_own_word_on_the_second_factor_is_held(act: Act, hupan: Site) -> None:
    company = Company.objects.get()
    told = {"name": company.name, "managers_need_second_factor": True}
    act(actions.change_company, "顾北", site_id=COMPANY, **told)
    Company.objects.update(managers_need_second_factor=False)
    said = [str(one) for line in check_site(company.id) for one in line.found]
    assert any("管理者须动态验证码" in one for one in said)


def test_a_tablet_is_retired_once(act: Act, house: Site) -> None:
    tablet = SharedTablet.objects.filter(retired_at__isnull=False).get()
    for one in (tablet.id, uuid7()):
        with pytest.raises(Refused, match="已经停用了"):
            act(actions.retire_tablet, "苏晴", tablet_id=one)

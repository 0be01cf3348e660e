"""What actions about people and places refuse says why and what to do next, and is not written."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import cast
from yingbin.journal.models import Entry
from yingbin.people import actions
from yingbin.people.models import Assignment, Company, RoleOffer, Site, Staff
from yingbin.rules.decision import Refused

from .conftest import COMPANY, Act

pytestmark = pytest.mark.django_db


def refuses(
    act: Act, words: str, action: Callable[..., Any], by: str = "顾北", /, **told: Any
) -> None:
    """Refused in these words; the journal has not a line more."""
    before = Entry.objects.count()
    with pytest.raises(Refused, match=re.escape(words)):
        act(action, by, **told)
    assert Entry.objects.count() == before


# The company and its places


def test_a_company_and_its_places_have_names(act: Act) -> None:
    named = {"name": " ", "managers_need_second_factor": True}
    refuses(act, "请填写公司名称", actions.change_company, site_id=COMPANY, **named)
    refuses(
        act,
        "请选择项目类型并填写名称",
        actions.add_site,
        site_id=COMPANY,
        kind="sales_centre",
        name=" ",
    )
    refuses(
        act,
        "请选择项目类型并填写名称",
        actions.add_site,
        site_id=COMPANY,
        kind="castle",
        name="山顶",
    )
    told = {"short_name": " ", "keeps_public_holidays": False}
    refuses(act, "请填写项目名称和简称", actions.change_site, "郑岚", name="湖畔雅居", **told)


def test_what_is_there_is_not_added_again(act: Act) -> None:
    for add, name, words in (
        (actions.add_department, " 销售部 ", "已经有「销售部」这个部门了，不用再加"),
        (actions.add_post, "前台", "已经有「前台」这个岗位了，不用再加"),
    ):
        refuses(act, words, add, "郑岚", name=name)
    taken = {"kind": "sales_centre", "name": "山顶"}
    for code in ("hupan", "HUPAN", "company"):
        refuses(
            act, "已有项目在用，请换一个", actions.add_site, site_id=COMPANY, code=code, **taken
        )


def test_a_place_that_is_closed_takes_nothing_any_more(
    act: Act, hupan: Site, now: datetime
) -> None:
    Site.objects.filter(id=hupan.id).update(closed_at=now)
    refuses(act, "请换一个项目再试", actions.add_department, name="客服部")


def test_nothing_is_set_up_where_there_is_no_company_or_no_place(act: Act) -> None:
    with pytest.raises(Refused, match="请填写公司名称"):
        actions.set_up_company(name="　")
    with pytest.raises(Refused, match="公司已经设置过了，请刷新页面"):
        actions.set_up_company(name="另一家")
    Company.objects.all().delete()
    with pytest.raises(Refused, match="请先打开首次设置页面"):
        actions.company_id()


def test_hours_are_whole_and_do_not_run_into_one_another(act: Act) -> None:
    for hours, words in (
        ({}, "一周至少要有一天开放"),
        ({0: []}, "一周至少要有一天开放"),
        ({0: [(time(9), time(9))]}, "结束时间要晚于开始时间"),
        ({0: [(time(9), time(13)), (time(12), time(18))]}, "不能重叠，请改午休前后的时间"),
    ):
        refuses(act, words, actions.set_hours, "郑岚", hours=hours)


# Roles


def test_a_role_is_given_where_it_belongs_by_somebody_who_may(act: Act) -> None:
    give, who = actions.assign_role, {"staff_id": cast.person("林悦").id}
    refuses(act, "没有「king」这个角色。请从列表里选择", give, **who, role="king")
    refuses(act, "「系统管理员」这个角色要给在全公司", give, **who, role="administrator")
    refuses(act, "这个角色要给在具体项目", give, site_id=COMPANY, **who, role="salesperson")
    refuses(act, "只能由系统管理员指定", give, "郑岚", **who, role="sales_manager")
    myself = {"staff_id": cast.person("郑岚").id}
    refuses(act, "自己的角色要由别的管理者来改", give, "郑岚", **myself, role="salesperson")
    refuses(act, "没有找到这个人。请从名单里重新选择", give, staff_id=uuid4(), role="salesperson")


def test_who_works_at_two_places_leaves_the_company_by_its_administrator(
    act: Act, office: Site, now: datetime
) -> None:
    who = cast.person("林悦")
    Assignment.objects.create(site=office, staff=who, role="lead", since=now - timedelta(days=1))
    words = "这位同事还在「澄湖置业总部」任职。您可以结束本项目的角色，离职请系统管理员办理。"
    refuses(act, words, actions.staff_leaves, "郑岚", staff_id=who.id)
    act(actions.staff_leaves, "顾北", staff_id=who.id)
    refuses(
        act,
        "林悦已经离职。要恢复，请先在人员页办理返岗",
        actions.assign_role,
        staff_id=who.id,
        role="lead",
    )
    again = {"staff_id": who.id, "role": "salesperson"}
    act(actions.staff_returns, "顾北", **again)
    refuses(act, "这位同事在职，不用办返岗", actions.staff_returns, **again)


def test_an_offer_is_answered_once_within_its_time(act: Act, office: Site, now: datetime) -> None:
    who = cast.person("林悦")
    offer = RoleOffer.objects.create(
        site=office, staff=who, role="lead", offered_by=cast.person("顾北"), offered_at=now
    )
    told = {"site_id": office.id, "offer_id": offer.id, "accepts": True}
    answer = actions.answer_offer
    refuses(act, "没有找到这份邀请", answer, "周航", **told)
    refuses(act, "需要的话请对方再发一次", answer, "林悦", **told, at=now + timedelta(days=60))
    act(answer, "林悦", **told)
    refuses(act, "需要的话请对方再发一次", answer, "林悦", **told)
    assert Assignment.objects.filter(site=office, staff=who, role="lead").count() == 1


# Supervision


@pytest.mark.clause("TQ-11")
def test_supervision_is_handed_to_one_person_here_for_a_month_at_most(
    act: Act, now: datetime
) -> None:
    give = actions.delegate
    told = {"to": cast.person("许诺").id, "until": now + timedelta(days=1), "reason": "出差"}
    refuses(act, "只有销售经理可以指定", give, "许诺", **told)
    for changed, words in (
        ({"reason": ""}, "请写明为什么授权"),
        ({"until": now}, "结束时间要晚于现在"),
        ({"until": now + timedelta(days=32)}, "一次授权最长 31 天"),
        ({"to": cast.person("郑岚").id}, "只能授权给在本项目任职"),
        ({"to": uuid4()}, "只能授权给在本项目任职"),
    ):
        refuses(act, words, give, "郑岚", **(told | changed))
    made = act(give, "郑岚", **told)
    refuses(act, "许诺现在已经是代管人。要改时间，请先收回再重新授权", give, "郑岚", **told)
    back = {"delegation_id": made.delegation}
    refuses(act, "只有销售经理可以收回授权", actions.revoke_delegation, "许诺", **back)
    act(actions.revoke_delegation, "郑岚", **back)
    refuses(act, "已经结束了，不用再撤", actions.revoke_delegation, "郑岚", **back)


# Signing in


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("xk3!p", "密码至少 8 位。"),
        ("password1", "这个密码太常见，容易被猜到，请换一个。"),
        ("linyue2026", "密码和账号、姓名或手机号太像了，请换一个。"),
        ("83920174655", "密码不能只有数字。"),
    ],
)
def test_a_weak_password_is_refused_in_our_own_words(
    hupan: Site, now: datetime, password: str, words: str
) -> None:
    who = cast.person("林悦")
    with pytest.raises(Refused) as no:
        actions.change_password(staff_id=who.id, password=password, at=now)
    assert words in no.value.message
    assert not re.search("[A-Za-z]{4}", no.value.message), "no word of the framework's"
    assert Staff.objects.get(id=who.id).password == who.password


@pytest.mark.parametrize(
    ("pin", "words"),
    [("123", "4 到 6 位数字"), ("1234567", "4 到 6 位数字"), ("12a4", "4 到 6 位数字"), ("１２５９", "4 到 6 位数字"),
     ("0000", "请换一个"), ("2345", "请换一个"), ("8901", "请换一个"), ("3210", "请换一个")],
)  # fmt: skip
def test_a_pin_that_is_guessed_first_is_refused(
    hupan: Site, now: datetime, pin: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        actions.set_pin(staff_id=cast.person("林悦").id, pin=pin, at=now)


def test_nobody_takes_their_own_password_or_second_factor_off(act: Act) -> None:
    myself = {"staff_id": cast.person("顾北").id}
    refuses(act, "自己的密码请在「我的账号」里修改", actions.reset_password, **myself)
    refuses(act, "请在「我的账号」里更换", actions.reset_second_factor, **myself)
    with pytest.raises(Refused, match="先设置再生成备用码"):
        actions.new_recovery_codes(staff_id=cast.person("林悦").id)


def test_a_token_has_a_name_a_purpose_and_a_person_who_may(act: Act, now: datetime) -> None:
    told = {
        "name": "平板",
        "kind": "device",
        "scopes": ["queue.read"],
        "acts_as": cast.person("苏晴").id,
    }
    for changed, words in (
        ({"name": " "}, "请给密钥起个名字"),
        ({"scopes": []}, "至少勾选一项能做的事"),
        ({"kind": "toy"}, "请选类别"),
        ({"expires_at": now}, "请选以后的日期，或留空不过期"),
        ({"scopes": ["receptions.write"]}, "以此人名义不能：接单"),
        ({"acts_as": uuid4()}, "没有找到这个人"),
    ):
        refuses(act, words, actions.make_token, "郑岚", **(told | changed))
    refuses(act, "没有找到这个密钥", actions.revoke_token, "郑岚", token_id=uuid4())


def test_a_shared_tablet_has_a_name_and_is_put_away_once(act: Act) -> None:
    refuses(act, "请给这台平板起个名字", actions.share_tablet, "郑岚", name=" ")
    made = act(actions.share_tablet, "郑岚", name="前台平板")
    act(actions.retire_tablet, "郑岚", tablet_id=made.row.id)
    refuses(act, "已经停用了，不用再停", actions.retire_tablet, "郑岚", tablet_id=made.row.id)

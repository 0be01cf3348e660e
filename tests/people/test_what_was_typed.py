"""A refusal by an action keeps what was typed, says why beside it, and leads to the field."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from yingbin.people.models import Department, Post, Site, Staff

from .conftest import sign_in


@pytest.fixture
def manager(hupan: Site) -> Client:
    return _with_code("郑岚")


@pytest.fixture
def administrator(hupan: Site) -> Client:
    return _with_code("顾北")


def _with_code(name: str) -> Client:
    browser = sign_in(name)
    session = browser.session
    session["signed_in_by"] = "second_factor"
    session.save()
    return browser


def led_to(answer: Any) -> str:
    """The name of what the page begins at: a field, or the refusal itself."""
    (tag,) = re.findall(r"<[^>]*\sautofocus[^>]*>", answer.content.decode())
    name = re.search(r'name="(\w+)"', tag)
    return name[1] if name else "refusal" if 'class="refused"' in tag else tag


def test_a_post_that_is_there_already_stays_typed_with_its_tick(
    manager: Client, hupan: Site
) -> None:
    assert Post.objects.filter(site=hupan, name="大门岗").exists()
    answer = manager.post("/place/post/", {"name": "大门岗", "must_be_covered": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已经有「大门岗」这个岗位了" in page
    assert re.search(r'value="大门岗"[^>]*id="id_post_name"', page)
    assert re.search(r'name="must_be_covered"[^>]*checked', page)
    assert led_to(answer) == "name"


def test_a_department_that_is_there_already_is_refused_in_its_own_form(
    manager: Client, hupan: Site
) -> None:
    assert Department.objects.filter(site=hupan, name="销售部").exists()
    page = manager.post("/place/department/", {"name": "销售部"}).content.decode()
    assert re.search(r'value="销售部"[^>]*id="id_department_name"', page)
    assert not re.search(r'value="销售部"[^>]*id="id_post_name"', page)
    assert page.index("已经有「销售部」") > page.index("id_department_name")


def test_a_name_without_words_is_asked_for_in_its_place(manager: Client) -> None:
    answer = manager.post("/place/post/", {"name": " "})
    assert answer.status_code == 422
    assert led_to(answer) == "name"


def test_a_phone_of_somebody_else_is_refused_at_the_phone(manager: Client) -> None:
    linyue, other = cast.person("林悦"), cast.person("陈思远")
    Staff.objects.filter(id=other.id).update(phone="+8613900001234")
    told = {"name": "林小悦", "phone": "139 0000 1234", "email": "linyue@example.org"}
    _confirm(manager)
    answer = manager.post(f"/staff/{linyue.id}/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已经是陈思远" in page
    for typed in told.values():
        assert f'value="{typed}"' in page, typed
    assert led_to(answer) == "phone"


def _confirm(browser: Client) -> None:
    session = browser.session
    session["confirmed_at"] = timezone.now().timestamp()
    session.save()


def test_a_new_colleagues_taken_account_is_refused_at_the_account(manager: Client) -> None:
    told = {"name": "单小梅", "roles": ["receptionist"], "phone": "", "account": "linyue"}
    answer = manager.post("/staff/add/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="单小梅"' in page
    assert re.search(r'value="receptionist"[^>]*checked', page)
    assert led_to(answer) == "account"


def test_a_role_that_may_not_be_given_stays_chosen(manager: Client) -> None:
    linyue = cast.person("林悦")
    answer = manager.post(f"/staff/{linyue.id}/role/", {"role": "sales_manager"})
    assert answer.status_code == 422
    assert "请从列表里选择角色" in answer.content.decode()
    assert led_to(answer) == "role"


def test_a_delegation_refused_by_the_rules_leads_to_its_hour(manager: Client) -> None:
    told = {"to": str(cast.person("许诺").id), "until": "2020-01-01T18:00", "reason": "去总部开会"}
    answer = manager.post("/delegations/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="去总部开会"' in page
    assert "结束时间要晚于现在" in page
    assert led_to(answer) == "until"


def test_a_taken_code_of_a_new_site_is_refused_at_the_code(administrator: Client) -> None:
    told = {"kind": "headquarters", "name": "总部", "short_name": "总部", "code": "hupan"}
    answer = administrator.post("/sites/add/", told)
    assert answer.status_code == 422
    assert 'value="总部"' in answer.content.decode()
    assert led_to(answer) == "code"


def test_a_password_that_is_too_weak_is_refused_at_the_new_one(hupan: Site) -> None:
    browser = sign_in("林悦")
    told = {"present": cast.PASSWORD, "new": "12345678", "again": "12345678"}
    answer = browser.post("/me/password/", told)
    assert answer.status_code == 422
    assert led_to(answer) == "new"
    assert "12345678" not in answer.content.decode(), "a password is the one thing not kept"


def test_the_hours_that_were_typed_stay_and_the_missing_one_is_led_to(manager: Client) -> None:
    told = {"open_0": "on", "opens_0": "08:30", "closes_0": ""}
    answer = manager.post("/calendar/", told)
    page = answer.content.decode()
    assert 'value="08:30"' in page
    assert "周一要填开始和结束时间" in page


def test_a_button_refused_says_so_where_it_was_pressed(administrator: Client) -> None:
    gubei = cast.person("顾北")
    answer = administrator.post(
        f"/sites/role/{gubei.id}/end/", {"role": "administrator"}, follow=True
    )
    assert "公司至少要有一位系统管理员" in answer.content.decode()

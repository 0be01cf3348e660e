"""People come, change and go; who may give which role."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from tests import cast
from yingbin.journal.models import Entry
from yingbin.people import actions, queries
from yingbin.people.actions import Person, first_password
from yingbin.people.backends import AccountOrPhone
from yingbin.people.models import Assignment, Company, Site, Staff
from yingbin.rules.decision import Refused

from .conftest import COMPANY, Act

XIAOMEI = Person(name="单小梅", phone="138 1234 5678", roles=("receptionist",))


def kinds(site: Site) -> list[str]:
    rows = Entry.objects.filter(site_id=site.id).order_by("seq")
    return list(rows.values_list("kind", flat=True))


def add(act: Act, person: Person = XIAOMEI, by: str = "郑岚", **more: Any) -> Staff:
    return Staff.objects.get(id=act(actions.add_staff, by, person=person, **more).id)


def test_a_new_colleague_gets_an_account_from_the_name_and_a_role(act: Act, now: datetime) -> None:
    xiaomei = add(act)
    assert (xiaomei.account, xiaomei.phone) == ("shanxiaomei", "+8613812345678")
    assert queries.badge(xiaomei, cast.hupan().id, now).may("arrivals.record")


def test_the_journal_knows_the_new_colleague_by_id_alone(act: Act, hupan: Site) -> None:
    xiaomei = add(act)
    assert kinds(hupan) == ["staff.added", "role.given"]
    written = "".join(str(e.body) for e in Entry.objects.filter(site_id=hupan.id))
    assert str(xiaomei.id) in written
    assert "小梅" not in written
    assert "5678" not in written


def test_the_first_password_on_the_slip_opens_the_account_and_must_be_replaced(act: Act) -> None:
    done = act(actions.add_staff, "郑岚", person=XIAOMEI)
    word = first_password(done.slips, done.id)
    staff = AccountOrPhone().authenticate(None, username="13812345678", password=word)
    assert staff is not None
    assert staff.must_change_password


def test_the_same_key_adds_the_colleague_once_with_the_same_slip(act: Act) -> None:
    first = act(actions.add_staff, "郑岚", person=XIAOMEI, key="tapped")
    again = act(actions.add_staff, "郑岚", person=XIAOMEI, key="tapped")
    assert first == again
    assert Staff.objects.filter(name="单小梅").count() == 1


def test_a_second_colleague_of_the_same_name_gets_the_next_account(act: Act) -> None:
    add(act)
    other = add(act, Person(name="单小梅", roles=("receptionist",)))
    assert other.account == "shanxiaomei2"


def test_a_phone_of_someone_else_is_refused_with_their_name(act: Act) -> None:
    with pytest.raises(Refused, match="已经是林悦"):
        add(act, Person(name="新人", phone="13800010011", roles=("salesperson",)))
    assert not Staff.objects.filter(name="新人").exists()


def test_an_account_that_reads_as_somebodys_phone_is_refused(act: Act) -> None:
    with pytest.raises(Refused, match="看起来是别人的手机号"):
        add(act, Person(name="新人", account="13800010011", roles=("salesperson",)))
    own = Person(name="新人", account="13912345678", phone="13912345678", roles=("salesperson",))
    assert add(act, own).account == "13912345678"


@pytest.mark.parametrize("phone", ["12345", "1380001001", "abc", "138000100111"])
def test_an_invalid_phone_is_refused(act: Act, phone: str) -> None:
    with pytest.raises(Refused, match="不是有效的电话号码"):
        add(act, Person(name="新人", phone=phone, roles=("salesperson",)))


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("role", ["sales_manager", "project_head", "operations_manager"])
def test_a_managing_role_is_given_by_the_administrator_alone(act: Act, role: str) -> None:
    with pytest.raises(Refused, match="只能由系统管理员指定"):
        add(act, Person(name="新经理", roles=(role,)))
    assert add(act, Person(name="新经理", roles=(role,)), by="顾北")


def test_nobody_but_the_administrator_changes_their_own_roles(act: Act) -> None:
    zhenglan = cast.person("郑岚").id
    with pytest.raises(Refused, match="自己的角色"):
        act(actions.assign_role, "郑岚", staff_id=zhenglan, role="salesperson")


def test_a_company_role_cannot_be_given_at_a_site_nor_a_site_role_company_wide(act: Act) -> None:
    linyue = cast.person("林悦").id
    with pytest.raises(Refused, match="全公司"):
        act(actions.assign_role, "顾北", staff_id=linyue, role="auditor")
    with pytest.raises(Refused, match="具体项目"):
        act(actions.assign_role, "顾北", site_id=COMPANY, staff_id=linyue, role="receptionist")


def test_a_company_role_stands_in_the_companys_own_journal(act: Act, now: datetime) -> None:
    xunuo = cast.person("许诺")
    act(actions.assign_role, "顾北", site_id=COMPANY, staff_id=xunuo.id, role="auditor")
    company = queries.site_id_of("company")
    assert [e.kind for e in Entry.objects.filter(site_id=company)] == ["role.given"]
    assert queries.badge(xunuo, cast.hupan().id, now).may("journal.verify")


def test_a_role_that_ended_opens_nothing_any_more_and_stays_on_record(
    act: Act, hupan: Site, now: datetime
) -> None:
    linyue = cast.person("林悦")
    act(actions.end_role, "郑岚", staff_id=linyue.id, role="salesperson")
    assert not queries.may(linyue, "turns.take", hupan.id, now)
    row = Assignment.objects.get(staff=linyue)
    assert (row.until, row.ended_by) == (now, str(cast.person("郑岚").id))
    assert kinds(hupan) == ["role.ended"]


def test_a_role_can_be_given_again_after_it_ended(act: Act, hupan: Site, now: datetime) -> None:
    linyue = cast.person("林悦")
    act(actions.end_role, "郑岚", staff_id=linyue.id, role="salesperson")
    act(actions.assign_role, "郑岚", staff_id=linyue.id, role="salesperson")
    assert queries.may(linyue, "turns.take", hupan.id, now)


def test_the_last_administrator_stays(act: Act) -> None:
    gubei = cast.person("顾北").id
    with pytest.raises(Refused, match="至少要有一位系统管理员"):
        act(actions.end_role, "顾北", site_id=COMPANY, staff_id=gubei, role="administrator")
    act(
        actions.assign_role,
        "顾北",
        site_id=COMPANY,
        staff_id=cast.person("许诺").id,
        role="administrator",
    )
    act(actions.end_role, "顾北", site_id=COMPANY, staff_id=gubei, role="administrator")


def test_whoever_leaves_gives_up_roles_phone_and_pin(act: Act, hupan: Site, now: datetime) -> None:
    linyue = cast.person("林悦")
    act(actions.staff_leaves, "郑岚", staff_id=linyue.id)
    linyue.refresh_from_db()
    assert (linyue.is_active, linyue.phone, linyue.pin) == (False, None, "")
    assert queries.sites_of(linyue, now) == []
    assert kinds(hupan) == ["role.ended", "staff.left"]


def test_leaving_tapped_twice_is_leaving_once(act: Act, hupan: Site) -> None:
    linyue = cast.person("林悦").id
    for _ in range(2):
        act(actions.staff_leaves, "郑岚", staff_id=linyue, key="tapped")
    assert kinds(hupan).count("staff.left") == 1


def test_someone_who_works_elsewhere_too_leaves_by_the_administrator_alone(
    act: Act, hupan: Site, office: Site, now: datetime
) -> None:
    linyue = cast.person("林悦")
    act(actions.assign_role, "顾北", site_id=office.id, staff_id=linyue.id, role="senior")
    with pytest.raises(Refused, match="澄湖置业总部"):
        act(actions.staff_leaves, "郑岚", staff_id=linyue.id)
    act(actions.staff_leaves, "顾北", staff_id=linyue.id)
    assert kinds(office) == ["role.given", "role.ended"]
    assert queries.sites_of(linyue, now) == []


def test_nobody_sends_themselves_away(act: Act) -> None:
    with pytest.raises(Refused, match="不能给自己办离职"):
        act(actions.staff_leaves, "郑岚", staff_id=cast.person("郑岚").id)


def test_whoever_comes_back_gets_a_role_and_a_first_password(act: Act, now: datetime) -> None:
    linyue = cast.person("林悦")
    act(actions.staff_leaves, "郑岚", staff_id=linyue.id)
    told = {"staff_id": linyue.id, "role": "salesperson", "phone": "13800010011"}
    done = act(actions.staff_returns, "郑岚", **told)
    word = first_password(done, linyue.id)
    back = AccountOrPhone().authenticate(None, username="linyue", password=word)
    assert back == linyue
    assert queries.may(linyue, "turns.take", cast.hupan().id, now)


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("action", [actions.reset_password, actions.reset_second_factor])
def test_a_managers_sign_in_is_touched_by_the_administrator_alone(
    act: Act, office: Site, action: Any
) -> None:
    xunuo, zhenglan = cast.person("许诺").id, cast.person("郑岚").id
    act(actions.assign_role, "顾北", staff_id=xunuo, role="project_head")
    with pytest.raises(Refused, match="只能由系统管理员更改"):
        act(action, "许诺", staff_id=zhenglan)
    act(action, "顾北", staff_id=zhenglan)


@pytest.mark.clause("TQ-11")
def test_a_delegates_sign_in_is_not_taken_over_by_whoever_else_manages_people(act: Act) -> None:
    yexiaoman, xunuo = cast.person("叶小满").id, cast.person("许诺").id
    act(actions.assign_role, "顾北", staff_id=yexiaoman, role="project_head")
    until = datetime.now(cast.ZONE) + timedelta(hours=2)
    act(actions.delegate, "郑岚", to=xunuo, until=until, reason="开会")
    with pytest.raises(Refused, match="正在代管督导"):
        act(actions.reset_password, "叶小满", staff_id=xunuo)
    act(actions.reset_password, "郑岚", staff_id=xunuo)


def test_someone_of_another_site_is_not_touched_from_here(act: Act, office: Site) -> None:
    linyue = cast.person("林悦").id
    act(actions.assign_role, "顾北", site_id=office.id, staff_id=linyue, role="senior")
    act(actions.end_role, "顾北", staff_id=linyue, role="salesperson")
    with pytest.raises(Refused, match="不在本项目"):
        act(actions.reset_password, "郑岚", staff_id=linyue)


def test_a_corrected_name_is_found_by_its_new_pinyin(act: Act, hupan: Site, now: datetime) -> None:
    linyue = cast.person("林悦").id
    told = {"staff_id": linyue, "name": "任悦", "phone": "13900000011"}
    act(actions.change_person, "郑岚", **told)
    found = queries.people_of(hupan.id, now, "ry")
    assert [p.name for p in found] == ["任悦"]


@pytest.mark.parametrize("text", ["linyue", "ly", "林", "林悦", "0011", "13800010011", "LinYue"])
def test_people_are_found_by_name_pinyin_initials_account_or_phone(
    hupan: Site, now: datetime, text: str
) -> None:
    assert "林悦" in [p.name for p in queries.people_of(hupan.id, now, text)]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("吕重", ["lv", "lu", "lyuchong", "lvzhong", "吕", "lz", "lc"]),
        ("單雄", ["danxiong", "shanxiong", "单雄", "單"]),
        ("古丽·买买提", ["maimaiti", "mmt", "买买提", "guli"]),
        ("José", ["jose", "JOSÉ"]),
    ],
)
def test_colleagues_are_found_by_every_reading_of_their_names(
    act: Act, hupan: Site, now: datetime, name: str, texts: list[str]
) -> None:
    told = {"staff_id": cast.person("林悦").id, "name": name, "phone": "13900000011"}
    act(actions.change_person, "郑岚", **told)
    for text in texts:
        assert [p.name for p in queries.people_of(hupan.id, now, text)] == [name], text


def test_people_of_an_earlier_version_are_found_after_the_upgrade(
    hupan: Site, now: datetime
) -> None:
    Staff.objects.filter(name="林悦").update(name="吕重", sought="")
    assert not queries.people_of(hupan.id, now, "lyuchong").exists()
    import_module("yingbin.people.migrations.0006_staff_sought").name_all(apps, None)
    assert [p.name for p in queries.people_of(hupan.id, now, "lyuchong")] == ["吕重"]


def test_the_list_of_people_costs_two_queries_however_many_there_are(
    hupan: Site, now: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        found = list(queries.people_of(hupan.id, now))
        assert all(p.held for p in found)
    assert len(found) == 14


def test_there_is_one_company_even_when_two_people_found_it_at_once(hupan: Site) -> None:
    with pytest.raises(Refused, match="已经设置过"):
        actions.set_up_company(name="另一家公司")
    assert Company.objects.count() == 1

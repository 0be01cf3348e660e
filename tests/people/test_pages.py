"""The pages about people: who sees them, what they say, how many queries they cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests import cast
from yingbin.pages.asked import A_PAGE as PAGE
from yingbin.pages.placed import bare
from yingbin.people import actions, queries, urls
from yingbin.people.models import Company, PasswordSlips, Post, Site, Staff

from .conftest import Act, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(hupan: Site) -> Client:
    """郑岚's browser, in a company that waives the second factor."""
    Company.objects.update(managers_need_second_factor=False)
    return sign_in("郑岚")


@pytest.fixture
def admin(hupan: Site) -> Client:
    """顾北's browser, in a company that waives the second factor."""
    Company.objects.update(managers_need_second_factor=False)
    return sign_in("顾北")


MANAGE = [
    "/staff/",
    "/staff/add/",
    "/staff/sheet/",
    "/staff/sheet/template.xlsx",
    "/place/",
    "/calendar/",
]


@pytest.mark.parametrize("address", MANAGE)
@pytest.mark.parametrize(
    ("name", "status"),
    [("郑岚", 200), ("顾北", 200), ("苏晴", 403), ("林悦", 403), ("秦明", 403), ("案场大屏", 403)],
)
def test_managing_people_is_for_managers(hupan: Site, name: str, status: int, address: str) -> None:
    Company.objects.update(managers_need_second_factor=False)
    assert sign_in(name).get(address).status_code == status


@pytest.mark.parametrize(("name", "status"), [("顾北", 200), ("郑岚", 403), ("苏晴", 403)])
def test_sites_are_the_administrators(hupan: Site, name: str, status: int) -> None:
    Company.objects.update(managers_need_second_factor=False)
    assert sign_in(name).get("/sites/").status_code == status


def test_every_address_says_who_may_enter() -> None:
    for pattern in urls.urlpatterns:
        assert hasattr(pattern.callback, "access"), pattern.name


def test_strangers_are_sent_to_the_sign_in_page(hupan: Site, client: Client) -> None:
    for page in [
        *MANAGE,
        "/me/",
        "/me/pin/",
        "/me/sessions/",
        "/tablets/",
        "/delegations/",
        "/sites/",
    ]:
        assert client.get(page).url.startswith("/login/?next="), page


def test_no_page_carries_inline_style_or_script(manager: Client) -> None:
    person = reverse("people:person", args=[cast.person("林悦").id])
    pages = [
        *MANAGE[:3],
        "/place/",
        "/calendar/",
        "/me/",
        "/me/code/",
        "/me/pin/",
        "/delegations/",
        person,
    ]
    for page in pages:
        html = manager.get(page).content.decode()
        assert not re.search(r"<[^>]+\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", html), (
            page
        )


def test_the_list_finds_and_filters(manager: Client) -> None:
    def names(**asked: str) -> list[str]:
        return [p.name for p in manager.post("/staff/", asked).context["page"]]

    assert names(q="ly") == ["林悦"]
    assert set(names(role="receptionist")) == {"苏晴", "叶小满"}
    assert names(q="zzz") == []


def test_the_next_page_of_what_was_found_is_posted_for(manager: Client, hupan: Site) -> None:
    for n in range(PAGE + 1):
        one = Staff.objects.create(account=f"zhou{n}", name=f"周{n}", pinyin="zhou", initials="z")
        one.assignments.create(site=hupan, role="salesperson", since=cast.SATURDAY)
    asked = {"q": "zhou", "role": "salesperson"}
    first = manager.post("/staff/", asked)
    html = first.content.decode()
    for name, value in asked.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in html
    assert "q=zhou" not in html
    second = manager.post("/staff/", {**asked, "page": "2"})
    both = [p.name for answer in (first, second) for p in answer.context["page"]]
    assert len(both) == len(set(both)) > PAGE
    assert all("周" in name for name in both)


def test_phones_are_masked_in_the_list(manager: Client) -> None:
    page = manager.get("/staff/").content.decode()
    assert "138****0011" in page
    assert "13800010011" not in page


def test_the_list_asks_as_much_for_thirty_as_for_one(manager: Client, hupan: Site) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            manager.get("/staff/")
        return len(seen)

    few = count()
    for n in range(30):
        staff = Staff.objects.create(account=f"extra{n}", name=f"新人{n}", pinyin="x", initials="x")
        staff.assignments.create(site=hupan, role="salesperson", since=cast.SATURDAY)
    assert count() == few


def test_adding_a_colleague_ends_at_their_slip(manager: Client) -> None:
    told = {"name": "单小梅", "phone": "13812345678", "roles": ["receptionist"], "key": "k"}
    answer = manager.post("/staff/add/", told, follow=True)
    page = answer.content.decode()
    staff = Staff.objects.get(name="单小梅")
    assert "shanxiaomei" in page
    (_, word) = answer.context["people"][0]
    assert word in page
    assert answer["Cache-Control"].startswith("max-age=0")
    assert sign_in_with(staff.account, word) == "/me/password/"


def sign_in_with(account: str, word: str) -> str:
    return str(Client().post("/login/", {"login": account, "password": word}).url)


def test_a_refused_colleague_stays_typed(manager: Client) -> None:
    told = {"name": "单小梅", "phone": "13800010011", "roles": ["receptionist"]}
    answer = manager.post("/staff/add/", told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "已经是林悦" in page
    assert 'value="单小梅"' in page
    assert re.search(r'value="receptionist"[^>]*checked', page)


def test_slips_are_for_the_one_who_made_them_and_for_a_while(
    manager: Client, admin: Client
) -> None:
    told = {"name": "单小梅", "roles": ["receptionist"]}
    url = manager.post("/staff/add/", told).url
    assert manager.get(url).status_code == 200
    assert admin.get(url).status_code == 410
    manager.post(f"{url}away/")
    assert manager.get(url).status_code == 410


def test_slips_of_an_hour_ago_are_gone(manager: Client) -> None:
    url = manager.post("/staff/add/", {"name": "单小梅", "roles": ["receptionist"]}).url
    PasswordSlips.objects.update(made_at=cast.SATURDAY.replace(year=2020))
    assert manager.get(url).status_code == 410


def test_a_managing_role_is_not_even_offered_to_a_manager(manager: Client, admin: Client) -> None:
    def offered(client: Client) -> list[str]:
        form = client.get("/staff/add/").context["form"]
        return [value for value, _ in form.fields["roles"].choices]

    assert "sales_manager" not in offered(manager)
    assert "sales_manager" in offered(admin)
    told = {"name": "新经理", "roles": ["sales_manager"]}
    assert manager.post("/staff/add/", told).status_code == 422


def test_a_colleague_of_another_site_comes_over_by_account_or_phone(
    act: Act, manager: Client, admin: Client, office: Site
) -> None:
    person = actions.Person(name="总部前台", phone="13812345678", roles=("reception_department",))
    done = act(actions.add_staff, "顾北", site_id=office.id, person=person)
    admin.post("/me/site/", {"site": str(cast.hupan().id)})
    admin.post("/staff/transfer/", {"who": "138 1234 5678", "role": "receptionist"})
    staff = Staff.objects.get(id=done.id)
    assert queries.may(staff, "arrivals.record", cast.hupan().id, cast.datetime.now(cast.ZONE))
    assert (
        manager.post("/staff/transfer/", {"who": "nobody", "role": "receptionist"}).status_code
        == 422
    )


def test_someone_of_another_site_does_not_exist_here(
    act: Act, manager: Client, office: Site
) -> None:
    person = actions.Person(name="总部前台", roles=("reception_department",))
    done = act(actions.add_staff, "顾北", site_id=office.id, person=person)
    assert manager.get(f"/staff/{done.id}/").status_code == 404
    assert manager.post(f"/staff/{done.id}/password/").status_code == 404


def test_a_person_s_page_gives_and_ends_roles_resets_and_lets_go(manager: Client) -> None:
    linyue = cast.person("林悦")
    page = f"/staff/{linyue.id}/"
    manager.post(f"{page}role/", {"role": "receptionist", "key": "a"})
    manager.post(f"{page}role/end/", {"role": "salesperson", "key": "b"})
    roles = set(linyue.assignments.filter(until=None).values_list("role", flat=True))
    assert roles == {"receptionist"}
    assert manager.post(f"{page}password/", {"key": "c"}).url.startswith("/staff/slips/")
    assert manager.get(f"{page}leave/").status_code == 200
    manager.post(f"{page}leave/", {"key": "d"})
    assert "返岗" in manager.get(page).content.decode()
    assert "林悦" in manager.get("/staff/?left=1").content.decode()
    answer = manager.post(f"{page}return/", {"role": "salesperson", "phone": "", "key": "e"})
    assert answer.url.startswith("/staff/slips/")
    linyue.refresh_from_db()
    assert linyue.is_active


def test_a_manager_sees_but_does_not_touch_another_manager(act: Act, manager: Client) -> None:
    xunuo = cast.person("许诺")
    act(actions.assign_role, "顾北", staff_id=xunuo.id, role="project_head")
    page = manager.get(f"/staff/{xunuo.id}/").content.decode()
    assert "只能由系统管理员更改" in page
    assert "重置密码" not in page
    manager.post(f"/staff/{xunuo.id}/password/")
    assert not Staff.objects.get(id=xunuo.id).must_change_password


def test_one_switches_only_to_a_site_where_one_works(
    act: Act, manager: Client, office: Site
) -> None:
    assert manager.post("/me/site/", {"site": str(office.id)}).status_code == 404
    zhenglan = cast.person("郑岚").id
    act(actions.assign_role, "顾北", site_id=office.id, staff_id=zhenglan, role="senior")
    assert manager.post("/me/site/", {"site": str(office.id)}).url == "/"
    assert manager.session["site_id"] == str(office.id)
    assert manager.get("/staff/").status_code == 403
    assert "澄湖置业总部" in manager.get("/me/").content.decode()


def test_the_administrator_adds_a_site_and_works_there(admin: Client) -> None:
    told = {"kind": "show_flat", "name": "湖畔雅居样板间", "short_name": "样板间", "key": "k"}
    assert bare(admin.post("/sites/add/", told).url) == "/place/"
    site = Site.objects.get(name="湖畔雅居样板间")
    assert site.code == "hpyjybj"
    admin.post("/place/post/", {"name": "样板间岗", "must_be_covered": "on"})
    assert Post.objects.get(site=site).must_be_covered
    admin.post("/place/department/", {"name": "基础部"})
    assert [d.name for d in queries.departments_of(site.id)] == ["基础部"]
    assert admin.post("/sites/add/", told | {"key": "k2", "code": "hupan"}).status_code == 422


def test_company_settings_and_company_roles(admin: Client) -> None:
    admin.post("/sites/", {"name": "澄湖置业", "managers_need_second_factor": "", "key": "a"})
    assert Company.objects.get().name == "澄湖置业"
    admin.post("/sites/role/", {"who": "xunuo", "role": "administrator", "key": "b"})
    assert len(queries.company_people(cast.datetime.now(cast.ZONE))) == 3
    me = cast.person("顾北").id
    admin.post(f"/sites/role/{me}/end/", {"role": "administrator", "key": "c"})
    assert admin.get("/sites/").status_code == 403


def test_every_page_of_ours_names_only_addresses_that_exist(manager: Client) -> None:
    resolver = get_resolver()
    seen: set[str] = set()
    for page in [
        *MANAGE[:3],
        "/place/",
        "/calendar/",
        "/me/",
        "/delegations/",
        "/login/",
        "/switch/",
    ]:
        html = manager.get(page, follow=True).content.decode()
        seen |= set(re.findall(r'(?:href|action)="(/[^"?#]*)', html))
    for address in seen:
        if not address.startswith("/static/"):
            resolver.resolve(bare(address))

"""The first run on an empty database, and leaving the demo behind."""

import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests import cast
from yingbin.pages.placed import bare
from yingbin.people import queries
from yingbin.people.models import Company, Department, Post, Site, Staff

from .conftest import code

pytestmark = pytest.mark.django_db

ELSEWHERE = {"REMOTE_ADDR": "192.168.1.20"}
COMPANY = {"name": "澄湖置业", "managers_need_second_factor": "on", "key": "c"}
GUBEI = {
    "name": "顾北",
    "account": "gubei",
    "phone": "13800010031",
    "new": "lotus-pond-7",
    "again": "lotus-pond-7",
    "key": "a",
}
SITE = {"kind": "sales_centre", "name": "湖畔雅居销售中心", "short_name": "湖畔雅居", "key": "s"}


def test_an_empty_installation_leads_to_the_first_step(client: Client) -> None:
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/setup/"


def test_a_real_company_is_set_up_step_by_step(client: Client) -> None:
    assert client.post("/setup/", COMPANY).url == "/setup/administrator/"
    assert client.post("/setup/administrator/", GUBEI).url == "/setup/site/"
    assert bare(client.post("/setup/site/", SITE).url) == "/setup/posts/"
    told = {
        "posts": ["前台"],
        "more_posts": "吧台\n\n 茶水间 ",
        "departments": ["销售部"],
        "key": "p",
    }
    assert client.post("/setup/posts/", told | {"more_departments": ""}).url == "/setup/people/"
    told = {"name": "郑岚", "phone": "", "account": "", "roles": ["sales_manager"], "key": "z"}
    assert client.post("/setup/people/", told).url == "/setup/people/"
    assert "密码条：1 张" in client.get("/setup/people/").content.decode()
    assert client.post("/setup/done/", {"key": "d"}).url == "/"
    assert queries.is_set_up()
    assert {p.name for p in Post.objects.all()} == {"前台", "吧台", "茶水间"}
    assert [d.name for d in Department.objects.all()] == ["销售部"]
    assert Site.objects.get().code == "hpyjxszx"
    assert Staff.objects.get(name="郑岚").assignments.get().role == "sales_manager"


def test_every_step_can_be_left_and_taken_up_again(client: Client) -> None:
    client.post("/setup/", COMPANY)
    assert client.get("/setup/").url == "/setup/administrator/"
    client.post("/setup/administrator/", GUBEI)
    assert client.get("/setup/", follow=True).redirect_chain[-1][0] == "/setup/site/"
    other = Client()
    assert other.get("/setup/", follow=True).redirect_chain[-1][0].startswith("/login/?next=")
    other.post("/login/", {"login": "gubei", "password": "lotus-pond-7"})
    other.post("/setup/site/", SITE)
    assert other.get("/setup/", follow=True).redirect_chain[-1][0] == "/setup/posts/"


def test_a_company_without_administrator_leads_back_to_the_second_step(client: Client) -> None:
    client.post("/setup/", COMPANY)
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/setup/administrator/"


def test_it_is_closed_for_good_once_finished(client: Client) -> None:
    for page, told in [("", COMPANY), ("administrator/", GUBEI), ("site/", SITE), ("done/", {})]:
        client.post(f"/setup/{page}", told)
    for who in (client, Client()):
        for page in ("", "administrator/", "site/", "posts/", "people/", "done/"):
            told = GUBEI | {"name": "闯入者", "account": "intruder", "key": "x"}
            assert who.post(f"/setup/{page}", told).status_code == 302
    assert Staff.objects.count() == 1
    assert Site.objects.count() == 1


def test_after_the_first_run_the_administrator_sets_up_the_second_factor(client: Client) -> None:
    for page, told in [("", COMPANY), ("administrator/", GUBEI), ("site/", SITE), ("done/", {})]:
        client.post(f"/setup/{page}", told)
    led = client.get("/", follow=True).redirect_chain[-1][0]
    assert bare(led).startswith("/me/code/")
    client.post("/me/code/", {"code": code(client.session["totp_secret"])})
    assert client.get("/staff/").status_code == 200


def test_it_is_not_finished_without_a_site(client: Client) -> None:
    client.post("/setup/", COMPANY)
    client.post("/setup/administrator/", GUBEI)
    answer = client.post("/setup/done/", {})
    assert answer.status_code == 422
    assert "还没有项目" in answer.content.decode()


def test_from_another_machine_nothing_is_set_up_without_the_code() -> None:
    client = Client(**ELSEWHERE)
    assert "只能在运行程序的那台电脑上" in client.get("/setup/").content.decode()
    assert client.post("/setup/", COMPANY).status_code == 422
    assert client.post("/setup/", COMPANY | {"setup_code": ""}).status_code == 422
    assert client.post("/setup/administrator/", GUBEI).url == "/setup/"
    assert not Company.objects.exists()


def test_with_the_code_it_is_set_up_from_another_machine(settings: Any) -> None:
    settings.SETUP_CODE = "荷塘月色"
    client = Client(**ELSEWHERE)
    assert client.post("/setup/", COMPANY | {"setup_code": "wrong"}).status_code == 422
    assert client.post("/setup/", COMPANY | {"setup_code": "荷塘月色"}).status_code == 302
    assert client.post("/setup/administrator/", GUBEI).url == "/setup/site/"


def test_a_company_without_administrator_is_not_taken_over_from_elsewhere(client: Client) -> None:
    client.post("/setup/", COMPANY)
    assert Client(**ELSEWHERE).post("/setup/administrator/", GUBEI).url == "/setup/"
    assert not Staff.objects.exists()


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_behind_a_proxy_everyone_seems_local_and_nobody_is(header: str) -> None:
    client = Client(**{header: "127.0.0.1"})
    assert client.post("/setup/", COMPANY).status_code == 422
    assert not Company.objects.exists()


def test_a_second_tap_founds_one_company_and_one_administrator(client: Client) -> None:
    for _ in range(2):
        client.post("/setup/", COMPANY)
    second = Client()
    client.post("/setup/administrator/", GUBEI)
    second.post("/setup/administrator/", GUBEI)
    assert Company.objects.count() == 1
    assert Staff.objects.count() == 1


def test_a_weak_password_is_refused_and_the_rest_stays_typed(client: Client) -> None:
    client.post("/setup/", COMPANY)
    answer = client.post("/setup/administrator/", GUBEI | {"new": "123", "again": "123"})
    assert answer.status_code == 422
    assert 'value="gubei"' in answer.content.decode()
    assert not Staff.objects.exists()


def test_the_demo_tells_how_to_leave_it(client: Client) -> None:
    cast.gallery()
    page = client.get("/setup/leave-demo/").content.decode()
    assert "bin/yingbin manage leave_demo" in page
    assert client.get("/setup/").status_code == 302
    assert re.search(r"密码都是 <b[^>]*>yingbin-2026</b>", client.get("/login/").content.decode())
    assert cast.PASSWORD == "yingbin-2026"


def test_a_real_company_has_no_demo_to_leave(client: Client) -> None:
    cast.gallery(demo=False)
    assert client.get("/setup/leave-demo/").url == "/"
    with pytest.raises(CommandError, match="不是演示"):
        call_command("leave_demo", confirm="澄湖置业（演示）")
    assert Staff.objects.exists()


def test_the_demo_is_not_left_by_a_wrong_name() -> None:
    cast.gallery()
    with pytest.raises(CommandError, match="什么都没有清"):
        call_command("leave_demo", confirm="别的公司")
    assert Company.objects.exists()


def test_on_an_empty_database_there_is_nothing_to_leave() -> None:
    with pytest.raises(CommandError, match="空白"):
        call_command("leave_demo", confirm="x")


def test_the_console_lets_the_last_administrator_in_again(client: Client) -> None:
    from .conftest import give_totp

    cast.gallery(demo=False)
    give_totp(cast.person("顾北"))
    for _ in range(5):
        client.post("/login/", {"login": "gubei", "password": "wrong"})
    said = str(call_command("let_in", "gubei"))
    (word,) = re.findall(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", said)
    assert client.post("/login/", {"login": "gubei", "password": word}).url == "/me/password/"
    with pytest.raises(CommandError, match="没有这个账号"):
        call_command("let_in", "nobody")

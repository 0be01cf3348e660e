"""The application on the visitor's own phone: no account, a private link, and nothing for whoever has none."""

import re
from typing import Any

import pytest
from django.test import Client

from yingbin.tours.links import digest_of
from yingbin.tours.models import TourVisit
from yingbin.tours.views import public

from .headquarters import Headquarters

FORM = "/visit/zongbu/"


def filled(house: Headquarters, browser: Client, lang: str = "zh", **more: Any) -> dict[str, Any]:
    """The form as the page gave it out, filled in."""
    html = browser.get(FORM, {"lang": lang}).content.decode()
    given = dict(
        re.findall(r'<input type="hidden" name="(key|stamp|lang|terms)" value="([^"]+)"', html)
    )
    return {
        **given, "visitor": "长丰机械有限公司", "contact": "许文博", "phone": "13800138000",
        "day": f"{house.at(8, 0):%Y-%m-%d}", "start": "10:00", "end": "12:00", "headcount": "12",
        "areas": ["plant", "workshop"], "sender": "company", "relation": "frequent", "aim": "products",
        "wants": "自动线", "cameras": "一台相机", "agreed": "on", **more,
    }  # fmt: skip


def applied(house: Headquarters, browser: Client, **more: Any) -> str:
    """Somebody applied; the address of their private page."""
    answer = browser.post(FORM, filled(house, browser, **more))
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


@pytest.mark.clause("CV-3.2.1")
def test_a_visitor_applies_follows_changes_and_withdraws_without_an_account(
    house: Headquarters,
) -> None:
    browser = Client()
    link = applied(house, browser)
    row = TourVisit.objects.get()
    assert (row.how, row.words["wants"], row.terms) == ("visitor", "自动线", "2026-1")
    assert bytes(row.key_digest or b"") == digest_of(link.split("/")[3])
    html = browser.get(link).content.decode()
    assert "正在和各部门确认" in html
    assert "13800138000" not in html
    told = filled(house, browser, headcount="30", diet="两位素食") | {"key": "change"}
    assert browser.post(f"{link}change/", told).status_code == 302
    row.refresh_from_db()
    assert (row.headcount, row.words["diet"]) == (30, "两位素食")
    browser.post(f"{link}withdraw/", {"key": "withdraw"})
    html = browser.get(link).content.decode()
    assert "已经取消" in html
    assert "正在确认" not in html, "no department is asked any more"
    assert "opened" in house.heard("江")
    assert house.faults() == []


@pytest.mark.clause("CV-3.2.1")
def test_the_same_form_sent_twice_is_one_application_with_one_link(house: Headquarters) -> None:
    browser = Client()
    told = filled(house, browser)
    links = {browser.post(FORM, told)["Location"] for _ in range(2)}
    assert len(links) == 1
    assert TourVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("visitor", "", "请填写来访单位"),
        ("agreed", "", "请先阅读并同意保密与安全须知"),
        ("end", "09:00", "离开的时间要在到达之后"),
        ("day", "2026-11-01", "来访时间已经过去"),
        ("headcount", "0", "之间的整数"),
        ("areas", "laboratory", "请从列表里选择"),
        ("phone", "12", ""),
        ("stamp", "0~0", "这张表打开太久了"),
        ("visitor", "长" * 81, "最多 80 个字"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    house: Headquarters, field: str, value: str, said: str
) -> None:
    browser = Client()
    answer = browser.post(FORM, filled(house, browser, **{field: value}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "自动线" in html, "what was typed is still there"
    assert not TourVisit.objects.exists()


@pytest.mark.clause("CV-2")
@pytest.mark.parametrize("name", ["许文博", "A" * 40, "欧阳·" * 8])
def test_any_name_that_a_person_has_is_kept_as_typed(house: Headquarters, name: str) -> None:
    applied(house, Client(), contact=name)
    assert TourVisit.objects.get().contact == name


@pytest.mark.clause("CV-3.1")
def test_a_refusal_is_polite_and_says_nothing_of_the_house(house: Headquarters) -> None:
    browser = Client()
    link = applied(house, browser, headcount="3", relation="none")
    html = browser.get(link).content.decode()
    assert "很抱歉不能接待" in html
    for word in ("CV-", "declined", "批示", "谢绝", "生产部", "江"):
        assert word not in html
    english = browser.get(link, {"lang": "en"}).content.decode()
    assert "yours is a little small this time" in english


def test_the_form_speaks_english_too(house: Headquarters) -> None:
    browser = Client()
    html = browser.get(FORM, {"lang": "en"}).content.decode()
    for word in ("Organisation", "Workshop", "Dietary needs", "No photographs", "A school"):
        assert word in html
    link = applied(house, browser, lang="en")
    assert "We have your application" in browser.get(link).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("visitor", "", "Please fill in: Organisation."),
        ("end", "09:00", "Please leave after you arrive."),
        ("day", "2026-11-01", "That time has passed."),
        ("headcount", "0", "at least 1: Number of visitors"),
        ("stamp", "0~0", "This form was open for too long"),
    ],
)
def test_what_is_wrong_is_said_in_english_too(
    house: Headquarters, field: str, value: str, said: str
) -> None:
    browser = Client()
    html = browser.post(FORM, filled(house, browser, "en", **{field: value})).content.decode()
    assert said in html
    assert "可不填" not in re.sub('<span class="optional">[^<]*</span>', "", html)


@pytest.mark.clause("CV-4.2")
@pytest.mark.parametrize(
    "path",
    ["/visit/hupan/", "/visit/nowhere/", "/visit/zongbu/AAAA/", "/visit/zongbu/AAAA/change/"],
)
def test_nobody_finds_out_who_visits_by_trying(house: Headquarters, path: str) -> None:
    house.apply()
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "长丰" not in answer.content.decode()


def test_a_house_that_has_chosen_no_areas_says_to_telephone(house: Headquarters) -> None:
    house.choose(areas={})
    answer = Client().get(FORM)
    assert "请打电话给前台" in answer.content.decode()


def test_one_address_that_sends_one_after_the_other_is_asked_to_wait(
    house: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "FROM_HERE", 1)
    applied(house, Client())
    browser = Client()
    answer = browser.post(FORM, filled(house, browser, visitor="远东电气"))
    html = answer.content.decode()
    assert "刚才提交的太多了" in html
    assert "远东电气" in html, "what was typed is still there"
    assert TourVisit.objects.count() == 1

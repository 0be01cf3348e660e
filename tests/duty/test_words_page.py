"""涂掉文字: a word looked for, ticked, crossed out; for whoever may erase, and nothing typed lands in an address (TQ-11)."""

from datetime import timedelta

import pytest
from django.test import Client

from yingbin.duty.written import find
from yingbin.people.models import Assignment, Company, Staff

from .doors import BACKEND, enter, here, shown
from .flat import MONDAY, Flat


@pytest.fixture
def clerk(day: Flat) -> Client:
    """The sales manager, who answers customers that ask to be forgotten."""
    who = Staff.objects.create(account="keeper", name="郑岚")
    since = MONDAY - timedelta(days=9)
    Assignment.objects.create(site=day.place, staff=who, role="sales_manager", since=since)
    Company.objects.update(managers_need_second_factor=False)
    client = Client()
    client.force_login(who, backend=BACKEND)
    return client


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "写下姓名或电话再找"),
        ("王", "至少写两个字"),
        ("赵六六", "没有找到"),
        ("冒烟", "垃圾桶冒烟，浇灭了。"),
    ],
)
def test_the_page_says_what_it_found_or_what_to_type(
    day: Flat, clerk: Client, typed: str, words: str
) -> None:
    answer = clerk.post(here(day, "words/"), {"q": typed})
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert "冒烟" not in shown(clerk, here(day, "words/?q=冒烟"))


def test_what_is_ticked_is_crossed_out_and_nothing_without_a_tick(day: Flat, clerk: Client) -> None:
    key = find(day.site, "冒烟")[0].key
    told = {"q": "冒烟", "because": "needless", "key": "k"}
    refused = clerk.post(here(day, "words/"), told)
    assert (refused.status_code, len(find(day.site, "冒烟"))) == (422, 1)
    assert "请勾选要涂掉的文字" in refused.content.decode()
    done = clerk.post(here(day, "words/"), {**told, "chosen": key}, follow=True)
    assert "已涂掉 1 处" in done.content.decode()
    assert find(day.site, "冒烟") == []


@pytest.mark.parametrize("who", ["叶", "许", "秦"])
def test_nobody_below_the_project_head_crosses_anything_out(day: Flat, who: str) -> None:
    assert enter(day, who).get(here(day, "words/")).status_code == 403

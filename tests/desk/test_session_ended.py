"""A session that ends while a call is written down: what was typed is in the page, comes back after signing in, and counts once (SD-4.1)."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.desk.counter import Counter
from yingbin.desk.models import DeskMatter
from yingbin.matters.models import Recusal

pytestmark = pytest.mark.clause("SD-4.1")
HERE = {"Origin": "http://testserver"}  # as the browser says of our own page
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def typed(counter: Counter, **more: Any) -> dict[str, Any]:
    """A call as it stands in the form, half of it under 更多."""
    return {
        "key": "a-call", "q": "3-2-1801", "words": "前台 \"小苏\" 说话难听\n第二次了", "kind": "complaint", "source": "call",
        "subject": "staff", "caller": "王女士", "phone": "13812345678", "about": [str(counter.id("苏"))], **more,
    }  # fmt: skip


def ends(browser: Client) -> None:
    """The server forgets who it was; the browser doesn't know yet."""
    Session.objects.all().delete()
    assert browser.cookies


def kept(page: str) -> dict[str, list[str]]:
    """What the page that comes instead keeps to be sent again."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(page):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_what_was_typed_is_kept_in_the_page_and_sent_again_it_counts_once(counter: Counter) -> None:
    browser, at = counter.browser("叶"), reverse("desk:new")
    ends(browser)
    told = typed(counter)
    answer = browser.post(at, told, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "登录已经结束，刚才填的没有保存，但都还在这一页里" in page
    assert DeskMatter.objects.count() == 0
    again = kept(page)
    for name, value in told.items():
        assert again[name] == (value if isinstance(value, list) else [value.replace("\n", "\r\n")]) or again[name] == [value]  # fmt: skip
    back = counter.browser("叶")
    for _ in range(2):
        said = back.post(at, again, follow=True).content.decode()
        assert "2026-0001 号已登记，由叶负责答复住户。" in said
    row = DeskMatter.objects.get()
    assert (row.caller, row.matter.detail.splitlines()[-1]) == ("王女士", "第二次了")
    assert Recusal.objects.get().staff_id == counter.id("苏")


def test_another_clerk_who_signs_in_there_sends_it_in_their_own_name(counter: Counter) -> None:
    browser, at = counter.browser("叶"), reverse("desk:new")
    ends(browser)
    again = kept(browser.post(at, typed(counter, about=[]), headers=HERE).content.decode())
    counter.browser("苏").post(at, again)
    assert DeskMatter.objects.get().matter.opened_by == counter.id("苏")


def test_what_is_looked_up_meanwhile_tells_a_stranger_nothing(counter: Counter) -> None:
    counter.record(home="3-2-1801", title="厨房漏水")
    browser = counter.browser("叶")
    ends(browser)
    answer = browser.post(
        reverse("desk:register_look"), {"q": "3-2-1801", "words": "漏水"}, headers=HERE
    )
    assert answer.status_code == 401
    assert "厨房漏水" not in answer.content.decode()


def test_the_draft_is_under_the_name_of_whoever_typed_it_before_and_after_signing_in(
    counter: Counter,
) -> None:
    """The script keeps it in the browser by these two marks of the page, so they must be the same ones again."""

    def marks(who: str) -> tuple[str, str]:
        page = counter.browser(who).get(reverse("desk:new")).content.decode()
        found = [re.search(rf'{name}="([^"]+)"', page) for name in ("data-draft", "data-who")]
        assert all(found), "both stand on the page"
        return found[0][1], found[1][1]  # type: ignore[index]

    before = marks("叶")
    Session.objects.all().delete()
    assert marks("叶") == before == ("desk-register", str(counter.id("叶")))
    assert marks("苏") != before, "nobody else finds it"


def test_a_form_that_came_back_with_a_refusal_keeps_all_of_it_too(counter: Counter) -> None:
    told = typed(counter, about=[str(counter.id("林")), str(counter.id("顾"))])
    answer = counter.browser("叶").post(reverse("desk:new"), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "主管和主任里要留一位来处理这件投诉" in page
    for who in "林顾":
        assert re.search(rf'value="{counter.id(who)}"[^>]*checked', page), who
    assert "第二次了" in page
    assert DeskMatter.objects.count() == 0

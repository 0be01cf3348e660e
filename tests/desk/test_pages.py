"""What people see of a matter and may do with it: just what the rules would accept, with what was typed kept."""

import re

import pytest
from django.urls import reverse

from yingbin.desk.actions.verbs import guide
from yingbin.desk.models import DeskMatter, DeskNote
from yingbin.rules.decision import Refused

from .counter import Counter


def page_of(counter: Counter, who: str, one: object) -> str:
    """The matter's page as somebody sees it."""
    answer = counter.browser(who).get(reverse("desk:matter", args=[one]), follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def buttons(html: str) -> list[str]:
    """The events that the page offers, the primary one first."""
    return re.findall(r"/do/([a-z]+)/", html)


@pytest.mark.clause("SD-4.1")
def test_a_clerk_writes_down_what_a_resident_asks_for(counter: Counter) -> None:
    browser = counter.browser("苏")
    told = {
        "key": "k", "kind": "help", "source": "call", "q": "3栋2单元1801", "caller": "王女士",
        "words": "厨房水管漏水\n水到楼道了", "urgent": "yes",
    }  # fmt: skip
    answer = browser.post(reverse("desk:new"), told, follow=True)
    html = answer.content.decode()
    assert answer.status_code == 200
    row = DeskMatter.objects.get()
    assert (row.matter.grade, row.caller, row.place) == ("urgent", "王女士", "3栋2单元1801")
    assert "2026-0001 号已登记，由苏负责答复住户。" in html
    page = page_of(counter, "苏", row.matter_id)
    for seen in ("紧急", "响应", "3栋2单元1801", "水到楼道了", "转给部门", "漏水、渗水"):
        assert seen in page


@pytest.mark.clause("SD-4.1")
def test_what_is_missing_is_said_and_what_was_typed_stays(counter: Counter) -> None:
    told = {"key": "k", "kind": "help", "source": "call", "q": "", "words": "漏水"}
    answer = counter.browser("苏").post(reverse("desk:new"), told)
    assert answer.status_code == 422
    assert "漏水" in answer.content.decode()
    assert "请写是哪一户，或者在哪里。" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "offered"),
    [("苏", "withdraw"), ("叶", "cancel"), ("钱", "accept"), ("林", "accept")],
)
def test_each_finds_what_the_rules_would_accept_from_them(
    counter: Counter, who: str, offered: str
) -> None:
    one = counter.record()
    counter.offer("苏", one)
    found = buttons(page_of(counter, who, one))
    if who == "林":
        assert "accept" not in found
        assert {"withdraw", "assign", "cancel"} <= set(found)
    else:
        assert offered in found
    assert len(found) == len(set(found)), "each event has one place"


@pytest.mark.clause("SD-4.4")
def test_a_refusal_stays_on_the_page_in_the_words_of_the_rules(counter: Counter) -> None:
    one = counter.record()
    address = reverse("desk:act", args=[one, "tell"])
    answer = counter.browser("苏").post(address, {"key": "k"}, follow=True)
    assert answer.status_code == 422
    assert "还没有可以告诉住户的答复" in answer.content.decode()


@pytest.mark.clause("SD-3.3")
def test_the_supervisors_word_reaches_the_clerk_and_stays_on_the_matter(counter: Counter) -> None:
    one = counter.record()
    words = {"key": "k", "words": "先关总阀，再派人"}
    counter.browser("林").post(reverse("desk:guide", args=[one]), words)
    assert counter.heard("苏") == ["guidance"]
    assert "先关总阀，再派人" in page_of(counter, "苏", one)
    assert DeskNote.objects.get().to == counter.id("苏")
    refused = counter.browser("叶").post(reverse("desk:guide", args=[one]), words)
    assert refused.status_code == 403
    assert counter.faults() == []


@pytest.mark.clause("SD-3.3")
def test_the_supervisors_word_reaches_whoever_has_the_task_too(counter: Counter) -> None:
    one = counter.record()
    counter.offer("苏", one)
    counter.act("钱", "accept", one)
    counter.do(guide, "林", matter_id=one, words="先关总阀")
    assert counter.heard("钱")[-1] == counter.heard("苏")[-1] == "guidance"
    mine = counter.record("林")
    with pytest.raises(Refused, match="请写备注"):
        counter.do(guide, "林", matter_id=mine, words="自己跟自己说")


def test_a_worker_sees_what_is_offered_or_held_and_nothing_else(counter: Counter) -> None:
    one, other = counter.record(), counter.record(title="草坪枯了", subject="green")
    counter.offer("苏", one)
    browser = counter.browser("钱")
    assert browser.get(reverse("desk:matter", args=[one]), follow=True).status_code == 200
    assert browser.get(reverse("desk:matter", args=[other]), follow=True).status_code == 404
    counter.act("孙", "accept", one)
    assert browser.get(reverse("desk:matter", args=[one]), follow=True).status_code == 404
    assert browser.get(reverse("desk:index"), follow=True).status_code == 403


@pytest.mark.clause("SD-4.3")
def test_each_rung_of_a_ladder_is_said_to_be_another_one(counter: Counter) -> None:
    one = counter.record("苏", urgent=True)
    counter.clock(days=2)
    html = (
        counter.browser("苏").get(reverse("desk:matter", args=[one]), follow=True).content.decode()
    )
    rungs = re.findall(r"(\w+)超时上报（第 (\d) 级）", html)
    assert rungs
    for clock in {clock for clock, _ in rungs}:
        levels = [int(n) for name, n in rungs if name == clock]
        assert levels == sorted(range(1, len(levels) + 1), reverse=True), "the latest first"


@pytest.mark.parametrize(
    ("severity", "marked"), [("minor", False), ("major", True), ("grave", True)]
)
def test_only_what_is_graver_than_usual_has_a_mark(
    counter: Counter, severity: str, *, marked: bool
) -> None:
    one = counter.record("苏", "complaint", title="楼上敲墙", subject="noise")
    counter.act("苏", "respond", one)
    counter.act("苏", "assess", one, severity=severity)
    for address in (reverse("desk:mine"), reverse("desk:matter", args=[one])):
        html = counter.browser("苏").get(address, follow=True).content.decode()
        pills = re.findall(r'<span class="pill danger">(?:<svg.*?</svg>)?\s*([^<]+)', html, re.S)
        grades = {"一般", "重大", "特别严重"} & {said.strip() for said in pills}
        assert bool(grades) is marked, (address, pills)

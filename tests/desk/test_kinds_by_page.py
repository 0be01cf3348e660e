"""The kinds from the first word to the answer, by plain posts: each step is the one the page puts first."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.customers.office import Office, as_
from yingbin.desk.actions.verbs import happen
from yingbin.desk.doings import page_for
from yingbin.people.models import Assignment, Site
from yingbin.rules.decision import Refused

from .counter import Counter

Step = tuple[str, str, dict[str, Any]]
WORKS = "工程部"
HELP: list[Step] = [
    ("苏", "offer", {"to": WORKS}),
    ("钱", "accept", {}),
    ("钱", "arrive", {}),
    ("钱", "done", {}),
    ("苏", "tell", {}),
]
SUGGESTION: list[Step] = [
    ("苏", "analyse", {"note": "三十户同意"}),
    ("苏", "answer", {"text": "下季度装两个"}),
    ("苏", "tell", {}),
]
COMPLAINT: list[Step] = [
    ("苏", "respond", {}),
    ("苏", "assess", {"severity": "major"}),
    ("苏", "investigate", {"note": "看了监控"}),
    ("苏", "answer", {"text": "停工并罚扣押金"}),
    ("苏", "tell", {}),
    ("苏", "agree", {"agreed": "yes"}),
]


class Browsers:
    """A browser for everybody who acts, signed in once."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.open = counter, dict[str, Client]()

    def of(self, who: str) -> Client:
        if who not in self.open:
            self.open[who] = self.counter.browser(who)
        return self.open[who]

    def page(self, who: str, one: UUID) -> str:
        """The matter's page as somebody sees it."""
        answer = self.of(who).get(reverse("desk:matter", args=[one]), follow=True)
        return answer.content.decode()

    def post(self, who: str, event: str, one: UUID, **told: Any) -> str:
        """A step by its form; the page after it."""
        self.counter.later(minutes=1)
        if told.get("to") == WORKS:
            told["to"] = f"department:{self.counter.works.id}"
        sent = {"key": f"{event}{one}{len(self.counter.log(one))}", **told}
        page = page_for(self.counter.row(one).kind, event)
        address = reverse(page, args=[one]) if page else reverse("desk:act", args=[one, event])
        answer = self.of(who).post(address, sent, follow=True)
        assert answer.status_code == 200, re.findall(r'role="alert".*?</div></div>', answer.content.decode(), re.S)  # fmt: skip
        return answer.content.decode()


@pytest.mark.clause("SD-4.2.1", "SD-4.2.2", "SD-4.2.4", "SD-4.2.5", "SD-4.4")
@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("enquiry", [("苏", "answer", {"text": "六点开门"}), ("苏", "tell", {})]),
        ("help", HELP),
        ("suggestion", SUGGESTION),
        ("complaint", COMPLAINT),
    ],
)
def test_each_kind_is_led_from_its_first_word_to_the_answer(
    counter: Counter, kind: str, steps: list[Step]
) -> None:
    one, browsers = counter.record("苏", kind), Browsers(counter)
    html, looks = "", ""
    for who, event, told in steps:
        html = html if who == looks else browsers.page(who, one)
        offered = [a or "done" for a, _ in re.findall(r'"[^"]*/(?:do/([a-z]+)|(finish))/"', html)]
        assert offered[0] == event, f"{who} is led to {offered[0]}, not to {event}"
        html, looks = browsers.post(who, event, one, **told), who
    assert counter.stands(one)[0] == "closed"
    assert counter.log(one) == ["record", *(event for _, event, _ in steps)]
    assert counter.faults() == []


def at_the_door(counter: Counter) -> UUID:
    """A paid service with 钱 at the resident's door."""
    one = counter.record("苏", "paid")
    counter.offer("苏", one)
    counter.act("钱", "accept", one)
    counter.act("钱", "arrive", one)
    return one


@pytest.mark.clause("SD-4.2.3")
def test_a_price_of_nothing_is_a_price_and_one_that_changed_is_not_accepted(
    counter: Counter,
) -> None:
    one = at_the_door(counter)
    assert "报价0元" in counter.act("钱", "quote", one, amount=0)
    counter.act("钱", "agree", one, agreed=True, amount=0)
    assert counter.desk(one).quote_agreed
    counter.act("钱", "quote", one, amount=12000)
    with pytest.raises(Refused, match="报价是120元"):
        counter.act("苏", "agree", one, agreed=True, amount=0)


@pytest.mark.clause("SD-4.4")
def test_what_was_typed_stays_where_the_rules_refuse(counter: Counter) -> None:
    one = counter.record("苏", "complaint")
    told = {"key": "k", "text": "已经处理，请您放心"}
    answer = counter.browser("苏").post(
        reverse("desk:act", args=[one, "answer"]), told, follow=True
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "还不到答复这一步" in html
    assert "已经处理，请您放心" in html


@pytest.mark.clause("SD-4.3")
def test_a_duplicate_is_named_by_the_number_people_say(counter: Counter) -> None:
    first, again, browsers = counter.record(), counter.record(), Browsers(counter)
    html = browsers.post("苏", "cancel", again, reason="duplicate", of="2026-0001")
    assert "与 2026-0001 号是同一件事" in html
    assert counter.stands(again)[0] == "cancelled"
    assert counter.stands(first)[0] == "new"


@pytest.mark.clause("SD-4.3", "SD-4.4")
def test_a_resident_who_is_not_satisfied_opens_it_again_and_only_the_supervisor_hears_what_was_asked(
    counter: Counter,
) -> None:
    one, browsers = counter.record("苏", "complaint"), Browsers(counter)
    for who, event, told in COMPLAINT[:-1]:
        counter.act(who, event, one, **told)
    counter.act("苏", "agree", one, agreed=True)
    said = {"key": "call", "points": "1", "asked": "yes", "remark": "又敲了"}
    address = reverse("desk:call", args=[one])
    assert "打回访" in browsers.page("叶", one)
    assert "打回访" not in browsers.page("苏", one), "they handled it"
    answer = browsers.of("叶").post(address, said, follow=True)
    assert "住户不满意，重新打开" in answer.content.decode()
    assert counter.heard("林").count("asked") == 1
    assert "asked" not in counter.heard("苏") + counter.heard("顾")


def test_a_matter_of_another_office_is_not_there(counter: Counter) -> None:
    one = counter.record()
    other = Office("xihu", "西湖管理处")
    Assignment.objects.filter(site=other.place).update(role="desk_clerk")
    Site.objects.filter(id=other.site).update(kind="management_office")
    browser = as_(other, "苏晴")
    assert browser.get(reverse("desk:matter", args=[one]), follow=True).status_code == 404
    step = reverse("desk:act", args=[one, "tell"])
    assert browser.post(step, {"key": "x"}, follow=True).status_code == 404
    with pytest.raises(Refused, match="客服台开不了"):
        other.do(happen, "苏晴", event="tell", matter_id=one)

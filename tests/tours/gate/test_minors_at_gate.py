"""A class whose minors nobody listed is told so at the gate; the rules' answer stays the rules' (CV-4.1)."""

import json
from typing import Any

import pytest
from django.urls import reverse

from yingbin.tours.minors import AT_GATE
from yingbin.tours.models import TourGuest

from .post import Post

SCHOOL = {"photo": False, "sender": "school"}
CASES: dict[str, tuple[dict[str, Any], bool]] = {
    "a class without a list": ({"state": SCHOOL}, True),
    "a class of grown-ups": ({"state": SCHOOL, "words": {"minors": "no"}}, False),
    "a company": ({}, False),
    "a company with apprentices under 18": ({"words": {"minors": "yes"}}, True),
}


@pytest.mark.clause("CV-4.1")
@pytest.mark.parametrize("what", CASES)
def test_a_guard_is_told_that_minors_come_whom_nobody_listed(post: Post, what: str) -> None:
    told, missing = CASES[what]
    visit = post.visit(**told)
    number = post.issue(visit, 12)
    answer = post.scan(number, count=12)
    assert answer.allowed, "a note, and not a rule"
    assert answer.note == (AT_GATE if missing else "")
    assert post.out(number, count=12).note == "", "nobody is kept in"


@pytest.mark.clause("CV-4.1")
def test_with_its_list_a_class_comes_in_without_a_word_with_a_line_and_without(post: Post) -> None:
    visit = post.visit(state=SCHOOL)
    number = post.issue(visit, 12)
    address = reverse("tours:gate_list", args=[post.gates["北门"]])
    tablet = post.browser("高磊")

    def note() -> str:
        """What a device without a line would say."""
        listed = tablet.post(f"/s/zongbu{address}", {"waiting": "0"})
        return str(json.loads(listed.content)["passes"][0]["note"])

    assert note() == AT_GATE
    TourGuest.objects.create(
        site=post.place, visit=visit, number=1, seq=1, at=post.now, name="小明", minor=True, care_of="周老师"
    )  # fmt: skip
    assert (note(), post.scan(number, "南门").note) == ("", "")


def test_the_guards_page_leads_to_the_list(post: Post) -> None:
    visit = post.visit(state=SCHOOL)
    number, gate = post.issue(visit, 12), post.gates["北门"]
    sent = {"code": str(number), "way": "in", "count": "12", "key": "in"}
    browser, page = post.browser("高磊"), f"/s/zongbu{reverse('tours:scan', args=[gate])}"
    html = browser.post(page, sent, follow=True).content.decode()
    assert AT_GATE in html
    assert reverse("tours:guests", args=[visit.id]) in html

"""SD-4.2.5: a complaint's cause, and what is done so that it doesn't come again, kept and shown until it is done."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.desk.complaining import OWN, complaint, correct, named, reads, refusal, stays_true
from tests.desk.counter import Counter
from yingbin.desk.actions import complaints as doing
from yingbin.desk.models import ComplaintCause
from yingbin.matters.actions import done
from yingbin.matters.ticks import tick

pytestmark = pytest.mark.clause("SD-4.2.5")


def test_a_cause_from_the_list_and_in_words_is_kept_and_the_last_counts(counter: Counter) -> None:
    one = complaint(counter)
    told = {"matter_id": one}
    for said, fields in (
        ("请选一项原因。", {"cause": "weather"}),
        ("选了“其他”，请写一句是什么原因。", {"cause": "other"}),
    ):
        assert refusal(counter, counter.do, doing.cause, "苏", **told, **fields) == said
    assert refusal(counter, counter.do, doing.cause, "叶", **told, cause="slow").startswith(
        "由负责人"
    )
    for cause, words in (("unfounded", ""), ("manner", "新来的，没有培训")):
        counter.do(doing.cause, "苏", **told, cause=cause, words=words)
    assert ComplaintCause.objects.count() == 2
    page = counter.browser("叶").get(reverse("desk:matter", args=[one])).content.decode()
    assert "态度不好" in page
    assert "新来的，没有培训" in page
    assert "不属实" not in page
    helped = counter.record()
    said = "只有投诉要写原因和整改。"
    assert refusal(counter, counter.do, doing.cause, "苏", matter_id=helped, cause="slow") == said
    stays_true(counter)


def test_a_correction_waits_for_whoever_does_it_is_told_late_and_is_shown_until_done(
    counter: Counter,
) -> None:
    one = complaint(counter)
    made = correct(counter, one, "叶")
    assert counter.heard("叶") == ["open"]
    assert "前台重新培训" in reads(counter.browser("叶"), "matters:index")
    counter.later(days=3)
    tick(counter.now)
    assert [("late" in counter.heard(who)) or ("escalate" in counter.heard(who)) for who in "叶林"] == [True, True]  # fmt: skip
    page = counter.browser("苏").get(reverse("desk:matter", args=[one])).content.decode()
    assert "过期" in page
    counter.act("林", "cancel", one, reason="withdrawn")
    page = counter.browser("苏").get(reverse("desk:complaint", args=[one])).content.decode()
    assert "过期" in page, "also when the complaint is over"
    counter.do(done, "叶", matter_id=made, note="培训了两个小时")
    page = counter.browser("苏").get(reverse("desk:matter", args=[one])).content.decode()
    assert "做完了" in page
    stays_true(counter)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"what": " "}, "请写要做什么，免得再有人投诉。"),
        ({"until": timedelta(minutes=-1)}, "期限已经过了，请选以后的时间。"),
        ({"who": "叶"}, "投诉的就是这位同事，整改要由别人来做。"),
        ({"by": "叶"}, OWN),
    ],
)
def test_what_is_no_correction_is_refused(
    counter: Counter, told: dict[str, Any], said: str
) -> None:
    one = complaint(counter, about="叶")
    fields = {"who": "孙", **told}
    if "until" in fields:
        fields["until"] = counter.now + fields["until"]
    assert refusal(counter, correct, counter, one, **fields) == said


def test_whom_it_is_about_sees_no_correction_of_it_either(counter: Counter) -> None:
    one = complaint(counter)
    made = correct(counter, one, "孙")
    named(counter, "苏", one, "林")
    later = correct(counter, one, "孙", what="换一套说法")
    browser = counter.browser("林")
    for matter in (made, later):
        assert browser.get(reverse("matters:matter", args=[matter])).status_code == 404
    counter.later(days=3)
    tick(counter.now)
    assert [kind for kind in counter.heard("林") if kind in ("late", "escalate")] == []
    assert "培训" not in reads(browser, "matters:index")


def test_the_page_asks_and_says_all_of_it(counter: Counter) -> None:
    one = complaint(counter)
    browser, at = counter.browser("苏"), reverse("desk:complaint", args=[one])
    assert "还没有写" in browser.get(at).content.decode()
    bad = browser.post(reverse("desk:complaint_cause", args=[one]), {"key": "a", "cause": ""})
    assert bad.status_code == 422
    assert "请选一项原因。" in bad.content.decode()
    until = f"{counter.now + timedelta(days=2):%Y-%m-%dT%H:%M}"
    for name, told in (
        ("complaint_cause", {"cause": "slow", "words": "夜里只有一个人"}),
        ("correct", {"what": "夜班加一人", "who": str(counter.id("赵")), "until": until}),
        ("complained_of", {"about": [str(counter.id("石"))]}),
    ):
        answer = browser.post(reverse(f"desk:{name}", args=[one]), {"key": name, **told})
        assert answer.status_code == 302, (name, answer.content.decode()[-900:])
    page = browser.get(at).content.decode()
    for word in ("来得慢、办得慢", "夜里只有一个人", "夜班加一人", "石", "已回避"):
        assert word in page
    chief = counter.browser("林")
    gone = reverse("desk:not_complained_of", args=[one, counter.id("石")])
    assert chief.post(gone, {"key": "n"}).status_code == 302
    assert "已回避" not in chief.get(at).content.decode()
    assert counter.browser("苏").get(reverse("desk:complaint", args=[counter.record()])).status_code == 404  # fmt: skip


@pytest.mark.clause("SD-3.3")
def test_the_supervisor_has_all_corrections_in_one_list_what_is_overdue_first(
    counter: Counter,
) -> None:
    one = complaint(counter)
    for what, who, days in (("三天内做", "叶", 3), ("一天内做", "孙", 1), ("五天内做", "钱", 5)):
        correct(counter, one, who, what=what, until=counter.now + timedelta(days=days))
    counter.later(days=4)
    page = reads(counter.browser("林"), "desk:corrections")
    places = [page.index(what) for what in ("一天内做", "三天内做", "五天内做")]
    assert places == sorted(places)
    assert page.count("过期 ") == 2
    assert all(who in page for who in ("孙", "叶", "钱"))
    assert "is-late" in page.partition("投诉整改 <b")[0].rpartition("<a ")[2]


def test_a_correction_that_is_done_goes_to_the_other_list(counter: Counter) -> None:
    one = complaint(counter)
    made = correct(counter, one, "叶")
    counter.do(done, "叶", matter_id=made, note="培训了两个小时")
    assert "没有要列的整改" in reads(counter.browser("林"), "desk:corrections")
    page = counter.browser("林").get(reverse("desk:corrections"), {"which": "done"})
    assert "做完了" in page.content.decode()
    assert counter.browser("林").get(reverse("desk:corrections"), {"which": "x"}).status_code == 404
    assert counter.browser("苏").get(reverse("desk:corrections")).status_code == 403


def test_a_chief_doesnt_see_the_corrections_of_a_complaint_about_themselves(
    counter: Counter,
) -> None:
    one = complaint(counter)
    named(counter, "苏", one, "林")
    correct(counter, one, "孙")
    other = complaint(counter, home="7-1-101", subject="noise", title="夜里装修")
    correct(counter, other, "孙", what="换一套说法")
    page = reads(counter.browser("林"), "desk:corrections")
    assert "换一套说法" in page
    assert "培训" not in page
    assert "培训" in reads(counter.browser("顾"), "desk:corrections")

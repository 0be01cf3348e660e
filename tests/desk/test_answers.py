"""答案库: answers that were given are given again with one tap, until their day is over (SD-4.2.1)."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from tests.customers.office import Office, as_
from yingbin.desk.actions.answers import Entry, Wording, change, keep, use
from yingbin.desk.models import AnswerEntry, AnswerUse, AnswerVersion, DeskMatter
from yingbin.desk.queries.answers import proposed
from yingbin.people.models import Assignment, Site
from yingbin.rules.decision import Refused

from .counter import Counter
from .test_callbacks import text

FEES = Wording("fees", "车位管理费怎么交", "每月五号前在前台或小程序交，开电子票。")


def kept(counter: Counter, told: Wording = FEES, by: str = "苏", **more: Any) -> Entry:
    """An entry."""
    made: Entry = counter.do(keep, by, told=told, **more)
    return made


def enquiry(counter: Counter, title: str = "车位费怎么交", **more: Any) -> UUID:
    """An enquiry about fees."""
    return counter.record("苏", "enquiry", title=title, subject="fees", **more)


@pytest.mark.clause("SD-4.2.1")
def test_an_answer_is_used_with_one_tap_and_counted(counter: Counter) -> None:
    one, entry = enquiry(counter), kept(counter)
    done = counter.do(use, "苏", entry_id=entry.id, matter_id=one)
    assert done.because.startswith("已按答案库第 1 条答复")
    assert counter.stands(one)[0] == "solved"
    assert AnswerEntry.objects.get().used == 1
    assert counter.faults() == []


@pytest.mark.clause("SD-4.2.1")
@pytest.mark.parametrize(
    ("until", "kind", "why"),
    [
        (date(2026, 11, 22), "enquiry", "已经过期"),
        (None, "help", "只用来答复咨询"),
    ],
)
def test_an_answer_whose_day_is_over_is_not_given_nor_one_to_something_else(
    counter: Counter, until: date | None, kind: str, why: str
) -> None:
    one = counter.record("苏", kind, subject="fees")
    entry = kept(counter, Wording("fees", FEES.question, FEES.answer, until))
    with pytest.raises(Refused, match=why):
        counter.do(use, "苏", entry_id=entry.id, matter_id=one)
    assert AnswerEntry.objects.get().used == 0


@pytest.mark.clause("SD-4.2.1")
def test_a_change_is_the_next_version_and_an_old_page_overwrites_nothing(counter: Counter) -> None:
    entry = kept(counter)
    new = Wording("fees", FEES.question, "每月十号前交。", date(2026, 12, 31))
    assert counter.do(change, "林", entry_id=entry.id, told=new, version=1).version == 2
    with pytest.raises(Refused, match="别的同事刚改过"):
        counter.do(change, "叶", entry_id=entry.id, told=FEES, version=1)
    row = AnswerEntry.objects.get()
    assert (row.answer, row.vouched_by) == ("每月十号前交。", counter.id("林"))
    written = AnswerVersion.objects.order_by("version").values_list("answer", flat=True)
    assert list(written) == [FEES.answer, "每月十号前交。"]
    assert counter.faults() == []


@pytest.mark.clause("SD-4.2.1", "TQ-11")
@pytest.mark.parametrize("answer", ["找王女士问", "打 13812345678 问", "打 138 1234 5678 问"])
def test_no_residents_name_or_number_goes_into_the_base(counter: Counter, answer: str) -> None:
    one = enquiry(counter, caller="王女士")
    with pytest.raises(Refused, match="去掉住户的姓名和手机号"):
        kept(counter, Wording("fees", "怎么交", answer), grown_from=one)
    assert not AnswerEntry.objects.exists()


# By the pages


@pytest.mark.clause("SD-4.2.1")
def test_two_characters_find_an_answer_and_an_enquiry_is_offered_what_fits(
    counter: Counter,
) -> None:
    kept(counter)
    kept(counter, Wording("parcel", "快递柜超时费谁收", "快递柜公司收。"))
    kept(counter, Wording("fees", "车位费国庆怎么交", "国庆后交。", date(2026, 10, 8)))
    listed = text(counter, "苏", reverse("desk:answers") + "?q=快递")
    assert "快递柜超时费谁收" in listed
    assert "车位管理费怎么交" not in listed
    assert "已过期" in text(counter, "苏", reverse("desk:answers") + "?q=国庆")
    page = text(counter, "苏", reverse("desk:matter", args=[enquiry(counter)]))
    assert "每月五号前在前台或小程序交" in page
    assert "国庆后交" not in page, "its day is over"


@pytest.mark.clause("SD-4.2.1")
def test_the_base_grows_out_of_an_answer_and_says_so_on_the_enquiry(counter: Counter) -> None:
    one = enquiry(counter)
    counter.act("苏", "answer", one, text="每月五号前交")
    browser = counter.browser("苏")
    address = reverse("desk:answer_new")
    form = browser.get(f"{address}?of={one}", follow=True).content.decode()
    assert "每月五号前交" in form
    told = {"key": "k", "of": one, "question": "车位费", "subject": "fees", "answer": "五号前", "valid_until": ""}  # fmt: skip
    assert "收进答案库，第 1 条" in browser.post(address, told, follow=True).content.decode()
    assert "答案库第 1 条" in text(counter, "苏", reverse("desk:matter", args=[one]))
    entry = AnswerEntry.objects.get()
    changed = {**told, "key": "k2", "answer": "十号前", "version": "1", "valid_until": "2026-12-31"}
    page = browser.post(reverse("desk:answer", args=[entry.id]), changed, follow=True)
    assert "第 2 版" in page.content.decode()
    assert 'value="2026-12-31"' in page.content.decode(), "saving once more keeps its day"
    other = enquiry(counter)
    used = reverse("desk:answer_with", args=[other, entry.id])
    assert "已按答案库第 1 条答复" in browser.post(used, {"key": "u"}, follow=True).content.decode()
    assert counter.faults() == []


@pytest.mark.parametrize("name", ["desk:answers", "desk:answer_new"])
def test_workers_have_no_base_of_answers(counter: Counter, name: str) -> None:
    assert counter.browser("钱").get(reverse(name), follow=True).status_code == 403


def test_an_entry_of_another_office_is_not_there(counter: Counter) -> None:
    entry, one = kept(counter), enquiry(counter)
    other = Office("xihu", "西湖管理处")
    Assignment.objects.filter(site=other.place).update(role="desk_clerk")
    Site.objects.filter(id=other.site).update(kind="management_office")
    browser = as_(other, "苏晴")
    assert browser.get(reverse("desk:answer", args=[entry.id]), follow=True).status_code == 404
    used = reverse("desk:answer_with", args=[one, entry.id])
    assert browser.post(used, {"key": "u"}, follow=True).status_code == 404


# While an enquiry is written down


def said_at_once(counter: Counter, **told: str) -> str:
    """The register's form is sent for an enquiry; the page that comes back."""
    form = {
        "key": "k",
        "kind": "enquiry",
        "source": "call",
        "q": "北门",
        "words": "车位费怎么交",
        **told,
    }
    page = counter.browser("苏").post(reverse("desk:new"), form, follow=True)
    return str(page.content.decode())


@pytest.mark.clause("SD-4.2.1")
def test_while_an_enquiry_is_typed_its_answer_stands_there_with_who_vouches_until_when(
    counter: Counter,
) -> None:
    kept(counter, Wording("fees", FEES.question, FEES.answer, date(2026, 12, 31)), by="林")
    kept(counter, Wording("fees", "车位费国庆怎么交", "国庆后交。", date(2026, 10, 8)))
    kept(counter, Wording("parcel", "快递柜超时费谁收", "快递柜公司收。"))
    look, told = reverse("desk:register_look"), {"kind": "enquiry", "source": "call"}
    browser = counter.browser("叶")

    def seen(**more: str) -> str:
        return str(browser.post(look, {**told, **more}).content.decode())

    page = seen(words="车位管理费怎么交")
    assert FEES.answer in page
    assert "林担保 · 有效到 2026-12-31" in page
    assert 'data-alt="a"' in page, "one key takes it"
    assert "国庆后交" not in page, "its day is over"
    assert "快递柜公司收" not in page, "nobody asked about that"
    for other in ({"words": ""}, {"words": "车位管理费怎么交", "kind": "help"}):
        assert FEES.answer not in seen(**other)


@pytest.mark.clause("SD-4.2.1")
@pytest.mark.parametrize(
    ("answer", "times"),
    [("", 1), (f"您好，{FEES.answer}", 1), ("下周一起可以交。", 0)],
    ids=["without a script its words are the answer", "said with a word more", "another answer"],
)
def test_an_answer_taken_out_of_the_base_closes_the_enquiry_and_counts_where_it_was_said(
    counter: Counter, answer: str, times: int
) -> None:
    entry = kept(counter)
    page = said_at_once(counter, entry=str(entry.id), answer=answer)
    assert "按答案库第 1 条当场答复" in page if times else "号，当场答复" in page
    row = AnswerEntry.objects.get()
    assert (row.used, AnswerUse.objects.count()) == (times, times)
    assert DeskMatter.objects.get().matter.closed_at is not None
    assert counter.faults() == []


@pytest.mark.clause("SD-4.2.1")
def test_an_answer_that_ran_out_or_belongs_to_another_office_is_not_given(counter: Counter) -> None:
    over = kept(counter, Wording("fees", FEES.question, FEES.answer, date(2026, 11, 22)))
    assert "已经过期" in said_at_once(counter, entry=str(over.id), answer=FEES.answer)
    strange = said_at_once(counter, entry=str(counter.id("苏")), answer=FEES.answer)
    assert "答案库里没有这一条" in strange
    assert FEES.answer in strange, "what was typed is still there"
    assert not DeskMatter.objects.exists()
    said_at_once(counter, entry=str(over.id), answer="", kind="help")
    assert DeskMatter.objects.get().matter.kind == "help", "a request is not answered from the base"


@pytest.mark.clause("SD-4.2.1")
def test_what_fits_best_stands_first_and_what_was_taken_before_it(counter: Counter) -> None:
    best = kept(counter)
    other = kept(counter, Wording("fees", "电费怎么交", "自助机交。"))
    words = "车位管理费怎么交"

    def order(taken: UUID | None = None) -> list[UUID]:
        lines = proposed(counter.site, words, "fees", counter.now, taken)
        return [line.row.id for line in lines]

    assert order() == [best.id, other.id]
    assert order(other.id) == [other.id, best.id], "it stays while more is typed"
    assert [one.row.id for one in proposed(counter.site, "别的事", "", counter.now)] == []


@pytest.mark.clause("SD-4.2.1")
def test_a_form_that_is_shown_again_keeps_what_was_taken(counter: Counter) -> None:
    entry = kept(counter)
    page = said_at_once(counter, entry=str(entry.id), answer=FEES.answer, q="")
    assert "请写是哪一户" in page
    assert re.search(rf'value="{entry.id}"[^>]*checked', page), "it is still chosen"
    assert AnswerEntry.objects.get().used == 0


@pytest.mark.clause("SD-4.2.1")
def test_two_clerks_who_say_the_same_answer_count_twice_and_one_who_taps_twice_once(
    counter: Counter,
) -> None:
    entry = kept(counter)
    for who, key in (("苏", "a"), ("苏", "a"), ("叶", "b")):
        told = {
            "key": key, "kind": "enquiry", "source": "call", "q": f"北门{who}", "words": "车位费怎么交",
            "entry": str(entry.id), "answer": FEES.answer, "twin": "new",
        }  # fmt: skip
        counter.browser(who).post(reverse("desk:new"), told, follow=True)
    assert AnswerEntry.objects.get().used == 2
    by = set(AnswerUse.objects.values_list("by", flat=True))
    assert by == {counter.id("苏"), counter.id("叶")}

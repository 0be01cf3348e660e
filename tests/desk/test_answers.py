"""答案库: answers that were given are given again with one tap, until their day is over (SD-4.2.1)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from yingbin.desk.actions.answers import Entry, Wording, change, keep, use
from yingbin.desk.models import AnswerEntry, AnswerVersion
from yingbin.rules.decision import Refused

from .counter import Counter

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

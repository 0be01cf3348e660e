"""The one door of the desk: what comes in has an owner and clocks, what the rules refuse changes nothing."""

import pytest

from yingbin.desk.models import DeskEvent, DeskMatter, DeskOffice
from yingbin.matters.models import Matter
from yingbin.people.models import Assignment
from yingbin.rules.decision import Refused

from .counter import Counter


@pytest.mark.clause("SD-4.1", "SD-4.4")
def test_what_comes_in_is_owed_by_whoever_wrote_it_down(counter: Counter) -> None:
    one = counter.record()
    assert counter.stands(one) == ("new", "苏", "苏")
    row = counter.desk(one)
    assert (row.said, row.place, row.get_source_display()) == ("2026-0001", "3-2-1801", "来电")
    assert row.matter.due_at is not None
    assert row.matter.due_clock == "respond"
    assert counter.faults() == []


@pytest.mark.clause("SD-4.1")
def test_the_same_key_twice_writes_it_down_once(counter: Counter) -> None:
    first = counter.record(key="tap")
    assert counter.record(key="tap") == first
    assert DeskMatter.objects.count() == 1


@pytest.mark.clause("SD-4.2.2", "SD-4.4", "SD-4.3")
def test_a_help_request_from_the_call_to_the_answer(counter: Counter) -> None:
    one = counter.record()
    assert counter.offer("苏", one) == "苏把这件事转给工程部，等工程部接手。"
    assert counter.heard("钱") == ["offered"]
    counter.act("钱", "accept", one)
    counter.act("钱", "arrive", one)
    counter.act("钱", "done", one)
    assert counter.stands(one) == ("solved", "苏", "钱")
    assert counter.heard("苏") == ["accepted", "solved"]
    assert counter.act("苏", "tell", one) == "住户已经得到答复，办结。"
    assert counter.stands(one)[0] == "closed"
    assert counter.log(one) == ["record", "offer", "accept", "arrive", "done", "tell"]
    assert counter.faults() == []


@pytest.mark.clause("SD-4.4")
def test_what_the_rules_refuse_is_said_with_names_and_changes_nothing(counter: Counter) -> None:
    one = counter.record()
    with pytest.raises(Refused, match="周不能办这一步，请找苏，或者主管林。"):
        counter.act("周", "respond", one)
    assert counter.log(one) == ["record"]


@pytest.mark.clause("SD-4.3")
def test_what_falls_due_is_told_by_the_clock_once(counter: Counter) -> None:
    one = counter.record()
    assert counter.clock(minutes=24) == 1
    assert counter.heard("苏") == ["warn"]
    assert counter.clock(minutes=10) == 2
    assert counter.clock(seconds=1) == 0
    assert counter.heard("苏") == ["warn", "late"]
    assert counter.heard("林") == ["level"]
    assert counter.row(one).level == 1
    assert counter.faults() == []


@pytest.mark.clause("SD-3.1")
def test_the_office_is_written_down_anew_when_somebody_comes_or_goes(counter: Counter) -> None:
    counter.record()
    counter.record()
    assert DeskOffice.objects.count() == 1
    counter.hire("吴", "wu", "desk_clerk")
    counter.record("吴")
    versions = DeskEvent.objects.order_by("seq").values_list("office__version", flat=True)
    assert list(versions) == [1, 1, 2]


@pytest.mark.clause("SD-3.3")
def test_without_a_supervisor_the_desk_says_who_is_missing(counter: Counter) -> None:
    one = counter.record()
    Assignment.objects.filter(role="desk_supervisor").delete()
    with pytest.raises(Refused, match="还没有客服主管"):
        counter.record()
    # What is owed already goes on falling due, by the office as it last was.
    assert counter.clock(minutes=60) >= 2
    assert Matter.objects.get(id=one).level == 1

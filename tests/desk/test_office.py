"""The office as the rules take it: who stands where by which role, in which hours, by which choices."""

from datetime import timedelta

import pytest

from yingbin.desk.choices import rows
from yingbin.desk.doings import DOINGS
from yingbin.desk.office import OfficeNow, office_now, read
from yingbin.people.models import Assignment, Department, OpeningHours, SiteHoliday
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused
from yingbin.rules.desk.office import Office
from yingbin.rules.desk.policy import LIMITS, DeskPolicy
from yingbin.rules.desk.replay import VERBS

from .counter import Counter


def office(counter: Counter) -> Office:
    """The office of now."""
    return read(office_now(counter.site, counter.now)).office


def plain(counter: Counter) -> OfficeNow:
    """The same in the contract's form."""
    return office_now(counter.site, counter.now)


def also(counter: Counter, who: str, role: str, department: Department | None = None) -> None:
    """Somebody holds one more role."""
    since = counter.now - timedelta(hours=1)
    Assignment.objects.create(
        site=counter.place, staff=counter.staff[who], role=role, since=since, department=department
    )


@pytest.mark.clause("SD-3.1", "SD-3.2", "SD-3.3")
def test_everybody_stands_in_the_office_once_by_their_first_role(counter: Counter) -> None:
    also(counter, "林", "desk_clerk")
    also(counter, "苏", "department", counter.works)
    found = office(counter)
    names = [counter.names[who] for who in found.clerks]
    assert names == ["苏", "叶"]
    assert counter.names[found.supervisor] == "林"
    works = found.departments[f"department:{counter.works.id}"]
    assert [counter.names[who] for who in works.people] == ["赵", "钱", "孙"]


@pytest.mark.clause("SD-3.3")
def test_a_second_supervisor_works_as_a_clerk_until_the_first_leaves(counter: Counter) -> None:
    counter.hire("许", "xu", "desk_supervisor")
    Assignment.objects.filter(staff=counter.staff["许"]).update(since=counter.now)
    assert str(counter.id("许")) in office(counter).clerks
    Assignment.objects.filter(staff=counter.staff["林"]).update(until=counter.now)
    assert office(counter).supervisor == str(counter.id("许"))


@pytest.mark.clause("SD-3.2")
def test_a_department_without_a_head_is_answered_for_by_its_longest_serving(
    counter: Counter,
) -> None:
    Assignment.objects.filter(staff=counter.staff["赵"]).delete()
    works = office(counter).departments[f"department:{counter.works.id}"]
    assert (counter.names[works.head], len(works.members)) == ("钱", 1)


def test_a_department_where_nobody_works_is_none(counter: Counter) -> None:
    empty = Department.objects.create(site=counter.place, name="保洁部")
    assert f"department:{empty.id}" not in office(counter).departments
    with pytest.raises(Refused, match="没有保洁部这个部门"):
        counter.offer("苏", counter.record(), empty)


@pytest.mark.clause("SD-4.3")
def test_hours_holidays_and_make_up_days_are_the_sites_own(counter: Counter) -> None:
    SiteHoliday.objects.create(site=counter.place, day="2026-11-24", works=False, name="社区日")
    SiteHoliday.objects.create(site=counter.place, day="2026-11-28", works=True, name="补班")
    told = plain(counter).calendar
    assert told["week"][0] == [["08:30", "12:00"], ["13:30", "17:30"]]  # type: ignore[index]
    assert (told["holidays"], told["make_up"]) == (["2026-11-24"], ["2026-11-28"])
    one = counter.record("苏", "enquiry")
    counter.later(hours=7)
    due = counter.row(counter.record("苏", "enquiry")).due_at
    # Four hours from Monday four o'clock: Tuesday is off.
    assert due is not None
    assert (due.day, counter.row(one).due_at is not None) == (25, True)


def test_a_site_without_hours_counts_by_the_usual_week(counter: Counter) -> None:
    OpeningHours.objects.all().delete()
    assert "week" not in plain(counter).calendar
    assert counter.row(counter.record()).due_at is not None


def test_what_nobody_chose_is_as_the_contract_has_it(counter: Counter) -> None:
    assert read(plain(counter)).policy == DeskPolicy()
    assert len({row.id for row in rows()}) == len(rows())
    assert {row.id.partition("/")[0] for row in rows()} >= set(LIMITS)


@pytest.mark.clause("SD-4.2.2")
def test_what_a_department_doesnt_serve_is_refused_in_residents_words(counter: Counter) -> None:
    works = f"department:{counter.works.id}"
    subjects = [
        {"key": "leak", "title": "漏水、渗水", "departments": [works]},
        {"key": "green", "title": "绿化", "departments": [f"department:{counter.green.id}"]},
    ]
    values = {"subjects": subjects, "scoped": True}
    counter.do(set_policy, "林", name="desk.office", values=values, reason="划定服务范围")
    one = counter.record()
    with pytest.raises(Refused, match="绿化部不负责“漏水、渗水”，请转给负责的部门"):
        counter.offer("苏", one, counter.green)
    assert counter.offer("苏", one)
    outside = counter.record("苏", title="电视坏了", subject="tv")
    counter.act("苏", "answer", outside, text="电视请找厂家售后，电话在机身背面。")
    assert counter.stands(outside)[0] == "solved"


def test_every_event_of_the_contract_has_its_button(counter: Counter) -> None:
    assert set(DOINGS) == set(VERBS)

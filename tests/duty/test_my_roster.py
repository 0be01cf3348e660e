"""One's own roster on a phone, and in the phone's calendar by a private address (SF-3.3, SC-3.3)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from yingbin.duty.actions import planning, swaps
from yingbin.duty.cells import Cell
from yingbin.duty.models import RosterFeed, ShiftKind, ShiftSwap
from yingbin.journal.check import check_site
from yingbin.people.models import Assignment

from .doors import enter
from .flat import MONDAY, Flat

pytestmark = pytest.mark.clause("SF-3.3", "SC-3.3")
TUESDAY = MONDAY.date() + timedelta(days=1)


@pytest.fixture
def week(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Today 叶 is early, tomorrow 叶 early and 陈 late; it is published."""
    flat.roster(叶="早", 许="全")
    put(flat, TUESDAY, 叶="早", 陈="晚", 许="全")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


def put(flat: Flat, day: date, **shifts: str) -> None:
    marks = {k.mark: k.id for k in ShiftKind.objects.filter(given_up_at__isnull=True)}
    cells = tuple(
        Cell(flat.people[who], day, marks.get(mark), flat.post if mark in marks else None)
        for who, mark in shifts.items()
    )
    flat.do(planning.draft, "许", cells=cells)
    flat.do(planning.publish, "许", first=day, last=day)


def here(flat: Flat, path: str = "") -> str:
    return f"/s/{flat.place.code}/duty/roster/mine/{path}"


def address(flat: Flat, page: Client) -> str:
    """A new address, as the page shows it."""
    flat.now += timedelta(seconds=1)
    text = page.post(here(flat, "feed/"), {"key": f"k{flat.now:%H%M%S}"}).content.decode()
    return text.split('value="http://testserver', 1)[1].split('"', 1)[0]


def shifts(where: str) -> dict[str, tuple[str, str]]:
    """What a calendar program reads, without signing in: by id, when and what."""
    answer = Client().get(where)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(answer.content)
    return {
        str(e["uid"]): (
            f"{e.decoded('dtstart').astimezone(MONDAY.tzinfo):%m-%d %H:%M}",
            str(e["summary"]),
        )
        for e in found.walk("VEVENT")
    }


def test_the_page_shows_ones_own_month_and_nobody_elses_days(week: Flat) -> None:
    text = enter(week, "叶").get(here(week)).content.decode()
    assert "上 2 天班" in text
    assert "08:30" in text
    assert "12:00" not in text


def test_a_calendar_reads_ones_own_shifts_and_names_nobody(week: Flat) -> None:
    where = address(week, enter(week, "叶"))
    read = sorted(shifts(where).values())
    assert read == [("11-23 08:30", "早班 · 样板间A"), ("11-24 08:30", "早班 · 样板间A")]
    body = Client().get(where).content.decode()
    assert [name for name in week.people if name in body.replace("\r\n ", "")] == []


def test_a_shift_that_moves_keeps_its_id_and_one_that_becomes_a_day_off_goes(week: Flat) -> None:
    where = address(week, enter(week, "叶"))
    before = shifts(where)
    put(week, TUESDAY, 叶="晚")
    after = shifts(where)
    assert set(after) == set(before)
    assert sorted(after.values())[1][0] == "11-24 12:00"
    put(week, TUESDAY, 叶="休")
    assert len(shifts(where)) == 1


def test_an_address_that_is_replaced_revoked_or_whose_person_left_opens_nothing(week: Flat) -> None:
    page = enter(week, "叶")
    first = address(week, page)
    second = address(week, page)
    assert Client().get(first).status_code == 404
    shifts(second)
    page.post(here(week, "feed/end/"), {"key": "end"})
    assert Client().get(second).status_code == 404
    third = address(week, page)
    Assignment.objects.filter(staff_id=week.people["叶"]).update(until=week.now)
    week.now += timedelta(minutes=1)
    assert Client().get(third).status_code == 404


def test_an_address_is_shown_once_and_kept_nowhere(week: Flat) -> None:
    page = enter(week, "叶")
    secret = address(week, page).rsplit("/", 1)[1].removesuffix(".ics")
    assert secret not in page.get(here(week)).content.decode()
    assert secret.encode() not in bytes(RosterFeed.objects.get().digest)
    found = [str(f) for x in check_site(week.site) for f in x.found]
    assert [f for f in found if not f.startswith("角色")] == []


def test_a_swap_is_asked_and_answered_on_the_page(week: Flat) -> None:
    told = {"key": "a", "with_whom": str(week.people["陈"]), "day": TUESDAY.isoformat()}
    assert enter(week, "叶").post(here(week, "swap/"), told).status_code == 302
    other = enter(week, "陈")
    assert "叶想和您换" in other.get(here(week)).content.decode()
    swap = ShiftSwap.objects.get()
    other.post(here(week, f"swap/{swap.id}/answer/"), {"key": "b", "agrees": "yes"})
    assert "等领班同意" in other.get(here(week)).content.decode()


def test_a_swap_that_is_refused_keeps_what_was_chosen(week: Flat) -> None:
    told = {"key": "a", "with_whom": str(week.people["苏"]), "day": TUESDAY.isoformat()}
    answer = enter(week, "叶").post(here(week, "swap/"), told)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "苏这天的班还没有发布" in text
    assert f'value="{TUESDAY.isoformat()}"' in text


def test_leave_is_asked_for_on_the_page_and_waits_there(week: Flat) -> None:
    page = enter(week, "叶")
    told = {"key": "a", "first": "2026-11-26", "last": "2026-11-27", "sort": "annual"}
    assert page.post(here(week, "leave/"), told).status_code == 302
    text = page.get(here(week)).content.decode()
    assert "请假 11月26日–11月27日" in text
    assert "年假 · 等领班批" in text, "one's own list says what leave it is"


def test_the_questions_of_the_page_do_not_grow(week: Flat) -> None:
    page = enter(week, "叶")

    def count() -> int:
        page.get(here(week))
        with CaptureQueriesContext(connection) as asked:
            page.get(here(week))
        return len(asked)

    ask(week, TUESDAY)
    before = count()
    for day in (TUESDAY + timedelta(days=n) for n in range(1, 5)):
        put(week, day, 叶="早", 陈="晚")
        ask(week, day)
    assert count() == before


def ask(flat: Flat, day: date) -> None:
    flat.do(swaps.ask_swap, "叶", with_whom=flat.people["陈"], day=day, other_day=day)

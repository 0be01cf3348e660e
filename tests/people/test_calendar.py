"""The site's working calendar: its own rows over the announced public holidays."""

from datetime import date, time

import pytest

from yingbin.people import actions
from yingbin.people.calendar import calendar_of, public_names, unannounced
from yingbin.people.models import Company, Site
from yingbin.rules.decision import Refused

from .conftest import COMPANY, Act, sign_in


def test_a_gallery_is_open_on_national_day_an_office_is_not(act: Act, hupan: Site) -> None:
    made = act(actions.add_site, "顾北", site_id=COMPANY, kind="headquarters", name="总部")
    gallery, office = calendar_of(hupan.id), calendar_of(made.id)
    national_day, saturday_worked = date(2026, 10, 1), date(2026, 10, 10)
    assert gallery.is_working_day(national_day)
    assert not office.is_working_day(national_day)
    assert office.is_working_day(saturday_worked)
    assert not office.is_working_day(date(2026, 10, 11))


def test_a_year_without_announced_holidays_is_read_by_the_week_and_says_so(hupan: Site) -> None:
    Site.objects.update(keeps_public_holidays=True)
    calendar = calendar_of(hupan.id)
    assert unannounced(calendar, date(2026, 10, 1)) == ""
    assert "2027年放假安排尚未公布" in unannounced(calendar, date(2027, 10, 1))
    assert calendar.is_working_day(date(2027, 10, 1))


def test_a_closed_day_of_the_site_moves_what_is_due(act: Act, hupan: Site) -> None:
    act(actions.set_exception, "郑岚", day=date(2026, 11, 22), works=False, name="停电")
    before = calendar_of(hupan.id)
    assert before.working_days_after(date(2026, 11, 21), 1) == date(2026, 11, 23)
    act(actions.drop_exception, "郑岚", day=date(2026, 11, 22))
    assert calendar_of(hupan.id).working_days_after(date(2026, 11, 21), 1) == date(2026, 11, 22)


def test_the_week_is_set_whole(act: Act, hupan: Site) -> None:
    act(actions.set_hours, "郑岚", hours={0: [(time(8, 30), time(17))]})
    calendar = calendar_of(hupan.id)
    assert calendar.hours_on(date(2026, 11, 23)) == (time(8, 30), time(17))
    assert not calendar.is_working_day(date(2026, 11, 24))
    lunch = [(time(13, 30), time(17)), (time(8, 30), time(12))]
    act(actions.set_hours, "郑岚", hours={0: lunch})
    assert calendar_of(hupan.id).windows_on(date(2026, 11, 23)) == tuple(sorted(lunch))
    with pytest.raises(Refused, match="不能重叠"):
        act(actions.set_hours, "郑岚", hours={0: [(time(9), time(12)), (time(11), time(17))]})
    with pytest.raises(Refused, match="至少要有一天"):
        act(actions.set_hours, "郑岚", hours={})
    with pytest.raises(Refused, match="晚于开始"):
        act(actions.set_hours, "郑岚", hours={0: [(time(17), time(8))]})


def test_public_holidays_have_chinese_names() -> None:
    names = public_names(2026)
    assert names[date(2026, 10, 1)] == "国庆节"
    assert names[date(2026, 10, 10)] == "国庆节调休上班"
    assert not any("a" <= c <= "z" for n in names.values() for c in n.lower())


def test_the_page_sets_hours_and_days(hupan: Site) -> None:
    Company.objects.update(is_demo=True)
    client = sign_in("郑岚")
    assert "尚未公布" in client.get("/calendar/").content.decode()
    week = {f"open_{d}": "on" for d in range(5)}
    week |= {f"opens_{d}": "10:00" for d in range(5)} | {f"closes_{d}": "19:30" for d in range(5)}
    assert client.post("/calendar/", week).url == "/calendar/"
    assert calendar_of(hupan.id).hours_on(date(2026, 11, 23)) == (time(10), time(19, 30))
    assert not calendar_of(hupan.id).is_working_day(date(2026, 11, 22))
    client.post("/calendar/", week | {"break_from": "12:00", "break_until": "13:30"})
    two = ((time(10), time(12)), (time(13, 30), time(19, 30)))
    assert calendar_of(hupan.id).windows_on(date(2026, 11, 23)) == two
    assert 'value="13:30"' in client.get("/calendar/").content.decode()
    refused = client.post("/calendar/", week | {"break_from": "12:00"})
    assert refused.status_code == 422
    assert "午休要填开始和结束" in refused.content.decode()
    client.post("/calendar/day/", {"day": "2027-01-01", "works": "no", "name": "元旦"})
    assert "元旦" in client.get("/calendar/").content.decode()
    client.post("/calendar/day/drop/", {"day": "2027-01-01"})
    assert calendar_of(hupan.id).is_working_day(date(2027, 1, 1))


def test_an_open_day_without_times_is_refused_and_the_rest_stays_typed(hupan: Site) -> None:
    Company.objects.update(is_demo=True)
    client = sign_in("郑岚")
    answer = client.post("/calendar/", {"open_0": "on", "opens_0": "10:30"})
    assert answer.status_code == 422
    assert "周一要填开始和结束时间" in answer.content.decode()
    assert "10:30" in answer.content.decode()

"""The working calendar of a site: its own rows, and the public holidays announced so far."""

from collections import defaultdict
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from chinese_calendar import constants

from yingbin.journal.trips import Ask, Statement, ask
from yingbin.rules.calendar import Window, WorkingCalendar, windows

ZONE = ZoneInfo("Asia/Shanghai")

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """The first and the last moment of these days on our sites' clocks."""
    return datetime.combine(first, time.min, ZONE), datetime.combine(last, time.max, ZONE)


@lru_cache(maxsize=1)
def announced_years() -> frozenset[int]:
    """The years whose public holidays are known."""
    return frozenset(day.year for day in constants.holidays)


@lru_cache(maxsize=1)
def public_days() -> dict[date, bool]:
    """Where the public calendar departs from the plain week: holidays off, make-up days worked."""
    off = dict.fromkeys(constants.holidays, False)
    return off | dict.fromkeys(constants.workdays, True)


def public_names(year: int) -> dict[date, str]:
    """The public calendar of a year for reading: 国庆节, or 国庆节调休上班."""
    off = {d: _NAMES.get(n, n) for d, n in constants.holidays.items() if d.year == year}
    on = {d: f"{_NAMES.get(n, n)}调休上班" for d, n in constants.workdays.items() if d.year == year}
    return dict(sorted((off | on).items()))


_KEPT = """
select s.keeps_public_holidays,
       (select json_agg(json_build_array(h.weekday, h.opens, h.closes)) from people_openinghours h where h.site_id = s.id),
       (select json_agg(json_build_array(d.day, d.works)) from people_siteholiday d where d.site_id = s.id)
  from people_site s where s.id = %s
"""
_NOTHING = (False, None, None)


def asked_calendar(site_id: UUID) -> Statement:
    """Asks for what `calendar_of` gives."""
    return Statement(_KEPT, (site_id,))


def calendar_of(site_id: UUID, through: Ask = ask) -> WorkingCalendar:
    """The site's calendar; one query. Make it once for many questions. through: the pen's, where it was foreseen."""
    keeps, hours, days = next(iter(through(asked_calendar(site_id))), _NOTHING)
    week: defaultdict[int, list[Window]] = defaultdict(list)
    for weekday, opens, closes in hours or ():
        week[weekday].append((time.fromisoformat(opens), time.fromisoformat(closes)))
    return WorkingCalendar(
        week={weekday: windows(own) for weekday, own in week.items()},
        zone=ZONE,
        public=public_days() if keeps else {},
        exceptions={date.fromisoformat(day): works for day, works in days or ()},
        announced=announced_years(),
    )


def unannounced(calendar: WorkingCalendar, day: date) -> str:
    """What to say beside a day whose year has no announced holidays yet; empty otherwise."""
    if calendar.year_announced(day.year):
        return ""
    return f"{day.year}年放假安排尚未公布，暂按平常的星期推算。"

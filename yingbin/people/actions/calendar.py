"""A site's opening hours and the days on which it departs from the public calendar."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import OpeningHours, SiteHoliday
from .record import recorded, site_here


def set_hours(
    *, site_id: UUID, key: str, by: UUID, at: datetime, hours: Mapping[int, tuple[time, time]]
) -> dict[str, Any]:
    """Sets the opening hours of the week (0 = Monday); a weekday left out is closed."""
    told = {str(d): [str(a), str(b)] for d, (a, b) in sorted(hours.items())}

    def work(pen: Pen) -> dict[str, Any]:
        site = site_here(site_id)
        if not hours:
            raise Refused(None, "一周至少要有一天开放，否则算不出任何期限。")
        if any(closes <= opens for opens, closes in hours.values()):
            raise Refused(None, "结束时间要晚于开始时间。")
        OpeningHours.objects.filter(site=site).delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(site=site, weekday=day, opens=opens, closes=closes)
            for day, (opens, closes) in hours.items()
        )
        pen.append("hours.set", {"hours": told})
        return {}

    return recorded(
        site_id=site_id, key=key, verb="set_hours", by=by, at=at, payload=told, work=work
    )


def set_exception(
    *, site_id: UUID, key: str, by: UUID, at: datetime, day: date, works: bool, name: str = ""
) -> dict[str, Any]:
    """Says of one day that the site works, or doesn't, whatever the calendar says."""
    title = name.strip()
    told = {"day": day.isoformat(), "works": works, "name": title}

    def work(pen: Pen) -> dict[str, Any]:
        SiteHoliday.objects.update_or_create(
            site=site_here(site_id), day=day, defaults={"works": works, "name": title}
        )
        pen.append("day.excepted", {"day": told["day"], "works": works})
        return {}

    return recorded(
        site_id=site_id, key=key, verb="set_exception", by=by, at=at, payload=told, work=work
    )


def drop_exception(*, site_id: UUID, key: str, by: UUID, at: datetime, day: date) -> dict[str, Any]:
    """The day follows the calendar again."""

    def work(pen: Pen) -> dict[str, Any]:
        gone, _ = SiteHoliday.objects.filter(site_id=site_id, day=day).delete()
        if gone:
            pen.append("day.as_usual", {"day": day.isoformat()})
        return {}

    return recorded(
        site_id=site_id,
        key=key,
        verb="drop_exception",
        by=by,
        at=at,
        payload={"day": day.isoformat()},
        work=work,
    )

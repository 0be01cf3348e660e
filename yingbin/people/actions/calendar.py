"""A site's opening hours and the days on which it departs from the public calendar."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.calendar import Window, windows
from yingbin.rules.decision import Refused

from ..models import OpeningHours, SiteHoliday
from .record import recorded, site_here


def set_hours(
    *, site_id: UUID, key: str, by: UUID, at: datetime, hours: Mapping[int, Sequence[Window]]
) -> dict[str, Any]:
    """Sets the week's windows (0 = Monday), such as those before and after lunch; a weekday left out is closed."""
    told = {str(d): [str(t) for own in day for t in own] for d, day in sorted(hours.items())}

    def work(pen: Pen) -> dict[str, Any]:
        site = site_here(site_id)
        if not any(hours.values()):
            raise Refused(None, "一周至少要有一天开放，否则算不出任何期限。")
        _check_windows(hours)
        OpeningHours.objects.filter(site=site).delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(site=site, weekday=day, opens=opens, closes=closes)
            for day, own in hours.items()
            for opens, closes in own
        )
        pen.append("hours.set", {"hours": told})
        return {}

    return recorded(
        site_id=site_id, key=key, verb="set_hours", by=by, at=at, payload=told, work=work
    )


def _check_windows(hours: Mapping[int, Sequence[Window]]) -> None:
    for own in hours.values():
        if any(closes <= opens for opens, closes in own):
            raise Refused(None, "结束时间要晚于开始时间。")
        try:
            windows(own)
        except ValueError:
            raise Refused(None, "同一天的两段时间不能重叠，请改午休前后的时间。") from None


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

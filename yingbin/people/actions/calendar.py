"""A site's opening hours and the days on which it departs from the public calendar."""

from collections.abc import Mapping, Sequence
from datetime import date

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.calendar import Window, windows
from yingbin.rules.decision import Refused

from ..models import OpeningHours, SiteHoliday
from .known import site_here


@action("set_hours")
def set_hours(pen: Pen, *, hours: Mapping[int, Sequence[Window]]) -> None:
    """Sets the week's windows (0 = Monday), such as those before and after lunch; a weekday left out is closed."""
    site = site_here(pen.site_id)
    if not any(hours.values()):
        raise Refused(None, "一周至少要有一天开放，否则算不出任何期限。")
    _check_windows(hours)
    OpeningHours.objects.filter(site=site).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=day, opens=opens, closes=closes)
        for day, own in hours.items()
        for opens, closes in own
    )
    told = {str(d): [str(t) for own in day for t in own] for d, day in sorted(hours.items())}
    pen.append("hours.set", {"hours": told})


def _check_windows(hours: Mapping[int, Sequence[Window]]) -> None:
    for own in hours.values():
        if any(closes <= opens for opens, closes in own):
            raise Refused(None, "结束时间要晚于开始时间。")
        try:
            windows(own)
        except ValueError:
            raise Refused(None, "同一天的两段时间不能重叠，请改午休前后的时间。") from None


@action("set_exception")
def set_exception(pen: Pen, *, day: date, works: bool, name: str = "") -> None:
    """Says of one day that the site works, or doesn't, whatever the calendar says."""
    SiteHoliday.objects.update_or_create(
        site=site_here(pen.site_id), day=day, defaults={"works": works, "name": name.strip()}
    )
    pen.append("day.excepted", {"day": day.isoformat(), "works": works})


@action("drop_exception")
def drop_exception(pen: Pen, *, day: date) -> None:
    """The day follows the calendar again."""
    gone, _ = SiteHoliday.objects.filter(site_id=pen.site_id, day=day).delete()
    if gone:
        pen.append("day.as_usual", {"day": day.isoformat()})

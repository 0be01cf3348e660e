"""Values of a site that only the last entry speaks of: hours, exceptions, its own settings; and roles held now."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from yingbin.journal.held import Found, Seen, moment

from .models import Company, OpeningHours, Site, SiteHoliday


class Walk:
    """What the entries come to that rows don't name: roles held now, hours, exceptions, the site's own values."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.ended: list[str] = []
        self.hours: Seen | None = None
        self.exceptions: dict[str, Seen] = {}
        self.values: dict[str, Seen] = {}

    def walk(self, seen: Seen) -> None:
        """Takes the next entry."""
        body, kind, self.ended = seen.body, seen.kind, []
        if kind == "role.given":
            self.held[body["staff"], body["role"]] = role(body["staff"], body["role"], seen.at)
        elif kind == "role.ended":
            subject = self.held.pop((body["staff"], body["role"]), None)
            self.ended = [subject] if subject else []
        elif kind == "hours.set":
            self.hours = seen
        elif kind == "day.excepted":
            self.exceptions[body["day"]] = seen
        elif kind == "day.as_usual":
            self.exceptions.pop(body["day"], None)
        elif kind in ("site.changed", "company.changed"):
            self.values[kind] = seen


def role(staff: object, which: str, since: datetime) -> str:
    """The subject of a role from a moment on."""
    return f"{staff}/{which}/{moment(since)}"


def how_many(site_id: UUID) -> int:
    """How many rows the calendar of a site has."""
    own = {"site_id": site_id}
    return OpeningHours.objects.filter(**own).count() + SiteHoliday.objects.filter(**own).count()


def differing(site_id: UUID, walk: Walk) -> Iterator[Found]:
    """Hours, exceptions and settings that are not as their last entry says."""
    page = "「项目」页"
    if walk.hours is not None:
        rows = OpeningHours.objects.filter(site_id=site_id).order_by("weekday", "opens")
        kept: dict[str, list[str]] = {}
        for r in rows:
            kept.setdefault(str(r.weekday), []).extend([str(r.opens), str(r.closes)])
        if kept != walk.hours.body["hours"]:
            yield Found("开放时间", "和记录链里的不一样", walk.hours.seq, page)
    yield from _exceptions(site_id, walk.exceptions, page)
    yield from _settings(site_id, walk.values, page)


def _exceptions(site_id: UUID, kept: dict[str, Seen], page: str) -> Iterator[Found]:
    rows = dict(SiteHoliday.objects.filter(site_id=site_id).values_list("day", "works"))
    for day in sorted({*rows, *map(date.fromisoformat, kept)}):
        entry = kept.get(day.isoformat())
        if rows.get(day) != (entry.body["works"] if entry else None):
            seq = entry.seq if entry else None
            yield Found(f"{day} 的例外", "和记录链里的不一样", seq, page)


def _settings(site_id: UUID, kept: dict[str, Seen], page: str) -> Iterator[Found]:
    site, company = Site.objects.filter(id=site_id).first(), Company.objects.first()
    changed = kept.get("site.changed")
    if changed and site:
        told = changed.body["keeps_public_holidays"]
        if site.keeps_public_holidays != told:
            yield Found("按节假日放假", "和记录链里的不一样", changed.seq, page)
    changed = kept.get("company.changed")
    if changed and company and company.managers_need_second_factor != changed.body["second_factor"]:
        yield Found("管理者须动态验证码", "和记录链里的不一样", changed.seq, "「公司」页")

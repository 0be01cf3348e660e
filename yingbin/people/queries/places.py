"""The company and its sites."""

from datetime import date
from uuid import UUID

from ..models import Company, DemoLeft, Department, OpeningHours, Post, Site, SiteHoliday


def company() -> Company | None:
    """The company, or None before anything has been set up."""
    return Company.objects.first()


def is_set_up() -> bool:
    """Whether the first-run page has been finished (or the demo stands in for it)."""
    return Company.objects.filter(set_up_at__isnull=False).exists()


def demo_half_built() -> bool:
    """Whether a demo was being built when the program was ended: until all is there its company is not set up."""
    return Company.objects.filter(is_demo=True, set_up_at=None).exists()


def demo_left() -> bool:
    """Whether this database's demo was left behind on purpose; it is not to be built again."""
    return DemoLeft.objects.exists()


def second_factor_demanded() -> bool:
    """Whether managers need a second factor here: not in the demo, not while setting up."""
    return Company.objects.filter(
        managers_need_second_factor=True, is_demo=False, set_up_at__isnull=False
    ).exists()


def site_id_of(code: str) -> UUID | None:
    """The id of the site with this code, or None; `company` is the company's own journal."""
    if code == "company":
        return Company.objects.values_list("id", flat=True).first()
    return Site.objects.filter(code=code).values_list("id", flat=True).first()


def open_sites() -> list[Site]:
    """All sites of the company that aren't closed."""
    return list(Site.objects.filter(closed_at__isnull=True))


def departments_of(site_id: UUID) -> list[Department]:
    """The departments of a site by name."""
    return list(Department.objects.filter(site_id=site_id).order_by("name"))


def posts_of(site_id: UUID) -> list[Post]:
    """The posts of a site by name."""
    return list(Post.objects.filter(site_id=site_id).order_by("name"))


def hours_of(site_id: UUID) -> list[OpeningHours]:
    """The opening hours of a site's week."""
    return list(OpeningHours.objects.filter(site_id=site_id).order_by("weekday", "opens"))


def exceptions_of(site_id: UUID, since: date) -> list[SiteHoliday]:
    """The days from `since` on that differ from the calendar at this site."""
    return list(SiteHoliday.objects.filter(site_id=site_id, day__gte=since).order_by("day"))

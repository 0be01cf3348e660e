"""The known people of all tests: the demo's cast at its gallery, with roles, password and PIN."""

from datetime import datetime
from zoneinfo import ZoneInfo

from yingbin.people.models import Company, Site, Staff
from yingbin.web.demo import build
from yingbin.web.demo.cast import EVERYONE, PASSWORD, PIN
from yingbin.web.demo.day import Crew

ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = datetime(2026, 11, 21, 8, 30, tzinfo=ZONE)
ACCOUNTS = {m.name: m.account for m in EVERYONE}

__all__ = ["ACCOUNTS", "PASSWORD", "PIN", "SATURDAY", "Crew", "gallery", "hupan", "person"]


def gallery(at: datetime = SATURDAY, *, demo: bool = True) -> Crew:
    """The company, 湖畔雅居销售中心 and everyone with their role; `demo=False` is a real company."""
    crew = build.found(at)
    if not demo:
        Company.objects.update(is_demo=False)
    return crew


def person(name: str) -> Staff:
    """Someone of the cast by name, as they are in the database now."""
    return Staff.objects.get(account=ACCOUNTS[name])


def hupan() -> Site:
    """湖畔雅居销售中心."""
    return Site.objects.get(code="hupan")

"""A sales centre with its people, a clock and keys, for tests below the gallery."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.test import Client

from yingbin.journal.action import Acting
from yingbin.journal.write import Pen, write
from yingbin.people.access import SIGNED_IN_BY
from yingbin.people.models import Assignment, Company, Site, Staff
from yingbin.people.queries import Badge, badge

ZONE = ZoneInfo("Asia/Shanghai")
CAST = {
    "郑岚": ("zhenglan", "sales_manager"),
    "许诺": ("xunuo", "lead"),
    "苏晴": ("suqing", "receptionist"),
    "林悦": ("linyue", "salesperson"),
    "周航": ("zhouhang", "salesperson"),
    "吴敏": ("wumin", "salesperson"),
    "高磊": ("gaolei", "guard"),
}


class Office:
    """People by name; every action a second after the last, under a key of its own."""

    def __init__(self, code: str = "hupan", name: str = "湖畔雅居销售中心") -> None:
        self.now = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
        Company.objects.get_or_create(name="澄湖置业", defaults={"set_up_at": self.now})
        self.place = Site.objects.create(
            kind="sales_centre", code=code, name=name, short_name=name[:4]
        )
        self.site: UUID = self.place.id
        self.staff: dict[str, Staff] = {}
        self.code, self.keys = code, count(1)
        for who, (account, role) in CAST.items():
            self.hire(who, account if code == "hupan" else f"{account}-{code}", role)

    def hire(self, who: str, account: str, role: str) -> Staff:
        """A person who holds a role here since yesterday."""
        staff = Staff.objects.create(account=account, name=who)
        Assignment.objects.create(
            site=self.place, staff=staff, role=role, since=self.now - timedelta(days=1)
        )
        self.staff[who] = staff
        return staff

    def id(self, who: str) -> UUID:
        """A person's id."""
        return self.staff[who].id

    def badge(self, who: str) -> Badge:
        """What a person may do here now."""
        return badge(self.staff[who], self.site, self.now)

    def later(self, **span: float) -> None:
        """Time goes on."""
        self.now += timedelta(**span)

    def do(self, action: Callable[..., Any], by: str, **more: Any) -> Any:
        """One action by a named person, a second later."""
        self.later(seconds=1)
        key = more.pop("key", f"{self.code}-{next(self.keys)}")
        acting = Acting(self.site, key, self.id(by), self.now)
        return action(acting, **more)

    def within(self, work: Callable[[Pen], Any], by: str = "苏晴") -> Any:
        """Part of another write by a named person, a second later; what the work answers."""
        self.later(seconds=1)
        key = f"{self.code}-{next(self.keys)}"
        written = write(
            site_id=self.site,
            key=key,
            verb="test",
            by=str(self.id(by)),
            at=self.now,
            payload={},
            work=work,
        )
        return written.response


def as_(office: Office, who: str) -> Client:
    """A browser in which this person has signed in, a manager with the second factor."""
    browser = Client()
    browser.force_login(office.staff[who], backend="yingbin.people.backends.AccountOrPhone")
    session = browser.session
    session[SIGNED_IN_BY] = "second_factor"
    session.save()
    return browser

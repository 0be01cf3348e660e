"""The gallery of the same project: two salespeople and their manager, on the flat's clock."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from yingbin.gallery.actions import arrivals, days, presence
from yingbin.gallery.actions.arrivals import Arrival
from yingbin.gallery.models import Visit
from yingbin.journal.action import Acting
from yingbin.people.models import Assignment, OpeningHours, Site, Staff
from yingbin.people.policies import set_policy

from .flat import MONDAY, Flat

R = TypeVar("R")
PEOPLE = {"林悦": "salesperson", "周航": "salesperson", "郑岚": "sales_manager"}


class Beside:
    """A gallery next to a show flat, which sends its visitors there."""

    def __init__(self, flat: Flat, *, open: bool = True) -> None:
        self.flat = flat
        code = f"hall{Site.objects.count()}"
        self.place = Site.objects.create(
            kind="sales_centre", code=code, name="湖畔雅居销售中心", short_name="湖畔雅居"
        )
        for weekday in range(7):
            OpeningHours.objects.create(
                site=self.place, weekday=weekday, opens="09:00", closes="18:00"
            )
        self.site = self.place.id
        self.people = {name: self._person(name, role) for name, role in PEOPLE.items()}
        if open:
            self.open()

    def _person(self, name: str, role: str) -> UUID:
        account = f"g{Staff.objects.count()}{self.place.code}"
        staff = Staff.objects.create(account=account, name=name, pinyin=account)
        since = MONDAY - timedelta(days=400)
        Assignment.objects.create(site=self.place, staff=staff, role=role, since=since)
        return staff.id

    def do(self, action: Callable[..., R], by: str, **more: Any) -> R:
        """One action by a named person, a second later."""
        self.flat.now += timedelta(seconds=1)
        key = f"b{next(self.flat.keys)}"
        acting = Acting(self.site, key, self.people[by], self.flat.now)
        return action(acting, **more)

    def open(self) -> None:
        """林悦 signs in before 周航; the day is opened in that order."""
        for name in ("林悦", "周航"):
            self.do(presence.sign_in, name, who=self.people[name])
        self.do(days.set_policy, "郑岚", values={"opening": "sign_in"}, reason="按签到先后")
        self.do(days.open_gallery, "郑岚")

    def chosen(self) -> "Beside":
        """The flat sends its visitors here."""
        self.flat.do(
            set_policy,
            "程",
            name="duty.referring",
            values={"gallery": str(self.site)},
            reason="同一项目",
        )
        return self

    def arrive(self, **told: Any) -> Visit:
        """A group comes to the gallery by itself."""
        arrival = Arrival(contacted=False, first_visit=True, **told)
        done = self.do(arrivals.record_arrival, "林悦", arrival=arrival)
        return Visit.objects.get(id=done.visit_id)

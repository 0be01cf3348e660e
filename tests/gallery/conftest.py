"""A gallery with its people, a clock, and short words for what people do there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.worlds import begin, further
from yingbin.customers.wording import SHIPPED
from yingbin.gallery.actions import arrivals, calls, cases, days, presence, receptions, register
from yingbin.gallery.actions.arrivals import Arrival
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.actions.register import Words
from yingbin.gallery.models import Dispute, RegisterEntry, TurnDecision, Visit
from yingbin.gallery.queries import board as boards
from yingbin.gallery.queries import register as registers
from yingbin.journal.action import Acting
from yingbin.sheets.ink import Signature
from yingbin.web.demo import build, cast

ZONE = ZoneInfo("Asia/Shanghai")
R = TypeVar("R")
NAMES = {m.name: m.account for m in cast.EVERYONE}


class Gallery:
    """What a test says: people by name, verbs as methods, time in minutes after opening."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 8, 30, tzinfo=ZONE)
        self.crew = build.found(self.now)
        self.site = self.crew.site
        self.keys = count(1)

    def id(self, name: str) -> UUID:
        """A person's id."""
        return self.crew.ids[NAMES[name]]

    def name(self, who: UUID | str | None) -> str:
        """A person's name."""
        return next((n for n in NAMES if str(self.id(n)) == str(who)), "")

    def later(self, minutes: float = 1) -> None:
        """Time goes on."""
        self.now += timedelta(minutes=minutes)

    def acting(self, by: str, key: str = "") -> Acting:
        """A named person acts now, under a key of its own."""
        return Acting(self.site, key or f"t{next(self.keys)}", self.id(by), self.now)

    def do(self, action: Callable[..., R], by: str, *, key: str = "", **more: Any) -> R:
        """One action by a named person, a second later."""
        self.now += timedelta(seconds=1)
        acting = self.acting(by, key)
        return action(acting, **more)

    def open(self, *people: str) -> None:
        """These sign in, in this order, and the manager opens the day by order of signing in."""
        for name in people:
            self.do(presence.sign_in, name, who=self.id(name))
        values = {"opening": "sign_in"}
        self.do(days.set_policy, "郑岚", values=values, reason="试行按签到先后")
        self.do(days.open_gallery, "郑岚")

    def arrive(self, by: str = "苏晴", key: str = "", **told: Any) -> Visit:
        """A group comes in; both questions have been asked, and of a card that is tapped they came before."""
        if isinstance(told.get("named"), str):
            told["named"] = self.id(told["named"])
        told.setdefault("contacted", bool(told.get("named")))
        told.setdefault("first_visit", not told.get("customer_id"))
        done = self.do(arrivals.record_arrival, by, key=key, arrival=Arrival(**told))
        return Visit.objects.get(id=done.visit_id)

    def decision(self, visit: Visit) -> TurnDecision:
        """The latest decision about a group."""
        found = TurnDecision.objects.filter(visit=visit).order_by("seq", "position").last()
        assert found is not None
        return found

    def receiver(self, visit: Visit) -> str:
        """Who receives a group, by name; empty while it waits."""
        return self.name(self.decision(visit).receiver)

    def sign(self, visit: Visit, by: str = "", **written: Any) -> RegisterEntry | None:
        """The receiver signs one row of the register for a group."""
        told = {"hand": "dictated", "name": "客户", "why": "没留电话", **written}
        asked = {} if told["hand"] == "declined" else {"agreed": SHIPPED}
        words = Words(**{**asked, **told})
        done = self.do(
            register.sign_entry,
            by or self.receiver(visit),
            visit_id=visit.id,
            words=words,
            signature=Signature("glass", ((100, 100, 300, 200, 500, 120),)),
        )
        return RegisterEntry.objects.filter(id=done.entry).first()

    def finish(self, visit: Visit, **more: Any) -> None:
        """Its receiver has the register signed and finishes."""
        visit.refresh_from_db()
        while registers.owed(visit):
            self.sign(visit, name=visit.called or "客户")
        self.do(receptions.finish, self.receiver(visit), visit_id=visit.id, **more)

    def queue(self) -> list[str]:
        """The order by name."""
        live = boards.board(self.site)
        assert live is not None
        return [p.name for p in live.people]

    def person(self, name: str) -> boards.Person:
        """One person's line on the board."""
        live = boards.board(self.site)
        assert live is not None
        found = live.person(self.id(name))
        assert found is not None
        return found


@pytest.fixture(autouse=True)
def patient_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test waits until a file is understood, however slow the machine is just then."""
    monkeypatch.setattr("yingbin.importing.actions.reading.PATIENCE", 60.0)


def opened() -> Gallery:
    """An open gallery with 林悦, 周航, 吴敏, 陈思远 in the queue, in this order."""
    made = Gallery()
    made.open("林悦", "周航", "吴敏", "陈思远")
    return made


@pytest.fixture
def gallery(db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Gallery:
    """A gallery that hasn't opened yet; its pages are opened on the day that the test tells of."""
    wants_open = "hall" in request.fixturenames
    made = begin("hall", opened) if wants_open else begin("gallery", Gallery)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)
    return made


@pytest.fixture
def hall(gallery: Gallery) -> Gallery:
    """The gallery, open, with 林悦, 周航, 吴敏, 陈思远 in the queue, in this order."""
    return gallery


def _quarrelled(hall: Gallery) -> None:
    rang = CallTold(phone="13812341234", name="张伟", asked="问三房")
    hall.do(calls.record_call, "陈思远", told=rang)
    hall.later(180)
    visit = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(visit)
    visit.refresh_from_db()
    hall.do(
        cases.open_dispute,
        "陈思远",
        customer_id=visit.customer_id,
        parties=[hall.id("林悦")],
        words="这位客户来电是我接的",
    )


@pytest.fixture
def quarrel(hall: Gallery) -> tuple[Gallery, Visit, Dispute]:
    """陈思远 took the call; weeks later the family came without saying so and 林悦 received it."""
    further("quarrel", hall, _quarrelled)
    return hall, Visit.objects.get(), Dispute.objects.get()


@pytest.fixture
def story(hall: Gallery) -> Dispute:
    """The long story of a family whom two salespeople claim, told to its ruling."""
    from tests.gallery.packets import a_long_story

    further("story", hall, a_long_story)
    return Dispute.objects.get()

"""What the demo tells beside the ordinary days: calls, and two families that two salespeople claim."""

import random
from datetime import datetime
from functools import partial
from uuid import UUID

from yingbin.customers.actions import merge
from yingbin.gallery.actions import arrivals, calls, cases
from yingbin.gallery.actions.arrivals import Arrival
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.models import Call, Visit

from . import cast
from .day import Crew, PlayedDay

_ASKED = [
    "问 118 平三房还有没有，周末想来看",
    "问学区和交房时间",
    "问首付比例，想先了解再约时间",
    "朋友介绍，想看顶楼",
    "问样板间几点开放，带老人一起来",
]


def a_call(day: PlayedDay, at: datetime) -> None:
    """Somebody rings; most of them haven't been before."""
    luck, crew = day.luck, day.crew
    rang = CallTold(
        name=luck.choice(cast.SURNAMES) + luck.choice(cast.GIVEN),
        phone=f"13{luck.choice('56789')}{luck.randrange(10**8):08d}",
        title=luck.choice(["mr", "ms"]),
        asked=luck.choice(_ASKED),
        source=luck.choice(["online", "friend", "outdoor", "press"]),
    )
    day.do(calls.record_call, luck.choice(crew.sales()), at, told=rang)


def some_calls(day: PlayedDay, luck: random.Random, span: float) -> None:
    """Two or three enquiries over a day."""
    for _ in range(luck.choice([1, 2, 2, 3])):
        day.at(luck.uniform(5, span), partial(a_call, day))


class TwoClaims:
    """One family, two salespeople: the husband rang, the wife came and gave another number.

    Told over the past days: the call, the visit that the queue decided, the cards joined, both accounts.
    """

    def __init__(
        self, crew: Crew, family: tuple[str, str], phones: tuple[str, str], rung: int
    ) -> None:
        self.crew, self.family, self.phones = crew, family, phones
        self.first = self.second = crew.sales()[rung]
        self.rang: UUID | None = None
        self.came: UUID | None = None
        self.dispute: UUID | None = None

    def call(self, day: PlayedDay, at: datetime) -> None:
        """The husband rings the first of the two."""
        asked = "问 143 平四房和车位，说爱人周末先来看一眼"
        told = CallTold(name=self.family[0], phone=self.phones[0], title="mr", asked=asked)
        done = day.do(calls.record_call, self.first, at, told=told)
        call = Call.objects.get(site_id=self.crew.site, id=done.call)
        self.rang = call.customer_id

    def visit(self, day: PlayedDay, at: datetime) -> None:
        """The wife comes with her own number; the desk can't know, and the queue decides."""
        turn = next((p for p in day.people() if p.next), None)
        if turn is None or turn.id == str(self.first):
            # With the one who took the call free there's nothing to argue about.
            day.after(at, 15, partial(self.visit, day))
            return
        told = Arrival(
            name=self.family[1],
            phone=self.phones[1],
            title="ms",
            first_visit=True,
            contacted=False,
            group_size=3,
        )
        done = day.do(arrivals.record_arrival, day.crew.desk(day.luck), at, arrival=told)
        visit = Visit.objects.get(site_id=self.crew.site, id=done.visit_id)
        self.came, self.second = visit.customer_id, UUID(turn.id)

    def claim(self, day: PlayedDay, at: datetime) -> None:
        """The cards turn out to be one family's; the first of the two asks for a ruling."""
        if self.rang is None or self.came is None:
            return
        why = "同一家人：先生来电，太太到访，双方都向本人确认过"
        day.do(merge, self.crew.manager, at, into_id=self.rang, source_id=self.came, why=why)
        words = f"{self.family[0][0]}先生先打电话给我，我约了他们周末来看 143 平。到访那天我在接待别的客户。"
        opened = day.do(
            cases.open_dispute,
            self.first,
            at,
            customer_id=self.rang,
            parties=[self.first, self.second],
            words=words,
        )
        self.dispute = opened.dispute

    def answer(self, day: PlayedDay, at: datetime) -> None:
        """The other side."""
        words = "客户登记第一次来、没有认识的人，按轮排到我，接待了一个多小时，也约了下次。"
        if self.dispute:
            day.do(cases.state_case, self.second, at, dispute_id=self.dispute, words=words)

    def rule(self, day: PlayedDay, at: datetime) -> None:
        """The manager rules for the call, and gives the other their turn back."""
        if self.dispute is None:
            return
        day.do(
            cases.rule,
            self.crew.manager,
            at,
            dispute_id=self.dispute,
            for_whom=self.first,
            reason="来电在先且写明太太会来，客户归先接电话的同事；接待的同事补回一轮。",
            corrections=[cases.Correction(self.second, count=0, turns=1)],
        )


class Stories:
    """Which of these happen on which past day, counted back from today."""

    def __init__(self, crew: Crew) -> None:
        ruled = TwoClaims(crew, ("沈国栋", "顾美玲"), ("13905718826", "13605719937"), 2)
        still_open = TwoClaims(crew, ("周建平", "唐书瑶"), ("13757106618", "13819203345"), 0)
        self.on = {
            20: [(95.0, ruled.call)],
            16: [(140.0, ruled.visit)],
            14: [(300.0, ruled.claim), (390.0, ruled.answer), (470.0, ruled.rule)],
            18: [(60.0, still_open.call)],
            5: [(120.0, still_open.visit)],
            2: [(330.0, still_open.claim), (420.0, still_open.answer)],
        }

    def plan(self, day: PlayedDay, back: int) -> None:
        """Puts that day's part of each story on its agenda."""
        for minutes, what in self.on.get(back, []):
            day.at(minutes, partial(what, day))

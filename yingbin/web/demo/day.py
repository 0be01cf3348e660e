"""One gallery day played through the real actions, from signing in to closing, decided by a seed."""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from yingbin.approvals import actions as approvals
from yingbin.gallery.actions import (
    arrivals,
    days,
    presence,
    receptions,
    register,
    steps,
    supervision,
    waiting,
)
from yingbin.gallery.actions.arrivals import Arrival
from yingbin.gallery.models import Visit
from yingbin.gallery.queries import board as boards
from yingbin.gallery.queries import history
from yingbin.gallery.queries import register as registers
from yingbin.journal.action import Acting
from yingbin.matters.actions import acknowledge, done
from yingbin.matters.models import Matter
from yingbin.matters.queries import alerts_of
from yingbin.rules.decision import Refused

from . import cast, words

R = TypeVar("R")


@dataclass
class Crew:
    """The demo's people by id, and the customers met so far."""

    site: UUID
    ids: dict[str, UUID]
    customers: list[UUID] = field(default_factory=list)
    keys: Any = field(default_factory=lambda: count(1))

    def sales(self) -> list[UUID]:
        """The salespeople's ids."""
        return [self.ids[m.account] for m in cast.SALES]

    @property
    def manager(self) -> UUID:
        """The sales manager's id."""
        return self.ids[cast.MANAGER.account]

    def desk(self, luck: random.Random) -> UUID:
        """One of the receptionists."""
        return self.ids[luck.choice(cast.RECEPTIONISTS).account]

    def acting(self, by: UUID, at: datetime) -> Acting:
        """One of these people acts at this moment."""
        return Acting(self.site, f"demo-{next(self.keys)}", by, at)


class PlayedDay:
    """Plays one day in the order of its moments; whatever the rules refuse simply doesn't happen."""

    def __init__(self, crew: Crew, luck: random.Random, opens: datetime, groups: int) -> None:
        self.crew, self.luck, self.opens, self.groups = crew, luck, opens, groups
        self.agenda: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self.order = count()
        self.busy: set[UUID] = set()

    def at(self, minutes: float, what: Callable[[datetime], object]) -> None:
        """Puts something on the agenda, in minutes after opening."""
        self.after(self.opens, minutes, what)

    def after(self, moment: datetime, minutes: float, what: Callable[[datetime], object]) -> None:
        """Puts something on the agenda, in minutes after a moment."""
        when = moment + timedelta(minutes=minutes)
        heapq.heappush(self.agenda, (when, next(self.order), what))

    def play(self, until: datetime) -> None:
        """Runs the agenda up to a moment."""
        while self.agenda and self.agenda[0][0] <= until:
            moment, _, what = heapq.heappop(self.agenda)
            try:
                what(moment)
            except Refused:
                continue
            self.serve(moment)

    def plan(self, span: float) -> None:
        """Signing in, opening, groups over `span` minutes, meals, an errand or two."""
        crew, luck = self.crew, self.luck
        early = luck.sample(crew.sales(), k=luck.choice([6, 7, 7, 8]))
        for n, who in enumerate(early):
            self.at(-20 + n * 2, partial(self.sign_in, who))
        self.at(0, partial(self.do, days.open_gallery, crew.manager))
        for who in set(crew.sales()) - set(early):
            self.at(luck.uniform(20, 90), partial(self.sign_in, who))
        for _ in range(self.groups):
            self.at(luck.triangular(3, span, span * 0.4), self.arrival)
        for who in luck.sample(early, k=3):
            self.at(luck.uniform(span * 0.4, span * 0.6), partial(self.meal, who))
        self.at(luck.uniform(span * 0.1, span * 0.7), self.errand)
        self.plan_promises()

    def plan_promises(self) -> None:
        """Customers who were to be rung today are rung shortly before the hour, but for one in twelve."""
        day = (self.opens, self.opens + timedelta(hours=12))
        owed = Matter.objects.filter(
            site_id=self.crew.site, kind="follow_up", closed_at__isnull=True, due_at__range=day
        )
        for promise in owed.order_by("number"):
            if promise.due_at and promise.owner_id and self.luck.random() < 11 / 12:
                early = self.luck.uniform(2, 25)
                self.after(promise.due_at, -early, partial(self.ring, promise.owner_id, promise.id))

    def ring(self, who: UUID, promise: UUID, at: datetime) -> None:
        """The promised call, with what came of it."""
        note = self.luck.choice(words.RUNG)
        self.do(done, who, at, matter_id=promise, note=note)

    def do(self, action: Callable[..., R], by: UUID, at: datetime, **more: Any) -> R:
        """One action by one person."""
        return action(self.crew.acting(by, at), **more)

    def sign_in(self, who: UUID, at: datetime) -> None:
        """Someone arrives for work."""
        self.do(presence.sign_in, who, at, who=who)

    def arrival(self, at: datetime) -> None:
        """A group comes in: mostly new, some known, now and then a peer or someone who asks the way."""
        luck, crew = self.luck, self.crew
        chance = luck.random()
        if chance < 0.06:
            told = Arrival(kind="enquirer", looked_for=luck.choice(["问公交站", "找物业办公室"]))
        elif chance < 0.11:
            told = Arrival(kind="peer", note="某中介市调，已说明来意")
        elif chance < 0.30 and crew.customers:
            told = Arrival(
                customer_id=luck.choice(crew.customers), first_visit=False, contacted=False
            )
        else:
            told = self.newcomer(named=chance > 0.88)
        done = self.do(arrivals.record_arrival, crew.desk(luck), at, arrival=told)
        visit = Visit.objects.get(site_id=crew.site, id=done.visit_id)
        if visit.customer_id and visit.customer_id not in crew.customers:
            crew.customers.append(visit.customer_id)

    def newcomer(self, named: bool) -> Arrival:
        """A new customer, perhaps one who knows somebody's name."""
        luck = self.luck
        name = luck.choice(cast.SURNAMES) + luck.choice(cast.GIVEN)
        return Arrival(
            named=luck.choice(self.crew.sales()) if named else None,
            contacted=named,
            name=name,
            phone=f"13{luck.choice('56789')}{luck.randrange(10**8):08d}",
            title=luck.choice(["mr", "ms", ""]),
            first_visit=True,
            group_size=luck.choice([1, 2, 2, 2, 3, 3, 4, 5]),
            households=luck.choice([1, 1, 1, 1, 2]),
        )

    def people(self) -> list[boards.Person]:
        """Everybody in the queue at this moment."""
        live = boards.board(self.crew.site)
        return live.people if live else []

    def serve(self, at: datetime) -> None:
        """Whoever was just given a group accepts it and will finish later."""
        row = boards.open_row(self.crew.site)
        if row is None or self.busy.issuperset(map(UUID, row.state["visits"])):
            return
        for person in self.people():
            if person.status == "receiving" and person.visit and person.visit.id not in self.busy:
                self.busy.add(person.visit.id)
                who, visit = UUID(person.id), person.visit.id
                quick = self.luck.uniform(0.2, 1.6)
                self.after(at, quick, partial(self.accept, who, visit))
                lasts = self.luck.triangular(12, 80, 35)
                self.after(at, lasts, partial(self.finish, who, visit))

    def accept(self, who: UUID, visit: UUID, at: datetime) -> None:
        """Off to the customer."""
        self.do(receptions.accept_turn, who, at, visit_id=visit)

    def finish(self, who: UUID, visit: UUID, at: datetime) -> None:
        """Sees the customer out; seldom a claim that the visitor was unrelated."""
        self.register(who, visit, at)
        units = self.luck.choices([0, 1, 2, 3, 4], [70, 20, 6, 3, 1])[0]
        self.do(receptions.finish, who, at, visit_id=visit, units_wanted=units)
        if self.luck.random() < 0.04:
            note = "客户其实是装修公司业务员，在谈样板间软装"
            claim = self.do(receptions.claim_unrelated, who, at, visit_id=visit, note=note)
            self.after(at, 6, partial(self.confirm, claim))

    def register(self, who: UUID, visit: UUID, at: datetime) -> None:
        """Every family writes its row and the receiver signs; at the door the next contact is agreed."""
        luck, row = self.luck, Visit.objects.get(site_id=self.crew.site, id=visit)
        if luck.random() < 0.3:
            self.do(steps.do_step, who, at, visit_id=visit, which="talk", **words.told(luck))
        for _ in range(registers.owed(row)):
            row.refresh_from_db()
            self.do(
                register.sign_entry,
                who,
                at,
                visit_id=visit,
                words=words.words(luck, row),
                signature=words.signature(luck),
            )
        if luck.random() < 0.25:
            then = at + timedelta(days=luck.randint(2, 6))
            self.do(steps.do_step, who, at, visit_id=visit, which="farewell", next_contact=then)

    def confirm(self, claim: UUID, at: datetime) -> None:
        """The manager asks the visitor in person."""
        how = "客户当面出示了公司名片，说明是来谈合作的"
        self.do(
            receptions.decide_claim, self.crew.manager, at, claim_id=claim, confirm=True, how=how
        )

    def meal(self, who: UUID, at: datetime) -> None:
        """Half an hour for lunch."""
        self.do(presence.go_away, who, at, who=who, reason="meal")
        self.after(at, self.luck.uniform(25, 40), partial(self.back, who))

    def back(self, who: UUID, at: datetime) -> None:
        """On the floor again."""
        self.do(presence.come_back, who, at, who=who)

    def errand(self, at: datetime) -> None:
        """Someone is sent to the bank or the registry on business."""
        who = self.luck.choice(self.crew.sales())
        note = self.luck.choice(["去建设银行送按揭资料", "去房管局取备案合同", "陪客户到银行面签"])
        asked = self.do(presence.ask_business_leave, who, at, note=note)
        self.after(at, 3, partial(self.grant, asked))
        self.after(at, self.luck.uniform(60, 120), partial(self.back, who))

    def grant(self, asked: UUID, at: datetime) -> None:
        """The manager approves."""
        if history.open_leave_requests(self.crew.site).filter(id=asked).exists():
            self.do(approvals.decide, self.crew.manager, at, approval_id=asked, grant=True)

    def close(self, at: datetime) -> None:
        """The end of the day: waiting groups leave, receptions end, those away are settled."""
        for w in boards.board(self.crew.site).waiting:  # type: ignore[union-attr]
            why = "" if w.visit.customer_id else "客户赶时间，不愿留电话"
            self.do(
                waiting.leave, self.crew.desk(self.luck), at, visit_id=w.visit.id, no_contact=why
            )
        for p in boards.board(self.crew.site).people:  # type: ignore[union-attr]
            if p.visit:
                self.register(UUID(p.id), p.visit.id, at)
                self.do(receptions.finish, UUID(p.id), at, visit_id=p.visit.id)
        for p in boards.board(self.crew.site).people:  # type: ignore[union-attr]
            if p.status == "away":
                self.do(presence.come_back, self.crew.manager, at, who=UUID(p.id))
        for claim in list(history.open_claims(self.crew.site)):
            self.confirm(claim.id, at)
        for asked in list(history.open_leave_requests(self.crew.site)):
            self.do(
                approvals.decide,
                self.crew.manager,
                at,
                approval_id=asked.id,
                grant=False,
                words="今天已收场",
            )
        self.do(days.close_gallery, self.crew.manager, at)
        for alert in alerts_of(self.crew.site, self.crew.manager):
            self.do(acknowledge, self.crew.manager, at, matter_id=alert.id)


def correct_once(crew: Crew, at: datetime) -> None:
    """One correction by the manager, so that the log shows what it looks like."""
    supervision.adjust(
        crew.acting(crew.manager, at),
        who=crew.sales()[2],
        reason="昨天漏记一次协助，经双方确认补回",
        turns=1,
    )

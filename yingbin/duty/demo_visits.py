"""The visitors of a demo's show flat: a real-looking card, groups that come and leave, the day laid beside the gallery's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from yingbin.customers.wording import SHIPPED as WORDING
from yingbin.gallery.queries.referral import GalleryGuest, guests_of_day
from yingbin.journal.action import Acting, Deed
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter
from yingbin.people.calendar import ZONE
from yingbin.people.models import Site
from yingbin.people.policies import set_policy
from yingbin.people.queries import those_who_may
from yingbin.rules.decision import Refused

from .actions import cases, questions, referrals, visit_sheets, visits
from .actions.facts import Facts, keep_facts
from .actions.visits import GuestsIn, GuestTold
from .demo_ink import signature_of
from .demo_when import When
from .models import VisitMatching
from .policies import REFERRING

CARD = Facts(
    "三房两厅两卫",
    "建筑面积约 118 平方米，以合同为准",
    "框架剪力墙结构，两梯四户，层高 2.95 米",
    "南北通透，客厅开间 3.9 米，主卧带飘窗。\n厨房、餐厅、客厅连成一线，端菜不拐弯。\n南向阳台 6.6 米，晾晒和喝茶各占一半。",
    (
        ("层高多少？", "2.95 米，装修后净高约 2.75 米。"),
        ("样板间的家具送吗？", "家具和软装是展示，不在交付标准里；交付标准看墙上的公示。"),
        ("几梯几户？", "两梯四户，每层四家共用两部电梯。"),
        ("什么时候交房？", "以合同约定为准，请到售楼处看合同样本。"),
        ("能贷多少？", "由银行按个人情况审批，请置业顾问为您细算。"),
    ),
)
# Whoever was never at the gallery: one of them a day, and how their numbers begin.
ALONE = (
    "沈梦", "韩冰", "陆远", "秦越", "方可欣", "葛青", "乔安", "祁连", "温雅", "柳依", "常乐", "顾盼",
    "易寒", "申悦", "鲍清", "齐眉", "简宁", "凌云", "阮宁", "章回", "辛夷", "蓝天", "骆一", "游方",
)  # fmt: skip
NUMBERS = "13700002"
PASSED_ON = "附近小学怎么划片？"
WORDS = {"only_here": "只看了样板间，已留电话，明天回访", "only_there": "只到售楼处，没来样板间"}

Step = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class Hosts:
    """Who is there: in the morning, in the afternoon, and the lead."""

    early: UUID
    late: UUID
    lead: UUID


class GuestDay:
    """The visitors of one day; `play_to` lets happen what is due by a moment, so that it fits between the rest."""

    def __init__(self, site_id: UUID, post: UUID, day: date, when: When, hosts: Hosts) -> None:
        self.site_id, self.post, self.day, self.hosts = site_id, post, day, hosts
        self.when, self.number = when, when.number
        self.now = datetime.combine(day, time(4), ZONE)
        self.visits: dict[str, UUID] = {}
        site = Site.objects.get(id=site_id)
        code = site.code.partition("-")[0]
        self.flat, self.gallery = site.short_name, Site.objects.filter(code=code).first()
        self.known = (
            guests_of_day(self.gallery.id, day) if self.gallery and not when.is_today else []
        )
        self.steps = sorted(self._steps(), key=lambda step: step[0])

    def play_to(self, at: datetime) -> None:
        """Everything that is due before a moment."""
        while self.steps and self._moment(self.steps[0][0]) < at:
            clock, deed = self.steps.pop(0)
            self.now = self._moment(clock)
            try:
                deed()
            except Refused:
                continue

    def _moment(self, clock: str) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(clock), ZONE)

    def _do(self, by: UUID | str, deed: Deed[object], what: str) -> object:
        return deed(Acting(self.site_id, f"demo-guests-{self.day}-{what}", by, self.now))

    def _steps(self) -> Iterator[Step]:
        if self.when.is_first:
            yield "08:30", self._set_up
        morning, noon = self.hosts.early, self.hosts.late
        yield from self._group("a", "09:35", "10:05", morning, self._known(2), been=True)
        yield from self._group("b", "10:40", "11:15", morning, self._known(5), been=False)
        yield from self._group("c", "13:20", "13:55", noon, self._surname(8), been=True)
        alone = (ALONE[self.number % len(ALONE)], f"{NUMBERS}{self.number:03}")
        yield from self._group(
            "d", "14:10", "14:50" if not self.when.is_today else "", noon, alone, been=False
        )
        yield "10:50", self._question
        if self.when.is_today:
            yield "14:25", self._scan
        else:
            yield "12:55", self._answer
            yield "16:40", self._ring
            yield "17:20", self._hand_over
            yield "17:30", self._match
            yield "17:45", self._settle
            yield "17:58", self._confirm

    def _set_up(self) -> None:
        lead = self.hosts.lead
        card = keep_facts.given(post=self.post, told=CARD, before=0)
        self._do(lead, card, "card")
        if self.gallery:
            chosen = {"gallery": str(self.gallery.id)}
            policy = set_policy.given(name=REFERRING.name, values=chosen, reason="同一项目的售楼处")
            self._do(lead, policy, "gallery")

    def _known(self, n: int) -> tuple[str, str]:
        """Somebody who was at the gallery that day too."""
        guest = self._guest(n)
        return (guest.marks.name, min(guest.marks.phones, default="")) if guest else ("", "")

    def _guest(self, n: int) -> GalleryGuest | None:
        named = [g for g in self.known if g.marks.name and g.marks.phones]
        return named[n] if n < len(named) else None

    def _surname(self, n: int) -> tuple[str, str]:
        return self._known(n)[0][:1], ""

    def _group(
        self, mark: str, comes: str, goes: str, host: UUID, who: tuple[str, str], *, been: bool
    ) -> Iterator[Step]:
        """A group comes, says who it is, is sent to the sales office if it never was there, and leaves."""
        size = 1 + (self.number * (ord(mark) - 95) + ord(mark)) % 4

        def come() -> None:
            done = self._do(
                host, visits.guests_in.given(post=self.post, size=size, been=been), f"in-{mark}"
            )
            assert isinstance(done, GuestsIn)
            self.visits[mark] = done.visit
            if any(who):
                told = visits.tell_guests.given(
                    visit_id=done.visit, size=size, been=been, name=who[0], phone=who[1], agreed=WORDING
                )  # fmt: skip
                self._do(host, told, f"told-{mark}")

        def go() -> None:
            if not been and any(who):
                self._refer(mark, host)
            self._do(host, visits.guests_out.given(visit_id=self.visits[mark]), f"out-{mark}")
            self._do(host, cases.ready.given(), f"ready-{mark}")

        yield comes, come
        if goes:
            yield goes, go

    def _refer(self, mark: str, host: UUID) -> None:
        """Sent to the sales office: on past days to the group that came there, whose day is closed long since."""
        asked = referrals.ask_referral.given(visit_id=self.visits[mark])
        referral = self._do(host, asked, f"refer-{mark}")
        assert isinstance(referral, UUID)
        there = self._guest(5) if mark == "b" else None
        if there is None or self.when.is_today:
            sent = referrals.Sent("kept", because="客人说改天再去售楼处")
        else:
            sent = referrals.Sent("queued", None, there.number)
        settled = referrals.settle_referral.given(
            referral=referral, sent=sent, gallery_visit=there.id if there else None
        )
        self._do(host, settled, f"sent-{mark}")

    def _question(self) -> None:
        visit, host = self.visits["b"], self.hosts.early
        plain = questions.ask_question.given(
            visit_id=visit, question="层高多少？", answer="2.95 米，装修后净高约 2.75 米。"
        )
        self._do(host, plain, "asked")
        if self.when.back <= 1:
            passed = questions.ask_question.given(
                visit_id=visit, question=PASSED_ON, to="role:lead"
            )
            self._do(host, passed, "passed-on")

    def _answer(self) -> None:
        """What was passed on has its answer on the same day."""
        asked = Matter.objects.filter(site_id=self.site_id, title=PASSED_ON, closed_at=None).first()
        if asked is None:
            return
        words = "以教育局当年公布的为准，去年划在湖畔小学。"
        lead, host = self.hosts.lead, self.hosts.early
        self._do(lead, matters.accept.given(matter_id=asked.id), "question-taken")
        self._do(lead, matters.answer.given(matter_id=asked.id, note=words), "question-answered")
        self._do(host, matters.tell_customer.given(matter_id=asked.id), "question-told")

    def _ring(self) -> None:
        """Whoever wanted to go to the sales office another day was rung; of yesterday's that is still to come."""
        owed = Matter.objects.filter(site_id=self.site_id, kind="follow_up", closed_at=None)
        for promise in owed if self.when.back > 1 else ():
            rung = matters.done.given(matter_id=promise.id, note="通过电话，周末自己去售楼处")
            self._do(promise.owner_id or self.hosts.late, rung, f"rung-{promise.number}")

    def _scan(self) -> None:
        """Somebody has just registered on their own phone and waits to be met."""
        told = GuestTold(2, False, WORDING, "罗晓", "13700009001")
        self._do("visitor", visits.guests_by_code.given(post=self.post, code=1, told=told), "scan")

    def _hand_over(self) -> None:
        signed = visit_sheets.hand_over_sheet.given(
            day=self.day, word="", signature=signature_of(self.hosts.late)
        )
        self._do(self.hosts.late, signed, "sheet")

    def _match(self) -> None:
        self._do(self.hosts.lead, visit_sheets.match_sheet.given(day=self.day), "match")

    def _matching(self) -> VisitMatching | None:
        rows = VisitMatching.objects.filter(site_id=self.site_id, day=self.day)
        return rows.order_by("-seq").first()

    def _settle(self) -> None:
        """The day before today waits for the lead in part."""
        row = self._matching()
        kinds = ("only_there",) if self.when.back == 1 else ("likely", "only_here", "only_there")
        for kind in kinds:
            places = tuple(n for n, p in enumerate(row.pairs if row else []) if p["kind"] == kind)
            if row is not None and places:
                settled = visit_sheets.settle_pairs.given(
                    matching=row.id, indexes=places, same=True if kind == "likely" else None,
                    word=WORDS.get(kind, "核对过，是同一家，售楼处登记了全名"),
                )  # fmt: skip
                self._do(self.hosts.lead, settled, f"settled-{kind}")

    def _confirm(self) -> None:
        row = self._matching()
        if row is None or self.gallery is None or self.when.back <= 1:
            return
        manager = those_who_may(self.gallery.id, "visits.confirm", self.now)[0].id
        answer = visit_sheets.answer_matching.given(
            matching=row.id, gallery=self.gallery.id, agreed=True
        )
        self._do(manager, answer, "confirmed")

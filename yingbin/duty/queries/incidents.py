"""突发事件、扰乱秩序、演练 read: the steps with who did them when, the chain with who has heard, everything in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yingbin.files.queries import Shown, files_of
from yingbin.people.queries import names_of, one_of
from yingbin.rules.duty.cases import TOP
from yingbin.rules.gone import ERASED

from ..files import INCIDENT
from ..hours import day_of, turn_of
from ..models import DutyAlert, DutyEvent, DutyLog, Incident, IncidentNote
from ..words import ROLE_WORDS
from .chain import INSTEAD, ROLE_OF, Hearing, hearing

What = IncidentNote.What
_SAID = {
    "case_escalate": "上报",
    "case_acknowledge": "知道了，正在处理",
    What.HEARD.value: "知道了",
    What.OVER.value: "处理完了",
    What.REPORT.value: "写了报告",
    What.WORDS.value: "补充",
    What.AGAIN.value: "还没有人回应的，又通知了一次",
}


@dataclass(frozen=True)
class SeenStep:
    """A step: who did it and when; None while nobody has."""

    index: int
    text: str
    at: datetime | None = None
    by: str = ""

    @property
    def number(self) -> int:
        """Its number as people count."""
        return self.index + 1


@dataclass(frozen=True)
class SeenLink:
    """A role of the chain: since when it is alerted, who hears for it, who answered when."""

    role: str
    told_at: datetime | None
    told: tuple[str, ...]
    instead: str
    heard_at: datetime | None = None
    heard_by: str = ""

    @property
    def title(self) -> str:
        """The role as people say it."""
        return ROLE_WORDS[self.role]


@dataclass(frozen=True)
class SeenFact:
    """Something that happened, in order, with what it looked like. typed_at: when it was typed without a line."""

    at: datetime
    words: str
    by: str = ""
    text: str = ""
    photos: tuple[Shown, ...] = ()
    typed_at: datetime | None = None


@dataclass(frozen=True)
class IncidentPage:
    """An incident with everything about it. past: no day on duty knows of it any
    more, or ever did: its chain is kept by its own notes."""

    row: Incident
    post: str
    opened_by: str
    level: int
    rises_at: datetime | None
    steps: tuple[SeenStep, ...]
    chain: tuple[SeenLink, ...]
    facts: tuple[SeenFact, ...]
    report: SeenFact | None
    mine: str
    past: bool

    @property
    def title(self) -> str:
        """What it is, in two or four characters."""
        return self.row.type or self.row.get_kind_display()

    @property
    def state(self) -> str:
        """What kind of thing it is, where the title doesn't say so."""
        return "演练" if self.row.drill else self.row.get_kind_display() if self.row.type else ""

    @property
    def left(self) -> tuple[SeenStep, ...]:
        """Steps that nobody has done."""
        return tuple(step for step in self.steps if step.at is None)

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.row.over_at is None

    @property
    def my_turn(self) -> bool:
        """Whether the person who looks can say that their role has heard."""
        waiting = [x for x in self.chain if x.told_at and not x.heard_at]
        roles = {role for x in waiting for role in (x.role, x.instead)} - {""}
        return self.is_open and self.mine in roles


@dataclass(frozen=True)
class IncidentLine:
    """An incident in the list of a place."""

    row: Incident
    post: str
    by: str
    reported: bool

    @property
    def title(self) -> str:
        """What it was."""
        return self.row.type or self.row.get_kind_display()


def incident_page(
    site_id: UUID, incident: UUID, now: datetime, *, me: UUID | None = None
) -> IncidentPage | None:
    """An incident of this place; None where there is none. A constant number of questions."""
    rows = Incident.objects.select_related("post")
    row = rows.filter(site_id=site_id, id=incident).first()
    return None if row is None else _Reading(row, now, me).page()


class _Reading:
    """Puts together what the day, the notes and the chain say of an incident."""

    def __init__(self, row: Incident, now: datetime, me: UUID | None) -> None:
        self.row, self.now, self.me = row, now, me
        self.notes = list(IncidentNote.objects.filter(incident=row).order_by("number"))
        self.photos = files_of(row.site_id, INCIDENT.id, [n.id for n in self.notes if n.words])
        self.past = row.outside or (not row.drill and day_of(row.at) != day_of(now))
        self.heard = hearing(row.site_id, now)
        self.own = row.drill or row.outside
        self.log = None if self.own else _log(row)
        self.events = _events(self.log, row)
        self.alerts = _alerts(self.log, row)
        by = [row.by, *(n.by for n in self.notes), *(e.by for e in self.events)]
        self.names = names_of({who for who in by if who})

    def page(self) -> IncidentPage:
        """Everything."""
        level = max((int(a.facts.get("level", 0)) for a in self.alerts), default=0)
        level = TOP if self.row.outside else level
        report = next((n for n in self.notes if n.what == What.REPORT), None)
        return IncidentPage(
            row=self.row,
            post=self.row.post.name,
            opened_by=self._name(self.row.by),
            level=level,
            rises_at=self._rises(level),
            steps=tuple(self._steps()),
            chain=tuple(self._link(role) for role in INSTEAD),
            facts=tuple(sorted(self._facts(), key=lambda f: f.at)),
            report=None if report is None else self._note(report),
            mine=self._mine(),
            past=self.past,
        )

    def _name(self, who: UUID | None) -> str:
        return self.names.get(str(who), "") if who else ""

    def _mine(self) -> str:
        """The role of the contract by which the person who looks takes part."""
        found = (m for m, h in self.heard.items() if not h.instead and self.me in h.people)
        return next(found, "")

    def _rises(self, level: int) -> datetime | None:
        """When a disruption goes up by itself; None where it doesn't, or an emergency."""
        still = self.row.kind == Incident.Kind.DISRUPTION and not self.row.over_at
        if self.log is None or self.past or not still:
            return None
        numbers = self.log.opening["policy"]
        if level == 0:
            return self.row.at + timedelta(minutes=numbers["dissuade_minutes"])
        if level == 1 and "lead" not in self._answers():
            return self._told_at("lead", numbers["ack_minutes"])
        return None

    def _told_at(self, role: str, later: int = 0) -> datetime | None:
        found = (a.at for a in self.alerts if a.to == role and a.what == "escalated")
        at = next(found, None)
        return None if at is None else at + timedelta(minutes=later)

    def _steps(self) -> Iterator[SeenStep]:
        last = {n.step: n for n in self.notes if n.what in (What.STEP, What.UNSTEP)}
        for index, text in enumerate(self.row.steps):
            done = last.get(index)
            if done is None or done.what == What.UNSTEP:
                yield SeenStep(index, text)
            else:
                yield SeenStep(index, text, done.at, self._name(done.by))

    def _answers(self) -> dict[str, tuple[datetime, str]]:
        """Which role answered, when and by whom."""
        heard = [n for n in self.notes if n.what == What.HEARD]
        noted = {n.role: (n.at, self._name(n.by)) for n in heard}
        roles = {p["who"]: p["role"] for p in self.log.opening["people"]} if self.log else {}
        said = [e for e in self.events if e.event == "case_acknowledge"]
        told = {roles.get(e.facts["who"], ""): (e.at, self._name(e.by)) for e in said}
        return {**noted, **told}

    def _link(self, role: str) -> SeenLink:
        heard: Hearing = self.heard[role]
        at, by = self._answers().get(role, (None, ""))
        told = self.row.at if self.own else self._told_at(role)
        instead = next((m for m, r in ROLE_OF.items() if heard.instead and r == heard.role), "")
        return SeenLink(role, told, heard.names, instead, at, by)

    def _facts(self) -> Iterator[SeenFact]:
        yield SeenFact(
            self.row.at, "报告" if not self.row.drill else "演练开始", self._name(self.row.by)
        )
        for alert in self.alerts:
            again = "又" if alert.what == "again" else ""
            yield SeenFact(alert.at, f"{again}通知{ROLE_WORDS[alert.to]}")
        for event in self.events:
            if event.event in _SAID:
                yield SeenFact(event.at, _SAID[event.event], self._name(event.by))
        for note in self.notes:
            yield self._note(note)

    def _note(self, row: IncidentNote) -> SeenFact:
        text = str(row.words.get("text", ""))
        if not row.salt and row.what in (What.WORDS, What.REPORT):
            text = ERASED
        if row.step is not None:
            done = "做完" if row.what == What.STEP else "还没有做完"
            step = f"{done}：{self.row.steps[row.step]}"
            return SeenFact(row.at, step, self._name(row.by), typed_at=row.typed_at)
        words = _SAID[row.what]
        if row.role:
            words = f"{ROLE_WORDS[row.role]}{words}"
        photos = self.photos.get(row.id, ())
        return SeenFact(row.at, words, self._name(row.by), text, photos, row.typed_at)


def _log(row: Incident) -> DutyLog | None:
    return DutyLog.objects.filter(site_id=row.site_id, day=day_of(row.at)).first()


def _events(log: DutyLog | None, row: Incident) -> list[DutyEvent]:
    if log is None:
        return []
    found = DutyEvent.objects.filter(log=log, event__startswith="case_", accepted=True)
    return [e for e in found.order_by("index") if e.facts.get("case") == str(row.id)]


def _alerts(log: DutyLog | None, row: Incident) -> list[DutyAlert]:
    if log is None:
        return []
    found = DutyAlert.objects.filter(log=log, what__in=("escalated", "again"))
    return [a for a in found.order_by("index") if a.facts.get("case") == str(row.id)]


def incidents(site_id: UUID) -> QuerySet[Incident]:
    """All incidents and drills of a place, the newest first, each with whether its report is written."""
    reports = IncidentNote.objects.filter(incident=OuterRef("pk"), what=What.REPORT)
    rows = Incident.objects.filter(site_id=site_id).select_related("post")
    return rows.annotate(reported=Exists(reports)).order_by("-at", "-number")


def lines(rows: Iterable[Incident]) -> list[IncidentLine]:
    """Rows of the list with their names; one question."""
    kept = list(rows)
    names = names_of({row.by for row in kept if row.by})
    return [
        IncidentLine(row, row.post.name, names.get(str(row.by), ""), bool(getattr(row, "reported", False)))
        for row in kept
    ]  # fmt: skip


def open_drills(site_id: UUID) -> list[Incident]:
    """Drills under way; one question."""
    rows = Incident.objects.filter(site_id=site_id, drill=True, over_at__isnull=True)
    return list(rows.select_related("post").order_by("at"))


def under_way(site_ids: Iterable[UUID], now: datetime) -> list[Incident]:
    """Real ones that still go on and that the day on duty of now knows nothing of, the oldest first; one question.

    An emergency of last night doesn't end because the day turns, and one at a closed place has no day at all.
    """
    rows = Incident.objects.filter(site_id__in=one_of(site_ids), over_at__isnull=True, drill=False)
    began = turn_of(day_of(now) - timedelta(days=1))
    return list(
        rows.filter(Q(outside=True) | Q(at__lt=began)).select_related("post").order_by("at")
    )


def heard_by(rows: Iterable[Incident]) -> dict[UUID, tuple[str, ...]]:
    """Who said of these, by a note, that they have heard; two questions, none where there are no rows."""
    ids = [row.id for row in rows]
    if not ids:
        return {}
    notes = IncidentNote.objects.filter(incident__in=ids, what=What.HEARD).order_by("number")
    found: dict[UUID, tuple[str, ...]] = {}
    for incident, role in notes.values_list("incident_id", "role"):
        found[incident] = (*found.get(incident, ()), ROLE_WORDS[role])
    return found

"""One matter of the desk as its page shows it: where it stands, who, until when, what was done, what can be."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from yingbin.customers.models import Customer, CustomerPhone
from yingbin.customers.queries import Shown, phones_on, shown_as
from yingbin.matters import queries as matters
from yingbin.matters.models import Matter as Row
from yingbin.matters.photos import Photos, photos_of
from yingbin.matters.queries.reach import belonging
from yingbin.matters.words import VERBS as STEP_WORDS
from yingbin.matters.words import ClockShown, clocks_shown
from yingbin.people.queries import Badge
from yingbin.rules import matters as steps
from yingbin.rules.desk.kinds import CLOCK_TITLES, PAUSES, TITLES
from yingbin.rules.desk.matter import Matter
from yingbin.rules.gone import colleague

from .. import folding
from ..allowed import Allowed, allowed, standing_or_last
from ..choices import titles_of
from ..doings import primary
from ..kinds import GRADES, STAGES, USUAL_GRADES
from ..models import DeskEvent, DeskMatter, DeskNote
from ..names import names_in, put_in
from ..office import Standing
from ..setting_out import may_set_out
from .dispatch import Proposal, proposal
from .mine import members_of

CONTAINS = "包含"  # how the house calls what hangs on a matter; it has a page of its own
# The stages of each kind in their usual order, for the line of steps.
USUAL = {
    "enquiry": ("new", "solved", "closed"),
    "help": ("new", "arrived", "solved", "closed"),
    "paid": ("new", "arrived", "working", "solved", "closed"),
    "suggestion": ("new", "analysed", "solved", "closed"),
    "complaint": ("new", "acknowledged", "assessed", "investigated", "proposed", "told", "closed"),
}
# What photos of the work show.
PHOTOS = {"before": "施工前", "after": "施工后"}


@dataclass(frozen=True)
class StageStep:
    """A step of the line: `now` where it stands, `done` what lies behind."""

    label: str
    now: bool
    done: bool


@dataclass(frozen=True)
class Line:
    """A line of the history: when, who, a sentence, what somebody wrote."""

    at: datetime
    seq: int
    who: str
    sentence: str
    words: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True)
class LinkLine:
    """Another matter it has to do with."""

    how: str
    row: DeskMatter


@dataclass(frozen=True)
class Told:
    """What is read of a matter's past: its events and notes, and the names in them."""

    events: list[DeskEvent]
    notes: list[DeskNote]
    names: Mapping[str, str]
    subjects: Mapping[str, str]


@dataclass(frozen=True)
class Where:
    """Where it stands, in words. owner, holder, offer: by name; holder "" where it is the owner."""

    kind: str
    grade: str
    subject: str
    steps: tuple[StageStep, ...]
    owner: str
    holder: str
    offer: str
    paused: str
    clocks: tuple[ClockShown, ...]
    next_due: ClockShown | None
    is_late: bool


@dataclass(frozen=True)
class Way:
    """gone: whoever has the task is on the way there; may: whoever looks may say that they are."""

    gone: bool
    may: bool


@dataclass(frozen=True)
class DeskPage:
    """All that the page of a matter shows. attached: how many hang on it; works: whoever looks is of a department; guides: may say a word
    (SD-3.3); apart: those who stay out of it, because it is about them (SD-4.2.5)."""

    row: DeskMatter
    matter: Row
    found: Matter
    where: Where
    customer: Shown | None
    phones: tuple[CustomerPhone, ...]
    answer: str
    lines: tuple[Line, ...]
    links: tuple[LinkLine, ...]
    attached: int
    photos: tuple[Photos, ...]
    told: Allowed
    primary: str
    names: Mapping[str, str]
    works: bool
    guides: bool
    proposed: Proposal
    apart: frozenset[str]
    way: Way


def seen(badge: Badge, matter_id: UUID, at: datetime) -> DeskMatter | None:
    """A matter of the desk that this person may open: any of the office for those who see all, else what they recorded,
    own, hold or are offered, and what people of a department that they head hold; never what is about them (SD-4.2.5)."""
    row = folding.row_of(badge.here, matter_id)
    if row is None or badge.staff_id in matters.recused(badge.here, matter_id):
        return None
    if badge.may("desk.see"):
        return row
    one, me = row.matter, badge.staff_id
    own = belonging(badge.here, me, at)
    theirs = me in (one.opened_by, one.owner_id, one.holder_id, one.offered_to)
    if theirs or one.offered_group in own.parties or one.holder_id in members_of(badge, own, at):
        return row
    return None


def opens(badge: Badge, matter_id: UUID) -> bool:
    """Whether its page opens for this person now."""
    return seen(badge, matter_id, timezone.now()) is not None


def page_of(badge: Badge, row: DeskMatter, now: datetime) -> DeskPage:
    """Everything its page shows; a constant number of queries."""
    found, me = folding.whole(row), str(badge.staff_id)
    stands, state = standing_or_last(row.site_id, now), found.state
    photos = photos_of(row.matter, PHOTOS)
    office = [*stands.office.everyone, *stands.office.departments] if stands else []
    parties = [state.owner, state.holder, state.offered_to, *(str(p.by) for p in photos), *office]
    past = _past(row, parties, now)
    apart = frozenset(map(str, matters.recused(row.site_id, row.matter_id)))
    told = allowed(stands, found, me, now, apart) if stands else Allowed()
    customer = _customer(row)
    works = bool(stands and stands.office.department_of(me))
    links = _links(row, badge.staff_id)
    return DeskPage(
        row=row,
        matter=row.matter,
        found=found,
        where=_where(found, past, now),
        customer=customer,
        phones=_phones(customer),
        answer=_answer(past.events),
        lines=_lines(row, past),
        links=tuple(one for one in links if one.how != CONTAINS),
        attached=sum(one.how == CONTAINS for one in links),
        photos=photos,
        told=told,
        primary=primary(told, found, works=works),
        names=past.names,
        works=works,
        guides=badge.may("desk.supervise")
        and not state.ended
        and {state.owner, state.holder} != {me},
        proposed=_proposed(row, stands, told, past, now),
        apart=apart,
        way=_way(row, past, badge.staff_id),
    )


def _way(row: DeskMatter, past: Told, me: UUID) -> Way:
    holder, kind = row.matter.holder_id, DeskNote.What.ON_THE_WAY
    said = any(one.what == kind and one.by == holder for one in past.notes)
    gone = said and may_set_out(row, holder)
    return Way(gone, not gone and may_set_out(row, me))


def _proposed(
    row: DeskMatter, stands: Standing | None, told: Allowed, past: Told, now: datetime
) -> Proposal:
    """Whom dispatch would ask, where whoever looks may offer or assign it."""
    if stands is None or not ("offer" in told or "assign" in told):
        return Proposal()
    return proposal(row, stands, past.names, past.subjects.get(row.subject, row.subject), now)


def _where(found: Matter, past: Told, now: datetime) -> Where:
    state, names = found.state, past.names
    clocks = clocks_shown(state, steps.KINDS[state.kind], now)
    return Where(
        kind=TITLES[state.kind],
        grade="" if state.grade in USUAL_GRADES else GRADES[state.grade],
        subject=past.subjects.get(found.subject, found.subject),
        steps=_line_of_steps(found),
        owner=_named(names, state.owner),
        holder=_named(names, state.holder) if state.holder != state.owner else "",
        offer=_named(names, state.offered_to) if state.offered_to else "",
        paused=PAUSES[state.pause.reason] if state.pause else "",
        clocks=clocks,
        next_due=None if state.ended else _next(clocks),
        is_late=any(c.told_late for c in state.going),
    )


def _past(row: DeskMatter, parties: list[str], now: datetime) -> Told:
    events = list(DeskEvent.objects.filter(matter=row).order_by("seq"))
    notes = list(row.notes.order_by("seq"))
    texts = [*parties, *(text for e in events for text in (e.because, str(e.by)))]
    texts += [str(who) for n in notes for who in (n.by, n.to)]
    names, subjects = names_in(row.site_id, texts), titles_of(row.site_id, now)
    return Told(events, notes, names, subjects)


def _next(clocks: Iterable[ClockShown]) -> ClockShown | None:
    """What falls due next, or is late."""
    return next((c for c in clocks if c.look in ("waiting", "danger") and c.due_at), None)


def _named(names: Mapping[str, str], party: str) -> str:
    return colleague(names, party)


def _line_of_steps(found: Matter) -> tuple[StageStep, ...]:
    usual = list(USUAL[found.state.kind])
    if found.stage == "reported":
        usual.insert(2, "reported")
    here = usual.index(found.stage) if found.stage in usual else len(usual)
    return tuple(StageStep(STAGES[one], n == here, n < here) for n, one in enumerate(usual))


def _customer(row: DeskMatter) -> Shown | None:
    one = row.matter.customer_id
    return shown_as(row.site_id, [one]).get(one) if one else None


def _phones(customer: Shown | None) -> tuple[CustomerPhone, ...]:
    """Their telephones, to be shown masked."""
    card = Customer.objects.filter(id=customer.id).first() if customer else None
    return tuple(phones_on(card)) if card else ()


def _answer(events: Iterable[DeskEvent]) -> str:
    """The last answer that was written for the resident."""
    said = [e.words.get("text") or e.words.get("answer") for e in events]
    return next((str(one) for one in reversed(said) if one), "")


def _lines(row: DeskMatter, past: Told) -> tuple[Line, ...]:
    """Events, notes and what the clock said, the latest first."""
    lines = [_event(one, past) for one in past.events]
    lines += [_note(one, past.names) for one in past.notes]
    lines += _marks(row)
    return tuple(sorted(lines, key=lambda one: one.seq, reverse=True))


def _event(one: DeskEvent, past: Told) -> Line:
    said = put_in(one.because, past.names, past.subjects)
    words = tuple(str(word) for word in one.words.values())
    who = _named(past.names, str(one.by))
    return Line(one.at, one.seq, "" if said.startswith(who) else who, said, words, "event")


def _note(one: DeskNote, names: Mapping[str, str]) -> Line:
    said = f"主管的话，写给{_named(names, str(one.to))}" if one.to else one.get_what_display()
    return Line(one.at, one.seq, _named(names, str(one.by)), said, (one.words,), one.what)


def _marks(row: DeskMatter) -> list[Line]:
    """What the clock said; which clock it was stands in the step's facts."""
    rows = row.matter.steps.filter(verb__in=steps.BY_CLOCK).order_by("seq")
    rung: Counter[str] = Counter()
    lines = []
    for one in rows:
        clock = CLOCK_TITLES.get(str(one.facts.get("clock", "")), "")
        rung[clock] = rung[clock] + 1 if one.verb == "escalate" else 0
        level = f"（第 {rung[clock]} 级）" if rung[clock] else ""
        said = f"{clock}{STEP_WORDS[one.verb]}{level}"
        lines.append(Line(one.at, one.seq, "系统", said, look="clock"))
    return lines


def _links(row: DeskMatter, me: UUID) -> tuple[LinkLine, ...]:
    """The complaint it repeats, those that repeat it, what it was linked with by hand; none that is about me."""
    rows = DeskMatter.objects.filter(matters.not_about(me, "matter_id")).select_related("matter")
    found = [LinkLine("重复的是", one) for one in rows.filter(repeats=row)]
    found += [LinkLine("又投诉", one) for one in rows.filter(linked=row).order_by("seq")]
    others = matters.links_of(row.matter, me)
    desks = {one.matter_id: one for one in rows.filter(matter__in=[other for _, other in others])}
    found += [LinkLine(how, desks[other.id]) for how, other in others if other.id in desks]
    return tuple(found)

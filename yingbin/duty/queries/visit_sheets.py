"""《样板间客户接待记录表》 read: a day's lines in the catalogue's columns, the sheets handed over, how they were matched."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yingbin.customers.queries import Marks, marks_of
from yingbin.customers.terms import bare_name
from yingbin.gallery.queries.referral import GalleryGuest, guests_of_day
from yingbin.matters.models import Matter, MatterStep
from yingbin.pages.phones import shown
from yingbin.people.models import Site
from yingbin.people.queries import names_of
from yingbin.rules.matching import Guest
from yingbin.sheets.columns import SheetLine

from ..models import (
    MatchConfirmation,
    MatchSettlement,
    ShowVisit,
    VisitMatching,
    VisitReferral,
    VisitSheet,
)
from .visits import SeenGuests, SeenReferral, guests_named, guests_of

VISIT = "duty.visit"


@dataclass(frozen=True, kw_only=True)
class GuestLine(SheetLine):
    """A group as the sheet has it. whole: the full number, only in a copy that is handed out with a reason."""

    left_at: datetime | None
    called: str
    phone: str
    whole: str
    size: int
    been: str
    asked: str
    answered: str
    sent: str
    note: str
    post: str


@dataclass(frozen=True)
class Asked:
    """A question of a group and what was answered, "" while it is open."""

    matter: UUID
    number: int
    question: str
    answer: str
    is_open: bool


def questions_of(site_id: UUID, visits: Iterable[UUID]) -> dict[UUID, list[Asked]]:
    """What these groups asked, with the latest answer; two questions for any number."""
    matters = Matter.objects.filter(
        site_id=site_id, kind="question", subject_app=VISIT, subject_id__in=list(visits)
    ).order_by("number")
    rows = list(matters)
    said = dict(
        MatterStep.objects.filter(matter__in=rows, verb__in=("answer", "tell"))
        .exclude(note="")
        .order_by("index")
        .values_list("matter_id", "note")
    )
    found: defaultdict[UUID, list[Asked]] = defaultdict(list)
    for m in rows:
        if m.subject_id is not None:
            answer, is_open = said.get(m.id, ""), m.closed_at is None
            found[m.subject_id].append(Asked(m.id, m.number, m.title, answer, is_open))
    return found


def sheet_lines(site_id: UUID, day: date, *, full: bool = False) -> list[GuestLine]:
    """A day's groups in the order they came, but for those that were void; the same few questions however many."""
    seen = [g for g in guests_of(site_id, day) if g.state != "void"]
    asked = questions_of(site_id, [g.id for g in seen])
    marks = marks_of(site_id, [g.customer for g in seen if g.customer]) if full else {}
    whole = {who: "、".join(map(shown, sorted(m.phones))) for who, m in marks.items()}
    return [
        _line(n, g, asked.get(g.id, []), whole.get(g.customer, "") if g.customer else "")
        for n, g in enumerate(seen, 1)
    ]


def _line(number: int, seen: SeenGuests, asked: Sequence[Asked], whole: str) -> GuestLine:
    return GuestLine(
        id=seen.id,
        number=number,
        at=seen.arrived_at,
        signed="",
        left_at=seen.left_at,
        called=seen.called,
        phone=seen.phone,
        whole=whole,
        size=seen.size,
        been=seen.been_words,
        asked="；".join(one.question for one in asked),
        answered="；".join(one.answer or "待答复" for one in asked),
        sent=_sent(seen.referral),
        note=seen.note,
        post=seen.post,
        erased=seen.erased,
    )


def _sent(referral: SeenReferral | None) -> str:
    if referral is None:
        return ""
    if referral.state == VisitReferral.State.QUEUED:
        who = f"{referral.receiver}接待" if referral.receiver else "排队等待"
        return f"转{referral.gallery} 第 {referral.number} 批，{who}"
    return referral.words


def hosts_of(site_id: UUID, day: date) -> str:
    """Who received on a day, for the sheet's head."""
    rows = ShowVisit.objects.filter(site_id=site_id, day=day, recorded_by__isnull=False)
    who = list(dict.fromkeys(rows.order_by("number").values_list("recorded_by", flat=True)))
    names = names_of([one for one in who if one])
    return "、".join(names.get(str(one), "") for one in who)


def sheet_of(site_id: UUID, day: date) -> VisitSheet | None:
    """The sheet of a day that counts: the one handed over last."""
    rows = VisitSheet.objects.filter(site_id=site_id, of_day=day).select_related("written")
    return rows.order_by("-number").first()


@dataclass(frozen=True)
class SheetDay:
    """A day in the list: how many came, whether its sheet was handed over, how the matching stands."""

    day: date
    groups: int
    people: int
    handed: bool
    matched: str


def flat_guests(site_id: UUID, day: date) -> list[Guest]:
    """A day's groups as the rule compares them."""
    rows = ShowVisit.objects.filter(site_id=site_id, day=day, confirmed_at__isnull=False)
    visits = list(rows.select_related("referral").order_by("number"))
    marks = marks_of(site_id, [v.customer_id for v in visits if v.customer_id])
    return [_guest(v, marks.get(v.customer_id) if v.customer_id else None) for v in visits]


def _guest(visit: ShowVisit, marks: Marks | None) -> Guest:
    name = marks.name if marks else bare_name(visit.called)
    phones = marks.phones if marks else frozenset[str]()
    return Guest(str(visit.id), visit.arrived_at, name, phones, _became(visit))


def _became(visit: ShowVisit) -> str:
    sent: VisitReferral | None = getattr(visit, "referral", None)
    return str(sent.gallery_visit) if sent and sent.gallery_visit else ""


def gallery_guests(gallery: UUID, day: date) -> list[Guest]:
    """The gallery's customers of that day as the rule compares them."""
    return [
        Guest(str(g.id), g.at, g.marks.name, g.marks.phones) for g in guests_of_day(gallery, day)
    ]


@dataclass(frozen=True)
class SeenPair:
    """A group of either side, what was found of it, and with what word it was settled."""

    index: int
    kind: str
    why: str
    here: SeenGuests | None
    there: GalleryGuest | None
    settled: MatchSettlement | None
    by: str

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say a word about it."""
        return self.kind != "both" and self.settled is None


@dataclass(frozen=True)
class SeenMatching:
    """A day's sheet beside the gallery's register. state: open, ready (sales is to confirm), back, confirmed."""

    row: VisitMatching
    flat: str
    gallery: str
    pairs: tuple[SeenPair, ...]
    state: str
    answer: MatchConfirmation | None
    answered_by: str

    @property
    def left(self) -> int:
        """How many differences have no word yet."""
        return sum(pair.is_open for pair in self.pairs)

    @property
    def gallery_left(self) -> int:
        """How many groups of the gallery alone have no word yet: they can be settled together."""
        return sum(pair.is_open for pair in self.pairs if pair.kind == "only_there")

    @property
    def groups(self) -> dict[str, list[SeenPair]]:
        """The pairs by kind, in the order in which people look at them."""
        kinds = ("likely", "only_here", "only_there", "both")
        return {kind: [p for p in self.pairs if p.kind == kind] for kind in kinds}


def matching_of(sheet: VisitSheet) -> VisitMatching | None:
    """The matching of a sheet that counts: the last."""
    return VisitMatching.objects.filter(sheet=sheet).order_by("-seq").first()


def settlements(matching: VisitMatching) -> dict[int, MatchSettlement]:
    """The last word about each pair that has one."""
    rows = MatchSettlement.objects.filter(matching=matching).order_by("seq")
    return {row.index: row for row in rows}


def last_answer(matching: VisitMatching) -> MatchConfirmation | None:
    """What the sales department said last."""
    return MatchConfirmation.objects.filter(matching=matching).order_by("-seq").first()


def state_of(
    pairs: Sequence[dict[str, str | None]],
    settled: dict[int, MatchSettlement],
    answer: MatchConfirmation | None,
) -> str:
    """How a matching stands; see `SeenMatching`."""
    if answer and answer.agreed:
        return "confirmed"
    if any(p["kind"] != "both" and n not in settled for n, p in enumerate(pairs)):
        return "open"
    newest = max((row.seq for row in settled.values()), default=0)
    return "back" if answer and newest < answer.seq else "ready"


def seen_matching(row: VisitMatching) -> SeenMatching:
    """The matching with both sides' groups; the same few questions however many they are."""
    here = guests_named(row.site_id, [UUID(p["here"]) for p in row.pairs if p["here"]])
    there = {g.id: g for g in guests_of_day(row.gallery_id, row.day)}
    settled, answer = settlements(row), last_answer(row)
    people = {s.by for s in settled.values()} | ({answer.by} if answer else set())
    names = names_of(people)
    places = dict(
        Site.objects.filter(id__in=[row.site_id, row.gallery_id]).values_list("id", "short_name")
    )
    pairs = tuple(
        SeenPair(
            index=n,
            kind=p["kind"],
            why=p["why"],
            here=here.get(UUID(p["here"])) if p["here"] else None,
            there=there.get(UUID(p["there"])) if p["there"] else None,
            settled=(word := settled.get(n)),
            by=names.get(str(word.by), "") if word else "",
        )
        for n, p in enumerate(row.pairs)
    )
    return SeenMatching(
        row=row,
        flat=places.get(row.site_id, ""),
        gallery=places.get(row.gallery_id, ""),
        pairs=pairs,
        state=state_of(row.pairs, settled, answer),
        answer=answer,
        answered_by=names.get(str(answer.by), "") if answer else "",
    )


def at_gallery(gallery: UUID, matching_id: UUID) -> VisitMatching | None:
    """A matching that is this gallery's to confirm; None for any other."""
    return VisitMatching.objects.filter(gallery_id=gallery, id=matching_id).first()


def matchings_at(gallery: UUID, since: date) -> list[tuple[VisitMatching, str, str]]:
    """What flats laid beside this gallery's register since a day: each with the flat's name and how it stands.

    The last of each day of a flat, the newest day first; four questions however many.
    """
    rows = VisitMatching.objects.filter(gallery_id=gallery, day__gte=since).order_by("seq")
    last = {(row.site_id, row.day): row for row in rows}
    shown = sorted(last.values(), key=lambda row: (row.day, row.seq), reverse=True)
    states = _states(shown)
    flats = Site.objects.filter(id__in={row.site_id for row in shown})
    names = dict(flats.values_list("id", "short_name"))
    return [(row, names.get(row.site_id, ""), states[row.id]) for row in shown]


def _states(rows: Sequence[VisitMatching]) -> dict[UUID, str]:
    """How these matchings stand; two questions however many."""
    settled: defaultdict[UUID, dict[int, MatchSettlement]] = defaultdict(dict)
    for s in MatchSettlement.objects.filter(matching__in=rows).order_by("seq"):
        settled[s.matching_id][s.index] = s
    said = MatchConfirmation.objects.filter(matching__in=rows).order_by("seq")
    answers = {a.matching_id: a for a in said}
    return {row.id: state_of(row.pairs, settled[row.id], answers.get(row.id)) for row in rows}


def sheet_days(site_id: UUID, days: Sequence[date]) -> list[SheetDay]:
    """These days in the list; five questions however many groups."""
    found: defaultdict[date, list[int]] = defaultdict(list)
    rows = ShowVisit.objects.filter(
        site_id=site_id, day__in=days, turned_down_at__isnull=True
    ).values_list("day", "group_size")
    for day, size in rows:
        found[day].append(size)
    sheets = {
        s.of_day: s
        for s in VisitSheet.objects.filter(site_id=site_id, of_day__in=days).order_by("number")
    }
    matched = _matched({s.id: day for day, s in sheets.items()})
    return [
        SheetDay(day, len(found[day]), sum(found[day]), day in sheets, matched.get(day, ""))
        for day in days
    ]


def _matched(sheets: dict[UUID, date]) -> dict[date, str]:
    rows = VisitMatching.objects.filter(sheet_id__in=sheets).order_by("seq")
    last = {row.sheet_id: row for row in rows}
    states = _states(list(last.values()))
    return {sheets[sheet]: states[row.id] for sheet, row in last.items()}


WAITS = {"": "等您与售楼处对照", "open": "还有差异要说明", "back": "被销售部退回，等您改"}


def unmatched(waiting: Iterable[VisitSheet]) -> list[tuple[date, datetime, str]]:
    """Days that wait for the lead (`waiting_sheets`): which, since when, what for; four questions."""
    sheets = list(waiting)
    states = _matched({row.id: row.of_day for row in sheets})
    return [(row.of_day, row.at, WAITS[states.get(row.of_day, "")]) for row in sheets]

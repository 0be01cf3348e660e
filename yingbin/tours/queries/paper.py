"""《预约访问申请表》 on A4 as the trade knows it: the nine areas with their passes, 公司批示, 负责人 (CV-3.2.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.people.queries import Badge, names_of
from yingbin.rules.gate.gatefile import AREAS

from ..models import TourEvent, TourVisit
from ..office import Standing, standing_or_last
from ..words import AREA_WORDS, CLASS_WORDS, GROUND_WORDS, area_words
from .guests import guest_list
from .one import VisitPage, page_of

UNANSWERED = "到来访时没有答复，按不开放处理"


@dataclass(frozen=True)
class Word:
    """What somebody said: a department of an area, or the company."""

    said: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class PaperArea:
    """A line of the nine. passes, persons: counted from the passes that are valid; why: said where it isn't open."""

    title: str
    wanted: bool
    state: str
    answer: Word | None
    passes: int
    persons: int
    why: str


@dataclass(frozen=True)
class PaperPage:
    """The form, filled in. passes: of the whole visit, one for several areas counted once.

    company: what the company said, exceptions first; none where it said nothing, and the line is left to be written on.
    named, minors: how many stand on the list of guests.
    """

    shown: VisitPage
    areas: tuple[PaperArea, ...]
    passes: int
    company: tuple[Word, ...]
    guide: str
    senior: str
    named: int
    minors: int


def paper_of(badge: Badge, row: TourVisit, at: datetime) -> PaperPage:
    """The form of a visit as it stands."""
    shown, done = page_of(badge, row, at), row.state["done"]
    log = list(
        TourEvent.objects.filter(visit=row, event__in=("area", "company", "exception")).order_by("index")
    )  # fmt: skip
    people = [UUID(done[task]) for task in ("guide", "senior") if task in done]
    names = names_of({*people, *(one.by for one in log if one.by)})
    valid = sum(good for *_, good in row.state["passes"])
    listed = guest_list(row)
    return PaperPage(
        shown, _areas(row, shown, log, names, at), valid, tuple(_company(row, log, names)),
        names.get(done.get("guide", ""), ""), names.get(done.get("senior", ""), ""),
        len(listed.guests), listed.minors.named,
    )  # fmt: skip


def _word(said: str, event: TourEvent, names: Mapping[str, str]) -> Word:
    return Word(said, names.get(str(event.by), ""), event.at, str(event.words.get("reason", "")))


def _company(row: TourVisit, log: Iterable[TourEvent], names: Mapping[str, str]) -> Iterable[Word]:
    """Exceptions that still hold, then what the company said last, where it still holds."""
    lifted: dict[str, TourEvent] = {}
    last = None
    for event in log:
        if event.event == "exception" and event.fields["ground"] in row.state["lifted"]:
            lifted[str(event.fields["ground"])] = event
        elif event.event == "company":
            last = event
    for ground, event in lifted.items():
        yield _word(f"特批（{GROUND_WORDS[ground]}）", event, names)
    if row.status == "refused" and last is not None:
        yield _word("不同意", last, names)
    elif row.state["company"] and last is not None:
        yield _word("同意", last, names)


def _areas(
    row: TourVisit, shown: VisitPage, log: Iterable[TourEvent], names: Mapping[str, str], at: datetime
) -> tuple[PaperArea, ...]:  # fmt: skip
    stands = {name: state for name, state, _ in row.state["areas"]}
    answers = {str(one.fields["area"]): one for one in log if one.event == "area"}
    house = standing_or_last(row.site_id, at)
    assert house is not None, "a visit was opened by a company"
    found = []
    for name in AREAS:
        state, event = stands.get(name, ""), answers.get(name)
        mine = [p for _, areas, p, good in row.state["passes"] if good and name in areas]
        answered = (
            state in ("open", "refused") and event is not None and event.fields["answer"] == state
        )
        word = _word(area_words(state, row.status), event, names) if answered and event else None
        found.append(
            PaperArea(
                AREA_WORDS[name],
                bool(state),
                area_words(state, row.status),
                word,
                len(mine),
                sum(mine),
                _why(row, house, name, state, word),
            )
        )
    return tuple(found)


def _why(row: TourVisit, house: Standing, name: str, state: str, word: Word | None) -> str:
    """Why an area isn't open to the visit: its department's reason, the time that ran out, what it is."""
    if state == "refused":
        return word.reason if word else UNANSWERED
    if state != "closed":
        return ""
    area, klass = house.company.areas.get(name), CLASS_WORDS[row.klass]
    is_key = area is not None and area.key and row.klass in house.pack(row.version).key_closed_to
    return f"关键生产区，{klass}不参观" if is_key else f"不对{klass}开放"

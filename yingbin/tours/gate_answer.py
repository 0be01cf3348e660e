"""What a guard is told of a scan: in or no, why, where to, with whom, photographs, how many of how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague
from yingbin.rules.tours.verbs import AREA_WORDS

from .gate_words import gate_words
from .minors import AT_GATE
from .models import GateEvent
from .queries.guests import minors_listed


@dataclass(frozen=True)
class Answer:
    """An event at a gate as a guard sees it. number, revision: of the pass, 0 for one that there isn't.

    note: what else a guard must know of the visit, as that its minors aren't listed; the rules don't decide by it.
    """

    event: UUID
    code: str
    clause: str
    because: str
    allowed: bool
    inward: bool
    number: int = 0
    revision: int = 0
    persons: int = 0
    inside: int = 0
    visit: str = ""
    visitor: str = ""
    escort: str = ""
    photo: bool = False
    areas: str = ""
    repeat: bool = False
    note: str = ""
    visit_id: UUID | None = None


def answer_of(
    row: GateEvent, *, repeat: bool = False, names: Mapping[str, str] | None = None
) -> Answer:
    """The answer to a scan or an admission that was decided before. names: of the escorts, where they were read already."""
    inward = row.event == "admit" or row.fields.get("direction") == "in"
    told = Answer(
        row.id, row.code, row.clause, _why(row), row.is_allowed, inward,
        revision=int(row.fields.get("revision", 0)), repeat=repeat,
    )  # fmt: skip
    held, visit = row.visitor_pass, row.visit
    if held is None or visit is None:
        return told
    called = names_of([held.escort]) if names is None else names
    known: dict[str, object] = {
        "number": held.number, "persons": held.persons, "inside": int(row.answer.get("in_pass") or 0),
        "visit": visit.said, "visitor": visit.visitor, "photo": held.photo, "areas": "、".join(AREA_WORDS[area] for area in held.areas),
        "note": AT_GATE if inward and minors_listed(visit).missing else "", "visit_id": visit.id,
        "escort": colleague(called, held.escort),
    }  # fmt: skip
    return Answer(**{**vars(told), **known})


def _why(row: GateEvent) -> str:
    """The rules' sentence without what was shown, which stands beside it."""
    return gate_words(row.site_id, row.because.partition("：")[2])

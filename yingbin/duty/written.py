"""Words that somebody on duty typed and that no customer's card is linked with: found by what they say, and emptied.

A name may stand in a handover's addition, an incident's report, a word with a check sent back, a fault that a stranger
told, a reason. Whoever asks to be forgotten is found there by name and number; and whoever may erase looks for words
by hand, there and in slips, repairs and everything else that is a matter (`LINES`), where a name may be a namesake's. What goes is named in the journal by its rows alone, whose commitments prove nothing any more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q

from yingbin.customers.queries import Section, called, told
from yingbin.files.actions import forget as forget_files
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter, MatterStep
from yingbin.notices.actions import forget
from yingbin.rules import matters as rule
from yingbin.rules.gone import ERASED

from .files import INCIDENT
from .models import (
    CheckReturn,
    DutyEvent,
    FaultReport,
    HandoverNote,
    IncidentNote,
    LineDetail,
    MatchConfirmation,
    MatchSettlement,
    ReportSending,
)

SHORTEST = 2


@dataclass(frozen=True)
class Kind:
    """A kind of row with words: what it is called, where they stand, what they become, when they were written.

    newest: how the newest stand first. of: the path to the kind of matter, where that is one; kinds whose wing keeps
    words of its own are left to that wing. photos: whose files came with them, and go with them.
    """

    id: str
    title: str
    model: type[Model]
    paths: tuple[str, ...]
    become: Mapping[str, object]
    at: str = "at"
    newest: str = "-seq"
    of: str = ""
    photos: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold them."""
        return tuple(path.partition("__")[0] for path in self.paths)


def _plain(id: str, title: str, model: type[Model], *columns: str, at: str = "at") -> Kind:
    return Kind(id, title, model, columns, dict.fromkeys(columns, ERASED), at)


KINDS = (
    _plain("handover_note", "交接班的补充、拒签", HandoverNote, "words"),
    Kind(
        "incident_note", "突发事件的补充、报告、照片", IncidentNote, ("words__text",), {"words": {}},
        photos=INCIDENT.id,
    ),
    _plain("check_return", "检查退回的话", CheckReturn, "word"),
    _plain("fault", "扫码报的故障", FaultReport, "words", "reason", at="made_at"),
    _plain("match_confirmation", "销售部对接的答复", MatchConfirmation, "word"),
    _plain("match_settlement", "对接的说明", MatchSettlement, "word"),
    Kind("event", "检查、交接写的原因", DutyEvent, ("words__reason",), {"words": {}}),
    _plain("report", "报告单发给谁", ReportSending, "to_whom"),
    Kind("damage", "物品损坏在场的人", LineDetail, ("present",), {"present": ""}, "matter__opened_at"),
)  # fmt: skip
LINE = Kind(
    "line",
    "单子、事项",
    Matter,
    ("title", "detail"),
    {"title": ERASED, "detail": "", "grams": []},
    "opened_at",
    "-number",
    "kind",
)
LINE_STEP = Kind(
    "line_step", "单子、事项的经过", MatterStep, ("note",), {"note": ""}, of="matter__kind"
)
# Emptied by hand alone, one by one.
LINES = (LINE, LINE_STEP)


@dataclass(frozen=True)
class Writing:
    """Words that were found: which row, of which kind, what they say, when they were written."""

    kind: Kind
    row: UUID
    text: str
    at: datetime

    @property
    def key(self) -> str:
        """How a form names them."""
        return f"{self.kind.id}:{self.row}"


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties words that name these customers or say their number (inside a write); how many rows."""
    said = called(customer_ids)
    found = [one for text in said for one in find(pen.site_id, text)]
    if said:
        forget(pen, words=said)
    return {"duty_words": empty(pen, found, because="customer")}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """What was written about them on duty, as far as it names them."""
    found = {w.row: w for text in called(customer_ids) for w in find(site_id, text)}
    rows = [[told(w.at), w.kind.title, w.text] for w in sorted(found.values(), key=lambda w: w.at)]
    return [Section("值班记录里提到的", rows)]


def find(site_id: UUID, text: str, kinds: tuple[Kind, ...] = KINDS) -> list[Writing]:
    """Words of a place that contain a text of two characters or more, the newest of each kind first."""
    asked = text.strip()
    if len(asked) < SHORTEST:
        return []
    return [one for kind in kinds for one in _found(kind, site_id, asked)]


def _found(kind: Kind, site_id: UUID, text: str) -> Iterator[Writing]:
    which = Q()
    for path in kind.paths:
        which |= Q(**{f"{path}__icontains": text})
    if kind.of:
        which &= ~Q(**{f"{kind.of}__in": [k.id for k in rule.KINDS.values() if k.by_wing]})
    rows = (
        kind.model._default_manager.filter(which, site_id=site_id)
        .exclude(salt="")
        .order_by(kind.newest)
    )
    for row, at, *words in rows.values_list("id", kind.at, *kind.paths):
        yield Writing(kind, row, "；".join(str(w) for w in words if w), at)


def empty(pen: Pen, found: Iterable[Writing], *, because: str) -> int:
    """Empties them inside a write, and says so in the journal by their rows; how many."""
    rows = {one.row: one for one in found}
    for kind in (*KINDS, *LINES):
        mine = [row for row, one in rows.items() if one.kind is kind]
        kind.model._default_manager.filter(site_id=pen.site_id, id__in=mine).update(
            **kind.become, salt=""
        )
        if kind.photos and mine:
            forget_files(pen, owner=kind.photos, about=mine)
    if rows:
        erased = sorted(str(row) for row in rows)
        pen.append("duty.words_erased", {"erased_rows": erased, "because": because})
    return len(rows)

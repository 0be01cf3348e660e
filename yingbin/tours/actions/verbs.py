"""What people do about visits, each one idempotent write; the rules decide, by `happen.at_reception`."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused

from .. import folding
from ..models import TourVisit
from .application import LONGEST, WORDS, Application
from .happen import NOT_HERE, at_reception, on_the_clock

Fact = str | int | bool | tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """A visit asked for: its id, its number as people say it, the sentence of the rules."""

    visit: UUID
    number: str
    because: str


@dataclass(frozen=True)
class Happened:
    """A visit after an event: the sentence of the rules."""

    visit: UUID
    because: str


@action("tours.open")
def open_visit(pen: Pen, *, told: Application) -> Opened:
    """Somebody applies for a visit, or a department announces a key account (CV-3.2.1, CV-3.3.1). Raises `Refused`."""
    done = at_reception(pen).open(told)
    return Opened(done.row.id, done.row.said, done.because)


@action("tours.happen")
def happen(
    pen: Pen, *, event: str, visit_id: UUID, fields: Mapping[str, Fact] | None = None
) -> Happened:
    """Any event of the contract but those that open a visit; `fields` as the contract names them.

    `by` is whoever acts. A pass gets its id here.
    """
    told: dict[str, object] = dict(fields or {})
    if event not in ("edit", "withdraw"):
        told["by"] = pen.by
    if event == "issue":
        told["pass"] = uuid7()
    done = at_reception(pen).happen(event, visit_id, **told)
    return Happened(visit_id, done.because)


@action("tours.clock")
def clock(pen: Pen) -> int:
    """What the clock owes to a site's visits now; how many records there were."""
    writing = on_the_clock(pen)
    return writing.marks if writing else 0


@action("tours.change")
def change(
    pen: Pen, *, visit_id: UUID, fields: Mapping[str, Fact], words: Mapping[str, str]
) -> None:
    """The visitor changes their application: what is judged, and what only people read. Raises `Refused`.

    fields: as `edit` has them, only what differs.
    """
    row = folding.row_of(pen.site_id, visit_id)
    if row is None:
        raise Refused(None, NOT_HERE)
    said = {name: words.get(name, "").strip()[:LONGEST] for name in WORDS}
    kept = {name: text for name, text in said.items() if text}
    if row.status in folding.ENDED:
        raise Refused("CV-3.2.1", "这次来访已经结束或取消，不能再改。")
    if not fields and kept == row.words:
        raise Refused("CV-3.2.1", "没有改动。")
    if fields:
        row = at_reception(pen).happen("edit", visit_id, **fields).row
    if kept != row.words:
        _reword(pen, row, kept)


def _reword(pen: Pen, row: TourVisit, words: dict[str, str]) -> None:
    """Other words than before; they are judged by nobody."""
    row.words, row.salt = words, new_salt()
    said = committed(folding.words_of(row), row.salt)
    pen.append("tours.worded", {"visit": str(row.id), "words": said}, clause="CV-3.2.1")
    row.save(update_fields=["words", "salt"])

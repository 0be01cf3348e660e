"""A fault and everybody who tells of it: who has the answer, who is still to be told, what may hang on it too."""

from dataclasses import dataclass
from datetime import datetime

from yingbin.customers.queries import Shown, shown_as
from yingbin.matters.models import MatterLink
from yingbin.people.queries import Badge

from ..attached import MENDED, attached_to
from ..choices import titles_of
from ..models import DeskEvent, DeskMatter
from .alike import Said, known
from .contacts import MatterLine, lines_of
from .lists import theirs


@dataclass(frozen=True)
class HomeLine:
    """A home that tells of it. mine: whoever looks may answer it; solved: it has its answer, the resident hasn't."""

    matter: MatterLine
    place: str
    caller: str
    phone: str
    solved: bool
    mine: bool


@dataclass(frozen=True)
class Hanging:
    """A fault with all that hangs on it. mended: it has an answer that can be given; maybe: what looks like a part of it."""

    row: DeskMatter
    homes: tuple[HomeLine, ...]
    open: int
    untold: int
    mended: bool
    answer: str
    maybe: tuple[MatterLine, ...]
    above: MatterLine | None


def hanging(badge: Badge, row: DeskMatter, at: datetime) -> Hanging:
    """Everything on the page of a fault; a constant number of questions."""
    rows = attached_to(badge.here, row.matter_id, badge.staff_id)
    above = _above(badge, row)
    lines = lines_of([*rows, *([above] if above else [])], at)
    who = shown_as(badge.here, {r.matter.customer_id for r in rows if r.matter.customer_id})
    homes = [
        _home(badge, one, lines[one.id], who.get(one.matter.customer_id or one.id)) for one in rows
    ]
    homes.sort(key=lambda one: (not one.matter.is_open, not one.solved))
    words = f"{row.matter.title} {row.matter.detail}"
    near = known(badge.here, Said("", row.place, row.subject, words), at, badge.staff_id)
    there = {one.matter_id for one in rows} | {row.matter_id}
    return Hanging(
        row=row,
        homes=tuple(homes),
        open=sum(one.matter.is_open for one in homes),
        untold=sum(one.solved for one in homes),
        mended=row.matter.stage in MENDED or row.matter.state in MENDED,
        answer=_answer(row, at),
        maybe=tuple(h.head for h in near.heaps if h.head.id not in there and not h.attached),
        above=lines[above.id] if above else None,
    )


def _above(badge: Badge, row: DeskMatter) -> DeskMatter | None:
    up = MatterLink.objects.filter(matter=row.matter_id, how="parent").values("other")
    return theirs(badge).filter(matter__in=up).select_related("matter").first()


def _home(badge: Badge, row: DeskMatter, line: MatterLine, who: Shown | None) -> HomeLine:
    return HomeLine(
        matter=line,
        place=row.place,
        caller=who.called if who else row.caller,
        phone=who.phone if who else "",
        solved=row.matter.closed_at is None and row.matter.stage == "solved",
        mine=badge.may("desk.supervise") or row.matter.owner_id == badge.staff_id,
    )


def _answer(row: DeskMatter, at: datetime) -> str:
    """The fault's own answer, else that it is mended."""
    rows = DeskEvent.objects.filter(matter=row, event__in=("answer", "tell", "record")).order_by(
        "-seq"
    )
    said = [str(e.words.get("text") or e.words.get("answer") or "") for e in rows]
    usual = f"{titles_of(row.site_id, at).get(row.subject, '故障')}已经修好，恢复正常。"
    return next((one for one in said if one), usual)

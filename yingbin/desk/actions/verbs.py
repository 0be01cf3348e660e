"""What people do at the desk, each one idempotent write; the rules decide, by `happen.at_the_desk`."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.matters.photos import attach_to
from yingbin.matters.queries import recused, without
from yingbin.notices.actions import tell
from yingbin.people.queries import names_of
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from .. import folding
from ..models import DeskMatter, DeskNote
from ..setting_out import may_set_out, on_the_way
from ..telling import page_of
from .happen import NOT_HERE, Done, Record, at_the_desk, on_the_clock

Fact = str | int | bool


@dataclass(frozen=True)
class Recorded:
    """A matter in the register: its id, its number as people say it, the sentence of the rules."""

    matter: UUID
    number: str
    because: str


@dataclass(frozen=True)
class Happened:
    """A matter after an event: the sentence of the rules."""

    matter: UUID
    because: str


@action("desk.record")
def record(pen: Pen, *, told: Record) -> Recorded:
    """Whatever comes in stands in the register with an owner and its clocks (SD-4.1). Raises `Refused`."""
    done = at_the_desk(pen).record(told)
    return Recorded(done.row.matter_id, done.row.said, done.because)


@action("desk.happen")
def happen(
    pen: Pen,
    *,
    event: str,
    matter_id: UUID,
    fields: Mapping[str, Fact] | None = None,
    photos: tuple[UUID, ...] = (),
) -> Happened:
    """Any event of the contract but `record` happens to a matter; `fields` as the contract names them."""
    return _said(at_the_desk(pen).happen(event, matter_id, photos=photos, **(fields or {})))


def _said(done: Done) -> Happened:
    return Happened(done.row.matter_id, done.because)


@action("desk.clock")
def clock(pen: Pen, *, matter: UUID) -> int:
    """What the clock owes to a matter now; how many marks there were."""
    writing = on_the_clock(pen)
    return writing.run(matter) if writing else 0


@action("desk.note")
def remark(pen: Pen, *, matter_id: UUID, words: str, photos: tuple[UUID, ...] = ()) -> UUID:
    """A remark beside a matter, or photos; it moves nothing. Raises `Refused` with neither."""
    if not words.strip() and not photos:
        raise Refused("SD-4.3", "请写一句备注，或者加一张照片。", about="words")
    note = _write(pen, matter_id, DeskNote.What.REMARK, words)
    attach_to(pen, note.matter.matter, photos)
    return note.id


@action("desk.guide")
def guide(pen: Pen, *, matter_id: UUID, words: str) -> UUID:
    """SD-3.3: the supervisor's word to whoever owes the answer and whoever has the task; they hear it at once and find it
    on the matter."""
    if not words.strip():
        raise Refused("SD-3.3", "请写一句要怎么办。", about="words")
    row = folding.row_of(pen.site_id, matter_id)
    parts = [row.matter.owner_id, row.matter.holder_id] if row else []
    heard = [who for who in dict.fromkeys(parts) if who and who != actor(pen)]
    heard = without(pen.site_id, matter_id, heard)
    if row and not heard:
        raise Refused("SD-3.3", "这件事由您自己负责、自己经办。要记下来，请写备注。", about="words")
    note = _write(pen, matter_id, DeskNote.What.GUIDANCE, words, heard[0] if heard else None)
    tell(
        pen, to=heard, kind="desk.guidance", title=f"主管的话：{note.matter.matter.title}",
        body=words.strip(), link=page_of(matter_id), urgent=True, clause="SD-3.3",
        aloud="主管对一件事有话说",
    )  # fmt: skip
    return note.id


@action("desk.set_out")
def set_out(pen: Pen, *, matter_id: UUID) -> UUID:
    """Whoever has the task is on the way; who owes the answer hears, so that the resident can be told. Raises `Refused`."""
    row, by = folding.row_of(pen.site_id, matter_id), actor(pen)
    if row is None or not may_set_out(row, by):
        raise Refused("SD-4.2.2", "这件事现在不用出发：不在您手上，或者已经到场。请看最新情况。")
    if on_the_way([row]):
        raise Refused("SD-4.2.2", "已经记过您在路上了，到了请点“到场了”。")
    note = _write(pen, matter_id, DeskNote.What.ON_THE_WAY, "")
    name = names_of([row.matter.holder_id]).get(pen.by, "") if row.matter.holder_id else ""
    to = without(pen.site_id, matter_id, [row.matter.owner_id] if row.matter.owner_id else [])
    tell(
        pen, to=to, kind="desk.on_the_way", title=f"{name}出发了：{row.matter.title}",
        body=f"{row.said} · {row.place}。住户问起，可以告诉人已经在路上。", link=page_of(matter_id), clause="SD-4.2.2",
    )  # fmt: skip
    return note.id


def _write(
    pen: Pen, matter_id: UUID, what: DeskNote.What, words: str, to: UUID | None = None
) -> DeskNote:
    row: DeskMatter | None = folding.row_of(pen.site_id, matter_id)
    by = actor(pen)
    if row is None or by is None or by in recused(pen.site_id, matter_id):
        raise Refused(None, NOT_HERE)
    said = words.strip()[:1000]
    kept = commit_to(words=said)
    body: dict[str, object] = {"matter": str(matter_id), "what": what.value, "words": kept.words}
    if to:
        body["to"] = str(to)
    line = pen.append("desk.note", body, clause="SD-3.3" if to else "SD-4.3")
    return DeskNote.objects.create(
        site_id=pen.site_id, matter=row, seq=line.seq, at=pen.at, by=by, what=what, to=to, words=said,
        salt=kept.salt,
    )  # fmt: skip

"""答案库: an answer is kept, changed, and given again (SD-4.2.1)."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.customers.queries import shown_as
from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.matters.grams import grams
from yingbin.people.calendar import ZONE
from yingbin.people.policy_rows import Plain
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused

from .. import folding
from ..models import AnswerEntry, AnswerUse, AnswerVersion, DeskMatter
from ..queries.answers import is_over
from .happen import NOT_HERE, at_the_desk
from .verbs import Happened

_PHONE = re.compile(r"(?<!\d)1[3-9](?:[ -]?\d){9}(?!\d)")
NO_ENTRY = "答案库里没有这一条，请回到答案库再找。"


@dataclass(frozen=True)
class Wording:
    """An entry as somebody writes it. valid_until: the last day on which it holds, None for always."""

    subject: str
    question: str
    answer: str
    valid_until: date | None = None


@dataclass(frozen=True)
class Entry:
    """An entry by its number, and which version of it this is."""

    id: UUID
    number: int
    version: int


@action("desk.keep_answer")
def keep(pen: Pen, *, told: Wording, grown_from: UUID | None = None) -> Entry:
    """A question with its answer is kept; whoever writes it vouches for it. Raises `Refused`."""
    source = folding.row_of(pen.site_id, grown_from) if grown_from else None
    if grown_from and source is None:
        raise Refused(None, NOT_HERE)
    said = _checked(pen, told, source)
    number = next_number(AnswerEntry, pen.site_id)
    return _write(pen, AnswerEntry(site_id=pen.site_id, number=number, version=0), said, source)


@action("desk.change_answer")
def change(pen: Pen, *, entry_id: UUID, told: Wording, version: int) -> Entry:
    """The next version of an entry; `version` is the one that was read. Raises `Refused` where it isn't the last."""
    row = _found(pen, entry_id)
    if row.version != version:
        raise Refused("SD-4.2.1", "别的同事刚改过这一条。请看一下新的内容，再改。")
    return _write(pen, row, _checked(pen, told, None), None)


@action("desk.use_answer")
def use(pen: Pen, *, entry_id: UUID, matter_id: UUID) -> Happened:
    """The entry is the answer to an enquiry, as it stands; it counts. Raises `Refused` where it holds no longer."""
    row = _valid(pen, entry_id)
    matter = folding.row_of(pen.site_id, matter_id)
    if matter is None or matter.matter.kind != "enquiry":
        raise Refused("SD-4.2.1", "答案库只用来答复咨询。别的事请写答复。")
    done = at_the_desk(pen).happen("answer", matter_id, text=row.answer)
    _count(pen, row, done.row)
    return Happened(matter_id, f"已按答案库第 {row.number} 条答复。{done.because}")


def count(pen: Pen, entry_id: UUID, matter: DeskMatter, said: str) -> int | None:
    """An entry was said to a resident as their enquiry was recorded: it counts, if its words stand in what was said.

    Its number; None where whoever recorded it wrote something else, which is their own answer. Raises `Refused` where
    the entry holds no longer.
    """
    row = _valid(pen, entry_id)
    if _plain(row.answer) not in _plain(said):
        return None
    _count(pen, row, matter)
    return row.number


def _plain(text: str) -> str:
    return "".join(text.split())


def _valid(pen: Pen, entry_id: UUID) -> AnswerEntry:
    row = _found(pen, entry_id)
    if is_over(row, pen.at.astimezone(ZONE).date()):
        raise Refused("SD-4.2.1", "这一条已经过期，请先核对，改好有效期再用。")
    return row


def _count(pen: Pen, row: AnswerEntry, matter: DeskMatter) -> None:
    body: Plain = {
        "entry": str(row.id), "version": row.version, "matter": str(matter.matter_id),
    }  # fmt: skip
    line = pen.append("desk.answer_used", body, clause="SD-4.2.1")
    row.used, row.used_at = row.used + 1, pen.at
    row.save(update_fields=["used", "used_at"])
    AnswerUse.objects.create(
        site_id=pen.site_id, entry=row, version=row.version, matter=matter, seq=line.seq, at=pen.at,
        by=UUID(pen.by),
    )  # fmt: skip


def _found(pen: Pen, entry_id: UUID) -> AnswerEntry:
    row = AnswerEntry.objects.filter(site_id=pen.site_id, id=entry_id).first()
    if row is None:
        raise Refused("SD-4.2.1", NO_ENTRY)
    return row


def _checked(pen: Pen, told: Wording, source: DeskMatter | None) -> Wording:
    """The wording without blanks around it; refused where it says whose answer it was, since all may read it."""
    said = Wording(
        told.subject, told.question.strip()[:80], told.answer.strip()[:1000], told.valid_until
    )
    for name, text in (("question", said.question), ("answer", said.answer)):
        if not text:
            raise Refused("SD-4.2.1", "问题和答案都要写。", about=name)
        if _PHONE.search(text) or any(one in text for one in _names(pen, source)):
            why = "答案库大家都看，请去掉住户的姓名和手机号，再收进去。"
            raise Refused("SD-4.2.1", why, about=name)
    return said


def _names(pen: Pen, source: DeskMatter | None) -> list[str]:
    """What the resident is called whose enquiry it was."""
    if source is None:
        return []
    who = source.matter.customer_id
    card = shown_as(pen.site_id, [who]).get(who) if who else None
    return [one for one in (source.caller, card.called if card else "") if len(one) > 1]


def _write(pen: Pen, row: AnswerEntry, said: Wording, source: DeskMatter | None) -> Entry:
    kept = commit_to(question=said.question, answer=said.answer)
    row.version, by = row.version + 1, actor(pen)
    if by is None:
        raise Refused("SD-4.2.1", "只有本处的同事能改答案库。")
    body: Plain = {
        "entry": str(row.id), "number": row.number, "version": row.version, "subject": said.subject,
        "valid_until": said.valid_until.isoformat() if said.valid_until else None,
        "grown_from": str(source.matter_id) if source else None, "words": kept.words,
    }  # fmt: skip
    line = pen.append("desk.answer_kept", body, clause="SD-4.2.1")
    row.seq = line.seq if row.version == 1 else row.seq
    row.subject, row.question, row.answer = said.subject, said.question, said.answer
    row.valid_until, row.vouched_by, row.changed_at = said.valid_until, by, pen.at
    row.grams = grams(pen.site_id, said.question, said.answer)
    row.save(force_insert=row.version == 1)
    AnswerVersion.objects.create(
        site_id=pen.site_id, entry=row, version=row.version, seq=line.seq, at=pen.at, by=by,
        subject=said.subject, question=said.question, answer=said.answer, valid_until=said.valid_until,
        grown_from=source, salt=kept.salt,
    )  # fmt: skip
    return Entry(row.id, row.number, row.version)

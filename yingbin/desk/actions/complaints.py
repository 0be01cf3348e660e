"""What is kept of a complaint beside the contract's events: whom it is about, its cause, what is done about it (SD-4.2.5)."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.matters.actions import Opened, end_recusal, open_matter, recuse
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from .. import folding
from ..apart import CLAUSE
from ..corrections import CORRECTION, about, open_corrections
from ..models import ComplaintCause, DeskMatter
from . import stepping_aside
from .happen import NOT_HERE, Writing, at_the_desk


@action("desk.complained_of")
def complained_of(pen: Pen, *, matter_id: UUID, people: tuple[UUID, ...]) -> int:
    """It is said whom a complaint is about; from now on they have no part in it. How many were named. Raises `Refused`."""
    if not people:
        raise Refused(CLAUSE, "请选投诉的是哪位同事。", about="about")
    writing, row = _at(pen, matter_id)
    found = folding.whole(row)
    writing.desk.add(found)
    before = writing.apart(matter_id).people
    apart = stepping_aside.name(writing, row.matter, found, people)
    if apart.people == before:
        raise Refused(CLAUSE, "已经写过投诉的是这位同事了。", about="about")
    stepping_aside.hand_over(writing, row, apart)
    return len(apart.people - before)


@action("desk.not_complained_of")
def not_complained_of(pen: Pen, *, matter_id: UUID, who: UUID) -> None:
    """It wasn't about this person after all: the supervisor or the manager says so, never they themselves."""
    writing, row = _at(pen, matter_id)
    if not writing.desk.office.is_chief(pen.by):
        raise Refused(CLAUSE, "只有主管或主任能取消回避，请找他们。")
    ended = end_recusal(pen, row.matter, who)
    for one in open_corrections(pen.site_id, matter_id):
        end_recusal(pen, one, who)
    if not ended:
        raise Refused(CLAUSE, "这位同事没有回避这件事，请刷新看最新情况。")


@action("desk.cause")
def cause(pen: Pen, *, matter_id: UUID, cause: str, words: str = "") -> UUID:
    """Why it came about; whoever has it in hand, owes the answer or supervises says so. Raises `Refused`."""
    row = _complaint(pen, matter_id)
    if cause not in ComplaintCause.Cause.values:
        raise Refused(CLAUSE, "请选一项原因。", about="cause")
    if cause == ComplaintCause.Cause.OTHER and not words.strip():
        raise Refused(CLAUSE, "选了“其他”，请写一句是什么原因。", about="words")
    said = words.strip()[:500]
    kept = commit_to(words=said)
    body: dict[str, object] = {"matter": str(matter_id), "cause": cause, "words": kept.words}
    line = pen.append("desk.cause", body, clause=CLAUSE)
    return ComplaintCause.objects.create(
        site_id=pen.site_id, matter=row, seq=line.seq, at=pen.at, by=UUID(pen.by), cause=cause,
        words=said, salt=kept.salt if said else "",
    ).id  # fmt: skip


@action("desk.correct")
def correct(pen: Pen, *, matter_id: UUID, what: str, who: UUID, until: datetime) -> Opened:
    """What is done so that it doesn't come again: by whom, until when. It waits for them until it is done."""
    row = _complaint(pen, matter_id)
    writing = at_the_desk(pen)
    apart = writing.apart(matter_id)
    if not what.strip():
        raise Refused(CLAUSE, "请写要做什么，免得再有人投诉。", about="what")
    if str(who) not in writing.desk.office.everyone:
        raise Refused(CLAUSE, "请从名单里选谁来整改。", about="who")
    if str(who) in apart.people:
        raise Refused(CLAUSE, "投诉的就是这位同事，整改要由别人来做。", about="who")
    if until <= pen.at:
        raise Refused(CLAUSE, "期限已经过了，请选以后的时间。", about="until")
    made = open_matter(
        pen=pen, kind=CORRECTION.id, title=what.strip(), owner=who, customer_id=row.matter.customer_id,
        subject=about(matter_id), agreed_at=until, clause=CLAUSE,
    )  # fmt: skip
    recuse(pen, made, map(UUID, apart.people))
    return Opened(made.id, made.number)


def _at(pen: Pen, matter_id: UUID) -> tuple[Writing, DeskMatter]:
    """The desk and a matter, for somebody whom it isn't about."""
    row: DeskMatter | None = folding.row_of(pen.site_id, matter_id)
    if row is None or actor(pen) is None:
        raise Refused(None, NOT_HERE)
    writing = at_the_desk(pen)
    writing.apart(matter_id).check(pen.by)
    return writing, row


def _complaint(pen: Pen, matter_id: UUID) -> DeskMatter:
    """A complaint, for whoever has it in hand, owes its answer or supervises."""
    writing, row = _at(pen, matter_id)
    one = row.matter
    if one.kind != "complaint":
        raise Refused(CLAUSE, "只有投诉要写原因和整改。")
    if not (actor(pen) in (one.owner_id, one.holder_id) or writing.desk.office.is_chief(pen.by)):
        raise Refused(CLAUSE, "由负责人、经办人或主管来写，请告诉他们。")
    return row

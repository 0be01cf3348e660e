"""The register: what comes in is recorded, added to what is known, or attached to the one fault that many tell of (SD-4.1)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from yingbin.customers.actions import register_customer
from yingbin.journal.action import Acting, action
from yingbin.journal.trips import Statement
from yingbin.journal.write import Pen, derived_key
from yingbin.matters.actions import link
from yingbin.matters.models import MatterLink
from yingbin.matters.queries import recused, without
from yingbin.matters.words import link_to
from yingbin.notices.actions import tell
from yingbin.people.queries import names_of
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.desk.matter import Matter

from .. import folding
from ..attached import attached_to
from ..models import DeskMatter
from ..queries.alike import Said, asked_known, known, may_be_known
from .answers import count
from .at_hand import asked_at_the_desk, asked_to_record
from .happen import NOT_HERE, Record, Writing, at_the_desk
from .verbs import remark

KNOWN = "可能已经有人说过。请选一项再存：补充到那一件、挂到那一件，还是另记一件。写的都在。"
TOGETHER = "总的一件已经办好，统一答复"
AT_ONCE, PARTS = 25, 4  # attached matters answered in one write; how many writes are one tap
SPOKEN = frozenset({"call", "visit"})  # whoever came this way has heard from us
WORKED = frozenset(
    {"paid", "complaint"}
)  # these have steps of their own that nobody can take for them


@dataclass(frozen=True)
class Registered:
    """A matter in the register: its number as people say it, who owes the answer, the sentence of the rules."""

    matter: UUID
    number: str
    owner: str
    because: str
    answered: bool = False
    entry: int | None = None


def _said(told: Record) -> Said:
    words = f"{told.title} {told.detail}"
    return Said(told.place.key, told.place.words, told.subject, words, told.photos)


def _with_the_lock(
    acting: Acting, *, told: Record, phone: str = "", parent: UUID | None = None,
    sure: bool = False, entry_id: UUID | None = None,
) -> tuple[Statement, ...]:  # fmt: skip
    """What will be asked in any case, in the lock's own trip."""
    site, at = acting.site_id, acting.at
    desk = asked_at_the_desk(site, at), asked_to_record(site, acting.by, at)
    return *desk[0], *desk[1], *asked_known(site, _said(told), at)


@action("desk.register", asks=_with_the_lock)
def register(
    pen: Pen,
    *,
    told: Record,
    phone: str = "",
    parent: UUID | None = None,
    sure: bool = False,
    entry_id: UUID | None = None,
) -> Registered:
    """Something comes in. phone: of somebody who isn't known yet; parent: the fault it is a part of; entry_id: what the
    answer was taken from, which counts.

    Raises `Refused` in the words of the rules, and where it seems to be known already, unless somebody is `sure`:
    asked under the lock, so that of two clerks who take one call at once the second learns of the first.
    """
    if not sure and parent is None:
        said = _said(told)
        near = may_be_known(pen.site_id, said, pen.at, pen.ask)
        if near and known(pen.site_id, said, pen.at, actor(pen)):
            raise Refused("SD-4.1", KNOWN, about="twin")
    if phone.strip() and told.customer_id is None:
        who = register_customer(pen=pen, name=told.caller, phone=phone)
        told = replace(told, customer_id=who.id)
    writing = at_the_desk(pen)
    if parent is None and _is_plain(told):
        pen.hold()
    done = writing.record(told)
    row = done.row
    if parent is not None:
        _attach(pen, writing, row, parent, spoken=told.source in SPOKEN)
    entry = count(pen, entry_id, row, told.answer) if entry_id and told.answer else None
    owner = row.matter.owner_id
    name = writing.called(str(owner)) if owner else ""
    over = row.matter.closed_at is not None
    return Registered(row.matter_id, row.said, name, done.because, over, entry)


def _is_plain(told: Record) -> bool:
    """Whether nothing of it is read again while it is written down."""
    return not (told.kind == "complaint" or told.answer.strip() or told.photos)


@dataclass(frozen=True)
class Added:
    """Words added to an open matter: its number, who owes its answer, whether somebody else hears of it."""

    matter: UUID
    number: str
    owner: str
    told: bool


@action("desk.add")
def add_to(pen: Pen, *, matter_id: UUID, words: str, photos: tuple[UUID, ...] = ()) -> Added:
    """Somebody calls again about what is open: their words go beside it, and whoever has it hears at once."""
    row, by = folding.row_of(pen.site_id, matter_id), actor(pen)
    if row is None or by in recused(pen.site_id, matter_id):
        raise Refused("SD-4.1", NOT_HERE)
    if row.matter.closed_at is not None:
        raise Refused(
            "SD-4.1", f"{row.said} 号刚刚办结了。请重新打开它，或者另记一件。", about="twin"
        )
    remark.within(pen, matter_id=matter_id, words=words, photos=photos)
    to = {one for one in (row.matter.owner_id, row.matter.holder_id) if one and one != by}
    tell(
        pen, to=without(pen.site_id, matter_id, sorted(to)), kind="desk.added", title=f"又有人说起：{row.matter.title}",
        body=f"{row.said} · {row.place}。{words.strip()}"[:200], link=link_to(matter_id), clause="SD-4.1",
    )  # fmt: skip
    owner = row.matter.owner_id
    name = names_of([owner]).get(str(owner), "") if owner else ""
    return Added(matter_id, row.said, name, bool(to))


@action("desk.attach")
def attach(pen: Pen, *, matter_ids: tuple[UUID, ...], parent: UUID) -> int:
    """Matters that are recorded already turn out to be parts of one fault; how many were attached."""
    rows = {row.matter_id: row for row in _rows(pen, matter_ids)}
    known = set(
        MatterLink.objects.filter(matter__in=rows, how="parent").values_list("matter", flat=True)
    )
    fresh = [row for one, row in rows.items() if one not in known and one != parent]
    writing = at_the_desk(pen)
    for row in fresh:
        _attach(pen, writing, row, parent, spoken=False)
    return len(fresh)


def _rows(pen: Pen, matter_ids: Sequence[UUID]) -> list[DeskMatter]:
    rows = DeskMatter.objects.select_related("matter", "linked")
    return list(rows.filter(site_id=pen.site_id, matter_id__in=matter_ids).order_by("seq"))


def _attach(pen: Pen, writing: Writing, row: DeskMatter, parent: UUID, *, spoken: bool) -> None:
    """Part of one fault. Who told it by voice has heard that it is known: that is the first response."""
    above = folding.row_of(pen.site_id, parent)
    if above is None:
        raise Refused("SD-4.1", "没有找到要挂到的那一件，请重新选。", about="twin")
    if above.matter.closed_at is not None:
        raise Refused("SD-4.1", f"{above.said} 号刚刚办结了，不能再挂。请另记一件。", about="twin")
    link.within(pen, matter_id=row.matter_id, how="parent", other_id=parent)
    if spoken and row.matter.closed_at is None and row.matter.kind != "complaint":
        writing.happen("respond", row.matter_id)


@dataclass(frozen=True)
class AnsweredAll:
    """How many attached matters have their answer now, how many of them the resident has, how many are left."""

    solved: int
    told: int
    left: int


@action("desk.answer_attached")
def answer_attached(
    pen: Pen, *, parent: UUID, text: str, told: tuple[UUID, ...] = ()
) -> AnsweredAll:
    """The one fault is mended: what hangs on it and is this person's to answer has its answer, by the rules' own events.

    told: the matters whose residents have been told. At most `AT_ONCE` in one write. Raises `Refused` while the
    fault itself isn't solved, and without words.
    """
    above = folding.row_of(pen.site_id, parent)
    by = actor(pen)
    if above is None or by is None:
        raise Refused(None, NOT_HERE)
    if not text.strip():
        raise Refused("SD-4.4", "请写一句要告诉住户的话。", about="text")
    if not is_mended(above):
        raise Refused("SD-4.4", f"{above.said} 号还没有办好，现在还不能统一答复。")
    writing = at_the_desk(pen)
    chief = writing.desk.office.is_chief(str(by))
    rows = [r for r in attached_to(pen.site_id, parent) if r.matter.closed_at is None]
    mine = [row for row in rows if chief or by == row.matter.owner_id]
    wanted = set(told)
    coming = [r for r in mine if _is_answerable(r, by, wanted, chief=chief)]
    solved = given = 0
    for row in coming[:AT_ONCE]:
        ready = _answered(writing, row, str(by), text.strip()[:1000], chief=chief)
        solved += ready
        if ready and row.matter_id in wanted:
            writing.happen("tell", row.matter_id)
            given += 1
    return AnsweredAll(solved, given, len(rows) - given)


def _is_answerable(row: DeskMatter, by: UUID, wanted: set[UUID], *, chief: bool) -> bool:
    """Whether there is something to do: answer it, as far as it is this person's, or tell who has the answer."""
    one = row.matter
    if one.stage == "solved":
        return row.matter_id in wanted
    return one.kind not in WORKED and not one.paused and (chief or one.holder_id == by)


def answer_all(
    *, parent: UUID, text: str, told: tuple[UUID, ...] = ()
) -> Callable[[Acting], AnsweredAll]:
    """As many as one tap answers, in writes of their own, so that others at the desk come between."""

    def deed(acting: Acting) -> AnsweredAll:
        solved = given = 0
        for n in range(PARTS):
            own = replace(acting, key=derived_key(acting.key, str(n))) if n else acting
            done = answer_attached(own, parent=parent, text=text, told=told)
            solved, given = solved + done.solved, given + done.told
            if done.solved < AT_ONCE:
                break
        return AnsweredAll(solved, given, done.left)

    return deed


def is_mended(row: DeskMatter) -> bool:
    """Whether a matter has its answer, or is over with one."""
    return row.matter.stage == "solved" or row.matter.state == "closed"


def _answered(writing: Writing, row: DeskMatter, by: str, text: str, *, chief: bool) -> bool:
    """Whether the matter has its answer now: the steps that lead there, as far as they are this person's."""
    found = folding.whole(row)
    if found.stage == "solved":
        return True
    holds = found.state.holder == by
    if found.state.kind in WORKED or found.state.pause is not None or not (holds or chief):
        return False
    if not holds:
        writing.happen("assign", row.matter_id, as_="holder", to=by, reason=TOGETHER)
    for event in _way(found, writing):
        if event == "analyse":
            writing.happen(event, row.matter_id, note=text)
        elif event == "answer":
            writing.happen(event, row.matter_id, text=text)
        else:
            writing.happen(event, row.matter_id)
    return True


def _way(found: Matter, writing: Writing) -> Iterator[str]:
    """The events by which a matter comes to its answer."""
    if found.state.kind == "suggestion" and found.stage == "new":
        yield "analyse"
    served = not writing.desk.policy.is_out_of_scope(found.subject)
    if found.state.kind == "help" and (served or found.stage == "arrived"):
        if found.stage == "new":
            yield "arrive"
        yield "done"
        return
    yield "answer"

"""Opening a matter and taking one step of it, inside a write: rule, facts, journal, notices."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.trips import update
from yingbin.journal.write import Pen, new_key
from yingbin.pages.wing import called, paths
from yingbin.people.rows import actor
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused

from .. import queries
from ..models import Matter, MatterStep
from ..photos import attach_to
from ..policies import kinds_at
from ..subjects import Subject
from . import telling
from .opening import Opening, begun


def _who(pen: Pen) -> str:
    """Whoever acts in the terms of the rules: a person's id, "" for everyone else."""
    return str(actor(pen) or "")


def open_matter(
    *,
    pen: Pen,
    kind: str,
    title: str,
    owner: UUID | str,
    detail: str = "",
    grade: str = "",
    customer_id: UUID | None = None,
    subject: Subject | None = None,
    agreed_at: datetime | None = None,
    clause: str | None = None,
    about: Mapping[str, object] | None = None,
    offered_to: UUID | str | None = None,
    photos: Sequence[UUID] = (),
) -> Matter:
    """Opens a matter inside a write, owned and held by `owner` until a named person accepts (SF-4.3.6).

    owner, offered_to: a person's id, or a department, role or post as the rules name it. agreed_at: a moment
    agreed on with the customer; everything else is due as its kind and the site's policy say, and nobody else.
    clause: default the kind's; about: what a wing adds, JSON-able, no personal data; offered_to: passes it on in
    the same write. photos: files taken in for it by whoever opens it, which show what the kind names first.
    The owner is told unless they opened it. Raises `Refused` for an unknown kind or an empty title.
    """
    opening = Opening(title, detail, clause or "", customer_id, subject, about or {}, photos)
    first = rule.Step(
        "open", _who(pen), pen.at, str(owner), due_at=agreed_at, grade=grade, photos=len(photos)
    )
    matter = _opened(pen, kind, first, opening)
    if offered_to is None:
        return matter
    offer = rule.Step("offer", _who(pen), pen.at, to=str(offered_to))
    return take(pen=pen, matter_id=matter.id, step=offer)


def _opened(pen: Pen, kind: str, first: rule.Step, opening: Opening) -> Matter:
    """Decided and stored, and its owner told, unless they opened it."""
    around = rule.Around(time=queries.SiteTime(pen.site_id), kinds=kinds_at(pen.site_id, pen.at))
    step = rule.opened(kind, first, around)
    matter = begun(pen, opening, step)
    store_opening(pen, matter, step, around, opening.photos)
    if actor(pen) is None or actor(pen) != matter.owner_id:
        telling.of_opening(pen, matter, rule.begin(step.kind, step, around))
    return matter


def store_opening(
    pen: Pen, matter: Matter, step: rule.Step, around: rule.Around, photos: Sequence[UUID]
) -> None:
    """Stores a matter with its first step, its journal line and its photos."""
    state = rule.begin(step.kind, step, around)
    queries.show_state(matter, state, step.at, around)
    pen.add(matter)
    body = _opening_body(matter, state, step) | _moment(pen, step)
    line = pen.append("matter.opened", body, clause=matter.clause)
    _add(pen, matter, step, index=0, seq=line.seq, salt="")
    attach_to(pen, matter, photos, step.purpose)


def _moment(pen: Pen, step: rule.Step) -> dict[str, object]:
    """The step's own moment, where that isn't the write's."""
    return {"at": step.at.isoformat()} if step.at != pen.at else {}


def take(*, pen: Pen, matter_id: UUID, step: rule.Step, quiet: bool = False) -> Matter:
    """Takes one step of a matter inside a write. Raises `Refused`, also for an unknown matter.

    What the clock owes by now comes first: on the stroke is late, and a pause used up is over.
    quiet: nobody is told, since a later step of the same write tells the same people more.
    """
    matter = Matter.objects.filter(site_id=pen.site_id, id=matter_id).first()
    if matter is None:
        raise Refused(None, "没有找到这件事，请回到事项列表。")
    if rule.KINDS[matter.kind].by_wing:
        raise Refused(matter.clause, "这件事有自己的页面，请在那里办。")
    if step.verb == "offer" and step.to:
        _check_taker(pen, step.to)
    history = queries.steps_of(matter)
    state = rule.replay(matter.kind, history)
    around = queries.around(pen.site_id, actor(pen), pen.at, state)
    told = telling.Matters(pen, matter)
    state = _catch_up(told, state, around)
    taken = rule.decide(state, step, around)
    after = store(told, state, taken, around)
    if not quiet:
        told.of_step(taken, state, after)
    return matter


def _check_taker(pen: Pen, to: str) -> None:
    if not queries.takes_matters(pen.site_id, to, pen.at):
        group = rule.is_group(to)
        words = (
            "这个部门或岗位现在没有人，请另选。" if group else "请从名单里选一位在这里上班的同事。"
        )
        raise Refused("SD-4.4", words)


def _catch_up(told: "telling.Matters", state: rule.State, around: rule.Around) -> rule.State:
    """The steps that the clock owes by now; after an outage whoever a ladder tells hears only the last rung."""
    owed = rule.clock_steps(state, told.pen.at, around)
    last = max((n for n, s in enumerate(owed) if s.verb == "escalate"), default=0)
    for n, step in enumerate(owed):
        after = store(told, state, step, around)
        if n >= last or step.clock == rule.ACCEPT:
            told.of_step(step, state, after)
        state = after
    return state


def lapse_about(pen: Pen, subject_ids: Iterable[UUID], *, kind: str, note: str) -> int:
    """What was owed to these groups is no longer wanted (inside a write); nobody is told. How many matters."""
    open_ones = Matter.objects.filter(
        site_id=pen.site_id, kind=kind, subject_id__in=list(subject_ids), closed_at__isnull=True
    )
    found = list(open_ones.values_list("id", flat=True))
    for one in found:
        over = rule.Step("lapse", _who(pen), pen.at, note=note)
        take(pen=pen, matter_id=one, step=over, quiet=True)
    return len(found)


@action("matters.clock")
def clock(pen: Pen, *, matter: UUID) -> int:
    """The steps the clock owes to a matter now; how many."""
    row = Matter.objects.get(site_id=pen.site_id, id=matter)
    state = queries.state_of(row)
    before = MatterStep.objects.filter(matter=row).count()
    around = queries.around(pen.site_id, None, pen.at, state)
    _catch_up(telling.Matters(pen, row), state, around)
    return MatterStep.objects.filter(matter=row).count() - before


def on_the_clock(*, site_id: UUID, matter_id: UUID, at: datetime) -> int:
    """Takes the steps the clock owes to a matter now; how many. Twice takes them once."""
    return clock(Acting(site_id, new_key(), "clock", at), matter=matter_id)


def store(
    told: "telling.Matters", state: rule.State, step: rule.Step, around: rule.Around
) -> rule.State:
    """Journal, row and step, which has its facts; the matter as it is then."""
    pen, matter, after = told.pen, told.matter, rule.fold(state, step, around)
    salt, index = new_salt(), told.next_index()
    body: dict[str, object] = {
        "matter": str(matter.id), "verb": step.verb, "index": index, "owner": after.owner,
        "facts": queries.facts_of(step), **_moment(pen, step),
    }  # fmt: skip
    if step.to:
        body["to"] = step.to
    if step.note:
        body["note"] = salted(step.note, salt)
    if due := step.due_at or after.due_at:
        body["due_at"] = due.isoformat()
    line = pen.append("matter.step", body, clause=matter.clause)
    _add(pen, matter, step, index=index, seq=line.seq, salt=salt)
    queries.show_state(matter, after, step.at, around)
    pen.do(update(matter, queries.STATE_FIELDS))
    if after.ended and not state.ended:
        for path in paths("matter_ends"):
            called(path)(pen, matter)
    return after


def _add(pen: Pen, matter: Matter, step: rule.Step, *, index: int, seq: int, salt: str) -> None:
    person, group = queries.columns(step.to)
    taken = MatterStep(
        site_id=pen.site_id,
        matter=matter,
        index=index,
        seq=seq,
        at=step.at,
        by=UUID(step.by) if step.by else None,
        verb=step.verb,
        to=person,
        to_group=group,
        due_at=step.due_at,
        note=step.note[:1000],
        salt=salt,
        facts=queries.facts_of(step),
    )
    pen.add(taken)


def _opening_body(matter: Matter, state: rule.State, step: rule.Step) -> dict[str, object]:
    body: dict[str, object] = {
        "matter": str(matter.id),
        "number": matter.number,
        "kind": matter.kind,
        "owner": state.owner,
        "title": salted(matter.title, matter.salt),
        "detail": salted(matter.detail, matter.salt),
        "facts": queries.facts_of(step),
    }
    if matter.customer_id:
        body["customer"] = str(matter.customer_id)
    if matter.subject_id:
        body["subject"] = f"{matter.subject_app}:{matter.subject_id}"
    if due := step.due_at or matter.due_at:
        body["due_at"] = due.isoformat()
    return body | {"about": matter.about}

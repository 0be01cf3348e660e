"""Opening a matter and taking one step of it, inside a write: rule, facts, journal, notices."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Pen, new_key, write
from yingbin.people.rows import actor, next_number
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused

from .. import queries
from ..models import Matter, MatterStep
from . import telling
from .due import due_of


def _who(pen: Pen) -> str:
    """Whoever acts in the terms of the rules: a person's id, "" for everyone else."""
    return str(actor(pen) or "")


def open_matter(
    *,
    pen: Pen,
    kind: str,
    title: str,
    owner_id: UUID,
    detail: str = "",
    customer_id: UUID | None = None,
    visit_id: UUID | None = None,
    due_at: datetime | None = None,
    clause: str | None = None,
    about: Mapping[str, Any] | None = None,
    offered_to: UUID | None = None,
) -> Matter:
    """Opens a matter inside a write, owned by `owner_id` until a named person accepts (SF-4.3.6).

    kind: an id of `rules.matters.KINDS`; due_at: default as the kind says, in the site's working
    time where the kind counts so; clause: default the kind's; about: what a wing adds, JSON-able,
    no personal data; offered_to: passes it on in the same write. The owner is told unless they
    opened it. Raises `Refused` for an unknown kind or an empty title.
    """
    if not title.strip():
        raise Refused(None, "请用一句话写下是什么事。")
    due = due_at or due_of(pen.site_id, kind, pen.at)
    state = rule.opening(kind, owner=str(owner_id), by=_who(pen), at=pen.at, due_at=due)
    matter = Matter(
        site_id=pen.site_id,
        number=next_number(Matter, pen.site_id),
        kind=kind,
        title=title.strip()[:80],
        detail=detail.strip()[:1000],
        about=dict(about or {}),
        clause=clause or rule.KINDS[kind].clause,
        customer_id=customer_id,
        visit_id=visit_id,
        opened_by=actor(pen),
        opened_at=pen.at,
        salt=new_salt(),
    )
    _store_opening(pen, matter, state)
    if offered_to is not None:
        offer = rule.Step("offer", _who(pen), pen.at, to=str(offered_to))
        return take(pen=pen, matter_id=matter.id, step=offer)
    return matter


def _store_opening(pen: Pen, matter: Matter, state: rule.State) -> None:
    queries.show_state(matter, state, at=pen.at)
    matter.save(force_insert=True)
    line = pen.append("matter.opened", _opening_body(matter), clause=matter.clause)
    first = rule.Step("open", _who(pen), pen.at, to=state.owner, due_at=state.due_at)
    _add(pen, matter, first, index=0, seq=line.seq, salt="")
    if actor(pen) != matter.owner_id:
        telling.of_opening(pen, matter)


def take(*, pen: Pen, matter_id: UUID, step: rule.Step, quiet: bool = False) -> Matter:
    """Takes one step of a matter inside a write. Raises `Refused`, also for an unknown matter.

    quiet: nobody is told, since a later step of the same write tells the same people more.
    """
    matter = Matter.objects.filter(site_id=pen.site_id, id=matter_id).first()
    if matter is None:
        raise Refused(None, "没有找到这件事，请回到事项列表。")
    if step.verb == "reopen" and step.due_at is None:
        step = replace(step, due_at=due_of(pen.site_id, matter.kind, pen.at))
    if step.verb == "offer" and step.to and not queries.may_handle(pen.site_id, step.to, pen.at):
        raise Refused("SD-4.4", "请从名单里选一位在这里上班的同事。")
    history = queries.steps_of(matter)
    before = rule.replay(matter.kind, history)
    supervisors = queries.supervisors(pen.site_id, pen.at)
    step = rule.decide(
        before,
        step,
        supervisor=queries.may_oversee(pen.site_id, actor(pen), pen.at),
        supervisors=[str(s) for s in supervisors],
    )
    after = rule.fold(before, step)
    _store(pen, matter, step, after, index=len(history))
    if not quiet:
        told = telling.Told(pen, matter, step, before, after, len(history))
        telling.of_step(told, supervisors)
    return matter


def lapse_of_visits(pen: Pen, visit_ids: Iterable[UUID], *, kind: str, note: str) -> int:
    """What was owed to these groups is no longer wanted (inside a write); nobody is told. How many matters."""
    open_ones = Matter.objects.filter(
        site_id=pen.site_id, kind=kind, visit_id__in=list(visit_ids), closed_at__isnull=True
    )
    found = list(open_ones.values_list("id", flat=True))
    for one in found:
        take(
            pen=pen,
            matter_id=one,
            step=rule.Step("lapse", _who(pen), pen.at, note=note),
            quiet=True,
        )
    return len(found)


def on_the_clock(*, site_id: UUID, matter_id: UUID, at: datetime) -> int:
    """Takes the steps the clock owes to a matter now; how many. Twice takes them once."""

    def work(pen: Pen) -> dict[str, Any]:
        matter = Matter.objects.get(site_id=pen.site_id, id=matter_id)
        owed = rule.clock_steps(queries.state_of(matter), pen.at)
        last = max((n for n, s in enumerate(owed) if s.verb == "escalate"), default=0)
        for n, step in enumerate(owed):
            # After a night or an outage much is owed at once; whoever an escalation tells hears only the last.
            quiet = n < last and step.note != "offer"
            take(pen=pen, matter_id=matter_id, step=step, quiet=quiet)
        return {"steps": len(owed)}

    done = write(
        site_id=site_id,
        key=new_key(),
        verb="matters.clock",
        by="clock",
        at=at,
        payload={"matter": str(matter_id)},
        work=work,
    )
    return int(done.response["steps"])


def _store(pen: Pen, matter: Matter, step: rule.Step, after: rule.State, *, index: int) -> None:
    salt = new_salt()
    body = {"matter": str(matter.id), "verb": step.verb, "index": index, "owner": after.owner}
    if step.to:
        body["to"] = step.to
    if step.note:
        body["note"] = salted(step.note, salt)
    if after.due_at:
        body["due_at"] = after.due_at.isoformat()
    line = pen.append("matter.step", body, clause=matter.clause)
    _add(pen, matter, step, index=index, seq=line.seq, salt=salt)
    queries.show_state(matter, after, at=pen.at)
    matter.save(update_fields=queries.STATE_FIELDS)


def _add(pen: Pen, matter: Matter, step: rule.Step, *, index: int, seq: int, salt: str) -> None:
    MatterStep.objects.create(
        site_id=pen.site_id,
        matter=matter,
        index=index,
        seq=seq,
        at=pen.at,
        by=UUID(step.by) if step.by else None,
        verb=step.verb,
        to=UUID(step.to) if step.to else None,
        due_at=step.due_at,
        note=step.note[:1000],
        salt=salt,
    )


def _opening_body(matter: Matter) -> dict[str, Any]:
    body: dict[str, Any] = {
        "matter": str(matter.id),
        "number": matter.number,
        "kind": matter.kind,
        "owner": str(matter.owner_id),
        "title": salted(matter.title, matter.salt),
        "detail": salted(matter.detail, matter.salt),
    }
    for field in ("customer_id", "visit_id"):
        if getattr(matter, field):
            body[field.removesuffix("_id")] = str(getattr(matter, field))
    if matter.due_at:
        body["due_at"] = matter.due_at.isoformat()
    return body | {"about": matter.about}

"""到岗、离岗、改班 and moving to another post (SF-4.3.7, SC-4.3.9)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..hours import day_of, off
from ..models import DutyLog
from ..opening import person
from ..queries.roster import plan_of
from .happen import Said, Writing, from_to, today


def _whom(pen: Pen, who: UUID | None) -> str:
    return str(who or actor(pen) or "")


@action("duty.sign_on")
def sign_on(pen: Pen, *, who: UUID | None = None, post: UUID | None = None) -> Said:
    """On duty, at the post of the roster or at another one. Raises `Refused` where they can't leave where they are."""
    writing = today(pen)
    _join(writing, _whom(pen, who))
    return writing.say("sign_on", who=_whom(pen, who), post=str(post) if post else None)


def _join(writing: Writing, who: str) -> None:
    """Somebody who came to work here after the day had begun takes part from now on.

    They join without a shift, so that nothing decided before changes; a shift they have is an event.
    """
    log = writing.log
    if any(p["who"] == who for p in log.opening["people"]):
        return
    plan = plan_of(log.site_id, log.day, writing.pen.at)
    found = next((p for p in plan.people if str(p.staff) == who), None)
    if found is None:
        raise Refused(
            None, "这里没有这位接待员、领班、项目负责人或安全员，请先在「人员」里给角色。"
        )
    writing.add_person(person(replace(found, span=found.span and off(log.day))))
    if found.span is not None and not found.off:
        writing.happen("shift", who=who, **from_to(*found.span))


@action("duty.sign_off")
def sign_off(pen: Pen, *, who: UUID | None = None, relieved_by: UUID | None = None) -> Said:
    """Off duty; a post that would lack somebody needs `relieved_by`."""
    other = str(relieved_by) if relieved_by else None
    return today(pen).say("sign_off", who=_whom(pen, who), relieved_by=other)


@action("duty.taken_away")
def taken_away(pen: Pen, *, who: UUID) -> Said:
    """Somebody is gone without asking: ill, fetched away, won't come. The lead's word."""
    return today(pen).say("taken_away", who=str(who))


@action("duty.change_shift")
def change_shift(pen: Pen, *, who: UUID, begins: datetime, ends: datetime) -> Said:
    """Another shift from now on: overtime, called in, sent home."""
    writing = today(pen)
    _join(writing, str(who))
    return writing.say("shift", who=str(who), **from_to(begins, ends))


@action("duty.clock")
def clock(pen: Pen, *, log: UUID) -> int:
    """What fell due by now in a day; how many consequences."""
    row = DutyLog.objects.get(site_id=pen.site_id, id=log)
    if row.day != day_of(pen.at):
        # The day is over: nothing falls due in it any more.
        row.next_at = None
        row.save(update_fields=["next_at"])
        return 0
    return today(pen).run()


@action("duty.begin")
def begin(pen: Pen) -> int:
    """The day begins by itself when the first of it is due."""
    return today(pen).run()

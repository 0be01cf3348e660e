"""到岗、离岗、改班 and moving to another post (SF-4.3.7, SC-4.3.9)."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor

from ..hours import day_of
from ..models import DutyLog
from .happen import Said, from_to, today
from .learning import join, rostered_post


def _whom(pen: Pen, who: UUID | None) -> str:
    return str(who or actor(pen) or "")


@action("duty.sign_on")
def sign_on(pen: Pen, *, who: UUID | None = None, post: UUID | None = None) -> Said:
    """On duty, at the post of the roster or at another one. Raises `Refused` where they can't leave where they are."""
    writing, whom = today(pen), _whom(pen, who)
    join(writing, whom)
    return writing.say(
        "sign_on", who=whom, post=str(post) if post else rostered_post(writing, whom)
    )


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
    join(writing, str(who))
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

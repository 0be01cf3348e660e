"""A day that has begun learns of another roster, as far as its rules allow (SF-3.2, SF-4.3.7)."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.rules.duty.moments import read
from yingbin.rules.duty.terms import Span

from ..folding import moment
from ..hours import day_of, off, shift_span
from ..models import DutyLog, RosterCell
from ..opening import person
from ..queries.roster import plan_of, staff_on_duty
from .happen import Writing, from_to, today

NO_SUCH = "这里没有这位接待员、领班、项目负责人或安全员，请先在「人员」里给角色。"


def join(writing: Writing, who: str, *, post: UUID | None = None, calls_in: bool = True) -> None:
    """Somebody who came to work here after the day had begun takes part from now on, with `post` as home.

    They join without a shift, so that nothing decided before changes; a shift they have is an event, unless
    whoever asks writes one of their own (`calls_in`). Raises `Refused` for anybody who has no role here.
    """
    log = writing.log
    if any(p["who"] == who for p in log.opening["people"]):
        return
    plan = plan_of(log.site_id, log.day, writing.pen.at)
    found = next((p for p in plan.people if str(p.staff) == who), None)
    if found is None:
        raise Refused(None, NO_SUCH)
    home = post if str(post) in writing.day.fold.day.posts and found.post else found.post
    writing.add_person(person(replace(found, post=home, span=found.span and off(log.day))))
    if calls_in and found.span is not None and not found.off:
        writing.happen("shift", who=who, **from_to(*found.span))


def rostered_post(writing: Writing, who: str) -> str | None:
    """The post that the roster gives somebody who signs on, where it isn't the home post the day began with."""
    day, log = writing.day.fold.day, writing.log
    known = day.people.get(who)
    if known is None or who in day.signed_on or known.home is None:
        return None
    cells = RosterCell.objects.filter(site_id=log.site_id, day=log.day, staff_id=who)
    post = cells.values_list("published_post_id", flat=True).first()
    return str(post) if post and str(post) != known.home and str(post) in day.posts else None


def learn(pen: Pen, changed: Iterable[RosterCell]) -> dict[UUID, str]:
    """Tells today of the cells that are about to be published; of whom it can't be told any more, with why."""
    day = day_of(pen.at)
    cells = [c for c in changed if c.day == day]
    if not cells or not DutyLog.objects.filter(site_id=pen.site_id, day=day).exists():
        return {}
    lesson = _Lesson(today(pen), staff_on_duty(pen.site_id, pen.at))
    published = RosterCell.objects.filter(site_id=pen.site_id, day=day, published_at__isnull=False)
    if not published.exists():
        lesson.no_longer_guessed({str(c.staff_id) for c in cells})
    told = {cell.staff_id: lesson.cell(cell) for cell in cells}
    return {who: why for who, why in told.items() if why}


class _Lesson:
    """The changes of one publication, brought to a day one by one."""

    def __init__(self, writing: Writing, staff: dict[UUID, str]) -> None:
        self.writing, self.staff = writing, staff

    def no_longer_guessed(self, planned: set[str]) -> None:
        """Until now everybody was expected; with the first roster, whoever isn't in it and hasn't come is off."""
        day = self.writing.day.fold.day
        for who, known in list(day.people.items()):
            if known.stands and who not in planned and who not in day.signed_on:
                self._rest(who)

    def cell(self, cell: RosterCell) -> str:
        """One person's day; why it can't be changed any more, if so."""
        who = str(cell.staff_id)
        if self.staff.get(cell.staff_id) not in ("receptionist", "lead"):
            return ""
        join(self.writing, who, post=cell.post_id, calls_in=False)
        if cell.shift is None:
            return self._rest(who)
        why = self._move(who, str(cell.post_id) if cell.post_id else None)
        if not why:
            self._shift(who, from_to(*shift_span(cell.shift, cell.day)))
        return why

    def _shift(self, who: str, span: dict[str, str]) -> None:
        """An event only where it says something new."""
        new = Span(read(span["from"]), read(span["to"]))
        if self.writing.day.fold.day.shifts.get(who) != new:
            self.writing.happen("shift", who=who, **span)

    def _rest(self, who: str) -> str:
        """休: not expected before the day's last minute, so that another shift can still call them in.

        They aren't `taken_away`: nobody went, and whoever is gone is never missed again.
        """
        writing, name = self.writing, self.writing.names.of(who)
        if who in writing.day.fold.day.signed_on:
            return f"{name}已经到岗，今天改不成休。请先签退，再发布；只是早走，用「岗位」页的改班。"
        self._shift(who, from_to(*off(writing.log.day)))
        day = writing.day.fold.day
        for rest in [b for b in day.breaks.values() if b.who == who and b.state == "accepted"]:
            writing.happen("break_cancel", **{"break": rest.id})
        now = moment(writing.at)
        for one in [s for s in day.stand_ins.values() if s.who == who and not s.ended]:
            if one.span.end > now and (no := writing.attempt("stand_in_cancel", stand_in=one.id)):
                return no
        return ""

    def _move(self, who: str, post: str | None) -> str:
        """Another post: somebody who is there moves, if they can leave; others go there when they sign on."""
        writing, day = self.writing, self.writing.day.fold.day
        if post is None or not day.people[who].home:
            return ""
        if post not in day.posts:
            return f"{writing.names.of(post)}今天没有开岗，{writing.names.of(who)}今天改不过去；新设的岗位从明天起算。"
        if who not in day.signed_on or day.own_post(who) == post:
            return ""
        return writing.attempt("sign_on", who=who, post=post)

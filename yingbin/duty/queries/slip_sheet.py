"""The rows of a day's 《信息传递单》: the opening checks with what was done, slips and repairs with their answers (SF-4.1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from django.db.models import Q
from django.urls import reverse

from yingbin.matters.models import Matter, MatterStep
from yingbin.matters.queries.lists import names_of_parties, parties_of, title_of
from yingbin.matters.queries.steps import step_of
from yingbin.matters.words import clock_title, status_of
from yingbin.people.calendar import ZONE
from yingbin.people.models import Post
from yingbin.rules import matters as rule
from yingbin.sheets.columns import SheetLine

from ..hours import day_of, turn_of
from ..kinds import LINE_OF
from ..models import DutyEvent
from ..words import RESULTS
from .handover_sheet import seen_on
from .picture import Picture, SeenItem, SeenTask

# Whose word says what was done; the owner's own last word says that it is so.
FINISHED, SETTLED = "finish", ("done", "cancel")
GRADES = {"normal": "一般"}


@dataclass(frozen=True, kw_only=True)
class SlipLine(SheetLine):
    """A row of the day's slip."""

    sender: str
    to: str
    content: str
    place: str
    urgency: str
    demand: str
    result: str
    handler: str
    finished_at: datetime | None
    verifier: str


def slip_lines(site_id: UUID, day: date, now: datetime) -> list[SlipLine]:
    """What the day's slip holds: its opening checks, then all that was open on it, by number."""
    seen, number = seen_on(site_id, day, now), count(1)
    checks = _checks(seen, number, linked=day == day_of(now)) if seen else ()
    return [*checks, *_Slips(site_id, day).lines(number)]


def _checks(seen: Picture, number: Iterator[int], *, linked: bool) -> Iterator[SlipLine]:
    signers = _signers(seen)
    for task in (t for t in seen.tasks if t.kind == "opening"):
        signed = signers.get(task.id, "")
        yield SlipLine(
            id=uuid5(UUID(task.post_id), f"{seen.day} {task.id}"),
            number=next(number),
            at=task.done_at or task.due,
            signed="",
            link=reverse("duty:check", args=[task.id]) if linked else "",
            sender=signed,
            to="接待领班",
            content=f"{task.title}。{_results(task)}",
            place=task.post,
            urgency="",
            demand="开门前半小时做完",
            result=_outcome(task),
            handler=signed,
            finished_at=task.done_at,
            verifier="",
        )


def _signers(seen: Picture) -> dict[str, str]:
    """Who signed each check off."""
    rows = DutyEvent.objects.filter(log=seen.log, event="sign", accepted=True).order_by("index")
    told = [(str(row.facts["task"]), seen.person(str(row.facts["who"]))) for row in rows]
    return {task: person.name for task, person in told if person}


def _results(task: SeenTask) -> str:
    by: dict[str, list[SeenItem]] = defaultdict(list)
    for item in task.items:
        by[item.answer].append(item)
    order = [*RESULTS.items(), ("", "没有查")]
    return "".join(f"{said}：{'、'.join(map(_item, by[r]))}。" for r, said in order if by[r])


def _item(item: SeenItem) -> str:
    return f"{item.title}（第{item.line.number}号）" if item.line else item.title


def _outcome(task: SeenTask) -> str:
    wrong = [i for i in task.items if i.answer == "failed"]
    if task.state != "done":
        return "一直没有做" if task.state == "missing" else "还没有签"
    return f"{len(wrong)} 项不正常，已另写单跟进" if wrong else "全部正常"


class _Slips:
    """Slips, damages and repairs that were open on a day, with what people said."""

    def __init__(self, site_id: UUID, day: date) -> None:
        self.posts = {
            p.id: p.name for p in Post.objects.filter(site_id=site_id, rule__isnull=False)
        }
        first = turn_of(day) - timedelta(days=1)
        rows = Matter.objects.filter(
            Q(closed_at__isnull=True) | Q(closed_at__gte=first),
            site_id=site_id, kind__in=LINE_OF, subject_app="duty.post",
            subject_id__in=list(self.posts), opened_at__lt=turn_of(day),
        )  # fmt: skip
        self.rows = list(rows.order_by("number"))
        self.steps: dict[UUID, list[rule.Step]] = defaultdict(list)
        for step in MatterStep.objects.filter(matter__in=self.rows).order_by("index"):
            self.steps[step.matter_id].append(step_of(step))
        self.names = names_of_parties(self._parties())

    def _parties(self) -> Iterator[str]:
        for row in self.rows:
            yield from (*parties_of(row), str(row.opened_by or ""))
            yield from (step.by for step in self.steps[row.id])

    def lines(self, number: Iterator[int]) -> Iterator[SlipLine]:
        for row in self.rows:
            yield self._line(row, next(number))

    def _line(self, row: Matter, number: int) -> SlipLine:
        kind, steps = rule.KINDS[row.kind], self.steps[row.id]
        owner, holder, offered = parties_of(row)
        mended = _last(steps, (FINISHED,))
        closed = _last(steps, SETTLED) if row.closed_at else None
        handled = mended or closed
        words = "：".join(t for t in (row.title, row.detail) if t)
        return SlipLine(
            id=row.id,
            number=number,
            at=row.opened_at,
            signed="",
            link=reverse("matters:matter", args=[row.id]),
            sender=self._name(str(row.opened_by or "")),
            to=self._name(offered or holder or owner),
            content=f"第{row.number}号 {title_of(row.kind)}：{words}",
            place=self.posts.get(row.subject_id or row.id, ""),
            urgency=GRADES.get(row.grade, kind.grade_title(row.grade)),
            demand=_demand(row, kind, steps),
            result=_result(row, kind, steps),
            handler=self._name(handled.by) if handled else "",
            finished_at=handled.at if handled else None,
            verifier=self._name(closed.by) if closed and mended else "",
        )

    def _name(self, party: str) -> str:
        return self.names.get(party, "") if party else ""


def _last(steps: Iterable[rule.Step], verbs: Iterable[str]) -> rule.Step | None:
    return next((s for s in reversed(list(steps)) if s.verb in verbs), None)


def _demand(row: Matter, kind: rule.Kind, steps: list[rule.Step]) -> str:
    """Until when what is wanted: what is due next, or was due."""
    if row.due_at:
        return f"{_moment(row.due_at)} 前{clock_title(row)}"
    due = [c for c in rule.replay(row.kind, steps).clocks if c.name == "due" and c.due_at]
    limit = kind.limit(row.grade, "due")
    return f"{_moment(due[-1].due_at)} 前{limit.title if limit else '办结'}" if due else ""


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(ZONE):%m-%d %H:%M}" if at else ""


def _result(row: Matter, kind: rule.Kind, steps: list[rule.Step]) -> str:
    """The last answer, and how it stands."""
    said = _last(steps, (FINISHED, "reply", "promise", "fail", *SETTLED))
    status = status_of(row.state, row.stage, kind)
    return "：".join(t for t in (status, said.note if said else "") if t)

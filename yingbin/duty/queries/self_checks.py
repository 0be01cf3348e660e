"""What the 《工作自查记录表》 holds: what was checked room by room, each fault with who corrected it and when (SC-4.1)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from yingbin.matters.models import Matter, MatterStep
from yingbin.people.models import Post
from yingbin.people.queries import names_of_site
from yingbin.rules.checklists.terms import Item, Section
from yingbin.sheets.columns import SheetLine

from ..models import CheckAnswer, CheckList, CheckReturn, DutyAlert, DutyEvent, DutyLog
from ..words import CHECKS
from .check_lists import lists_from
from .checks import value_words

MOST_DAYS = 31
Key = tuple[UUID, str, str]  # day, check, item


@dataclass(frozen=True, kw_only=True)
class SelfCheckLine(SheetLine):
    """A row of the sheet: a room that was all well, or one thing that wasn't.

    corrected, corrected_at: who put it right and when; "" and None while nobody has.
    """

    day: date
    post: str
    check: str
    task: str
    room: str
    what: str
    result: str
    found: str = ""
    corrected: str = ""
    corrected_at: datetime | None = None
    paper: str = ""
    signers: str = ""

    @property
    def waits(self) -> bool:
        """Whether a fault still has to be put right."""
        return bool(self.found) and self.corrected_at is None


@dataclass(frozen=True)
class _Putting:
    """Who put something right, and when."""

    by: str
    at: datetime | None


def self_checks(site_id: UUID, first: date, last: date) -> list[SelfCheckLine]:
    """The rows of these days, the earliest first; the same few questions however many there are."""
    logs = DutyLog.objects.filter(site_id=site_id, day__range=(first, last)).order_by("day")
    return _Sheet(site_id, list(logs)).lines() if logs else []


class _Sheet:
    def __init__(self, site_id: UUID, logs: list[DutyLog]) -> None:
        self.site_id, self.logs = site_id, logs
        named = {v for log in logs for v in log.opening.get("lists", {}).values()}
        rows = {str(r.id): r for r in CheckList.objects.filter(site_id=site_id, id__in=named)}
        self.lists = {log.id: lists_from(log, rows) for log in logs}
        self.people = names_of_site(site_id)
        self.posts = {
            str(i): n for i, n in Post.objects.filter(site_id=site_id).values_list("id", "name")
        }
        events = DutyEvent.objects.filter(
            log__in=logs, event__in=("answer", "sign", "line_open"), accepted=True
        )
        self.answers: defaultdict[Key, list[DutyEvent]] = defaultdict(list)
        self.signed: defaultdict[tuple[UUID, str], list[DutyEvent]] = defaultdict(list)
        self.matter_of: dict[Key, str] = {}
        for event in events.order_by("log__day", "index"):
            self._sort(event)
        self.kept = {a.event_id: a for a in CheckAnswer.objects.filter(log__in=logs)}
        back = CheckReturn.objects.filter(log__in=logs).select_related("redone").order_by("seq")
        self.back: dict[Key, CheckReturn] = {(r.log_id, r.task, r.item): r for r in back}
        missing = DutyAlert.objects.filter(log__in=logs, what="missing").order_by("index")
        self.missing = {(a.log_id, str(a.facts["task"])): a for a in missing}
        self._matters()

    def name(self, who: UUID | None) -> str:
        """Somebody's name; "" for nobody."""
        return self.people.get(str(who), "")

    def _sort(self, event: DutyEvent) -> None:
        task = str(event.facts.get("task", ""))
        if event.event == "answer":
            self.answers[event.log_id, task, str(event.facts["item"])].append(event)
            self.signed.pop((event.log_id, task), None)
        elif event.event == "sign":
            self.signed[event.log_id, task].append(event)
        elif task:
            key = (event.log_id, task, str(event.facts["item"]))
            self.matter_of[key] = str(event.facts["line"])

    def _matters(self) -> None:
        rows = Matter.objects.filter(site_id=self.site_id, id__in=set(self.matter_of.values()))
        self.matters = {str(m.id): m for m in rows}
        ends = MatterStep.objects.filter(matter__in=rows, at=F("matter__closed_at"))
        self.closed_by = {str(s.matter_id): s.by for s in ends.order_by("index")}

    def lines(self) -> list[SelfCheckLine]:
        """All rows, numbered from 1."""
        found = (line for log in self.logs for line in self._of_day(log))
        return [replace(line, number=number) for number, line in enumerate(found, 1)]

    def _of_day(self, log: DutyLog) -> Iterator[SelfCheckLine]:
        tasks = {task for day, task, _ in self.answers if day == log.id}
        tasks |= {task for day, task in self.missing if day == log.id}
        for task in sorted(tasks, key=lambda t: self._begun(log, t)):
            yield from self._of_task(log, task)

    def _begun(self, log: DutyLog, task: str) -> datetime:
        ats = [e[0].at for (day, t, _), e in self.answers.items() if (day, t) == (log.id, task)]
        return min(ats, default=self.missing[log.id, task].at if not ats else log.last_at)

    def _of_task(self, log: DutyLog, task: str) -> Iterator[SelfCheckLine]:
        check = task.split("/")[1]
        there = {i for day, t, i in self.answers if (day, t) == (log.id, task)}
        if not there:
            alert = self.missing[log.id, task]
            yield self._line(log, task, alert.id, alert.at, "", "全部", "没有做", "到时没有做")
            return
        for section in self.lists[log.id][check].sections:
            items = [i for i in section.items if i.id in there]
            yield from self._of_room(log, task, section, items)

    def _of_room(
        self, log: DutyLog, task: str, section: Section, items: list[Item]
    ) -> Iterator[SelfCheckLine]:
        well = [i for i in items if not self._wrong((log.id, task, i.id))]
        if well:
            last = [self.answers[log.id, task, i.id][-1] for i in well]
            what = "、".join(self._said(i, e) for i, e in zip(well, last, strict=True))
            latest = max(last, key=lambda e: e.index)
            yield self._line(log, task, latest.id, latest.at, section.title, what, "正常")
        for item in items:
            if self._wrong((log.id, task, item.id)):
                yield self._fault(log, task, section, item)

    def _wrong(self, key: Key) -> bool:
        return key in self.back or any(e.facts["result"] == "failed" for e in self.answers[key])

    def _said(self, item: Item, event: DutyEvent) -> str:
        if event.facts["result"] == "na":
            return f"{item.title}（不适用：{event.reason}）"
        value = value_words(item, self.kept.get(event.id))
        return f"{item.title} {value}".strip()

    def _fault(self, log: DutyLog, task: str, section: Section, item: Item) -> SelfCheckLine:
        key = (log.id, task, item.id)
        bad = [e for e in self.answers[key] if e.facts["result"] == "failed"]
        back, matter = self.back.get(key), self.matters.get(self.matter_of.get(key, ""))
        event = bad[-1] if bad else self.answers[key][-1]
        words = [matter.title] if matter else [self._said(item, event)] if bad else []
        words += [f"领班退回：{back.word}"] if back else []
        put = self._put_right(key, event, matter, back)
        return self._line(
            log, task, event.id, event.at, section.title, item.title,
            "不正常" if bad else "退回", "；".join(words), put,
            f"第{matter.number}号" if matter else "",
        )  # fmt: skip

    def _put_right(
        self, key: Key, event: DutyEvent, matter: Matter | None, back: CheckReturn | None
    ) -> _Putting:
        """By settling its slip or repair, else by looking again and finding it in order."""
        if matter is not None and matter.closed_at:
            return _Putting(self.name(self.closed_by.get(str(matter.id))), matter.closed_at)
        again = getattr(back, "redone", None)
        if again is not None and again.result == "ok":
            return _Putting(self.name(again.by), again.at)
        after = [e for e in self.answers[key] if e.index > event.index]
        if after and after[-1].facts["result"] == "ok":
            return _Putting(self.name(after[-1].by), after[-1].at)
        return _Putting("", None)

    def _line(
        self, log: DutyLog, task: str, row: UUID, at: datetime, room: str, what: str,
        result: str, found: str = "", put: _Putting | None = None, paper: str = "",
    ) -> SelfCheckLine:  # fmt: skip
        post, check, *number = task.split("/")
        signed = self.signed.get((log.id, task), [])
        nth = f"（第{number[0]}次）" if number else ""
        return SelfCheckLine(
            id=row,
            number=0,
            at=at,
            signed="",
            day=log.day,
            post=self.posts.get(post, ""),
            check=f"{CHECKS[check]}{nth}",
            task=task,
            room=room,
            what=what,
            result=result,
            found=found,
            corrected=put.by if put else "",
            corrected_at=put.at if put else None,
            paper=paper,
            signers="、".join(dict.fromkeys(self.name(e.by) for e in signed)),
        )


def row_of(site_id: UUID, row: UUID) -> tuple[str, date] | None:
    """The check and the day that a row is of: by its answer, or by the alert of a check that nobody made."""
    event = DutyEvent.objects.filter(site_id=site_id, id=row, event="answer").first()
    alert = DutyAlert.objects.filter(site_id=site_id, id=row, what="missing").first()
    found = event or alert
    return (str(found.facts["task"]), found.log.day) if found is not None else None

"""A day of the running system as a file of the replay contract; and whether stored state and replay are one."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils import timezone

from yingbin.rules.duty.log import Entry
from yingbin.rules.duty.replay import replay

from .folding import Day, Names, events_of, folded, moment, numbers, told, when
from .hours import turn_of
from .models import DutyAlert, DutyEvent, DutyLog
from .opening import Plain, written
from .queries.check_lists import item_names, lists_of
from .standing import kept, troubles


def logs(site_id: UUID, day: date | None = None) -> list[DutyLog]:
    """The days on duty of a site, or one of them, the oldest first."""
    rows = DutyLog.objects.filter(site_id=site_id).order_by("day")
    return list(rows.filter(day=day) if day else rows)


def contract_day(log: DutyLog) -> Plain:
    """The day in the contract's form with names for ids, as far as it has come."""
    return _named(log, events_of(log))


def _named(log: DutyLog, rows: list[DutyEvent]) -> Plain:
    raw = {**log.opening, "events": [told(row) for row in rows], "until": written(log.last_at)}
    raw.pop("lists", None)  # the house's own: which versions the items came from
    names = Names(log.site_id)
    names.add(_numbers(log.site_id, raw))
    names.add(item_names(lists_of(log)))
    filled = _filled(raw, names)
    assert isinstance(filled, dict)
    return filled


def _numbers(site_id: UUID, raw: Plain) -> dict[str, str]:
    """Slips and repairs by their number."""
    events, lines = raw["events"], raw["lines"]
    assert isinstance(events, list)
    assert isinstance(lines, list)
    return numbers(site_id, {str(one["line"]) for one in [*events, *lines] if "line" in one})


def _filled(value: object, names: Names) -> object:
    if isinstance(value, str):
        return names.put_in(value)
    if isinstance(value, list):
        return [_filled(one, names) for one in value]
    if isinstance(value, dict):
        return {names.put_in(k): _filled(v, names) for k, v in value.items()}
    return value


def disagreements(log: DutyLog) -> Iterator[str]:
    """Every way in which the stored day and its replay aren't one, in words."""
    rows = events_of(log)
    day = folded(log, rows)
    fold = day.fold
    fold.run(moment(log.last_at))
    decided = [entry.what == "accepted" for entry in fold.log if entry.to is None]
    for row, accepted in zip(rows, decided, strict=True):
        if row.accepted != accepted:
            yield f"第 {row.index} 件：存的是{_word(row.accepted)}，重放是{_word(accepted)}"
    yield from _alerts(log, [e for e in fold.log if e.to is not None])
    late = day.late if "late" in log.standing else None  # days of before don't know who came late
    if kept(fold.day, moment(log.last_at), late) != log.standing:
        yield "存的当前情况和重放的不一样"
    yield from _notes(day)
    yield from _export(log, rows, decided)


def _notes(day: Day) -> Iterator[str]:
    """What is noted beside the day for quick pages: trouble, how many were told, when the clock looks again."""
    log, fold = day.log, day.fold
    if log.trouble is not None and log.trouble != troubles(fold.day, moment(log.last_at)):
        yield "存的异常和重放的不一样"
    told = len(day.alerts())
    if log.told != told:
        yield f"记的是提醒过 {log.told} 条，重放是 {told} 条"
    coming = day.next_after(log.last_at)
    over = log.next_at is None and timezone.now() >= turn_of(log.day)
    if log.next_at != coming and not over:
        yield "记的下一次到时间和重放的不一样"


def _word(accepted: bool) -> str:
    return "准许" if accepted else "不准"


def _alerts(log: DutyLog, entries: list[Entry]) -> Iterator[str]:
    rows = list(DutyAlert.objects.filter(log=log).order_by("index"))
    stored = [(r.what, r.to, r.at, r.because, r.facts) for r in rows]
    again = [(e.what, e.to, when(e.at), e.because, e.more) for e in entries]
    if stored != again:
        first = next(
            (n for n, (a, b) in enumerate(zip(stored, again, strict=False)) if a != b), None
        )
        place = min(len(stored), len(again)) if first is None else first
        yield f"第 {place} 条提醒起，存的和重放的不一样（存 {len(stored)} 条，重放 {len(again)} 条）"


def _export(log: DutyLog, rows: list[DutyEvent], decided: list[bool]) -> Iterator[str]:
    """The exported file, replayed by the command's own function, decides the same."""
    entries = replay(_named(log, rows))["log"]
    assert isinstance(entries, list)
    again = [e["what"] == "accepted" for e in entries if e["what"] in ("accepted", "refused")]
    if again != decided:
        yield "导出的文件重放出来的决定不一样"

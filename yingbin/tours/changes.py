"""What an edit changes, and what would follow from it, before it is done (CV-3.2.1)."""

from dataclasses import dataclass
from datetime import datetime

from yingbin.rules.times import written
from yingbin.rules.tours.visit import Visit

from .allowed import Look
from .forms.application import WindowForm
from .models import TourVisit
from .office import Standing
from .words import AREA_WORDS, TASK_WORDS

Changed = dict[str, str | int | bool | tuple[str, ...]]


@dataclass(frozen=True)
class Follow:
    """One thing that would follow. look: how it is shown."""

    words: str
    look: str = "waiting"


def changed_of(row: TourVisit, form: WindowForm) -> Changed:
    """What the form says otherwise than the visit is, as the contract names it."""
    start, end = form.window
    told = form.cleaned_data
    changed: Changed = {}
    if start != row.starts_at:
        changed["from"] = written(start)
    if end != row.ends_at:
        changed["to"] = written(end)
    if told["headcount"] != row.headcount:
        changed["headcount"] = told["headcount"]
    if set(told["areas"]) != {name for name, _, _ in row.state["areas"]}:
        changed["areas"] = tuple(told["areas"])
    return changed


def follows(row: TourVisit, stands: Standing, changed: Changed, at: datetime) -> list[Follow]:
    """Who would be asked again, what would be void; empty where nothing would follow, or the edit be refused."""
    look = Look(row, stands, at)
    before = look.visit
    told = {name: list(v) if isinstance(v, tuple) else v for name, v in changed.items()}
    after = look.tried("edit", dict(told)) if changed else None
    return [] if after is None else list(_follows(before, after))


def _follows(before: Visit, after: Visit) -> list[Follow]:
    found = []
    asked = [
        n for n, one in after.areas.items() if one.state == "asked" and _was(before, n) != "asked"
    ]
    if asked:
        found.append(Follow(f"{_named(asked)}要重新答复"))
    closed = [
        n for n, one in after.areas.items() if one.state == "closed" and n not in before.areas
    ]
    if closed:
        found.append(Follow(f"{_named(closed)}不对这类客人开放", "danger"))
    if before.company and not after.company:
        found.append(Follow("公司要重新批示"))
    void = sum(b.valid and not a.valid for b, a in zip(before.passes, after.passes, strict=True))
    if void:
        found.append(Follow(f"{void} 张参观证作废，要收回", "danger"))
    if before.plan_sent and not after.plan_sent:
        found.append(Follow("接待方案要重新发"))
    if before.room and after.room != before.room:
        found.append(Follow(f"房间换成{after.room}" if after.room else f"{before.room}让出来"))
    undone = [w for t, w in TASK_WORDS.items() if t in before.done and t not in after.done]
    if undone:
        found.append(Follow(f"{'、'.join(undone)}要重新办"))
    return found or [Follow("不用重新问谁，已经答复的照旧", "free")]


def _was(visit: Visit, area: str) -> str:
    return visit.areas[area].state if area in visit.areas else ""


def _named(areas: list[str]) -> str:
    return "、".join(AREA_WORDS[name] for name in areas)

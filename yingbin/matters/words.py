"""How matters are worded on screen and in notices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yingbin.people.models import Staff
from yingbin.people.roles import ROLES
from yingbin.rules import matters as rule
from yingbin.rules.gone import colleague

from .models import Matter

STATUS = {
    "open": "待处理",
    "offered": "等人接手",
    "accepted": "处理中",
    "answered": "待告知客户",
    "closed": "已办结",
    "cancelled": "已取消",
}

VERBS = {
    "open": "提出",
    "offer": "转交",
    "accept": "接手",
    "decline": "不接",
    "withdraw": "收回转交",
    "take": "来办",
    "assign": "改派经办人",
    "assign_owner": "改派负责人",
    "hand_over": "交接",
    "answer": "答复",
    "tell": "已告知客户",
    "done": "办好了",
    "acknowledge": "知道了",
    "postpone": "改时限",
    "pause": "暂停",
    "resume": "继续办",
    "change": "改级别",
    "reopen": "重新打开",
    "cancel": "取消",
    "note": "备注",
    "remind": "提醒",
    "late": "到了时限",
    "escalate": "超时上报",
    "pause_over": "暂停时间用完",
    "chase": "自动催办",
    "lapse": "不再需要",
}
# On a button, where it isn't the word of the history.
PLACED = {
    "accept": "我来送",
    "offer": "转给别人",
    "note": "加备注或照片",
    "cancel": "取消这件事",
    "take": "我来办",
}


def link_to(matter_id: UUID) -> str:
    """The page of a matter, as a path."""
    return reverse("matters:matter", args=[matter_id])


NEXT = {
    "accept": "等您接手",
    "take": "等人来办",
    "answer": "等您答复",
    "tell": "请告诉客户",
    "done": "等您办",
    "acknowledge": "等您确认",
}


def waiting_for(verb: str, kind: rule.Kind | None) -> str:
    """What stands in a list for the person whose turn it is; "" where it is nobody's."""
    own = kind.verbs.get(verb) if kind else None
    return (own.waits or f"等您{own.title}") if own else NEXT.get(verb, "")


SAID = {
    "offer": "已转给对方，对方接手之前仍由原来的人负责。",
    "accept": "已接手，现在由您负责。",
    "decline": "已回绝，原负责人会收到原因。",
    "withdraw": "已收回，仍由原来的人负责。",
    "take": "现在由您办。",
    "assign": "经办人已改，对方会收到通知。",
    "assign_owner": "负责人已改，对方会收到通知。",
    "answer": "答复已记下，告诉客户之后才算办结。",
    "tell": "客户已得到答复，这件事办结了。",
    "done": "办好了，这件事办结了。",
    "acknowledge": "已确认。",
    "postpone": "时限已改。",
    "pause": "已暂停，时限停着不走。",
    "resume": "已继续，时限接着走。",
    "change": "已改，时限按新的级别重新算。",
    "reopen": "已重新打开。",
    "cancel": "已取消。",
    "note": "已记下。",
}
# Verbs that need words; `note` needs them where no photo comes with it.
NEEDS_WORDS = frozenset(
    {"decline", "assign", "assign_owner", "answer", "postpone", "change", "reopen", "cancel"}
)
# What a verb asks for, and what its words are called.
_ASKS: dict[str, tuple[tuple[str, ...], str]] = {
    "offer": (("to", "note"), "捎句话"),
    "decline": (("note",), "原因"),
    "assign": (("to", "note"), "原因"),
    "assign_owner": (("to", "note"), "原因"),
    "answer": (("note", "photos"), "答复内容"),
    "done": (("note", "photos"), "结果"),
    "postpone": (("due_at", "note"), "原因"),
    "pause": (("reason", "note"), "说明"),
    "change": (("grade", "note"), "原因"),
    "note": (("note", "photos"), "备注"),
    "reopen": (("note",), "原因"),
    "cancel": (("note",), "原因"),
}


def asks_of(verb: str, kind: rule.Kind) -> tuple[tuple[str, ...], str]:
    """The fields a verb asks for, and what its words are called."""
    own = kind.verbs.get(verb)
    asks, note = (("note", "photos"), "说明") if own else _ASKS.get(verb, ((), ""))
    if own and own.agrees:
        asks = ("due_at", *asks)
    # Where the verb says what its photos show, nobody is asked for it.
    told_apart = "photos" in asks and bool(kind.photos) and not (own and own.photo)
    return (*asks, "purpose") if told_apart else asks, note


def status_of(state: str, stage: str, kind: rule.Kind | None) -> str:
    """Where a matter stands, in words: an open one's stage where its kind has a word for it."""
    over = state in rule.ENDS
    words = kind.stages.get(stage, "") if kind and not over and state != "offered" else ""
    return words or STATUS.get(state, state)


def takers(
    colleagues: Iterable[Staff], *, groups: bool = True, without: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Whom a matter can be given to, as choices: people, then departments and roles somebody here has."""
    departments: dict[str, str] = {}
    roles: dict[str, str] = {}
    people: list[tuple[str, str]] = []
    for one in colleagues:
        people.append((str(one.id), one.name))
        for held in one.held:  # type: ignore[attr-defined]
            if held.department_id:
                departments[f"department:{held.department_id}"] = held.department.name
            if held.role in ROLES:
                roles[f"role:{held.role}"] = f"{ROLES[held.role].title}（谁有空谁接）"
    named = [*people, *sorted(departments.items()), *sorted(roles.items())] if groups else people
    return [(party, words) for party, words in named if party not in set(without)]


def clock_title(matter: Matter) -> str:
    """What is due next, in words."""
    kind = rule.KINDS.get(matter.kind)
    limit = kind.limit(matter.grade, matter.due_clock) if kind else None
    return limit.title if limit else "时限"


@dataclass(frozen=True)
class ClockShown:
    """A clock as the page shows it. look: of the pill."""

    title: str
    due_at: datetime | None
    words: str
    look: str


_HOW = {"paused": "暂停中", "met": "按时", "replaced": "已换新时限", "void": "不再算"}


def clocks_shown(state: rule.State, kind: rule.Kind, now: datetime) -> tuple[ClockShown, ...]:
    """The matter's clocks, those that run first and of these the next due one."""
    far = datetime.max.replace(tzinfo=now.tzinfo)
    ordered = sorted(state.clocks, key=lambda c: (not c.going, c.due_at or far))
    return tuple(_shown(one, state, kind, now) for one in ordered if one.how != "void")


def _shown(one: rule.Clock, state: rule.State, kind: rule.Kind, now: datetime) -> ClockShown:
    limit = kind.limit(state.grade, one.name)
    late = one.is_late(now)
    words, look = _HOW.get(one.how, "计时中"), "waiting" if one.going else "free"
    if late:
        words, look = ("已超时" if one.going else "超时后才办"), "danger"
    return ClockShown(limit.title if limit else one.name, one.due_at, words, look)


@dataclass(frozen=True)
class Told:
    """A line of a matter's history."""

    who: str
    words: str
    note: str
    at: datetime


def history(steps: Sequence[rule.Step], names: Mapping[str, str], kind: rule.Kind) -> list[Told]:
    """What happened, the latest first."""
    return [_told(step, names, kind) for step in reversed(steps)]


def _told(step: rule.Step, names: Mapping[str, str], kind: rule.Kind) -> Told:
    own = kind.verbs.get(step.verb)
    words = own.title if own else VERBS.get(step.verb, step.verb)
    limit = kind.limit(step.grade or kind.grades[0], step.clock) if step.clock else None
    if limit:
        words = f"{words}（{limit.title}）"
    if step.reason:
        words = f"{words}：{kind.pauses.get(step.reason, step.reason)}"
    if step.photos:
        count = f"{step.photos} 张{kind.photos.get(step.purpose, '')}照片"
        words = f"加了 {count}" if step.verb == "note" else f"{words}，附 {count}"
    if step.to and step.verb != "open":
        joined = (
            "给"
            if step.verb in ("offer", "hand_over")
            else "为"
            if step.verb.startswith("assign")
            else ""
        )
        words = f"{words}{joined} {colleague(names, step.to)}"
    who = colleague(names, step.by) if step.by else "系统"
    return Told(who, words, step.note if step.by else "", step.at)

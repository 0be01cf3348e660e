"""The five kinds of SD-4.2 on `rules/matters`: their verbs and stages, their clocks by an office's policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from .. import matters
from ..matters import ACCEPT, Kind, Level, Limit, Verb
from .policy import KINDS, DeskPolicy, LimitRow, grades_of

TITLES = {
    "enquiry": "咨询",
    "help": "求助",
    "paid": "有偿服务",
    "suggestion": "建议",
    "complaint": "投诉",
}
CLAUSES = {
    "enquiry": "SD-4.2.1",
    "help": "SD-4.2.2",
    "paid": "SD-4.2.3",
    "suggestion": "SD-4.2.4",
    "complaint": "SD-4.2.5",
}
PAUSES = {
    "resident": "等住户",
    "parts": "等配件",
    "access": "进不了门",
    "third_party": "等第三方",
}
CALLBACK = "callback"
CLOCK_TITLES = {
    "respond": "响应",
    "arrive": "到场",
    "solve": "解决",
    "reply": "答复",
    ACCEPT: "接手",
    CALLBACK: "回访",
}
COUNTS = frozenset({"accept", "decline", "report", "assign", "assign_owner"})
# The matter is closed, and the resident will be called back.
FOLLOW_UP = "follow_up"

_EVERY: dict[str, Verb] = {
    "respond": Verb("响应"),
    "answer": Verb("答复", then="solved", answers=True),
    "reduce": Verb("减免", keeps_pause=True),
    FOLLOW_UP: Verb("安排回访"),
    "call": Verb("回访未接通"),
    "call_over": Verb("回访"),
}
_ON_SITE: dict[str, Verb] = {
    "arrive": Verb("到场", then="arrived"),
    "done": Verb("完工", then="solved", answers=True),
}
_OWN: dict[str, dict[str, Verb]] = {
    "enquiry": {"answer_at_once": Verb("当场答复", answers=True, closes=True)},
    "help": _ON_SITE,
    "paid": {
        **_ON_SITE,
        "quote": Verb("报价", moves={"working": "arrived"}),
        "agree": Verb("住户同意报价"),
        "disagree": Verb("住户不同意报价"),
        "start": Verb("开工", then="working"),
    },
    "suggestion": {
        "analyse": Verb("分析", then="analysed"),
        "report": Verb("上报", then="reported", hands=True),
    },
    "complaint": {
        "respond": Verb("受理", then="acknowledged"),
        "assess": Verb("定级", moves={"acknowledged": "assessed"}),
        "investigate": Verb("调查", then="investigated"),
        "answer": Verb("提出方案", then="proposed", answers=True),
        "tell": Verb("告知方案", then="told"),
        "agree": Verb("住户认可", closes=True),
        "disagree": Verb("住户不认可", then="assessed", answers=False),
        "conclude": Verb("未达成一致办结", closes=True),
    },
}


def kinds_of(policy: DeskPolicy) -> Mapping[str, Kind]:
    """The five kinds with this office's limits."""
    return {name: _kind(name, policy) for name in KINDS}


def _kind(name: str, policy: DeskPolicy) -> Kind:
    rows = {grade: policy.row(name, grade) for grade in grades_of(name)}
    return Kind(
        name,
        TITLES[name],
        "tell",
        CLAUSES[name],
        {grade: tuple(_limits(name, row, policy)) for grade, row in rows.items()},
        accepting="holder",
        counts=COUNTS,
        free_hand_offs=policy.free_hand_offs,
        pauses=PAUSES,
        pause_cap=timedelta(minutes=policy.pause_cap),
        pause_always=frozenset(grade for grade, row in rows.items() if row.always),
        no_pause_while=frozenset({"respond"}),
        verbs={**_EVERY, **_OWN[name]},
    )


def _limits(kind: str, row: LimitRow, policy: DeskPolicy) -> Iterator[Limit]:
    """The clocks of a row, in the order in which marks of the same second come."""
    complaint = kind == "complaint"
    if row.respond is not None:
        met = frozenset({"respond", "arrive", "tell"})
        yield replace(_marked("respond", row.respond, row, policy), met=met)
    if row.arrive is not None and kind in ("help", "paid"):
        met = frozenset({"arrive", "answer"})
        yield replace(_marked("arrive", row.arrive, row, policy), met=met)
    solve, met = _marked("solve", row.solve, row, policy), frozenset({"done", "answer"})
    again = frozenset({"open", "disagree"} if complaint else {"open"})
    yield replace(solve, starts=again, met=met, renewed=frozenset({"report"}))
    reply = _marked("reply", row.reply, row, policy)
    starts = met | {"tell"} if complaint else met
    words = frozenset({"agree", "disagree", "conclude"} if complaint else ())
    yield replace(reply, starts=starts, met=words | {"tell"})
    yield from _without_warning(kind, row, policy)


def _without_warning(kind: str, row: LimitRow, policy: DeskPolicy) -> Iterator[Limit]:
    """The clocks that are late and no more: of an offer, and of a call-back."""
    yield Limit(
        ACCEPT,
        CLOCK_TITLES[ACCEPT],
        timedelta(minutes=row.accept),
        row.always,
        starts=frozenset({"offer"}),
        met=frozenset(),
        late=("offered_head",),
    )
    yield Limit(
        CALLBACK,
        CLOCK_TITLES[CALLBACK],
        timedelta(minutes=policy.callback_within[kind]),
        starts=frozenset({FOLLOW_UP}),
        met=frozenset({"call_over"}),
        void=frozenset({"reopen"}),
        late=("supervisor",),
    )


def _marked(clock: str, minutes: int, row: LimitRow, policy: DeskPolicy) -> Limit:
    """A clock with a warning, its lateness and a ladder; a reply is owed by the owner alone."""
    reply, within = clock == "reply", timedelta(minutes=minutes)
    told = ("owner",) if reply else ("owner", "holder")
    ladder = ("owner_head" if reply else "holder_head", "supervisor", "manager")
    rungs = zip(row.ladder, ladder, strict=True)
    return Limit(
        clock,
        CLOCK_TITLES[clock],
        within,
        row.always,
        warn=matters.warn_at(within, policy.warn_percent),
        warned=told,
        late=told,
        ladder=tuple(Level(timedelta(minutes=after), (to,)) for after, to in rungs),
    )

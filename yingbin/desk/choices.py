"""What an office may choose (`rules.desk.policy`), as one policy of the site; its lines stand on the page 时限.

The figures shipped are the contract's usual ones; each line says what kind of figure it is, and every office changes
them with a reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.journal.trips import Ask, ask
from yingbin.people.policies import Policy, declare
from yingbin.people.policy_rows import Number, Plain, Row
from yingbin.rules.decision import Refused
from yingbin.rules.desk.kinds import CLAUSES, CLOCK_TITLES, TITLES
from yingbin.rules.desk.policy import (
    CALLBACK_PERCENT,
    CALLBACK_WITHIN,
    KINDS,
    LIMITS,
    DeskPolicy,
    LimitRow,
    grades_of,
)

from .kinds import GRADES
from .subjects import SHIPPED, Topic

AT = ("management_office",)
USUAL = DeskPolicy()


@dataclass(frozen=True)
class Span:
    """A limit in minutes."""

    minutes: int


@dataclass(frozen=True)
class Rungs:
    """Three spans after a limit, in minutes, after which the next one up is told."""

    minutes: tuple[int, int, int]


@dataclass(frozen=True)
class Share:
    """How many of a hundred."""

    percent: int


@dataclass(frozen=True)
class RowChoice:
    """What an office chose of one kind and grade; None: as shipped."""

    respond: Span | None = None
    arrive: Span | None = None
    solve: Span | None = None
    reply: Span | None = None
    accept: Span | None = None
    ladder: Rungs | None = None


@dataclass(frozen=True)
class DeskChoices:
    """An office's choices. limits: by the contract's name of the row, such as `help_urgent`.

    scoped: whether the departments of `subjects` bind (SD-4.2.2); until then every department serves everything.
    """

    limits: Mapping[str, RowChoice] = field(default_factory=dict)
    warn_percent: int = USUAL.warn_percent
    pause_cap: int = USUAL.pause_cap
    free_hand_offs: int = USUAL.free_hand_offs
    repeat_days: int = USUAL.repeat_days
    callback_tries: int = USUAL.callback_tries
    callback_percent: Mapping[str, Share] = field(default_factory=dict)
    callback_within: Mapping[str, Span] = field(default_factory=dict)
    seed: str = USUAL.seed
    subjects: tuple[Topic, ...] = SHIPPED
    scoped: bool = False

    @property
    def offered(self) -> tuple[Topic, ...]:
        """The subjects that something new may be about."""
        return tuple(one for one in self.subjects if not one.retired)

    def not_served(self, key: str) -> Topic | None:
        """The subject, where the house doesn't do it: a help request about it is answered by who does."""
        found = next((one for one in self.subjects if one.key == key), None)
        return found if self.scoped and found and not found.departments else None


MOST = 100_000


def _check(chosen: DeskChoices) -> None:
    for name, row in chosen.limits.items():
        spans = (row.respond, row.arrive, row.solve, row.reply, row.accept)
        if name not in LIMITS or any(span and not 1 <= span.minutes <= MOST for span in spans):
            raise Refused("SD-4.3", "时限要在 1 到 100000 分钟之间，请重新填。")
        rungs = row.ladder.minutes if row.ladder else ()
        if list(rungs) != sorted(rungs) or any(not 0 <= n <= MOST for n in rungs):
            raise Refused("SD-4.3", "上报的时间要一级比一级晚，请重新填。")
    keys = [one.key for one in chosen.subjects]
    if not keys or len(set(keys)) != len(keys) or not all(keys):
        raise Refused("SD-4.2.2", "每个事项要有一个自己的代号，至少留一项。")
    titles = [one.title for one in chosen.subjects if not one.retired]
    twice = next((one for one in titles if titles.count(one) > 1), "")
    if twice or not all(title.strip() for title in titles):
        raise Refused(
            "SD-4.2.2", f"「{twice}」写了两次，请改一个。" if twice else "每个事项要有名称。"
        )


# How a line's figure came about, so that nobody takes a usual figure for a law.
USUAL_WORDS = "行业里常见的数，程序自带；请按本处合同和承诺改。"
_STEPS = ("respond", "arrive", "solve", "reply", "accept")


def rows() -> list[Row]:
    """Kind × grade × clock, then what holds for all."""
    return [*(row for kind in KINDS for row in _of_kind(kind)), *_of_all()]


def _of_kind(kind: str) -> Iterator[Row]:
    for grade in grades_of(kind):
        name = kind if grade == "normal" else f"{kind}_{grade}"
        usual = LIMITS[name]
        named = f"{GRADES[grade]} · " if len(grades_of(kind)) > 1 else ""
        note = "全天" if usual.always else "工作时间"
        for clock in _STEPS:
            if (minutes := getattr(usual, clock)) is not None:
                number = Number("minutes", "时限", "分钟", high=MOST, help=USUAL_WORDS)
                yield Row(
                    f"{name}/{clock}", f"{named}{CLOCK_TITLES[clock]}", (number,), ("limits", name, clock),
                    {"minutes": minutes}, TITLES[kind], note, CLAUSES[kind], AT,
                )  # fmt: skip
        yield Row(
            f"{name}/ladder", f"{named}超时上报", (_RUNGS,), ("limits", name, "ladder"),
            {"minutes": usual.ladder}, TITLES[kind], note, CLAUSES[kind], AT,
        )  # fmt: skip


_RUNGS = Number(
    "minutes", "上报", "分钟", 0, MOST, 3, told="超时 {}", zero="到时限",
    help="从时限到了算起：部门负责人、主管、经理。0 就是一到时限就上报。",
)  # fmt: skip


def _of_all() -> Iterator[Row]:
    for name, title, number in _PLAIN:
        yield Row(name, title, (number,), (), {name: getattr(USUAL, name)}, "客服前台", "", "SD-4.3", AT)  # fmt: skip
    for kind in KINDS:
        if kind in CALLBACK_PERCENT:
            share = Number("percent", "抽", "%", 0, 100, zero="不抽")
            assumed = {"percent": CALLBACK_PERCENT[kind]}
            yield Row(
                f"callback/{kind}/share", f"{TITLES[kind]}回访抽取", (share,), ("callback_percent", kind),
                assumed, "回访", "", "SD-4.3", AT,
            )  # fmt: skip
        within = Number("minutes", "时限", "分钟", high=MOST, help=USUAL_WORDS)
        yield Row(
            f"callback/{kind}/within", f"{TITLES[kind]}办结后回访", (within,), ("callback_within", kind),
            {"minutes": CALLBACK_WITHIN[kind]}, "回访", "工作时间", "SD-4.3", AT,
        )  # fmt: skip


_PLAIN = (
    (
        "warn_percent",
        "快到时限提醒",
        Number("warn_percent", "用掉", "%", 50, 99, help="填 50 到 99。"),
    ),
    (
        "pause_cap",
        "一件事最多停多久",
        Number("pause_cap", "一共", "分钟", 0, MOST, zero="不能暂停"),
    ),
    (
        "free_hand_offs",
        "转手几次后归主管",
        Number("free_hand_offs", "转手", "次", 0, 20, zero="一转就归主管"),
    ),
    (
        "repeat_days",
        "多少天内算重复投诉",
        Number("repeat_days", "之内", "天", 0, 3650, zero="不算"),
    ),
    ("callback_tries", "回访打几次", Number("callback_tries", "最多", "次", 1, 10)),
)
DESK = declare(Policy("desk.office", "客服前台", DeskChoices, "SD-4.3", _check, rows))


def chosen_at(site_id: UUID, at: datetime, through: Ask = ask) -> DeskChoices:
    """The office's choices in force at a moment; one query."""
    return DESK.in_force(site_id, at, through).values


def titles_of(site_id: UUID, at: datetime) -> dict[str, str]:
    """Subjects in residents' words by their keys; those shipped too, since older matters may have them."""
    own = chosen_at(site_id, at).subjects
    return {one.key: one.title for one in (*SHIPPED, *own)}


def in_contract(chosen: DeskChoices, departments: frozenset[str]) -> Plain:
    """The choices in the form of the contract's `policy`. departments: those that there are in the office."""
    plain: Plain = {
        "limits": {name: _row(usual, chosen.limits.get(name)) for name, usual in LIMITS.items()},
        "warn_percent": chosen.warn_percent,
        "pause_cap": chosen.pause_cap,
        "free_hand_offs": chosen.free_hand_offs,
        "urgent_subjects": sorted(one.key for one in chosen.subjects if one.urgent),
        "repeat_days": chosen.repeat_days,
        "seed": chosen.seed,
        "callback_percent": {
            kind: chosen.callback_percent[kind].percent if kind in chosen.callback_percent else usual
            for kind, usual in CALLBACK_PERCENT.items()
        },
        "callback_within": {
            kind: chosen.callback_within[kind].minutes if kind in chosen.callback_within else usual
            for kind, usual in CALLBACK_WITHIN.items()
        },
        "callback_tries": chosen.callback_tries,
    }  # fmt: skip
    if chosen.scoped:
        plain["scope"] = {
            one.key: sorted(departments.intersection(one.departments))
            for one in chosen.subjects
            if one.departments
        }
    return plain


def _row(usual: LimitRow, own: RowChoice | None) -> Plain:
    told: Plain = {name: getattr(usual, name) for name in _STEPS}
    told |= {"ladder": list(usual.ladder), "always": usual.always}
    for name in _STEPS if own else ():
        if span := getattr(own, name):
            told[name] = span.minutes
    if own and own.ladder:
        told["ladder"] = list(own.ladder.minutes)
    return told

"""A site's own limits: what a kind's clocks may take there, instead of what the kind says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.module_loading import import_string

from yingbin.pages.wing import all_wings
from yingbin.people.policies import Policy, declare
from yingbin.people.policy_rows import Chosen, Number, Row
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused

MOST = 100_000  # minutes
MOST_PHOTOS = 9
WARNS = (50, 99)  # per cent of a limit


@dataclass(frozen=True)
class Minutes:
    """A clock's limit and, where told, after how much of it in per cent it warns, and how long after it each rung of
    its ladder is told."""

    within: int
    warn: int | None = None
    ladder: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Least:
    """How many photos a verb needs at least."""

    least: int


@dataclass(frozen=True)
class MatterLimits:
    """By `kind/grade/clock`, such as `question/normal/due`; photos by `kind/verb`, such as `repair/finish`.

    What isn't named keeps its kind's.
    """

    rows: Mapping[str, Minutes] = field(default_factory=dict)
    photos: Mapping[str, Least] = field(default_factory=dict)


def _check(limits: MatterLimits) -> None:
    for name, row in limits.photos.items():
        kind, _, verb = name.partition("/")
        own = rule.KINDS[kind].verbs.get(verb) if kind in rule.KINDS else None
        if own is None or not own.photo or not 0 <= row.least <= MOST_PHOTOS:
            raise Refused("SD-4.3", f"照片张数请填 0 到 {MOST_PHOTOS}，从列表里选是哪一步。")
    _check_clocks(limits)


def _check_clocks(limits: MatterLimits) -> None:
    for name, row in limits.rows.items():
        kind, grade, clock = [*name.split("/"), "", ""][:3]
        own = rule.KINDS.get(kind)
        known = (
            own is not None and not own.by_wing and any(x.clock == clock for x in own.row(grade))
        )
        if not known:
            raise Refused("SD-4.3", f"没有「{name}」这个时限，请从列表里选。")
        rungs = row.ladder or ()
        if not 1 <= row.within <= MOST or list(rungs) != sorted(rungs):
            raise Refused("SD-4.3", "时限要在 1 到 100000 分钟之间，上报的时间一级比一级晚。")
        if row.warn is not None and not WARNS[0] <= row.warn <= WARNS[1]:
            raise Refused("SD-4.3", "提醒要在时限用掉 50 % 到 99 % 的时候，请重新填。")


def _rows() -> list[Row]:
    """A line for every clock of every kind, in the order in which their wings name them."""
    return [row for kind, at in _kinds() for row in _rows_of(kind, at)]


def _kinds() -> Iterator[tuple[rule.Kind, tuple[str, ...]]]:
    """Every kind with the kinds of place its wing works at."""
    for wing in reversed(all_wings()):
        for path in wing.matter_kinds:
            for kind in import_string(path):
                if not kind.by_wing:
                    yield kind, wing.at


def _rows_of(kind: rule.Kind, at: tuple[str, ...]) -> Iterator[Row]:
    for grade, limits in kind.limits.items():
        for limit in limits:
            named = "" if len(kind.limits) == 1 else f"{kind.grade_title(grade)} · "
            name = f"{kind.id}/{grade}/{limit.clock}"
            yield Row(
                name, f"{named}{limit.title}", tuple(_numbers(limit)), ("rows", name),
                _assumed(limit), kind.title, "全天" if limit.always else "工作时间", kind.clause, at,
            )  # fmt: skip
    for verb, own in kind.verbs.items():
        if own.photo:
            yield _photo_row(kind, verb, own, at)


def _photo_row(kind: rule.Kind, verb: str, own: rule.Verb, at: tuple[str, ...]) -> Row:
    name = f"{kind.id}/{verb}"
    many = Number("least", "至少", "张", 0, MOST_PHOTOS, help="0 就是不要求。", zero="不要求")
    title = f"{own.title} · {kind.photos[own.photo]}照片"
    return Row(
        name, title, (many,), ("photos", name), {"least": own.photos}, kind.title, "", kind.clause, at
    )  # fmt: skip


def _numbers(limit: rule.Limit) -> Iterator[Number]:
    yield Number("within", "时限", "分钟", high=MOST)
    if limit.warn is not None:
        low, high = WARNS
        help = (
            f"用掉多少就提醒，填 {low} 到 {high}；不填就还是 {_share(limit.within, limit.warn)} %。"
        )
        yield Number("warn", "提醒", "%", low, high, may_lack=True, help=help, told="用掉 {} 时")
    if limit.ladder:
        help = "从时限到了算起；0 就是一到时限就上报。"
        yield Number(
            "ladder",
            "上报",
            "分钟",
            0,
            MOST,
            len(limit.ladder),
            help=help,
            told="超时 {}",
            zero="到时限",
        )


def _assumed(limit: rule.Limit) -> Mapping[str, Chosen]:
    told: dict[str, Chosen] = {"within": _minutes(limit.within)}
    if limit.warn is not None:
        told["warn"] = _share(limit.within, limit.warn)
    if limit.ladder:
        told["ladder"] = tuple(_minutes(rung.after) for rung in limit.ladder)
    return told


def _share(within: timedelta, warn: timedelta) -> int:
    """After how much of the limit it warns, in per cent."""
    return int(100 - 100 * (warn / within))


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


LIMITS = declare(Policy("matters.limits", "事项时限", MatterLimits, "SD-4.3", _check, _rows))


def kinds_at(site_id: UUID, at: datetime) -> Mapping[str, rule.Kind]:
    """The kinds with what the site chose at that moment; one query."""
    chosen = LIMITS.in_force(site_id, at).values
    if not chosen.rows and not chosen.photos:
        return rule.KINDS
    changed = {name.partition("/")[0] for name in (*chosen.rows, *chosen.photos)}
    return {k: _own(kind, chosen) if k in changed else kind for k, kind in rule.KINDS.items()}


def _own(kind: rule.Kind, chosen: MatterLimits) -> rule.Kind:
    limits = {
        grade: tuple(_limit(x, chosen.rows.get(f"{kind.id}/{grade}/{x.clock}")) for x in row)
        for grade, row in kind.limits.items()
    }
    verbs = {
        verb: replace(own, photos=least.least)
        if (least := chosen.photos.get(f"{kind.id}/{verb}"))
        else own
        for verb, own in kind.verbs.items()
    }
    return replace(kind, limits=limits, verbs=verbs)


def _limit(limit: rule.Limit, own: Minutes | None) -> rule.Limit:
    """The limit as the site has it; where the site doesn't say, it warns as early in proportion as it did."""
    if own is None:
        return limit
    within, warn = timedelta(minutes=own.within), limit.warn
    if warn is not None:
        share = warn * (within / limit.within)
        warn = share if own.warn is None else rule.warn_at(within, own.warn)
    told = own.ladder or ()
    ladder = tuple(
        replace(rung, after=timedelta(minutes=told[n])) if n < len(told) else rung
        for n, rung in enumerate(limit.ladder)
    )
    return replace(limit, within=within, warn=warn, ladder=ladder)

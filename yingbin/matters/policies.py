"""A site's own limits: what a kind's clocks may take there, instead of what the kind says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.people.policies import Policy, declare
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused

MOST = 100_000  # minutes


@dataclass(frozen=True)
class Minutes:
    """A clock's limit and, where told, how long after it each rung of its ladder is told."""

    within: int
    ladder: tuple[int, ...] | None = None


@dataclass(frozen=True)
class MatterLimits:
    """By `kind/grade/clock`, such as `question/normal/due`; what isn't named keeps its kind's."""

    rows: Mapping[str, Minutes] = field(default_factory=dict)


def _check(limits: MatterLimits) -> None:
    for name, row in limits.rows.items():
        kind, grade, clock = [*name.split("/"), "", ""][:3]
        known = kind in rule.KINDS and any(x.clock == clock for x in rule.KINDS[kind].row(grade))
        if not known:
            raise Refused("SD-4.3", f"没有「{name}」这个时限，请从列表里选。")
        rungs = row.ladder or ()
        if not 1 <= row.within <= MOST or list(rungs) != sorted(rungs):
            raise Refused("SD-4.3", "时限要在 1 到 100000 分钟之间，上报的时间一级比一级晚。")


LIMITS = declare(Policy("matters.limits", "事项时限", MatterLimits, "SD-4.3", _check))


def kinds_at(site_id: UUID, at: datetime) -> Mapping[str, rule.Kind]:
    """The kinds with what the site chose at that moment; one query."""
    rows = LIMITS.in_force(site_id, at).values.rows
    if not rows:
        return rule.KINDS
    changed = {name.partition("/")[0] for name in rows}
    return {k: _own(kind, rows) if k in changed else kind for k, kind in rule.KINDS.items()}


def _own(kind: rule.Kind, rows: Mapping[str, Minutes]) -> rule.Kind:
    limits = {
        grade: tuple(_limit(x, rows.get(f"{kind.id}/{grade}/{x.clock}")) for x in row)
        for grade, row in kind.limits.items()
    }
    return replace(kind, limits=limits)


def _limit(limit: rule.Limit, own: Minutes | None) -> rule.Limit:
    """The limit as the site has it; it warns as early in proportion as it did."""
    if own is None:
        return limit
    within = timedelta(minutes=own.within)
    warn = limit.warn * (within / limit.within) if limit.warn is not None else None
    told = own.ladder or ()
    ladder = tuple(
        replace(rung, after=timedelta(minutes=told[n])) if n < len(told) else rung
        for n, rung in enumerate(limit.ladder)
    )
    return replace(limit, within=within, warn=warn, ladder=ladder)

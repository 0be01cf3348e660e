"""What a site may choose: named, typed, dated, signed values; every version is kept with who, when and why.

    @dataclass(frozen=True)
    class Breaks:
        minutes: int = 30

    MINUTES = Number("minutes", "每次", "分钟", low=5, high=120)
    BREAKS = declare(
        Policy("duty.breaks", "休息", Breaks, "SF-4.3.7", rows=lambda: [Row("breaks", "休息", (MINUTES,))])
    )

    BREAKS.in_force(site_id, pen.at).values.minutes    # typed; the defaults while nobody chose
    BREAKS.in_force(site_id, last_monday)              # as it was then
    set_policy(acting, name="duty.breaks", values={"minutes": 45}, reason="客户多，错峰休息")

A version never changes; another choice is a new version, from now or from a later day on, and of two that hold the one
signed last counts. A policy that names its `rows` can be read and changed on the page 时限 by whoever may `limits.set`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Max
from pydantic import TypeAdapter, ValidationError

from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.trips import Ask, Statement, ask
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from .calendar import ZONE
from .models import PolicyValues, SitePolicy
from .policy_rows import Chosen, Plain, Row
from .rows import actor

V = TypeVar("V")
AHEAD = timedelta(days=366)  # how far ahead a choice may begin


@dataclass(frozen=True)
class InForce(Generic[V]):
    """The values that hold, with their version (0: the defaults, which nobody signed)."""

    version: int
    values: V
    since: datetime | None = None
    by: UUID | None = None
    reason: str = ""


@dataclass(frozen=True)
class Policy(Generic[V]):
    """A kind of policy. shape: a frozen dataclass whose every field has a default.

    check: raises `Refused` for values that fit the shape and still make no sense. rows: its lines on the page of a
    site's limits, asked when the page is; a policy without has a page of its own.
    """

    name: str
    title: str
    shape: type[V]
    clause: str | None = None
    check: Callable[[V], None] | None = None
    rows: Callable[[], Sequence[Row]] | None = None

    @cached_property
    def _adapter(self) -> "TypeAdapter[V]":
        return TypeAdapter(self.shape)

    def read(self, plain: Mapping[str, object]) -> V:
        """The typed values. Raises `Refused` for what doesn't fit."""
        try:
            values = self._adapter.validate_python(plain)
        except ValidationError as no:
            where = ".".join(str(part) for part in no.errors()[0]["loc"])
            raise Refused(self.clause, f"「{self.title}」里有一项填得不对：{where}。") from None
        if self.check:
            self.check(values)
        return values

    def plain(self, values: V) -> Plain:
        """The values as JSON."""
        kept: Plain = self._adapter.dump_python(values, mode="json")
        return kept

    def asked(self, site_id: UUID, at: datetime) -> Statement:
        """Asks for what `in_force` gives."""
        return Statement(_IN_FORCE, (site_id, self.name, at))

    def in_force(self, site_id: UUID, at: datetime, through: Ask = ask) -> InForce[V]:
        """What holds, held or will hold at a site at that moment; one query. through: the pen's, where it was foreseen."""
        found = through(self.asked(site_id, at))
        if not found:
            return InForce(0, self.shape())
        version, values, since, by, reason = found[0]
        return InForce(version, self._adapter.validate_json(values), since, by, reason)

    def row(self, row_id: str) -> Row | None:
        """Its line of that id."""
        return next((row for row in (self.rows or tuple)() if row.id == row_id), None)


_IN_FORCE = """
select version, "values", since, by, reason from people_sitepolicy
 where site_id = %s and name = %s and since <= %s order by version desc limit 1
"""
DECLARED: dict[str, Policy[object]] = {}


def declare(policy: Policy[V]) -> Policy[V]:
    """Makes a policy known by its name. One name can't mean two."""
    if DECLARED.setdefault(policy.name, policy) is not policy:  # type: ignore[arg-type]
        raise ValueError(f"policy {policy.name} is already another one")
    return policy


def versions(site_id: UUID, name: str) -> list[SitePolicy]:
    """Every version of a site's policy, the newest first."""
    return list(SitePolicy.objects.filter(site_id=site_id, name=name).order_by("-version"))


@action("set_site_policy")
def set_policy(pen: Pen, *, name: str, values: Mapping[str, object], reason: str) -> int:
    """A new version of a policy, signed with a reason, from now on; its number. Raises `Refused`."""
    policy = _named(name)
    return _signed(pen, policy, policy.plain(policy.read(values)), reason, pen.at)


@action("set_policy_row")
def set_row(
    pen: Pen,
    *,
    name: str,
    row_id: str,
    numbers: Mapping[str, Chosen] | None,
    reason: str,
    day: date | None = None,
) -> int:
    """A new version that differs in one line from what will hold on that day, none being today; its number.

    numbers: the line's, by name; None: what the program assumes. What was signed before for later days still holds
    from then on: it is signed anew with this line in it. Raises `Refused` with what to do instead.
    """
    policy, since = _named(name), _since(pen, day)
    row = policy.row(row_id)
    if row is None:
        raise Refused(policy.clause, "没有这一项时限，请回到上一页重新选。")
    change = _Change(lambda values: row.put(values, numbers), row.chosen, reason)
    return _carried(pen, policy, change, since)


@action("set_policy_part")
def set_part(pen: Pen, *, name: str, part: Mapping[str, object], reason: str) -> int:
    """A new version from now on that differs in these fields from what holds; its number.

    What was signed before for later days still holds from then on, as with `set_row`. Raises `Refused`.
    """
    policy = _named(name)

    def own(values: Mapping[str, object]) -> Plain:
        whole = policy.plain(policy.read(values))
        return {field: whole.get(field) for field in part}

    change = _Change(lambda values: {**values, **part}, own, reason)
    return _carried(pen, policy, change, pen.at)


@dataclass(frozen=True)
class _Change:
    """A part of a policy's values: how it is put in, how it is read, why it changes."""

    put: Callable[[Mapping[str, object]], Plain]
    own: Callable[[Mapping[str, object]], object]
    reason: str


def _carried(pen: Pen, policy: Policy[object], change: _Change, since: datetime) -> int:
    """The change signed from a moment on, and in every version that was planned for later; the first one's number."""
    before = policy.plain(policy.in_force(pen.site_id, since).values)
    after = policy.plain(policy.read(change.put(before)))
    if after == before:
        raise Refused(policy.clause, "和那天已经定的一样，没有要改的。")
    planned = _planned(pen.site_id, policy.name, since)
    signed = _signed(pen, policy, after, change.reason, since)
    for version, touched in planned:
        own = change.own(version.values) != change.own(touched)
        values = dict(version.values) if own else change.put(version.values)
        again = f"{version.reason[:160]}（第 {version.version} 版照旧）"
        _signed(pen, policy, values, again, version.since)
    return signed


def _planned(site_id: UUID, name: str, since: datetime) -> list[tuple[SitePolicy, Plain]]:
    """The versions that would come to hold after a moment, the earliest first, each with what held before it."""
    rows = list(SitePolicy.objects.filter(site_id=site_id, name=name).order_by("version"))
    found: list[tuple[SitePolicy, Plain]] = []
    for n, row in enumerate(rows):
        if row.since > since and not any(later.since <= row.since for later in rows[n + 1 :]):
            held = (v for v in reversed(rows[:n]) if v.since <= row.since)
            before: Plain = next((dict(v.values) for v in held), {})
            found.append((row, before))
    return sorted(found, key=lambda pair: pair[0].since)


def _named(name: str) -> Policy[object]:
    policy = DECLARED.get(name)
    if policy is None:
        raise Refused(None, "没有这一项规定，请回到上一页重新选。")
    return policy


def _since(pen: Pen, day: date | None) -> datetime:
    """Now for today, the first moment of a later day. Raises `Refused` for what is past or too far ahead."""
    today = pen.at.astimezone(ZONE).date()
    if day is None or day == today:
        return pen.at
    if day < today:
        raise Refused(None, "不能从过去的日子开始，请选今天或以后的日子。", about="day")
    if day > today + AHEAD:
        raise Refused(None, "最多提前一年定，请选近一点的日子。", about="day")
    return datetime.combine(day, time.min, ZONE)


def _signed(pen: Pen, policy: Policy[object], values: Plain, reason: str, since: datetime) -> int:
    row = SitePolicy(site_id=pen.site_id, name=policy.name, signed_at=pen.at)
    earlier = SitePolicy.objects.filter(site_id=pen.site_id, name=policy.name)
    last = earlier.aggregate(top=Max("version"))["top"] or 0
    words = sign(pen, row, last, values, reason, policy.clause, since)
    body = {"name": policy.name, "version": row.version, "values": values, "words": words}
    pen.append("site.policy", body | {"since": since.isoformat()}, clause=policy.clause)
    return row.version


def sign(
    pen: Pen,
    row: PolicyValues,
    last: int,
    values: Mapping[str, object],
    reason: str,
    clause: str | None,
    since: datetime | None = None,
) -> dict[str, str]:
    """Stores the version after `last` in a row that knows its place; the commitments to the reason.

    For a policy with a table and an entry of its own. since: when it begins to hold, now where nothing is said.
    Raises `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused(clause, "请写明为什么改规则，改动会留痕。", about="reason")
    row.version, row.values, row.since = last + 1, dict(values), since or pen.at
    row.by, row.reason, row.salt = actor(pen), reason.strip()[:200], new_salt()
    row.save(force_insert=True)
    return committed({"reason": row.reason}, row.salt)

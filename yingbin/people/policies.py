"""What a site may choose: named, typed, dated, signed values; every version is kept with who, when and why.

    @dataclass(frozen=True)
    class Breaks:
        minutes: int = 30

    BREAKS = declare(Policy("duty.breaks", "休息", Breaks, clause="SF-4.3.7"))

    BREAKS.in_force(site_id).values.minutes            # typed; the defaults while nobody chose
    BREAKS.in_force(site_id, at=last_monday)           # as it was then
    set_policy(acting, name="duty.breaks", values={"minutes": 45}, reason="客户多，错峰休息")

A version never changes; another choice is a new version. Who may set one is the page's door.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Max
from pydantic import TypeAdapter, ValidationError

from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from .models import PolicyValues, SitePolicy
from .rows import actor

V = TypeVar("V")
Plain = dict[str, object]


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

    check: raises `Refused` for values that fit the shape and still make no sense.
    """

    name: str
    title: str
    shape: type[V]
    clause: str | None = None
    check: Callable[[V], None] | None = None

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

    def in_force(self, site_id: UUID, at: datetime | None = None) -> InForce[V]:
        """What holds at a site now, or held at that moment; one query."""
        rows = SitePolicy.objects.filter(site_id=site_id, name=self.name)
        row = (rows.filter(since__lte=at) if at else rows).order_by("version").last()
        if row is None:
            return InForce(0, self.shape())
        values = self._adapter.validate_python(row.values)
        return InForce(row.version, values, row.since, row.by, row.reason)


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
    """A new version of a policy, signed with a reason; its number. Raises `Refused`."""
    policy = DECLARED.get(name)
    if policy is None:
        raise Refused(None, "没有这一项规定，请回到上一页重新选。")
    kept = policy.plain(policy.read(values))
    row = SitePolicy(site_id=pen.site_id, name=name)
    earlier = SitePolicy.objects.filter(site_id=pen.site_id, name=name)
    last = earlier.aggregate(top=Max("version"))["top"] or 0
    words = sign(pen, row, last, kept, reason, policy.clause)
    body = {"name": name, "version": row.version, "values": kept, "words": words}
    pen.append("site.policy", body, clause=policy.clause)
    return row.version


def sign(
    pen: Pen,
    row: PolicyValues,
    last: int,
    values: Mapping[str, object],
    reason: str,
    clause: str | None,
) -> dict[str, str]:
    """Stores the version after `last` in a row that knows its place; the commitments to the reason.

    For a policy with a table and an entry of its own. Raises `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused(clause, "请写明为什么改规则，改动会留痕。", about="reason")
    row.version, row.values, row.since = last + 1, dict(values), pen.at
    row.by, row.reason, row.salt = actor(pen), reason.strip()[:200], new_salt()
    row.save(force_insert=True)
    return committed({"reason": row.reason}, row.salt)

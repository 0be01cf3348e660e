"""A site's limits as a page shows them: what holds since when and by whom, what is to come, what was before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from .models import Site, SitePolicy
from .policies import DECLARED, Policy
from .policy_rows import Chosen, Row

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Change:
    """One choice of a line. numbers: None where it went back to what the program assumes.

    replaced_by: the version, signed later, that held before this one began, so that it never will; 0 for none.
    """

    version: int
    since: datetime
    signed_at: datetime
    by: UUID | None
    reason: str
    numbers: dict[str, Chosen] | None
    words: Words
    before: Words
    replaced_by: int = 0


@dataclass(frozen=True)
class Limit:
    """A line as it stands. change: who chose it, None while it is what the program assumes; ahead: what is to come."""

    policy: str
    row: Row
    words: Words
    change: Change | None
    ahead: tuple[Change, ...] = ()

    @property
    def is_assumed(self) -> bool:
        """Whether nobody here chose it."""
        return self.change is None or self.change.numbers is None


@dataclass(frozen=True)
class Timeline:
    """All versions of one policy at a site, in the order in which they were signed."""

    rows: Sequence[SitePolicy] = field(default=())

    def holding(self, at: datetime, before: int | None = None) -> SitePolicy | None:
        """The version that holds at a moment, of those before the one named."""
        known = (v for v in reversed(self.rows) if before is None or v.version < before)
        return next((v for v in known if v.since <= at), None)

    def changes(self, row: Row) -> list[Change]:
        """The choices that touched this line, the one signed last first."""
        return list(self._changes(row))[::-1]

    def _changes(self, row: Row) -> Iterator[Change]:
        for version in self.rows:
            earlier = self.holding(version.since, before=version.version)
            was = _chosen(row, earlier)
            told = _chosen(row, version)
            if told != was:
                later = (v for v in self.rows if v.version > version.version)
                over = next((v.version for v in later if v.since <= version.since), 0)
                yield Change(
                    version.version, version.since, version.signed_at or version.since, version.by,
                    version.reason, told, row.said(told), row.said(was), over,
                )  # fmt: skip

    def limit(self, policy: str, row: Row, at: datetime) -> Limit:
        """The line at a moment."""
        changes = self.changes(row)
        now, found = self.holding(at), {change.version: change for change in changes}
        words = row.said(_chosen(row, now))
        while now is not None and now.version not in found:
            now = self.holding(now.since, before=now.version)
        ahead = [c for c in changes if c.since > at and not c.replaced_by]
        change = found[now.version] if now else None
        return Limit(policy, row, words, change, tuple(sorted(ahead, key=lambda c: c.since)))


def _chosen(row: Row, version: SitePolicy | None) -> dict[str, Chosen] | None:
    """A line's numbers; where it lies among the values themselves, nobody's choice is what the program assumes."""
    if version is not None:
        return row.chosen(version.values)
    return None if row.path else dict(row.assumed)


def limits_at(site: Site, at: datetime) -> dict[str, list[Limit]]:
    """Every line this place has, by the group it stands in; one query."""
    shown = [policy for policy in DECLARED.values() if policy.rows]
    known: defaultdict[str, list[SitePolicy]] = defaultdict(list)
    names = [policy.name for policy in shown]
    for version in SitePolicy.objects.filter(site=site, name__in=names).order_by("version"):
        known[version.name].append(version)
    groups: defaultdict[str, list[Limit]] = defaultdict(list)
    for policy in shown:
        line = Timeline(known[policy.name])
        for row in rows_at(policy, site):
            groups[row.group or policy.title].append(line.limit(policy.name, row, at))
    return dict(groups)


def rows_at(policy: Policy[object], site: Site) -> list[Row]:
    """The lines of a policy that this kind of place has."""
    rows = (policy.rows or tuple)()
    return [row for row in rows if not row.at or site.kind in row.at]


def timeline(site_id: UUID, name: str) -> Timeline:
    """A policy's versions at a site; one query."""
    rows = SitePolicy.objects.filter(site_id=site_id, name=name)
    return Timeline(list(rows.order_by("version")))

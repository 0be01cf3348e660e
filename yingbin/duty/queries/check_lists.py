"""Check lists read: the versions a day began with, those in force, what a lead is changing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.people.models import Assignment, Site
from yingbin.people.queries import current
from yingbin.people.roles import ROLES
from yingbin.rules.checklists.terms import CHECKS, Item, Section, Template, read, standard_of
from yingbin.rules.checklists.valid import counts_fit
from yingbin.rules.duty.terms import Task

from ..models import CheckDraft, CheckList, CheckReturn, DutyLog, SharedCheckList
from ..shipped import SHIPPED
from ..words import CHECKS as CHECK_WORDS
from ..words import ITEMS

Lists = Mapping[str, Template]


def bare(check: str) -> Template:
    """The standard items alone: of days that began before there were check lists."""
    items = tuple(Item(one, ITEMS[one]) for one in standard_of(check))
    return Template((Section("", "检查", items),))


def lists_of(log: DutyLog) -> dict[str, Template]:
    """The check lists that a day began with, by kind of check; one query."""
    named = list(log.opening.get("lists", {}).values())
    rows = CheckList.objects.filter(site_id=log.site_id, id__in=named) if named else ()
    return lists_from(log, {str(row.id): row for row in rows})


def lists_from(log: DutyLog, rows: Mapping[str, CheckList]) -> dict[str, Template]:
    """The same out of versions that were read already, by id."""
    named: Mapping[str, str] = log.opening.get("lists", {})
    return {
        check: read(row.body) if (row := rows.get(named.get(check, ""))) else bare(check)
        for check in CHECKS
    }


def round_of(task: Task) -> int | None:
    """Which round it is; None for another check."""
    return int(task.id.rsplit("/", 1)[-1]) if task.kind == "round" else None


def sent_back(log: DutyLog) -> frozenset[tuple[str, str]]:
    """What a lead sent back on a day and nobody has answered since: checks and items; one query."""
    rows = CheckReturn.objects.filter(log=log, redone__isnull=True)
    return frozenset(rows.values_list("task", "item"))


def item_names(lists: Lists) -> dict[str, str]:
    """What the items beside the standard ones are called, by id."""
    return {
        item: name
        for check, template in lists.items()
        for item, name in template.names().items()
        if item not in standard_of(check)
    }


def newest(site_id: UUID) -> dict[str, CheckList]:
    """The last version of each check list of a site."""
    rows = CheckList.objects.filter(site_id=site_id).order_by("kind", "-version").distinct("kind")
    return {row.kind: row for row in rows}


@dataclass(frozen=True)
class InForce:
    """What a place's next day on duty begins with: the lists, and the version of the company's where a list is that.

    company: its newest lists; held: these of them aren't taken yet, since the closing check would have nothing to be held
    against.
    """

    lists: Lists
    follows: Mapping[str, int]
    company: Mapping[str, SharedCheckList]
    held: frozenset[str] = frozenset()


def in_force(site_id: UUID, kept: Mapping[str, CheckList]) -> InForce:
    """kept: the place's newest versions. A list of its own stays; else the company's newest counts, else the shipped one."""
    shared, lists, follows = shared_lists(site_id), dict[str, Template](), dict[str, int]()
    for check in CHECKS:
        row, whole = kept.get(check), shared.get(check)
        if row is not None and not (row.shipped or row.shared):
            lists[check] = read(row.body)
            continue
        lists[check] = read(whole.body) if whole else SHIPPED[check]
        follows[check] = whole.version if whole else 0
    if counts_fit(lists["opening"], lists["closing"]):
        return InForce(lists, follows, shared)
    waits = {c: row for c, row in kept.items() if follows.get(c) and c in ("opening", "closing")}
    return InForce(
        lists | {c: read(r.body) for c, r in waits.items()}, follows, shared, frozenset(waits)
    )


def shared_lists(site_id: UUID) -> dict[str, SharedCheckList]:
    """The company's lists for places of this one's kind, the newest of each check; one query."""
    kind = Site.objects.filter(id=site_id).values("kind")
    rows = SharedCheckList.objects.filter(place__in=kind).order_by("kind", "-version")
    return {row.kind: row for row in rows.distinct("kind")}


def may_share(staff: UUID, site_id: UUID, at: datetime) -> bool:
    """Whether somebody plans at every place of this one's kind, so that what they say may hold at all of them."""
    plans = [role.id for role in ROLES.values() if "duty.plan" in role.allows]
    held = Assignment.objects.filter(
        current(at), staff_id=staff, role__in=plans, staff__is_active=True
    )
    kind = Site.objects.filter(id=site_id).values("kind")
    alike = Site.objects.filter(kind__in=kind, closed_at__isnull=True)
    return alike.exists() and not alike.exclude(id__in=held.values("site_id")).exists()


@dataclass(frozen=True)
class ListShown:
    """A check list as its lead sees it. version 0: not kept yet, as shipped. draft: being changed.

    follows: the version of the company's list that it is, 0 for the shipped one, None for one of its own; company: the
    company's newest, None without; held: the company's newest isn't taken yet.
    """

    check: str
    version: int
    template: Template
    draft: bool
    follows: int | None
    company: SharedCheckList | None
    held: bool

    @property
    def title(self) -> str:
        """The check as people call it."""
        return CHECK_WORDS[self.check]

    @property
    def shipped(self) -> bool:
        """Whether it is as the program brings it: nobody has changed it, here or for the company."""
        return self.follows == 0

    @property
    def own(self) -> bool:
        """Whether it is this place's own."""
        return self.follows is None

    @property
    def many(self) -> int:
        """How many items it has."""
        return sum(1 for _ in self.template.items())


def shown_lists(site_id: UUID) -> dict[str, ListShown]:
    """All check lists of a site as they will be from the next day on, drafts first."""
    kept = newest(site_id)
    now = in_force(site_id, kept)
    drafts = {d.kind: read(d.body) for d in CheckDraft.objects.filter(site_id=site_id)}
    return {
        check: ListShown(
            check,
            kept[check].version if check in kept else 0,
            drafts.get(check) or now.lists[check],
            check in drafts,
            now.follows.get(check),
            now.company.get(check),
            check in now.held,
        )
        for check in CHECKS
    }


def versions(site_id: UUID, check: str) -> list[CheckList]:
    """Every version of a check list, the newest first."""
    return list(CheckList.objects.filter(site_id=site_id, kind=check).order_by("-version")[:50])

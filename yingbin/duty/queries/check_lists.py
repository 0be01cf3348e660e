"""Check lists read: the versions a day began with, those in force, what a lead is changing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from yingbin.rules.checklists.terms import CHECKS, Item, Section, Template, read, standard_of
from yingbin.rules.duty.terms import Task

from ..models import CheckDraft, CheckList, CheckReturn, DutyLog
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
class ListShown:
    """A check list as its lead sees it. version 0: not kept yet, as shipped. draft: being changed."""

    check: str
    version: int
    shipped: bool
    template: Template
    draft: bool

    @property
    def title(self) -> str:
        """The check as people call it."""
        return CHECK_WORDS[self.check]

    @property
    def many(self) -> int:
        """How many items it has."""
        return sum(1 for _ in self.template.items())


def shown_lists(site_id: UUID) -> dict[str, ListShown]:
    """All check lists of a site as they will be from the next day on, drafts first."""
    kept = newest(site_id)
    drafts = {d.kind: read(d.body) for d in CheckDraft.objects.filter(site_id=site_id)}
    return {check: _shown(check, kept.get(check), drafts.get(check)) for check in CHECKS}


def _shown(check: str, row: CheckList | None, draft: Template | None) -> ListShown:
    template = draft or (read(row.body) if row else SHIPPED[check])
    return ListShown(
        check,
        row.version if row else 0,
        row is None or row.shipped,
        template,
        draft is not None,
    )


def versions(site_id: UUID, check: str) -> list[CheckList]:
    """Every version of a check list, the newest first."""
    return list(CheckList.objects.filter(site_id=site_id, kind=check).order_by("-version")[:50])

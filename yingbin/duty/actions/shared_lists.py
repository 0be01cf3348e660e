"""公司统一的检查模板: one list for all places of a kind; a place may have its own, and come back (SF-4.1, SF-4.7)."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.canonical import canonical
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Pen
from yingbin.people.models import Site
from yingbin.people.rows import actor
from yingbin.rules.checklists.edits import bare_of_place
from yingbin.rules.checklists.terms import CHECKS, Template, plain, read
from yingbin.rules.checklists.valid import CLAUSES, require, require_counts, require_every_place
from yingbin.rules.decision import Refused

from ..models import CheckList, SharedCheckList
from ..queries.check_lists import in_force, may_share, newest, shared_lists
from ..shipped import SHIPPED
from .check_lists import keep_version

NOT_ALL = "只有在每一处同类项目都能排班的人，才能定公司统一的检查模板。请找项目负责人。"


@action("duty.share_list")
def share_list(pen: Pen, *, site: UUID, check: str) -> int:
    """In the company's journal: the list of a place, as published there, is that of all places of its kind; its number.

    Places without a list of their own begin their next day with it. Raises `Refused` for somebody who doesn't plan at
    all of them, for a list that can't hold elsewhere, and where it is the company's already.
    """
    who = actor(pen)
    if who is None or not may_share(who, site, pen.at):
        raise Refused(CLAUSES.get(check), NOT_ALL)
    own = CheckList.objects.filter(site_id=site, kind=check).order_by("-version").first()
    if own is None or own.shipped or own.shared:
        raise Refused(CLAUSES.get(check), "先在这里改好并发布，再定为公司统一的。")
    template, before = bare_of_place(read(own.body)), shared_lists(site)
    if check in before and read(before[check].body) == template:
        raise Refused(CLAUSES.get(check), "和公司统一的一样，不用再定。")
    _require(template, check, before)
    return _shared(pen, Site.objects.get(id=site).kind, check, template, before.get(check)).version


def _require(template: Template, check: str, before: dict[str, SharedCheckList]) -> None:
    others = {c: read(before[c].body) if c in before else SHIPPED[c] for c in CHECKS}
    require_every_place(template, check)
    require(template, check, others["opening"])
    if check == "opening":
        require_counts(template, others["closing"])


def _shared(
    pen: Pen, place: str, check: str, template: Template, before: SharedCheckList | None
) -> SharedCheckList:
    salt, body = new_salt(), plain(template)
    row = SharedCheckList(
        company_id=pen.site_id, place=place, kind=check, version=before.version + 1 if before else 1,
        body=body, at=pen.at, by=actor(pen), salt=salt,
    )  # fmt: skip
    told: dict[str, object] = {
        "list": str(row.id), "place": place, "kind": check, "version": row.version,
        "words": {"body": salted(canonical(body).decode(), salt)},
    }  # fmt: skip
    row.seq = pen.append("duty.shared_list", told, clause=CLAUSES[check]).seq
    row.save(force_insert=True)
    return row


@action("duty.follow_shared")
def follow_shared(pen: Pen, *, check: str) -> int:
    """The place gives its own list up for the company's, from its next day on; the new version's number."""
    kept = newest(pen.site_id)
    now = in_force(pen.site_id, kept)
    shared = now.company.get(check)
    if shared is None:
        raise Refused(CLAUSES.get(check), "公司还没有统一的，请接着用本处自己的。")
    if check in now.follows:
        raise Refused(CLAUSES.get(check), "这里用的已经是公司统一的。")
    lists = {**now.lists, check: read(shared.body)}
    require_counts(lists["opening"], lists["closing"])
    return keep_version(pen, check, read(shared.body), kept.get(check), shared.version).version

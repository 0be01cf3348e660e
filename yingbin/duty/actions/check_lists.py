"""检查模板: a lead changes a draft, and publishes it as the version that the next day on duty begins with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from yingbin.files.actions import attach
from yingbin.files.owners import Owner
from yingbin.journal.action import action
from yingbin.journal.canonical import canonical
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.queries import Badge
from yingbin.people.rows import actor
from yingbin.rules.checklists import edits
from yingbin.rules.checklists.terms import CHECKS, Item, Template, plain, read, standard_of
from yingbin.rules.checklists.valid import CLAUSES, fault_of, require, require_counts
from yingbin.rules.decision import Refused

from ..models import CheckDraft, CheckList
from ..queries.check_lists import in_force, newest

# What good looks like: whoever stands there sees it.
PICTURE = Owner("check_list", "检查模板的参考图", ("duty.plan",), lambda badge, _: _stands(badge))
GONE = "这一项已经不在表里了，请刷新页面再改。"


def _stands(badge: Badge) -> bool:
    return badge.may("duty.stand")


def begun_with(pen: Pen) -> dict[str, CheckList]:
    """The versions a day begins with; the program's and the company's are kept as such where the place has none of its own."""
    kept = newest(pen.site_id)
    now = in_force(pen.site_id, kept)
    for check in CHECKS:
        row = kept.get(check)
        if row is None or read(row.body) != now.lists[check]:
            kept[check] = keep_version(pen, check, now.lists[check], row, now.follows[check])
    return kept


def keep_version(
    pen: Pen, check: str, template: Template, before: CheckList | None, follows: int | None
) -> CheckList:
    """follows: the company's version that it is, 0 for the program's, None for one of the place's own."""
    shipped, shared = follows == 0, bool(follows)
    salt, body = new_salt(), plain(template)
    row = CheckList(
        site_id=pen.site_id,
        kind=check,
        version=before.version + 1 if before else 1,
        body=body,
        shipped=shipped,
        shared=shared,
        at=pen.at,
        by=actor(pen) if follows is None else None,
        salt=salt,
    )
    told: dict[str, object] = {
        "list": str(row.id),
        "kind": check,
        "version": row.version,
        "shipped": shipped,
        "words": {"body": salted(canonical(body).decode(), salt)},
    }
    told |= {"shared": True} if shared else {}
    row.seq = pen.append("duty.check_list", told, clause=CLAUSES[check]).seq
    row.save(force_insert=True)
    return row


Change = Callable[[Template], Template]


def _edit(pen: Pen, check: str, change: Change) -> CheckDraft:
    """One change of the draft, begun from the version in force."""
    if check not in CHECKS:
        raise Refused(None, "没有这种检查，请回到「检查模板」。")
    draft = CheckDraft.objects.filter(site_id=pen.site_id, kind=check).first()
    if draft is None:
        now = in_force(pen.site_id, newest(pen.site_id)).lists[check]
        draft = CheckDraft(site_id=pen.site_id, kind=check, body=plain(now))
    draft.body = plain(change(read(draft.body)))
    draft.at, draft.by = pen.at, actor(pen)
    draft.save()
    return draft


@action("duty.draft_section")
def draft_section(
    pen: Pen, *, check: str, title: str, at: str = "", section: UUID | None = None
) -> UUID:
    """A room more in the draft, or another name or place for one; its id."""
    name = title.strip()[:20]
    if not name:
        raise Refused(CLAUSES.get(check), "请写区域名称，例如：厨房。", about="title")
    one = section or uuid7()
    _edit(pen, check, lambda t: edits.with_section(t, str(one), name, at))
    return one


@action("duty.draft_item")
def draft_item(
    pen: Pen,
    *,
    check: str,
    section: str,
    values: Mapping[str, object],
    item: str = "",
    pictures: tuple[UUID, ...] = (),
) -> str:
    """An item more in the draft, or one as it shall be from now on; its id, which stays through all versions."""
    one = item or str(uuid7())
    told = read_values(one, values)
    if fault := fault_of(told, check):
        raise Refused(CLAUSES.get(check), f"这一项{fault}")

    def change(template: Template) -> Template:
        if template.section(section) is None or (item and template.item(item) is None):
            raise Refused(CLAUSES.get(check), GONE)
        before = template.item(one)
        kept = replace(told, picture=before.picture if before else "")
        new = replace(kept, picture=str(pictures[0])) if pictures else kept
        return edits.with_item(template, section, new)

    draft = _edit(pen, check, change)
    if pictures:
        attach(pen, about=(PICTURE.id, draft.id), files=pictures[:1])
    return one


def read_values(item: str, values: Mapping[str, object]) -> Item:
    """An item of what a form was told."""
    told = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return replace(Item(item, ""), **told)  # type: ignore[arg-type]  # the form's fields are the item's


@action("duty.drop_part")
def drop_part(pen: Pen, *, check: str, part: str) -> None:
    """A room or an item less in the draft. Raises `Refused` where a standard item would go with it (SF-4.1, SF-4.7)."""

    def change(template: Template) -> Template:
        room = template.section(part)
        going = [i.id for i in room.items] if room else [part]
        if set(going) & set(standard_of(check)):
            raise Refused(
                CLAUSES[check], "规程规定的项不能去掉。先把它移到别的区域，或只改它的名称。"
            )
        bare = edits.without_section(template, part)
        return edits.without_item(bare, part)

    _edit(pen, check, change)


@action("duty.move_part")
def move_part(pen: Pen, *, check: str, part: str, step: int) -> None:
    """A room or an item one place up or down in the draft."""
    _edit(pen, check, lambda t: edits.moved(t, part, 1 if step > 0 else -1))


@action("duty.publish_list")
def publish_list(pen: Pen, *, check: str) -> int:
    """The draft is the next version: the day on duty that begins next has it; its number.

    Raises `Refused` for a check list that can't be used, and where nothing was changed.
    """
    draft = CheckDraft.objects.filter(site_id=pen.site_id, kind=check).first()
    kept = newest(pen.site_id)
    now = in_force(pen.site_id, kept).lists
    if draft is None or read(draft.body) == now.get(check):
        raise Refused(CLAUSES.get(check), "没有改动，不用发布。")
    template = read(draft.body)
    require(template, check, now["opening"])
    if check == "opening":
        require_counts(template, now["closing"])
    row = keep_version(pen, check, template, kept.get(check), None)
    draft.delete()
    return row.version


@action("duty.forget_draft")
def forget_draft(pen: Pen, *, check: str) -> None:
    """The draft is given up; the version in force stays."""
    CheckDraft.objects.filter(site_id=pen.site_id, kind=check).delete()

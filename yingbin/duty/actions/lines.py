"""信息传递单, 报修, 损坏: written by somebody who owns it until it is handed over or settled (SF-4.3.4, SF-4.3.6, SF-4.4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.matters import queries as matters
from yingbin.matters.actions.steps import open_matter, take
from yingbin.matters.models import Matter
from yingbin.matters.subjects import Subject
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step

from ..hours import day_of
from ..kinds import LINE_OF
from ..models import Asset, DutyLog, LineDetail
from ..policies import ROUTES
from ..queries.visitors import Visitor, visitor
from ..telling import tell_of_damage
from .happen import Writing, today

DEAREST = 100_000_000


@dataclass(frozen=True)
class LineOpened:
    """A slip, a repair or a damage that was written; `to`: whom it was passed to, "" for nobody."""

    matter: UUID
    number: int
    to: str = ""


@dataclass(frozen=True)
class Details:
    """What a line says beyond its words: whom it is for (a person or a group as `rules.matters` names it), which asset
    it is of, its photos; of a damage what it is worth in yuan, who was there, who caused it and when.

    to: "" leaves it to the site's route of the kind, `self` keeps it with whoever writes it. visit: of a damage which
    group broke it; the matter is then about its customer, where there is a card, and goes with them.
    """

    to: str = ""
    asset: UUID | None = None
    supplier: str = ""
    photos: tuple[UUID, ...] = ()
    value: int | None = None
    cause: str = ""
    present: str = ""
    happened_at: datetime | None = None
    customer: UUID | None = None
    visit: UUID | None = None


PLAIN = Details()
MYSELF = "self"


@action("duty.open_line")
def open_line(
    pen: Pen, *, kind: str, post: UUID, title: str, detail: str = "", details: Details = PLAIN
) -> LineOpened:
    """Writes an information slip, a repair or a damage; whoever writes it owns it, and its route has to accept it."""
    return open_line_within(
        today(pen), kind=kind, post=post, title=title, detail=detail, details=details
    )


def open_line_within(
    writing: Writing,
    *,
    kind: str,
    post: UUID,
    title: str,
    detail: str = "",
    task: str | None = None,
    item: str | None = None,
    details: Details = PLAIN,
) -> LineOpened:
    """The matter and its line in the day, inside a write; a damage is told to the lead at once."""
    pen = writing.pen
    asset, group = _checked(pen, kind, details), _visitor(pen, details)
    about = {"task": task, "item": item} if task else {}
    matter = open_matter(
        pen=pen,
        kind=kind,
        title=title,
        detail=detail,
        owner=actor(pen) or "",
        subject=Subject("duty.post", post),
        about=about | ({"visit": str(group.visit)} if group else {}),
        customer_id=group.customer if group else details.customer,
        photos=details.photos,
    )
    writing.names.add({str(matter.id): f"第{matter.number}号"})
    facts = {
        "line": str(matter.id),
        "kind": LINE_OF[kind],
        "who": str(actor(pen)),
        "post": str(post),
    }
    writing.happen("line_open", **facts, task=task, item=item)
    _keep(pen, matter, details, asset)
    to = _pass_on(pen, matter, details.to)
    if kind == "damage":
        tell_of_damage(pen, writing.day, matter, details.value)
    return LineOpened(matter.id, matter.number, to)


def _checked(pen: Pen, kind: str, details: Details) -> Asset | None:
    """The asset it is of. Raises `Refused` for one that isn't there, and for a damage that says too little."""
    if kind == "damage" and details.cause not in LineDetail.Cause.values:
        raise Refused("SF-4.3.4", "请选是谁造成的；不知道就选“不清楚”。", about="cause")
    if details.value is not None and not 0 <= details.value <= DEAREST:
        raise Refused("SF-4.3.4", "估价填 0 到 1 亿之间的整数，单位是元。", about="value")
    if details.happened_at and details.happened_at > pen.at:
        raise Refused("SF-4.3.4", "发生时间不能晚于现在，请改一下。", about="happened_at")
    if details.asset is None:
        return None
    found = Asset.objects.filter(
        site_id=pen.site_id, id=details.asset, given_up_at__isnull=True
    ).first()
    if found is None:
        raise Refused(
            "SF-4.4", "没有这台设备，或者已经停用。请不选设备，写在说明里。", about="asset"
        )
    return found


def _visitor(pen: Pen, details: Details) -> Visitor | None:
    """Whoever broke it, of those who are here. Raises `Refused` for a group of another day or place."""
    if details.visit is None:
        return None
    found = visitor(pen.site_id, details.visit, pen.at)
    if found is None:
        said = "这批客人不是今天来的，请从列表里重新选；不知道是谁就不选。"
        raise Refused("SF-4.3.4", said, about="visit")
    return found


def _keep(pen: Pen, matter: Matter, told: Details, asset: Asset | None) -> None:
    supplier = (told.supplier or (asset.supplier if asset else "")).strip()[:40]
    if not (asset or supplier or matter.kind == "damage"):
        return
    present = told.present.strip()[:200]
    kept = commit_to(present=present)
    at = told.happened_at.isoformat() if told.happened_at else None
    body: dict[str, object] = {
        "matter": str(matter.id), "asset": str(asset.id) if asset else None, "supplier": supplier,
        "value": told.value, "cause": told.cause, "happened_at": at, "words": kept.words,
    }  # fmt: skip
    line = pen.append("duty.line", body, clause=matter.clause)
    LineDetail.objects.create(
        site_id=pen.site_id, matter=matter, asset=asset, supplier=supplier, value=told.value,
        cause=told.cause, present=present, happened_at=told.happened_at, salt=kept.salt, seq=line.seq,
    )  # fmt: skip


def _pass_on(pen: Pen, matter: Matter, chosen: str) -> str:
    """Offers it to whom it was written for, or to the route of its kind if somebody stands behind that."""
    if chosen == MYSELF:
        return ""
    to = chosen or ROUTES.in_force(pen.site_id, pen.at).values.of(matter.kind)
    me = str(actor(pen) or "")
    if not to or me in map(str, matters.people_behind(pen.site_id, to, pen.at)):
        return ""
    if not chosen and not matters.takes_matters(pen.site_id, to, pen.at):
        return ""
    take(pen=pen, matter_id=matter.id, step=Step("offer", me, pen.at, to=to))
    return to


def line_ends(pen: Pen, matter: Matter) -> None:
    """A slip or repair was settled, inside the write that did it: so says the day on duty, if it knows the line."""
    if matter.kind not in LINE_OF or matter.subject_app != "duty.post":
        return
    if not DutyLog.objects.filter(site_id=pen.site_id, day=day_of(pen.at)).exists():
        return
    writing = today(pen)
    line = writing.day.fold.day.lines.get(str(matter.id))
    if line is not None and line.open:
        writing.names.add({str(matter.id): f"第{matter.number}号"})
        writing.happen("line_close", line=str(matter.id), who=str(actor(pen) or line.owner))

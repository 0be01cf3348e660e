"""What a check found is somebody's to look into: a matter for the manager, a notice to whoever may verify, once."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yingbin.journal.check import Line
from yingbin.journal.write import Pen, write
from yingbin.matters.actions import open_matter
from yingbin.matters.kinds import CALM
from yingbin.notices.actions import tell
from yingbin.people.ids import SYSTEM
from yingbin.people.models import Site
from yingbin.people.queries import open_sites, staff_with_role, verifiers

SHOWN = 3  # faults that stand in the message; the page has more


def tell_of(*, site_id: UUID, name: str, at: datetime, lines: list[Line]) -> bool:
    """Tells of a check's faults, the same ones once however often they are found; whether there was anything to tell.

    name: how people know the chain. The company's chain, and one whose site is gone, are told at a site that is open.
    """
    found = [str(one) for line in lines for one in line.found]
    here = _told_at(site_id)
    if not found or here is None:
        return False
    many = sum(line.faults for line in lines)
    digest = hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()[:32]
    mark = f"check:{site_id}:{digest}"
    whose = "" if here == site_id else f"（{name}）"
    title = f"和记录链核对{whose}：{many} 处不一致"
    shown = "；".join(found[:SHOWN])
    body = f"{shown}{'；等' if len(found) > SHOWN else ''}。全部位置在「判定」页的「和记录链核对」，先不要改动数据。"

    def work(pen: Pen) -> dict[str, object]:
        _tell(pen, title, body, mark)
        return {"faults": many}

    told = write(
        site_id=here, key=f"check:{digest}:{site_id.hex}"[:80], verb="check_found", by=str(SYSTEM), at=at,
        payload={"digest": digest}, work=work,
    )  # fmt: skip
    return not told.replayed


def _told_at(site_id: UUID) -> UUID | None:
    if Site.objects.filter(id=site_id).exists():
        return site_id
    first = next(iter(open_sites()), None)
    return first.id if first else None


def _tell(pen: Pen, title: str, body: str, mark: str) -> None:
    """The manager owes the answer; where there is none, the first who may verify. The others are told."""
    who = [s.id for s in verifiers(pen.site_id, pen.at)]
    manager = staff_with_role(pen.site_id, "sales_manager", pen.at).order_by("id").first()
    owner = manager.id if manager else next(iter(who), None)
    if owner is None:
        return
    open_matter(
        pen=pen,
        kind="alert",
        title=title,
        detail=body,
        owner=owner,
        grade=CALM,
        clause="TQ-11",
    )
    link = f"{reverse('gallery:decisions')}#checked"
    others = [w for w in who if w != owner]
    tell(
        pen, to=others, kind="check", title=title, body=body, link=link, clause="TQ-11", dedupe=mark
    )

"""纸: the report of a damage for the developer's department, and labels for assets; both on A4."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import segno
from django.utils import timezone

from yingbin.files.paper import Plain, pdf_of
from yingbin.files.queries import small_pictures
from yingbin.matters.models import Matter
from yingbin.matters.photos import MATTER
from yingbin.people.models import Post
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague

from .models import Asset, LineDetail

MOST_PHOTOS = 4


def damage_pdf(matter: Matter, *, post: str, by: str, now: datetime) -> bytes:
    """《物品损坏报告单》: what, where, when, who caused it, who was there, what it is worth, photos, three signatures."""
    row = LineDetail.objects.filter(matter=matter).first()
    names = names_of([w for w in (matter.opened_by, matter.owner_id) if w])
    at = (row.happened_at if row else None) or matter.opened_at
    rows = {
        "物品": matter.title,
        "地点": f"{matter.site.name}　{post}",
        "发生时间": _moment(at),
        "谁造成的": LineDetail.Cause(row.cause).label if row and row.cause else "",
        "在场的人": row.present if row else "",
        "估价": f"{row.value} 元" if row and row.value is not None else "待估",
        "经过": matter.detail,
        "填写人": f"{colleague(names, matter.opened_by)}　{_moment(matter.opened_at)}",
        "负责人": colleague(names, matter.owner_id),
    }
    pictures = small_pictures(matter.site_id, MATTER.id, matter.id, most=MOST_PHOTOS)
    return pdf_of(
        "damage",
        {
            "title": "物品损坏报告单",
            "number": f"第 {matter.number} 号",
            "to": "地产公司相关部门",
            "rows": rows,
            "photos": [list(data) for data in pictures],
            "signatures": ["领班", "地产公司相关部门", "项目负责人"],
            "foot": f"{matter.site.name}　{by} 打印于 {_moment(now)}",
        },
    )


def damage_report(matter: Matter, by: UUID, at: datetime) -> bytes:
    """The report as somebody sends it: the same bytes for the same damage, sender and moment."""
    post = Post.objects.filter(site_id=matter.site_id, id=matter.subject_id or matter.id).first()
    name = names_of([by]).get(str(by), "")
    return damage_pdf(matter, post=post.name if post else "", by=name, now=at)


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def labels_pdf(
    assets: Iterable[Asset], site: str, address: Callable[[str], str], skip: int = 0
) -> bytes:
    """Labels of assets, three by eight on a sheet; address: where a label leads; skip: places already used."""
    labels = [
        {
            "code": _drawn(address(one.mark)),
            "name": one.name,
            "number": f"设备 {one.number} 号",
            "place": one.place or (one.post.name if one.post else ""),
        }
        for one in assets
    ]
    told: dict[str, Plain] = {
        "title": "设备标签",
        "labels": labels,
        "skip": skip,
        "site": site,
        "foot": site,
    }
    return pdf_of("labels", told)


def _drawn(text: str) -> str:
    return segno.make(text, error="m").svg_inline(scale=4, border=2)

"""The record of a breach on A4, for legal: who led whom, how it was found out, the time line, the photos (CV-4.2)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from yingbin.files.paper import Plain, Taker, pdf_of
from yingbin.files.queries import pictures

from .queries.breaches import BreachPage, Moment


def record_pdf(seen: BreachPage, taker: Taker) -> bytes:
    """The record as PDF, every photo as large as it is kept, under its number and fingerprint."""
    shots = pictures(seen.row.site_id, [shot.id for one in seen.moments for shot in one.photos])
    return pdf_of(
        "breach",
        {
            "title": "违规带人记录",
            "site": taker.site,
            "pairs": [[name, value] for name, value in _pairs(seen)],
            "moments": [_told(one) for one in seen.moments],
            "photos": [
                {"data": list(one.data), "under": f"{_minute(one.taken_at)}　SHA-256 {one.sha256}"}
                for one in shots
            ],
            "taken": str(taker),
            "foot": f"{taker.site}　违规带人第 {seen.row.number} 号",
        },
    )


def _pairs(seen: BreachPage) -> Iterable[tuple[str, str]]:
    row = seen.row
    yield "编号", f"第 {row.number} 号"
    yield "报告时间", _minute(row.event.at)
    yield "带人的", seen.leader
    if seen.found and seen.found != seen.leader:
        yield "查实是", seen.found
    yield "确认", _minute(row.confirmed.at) if row.confirmed else "安全部门还没有确认"
    yield "条款", "CV-4.2 未经批准带人参观，按泄露商业秘密处理"


def _told(one: Moment) -> dict[str, Plain]:
    photos = f"附 {len(one.photos)} 个文件" if one.photos else ""
    said = "　".join(part for part in (one.words, photos) if part)
    return {"at": _minute(one.at), "title": one.title, "by": one.by, "said": said}


def _minute(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"

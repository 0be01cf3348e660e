"""The report of an incident or a drill on A4: who, when, the steps done and left, who was told, in whose words, photos."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from yingbin.files.paper import Plain, Taker, pdf_of
from yingbin.files.queries import pictures

from .queries.incidents import IncidentPage, SeenFact, SeenLink, SeenStep

MOST_PHOTOS = 12  # beyond them the paper says how many more the page of the incident has


def report_pdf(seen: IncidentPage, taker: Taker) -> bytes:
    """The report as PDF; that of a drill says so in large letters at the head and on every page."""
    row, drill = seen.row, "演练　" if seen.row.drill else ""
    return pdf_of(
        "incident",
        {
            "title": f"{drill}{row.get_kind_display()}报告",
            "drill": row.drill,
            "site": taker.site,
            "what": seen.title,
            "pairs": _pairs(seen),
            "steps": [_step(s) for s in seen.steps],
            "version": f"步骤第 {row.version} 版" if row.version else "步骤是程序自带的",
            "chain": [_link(x) for x in seen.chain if x.told_at],
            "facts": list(_facts(seen)),
            "photos": list(_photos(seen)),
            "more": max(sum(len(f.photos) for f in seen.facts) - MOST_PHOTOS, 0),
            "report": seen.report.text if seen.report else "",
            "by": _signed(seen.report) if seen.report else "",
            "taken": str(taker),
            "foot": f"{taker.site}　{drill}{row.get_kind_display()}第 {row.number} 号",
        },
    )


def _minute(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M:%S}"


def _pairs(seen: IncidentPage) -> list[list[str]]:
    over = seen.row.over_at
    lasted = f"{int((over - seen.row.at).total_seconds() // 60)} 分钟" if over else "还没有结束"
    return [
        ["编号", f"第 {seen.row.number} 号"],
        ["地点", seen.post],
        ["开始", f"{_minute(seen.row.at)}　{seen.opened_by}"],
        ["结束", f"{_minute(over)}　历时 {lasted}" if over else lasted],
        ["没有做的", "、".join(s.text for s in seen.left) or "没有"],
    ]


def _signed(fact: SeenFact) -> str:
    return f"{fact.by}　{_minute(fact.at)}"


def _step(step: SeenStep) -> dict[str, Plain]:
    done = f"{_clock(step.at)}　{step.by}" if step.at else ""
    return {"number": str(step.number), "text": step.text, "done": done}


def _link(link: SeenLink) -> dict[str, Plain]:
    heard = f"{_clock(link.heard_at)}　{link.heard_by}" if link.heard_at else "没有回应"
    told = _clock(link.told_at) if link.told_at else ""
    return {"role": link.title, "told": told, "names": "、".join(link.told), "heard": heard}


def _facts(seen: IncidentPage) -> Iterator[dict[str, Plain]]:
    shown = 0
    for fact in seen.facts:
        last = shown + len(fact.photos)
        photos = (
            "" if shown == last else f"图 {shown + 1}" + (f"–{last}" if last > shown + 1 else "")
        )
        typed = f"{_clock(fact.typed_at)} 写的，当时没有网" if fact.typed_at else ""
        text = "　".join(part for part in (fact.text, photos, typed) if part)
        yield {"at": _clock(fact.at), "words": fact.words, "by": fact.by, "text": text}
        shown = last


def _photos(seen: IncidentPage) -> Iterator[dict[str, Plain]]:
    """Each under the number by which what was told names it; one the storage has lost is left out."""
    shots = [(fact, shot.id) for fact in seen.facts for shot in fact.photos][:MOST_PHOTOS]
    kept = {one.id: one for one in pictures(seen.row.site_id, [shot for _, shot in shots])}
    for number, (fact, shot) in enumerate(shots, 1):
        if found := kept.get(shot):
            under = f"图 {number}　{_clock(found.taken_at)} 拍　{fact.by}"
            yield {"data": list(found.data), "under": under}

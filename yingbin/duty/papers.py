"""The report of an incident or a drill on A4: who, when, the steps done and left, who was told, in whose words."""

from datetime import datetime

from django.utils import timezone

from yingbin.files.paper import Plain, Taker, pdf_of

from .queries.incidents import IncidentPage, SeenFact, SeenLink, SeenStep


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
            "facts": [_fact(f) for f in seen.facts],
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


def _fact(fact: SeenFact) -> dict[str, Plain]:
    return {"at": _clock(fact.at), "words": fact.words, "by": fact.by, "text": fact.text}

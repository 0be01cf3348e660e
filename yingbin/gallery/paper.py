"""A case file as PDF, for whoever gets it outside the house: what its page shows, who took it out and why (TQ-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from yingbin.customers.queries import Shown
from yingbin.files.paper import Plain, pdf_of
from yingbin.journal import checkpoints, notes
from yingbin.journal.models import Entry
from yingbin.rules.gone import colleague
from yingbin.sheets.pdf import drawing

from .models import Ruling
from .queries.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The file of a customer or of a dispute; people are named by their id."""

    title: str
    customer: Shown | None
    facts: list[Fact]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Taking:
    """Who takes a paper out of which place, when and why."""

    site_id: UUID
    site: str
    who: str
    at: datetime
    why: str


def case_pdf(
    file: CaseFile, taking: Taking, *, parties: Iterable[str] = (), ruling: Ruling | None = None
) -> bytes:
    """The file on A4: phones masked as on the page, every fact with its receipt, and what the journal's end was then."""
    customer = file.customer
    return pdf_of(
        "case",
        {
            "title": file.title,
            "site": taking.site,
            "customer": f"{customer.called} {customer.phone}".strip() if customer else "",
            "parties": "、".join(parties),
            "ruling": _ruling(ruling, file.names) if ruling else None,
            "facts": [_fact(n, f, file.names) for n, f in enumerate(file.facts, 1)],
            "taken": _taken(taking),
            "foot": f"{taking.site}　{file.title}　{_minute(taking.at)} {taking.who}带出",
        },
    )


def _minute(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _fact(number: int, fact: Fact, names: Mapping[str, str]) -> dict[str, Plain]:
    return {
        "number": number,
        "at": f"{timezone.localtime(fact.at):%Y-%m-%d %H:%M:%S}",
        "title": fact.title,
        "people": "、".join(colleague(names, p) for p in fact.people),
        "detail": fact.detail,
        "ink": drawing(fact.strokes) if fact.strokes else "",
        "clause": fact.clause,
        "receipt": fact.receipt,
        "seq": fact.seq,
    }


def _ruling(ruling: Ruling, names: Mapping[str, str]) -> dict[str, Plain]:
    accounts = [
        f"{colleague(names, a['who'])}{_more(' 计次', a['count'])}{_more(' 轮次', a['turns'])}"
        for a in ruling.effects.get("adjust", [])
    ]
    waits = [] if ruling.applied_at else ["账目待开场后更正"]
    return {
        "for": f"归{colleague(names, ruling.for_whom)}" if ruling.for_whom else "归属不变",
        "by": f"{colleague(names, ruling.by)}　{_minute(ruling.at)}",
        "reason": ruling.reason,
        "effects": "；".join([*accounts, *waits]),
        "receipt": ruling.receipt,
    }


def _more(what: str, value: int) -> str:
    return f"{what} {value:+d}" if value else ""


def _taken(taking: Taking) -> dict[str, Plain]:
    """Who took it out, and up to which entry the journal went: `verify.py --receipt` holds that against an export."""
    told: dict[str, Plain] = {"带出人": taking.who, "时间": _minute(taking.at), "用途": taking.why}
    last = Entry.objects.filter(site_id=taking.site_id).order_by("-seq").first()
    if last:
        told["截至"] = f"记录链第 {last.seq} 条，回执码 {last.receipt}"
    line = checkpoints.latest(taking.site_id)
    if line:
        told["签名行"] = notes.short(line.size, bytes(line.root))
    if last:
        told["核验"] = f"python3 verify.py 导出的记录链 --receipt {last.receipt}@{last.seq}"
    return told

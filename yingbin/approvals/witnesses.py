"""What the journal witnesses of requests: how each was asked, and what it came to."""

from collections.abc import Iterator
from uuid import UUID

from yingbin.journal.held import Facts, Held, Seen, Witnesses, differ, of, said, told
from yingbin.people.rows import person_behind

from .models import ASKED_IN, Approval


def of_approvals(site_id: UUID) -> Witnesses:
    """The rows of requests, in one place."""
    return Witnesses(
        held=(
            Held(
                "申请",
                rows=lambda site: Approval.objects.filter(site_id=site, asked_in=ASKED_IN).order_by(
                    "number"
                ),
                subjects=lambda row: [str(row.id)],
                born={ASKED_IN: of("approval")},
                later={"approval.ended": of("approval"), "approval.late": of("approval")},
                faults=_approval,
                place=lambda row: f"第 {row.number} 号",
                page="「审批」页",
            ),
        )
    )


def _approval(row: Approval, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("编号", row.number, body["number"]),
        ("类别", row.kind, body["kind"]),
        ("附带的内容", row.about, told(body, "about")),
        ("谁申请的", row.asked_by, person_behind(entry.actor)),
        ("替谁", row.for_whom, body.get("for")),
        ("客户", row.customer_id, body.get("customer")),
        ("时间", row.asked_at, entry.at),
    )
    ends = [one for one in seen if one.kind == "approval.ended"]
    last = ends[-1] if ends else None
    by_person = last is not None and last.body["status"] in ("granted", "declined")
    yield from differ(
        ("结果", row.status, last.body["status"] if last else "asked"),
        ("谁定的", row.decided_by, person_behind(last.actor) if last and by_person else None),
        ("定的时间", row.decided_at, last.at if last else None),
    )
    spoken = {"title": "申请", "words": "理由", "answer": "答复"}
    yield from said(row, seen, spoken, erased=lambda seq: facts.lawful(row.customer_id, seq))

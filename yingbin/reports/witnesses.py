"""What the journal witnesses of reports: the certificate of each day."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from yingbin.journal.canonical import canonical
from yingbin.journal.held import Facts, Seen, Witnesses, differ, numbered

from .models import DayCertificate


def of_reports(site_id: UUID) -> Witnesses:
    """The certificates, in one place: `YINGBIN_WITNESSES` names this function."""
    return Witnesses(
        held=(
            numbered(
                "公平证书",
                rows=lambda site: DayCertificate.objects.filter(site_id=site).order_by("seq"),
                kinds=("day.certified",),
                faults=_certificate,
                place=lambda row: f"{row.day}",
                page="「报表」页",
            ),
        )
    )


def _certificate(row: DayCertificate, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    signed = {k: v for k, v in row.body.items() if k != "public_key"}
    yield from differ(
        ("哪一天", row.day.isoformat(), body["day"]),
        ("成不成立", row.holds, body["holds"]),
        ("内容", hashlib.sha256(canonical(signed)).hexdigest(), body["sha256"]),
        ("时间", row.at, entry.at),
        ("回执码", row.receipt, entry.receipt),
    )

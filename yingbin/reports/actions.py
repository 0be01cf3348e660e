"""The certificate of a closed day is issued once, signed with the house's key, and stands in the journal."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from yingbin.gallery.models import GalleryDay
from yingbin.gallery.queries.history import standing_events
from yingbin.journal import keys
from yingbin.journal.canonical import canonical
from yingbin.journal.write import Pen, write
from yingbin.rules.certificate import certify, opening_of
from yingbin.rules.turns import apply
from yingbin.rules.version import RULE_VERSION

from .models import DayCertificate
from .queries import contract_form, made_by_event

_SHAPE = ("visit", "clause", "queue", "receiver", "turn")


def issue(*, day: GalleryDay, at: datetime) -> DayCertificate:
    """Checks a closed day and signs what was found; the same closing again gives the same certificate.

    The certificate of a day that was opened again names the former one, which it replaces.
    """
    closing = day.reopened + 1

    def work(pen: Pen) -> dict[str, Any]:
        findings = _findings(day)
        body = {
            "yingbin_certificate": 1,
            "site": str(day.site_id),
            "day": day.day.isoformat(),
            "rule_version": RULE_VERSION,
            "policy_version": day.policy_version,
            "journal_seq": pen.seq,
            "journal_head": bytes(pen.head).hex(),
            "findings": findings,
            **_former(day, closing),
        }
        signature, key_id, public = _sign(body)
        holds = all(f["holds"] for f in findings)
        kept = {"day": day.day.isoformat(), "holds": holds, **_former(day, closing)}
        kept["sha256"] = hashlib.sha256(canonical(body)).hexdigest()
        line = pen.append("day.certified", kept, clause="TQ-11")
        DayCertificate.objects.create(
            site_id=pen.site_id,
            day=day.day,
            at=pen.at,
            body=body | {"public_key": public},
            holds=holds,
            signature=signature,
            key_id=key_id,
            seq=line.seq,
            receipt=line.receipt,
            closing=closing,
        )
        return {"holds": holds}

    write(
        site_id=day.site_id,
        key=f"certificate:{day.id}" + (f":{closing}" if closing > 1 else ""),
        verb="certify",
        by="clock",
        at=at,
        payload={"day": str(day.id)},
        work=work,
    )
    return DayCertificate.objects.get(site_id=day.site_id, day=day.day, closing=closing)


def _former(day: GalleryDay, closing: int) -> dict[str, Any]:
    """What the certificate of a later closing says of the one it replaces, if that one was issued."""
    rows = DayCertificate.objects.filter(site_id=day.site_id, day=day.day, closing__lt=closing)
    former = rows.order_by("closing").last()
    return {"replaces": {"seq": former.seq, "receipt": former.receipt}} if former else {}


def _findings(day: GalleryDay) -> list[dict[str, Any]]:
    """The checks on the day's own events and stored decisions."""
    events = list(standing_events(day))
    stored = made_by_event(day.site_id, [day])
    form = contract_form(day, events)
    return [f.to_json() for f in certify(form, _whole(form, events, stored))]


def _whole(form: Any, events: list[Any], stored: Any) -> dict[int, list[dict[str, Any]]]:
    """Stored decisions in full contract form where they agree with the replay, else as stored."""
    state, found = opening_of(form), {}
    for n, row in enumerate(events):
        again = [d.to_json() for d in apply(state, dict(row.event), index=n)]
        kept = [dict(d) for d in stored.get(row.id, [])]
        found[n] = again if _same(again, kept) else kept
    return found


def _same(again: list[dict[str, Any]], kept: list[dict[str, Any]]) -> bool:
    def shape(d: dict[str, Any]) -> list[Any]:
        return [*(d.get(k) or None for k in _SHAPE), d.get("counted")]

    return [shape(d) for d in again] == [shape(d) for d in kept]


def _sign(body: dict[str, Any]) -> tuple[str, str, str]:
    key = keys.signing_key()
    public = keys.public_bytes(key)
    return key.sign(canonical(body)).hex(), keys.key_id(public), public.hex()


def tick(at: datetime | None = None) -> int:
    """Certifies days that were closed since the last round; a few at a time, once each."""
    now = at or timezone.now()
    done = DayCertificate.objects.values("site", "day", "closing")
    waiting = GalleryDay.objects.filter(closed_at__isnull=False).order_by("-day")
    have = {(c["site"], c["day"], c["closing"]) for c in done.filter(day__gte=_since(now))}
    closed = waiting.filter(day__gte=_since(now))
    todo = [d for d in closed if (d.site_id, d.day, d.reopened + 1) not in have]
    for day in todo[:3]:
        issue(day=day, at=now)
    return len(todo[:3])


def _since(now: datetime) -> Any:
    return (timezone.localtime(now) - timedelta(days=40)).date()

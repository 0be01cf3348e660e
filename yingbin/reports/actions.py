"""The certificate of a closed day is issued once, signed with the house's key, and stands in the journal."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.utils import timezone

from yingbin.gallery.models import GalleryDay, TurnEvent
from yingbin.gallery.queries.history import standing_events
from yingbin.journal import keys
from yingbin.journal.action import Acting, action
from yingbin.journal.canonical import canonical
from yingbin.journal.days import EVERY
from yingbin.journal.models import DayRoot
from yingbin.journal.write import Pen
from yingbin.rules.certificate import Finding, Made, certify, opening_of
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.version import RULE_VERSION

from . import sealed
from .models import DayCertificate
from .queries import contract_form, made_by_event

_SHAPE = ("visit", "clause", "queue", "receiver", "turn")


Json = dict[str, object]
_looked: list[datetime] = []


def issue(*, day: GalleryDay, at: datetime) -> DayCertificate:
    """The certificate of a closed day, issued where there is none; the same closing again gives the same one."""
    closing = day.reopened + 1
    key = f"certificate:{day.id}" + (f":{closing}" if closing > 1 else "")
    certify_day(Acting(day.site_id, key, "clock", at), day_id=day.id)
    return DayCertificate.objects.get(site_id=day.site_id, day=day.day, closing=closing)


@action("certify")
def certify_day(pen: Pen, *, day_id: UUID) -> bool:
    """Checks a closed day and signs what was found; whether all of it holds.

    The certificate of a day that was opened again names the former one, which it replaces.
    """
    day = GalleryDay.objects.get(site_id=pen.site_id, id=day_id)
    findings = _findings(day)
    body, holds = _body(pen, day, findings), all(finding.holds for finding in findings)
    _keep(pen, day.day, body, holds=holds, clause="TQ-11", closing=day.reopened + 1)
    return holds


@action("certify_sealed")
def certify_sealed(pen: Pen, *, size: int) -> bool:
    """Checks a sealed day of any kind of place and signs what was found; whether all of it holds."""
    root = DayRoot.objects.get(site_id=pen.site_id, size=size)
    found = sealed.findings(root)
    body: Json = {
        "yingbin_certificate": 1,
        "site": str(pen.site_id),
        "day": root.day.isoformat(),
        "sealed": size,
        "journal_seq": pen.seq,
        "journal_head": bytes(pen.head).hex(),
        "findings": [finding.to_json() for finding in found],
    }
    holds = all(finding.holds for finding in found)
    _keep(pen, root.day, body, holds=holds, clause=None)
    return holds


def _keep(
    pen: Pen, day: date, body: Json, *, holds: bool, clause: str | None, closing: int = 1
) -> None:
    """Signs a certificate and stores it beside its entry in the journal; `body` names the one it replaces."""
    signature, key_id, public = _sign(body)
    said = {"day": day.isoformat(), "holds": holds}
    said |= {"replaces": body["replaces"]} if "replaces" in body else {}
    said["sha256"] = hashlib.sha256(canonical(body)).hexdigest()
    line = pen.append("day.certified", said, clause=clause)
    DayCertificate.objects.create(
        site_id=pen.site_id,
        day=day,
        at=pen.at,
        body=body | {"public_key": public},
        holds=holds,
        signature=signature,
        key_id=key_id,
        seq=line.seq,
        receipt=line.receipt,
        closing=closing,
    )


def _body(pen: Pen, day: GalleryDay, findings: list[Finding]) -> Json:
    """What is signed."""
    return {
        "yingbin_certificate": 1,
        "site": str(day.site_id),
        "day": day.day.isoformat(),
        "rule_version": RULE_VERSION,
        "policy_version": day.policy_version,
        "journal_seq": pen.seq,
        "journal_head": bytes(pen.head).hex(),
        "findings": [finding.to_json() for finding in findings],
        **_former(day),
    }


def _former(day: GalleryDay) -> Json:
    """What the certificate of a later closing says of the one it replaces, if that one was issued."""
    before = DayCertificate.objects.filter(
        site_id=day.site_id, day=day.day, closing__lte=day.reopened
    )
    former = before.order_by("closing").last()
    return {"replaces": {"seq": former.seq, "receipt": former.receipt}} if former else {}


def _findings(day: GalleryDay) -> list[Finding]:
    """The checks on the day's own events and stored decisions."""
    events = list(standing_events(day))
    form = contract_form(day, events)
    return certify(form, _whole(form, events, made_by_event(day.site_id, [day])))


def _whole(
    form: Mapping[str, object], events: list[TurnEvent], stored: Mapping[UUID, list[Made]]
) -> dict[int, Sequence[Made]]:
    """Stored decisions in full contract form where they agree with the replay, else as stored."""
    state = opening_of(form)
    found: dict[int, Sequence[Made]] = {}
    for n, row in enumerate(events):
        again = [d.to_json() for d in apply(state, dict(row.event), index=n)]
        kept = [dict(d) for d in stored.get(row.id, [])]
        found[n] = again if _shapes(again) == _shapes(kept) else kept
    return found


def _shapes(decisions: Sequence[Made]) -> list[list[object]]:
    return [[*(d.get(k) or None for k in _SHAPE), d.get("counted")] for d in decisions]


def _sign(body: Json) -> tuple[str, str, str]:
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
    if todo:
        return len(todo[:3])
    return _certify_sealed(now) if at is not None or _is_time(now) else 0


def _certify_sealed(now: datetime) -> int:
    """Certifies a few sealed days of places that close none themselves."""
    roots = list(islice(sealed.waiting(_since(now)), 3))
    for root in roots:
        certify_sealed(sealed.acting(root, now), size=root.size)
    return len(roots)


def _is_time(now: datetime) -> bool:
    """Seals come at night; looking for them every ten minutes in each process is enough."""
    if _looked and now - _looked[-1] < EVERY:
        return False
    _looked[:] = [now]
    return True


def _since(now: datetime) -> date:
    return (timezone.localtime(now) - timedelta(days=40)).date()

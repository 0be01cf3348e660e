"""推送: what happened goes to the addresses that asked for it, in the journal's order, at least once, signed.

The journal itself is the outbox: it holds ids, numbers and commitments, never personal data.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from standardwebhooks import Webhook as StandardWebhook

from yingbin.journal.action import Acting, action
from yingbin.journal.models import Entry
from yingbin.journal.write import Pen
from yingbin.pages.wing import PartsOf
from yingbin.people.ids import uuid7
from yingbin.people.queries import supervisors
from yingbin.rules.decision import Refused

from .actions import tell
from .beside import Beside
from .models import Webhook
from .outside import NotAllowed, place, post

# What may be asked for: kinds of journal entries, in words.
KINDS: PartsOf[str] = PartsOf("hook_kinds")
GIVE_UP_AFTER = 12
LONGEST = 300  # characters of an address
AT_ONCE = 50
CLAIM = timedelta(minutes=2)
# Seconds a round may take, well below the claim, and how many addresses are sent to at once.
AT_MOST = 20.0
AT_ONCE_OUT = 8
_beside = Beside(AT_ONCE_OUT)


def secret_of(hook_id: UUID) -> str:
    """The secret of an address; shown when it is made, derived again for each sending."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"webhook:{hook_id}".encode(), hashlib.sha256)
    return f"whsec_{mark.hexdigest()}"


def signature(secret: str, at: int, body: bytes) -> str:
    """`t=…,v1=…`, our own of before: HMAC-SHA256 of the time, a dot and the body under the secret's text."""
    mark = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mark}"


@dataclass(frozen=True)
class Address:
    """Where a webhook leads; made by `address`, which looked whether anything may be sent there."""

    url: str


def address(url: str) -> Address:
    """Looks at an address before the site is locked, since it asks the network; `Refused` where it may not be."""
    if len(url) > LONGEST:
        raise Refused(None, f"地址最多 {LONGEST} 个字符，请换短一些的。", about="url")
    try:
        place(url)
    except NotAllowed as no:
        raise Refused(None, str(no), about="url") from None
    return Address(url)


@action("add_hook")
def add_hook(pen: Pen, *, to: Address, kinds: Collection[str]) -> UUID:
    """A new address, from now on; `Refused` where it asks for nothing."""
    wanted = [k for k in KINDS if k in kinds]
    if not wanted:
        raise Refused(None, "请至少勾选一类要推送的事。", about="kinds")
    hook_id = uuid7()
    line = pen.append("webhook.added", {"hook": str(hook_id), "kinds": wanted})
    Webhook.objects.create(
        id=hook_id,
        site_id=pen.site_id,
        url=to.url,
        kinds=wanted,
        after=line.seq,
        made_at=pen.at,
        made_by=pen.by,
        next_try_at=pen.at,
    )
    return hook_id


@action("end_hook")
def end_hook(pen: Pen, *, hook_id: UUID) -> None:
    """Sends nothing to this address any more."""
    mine = Webhook.objects.filter(site_id=pen.site_id, id=hook_id, ended_at__isnull=True)
    if not mine.update(ended_at=pen.at, ended_why="人工停用"):
        raise Refused(None, "没有找到这个推送地址，可能已经停用。请刷新页面。")
    pen.append("webhook.ended", {"hook": str(hook_id)})


@action("end_failed_hook")
def end_failed_hook(pen: Pen, *, hook_id: UUID) -> None:
    """Ends an address that has failed for hours, and tells the managers; nothing where it has ended already."""
    hook = Webhook.objects.filter(site_id=pen.site_id, id=hook_id, ended_at__isnull=True).first()
    if hook is None:
        return
    hook.ended_at, hook.ended_why = pen.at, "多次发送失败"
    hook.save(update_fields=["ended_at", "ended_why"])
    pen.append("webhook.ended", {"hook": str(hook_id)})
    tell(
        pen,
        to=[s.id for s in supervisors(pen.site_id, pen.at)],
        kind="webhook",
        title="推送地址已停用",
        body=f"连续 {GIVE_UP_AFTER} 次没有发成功：{hook.last_error}。修好后请重新添加。",
        link=reverse("integrations"),
    )


def tick() -> int:
    """Starts what is due, each address in a thread of its own; how many began."""
    begun, now = 0, timezone.now()
    while _beside.has_room() and (hook := _claim(now)):
        begun += _beside.start(str(hook.id), partial(_send, hook, now, time.monotonic() + AT_MOST))
    return begun


def deliver(now: datetime) -> int:
    """Sends what is due, one after the other; how many messages went out. Safe at the same time."""
    sent, until = 0, time.monotonic() + AT_MOST
    while time.monotonic() < until and (hook := _claim(now)):
        sent += _send(hook, now, until)
    return sent


def _claim(now: datetime) -> Webhook | None:
    """The next address that is due and has something new; nobody else takes it meanwhile."""
    with transaction.atomic():
        due = Webhook.objects.select_for_update(skip_locked=True).filter(
            ended_at__isnull=True, next_try_at__lte=now
        )
        for hook in due.order_by("next_try_at", "id")[:100]:
            if _entries(hook)[:1]:
                hook.next_try_at = now + CLAIM
                hook.save(update_fields=["next_try_at"])
                return hook
    return None


def _entries(hook: Webhook) -> QuerySet[Entry]:
    rows = Entry.objects.filter(site_id=hook.site_id, seq__gt=hook.after, kind__in=hook.kinds)
    return rows.order_by("seq")


def _send(hook: Webhook, now: datetime, until: float) -> int:
    sent, error = 0, ""
    for entry in _entries(hook)[:AT_ONCE]:
        if sent and time.monotonic() > until:
            break
        error = _post(hook, entry, now)
        if error:
            break
        hook.after, hook.last_sent_at, sent = entry.seq, now, sent + 1
    hook.failures = hook.failures + 1 if error else 0
    hook.last_error = error[:120]
    wait = timedelta(seconds=30) * 2 ** min(hook.failures - 1, 7) if error else timedelta(0)
    hook.next_try_at = now + wait
    hook.save(update_fields=["after", "last_sent_at", "failures", "last_error", "next_try_at"])
    if hook.failures >= GIVE_UP_AFTER:
        key = f"webhook-ended:{hook.id}"
        end_failed_hook(Acting(hook.site_id, key, "clock", now), hook_id=hook.id)
    return sent


def message(entry: Entry) -> bytes:
    """One entry as it is sent: ids and numbers; `id` is the same however often it is sent."""
    said = {
        "id": f"{entry.site_id}:{entry.seq}",
        "site": str(entry.site_id),
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "clause": entry.clause,
        "receipt": entry.receipt,
        "data": entry.body,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(hook_id: UUID, entry: Entry, now: datetime, body: bytes) -> dict[str, str]:
    """What a message is sent with: Standard Webhooks' headers, and ours of before for receivers of today."""
    name, at, secret = f"{entry.site_id}:{entry.seq}", int(now.timestamp()), secret_of(hook_id)
    # The library takes a moment for UTC, whatever its zone says.
    signed = StandardWebhook(secret).sign(name, datetime.fromtimestamp(at, UTC), body.decode())
    return {
        "Content-Type": "application/json",
        "User-Agent": "yingbin-webhook",
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": signed,
        "Yingbin-Event": name,
        "Yingbin-Signature": signature(secret, at, body),
    }


def _post(hook: Webhook, entry: Entry, now: datetime) -> str:
    """What went wrong, or nothing."""
    body = message(entry)
    try:
        status = post(hook.url, body, headers_of(hook.id, entry, now, body))
    except NotAllowed as no:
        return str(no)
    except TimeoutError:
        return "对方太慢，没有按时答完"
    except OSError as error:
        return f"没有连上：{type(error).__name__}"
    return "" if 200 <= status < 300 else f"对方回答 {status}"

"""Sends what waits in the outbox, at least once, and tries again later what failed.

A message is claimed in one short transaction (its next try moves ahead, so nobody else takes it),
sent outside any transaction, and marked in another. If the sender dies in between, the claim runs
out and the message is sent again: better twice in a group than never.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import channels, push
from .beside import Beside
from .mentions import mention_of
from .models import Delivery
from .queries import link_of

CLAIM = timedelta(minutes=1)  # far longer than one message can take
GIVE_UP_AFTER = 8  # attempts, spread over a bit more than half an hour
ROUND = 20.0  # seconds after which a round leaves the rest to the next
CHANNELS_AT_ONCE = 8
_beside = Beside(CHANNELS_AT_ONCE)
_DUE = (Delivery.State.QUEUED, Delivery.State.FAILED)


@dataclass(frozen=True)
class Sent:
    """What one round did."""

    sent: int = 0
    failed: int = 0  # channels that rest until the next round


def tick() -> int:
    """Starts what is due, each channel in a thread of its own; how many began."""
    now = timezone.now()
    due = Delivery.objects.filter(state__in=_DUE, next_try_at__lte=now)
    names = due.order_by().values_list("channel", flat=True).distinct()
    return sum(_beside.start(name, partial(deliver, now, only=name)) for name in names)


def deliver(now: datetime, *, only: str | None = None) -> Sent:
    """One round over what is due, of one channel or of all, one message after the other.

    A channel that fails rests until the next round. Safe to run twice and at the same time.
    """
    sent = 0
    resting: list[str] = []
    ends = time.monotonic() + ROUND
    while time.monotonic() < ends and (delivery := _claim(now, resting, only)):
        outcome = _send(delivery, now)
        _mark(delivery, outcome, now)
        sent += outcome.ok
        if not outcome.ok and delivery.device is None:
            resting.append(delivery.channel)
    return Sent(sent, len(resting))


def _send(delivery: Delivery, now: datetime) -> channels.Outcome:
    if delivery.device is not None:
        return push.send(delivery, now)
    return channels.send(
        delivery.channel,
        title=delivery.title,
        body=_text(delivery),
        urgent=delivery.urgent,
        mention=mention_of(delivery.to) if delivery.urgent else None,
    )


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 30 seconds, doubled each time, at most an hour."""
    return min(timedelta(seconds=30 * 2 ** max(attempts - 1, 0)), timedelta(hours=1))


def _claim(now: datetime, resting: list[str], only: str | None) -> Delivery | None:
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=True).filter(
            state__in=_DUE, next_try_at__lte=now
        )
        wanted = due.filter(channel=only) if only else due
        delivery = wanted.exclude(channel__in=resting).order_by("next_try_at", "id").first()
        if delivery is not None:
            delivery.attempts += 1
            delivery.next_try_at = now + CLAIM
            delivery.save(update_fields=["attempts", "next_try_at"])
    return delivery


def _mark(delivery: Delivery, outcome: channels.Outcome, now: datetime) -> None:
    delivery.last_error = outcome.error[:120]
    if outcome.ok:
        delivery.state, delivery.sent_at = Delivery.State.SENT, now
    elif outcome.over or delivery.attempts >= GIVE_UP_AFTER:
        delivery.state = Delivery.State.GIVEN_UP
    else:
        delivery.state = Delivery.State.FAILED
        delivery.next_try_at = now + backoff(delivery.attempts)
    delivery.save(update_fields=["state", "sent_at", "last_error", "next_try_at"])


def _text(delivery: Delivery) -> str:
    whole = settings.YINGBIN_ADDRESS and delivery.link
    link = f"{settings.YINGBIN_ADDRESS}{link_of(delivery)}" if whole else ""
    return "\n".join(line for line in (delivery.body, link) if line) or delivery.title

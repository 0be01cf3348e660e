"""Reading notices: one person's list and count, the site's channels and what they carried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable

from yingbin.pages.placed import placed
from yingbin.people.queries import Badge, how_many

from . import channels
from .models import ChannelChoice, Delivery, GroupMention, Notice, PushDevice, RingTrial


def unread(staff_id: UUID, site_id: UUID) -> int:
    """How many notices the person hasn't seen here: the bell's number, one query."""
    return unseen(staff_id, site_id).count()


def unseen(staff_id: UUID, site_id: UUID) -> QuerySet[Notice]:
    """The notices the person hasn't seen here."""
    return Notice.objects.filter(site_id=site_id, to_id=staff_id, seen_at__isnull=True)


def news(staff_id: UUID, site_id: UUID) -> QuerySet[Notice]:
    """Those of them that tell of something which doesn't stand in 待办 by itself."""
    return unseen(staff_id, site_id).filter(listed=False)


def waits(badge: Badge, at: datetime) -> Combinable:
    """How many notices the person hasn't seen here, for the bell; not those whose matter is counted in 待办 itself."""
    return how_many(news(badge.staff_id, badge.here))


def mine(staff_id: UUID, site_id: UUID, limit: int = 60) -> list[Notice]:
    """The person's notices: those to be acknowledged first, then the newest."""
    return list(_mine(staff_id, site_id)[:limit])


def one(staff_id: UUID, site_id: UUID, notice_id: UUID) -> Notice | None:
    """One's own notice; None for another's."""
    return Notice.objects.filter(site_id=site_id, to_id=staff_id, id=notice_id).first()


def link_of(delivery: Delivery) -> str:
    """Where a message leads: the page at the place it speaks of; nowhere for one without a link."""
    return placed(delivery.site.code, delivery.link) if delivery.link else ""


def was_told(site_id: UUID, staff_id: UUID, dedupe: str) -> bool:
    """Whether the person was told this thing already."""
    return Notice.objects.filter(site_id=site_id, to_id=staff_id, dedupe=dedupe).exists()


def _mine(staff_id: UUID, site_id: UUID) -> QuerySet[Notice]:
    rows = Notice.objects.filter(site_id=site_id, to_id=staff_id)
    waits = Q(must_acknowledge=True, acknowledged_at__isnull=True)
    return rows.annotate(waits=waits).order_by("-waits", "-made_at", "-id")


def latest_unseen(staff_id: UUID, site_id: UUID, limit: int = 5) -> list[Notice]:
    """The newest unseen notices, for the bell."""
    rows = Notice.objects.filter(site_id=site_id, to_id=staff_id, seen_at__isnull=True)
    return list(rows.order_by("-made_at", "-id")[:limit])


_NONE = {"sent": 0, "waiting": 0, "given_up": 0}


@dataclass(frozen=True)
class Channel:
    """A channel as the site's page shows it: what it is, whether it is used here, how it fares."""

    name: str
    sort: str
    used: bool
    kinds: tuple[str, ...]
    sent: int
    waiting: int
    given_up: int


def channels_of(site_id: UUID) -> list[Channel]:
    """The installation's channels and those the site chose, with how each fares; two queries."""
    known = channels.configured()
    chosen = {c.name: c for c in ChannelChoice.objects.filter(site_id=site_id)}
    counts = {
        row["channel"]: row
        for row in Delivery.objects.filter(site_id=site_id)
        .values("channel")
        .annotate(
            sent=Count("id", filter=Q(state="sent")),
            waiting=Count("id", filter=Q(state__in=["queued", "failed"])),
            given_up=Count("id", filter=Q(state="given_up")),
        )
    }
    return [
        Channel(
            name=name,
            sort=channels.sort_of(known[name]) if name in known else "安装设置里已经没有",
            used=name in chosen,
            kinds=tuple(chosen[name].kinds) if name in chosen else (),
            sent=counts.get(name, _NONE)["sent"],
            waiting=counts.get(name, _NONE)["waiting"],
            given_up=counts.get(name, _NONE)["given_up"],
        )
        for name in _ordered(known, chosen)
    ]


def _ordered(known: Iterable[str], chosen: Iterable[str]) -> list[str]:
    return sorted({*known, *chosen})


def troubled(site_id: UUID, limit: int = 30) -> list[Delivery]:
    """Messages that haven't arrived, the newest first."""
    rows = Delivery.objects.filter(
        site_id=site_id, state__in=["failed", "given_up"], device__isnull=True
    )
    return list(rows.order_by("-made_at")[:limit])


def devices_of(staff_id: UUID) -> list[PushDevice]:
    """The devices that may call a person, the newest first."""
    return list(PushDevice.objects.filter(staff_id=staff_id).order_by("-allowed_at"))


def mention_agreed(staff_id: UUID) -> GroupMention | None:
    """The person's word that groups may mention them, or None."""
    return GroupMention.objects.filter(staff_id=staff_id).first()


@dataclass(frozen=True)
class Ring:
    """Whether a person's phone rings, as far as they tried it: `words`, and when they said so."""

    words: str
    status: str
    at: datetime | None = None
    device: str = ""


UNTRIED = Ring("没试过响铃", "away")


def rings_of(site_id: UUID, staff_ids: Iterable[UUID | str]) -> dict[str, Ring]:
    """What each of these people last said of their phone; one query."""
    wanted = list(staff_ids)
    rows = RingTrial.objects.filter(
        site_id=site_id, staff_id__in=wanted, answered_at__isnull=False
    ).order_by("staff_id", "-tried_at")
    found = {str(row.staff_id): _ring(row) for row in rows.distinct("staff_id")}
    return {str(who): found.get(str(who), UNTRIED) for who in wanted}


def _ring(trial: RingTrial) -> Ring:
    words, status = ("手机会响", "free") if trial.rang else ("手机没响", "danger")
    return Ring(words, status, trial.answered_at, trial.on_device)


def trial_of(site_id: UUID, staff_id: UUID) -> RingTrial | None:
    """The person's latest trial here, answered or not."""
    rows = RingTrial.objects.filter(site_id=site_id, staff_id=staff_id)
    return rows.order_by("-tried_at").first()


def groups_mention(site_id: UUID) -> bool:
    """Whether the site uses a group robot that can mention somebody."""
    chosen = ChannelChoice.objects.filter(site_id=site_id).values_list("name", flat=True)
    return any(channels.mentions_in(name) for name in chosen)

"""渠道报备: a channel registers a customer before the visit; what it is worth is found at once and stays."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from yingbin.customers.actions import register_customer
from yingbin.customers.queries import family, find, receiver_of_record
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.rules.protection import registration_standing

from ..models import Call, Channel, ChannelRegistration, RegisterEntry, Visit
from .days import values_in_force
from .table import gallery_write


def add_channel(
    *, site_id: UUID, key: str, by: UUID, at: datetime, name: str, contact: str = ""
) -> dict[str, Any]:
    """A new channel by name; a name stands once."""

    def work(pen: Pen) -> dict[str, Any]:
        wanted = " ".join(name.split())[:60]
        if not wanted:
            raise Refused(None, "请填写渠道的名称。")
        live = Channel.objects.filter(site_id=pen.site_id, ended_at__isnull=True)
        if live.filter(name=wanted).exists():
            raise Refused(None, f"「{wanted}」已经在名单里了。")
        row = Channel.objects.create(site_id=pen.site_id, name=wanted, contact=contact.strip()[:60])
        pen.append("channel.added", {"channel": str(row.id)})
        return {"channel": str(row.id)}

    return gallery_write(
        site_id=site_id,
        key=key,
        verb="add_channel",
        by=by,
        at=at,
        payload={"name": name, "contact": contact},
        work=work,
    )


def register_by_channel(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    channel_id: UUID,
    name: str,
    phone: str,
) -> dict[str, Any]:
    """Records a channel's registration with its standing. `Refused` while the policy is off."""

    def work(pen: Pen) -> dict[str, Any]:
        values = values_in_force(pen.site_id)
        if not values["channels"]:
            raise Refused(
                None, "本案场没有开启渠道报备。要开启，请销售经理在「督导 → 规则」里设置。"
            )
        if not phone.strip():
            raise Refused(None, "报备要有完整号码，客户到访时才对得上。")
        channel = Channel.objects.filter(
            site_id=pen.site_id, id=channel_id, ended_at__isnull=True
        ).first()
        if channel is None:
            raise Refused(None, "请从名单里选渠道。")
        customer = register_customer(pen=pen, name=name, phone=phone)
        ids = _all_with(pen, customer.id, phone)
        row = _keep(pen, channel, customer.id, ids, int(values["channel_valid_days"]))
        return {"registration": str(row.id), "standing": row.standing, "receipt": row.receipt}

    payload = {"channel": str(channel_id), "name": name, "phone": phone}
    return gallery_write(
        site_id=site_id, key=key, verb="channel", by=by, at=at, payload=payload, work=work
    )


def _all_with(pen: Pen, customer_id: UUID, phone: str) -> list[UUID]:
    """Every card that may be this person: the card itself and all with the same number."""
    ids = list(family(pen.site_id, customer_id))
    for found in find(pen.site_id, phone, limit=20):
        if found.exact:
            ids += [i for i in family(pen.site_id, found.id) if i not in ids]
    return ids


def _keep(
    pen: Pen, channel: Channel, customer_id: UUID, ids: list[UUID], days: int
) -> ChannelRegistration:
    standing = registration_standing(
        known_before=_known(pen, ids),
        taken_by_another=ChannelRegistration.objects.filter(
            site_id=pen.site_id, customer_id__in=ids, standing="valid", valid_until__gte=pen.at
        )
        .exclude(channel=channel)
        .exists(),
    )
    until = pen.at + timedelta(days=days)
    body = {"channel": str(channel.id), "customer": str(customer_id), "standing": standing}
    body["until"] = until.isoformat()
    line = pen.append("channel.registered", body)
    return ChannelRegistration.objects.create(
        site_id=pen.site_id,
        channel=channel,
        customer_id=customer_id,
        at=pen.at,
        by=UUID(pen.by),
        valid_until=until,
        standing=standing,
        seq=line.seq,
        receipt=line.receipt,
    )


def _known(pen: Pen, ids: list[UUID]) -> bool:
    """The customer visited, rang or stood in the register before."""
    of = {"site_id": pen.site_id, "customer_id__in": ids}
    return (
        any(receiver_of_record(pen.site_id, i) for i in ids)
        or Visit.objects.filter(**of, undone_at__isnull=True).exists()
        or RegisterEntry.objects.filter(**of).exists()
        or Call.objects.filter(**of).exists()
    )

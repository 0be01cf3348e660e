"""渠道报备: an agency registers a customer before the visit; what it is worth is found at once and stays."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from yingbin.customers.actions import register_customer
from yingbin.customers.queries import family, find, receiver_of_record
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.rules.protection import registration_standing

from ..models import Agency, AgencyRegistration, Call, RegisterEntry, Visit
from .days import values_in_force


@dataclass(frozen=True)
class AgencyReceipt:
    """What an agency's registration is worth (a `Standing`), and the code that proves it."""

    registration: UUID
    standing: str
    receipt: str


@action("add_channel")
def add_agency(pen: Pen, *, name: str, contact: str = "") -> UUID:
    """A new agency by name; a name stands once."""
    wanted = " ".join(name.split())[:60]
    if not wanted:
        raise Refused(None, "请填写渠道的名称。", "name")
    live = Agency.objects.filter(site_id=pen.site_id, ended_at__isnull=True)
    if live.filter(name=wanted).exists():
        raise Refused(None, f"「{wanted}」已经在名单里了，不用再加，报备时直接选它。", "name")
    row = Agency.objects.create(site_id=pen.site_id, name=wanted, contact=contact.strip()[:60])
    pen.append("channel.added", {"channel": str(row.id)})
    return row.id


@action("channel")
def register_by_agency(pen: Pen, *, agency_id: UUID, name: str, phone: str) -> AgencyReceipt:
    """Records an agency's registration with its standing. `Refused` while the policy is off."""
    values = values_in_force(pen.site_id)
    if not values["channels"]:
        raise Refused(None, "本案场没有开启渠道报备。要开启，请销售经理在「督导 → 规则」里设置。")
    if not phone.strip():
        raise Refused(None, "报备请填完整号码，客户到访时才对得上。", "q")
    agency = Agency.objects.filter(site_id=pen.site_id, id=agency_id, ended_at__isnull=True).first()
    if agency is None:
        raise Refused(None, "请从名单里选渠道。", "agency")
    customer = register_customer(pen=pen, name=name, phone=phone)
    ids = _all_with(pen, customer.id, phone)
    row = _keep(pen, agency, customer.id, ids, int(values["channel_valid_days"]))
    return AgencyReceipt(row.id, row.standing, row.receipt)


def _all_with(pen: Pen, customer_id: UUID, phone: str) -> list[UUID]:
    """Every card that may be this person: the card itself and all with the same number."""
    ids = list(family(pen.site_id, customer_id))
    for found in find(pen.site_id, phone, limit=20):
        if found.exact:
            ids += [i for i in family(pen.site_id, found.id) if i not in ids]
    return ids


def _keep(
    pen: Pen, agency: Agency, customer_id: UUID, ids: list[UUID], days: int
) -> AgencyRegistration:
    standing = registration_standing(
        known_before=_known(pen, ids),
        taken_by_another=AgencyRegistration.objects.filter(
            site_id=pen.site_id, customer_id__in=ids, standing="valid", valid_until__gte=pen.at
        )
        .exclude(agency=agency)
        .exists(),
    )
    until = pen.at + timedelta(days=days)
    body = {"channel": str(agency.id), "customer": str(customer_id), "standing": standing}
    body["until"] = until.isoformat()
    line = pen.append("channel.registered", body)
    return AgencyRegistration.objects.create(
        site_id=pen.site_id,
        agency=agency,
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

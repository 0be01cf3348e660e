"""A phone becomes a gate's device, takes it over from another one, or lets it go (CV-4.1)."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.queries import those_who_may
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.gate.gatefile import GatePolicy

from .. import gatehouse
from ..models import GateDevice
from ..phones import ELSEWHERE, Stands, stands
from .gate_verbs import NO_DEVICE

SILENT = "那部手机没有联系，可能正断着线放行。请把它打开连一下网；找不到它的，请值班队长用自己的账号收回，或登记成另一台。"
KEEPS = "这部手机还有没交上去的记录，请等它们交完，再交班。"


@action("gate.phone")
def open_on(pen: Pen, *, device_id: UUID, phone: UUID) -> None:
    """The phone is this device, if it is nobody's; refused where it is another one's."""
    device = _found(pen, device_id)
    how = stands(device, phone, pen.at, _policy(pen))
    if not how.may_scan:
        raise Refused("CV-4.1", ELSEWHERE)
    if how is Stands.FREE:
        _is(pen, device, phone)


@action("gate.take")
def take_over(pen: Pen, *, device_id: UUID, phone: UUID) -> int:
    """The phone is this device instead of the one that was; how many scans that one still kept, as far as it said.

    Refused while that one is silent, unless a supervisor takes it.
    """
    device = _found(pen, device_id)
    how = stands(device, phone, pen.at, _policy(pen))
    if how is Stands.OWN:
        return 0
    chiefs = those_who_may(pen.site_id, "gate.supervise", pen.at)
    if how is Stands.SILENT and not any(one.id == actor(pen) for one in chiefs):
        raise Refused("CV-4.1", SILENT)
    waiting = device.waiting
    _is(pen, device, phone)
    return waiting


@action("gate.let_go")
def let_go(pen: Pen, *, device_id: UUID, phone: UUID) -> None:
    """The phone is this device no more, so that the next guard's can be. Raises `Refused` while it keeps scans."""
    device = _found(pen, device_id)
    if device.phone != phone:
        raise Refused("CV-4.1", ELSEWHERE)
    if device.waiting:
        raise Refused("CV-4.1", KEEPS)
    _is(pen, device, None)


def heard(device: GateDevice, phone: UUID, at: datetime, waiting: int) -> None:
    """The phone says that it has a line, and how many scans it still holds: no fact of the gate, so no line of the journal."""
    own = GateDevice.objects.filter(id=device.id, phone=phone)
    own.update(heard_at=at, waiting=min(waiting, 100_000))


def _found(pen: Pen, device_id: UUID) -> GateDevice:
    device = gatehouse.open_one(gatehouse.devices_of(pen.site_id), device_id)
    if device is None:
        raise Refused("CV-4.1", NO_DEVICE)
    return device


def _policy(pen: Pen) -> GatePolicy:
    return gatehouse.POLICY.in_force(pen.site_id, pen.at).values


def _is(pen: Pen, device: GateDevice, phone: UUID | None) -> None:
    device.phone, device.heard_at, device.waiting = phone, None, 0
    device.held_at, device.held_by = (pen.at, actor(pen)) if phone else (None, None)
    body = {"device": str(device.id), "phone": str(phone) if phone else None}
    pen.append("gate.phone", body, clause="CV-4.1")
    device.save(update_fields=["phone", "heard_at", "waiting", "held_at", "held_by"])

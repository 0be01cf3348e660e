"""Setting up gates and the devices that stand at them (CV-4.1)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.gate.gatefile import AREAS

from ..gatehouse import in_order
from ..models import Gate, GateDevice

_MOST_DEVICES = 20


@dataclass(frozen=True)
class GateMade:
    """A gate as it was set up, and its own device."""

    gate: UUID
    device: UUID


@action("gates.add")
def add_gate(pen: Pen, *, name: str, areas: tuple[str, ...], on_site: bool) -> GateMade:
    """A gate that leads to these areas; by one `on_site` one enters and leaves. Raises `Refused`."""
    name = name.strip()
    if not name or len(name) > 20:
        raise Refused("CV-4.1", "请写门岗的名称，20 个字以内，例如 北门。", about="name")
    if not set(areas) <= set(AREAS) or not (areas or on_site):
        raise Refused(
            "CV-4.1", "请选这个门岗守着哪些区域；不守区域的，须是进出厂区的大门。", "areas"
        )
    open_now = Gate.objects.filter(site_id=pen.site_id, closed_at__isnull=True)
    if open_now.filter(name=name).exists():
        raise Refused(
            "CV-4.1", f"已经有叫{name}的门岗，请换一个名称，或先停用那一个。", about="name"
        )
    row = Gate(
        site_id=pen.site_id,
        name=name,
        areas=in_order(set(areas)),
        on_site=on_site,
        opened_at=pen.at,
    )
    body = {"gate": str(row.id), "name": name, "areas": row.areas, "site": on_site}
    row.seq = pen.append("gate.opened", body, clause="CV-4.1").seq
    row.save(force_insert=True)
    return GateMade(row.id, _device(pen, row).id)


@action("gates.close")
def close_gate(pen: Pen, *, gate_id: UUID) -> None:
    """The gate is used no more; who went in by it stays where they are. Raises `Refused`."""
    row = _open(pen, gate_id)
    row.closed_at = pen.at
    row.save(update_fields=["closed_at"])
    pen.append("gate.closed", {"gate": str(row.id)}, clause="CV-4.1")


@action("gates.device")
def add_device(pen: Pen, *, gate_id: UUID) -> UUID:
    """One more phone or tablet at a gate, known by its own name as it goes off line by itself. Its id."""
    row = _open(pen, gate_id)
    if row.devices.count() >= _MOST_DEVICES:
        raise Refused(
            "CV-4.1", f"{row.name}已有 {_MOST_DEVICES} 台设备，请停用这个门岗后另设一个。"
        )
    return _device(pen, row).id


def _open(pen: Pen, gate_id: UUID) -> Gate:
    rows = Gate.objects.filter(site_id=pen.site_id, closed_at__isnull=True)
    row = rows.filter(id=gate_id).first()
    if row is None:
        raise Refused("CV-4.1", "没有找到这个门岗，可能已经停用，请刷新后重新选。")
    return row


def _device(pen: Pen, gate: Gate) -> GateDevice:
    row = GateDevice(
        site_id=pen.site_id, gate=gate, number=gate.devices.count() + 1, made_at=pen.at, made_by=actor(pen)
    )  # fmt: skip
    body = {"device": str(row.id), "gate": str(gate.id), "number": row.number}
    row.seq = pen.append("gate.device", body, clause="CV-4.1").seq
    row.save(force_insert=True)
    return row

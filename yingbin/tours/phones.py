"""Which phone or tablet a device of a gate is: one at a time, since each decides by its own list once its line is gone (CV-4.1).

Whoever asks for the list first is the device. Another takes it over by a tap as long as the first has a line and
keeps nothing: it hears so at once. One that is silent may go on letting in without a line, so only a supervisor takes
the device from it, until its list is too old to let anybody in. What it kept is taken in whenever it comes.
"""

from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from yingbin.rules.gate.gatefile import GatePolicy

from .models import GateDevice

FRESH = timedelta(seconds=45)  # its page asks every fifteen
ELSEWHERE = (
    "这台设备改在另一部手机上用了，这部手机不再放行。请刷新门岗页，改回这部手机，或登记成另一台。"
)


class Stands(Enum):
    """How a phone stands to a device. `FREE`: nobody's, or of one that can't let in any more; `READY`: of another
    one, which would hear at once that it is no more; `SILENT`: of another one that may be without a line."""

    OWN = "own"
    FREE = "free"
    READY = "ready"
    SILENT = "silent"

    @property
    def may_scan(self) -> bool:
        """Whether the phone may be used at the gate as it is."""
        return self in (Stands.OWN, Stands.FREE)


def stands(device: GateDevice, phone: UUID | None, at: datetime, policy: GatePolicy) -> Stands:
    """How this phone stands to the device now; None: one that said nothing of itself."""
    if device.phone is None:
        return Stands.FREE
    if device.phone == phone:
        return Stands.OWN
    if device.heard_at is None:
        return Stands.READY  # a page without a script has no list to go on with
    silent = at - device.heard_at
    if silent > timedelta(minutes=policy.list_minutes):
        return Stands.FREE
    return Stands.SILENT if silent > FRESH or device.waiting else Stands.READY

"""The gates of the demo's headquarters: guests let in and out, passes given back, an evening, a line lost, played by the actions people use."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from yingbin.journal.action import Acting
from yingbin.people.calendar import ZONE
from yingbin.people.models import Staff
from yingbin.sheets.actions import Copy

from .actions import breaches, gates, guests
from .actions import gate_verbs as verbs
from .actions.gate_verbs import Through
from .actions.merging import Kept, Queue, merge
from .actions.printing import begin_printing
from .guest_lines import GuestLine
from .models import (
    Fate,
    GateBreach,
    GateClash,
    GateDevice,
    GateEvent,
    TourGuest,
    VisitorPass,
)

GATES = (("北门", ("plant",), True), ("南门", (), True), ("车间门", ("plant", "workshop"), False))
GUARD, CHIEF = "mengang", "heyuan"


class GatePlayer:
    """Plays what happens at the gates of one headquarters."""

    def __init__(self, site_id: UUID, crew: dict[str, Staff]) -> None:
        self.site_id, self.crew = site_id, crew

    def set_up(self, at: datetime) -> None:
        """Two gates of the site and one of the workshop."""
        for n, (name, areas, on_site) in enumerate(GATES):
            acting = self._acting(CHIEF, f"gate{n}", at)
            gates.add_gate(acting, name=name, areas=areas, on_site=on_site)

    def play(self, until: datetime) -> None:
        """Every visit that has passed by now goes in and out by its passes, which are given back; then the evening is signed."""
        out = VisitorPass.objects.filter(
            site_id=self.site_id, fate=Fate.OUTSTANDING, ends_at__lte=until, log__isnull=True
        )
        rows = list(out.order_by("starts_at", "number"))
        for row in rows:
            self._visit(row)
        if rows:
            last = max(row.ends_at for row in rows)
            verbs.end_day(self._acting(CHIEF, "evening", last + timedelta(hours=1)))
            if not GateBreach.objects.filter(site_id=self.site_id).exists():
                self._breach(last + timedelta(hours=1, minutes=5))

    def _breach(self, at: datetime) -> None:
        """Reported by a guard, confirmed by security, and taken out for legal."""
        note = "没有参观证，从货梯带进一个人，在三号线旁边拍了两张"
        guard = self._acting(GUARD, "breach", at)
        one = breaches.report_breach(guard, leader=None, called="设备维修商刘某", note=note).breach
        guard = self._acting(GUARD, "evidence", at + timedelta(minutes=9))
        breaches.add_evidence(guard, breach_id=one, note="手机里的照片已当面删除，他写了说明")
        finding = "货梯录像和访客登记都对得上，带的是同行的销售"
        chief = self._acting(CHIEF, "confirmed", at + timedelta(minutes=40))
        breaches.confirm_breach(chief, breach_id=one, finding=finding)
        day = at.astimezone(ZONE).date()
        copy = Copy("pdf", day, day, 3, sha256(finding.encode()).hexdigest())
        chief = self._acting(CHIEF, "record", at + timedelta(minutes=55))
        breaches.hand_out_record(chief, breach_id=one, copy=copy, why="交法务部存档")

    def now(self, at: datetime) -> None:
        """Guests who are early are let in by the chief; a report that security has still to confirm."""
        soon = VisitorPass.objects.filter(
            site_id=self.site_id,
            fate=Fate.OUTSTANDING,
            starts_at__gt=at,
            starts_at__lt=at + timedelta(hours=3),
        )
        row = soon.order_by("starts_at", "number").first()
        if row is not None:
            told = Through(self._device("北门"), row.number, row.revision, count=row.persons)
            verbs.scan(self._acting(GUARD, "early", at - timedelta(minutes=8)), told=told)
            chief = self._acting(CHIEF, "admitted", at - timedelta(minutes=7))
            verbs.admit(chief, told=told, reason="客人早到，接待部已在门口等")
            self._another(row, at)
            reception = self._acting("jiangnan", "printing", at - timedelta(minutes=6))
            begin_printing(reception, visit_id=row.visit_id)
        acting = self._acting(GUARD, "breach", at - timedelta(minutes=5))
        note = "没有参观证，从车间门带进两个人，说是朋友"
        breaches.report_breach(acting, leader=None, called="物流司机王某", note=note)

    def _another(self, row: VisitorPass, at: datetime) -> None:
        """Somebody else came than was said, which reception allowed; the chief called one of them."""
        listed = TourGuest.objects.filter(visit=row.visit, stands="listed").order_by("-number")
        old, last = listed.filter(phone="").first(), listed.exclude(phone="").first()
        if old is None or last is None:
            return
        guests.replace_guest(
            self._acting(GUARD, "another", at - timedelta(minutes=6)), visit_id=row.visit_id, guest_id=old.id,
            comes=GuestLine("乌兰", role=old.role), allowed_by=self.crew["jiangnan"].id, why="原来的翻译临时出差",
        )  # fmt: skip
        called = self._acting(CHIEF, "called", at - timedelta(minutes=5))
        guests.reveal_guest(called, visit_id=row.visit_id, guest_id=last.id, why="联系来访人")

    def _visit(self, row: VisitorPass) -> None:
        door = "车间门" if "workshop" in row.areas else "北门"
        come, go = row.starts_at + timedelta(minutes=2), row.ends_at - timedelta(minutes=6)
        told = Through(self._device("北门"), row.number, row.revision, count=row.persons)
        verbs.scan(self._acting(GUARD, f"in{row.number}", come), told=told)
        if not GateEvent.objects.filter(site_id=self.site_id, event="online").exists():
            self._without_a_line(row, come)
        if door != "北门":
            inside = Through(self._device(door), row.number, row.revision, count=row.persons)
            verbs.scan(
                self._acting(GUARD, f"on{row.number}", come + timedelta(minutes=12)), told=inside
            )
        leaving = Through(self._device("北门"), row.number, row.revision, False, row.persons)
        verbs.scan(self._acting(GUARD, f"out{row.number}", go), told=leaving)
        verbs.take_back(
            self._acting(GUARD, f"back{row.number}", go + timedelta(minutes=1)), number=row.number
        )

    def _without_a_line(self, row: VisitorPass, come: datetime) -> None:
        """The south gate's line is gone: the same pass is shown there too, which comes out when the line is back."""
        south, shown = self._device("南门"), come + timedelta(minutes=4)
        through = Through(
            south, row.number, row.revision, count=row.persons, device_at=shown, nonce="demo-south"
        )
        queue = Queue(
            south,
            come - timedelta(minutes=1),
            shown + timedelta(minutes=6),
            (Kept(through, let_in=True),),
        )
        merge(self._acting(GUARD, "south", shown + timedelta(minutes=6)), told=queue)
        for one in GateClash.objects.filter(site_id=self.site_id, settled_at__isnull=True):
            acting = self._acting(CHIEF, f"settled{one.scan_id}", shown + timedelta(minutes=7))
            verbs.settle_clash(
                acting, clash_id=one.id, finding="同一批客人从南门绕进来，人数点过，没有多人"
            )

    def _device(self, name: str) -> UUID:
        return GateDevice.objects.get(site_id=self.site_id, gate__name=name, number=1).id

    def _acting(self, who: str, what: str, at: datetime) -> Acting:
        return Acting(self.site_id, f"demo-{what}-{at:%m%d%H%M%S}"[:80], self.crew[who].id, at)

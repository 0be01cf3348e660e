"""Photos of assets, of faults that somebody told by scanning a label, and of incidents: who sees them."""

from uuid import UUID

from yingbin.files.owners import Owner
from yingbin.people.queries import Badge

from .models import Asset, FaultReport, IncidentNote


def _sees_asset(badge: Badge, asset: UUID) -> bool:
    here = Asset.objects.filter(site_id=badge.here, id=asset)
    return badge.may("duty.stand") and here.exists()


def _sees_fault(badge: Badge, fault: UUID) -> bool:
    here = FaultReport.objects.filter(site_id=badge.here, id=fault)
    return badge.may("duty.stand") and here.exists()


def _sees_incident(badge: Badge, note: UUID) -> bool:
    here = IncidentNote.objects.filter(site_id=badge.here, id=note)
    return badge.may("duty.stand") and here.exists()


ASSET = Owner("duty.asset", "设备", ("duty.lead",), _sees_asset)
# Nobody who has signed in adds to what a stranger told.
FAULT = Owner("duty.fault", "扫码报修", (), _sees_fault)
# They hang on the words they came with, and go with them.
INCIDENT = Owner("duty.incident", "突发事件", ("duty.stand",), _sees_incident)

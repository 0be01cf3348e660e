"""A show flat on which everybody is there, and its pages, opened by whoever signs in."""

from uuid import UUID

import pytest
from django.utils import timezone

from yingbin.duty.actions import cases, incidents
from yingbin.duty.queries.incidents import IncidentPage, incident_page
from yingbin.journal.check import check_site
from yingbin.people.models import Assignment

from .flat import MONDAY, Flat


def manned(flat: Flat, monkeypatch: pytest.MonkeyPatch, *, at: str = "10:00") -> Flat:
    """叶 stands at the post, 许 leads, 程 and 秦 are there; pages look at the flat's own clock."""
    flat.come("程", "秦", at="08:40")
    flat.now = flat.at(at)
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


def also(flat: Flat, other: Flat, who: str, role: str) -> None:
    """Somebody of the first place has a role at the other one too."""
    Assignment.objects.create(site=other.place, staff_id=flat.people[who], role=role, since=MONDAY)


def happen(flat: Flat, type: str = "火情", *, by: str = "叶", at: str = "") -> UUID:
    """An emergency of a type at the first post, or a disruption for no type."""
    kind = "emergency" if type else "disruption"
    told = {"kind": kind, "post": flat.post, "type": type}
    return flat.do(cases.open_case, by, at=at, **told).case


def drilled(flat: Flat, type: str = "火情", *, at: str = "") -> UUID:
    """A drill of a type at the first post."""
    return flat.do(incidents.open_drill, "许", at=at, type=type, post=flat.post).incident


def seen(flat: Flat, incident: UUID, me: str = "叶") -> IncidentPage:
    """An incident as somebody sees it now."""
    found = incident_page(flat.site, incident, flat.now, me=flat.people[me])
    assert found is not None
    return found


def faults(flat: Flat) -> list[str]:
    """What the check of the journal finds; the flat's people themselves come without an entry."""
    found = [str(f) for x in check_site(flat.site) for f in x.found]
    return [f for f in found if "「人员」" not in f]

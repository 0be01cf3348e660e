"""An incident as its page shows and pushes it: page and fragment are made by the same code."""

from typing import TypedDict
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.people.live import Topic, Viewer

from .models import Incident
from .queries.incidents import IncidentPage, incident_page


class IncidentContext(TypedDict):
    """What the page and its fragment are given. clause: by the kind of incident."""

    seen: IncidentPage
    clause: str


def incident_context(seen: IncidentPage) -> IncidentContext:
    """An incident for its template."""
    emergency = seen.row.kind == Incident.Kind.EMERGENCY
    return {"seen": seen, "clause": "SF-4.6" if emergency else "SF-4.5"}


def _incident(viewer: Viewer) -> dict[str, str]:
    try:
        asked = UUID(viewer.arg)
    except ValueError:
        return {}
    now, me = timezone.now(), viewer.badge.staff_id
    seen = incident_page(viewer.site_id, asked, now, me=me)
    if seen is None:
        return {}
    shown = {**incident_context(seen), "csrf_token": viewer.csrf}
    return {"incident": render_to_string("duty/_incident.html", shown)}


# Personal: whether one can still say that one has heard depends on who looks.
INCIDENT = Topic("duty.stand", _incident)

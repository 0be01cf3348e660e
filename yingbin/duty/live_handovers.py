"""What the page of a handover shows and pushes: the other side sees each answer and the signature at once."""

from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.pages.asked import uid
from yingbin.people.live import Viewer

from .actions.handovers import ABOVE
from .queries.handovers import SeenDay, with_handover
from .queries.picture import SeenPerson
from .queries.seen_handovers import SeenHandover


def handover_context(day: SeenDay, found: SeenHandover, me: str) -> dict[str, object]:
    """A handover for one of those who look at it."""
    seen, person = day.seen, day.seen.person(me)
    beside, giver = day.of(found), seen.person(found.giver_id)
    waits = [p for p in _sides(day, found) if p is not None and p.id != me]
    for_giver = person is not None and person.role in ABOVE and not (giver and giver.signed_on)
    return {
        "handover": found,
        "day": seen.day,
        "beside": beside,
        "receives": me == found.receiver_id,
        "may_sign": me in _unsigned(found) or (for_giver and "giving" not in found.signed),
        "may_take": person is not None and person.role in ABOVE and me != found.receiver_id,
        "may_add": me in (found.giver_id, found.receiver_id) or (person and person.role in ABOVE),
        "left": sum(e.accepted is None for e in found.entries),
        "others": [p for p in waits if p.id in _unsigned(found)],
        "lines": [e for e in found.entries if e.kind == "line"],
        "keys": [e for e in found.entries if e.kind == "key"],
        "stock": [(e, beside.expected.get(e.id)) for e in found.entries if e.kind == "stock"],
    }


def _sides(day: SeenDay, found: SeenHandover) -> list[SeenPerson | None]:
    return [day.seen.person(found.giver_id), day.seen.person(found.receiver_id)]


def _unsigned(found: SeenHandover) -> list[str]:
    sides = (("giving", found.giver_id), ("receiving", found.receiver_id))
    return [who for side, who in sides if side not in found.signed]


def pushed(viewer: Viewer) -> dict[str, str]:
    """The stream of one handover's page; nothing for an id that isn't this site's."""
    wanted = uid(viewer.arg)
    day = with_handover(viewer.site_id, wanted, timezone.now()) if wanted else None
    found = day.seen.handover(str(wanted)) if day else None
    if day is None or found is None:
        return {}
    me = str(UUID(str(viewer.badge.staff_id)))
    shown = {**handover_context(day, found, me), "csrf_token": viewer.csrf}
    return {"handover": render_to_string("duty/_handover.html", shown)}

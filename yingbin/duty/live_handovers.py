"""What the page of a handover shows and pushes: the other side sees each answer and the signature at once."""

from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.pages.asked import uid
from yingbin.people.live import Viewer

from .actions.handovers import ABOVE
from .queries.handovers import SeenDay, with_handover
from .queries.picture import Picture, SeenPerson
from .queries.seen_handovers import SeenHandover


def waits(seen: Picture, found: SeenHandover, me: SeenPerson | None) -> bool:
    """Whether somebody has a part in a handover: as a side, or in place of a giver who is gone."""
    return me is not None and (me.id in _sides(found) or _for_giver(seen, found, me))


def _sides(found: SeenHandover) -> tuple[str, str]:
    return found.giver_id, found.receiver_id


def _for_giver(seen: Picture, found: SeenHandover, person: SeenPerson) -> bool:
    """Whether they may sign for a giver who isn't there."""
    giver = seen.person(found.giver_id)
    gone = giver is not None and not giver.signed_on
    return gone and person.role in ABOVE and person.id != found.receiver_id


def _may_sign(seen: Picture, found: SeenHandover, person: SeenPerson) -> bool:
    """Whether their signature is still wanted."""
    sides = (("giving", found.giver_id), ("receiving", found.receiver_id))
    left = {side: who for side, who in sides if side not in found.signed}
    return person.id in left.values() or ("giving" in left and _for_giver(seen, found, person))


def handover_context(day: SeenDay, found: SeenHandover, me: str) -> dict[str, object]:
    """A handover for one of those who look at it."""
    seen, person, beside = day.seen, day.seen.person(me), day.of(found)
    above = person is not None and person.role in ABOVE
    here = [p for p in seen.people.values() if p.signed_on or p.role == "guard"]
    return {
        "handover": found,
        "day": seen.day,
        "beside": beside,
        "receives": me == found.receiver_id,
        "may_sign": person is not None and _may_sign(seen, found, person),
        "may_take": above and me != found.receiver_id,
        "may_add": above or me in _sides(found),
        "left": sum(e.accepted is None for e in found.entries),
        "others": [p for p in here if p.id != me and _may_sign(seen, found, p)],
        "giver_gone": found.giver if "giving" not in found.signed and _gone(seen, found) else "",
        "lines": [e for e in found.entries if e.kind == "line"],
        "keys": [e for e in found.entries if e.kind == "key"],
        "stock": [(e, beside.expected.get(e.id)) for e in found.entries if e.kind == "stock"],
    }


def _gone(seen: Picture, found: SeenHandover) -> bool:
    giver = seen.person(found.giver_id)
    return giver is not None and not giver.signed_on and giver.role != "guard"


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

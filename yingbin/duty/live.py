"""What the pages of a day on duty show and push: page and fragment are made by the same code."""

from typing import Any, TypeAlias
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.journal.write import new_key
from yingbin.people.live import Topic, Viewer

from .live_handovers import pushed, waits
from .live_incident import INCIDENT
from .live_places import PLACES
from .policies import SIGN_ON
from .queries.assets import waiting_faults
from .queries.incidents import open_drills
from .queries.left_over import left_over
from .queries.picture import Picture, SeenPerson, picture
from .visit_live import guests_now

# What a template is given, by the names it uses.
Context: TypeAlias = dict[str, Any]


def now_context(site_id: UUID, who: UUID, *, guests: bool) -> Context:
    """A person's own page; `guests`: whether they may know who visits."""
    now = timezone.now()
    seen = picture(site_id, now)
    me = seen.person(who)
    return {
        "now": now,
        "seen": seen,
        "me": me,
        "my_plan": _planned(seen, who),
        "due": _mine_first(seen, me),
        "waited_for": sorted(
            (p for p in seen.people.values() if p.late or p.late_by), key=lambda p: not p.late
        ),
        "my_breaks": [b for b in seen.breaks if b.who == str(who) and not b.running],
        "my_lines": seen.lines_of(who),
        "my_handovers": [h for h in seen.handovers if h.state == "open" and waits(seen, h, me)],
        "drills": open_drills(site_id),
        "left": left_over(site_id, now),
        "faults_waiting": waiting_faults(site_id),
        "ready_since": seen.ready_due.get(str(who)),
        "guests": guests_now(site_id, now, may=guests),
        "asks_code": SIGN_ON.in_force(site_id, now).values.code,
        "key": new_key(),
    }


def _planned(seen: Picture, who: UUID) -> object:
    if seen.plan is None:
        return None
    return next((p for p in seen.plan.people if p.staff == who), None)


def _mine_first(seen: Picture, me: SeenPerson | None) -> list[object]:
    """Checks that can be done now: those of the post where one stands first."""
    due = sorted(seen.due(), key=lambda t: (me is None or t.post != me.at, t.due))
    return list(due)


def posts_context(site_id: UUID) -> Context:
    """A lead's page: every post, who is on it, what burns."""
    now = timezone.now()
    seen = picture(site_id, now)
    return {
        "now": now,
        "seen": seen,
        "gaps": [p for p in seen.posts if p.gap],
        "late": [t for t in seen.tasks if t.state in ("late", "missing")],
        "absent": [p for p in seen.people.values() if p.late],
        "drills": open_drills(site_id),
        "left": left_over(site_id, now),
        "guests": guests_now(site_id, now, may=True),
        "asks_code": SIGN_ON.in_force(site_id, now).values.code,
        "key": new_key(),
    }


def _now(viewer: Viewer) -> dict[str, str]:
    guests = viewer.badge.may("visits.record")
    context = now_context(viewer.site_id, viewer.badge.staff_id, guests=guests)
    shown = {**context, "csrf_token": viewer.csrf}
    return {"now": render_to_string("duty/_now.html", shown)}


def _posts(viewer: Viewer) -> dict[str, str]:
    shown = {**posts_context(viewer.site_id), "csrf_token": viewer.csrf}
    return {"posts": render_to_string("duty/_posts.html", shown)}


TOPICS = {
    "duty": Topic("duty.stand", _now),
    "duty-posts": Topic("duty.lead", _posts),
    "handover": Topic("duty.stand", pushed),
    "duty-incident": INCIDENT,
    "duty-places": PLACES,
}

"""What the live pages show and push: the context of a page and its fragments are made by the same code."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.journal.write import new_key
from yingbin.matters.queries import alerts_of
from yingbin.notices.queries import rings_of
from yingbin.people.calendar import ZONE
from yingbin.people.live import Topic, Viewer
from yingbin.people.queries import names_of, staff_with_role

from . import code
from .actions import days
from .models import Claim, GalleryPolicy, LeaveRequest
from .queries import board as boards
from .queries import history, register

DRINKS = ["热茶", "温水", "咖啡", "儿童水"]


def _today(at: Any) -> Any:
    return at.astimezone(ZONE).date()


def board_context(site_id: UUID, *, may_code: bool) -> dict[str, Any]:
    """The big screen; the sign-in code only for those who may see it."""
    now = timezone.now()
    live = boards.board(site_id)
    return {
        "now": now,
        "board": live,
        "before": None if live else boards.before_opening(site_id, now, _today),
        "code": code.current(site_id, now) if may_code else "",
        "code_until": now + timedelta(seconds=code.seconds_left(now)),
    }


def mine_context(site_id: UUID, staff_id: UUID) -> dict[str, Any]:
    """A salesperson's page."""
    now = timezone.now()
    live = boards.board(site_id)
    me = live.person(staff_id) if live else None
    before = None if live else boards.before_opening(site_id, now, _today)
    signed_in = bool(before and any(w == str(staff_id) for w, _, _ in before.present))
    return {
        "now": now,
        "board": live,
        "me": me,
        "before": before,
        "signed_in_early": signed_in,
        "ahead": _ahead(live, me),
        **_patience(live, me),
        "waits_for_me": [w for w in live.waiting if w.whom_id == str(staff_id)] if live else [],
        "asked": _open_request(site_id, staff_id),
        "received": history.visits_received(live.day, staff_id) if live else [],
        "claims": _claims_of(site_id, staff_id, live),
        "owed": register.owed(me.visit) if me and me.visit else 0,
        "key": new_key(),
    }


def _patience(live: boards.Board | None, me: boards.Person | None) -> dict[str, Any]:
    """Until when a turn that was just given should be accepted."""
    seconds = int(live.day.settings.get("accept_seconds", 120)) if live else 120
    since = me.since if me and me.since else timezone.now()
    return {"accept_seconds": seconds, "accept_until": since + timedelta(seconds=seconds)}


def _ahead(live: boards.Board | None, me: boards.Person | None) -> list[boards.Person]:
    """The free people who stand before me."""
    if live is None or me is None:
        return []
    return [p for p in live.free if p.place < me.place]


def _open_request(site_id: UUID, staff_id: UUID) -> LeaveRequest | None:
    return history.open_leave_requests(site_id).filter(asked_by=staff_id).first()


def _claims_of(site_id: UUID, staff_id: UUID, live: boards.Board | None) -> dict[UUID, Claim]:
    if live is None:
        return {}
    rows = Claim.objects.filter(site_id=site_id, day=live.day, asked_by=staff_id)
    return {c.visit_id: c for c in rows.order_by("asked_at")}


def supervision_context(site_id: UUID, staff_id: UUID) -> dict[str, Any]:
    """The manager's page. Requests of one's own are shown but can't be decided by oneself."""
    now = timezone.now()
    live = boards.board(site_id)
    claims = list(history.open_claims(site_id))
    leaves = list(history.open_leave_requests(site_id))
    names = names_of({c.asked_by for c in claims} | {r.asked_by for r in leaves})
    alerts = alerts_of(site_id, staff_id)
    return {
        "now": now,
        "alerts": alerts,
        "alerts_count": len(alerts),
        "board": live,
        "before": None if live else boards.before_opening(site_id, now, _today),
        "claims": claims,
        "leaves": leaves,
        "leaves_count": len(leaves),
        "names": {**names, **(live.row.names if live else {})},
        "blocks": days.blocks(site_id, live.state, live.row.names) if live else [],
        "opening": [live.name(w) for w in live.day.opening_queue] if live else [],
        "last_day": None if live else history.day_of(site_id, None),
        "policy": policy_initial(site_id),
        "active": _active(live) if live else [],
        "latest": list(history.decisions(live.day, history.DecisionFilter())[:8]) if live else [],
        "rings": rings_of(site_id, [p.id for p in live.people]) if live else {},
        "myself": staff_id,
        "key": new_key(),
    }


def _active(live: boards.Board) -> list[Any]:
    """Groups that can be given to another: being received, then waiting."""
    received = [p for p in live.people if p.visit]
    for p in received:
        p.visit.now_with = f"{p.name}接待中"  # type: ignore[union-attr]
    for w in live.waiting:
        w.visit.now_with = f"等{w.whom}" if w.whom else "等待中"  # type: ignore[attr-defined]
    return [p.visit for p in received] + [w.visit for w in live.waiting]


def policy_initial(site_id: UUID) -> dict[str, Any]:
    """The policy in force, flat, as the form shows it."""
    values = days.values_in_force(site_id)
    turns = values["turns"]
    flat = {k: v for k, v in turns.items() if k != "passed_over"}
    flat |= {f"passed_over_{reason}": v for reason, v in turns["passed_over"].items()}
    return flat | {k: values[k] for k in days.SETTINGS} | {"version": values["version"]}


def policy_versions(site_id: UUID) -> list[GalleryPolicy]:
    """Every version, newest first, with who signed it."""
    rows = list(GalleryPolicy.objects.filter(site_id=site_id).order_by("-version"))
    names = names_of({r.by for r in rows if r.by})
    for row in rows:
        row.signed_by = names.get(str(row.by), "")  # type: ignore[attr-defined]
    return rows


def _rendered(viewer: Viewer, name: str, context: dict[str, Any]) -> str:
    """A fragment; forms in it carry the token of the viewer's own page."""
    return render_to_string(name, {**context, "csrf_token": viewer.csrf})


def _board(viewer: Viewer) -> dict[str, str]:
    context = board_context(viewer.site_id, may_code=viewer.badge.may("board.code"))
    return {
        "board": _rendered(viewer, "floor/_board.html", context),
        "code": _rendered(viewer, "floor/_code.html", context),
    }


def _mine(viewer: Viewer) -> dict[str, str]:
    context = mine_context(viewer.site_id, viewer.badge.staff_id)
    return {"mine": _rendered(viewer, "floor/_mine.html", context)}


def _supervision(viewer: Viewer) -> dict[str, str]:
    context = supervision_context(viewer.site_id, viewer.badge.staff_id)
    return {"supervision": _rendered(viewer, "floor/_supervision_live.html", context)}


def waiting_context(site_id: UUID) -> dict[str, Any]:
    """The waiting list and who may answer a question."""
    now = timezone.now()
    managers = staff_with_role(site_id, "sales_manager", now)
    return {
        "board": boards.board(site_id),
        "drinks": DRINKS,
        "key": new_key(),
        "answerers": [*managers, *staff_with_role(site_id, "salesperson", now)],
    }


def arrival_context(site_id: UUID) -> dict[str, Any]:
    """Who would be next."""
    return next_context(boards.board(site_id))


def next_context(
    live: boards.Board | None, named: str = "", registered_with: str = ""
) -> dict[str, Any]:
    """Who would be next for what has been said so far."""
    lines = boards.who_would_be_next(live, named, registered_with) if live else []
    return {"board": live, "next": lines}


def _waiting(viewer: Viewer) -> dict[str, str]:
    context = waiting_context(viewer.site_id)
    return {
        "waiting": _rendered(viewer, "floor/_waiting.html", context),
        "free": _rendered(viewer, "floor/_free.html", context),
    }


def _arrival(viewer: Viewer) -> dict[str, str]:
    return {"next": _rendered(viewer, "floor/_next.html", arrival_context(viewer.site_id))}


TOPICS: dict[str, Topic] = {
    "board": Topic("board.see", _board, every=float(code.PERIOD)),
    "mine": Topic("turns.take", _mine, personal=True),
    "supervision": Topic("turns.supervise", _supervision, personal=True),
    "waiting": Topic("arrivals.record", _waiting, personal=True),
    "arrival": Topic("arrivals.record", _arrival),
}

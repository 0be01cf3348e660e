"""What the live pages show and push: the context of a page and its fragments are made by the same code."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from yingbin.approvals.models import Approval
from yingbin.journal.write import new_key
from yingbin.matters.models import Matter
from yingbin.matters.queries import about_all, alerts_of
from yingbin.notices.queries import rings_of
from yingbin.pages.asked import uid
from yingbin.people import site_code
from yingbin.people.live import Topic, Viewer
from yingbin.people.queries import Badge, names_of, staff_with_role

from .actions import days
from .models import Claim, GalleryPolicy, TurnDecision, Visit
from .queries import board as boards
from .queries import history, register
from .queries.standing import Standing, standing, standings
from .queries.today import shut

# What a template is given, by the names it uses.
Context: TypeAlias = dict[str, object]

DRINKS = ["热茶", "温水", "咖啡", "儿童水"]


def board_context(site_id: UUID, *, may_code: bool) -> Context:
    """The big screen; the sign-in code only for those who may see it."""
    now = timezone.now()
    live = boards.board(site_id)
    why_shut = shut(site_id, live, now)
    over = why_shut is not None and why_shut.state == "closed"
    return {
        "now": now,
        "board": live,
        "shut": why_shut,
        # Once the day is closed nobody signs in: neither a code nor who came in the morning.
        "before": None if live or over else boards.before_opening(site_id, now),
        "code": site_code.current(site_id, now) if may_code and not over else "",
        "code_until": now + timedelta(seconds=site_code.seconds_left(now)),
    }


def mine_context(site_id: UUID, staff_id: UUID) -> Context:
    """A salesperson's page."""
    now = timezone.now()
    live = boards.board(site_id)
    me = live.person(staff_id) if live else None
    before = None if live else boards.before_opening(site_id, now)
    signed_in = bool(before and any(w == str(staff_id) for w, _, _ in before.present))
    return {
        "now": now,
        "board": live,
        "me": me,
        "shut": shut(site_id, live, now),
        "before": before,
        "signed_in_early": signed_in,
        "ahead": _ahead(live, me),
        **_patience(live, me),
        "called": standing(me.visit) if me and me.visit and not me.accepted else None,
        "waits_for_me": [w for w in live.waiting if w.whom_id == str(staff_id)] if live else [],
        "asked": _open_request(site_id, staff_id),
        "received": history.visits_received(live.day, staff_id) if live else [],
        "claims": _claims_of(site_id, staff_id, live),
        "owed": register.owed(me.visit) if me and me.visit else 0,
        "key": new_key(),
    }


def _patience(live: boards.Board | None, me: boards.Person | None) -> Context:
    """Until when a turn that was just given should be accepted."""
    seconds = int(live.day.settings.get("accept_seconds", 120)) if live else 120
    since = me.since if me and me.since else timezone.now()
    return {"accept_seconds": seconds, "accept_until": since + timedelta(seconds=seconds)}


def _ahead(live: boards.Board | None, me: boards.Person | None) -> list[boards.Person]:
    """The free people who stand before me."""
    if live is None or me is None:
        return []
    return [p for p in live.free if p.place < me.place]


def _open_request(site_id: UUID, staff_id: UUID) -> Approval | None:
    return history.open_leave_requests(site_id).filter(asked_by=staff_id).first()


def _claims_of(site_id: UUID, staff_id: UUID, live: boards.Board | None) -> dict[UUID, Claim]:
    if live is None:
        return {}
    rows = Claim.objects.filter(site_id=site_id, day=live.day, asked_by=staff_id)
    return {c.visit_id: c for c in rows.order_by("asked_at")}


def supervision_context(site_id: UUID, staff_id: UUID) -> Context:
    """The manager's page. Requests of one's own are shown but can't be decided by oneself."""
    now = timezone.now()
    live = boards.board(site_id)
    claims = list(history.open_claims(site_id))
    leaves = list(history.open_leave_requests(site_id))
    names = names_of({c.asked_by for c in claims} | {r.asked_by for r in leaves})
    no_shows = _no_shows(live, now)
    alerts = alerts_of(site_id, staff_id)
    return {
        "now": now,
        "alerts": alerts,
        "alerts_count": len(alerts),
        "no_shows": no_shows,
        "no_shows_count": len(no_shows),
        "next_free": live.free[0] if live and live.free else None,
        "board": live,
        "shut": shut(site_id, live, now),
        "before": None if live else boards.before_opening(site_id, now),
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


@dataclass(frozen=True)
class NoShow:
    """A group whose receiver hasn't come for it, how it stands, and the decision that gave it to them."""

    visit: Visit
    standing: Standing
    latest: TurnDecision | None


def _no_shows(live: boards.Board | None, now: datetime) -> list[NoShow]:
    """Groups whose receiver hasn't accepted: the desk asked for another, or the policy's time is over and
    somebody is free."""
    visits = [p.visit for p in live.people if p.visit and not p.accepted] if live else []
    if live is None or not visits:
        return []
    late = now - timedelta(seconds=int(live.day.settings.get("accept_seconds", 120)))
    stand = standings(visits)
    row = {d.visit_id: d for d in history.last_decisions(live.day, visits)}
    over = {v.id for v in visits if live.free and stand[v.id].since < late}
    wanted = [v for v in visits if v.id in over or stand[v.id].change_asked]
    return [NoShow(v, stand[v.id], row.get(v.id)) for v in wanted]


@dataclass(frozen=True)
class GroupHere:
    """A group that can be given to another, and with whom it is now."""

    visit: Visit
    now_with: str


def _active(live: boards.Board) -> list[GroupHere]:
    """Groups that can be given to another: being received, then waiting."""
    received = [GroupHere(p.visit, f"{p.name}接待中") for p in live.people if p.visit]
    waiting = [GroupHere(w.visit, f"等{w.whom}" if w.whom else "等待中") for w in live.waiting]
    return received + waiting


def policy_initial(site_id: UUID) -> Context:
    """The policy in force, flat, as the form shows it."""
    values = days.values_in_force(site_id)
    turns = values["turns"]
    flat = {k: v for k, v in turns.items() if k != "passed_over"}
    flat |= {f"passed_over_{reason}": v for reason, v in turns["passed_over"].items()}
    return flat | {k: values[k] for k in days.SETTINGS} | {"version": values["version"]}


@dataclass(frozen=True)
class SignedPolicy:
    """A version of the policy and the name of who signed it."""

    row: GalleryPolicy
    signed_by: str


def policy_versions(site_id: UUID) -> list[SignedPolicy]:
    """Every version, newest first."""
    rows = list(GalleryPolicy.objects.filter(site_id=site_id).order_by("-version"))
    names = names_of({r.by for r in rows if r.by})
    return [SignedPolicy(row, names.get(str(row.by), "")) for row in rows]


def _rendered(viewer: Viewer, name: str, context: Context) -> str:
    """A fragment; forms in it carry the token of the viewer's own page."""
    return render_to_string(name, {**context, "csrf_token": viewer.csrf})


def _board(viewer: Viewer) -> dict[str, str]:
    context = board_context(viewer.site_id, may_code=viewer.badge.may("board.code"))
    return {
        "board": _rendered(viewer, "gallery/_board.html", context),
        "code": _rendered(viewer, "gallery/_code.html", context),
    }


def _mine(viewer: Viewer) -> dict[str, str]:
    context = mine_context(viewer.site_id, viewer.badge.staff_id)
    return {"mine": _rendered(viewer, "gallery/_mine.html", context)}


def _supervision(viewer: Viewer) -> dict[str, str]:
    context = supervision_context(viewer.site_id, viewer.badge.staff_id)
    return {"supervision": _rendered(viewer, "gallery/_supervision_live.html", context)}


def waiting_context(site_id: UUID) -> Context:
    """The waiting list and who may answer a question."""
    now = timezone.now()
    managers = staff_with_role(site_id, "sales_manager", now)
    live = boards.board(site_id)
    return {
        "board": live,
        "served": _served(site_id, [w.visit for w in live.waiting] if live else []),
        "shut": shut(site_id, live, now),
        "drinks": DRINKS,
        "key": new_key(),
        "answerers": [*managers, *staff_with_role(site_id, "salesperson", now)],
    }


@dataclass(frozen=True)
class Serving:
    """Something a waiting group wanted, and who wrote it down."""

    matter: Matter
    what: str
    by: str


def _served(site_id: UUID, visits: list[Visit]) -> dict[UUID, list[Serving]]:
    """What was asked for each waiting group, by whom, and whether it has come; by the visit's id."""
    rows = about_all(site_id, [v.id for v in visits], "service")
    names = names_of({m.opened_by for m in rows if m.opened_by} | {v.recorded_by for v in visits})
    told: dict[UUID, list[Serving]] = {}
    for m in rows:
        what = m.title.partition("：")[2] or m.title
        line = Serving(m, what, names.get(str(m.opened_by), ""))
        told.setdefault(m.subject_id or m.id, []).append(line)
    return told


def arrival_context(badge: Badge, live: boards.Board | None, site_id: UUID) -> Context:
    """Who would be next, and the latest arrivals."""
    return {
        **next_context(live),
        **recent_context(badge, live),
        "shut": shut(site_id, live, timezone.now()),
    }


def next_context(live: boards.Board | None, named: str = "", registered_with: str = "") -> Context:
    """Who would be next for what has been said so far."""
    lines = boards.who_would_be_next(live, named, registered_with) if live else []
    return {"board": live, "next": lines}


def _waiting(viewer: Viewer) -> dict[str, str]:
    context = waiting_context(viewer.site_id)
    return {
        "waiting": _rendered(viewer, "gallery/_waiting.html", context),
        "free": _rendered(viewer, "gallery/_free.html", context),
    }


def _front(badge: Badge, board: boards.Board | None) -> Context:
    """What the front may do about a receiver who doesn't come, and to whom the group could go instead."""
    return {
        "may_call": badge.may("arrivals.record"),
        "may_supervise": badge.may("turns.supervise"),
        "next_free": board.free[0] if board and board.free else None,
        "board": board,
        "key": new_key(),
    }


def recent_context(badge: Badge, board: boards.Board | None) -> Context:
    """The latest arrivals, each as it stands now."""
    recent = history.recent_visits(board.day) if board else []
    return {**_front(badge, board), "recent": recent, "here": reverse("gallery:arrival")}


def ticket_context(badge: Badge, visit: Visit) -> Context:
    """The answer for one group: who, why, the receipt, every decision, and how it stands now."""
    made = list(history.decisions_of_visit(visit))
    ids = {UUID(w) for d in made for w in d.passed_over} | {d.receiver for d in made if d.receiver}
    seconds = int(visit.day.settings.get("undo_seconds", 120))
    age = (timezone.now() - visit.arrived_at).total_seconds()
    own = visit.recorded_by == badge.staff_id or badge.may("arrivals.undo")
    undoable = own and not visit.undone_at and not visit.day.closed_at and age < seconds
    return {
        **_front(badge, None if visit.day.closed_at else boards.board(visit.site_id)),
        "visit": visit,
        "standing": standing(visit),
        "decisions": made,
        "latest": made[-1] if made else None,
        "names": names_of({*ids, visit.recorded_by}),
        "undo_left": int(seconds - age) if undoable else 0,
        "undo_until": visit.arrived_at + timedelta(seconds=seconds),
        "here": reverse("gallery:visit", args=[visit.id]),
    }


def _arrival(viewer: Viewer) -> dict[str, str]:
    context = arrival_context(viewer.badge, boards.board(viewer.site_id), viewer.site_id)
    return {
        "next": _rendered(viewer, "gallery/_next.html", context),
        "recent": _rendered(viewer, "gallery/_recent.html", context),
    }


def _ticket(viewer: Viewer) -> dict[str, str]:
    """The stream of one group's page; nothing for an id that isn't this site's."""
    wanted = uid(viewer.arg)
    visit = history.visit(viewer.site_id, wanted) if wanted else None
    if visit is None:
        return {}
    context = ticket_context(viewer.badge, visit)
    return {
        f"ticket-{visit.id}": _rendered(viewer, "gallery/_ticket.html", context),
        f"decided-{visit.id}": _rendered(viewer, "gallery/_decided.html", context),
    }


TOPICS: dict[str, Topic] = {
    "board": Topic("board.see", _board, shared=True, every=float(site_code.PERIOD)),
    "mine": Topic("turns.take", _mine),
    "supervision": Topic("turns.supervise", _supervision),
    "waiting": Topic("arrivals.record", _waiting),
    "arrival": Topic("arrivals.record", _arrival),
    "visit": Topic("turns.see", _ticket),
}

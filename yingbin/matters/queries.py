"""Reading matters: one, mine, everyone's; the state of one by its steps; who oversees."""

from datetime import datetime
from uuid import UUID

from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.people.queries import supervisors as site_supervisors
from yingbin.rules import matters as rule

from .models import Matter, MatterStep

STATE_FIELDS = [
    "state", "owner_id", "offered_to", "hand_offs", "level", "due_at", "closed_at", "next_clock_at",
]  # fmt: skip


def steps_of(matter: Matter) -> list[rule.Step]:
    """The matter's history in the form of the rules, the opening first."""
    return [
        rule.Step(
            verb=s.verb,
            by=str(s.by) if s.by else "",
            at=s.at,
            to=str(s.to) if s.to else "",
            note=s.note,
            due_at=s.due_at,
        )
        for s in MatterStep.objects.filter(matter=matter).order_by("index")
    ]


def state_of(matter: Matter) -> rule.State:
    """The matter as its steps made it: one query."""
    return rule.replay(matter.kind, steps_of(matter))


def show_state(matter: Matter, state: rule.State, at: datetime) -> None:
    """Copies the fold into the row's columns; nothing is saved."""
    matter.state = state.status
    matter.owner_id = UUID(state.owner)
    matter.offered_to = UUID(state.offered_to) if state.offered_to else None
    matter.hand_offs = state.hand_offs
    matter.level = state.level
    matter.due_at = state.due_at
    matter.closed_at = (matter.closed_at or at) if state.ended else None
    matter.next_clock_at = rule.next_clock(state)


def supervisors(site_id: UUID, at: datetime) -> list[UUID]:
    """Who may get a third hand-off and is told of overdue matters: managers and their delegates."""
    return [s.id for s in site_supervisors(site_id, at)]


def may_oversee(site_id: UUID, staff_id: UUID | None, at: datetime) -> bool:
    """Whether this person sees to all matters of the site."""
    staff = Staff.objects.filter(id=staff_id).first() if staff_id else None
    return bool(staff and badge(staff, site_id, at).may("matters.oversee"))

"""A matter's history in the terms of the rules, and its fold copied into the row."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter

from yingbin.rules import matters as rule

from ..models import Matter, MatterStep

STATE_FIELDS = [
    "kind", "grade", "state", "stage", "owner_id", "owner_group", "holder_id", "holder_group", "offered_to",
    "offered_group", "hand_offs", "level", "due_at", "due_clock", "paused", "resumes_at", "closed_at",
    "next_clock_at",
]  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What was decided of a step, as `rules.matters.Step` has it; a step of before several clocks has none."""

    clock: str = ""
    kind: str = ""
    grade: str = ""
    reason: str = ""
    photos: int = 0
    purpose: str = ""
    clocks: tuple[tuple[int, rule.Clock], ...] | None = None
    counted: bool | None = None
    pause: rule.Pause | None = None
    spent: timedelta | None = None


_FACTS = TypeAdapter(Facts)


def facts_of(step: rule.Step) -> dict[str, object]:
    """The step's facts as JSON, for its row and its entry in the journal."""
    told = {name: getattr(step, name) for name in Facts.__dataclass_fields__}
    plain: dict[str, object] = _FACTS.dump_python(Facts(**told), mode="json", exclude_defaults=True)
    return plain


def step_of(row: MatterStep) -> rule.Step:
    """The step a row holds."""
    facts = _FACTS.validate_python(row.facts)
    return rule.Step(
        verb=row.verb,
        by=str(row.by) if row.by else "",
        at=row.at,
        to=party(row.to, row.to_group),
        note=row.note,
        due_at=row.due_at,
        **{name: getattr(facts, name) for name in Facts.__dataclass_fields__},
    )


def steps_of(matter: Matter) -> list[rule.Step]:
    """The matter's history in the form of the rules, the opening first."""
    return [step_of(s) for s in MatterStep.objects.filter(matter=matter).order_by("index")]


def state_of(matter: Matter) -> rule.State:
    """The matter as its steps made it: one query."""
    return rule.replay(matter.kind, steps_of(matter))


def party(person: UUID | None, group: str) -> str:
    """A person or a group as the rules name it; "" for nobody."""
    return str(person) if person else group


def columns(named: str) -> tuple[UUID | None, str]:
    """A party of the rules as the two columns that hold it."""
    if not named or rule.is_group(named):
        return None, named
    return UUID(named), ""


def show_state(
    matter: Matter, state: rule.State, at: datetime, around: rule.Around | None = None
) -> None:
    """Copies the fold into the row's columns; nothing is saved."""
    matter.kind, matter.grade = state.kind, state.grade
    matter.state, matter.stage = state.status, state.stage
    matter.owner_id, matter.owner_group = columns(state.owner)
    matter.holder_id, matter.holder_group = columns(state.holder)
    matter.offered_to, matter.offered_group = columns(state.offered_to)
    matter.hand_offs, matter.level = state.hand_offs, state.level
    due = state.due_clock
    matter.due_at, matter.due_clock = (due.due_at, due.name) if due else (None, "")
    matter.paused = state.pause.reason if state.pause else ""
    matter.resumes_at = state.pause.ends_at if state.pause else None
    matter.closed_at = (matter.closed_at or at) if state.ended else None
    matter.next_clock_at = rule.next_clock(state, around)

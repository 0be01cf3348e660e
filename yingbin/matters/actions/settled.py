"""Matters whose steps their wing has settled by rules of its own (`Kind.by_wing`): stored and witnessed as all are.

The wing decides, tells and runs the clocks; here nothing is decided and nobody is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from yingbin.journal.commit import new_salt
from yingbin.journal.write import Pen
from yingbin.people.rows import actor, next_number
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused

from ..grams import grams
from ..models import Matter
from ..subjects import Subject
from . import telling
from .steps import store, store_opening


@dataclass(frozen=True)
class Opening:
    """What a matter is about. about: what the wing adds, JSON-able, no personal data; photos: files taken in for it."""

    title: str
    detail: str = ""
    clause: str = ""
    customer_id: UUID | None = None
    subject: Subject | None = None
    about: Mapping[str, object] = field(default_factory=dict)
    photos: Sequence[UUID] = ()


def open_settled(
    pen: Pen, matter_id: UUID, step: rule.Step, opening: Opening, around: rule.Around
) -> Matter:
    """Stores a matter with its settled first step, under an id that the wing chose. Raises `Refused` without a title."""
    title, detail = opening.title.strip()[:80], opening.detail.strip()[:1000]
    if not title:
        raise Refused(None, "请用一句话写下是什么事。", about="title")
    matter = Matter(
        id=matter_id,
        site_id=pen.site_id,
        number=next_number(Matter, pen.site_id),
        title=title,
        detail=detail,
        grams=grams(pen.site_id, title, detail),
        about=dict(opening.about),
        clause=opening.clause or rule.KINDS[step.kind].clause,
        customer_id=opening.customer_id,
        subject_app=opening.subject.app if opening.subject else "",
        subject_id=opening.subject.id if opening.subject else None,
        opened_by=actor(pen),
        opened_at=step.at,
        salt=new_salt(),
    )
    store_opening(pen, matter, step, around, opening.photos)
    return matter


class SettledSteps:
    """The steps of one matter in a write."""

    def __init__(self, pen: Pen, matter: Matter) -> None:
        self._told = telling.Matters(pen, matter)

    def store(self, before: rule.State, step: rule.Step, around: rule.Around) -> rule.State:
        """Stores a step that was taken, with its facts; the matter as it is then."""
        return store(self._told, before, step, around)

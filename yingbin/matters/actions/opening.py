"""The row of a matter that is opened, whoever settles its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from yingbin.journal.commit import new_salt
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor, next_number
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused

from ..grams import grams
from ..models import Matter
from ..subjects import Subject


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


def begun(pen: Pen, opening: Opening, step: rule.Step, matter_id: UUID | None = None) -> Matter:
    """Its row with the site's next number, not stored yet. Raises `Refused` without a title."""
    title, detail = opening.title.strip()[:80], opening.detail.strip()[:1000]
    if not title:
        raise Refused(None, "请用一句话写下是什么事。", about="title")
    return Matter(
        id=matter_id or uuid7(),
        site_id=pen.site_id,
        number=next_number(Matter, pen.site_id, pen.ask),
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

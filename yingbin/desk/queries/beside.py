"""What stands beside a task and must be read before one goes: remarks, the supervisor's word, what one should know of the resident."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.people.queries import Badge, names_of
from yingbin.rules.gone import colleague

from ..models import DeskMatter, DeskNote
from .estate import notes_on

LATEST = 2  # remarks of a task in a list


@dataclass(frozen=True)
class Beside:
    """Words beside a task. look: note, remark or guidance; by, at: whose and since when, of what was written to it."""

    look: str
    words: str
    by: str = ""
    at: datetime | None = None


def beside(
    badge: Badge, rows: Iterable[DeskMatter], most: int = LATEST
) -> Mapping[UUID, tuple[Beside, ...]]:
    """By the matter's id: what this person may know of its resident, then the latest words; three queries."""
    found = list(rows)
    people = {row.matter.customer_id for row in found if row.matter.customer_id}
    notes = notes_on(badge, people) if people else {}
    written = _written([row.id for row in found], most)
    names = {str(k): v for k, v in names_of({n.by for said in written.values() for n in said}).items()}  # fmt: skip
    told = {}
    for row in found:
        who = row.matter.customer_id
        known = notes.get(who, ()) if who else ()
        lines = [Beside("note", "：".join(filter(None, (n.get_about_display(), n.text)))) for n in known]  # fmt: skip
        lines += [
            Beside(n.what, n.words, colleague(names, n.by), n.at) for n in written.get(row.id, ())
        ]
        told[row.matter_id] = tuple(lines)
    return told


def _written(rows: list[UUID], most: int) -> dict[UUID, list[DeskNote]]:
    """The latest words of each, in the order in which they were written; erased ones say nothing."""
    found: dict[UUID, list[DeskNote]] = {}
    for note in DeskNote.objects.filter(matter__in=rows).exclude(words="").order_by("-seq"):
        if len(found.setdefault(note.matter_id, [])) < most:
            found[note.matter_id].insert(0, note)
    return found

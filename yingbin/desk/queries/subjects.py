"""An office's subjects as they are read, and every version in which they were drawn (SD-4.2.2)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.people.models import SitePolicy
from yingbin.people.policies import versions
from yingbin.people.queries import departments_of

from ..choices import DESK, DeskChoices
from ..subjects import Topic


@dataclass(frozen=True)
class SubjectLine:
    """A subject with the departments that serve it, by name."""

    topic: Topic
    departments: tuple[str, ...]


def subject_lines(site_id: UUID, chosen: DeskChoices) -> list[SubjectLine]:
    """Those in use, then those that aren't any more; one query."""
    named = {f"department:{one.id}": one.name for one in departments_of(site_id)}
    lines = [
        SubjectLine(one, tuple(named[d] for d in one.departments if d in named))
        for one in chosen.subjects
    ]
    return sorted(lines, key=lambda line: line.topic.retired)


def drawn_versions(site_id: UUID) -> list[SitePolicy]:
    """The versions of the office's policy in which its subjects changed, the newest first; one query."""
    rows, held, found = versions(site_id, DESK.name), DeskChoices(), list[SitePolicy]()
    for row in reversed(rows):
        told = DESK.read(row.values)
        if (told.subjects, told.scoped) != (held.subjects, held.scoped):
            found.insert(0, row)
        held = told
    return found

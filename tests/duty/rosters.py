"""Short words for the roster's tests: days published or drafted, who opens which page, what the check finds."""

from datetime import date, timedelta

from yingbin.duty.actions import planning
from yingbin.duty.cells import Cell
from yingbin.duty.models import RosterCell, ShiftKind
from yingbin.journal.check import check_site

from .flat import MONDAY, Flat

TUESDAY = MONDAY.date() + timedelta(days=1)
WEDNESDAY = TUESDAY + timedelta(days=1)


def cell(flat: Flat, who: str, day: date, mark: str) -> Cell:
    """A person's day: a mark of the flat's shifts, 休 for a day off; a lead stands at no post."""
    if mark == "休":
        return Cell(flat.people[who], day, None)
    kind = ShiftKind.objects.get(site_id=flat.site, mark=mark, given_up_at__isnull=True)
    return Cell(flat.people[who], day, kind.id, None if who == "许" else flat.post)


def draft(flat: Flat, day: date, **shifts: str) -> int:
    """Days as 许 types them; nobody else knows yet."""
    cells = tuple(cell(flat, who, day, mark) for who, mark in shifts.items())
    return flat.do(planning.draft, "许", cells=cells)


def publish(flat: Flat, day: date, **shifts: str) -> planning.Published:
    """A day's roster as everybody knows it."""
    draft(flat, day, **shifts)
    return flat.do(planning.publish, "许", first=day, last=day)


def marks(flat: Flat, day: date) -> dict[str, str]:
    """What is published for a day, by name."""
    names = {who: name for name, who in flat.people.items()}
    rows = RosterCell.objects.filter(site_id=flat.site, day=day, published_at__isnull=False)
    return {
        names[c.staff_id]: c.published_shift.mark if c.published_shift else "休"
        for c in rows.select_related("published_shift")
    }


def found(flat: Flat) -> list[str]:
    """Everything the check says, but of roles, which the flat's people got without a write."""
    said = [str(f) for line in check_site(flat.site) for f in line.found]
    return [words for words in said if not words.startswith("角色")]

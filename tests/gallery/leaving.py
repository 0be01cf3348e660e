"""How people stop being salespeople, and begin again; the day is one whatever they did."""

from typing import Any

from tests.gallery.conftest import Gallery
from yingbin.gallery.export import contract_day
from yingbin.gallery.models import TurnDecision
from yingbin.gallery.queries import history
from yingbin.journal import verify
from yingbin.journal.check import check_site
from yingbin.journal.export import export_lines
from yingbin.people import actions as people
from yingbin.people.models import Assignment
from yingbin.rules.turns.decide import replay


def leaves(hall: Gallery, name: str, by: str = "郑岚") -> None:
    """办理离职."""
    hall.do(people.staff_leaves, by, staff_id=hall.id(name))


def ends(hall: Gallery, name: str, role: str = "salesperson") -> None:
    """The role ends here; the person stays with the company."""
    hall.do(people.end_role, "郑岚", staff_id=hall.id(name), role=role)


def ended_unseen(hall: Gallery, name: str) -> None:
    """The role ended by its date: nobody wrote anything at that moment."""
    rows = Assignment.objects.filter(staff_id=hall.id(name), role="salesperson", until=None)
    rows.update(until=hall.now)


def begins(hall: Gallery, name: str, **more: Any) -> None:
    """The role is given (again)."""
    who = hall.id(name)
    hall.do(people.assign_role, "郑岚", staff_id=who, role="salesperson", **more)


def day_is_one(hall: Gallery) -> None:
    """State, stored events, export and journal tell the same day."""
    day = history.day_of(hall.site, None)
    assert day is not None
    assert history.disagreements(day) == []
    again = [d["receiver"] for d in replay(contract_day(day))["decisions"] if "receiver" in d]
    stored = TurnDecision.objects.filter(day=day, event__undone__isnull=True)
    assert again == [
        hall.name(d.receiver) or None
        for d in stored.order_by("seq", "position")
        if d.kind != "refused"
    ]
    # A role that the test ended behind the journal's back is found, and nothing else is.
    found = [f for line in check_site(hall.site) for f in line.found]
    assert [f for f in found if not f.where.startswith("角色")] == []
    _, faults = verify.verify(export_lines(hall.site))
    assert faults == []

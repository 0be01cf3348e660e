"""Whom a complaint is about steps aside (SD-4.2.5): from now on they have no part in it, and what they have goes to another,
by the rules' own events. Where the rules don't let whoever says so, the chief is told and does it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from yingbin.matters.actions import recuse
from yingbin.matters.models import Matter as Row
from yingbin.matters.queries import recused
from yingbin.people.queries import names_of
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.desk.matter import Matter
from yingbin.rules.desk.office import Office

from ..apart import CLAUSE, Apart
from ..corrections import open_corrections
from ..models import DeskMatter
from ..telling import News, forget_what_was_told, tell_chief

if TYPE_CHECKING:
    from .happen import Writing

REASON = "投诉涉及本人，回避"
Way = tuple[str, dict[str, object]]


def name(writing: Writing, row: Row, found: Matter, people: Iterable[UUID] = ()) -> Apart:
    """These people stay out of a complaint, and whoever stays out of the one it repeats. Raises `Refused`."""
    named, office = set(people), writing.desk.office
    if not (named or found.linked):
        return Apart(frozenset(), office)
    _check(office, found, named)
    if found.linked:
        named |= recused(writing.pen.site_id, UUID(found.linked))
    fresh = recuse(writing.pen, row, named)
    for one in open_corrections(writing.pen.site_id, row.id):
        recuse(writing.pen, one, named)
    forget_what_was_told(writing.pen, row.id, fresh)
    apart = writing.forget_apart(row.id)
    if not apart.chief:
        raise Refused(CLAUSE, "主管和主任里要留一位来处理这件投诉；两位都被投诉的，请报公司处理。")
    return apart


def _check(office: Office, found: Matter, named: set[UUID]) -> None:
    if named and found.state.kind != "complaint":
        raise Refused(CLAUSE, "只有投诉要写投诉的是谁。别的事请不要选。", about="about")
    if not set(map(str, named)) <= office.everyone:
        raise Refused(CLAUSE, "请从名单里选投诉的是哪位同事。", about="about")


def hand_over(writing: Writing, row: DeskMatter, apart: Apart) -> None:
    """What is in the hands of those who step aside goes to somebody else; the chief hears of it at once."""
    found = writing.desk.matters[str(row.matter_id)]
    if writing.steps_aside or not apart.has(found.state):
        return
    had = {found.state.owner, found.state.holder, found.state.offered_to} & apart.people
    writing.steps_aside = True
    for event, facts in _ways(writing, row.matter_id, apart):
        writing.happen(event, row.matter_id, photos=(), **facts)
    writing.steps_aside = False
    now = writing.desk.matters[str(row.matter_id)].state
    names = names_of({UUID(one) for one in (*had, now.owner, now.holder)})
    called = {str(who): name for who, name in names.items()}
    who = "、".join(sorted(called.get(one, "") for one in had))
    said = f"投诉涉及{who}，{who}已经回避。"
    if apart.has(now):
        said += "请马上改派给别的同事。"
    else:
        said += f"现在由{called.get(now.owner, '')}负责，{called.get(now.holder, '')}经办。"
    tell_chief(writing.pen, News(row), apart.chief, said)


def _ways(writing: Writing, matter_id: UUID, apart: Apart) -> Iterator[Way]:
    """The events of the rules by which it leaves their hands, each looked for when the one before has happened."""
    key, by, free = str(matter_id), str(actor(writing.pen) or ""), _free(writing, apart)
    if writing.desk.matters[key].offer in apart.people and writing.would("withdraw", matter_id):
        yield "withdraw", {}
    for role in ("owner", "holder"):
        ways: list[Way] = [("take", {})] if role == "owner" and by not in apart.people else []
        whom = free if role == "owner" else [writing.desk.matters[key].state.owner, by, *free]
        ways += [("assign", {"as_": role, "to": to, "reason": REASON}) for to in whom]
        if getattr(writing.desk.matters[key].state, role) in apart.people:
            found = next((w for w in ways if _may(writing, matter_id, apart, w)), None)
            if found:
                yield found


def _may(writing: Writing, matter_id: UUID, apart: Apart, way: Way) -> bool:
    event, facts = way
    return facts.get("to") not in apart.people and writing.would(event, matter_id, **facts)


def _free(writing: Writing, apart: Apart) -> list[str]:
    """Who may owe the answer now: whoever says so, the chiefs, then the clerks, who owes the least first."""
    office, by = writing.desk.office, str(actor(writing.pen) or "")
    open_ones = DeskMatter.objects.filter(site_id=writing.pen.site_id, matter__closed_at=None)
    owed = Counter(map(str, open_ones.values_list("matter__owner_id", flat=True)))
    clerks = sorted(office.clerks, key=lambda who: owed[who])
    order = dict.fromkeys((by, office.supervisor, office.manager, *clerks))
    return [who for who in order if who in office.desk_people and who not in apart.people]

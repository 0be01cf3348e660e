"""What is asked in one trip before anything is written at the desk: the office of now, the last moment, numbers, names."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.trips import Statement
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter
from yingbin.people.calendar import ZONE
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import asked_names
from yingbin.people.rows import asked_number

from ..models import DeskMatter, DeskOffice
from ..office import asked_now, last_office, office_now


def asked_at_the_desk(site_id: UUID, at: datetime) -> tuple[Statement, ...]:
    """Asks for what `office` and `moment` need."""
    return *asked_now(site_id, at), _asked_moment(site_id)


def asked_to_record(site_id: UUID, by: UUID | str, at: datetime) -> tuple[Statement, ...]:
    """Asks for what recording needs besides: the next numbers, what whoever writes is called."""
    year = at.astimezone(ZONE).year
    numbers = asked_number(Matter, site_id), asked_number(DeskMatter, site_id, year=year)
    return *numbers, asked_names([UUID(str(by))])


def _asked_moment(site_id: UUID) -> Statement:
    sql = "select at from desk_deskevent where site_id = %s order by seq desc limit 1"
    return Statement(sql, (site_id,))


def moment(pen: Pen) -> datetime:
    """The second that counts; a clock that was set back doesn't undo what happened."""
    now = pen.at.replace(microsecond=0)
    last: list[datetime] = [at for (at,) in pen.ask(_asked_moment(pen.site_id))]
    return max([now, *last])


def office(pen: Pen) -> DeskOffice:
    """The version of the office that holds, written down where somebody or something changed. Raises `Refused`."""
    now, last = office_now(pen.site_id, pen.at, pen.ask), last_office(pen.site_id, pen.ask)
    if last is not None and now.is_as(last):
        return last
    version = last.version + 1 if last else 1
    body: Plain = {
        "version": version, "people": now.people, "policy": now.policy, "calendar": now.calendar,
    }  # fmt: skip
    line = pen.append("desk.office", body, clause="SD-3.1")
    return DeskOffice.objects.create(
        site_id=pen.site_id, version=version, seq=line.seq, at=pen.at, people=now.people,
        policy=now.policy, calendar=now.calendar,
    )  # fmt: skip

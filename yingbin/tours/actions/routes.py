"""参观路线: which area when, who explains there; open areas alone, within the approved time (CV-3.2.1, CV-3.4.1)."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..hosting import Stop
from ..hosting_rules import check_way
from ..models import HostingEvent
from .hosted import Preparation
from .preparing import Prepared

CLAUSE = "CV-3.2.1"
CHANGED = "路线刚才被人改过，请按最新的再改。"


@action("tours.set_route")
def set_route(pen: Pen, *, visit_id: UUID, version: int, stops: tuple[Stop, ...]) -> Prepared:
    """The way of a visit as it is from now on. version: the one that was looked at, 0 for none. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    if not host.is_reception:
        raise Refused(CLAUSE, "参观路线由接待部排，请他们来改。")
    if host.row.status != "approved":
        raise Refused(CLAUSE, "这次来访还没有批准，批准以后再排路线。")
    last = host.hosting.route
    if version != (last.version if last else 0):
        raise Refused(CLAUSE, CHANGED)
    if last is not None and last.stops == stops:
        raise Refused(CLAUSE, "路线没有改动。")
    check_way(host.visit, host.company, stops)
    told = {"stops": [[one.area, one.minutes, one.who] for one in stops]}
    event = host.write(HostingEvent.Kind.ROUTE, CLAUSE, told)
    return Prepared(visit_id, event.index)

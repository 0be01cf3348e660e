"""全部代为结束: before closing, the manager ends all receptions and lets all waiting groups go, with one reason."""

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Visit
from ..queries.today import receiving_now
from .open_day import seat
from .receptions import end_reception
from .waiting import let_go


@action("wind_up")
def wind_up(pen: Pen, *, reason: str) -> None:
    """Each group that waits leaves, then each reception ends, every one by an event of its own.

    The reason stands where a contact is missing (SC-4.3.2) and where a row of the register stays owed
    (TQ-3). Refused without one, and when nothing is open.
    """
    today = seat(pen)
    if not reason.strip():
        raise Refused(
            "TQ-11", "请写一句原因，例如：客人已走，同事忘了点。每一条都会记上。", about="reason"
        )
    waiting = [visit_id for visit_id, _ in today.state.waiting()]
    receptions = receiving_now(pen.site_id, today.day)
    if not waiting and not receptions:
        raise Refused("TQ-11", "现在没有在接待或等待的客户，不用代为结束。")
    for visit_id in waiting:
        visit = Visit.objects.get(site_id=pen.site_id, id=visit_id)
        let_go(pen, today, visit, no_contact=reason)
    for reception in receptions:
        end_reception(pen, today, reception, without_entry=reason)

"""信息传递单, 报修, 损坏: what somebody on duty writes down and owns until it is handed over or settled."""

from datetime import timedelta

from yingbin.matters.kinds import accept, due
from yingbin.rules.matters import NORMAL, Kind

_DAY = timedelta(days=1)
# The first responsible person (第一责任人) of a line changes by a handover alone, and what is settled stays settled.
_BY_HANDOVER = {
    "assign_owner": "负责人随交接班更换：请在「交接班」里交给接班的同事。",
    "reopen": "办完的不再打开。事情又来了，请另写一张，写明与这一张有关。",
    "change": "类别不能改。请另写一张，再把这一张办结。",
}
SLIP = Kind(
    "slip",
    "信息传递单",
    "done",
    "SF-4.3.6",
    {
        NORMAL: (
            due(_DAY, warn=timedelta(hours=2), after=(timedelta(0), _DAY)),
            accept(),
        )
    },
    accepting="holder",
    refuses=_BY_HANDOVER,
)
REPAIR = Kind(
    "repair",
    "报修",
    "done",
    "SF-4.4",
    {
        NORMAL: (
            due(3 * _DAY, title="修好", warn=timedelta(hours=4), after=(timedelta(0), _DAY)),
            accept(timedelta(hours=1)),
        )
    },
    accepting="holder",
    photos={"before": "维修前", "after": "维修后"},
    refuses=_BY_HANDOVER,
)
KINDS = (SLIP, REPAIR)
# What each is in the words of the duty contract.
LINE_OF = {"slip": "slip", "repair": "repair"}

"""The gallery's kinds of matter and of requests, and how one says that a matter is about a visit."""

from datetime import timedelta
from uuid import UUID

from yingbin.matters.kinds import accept, due
from yingbin.matters.subjects import Subject
from yingbin.rules.approvals import ApprovalKind
from yingbin.rules.matters import NORMAL, Kind

SERVICE = Kind(
    "service",
    "茶水服务",
    "done",
    "TQ-2.3",
    {
        NORMAL: (
            due(timedelta(minutes=5), title="送到", after=(timedelta(minutes=5),)),
            accept(timedelta(minutes=3)),
        )
    },
    pool="matters.handle",
    pool_of="waiting.serve",
    by_hand=True,
    of_customer=True,
)
REGISTER_OWED = Kind(
    "register_owed",
    "补签登记",
    "done",
    "TQ-3",
    {
        NORMAL: (
            due(
                timedelta(days=1),
                title="补签",
                warn=timedelta(hours=2),
                after=(timedelta(0), timedelta(days=1)),
            ),
            accept(),
        )
    },
)
FLAT_FAULT = Kind(
    "flat_fault",
    "样板间报修",
    "done",
    "SF-4.3.4",
    {
        NORMAL: (
            due(
                timedelta(hours=4),
                title="修好",
                warn=timedelta(minutes=30),
                after=(timedelta(0), timedelta(days=1)),
            ),
            accept(),
        )
    },
    pool="matters.handle",
    pool_of="waiting.serve",
)
KINDS = (SERVICE, REGISTER_OWED, FLAT_FAULT)

LEAVE = ApprovalKind(
    "leave",
    "公事外出",
    "TQ-7",
    decides="turns.supervise",
    decided="yingbin.gallery.actions.presence.goes_out",
    one_at_a_time=True,
    heard_as="leave",
    back_to="gallery:mine",
    on_yes="被轮空的话，回来后先接下一批。",
)
APPROVALS = (LEAVE,)


def visited(visit_id: UUID) -> Subject:
    """A group's visit, as what a matter is about."""
    return Subject("gallery.visit", visit_id)

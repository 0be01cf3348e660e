"""What has to be allowed by somebody else: a waiver or a refund (SD-4.2.3)."""

from yingbin.rules.approvals import ApprovalKind

from .prices import CLAUSE

REDUCTION = ApprovalKind(
    "desk_reduction",
    "减免与退款",
    CLAUSE,
    "desk.supervise",
    decided="yingbin.desk.actions.money.decided",
    on_yes="请到那件事的「收款」里办理。",
    kept_from="yingbin.desk.apart.requests_kept_from",
)
APPROVALS = (REDUCTION,)

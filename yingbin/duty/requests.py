"""What people on a roster ask their lead for: days off, and changing places with a colleague."""

from yingbin.rules.approvals import ApprovalKind

LEAVE = ApprovalKind(
    "duty_leave",
    "请假",
    "SF-3.2",
    decides="duty.plan",
    decided="yingbin.duty.actions.leave.decided",
    back_to="duty:my_roster",
    on_yes="排班表上会标出来。",
    confided=("lead",),
)
SWAP = ApprovalKind(
    "duty_swap",
    "换班",
    "SF-3.2",
    decides="duty.plan",
    decided="yingbin.duty.actions.swaps.decided",
    back_to="duty:my_roster",
    on_yes="两个人的班已经对调。",
)
APPROVALS = (LEAVE, SWAP)

"""Approvals, as the house sees them."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="approvals",
    title="审批",
    prefix="approvals/",
    urls="yingbin.approvals.urls",
    entries=(
        Entry(
            "inbox", "approvals:index", "check", "审批", ("matters.handle",), rank=30,
            count="yingbin.approvals.queries.waits",
        ),
    ),
    subjects={"approval": ("申请与审批", ("approval",))},
    inbox=("yingbin.approvals.inbox.lines",),
    ticks=("yingbin.approvals.actions.tick",),
    witnesses=("yingbin.approvals.witnesses.of_approvals",),
    guards="yingbin.approvals.guards.GUARDS",
    erasers=("yingbin.approvals.privacy.erase",),
    exporters=("yingbin.approvals.privacy.sections",),
)  # fmt: skip

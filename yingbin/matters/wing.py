"""Matters, as the house sees them."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="matters",
    title="事项",
    prefix="matters/",
    urls="yingbin.matters.urls",
    entries=(
        Entry(
            "inbox", "matters:index", "inbox", "事项", ("matters.handle",), rank=20,
            count="yingbin.matters.queries.waits",
        ),
    ),
    subjects={
        "matters": (
            "事项转交、超时、办结",
            (
                "matter.open",
                "matter.offer",
                "matter.accept",
                "matter.decline",
                "matter.answer",
                "matter.tell",
                "matter.done",
                "matter.remind",
                "matter.late",
                "matter.escalate",
                "matter.assign",
                "matter.assign_owner",
                "matter.pause_over",
            ),
        ),
        "service": ("茶水服务", ("service",)),
    },
    matter_kinds=("yingbin.matters.kinds.KINDS",),
    file_owners=("yingbin.matters.photos.MATTER",),
    ticks=("yingbin.matters.ticks.tick",),
    inbox=("yingbin.matters.inbox.lines",),
    witnesses=("yingbin.matters.witnesses.of_matters",),
    guards="yingbin.matters.guards.GUARDS",
    history=("yingbin.matters.queries.history",),
    erasers=("yingbin.matters.privacy.erase",),
    exporters=("yingbin.matters.privacy.sections",),
)  # fmt: skip

"""The residents' desk, as the house sees it."""

from yingbin.pages.wing import Coming, Wing

WING = Wing(
    app="desk",
    title="来电来访",
    at=("management_office",),
    coming={
        "management_office": Coming(
            "客服前台",
            "住户的来电、来访、报修、投诉会在这里记下，派给各部门，盯着时限，办好后回访；谁在办、到哪一步，都查得到。",
            ("SD-4.1", "SD-4.2.1", "SD-4.2.2", "SD-4.2.3", "SD-4.3", "SD-4.4", "SD-4.5"),
        )
    },
    matter_kinds=("yingbin.desk.kinds.KINDS",),
    ticks=("yingbin.desk.ticks.tick",),
    erasers=("yingbin.desk.privacy.erase",),
    exporters=("yingbin.desk.privacy.sections",),
    witnesses=("yingbin.desk.witnesses.of_desk",),
    guards="yingbin.desk.guards.GUARDS",
    subjects={
        "desk": (
            "来电来访：转来、接手、超时、投诉",
            (
                "desk.repeat", "desk.grave", "desk.offered", "desk.accepted", "desk.declined", "desk.ended",
                "desk.assigned", "desk.changed", "desk.withdrawn", "desk.solved", "desk.not_agreed", "desk.asked",
                "desk.reopened", "desk.warn", "desk.late", "desk.level", "desk.pause_over", "desk.guidance",
            ),
        ),
    },
    hook_kinds={"desk.recorded": "来电来访登记", "desk.event": "来电来访的每一步"},
)  # fmt: skip

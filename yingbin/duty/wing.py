"""Duty, as the house sees it."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="duty",
    title="值班",
    prefix="duty/",
    urls="yingbin.duty.urls",
    at=("show_flat", "sales_centre"),
    entries=(
        Entry("live", "duty:now", "clock", "现在", ("duty.stand",), rank=65, key="d"),
        Entry("manage", "duty:posts", "shield", "岗位", ("duty.lead",), rank=5),
        Entry("books", "duty:roster", "book", "排班", ("duty.stand",), rank=60),
        Entry("books", "duty:incidents", "alert", "突发事件", ("duty.stand",), rank=70),
    ),
    topics="yingbin.duty.live.TOPICS",
    matter_kinds=("yingbin.duty.kinds.KINDS",),
    matter_ends=("yingbin.duty.actions.lines.line_ends",),
    erasers=("yingbin.duty.privacy.erase",),
    exporters=("yingbin.duty.privacy.sections",),
    history=("yingbin.duty.privacy.history",),
    ticks=("yingbin.duty.ticks.tick", "yingbin.duty.visit_ticks.tick"),
    file_owners=("yingbin.duty.actions.checking.PHOTOS", "yingbin.duty.actions.check_lists.PICTURE"),
    guards="yingbin.duty.guards.GUARDS",
    witnesses=("yingbin.duty.witnesses.of_duty",),
    subjects={
        "duty": (
            "岗位缺人、迟到、检查、交接",
            (
                "duty.gap", "duty.gap_over", "duty.gap_long", "duty.absent", "duty.overrun",
                "duty.unsafe", "duty.late", "duty.missing", "duty.taken_away", "duty.lines_left",
                "duty.chase", "duty.handover_late", "duty.objected", "duty.not_ready", "duty.failed",
                "duty.damage", "duty.fault", "duty.sent_back", "duty.handover_refused",
            ),
        ),
        "guests": (
            "样板间客人、接待记录表、对接",
            ("duty.guests", "duty.sheet", "duty.matched", "duty.matched_answer"),
        ),
        "emergency": ("突发事件、扰乱秩序、演练", ("duty.escalated", "duty.again", "duty.drill")),
        "roster": ("排班变化", ("duty.roster",)),
    },
    demo=("yingbin.duty.demo.PAST",),
    styles=("pages/css/screens/duty.css", "pages/css/screens/duty_handovers.css", "duty/roster.css"),
    scripts=("duty/roster.js",),
    hook_kinds={"duty.event": "当班事件", "duty.alert": "当班提醒"},
)  # fmt: skip

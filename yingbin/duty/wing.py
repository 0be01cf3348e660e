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
        Entry("books", "duty:lines", "note", "单子", ("duty.lead",), rank=61, words="信息传递单 报修 损坏"),
        Entry("books", "duty:assets", "tag", "设备", ("duty.stand",), rank=64, words="操作说明 标签 供应商"),
        Entry("books", "duty:faults", "scan", "扫码报修", ("duty.stand",), rank=66, words="故障 二维码"),
        Entry("books", "duty:performance", "scale", "维修情况", ("duty.lead",), rank=67, words="供应商 部门"),
        Entry("books", "duty:words", "shield", "涂掉文字", ("customers.erase",), rank=71, words="姓名 电话 删除"),
        Entry("live", "duty:places", "eye", "各处", ("duty.lead",), rank=68),
        Entry("manage", "duty:posts", "shield", "岗位", ("duty.lead",), rank=5),
        Entry("books", "duty:my_roster", "calendar", "我的排班", ("duty.stand",), rank=59, words="换班 请假"),
        Entry("books", "duty:roster", "book", "排班", ("duty.stand",), rank=60),
        Entry("books", "duty:handover_sheet", "swap", "交接班记录", ("duty.stand",), rank=62),
        Entry("books", "duty:slip_sheet", "note", "信息传递单", ("duty.stand",), rank=63),
        Entry("books", "duty:incidents", "alert", "突发事件", ("duty.stand",), rank=70),
        Entry(
            "books", "duty:guest_sheets", "users", "样板间来访",
            ("visits.record", "visits.match", "visits.confirm"),
            rank=65, words="接待记录表 对接 二维码 户型",
        ),
    ),
    topics="yingbin.duty.live.TOPICS",
    matter_kinds=("yingbin.duty.kinds.KINDS",),
    approval_kinds=("yingbin.duty.requests.APPROVALS",),
    matter_ends=("yingbin.duty.actions.lines.line_ends",),
    matter_asides=("yingbin.duty.queries.lines.asides", "yingbin.duty.queries.checks.asides"),
    erasers=("yingbin.duty.privacy.erase", "yingbin.duty.line_privacy.erase", "yingbin.duty.written.erase"),
    exporters=("yingbin.duty.privacy.sections", "yingbin.duty.line_privacy.sections", "yingbin.duty.written.sections"),
    mentions=("yingbin.duty.mentions.MENTIONS",),
    history=("yingbin.duty.privacy.history",),
    ticks=("yingbin.duty.ticks.tick", "yingbin.duty.visit_ticks.tick", "yingbin.duty.report_ticks.tick"),
    file_owners=(
        "yingbin.duty.actions.checking.PHOTOS", "yingbin.duty.actions.check_lists.PICTURE",
        "yingbin.duty.files.ASSET", "yingbin.duty.files.FAULT", "yingbin.duty.files.INCIDENT",
        "yingbin.duty.queries.facts.PICTURES",
    ),
    inbox=("yingbin.duty.visit_inbox.lines",),
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
        "roster": ("排班变化、换班", ("duty.roster", "duty.swap")),
    },
    importers=("yingbin.duty.importing.importer.ROSTER", "yingbin.duty.importing.assets.ASSETS"),
    demo=("yingbin.duty.demo.PAST",),
    styles=(
        "pages/css/screens/duty.css", "pages/css/screens/duty_handovers.css", "duty/roster.css", "duty/visits.css",
    ),
    scripts=("duty/fault.js", "duty/unsent.js"),
    page_scripts={"roster.js": ("duty/lift.js", "duty/roster.js", "duty/rota.js")},
    hook_kinds={"duty.event": "当班事件", "duty.alert": "当班提醒", "duty.visit": "样板间来访"},
)  # fmt: skip

"""Corporate visits, as the house sees them."""

from yingbin.pages.wing import Coming, Entry, Wing

_EVERYBODY = (
    "tours.reception", "tours.administration", "tours.approve", "tours.area", "tours.apply", "tours.settle",
)  # fmt: skip

_AT_GATE = ("gate.scan", "gate.supervise")

WING = Wing(
    app="tours",
    title="参观",
    at=("headquarters",),
    prefix="",
    urls="yingbin.tours.urls",
    entries=(
        Entry("live", "tours:mine", "user", "我的", _EVERYBODY, rank=55, words="答复 任务 批示 参观"),
        Entry("live", "tours:board", "cup", "接待", ("tours.reception",), rank=54, words="倒计时 今日来访 接待部"),
        Entry(
            "live", "tours:day", "calendar", "日程", ("tours.reception", "tours.administration", "tours.approve"),
            rank=56, words="时间线 房间 讲解 同行",
        ),
        Entry("books", "tours:index", "book", "参观台账", _EVERYBODY, rank=55, words="来访 申请 预约访问"),
        Entry("manage", "tours:settings", "gear", "参观规定", ("tours.settle",), rank=64, words="门岗 区域 房间 批示人 规则包"),
        Entry("manage", "tours:keeping", "history", "来访资料", ("customers.erase",), rank=65, words="保存期限 清除 匿名 个人信息"),
        Entry("live", "tours:gates", "gate", "门岗", _AT_GATE, rank=52, words="扫码 放行 参观证"),
        Entry("live", "tours:here", "users", "在场", (*_AT_GATE, "tours.reception"), rank=53, words="清点 疏散 演练"),
        Entry("books", "tours:evening", "key", "参观证对账", (*_AT_GATE, "tours.reception"), rank=56, words="交还 挂失 作废"),
        Entry("books", "tours:clashes", "merge", "断线核对", _AT_GATE, rank=57, words="离线 对不上"),
        Entry(
            "books", "tours:breaches", "flag", "违规带人", (*_AT_GATE, "gate.security", "tours.reception"), rank=58,
            words="泄密 未经批准",
        ),
    ),
    landing={
        "reception_department": "tours:board", "administration": "tours:mine", "senior": "tours:mine",
        "guard": "tours:gates",
    },
    styles=("tours/tours.css", "tours/gate.css"),
    page_scripts={
        "gatepost.js": (
            "tours/gate_token.js", "tours/gate_book.js", "tours/gate_camera.js", "tours/gate_post.js",
        ),
        "gateeye.js": ("tours/vendor/qr.js", "tours/gate_eye.js"),
        "visitdraft.js": ("tours/visit_draft.js",),
    },
    subjects={
        "tours": (
            "参观：申请、答复、批示、接待任务",
            (
                "tours.opened", "tours.area", "tours.company", "tours.exception", "tours.approved", "tours.declined",
                "tours.withdrawn", "tours.refused", "tours.lapsed", "tours.plan", "tours.tasks", "tours.void",
                "tours.unanswered", "tours.area_late", "tours.company_late", "tours.task_late", "tours.rehearsal",
                "tours.companion", "tours.companion_answer", "tours.minors",
            ),
        ),
        "gates": (
            "门岗：对不上的放行、到点没走、证没交还、违规带人",
            ("gate.clash", "gate.overstay", "gate.overdue", "gate.breach", "gate.breach_confirmed"),
        ),
    },
    topics="yingbin.tours.live.TOPICS",
    approval_kinds=("yingbin.tours.requests.APPROVALS",),
    ticks=("yingbin.tours.ticks.tick",),
    erasers=("yingbin.tours.privacy.erase",),
    exporters=("yingbin.tours.privacy.sections",),
    mentions=("yingbin.tours.mentions.MENTIONS",),
    inbox=("yingbin.tours.inbox.lines",),
    inbox_counts=("yingbin.tours.queries.todo.waiting",),
    witnesses=("yingbin.tours.witnesses.of_tours",),
    guards="yingbin.tours.guards.GUARDS",
    demo=("yingbin.tours.demo.PAST",),
    file_owners=("yingbin.tours.evidence.EVIDENCE",),
    coming={
        "headquarters": Coming(
            "今日来访",
            "来访申请、审批、接待计划和参观凭证会在这里：今天谁来、谁接待、能去哪里，门岗扫一下就知道。",
            ("CV-2", "CV-3.1", "CV-3.2.1", "CV-3.3.1", "CV-3.4.1", "CV-4.1", "CV-4.2"),
        )
    },
)  # fmt: skip

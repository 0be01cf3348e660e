"""The residents' desk, as the house sees it."""

from yingbin.pages.wing import Entry, Wing

from .kinds import IDS

WING = Wing(
    app="desk",
    title="来电来访",
    at=("management_office",),
    prefix="desk/",
    urls="yingbin.desk.urls",
    entries=(
        Entry("live", "desk:new", "phone", "登记", ("desk.record",), rank=70, words="来电 来访 登记"),
        Entry(
            "live", "desk:mine", "user", "我的", ("desk.record", "desk.work"), rank=71, words="任务 待接 我要办的"
        ),
        Entry("books", "desk:index", "book", "登记表", ("desk.see",), rank=74, words="客户来电来访登记表"),
        Entry(
            "books", "desk:callbacks", "chat", "回访", ("desk.see",), rank=75, words="回访 满意 电话",
            count="yingbin.desk.queries.callbacks.waits",
        ),
        Entry(
            "live", "desk:find", "search", "查住户", ("desk.see", "desk.record"), rank=75,
            words="业主 租户 房号 电话", key="z",
        ),
        Entry("books", "desk:answers", "help", "答案库", ("desk.see",), rank=77, words="咨询 答案 常见问题"),
        Entry("live", "desk:watch", "flag", "督办", ("desk.supervise",), rank=72, words="超时 退回 改派 按时率 各人手上"),
        Entry("books", "desk:estate", "building", "住户", ("desk.see",), rank=76, words="房屋 业主 租户 楼栋 导入"),
        Entry("books", "desk:cash", "receipt", "收款", ("desk.see",), rank=79, words="收据 收款日报 结账 退款 减免"),
        Entry("books", "desk:materials", "tag", "材料", ("desk.see", "desk.work"), rank=78, words="库存 入库 领用 盘点"),
        Entry("books", "desk:prices", "list", "价目", ("desk.see", "desk.work"), rank=80, words="价格 收费标准 报价"),
        Entry("manage", "desk:subjects", "tag", "事项", ("desk.see", "desk.manage"), rank=63, words="服务范围 派给谁 紧急"),
        Entry("books", "desk:crew", "users", "技能与班次", ("desk.see", "desk.work"), rank=81, words="水工 电工 早班 派工 工种"),
    ),
    importers=("yingbin.desk.importing.importer.ESTATE", "yingbin.desk.importing.prices.PRICES_IMPORT"),
    history=("yingbin.desk.estate_privacy.history",),
    finders=("yingbin.desk.finding.finds",),
    styles=("desk/estate.css", "desk/matters.css", "desk/paid.css", "desk/register.css"),
    page_scripts={"register.js": ("desk/draft.js", "desk/register.js")},
    landing={
        "desk_clerk": "desk:mine", "desk_supervisor": "desk:watch", "desk_manager": "desk:watch",
        "duty_guard": "desk:mine", "department": "desk:mine", "department_head": "desk:mine",
    },
    topics="yingbin.desk.live.TOPICS",
    matter_pages=dict.fromkeys(IDS, "desk:matter"),
    matter_doors=dict.fromkeys(IDS, "yingbin.desk.queries.one.opens"),
    matter_kinds=("yingbin.desk.kinds.KINDS", "yingbin.desk.corrections.KINDS"),
    approval_kinds=("yingbin.desk.requests.APPROVALS",),
    ticks=("yingbin.desk.ticks.tick",),
    erasers=("yingbin.desk.privacy.erase", "yingbin.desk.paid_privacy.erase", "yingbin.desk.estate_privacy.erase"),
    exporters=("yingbin.desk.privacy.sections", "yingbin.desk.paid_privacy.sections", "yingbin.desk.estate_privacy.sections"),
    witnesses=("yingbin.desk.witnesses.of_desk",),
    guards="yingbin.desk.guards.GUARDS",
    demo=("yingbin.desk.demo_estate.PAST", "yingbin.desk.demo.PAST"),
    subjects={
        "desk": (
            "来电来访：转来、接手、超时、投诉",
            (
                "desk.repeat", "desk.grave", "desk.offered", "desk.accepted", "desk.declined", "desk.ended",
                "desk.assigned", "desk.changed", "desk.withdrawn", "desk.solved", "desk.not_agreed", "desk.asked",
                "desk.reopened", "desk.warn", "desk.late", "desk.level", "desk.pause_over", "desk.guidance",
                "desk.added", "desk.mended", "desk.recused", "desk.on_the_way",
            ),
        ),
    },
    # Steps aren't offered: among them is what was asked of a resident, which is for the supervisor alone (SD-4.4).
    hook_kinds={"desk.recorded": "来电来访登记"},
)  # fmt: skip

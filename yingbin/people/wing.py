"""Places, people and sign-in, as the house sees them."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="people",
    title="人员",
    prefix="",
    urls="yingbin.people.urls",
    entries=(
        Entry(
            "manage",
            "people:staff",
            "users",
            "人员",
            ("staff.manage",),
            rank=10,
            words="员工 岗位 排班",
        ),
        Entry(
            "manage",
            "people:limits",
            "clock",
            "时限",
            ("limits.set", "matters.oversee"),
            rank=36,
            words="期限 提醒 上报 工作时间 规定",
        ),
        Entry("manage", "people:sites", "building", "项目", ("sites.manage",), rank=30),
    ),
    landing={"administrator": "people:staff"},
    ticks=("yingbin.people.ticks.tick",),
    witnesses=("yingbin.people.witnesses.of_people",),
    finders=("yingbin.people.finding.finds",),
    styles=("people/people.css",),
)

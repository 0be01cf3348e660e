"""The five kinds of the desk as the house knows them; what decides them is `rules.desk`, by its one door."""

from dataclasses import replace

from yingbin.rules.desk.kinds import kinds_of
from yingbin.rules.desk.policy import DeskPolicy

# What comes next at each stage; "" is a matter that has just begun.
_NEXT: dict[str, dict[str, tuple[str, ...]]] = {
    "enquiry": {"": ("answer",)},
    "help": {"": ("arrive",), "arrived": ("done",)},
    "paid": {"": ("arrive",), "arrived": ("start",), "working": ("done",)},
    "suggestion": {"": ("analyse",), "analysed": ("answer",), "reported": ("answer",)},
    "complaint": {
        "": ("respond",),
        "acknowledged": ("assess",),
        "assessed": ("investigate",),
        "investigated": ("answer",),
        "proposed": ("tell",),
        "told": ("agree",),
    },
}
STAGES: dict[str, str] = {
    "new": "新登记",
    "arrived": "已到场",
    "working": "施工中",
    "analysed": "已分析",
    "reported": "已上报",
    "acknowledged": "已受理",
    "assessed": "已定级",
    "investigated": "已调查",
    "proposed": "有方案",
    "told": "已告知",
    "solved": "待答复",
    "closed": "已办结",
    "cancelled": "已取消",
}
GRADES = {"normal": "一般", "urgent": "紧急", "minor": "一般", "major": "重大", "grave": "特别严重"}
# What needs no mark of its own: there it is as nearly always.
USUAL_GRADES = frozenset({"normal", "minor"})
KINDS = tuple(
    replace(
        kind,
        by_wing=True,
        seen_by="desk.see",
        next=_NEXT[kind.id],
        stages=STAGES,
        grade_words={grade: GRADES[grade] for grade in kind.grades},
        supervisor="desk.supervise",
    )
    for kind in kinds_of(DeskPolicy()).values()
)
IDS = tuple(kind.id for kind in KINDS)

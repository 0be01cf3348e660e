"""What happened at the demo's headquarters: visits of the four classes, each with what was done about it and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | int | bool | tuple[str, ...]


@dataclass(frozen=True)
class Deed:
    """Something done so many hours after the visit was asked for. who: an account, "" for the visitor."""

    after: float
    who: str
    event: str
    fields: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A visit. asked: hours before now; comes: days after today and at what hour, (0, 0) in two hours; lasts: hours.

    by: the colleague who asked for the guest; department: whose word it was. guests: their list, one a line.
    """

    visitor: str
    contact: str
    asked: float
    comes: tuple[int, int]
    headcount: int
    areas: tuple[str, ...]
    answers: tuple[str, str, str] = ("company", "frequent", "products")
    lasts: int = 2
    by: str = ""
    department: str = ""
    rivals: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    guests: str = ""
    deeds: tuple[Deed, ...] = ()


PARTNER = ("company", "partner", "alliance")
NEW = ("company", "none", "products")
SCHOOL = ("school", "none", "survey")
OFFICIAL = ("official", "none", "survey")


def _opens(area: str, after: float) -> Deed:
    who = {"plant": "jiangnan", "rnd": "qinyuan"}.get(area, "hejun" if after % 2 else "hanmei")
    return Deed(after, who, "area", {"area": area, "answer": "open"})


def agreed(*areas: str, by: str = "yanming") -> tuple[Deed, ...]:
    """Every department says yes, then the company."""
    asked = tuple(_opens(area, 1 + n) for n, area in enumerate(areas))
    return (*asked, Deed(6, by, "company", {"answer": "approved"}))


def passes(area: str, persons: int, after: float) -> Deed:
    """The department of an area issues a pass for the whole group."""
    who = {"plant": "jiangnan", "rnd": "qinyuan"}.get(area, "hanmei")
    return Deed(after, who, "issue", {"areas": (area,), "persons": persons, "escort": "jiangnan"})


def received(areas: tuple[str, ...], persons: int) -> tuple[Deed, ...]:
    """From the answers to the passes."""
    return (
        *agreed(*areas),
        Deed(7, "jiangnan", "task", {"task": "guide", "who": "jiangnan"}),
        Deed(8, "jiangnan", "send_plan"),
        *(passes(area, persons, 20 + n) for n, area in enumerate(areas)),
    )


BIG = (
    Deed(2, "jiangnan", "task", {"task": "analysis"}),
    *received(("plant", "workshop"), 9),
    Deed(9, "jiangnan", "task", {"task": "senior", "who": "luodong"}),
    Deed(10, "jiangnan", "task", {"task": "direction", "serve": "coffee"}),
    Deed(30, "jiangnan", "task", {"task": "rehearsal"}),
)
_PUPILS = (
    "李小禾",
    "王子轩",
    "陈一诺",
    "刘雨桐",
    "张梓涵",
    "赵嘉懿",
    "孙沐阳",
    "周可欣",
    "吴宇航",
    "郑欣怡",
)
CLASS = "\n".join(
    ("方老师，13800139021，带队老师", *(f"{one}，学生，监护人：方老师" for one in _PUPILS))
)
DELEGATION = """郭处长，13800139031，领队
欧阳慕云，副处长，尾号 4417
徐立，主任科员
Lena Hoffmann，专家，德国
孟庆和，主任科员，13800139035
苏日娜，翻译"""
# Two weeks' worth of guests, one of each kind, again and again.
WEEK = (
    Story(
        "长丰机械",
        "许文博",
        95,
        (2, 10),
        12,
        ("plant", "workshop"),
        deeds=received(("plant", "workshop"), 12),
    ),
    Story(
        "城北职业学校",
        "方老师",
        90,
        (2, 9),
        40,
        ("plant",),
        SCHOOL,
        guests=CLASS,
        deeds=received(("plant",), 40),
    ),
    Story(
        "恒远集团",
        "钱总",
        80,
        (2, 14),
        9,
        ("plant", "workshop"),
        PARTNER,
        by="hanmei",
        department="生产部",
        deeds=BIG,
    ),
    Story("街坊参观团", "刘阿姨", 70, (2, 16), 4, ("plant",), NEW),
)
# Now: what comes today and in the next days, at every stage.
NOW = (
    Story(
        "市发展改革委调研组", "郭处长", 150, (0, 0), 10, ("plant", "rnd"), OFFICIAL, by="jiangnan",
        words={"purpose": "调研智能制造", "vehicles": "一辆中巴"}, guests=DELEGATION,
        deeds=(
            *received(("plant", "rnd"), 10),
            Deed(24, "baihe", "task", {"task": "refreshments"}),
        ),
    ),
    Story(
        "华东家电股份有限公司采购与供应链管理中心", "欧阳慕云", 170, (1, 14), 9, ("plant", "workshop"), PARTNER,
        rivals="家电", words={"wants": "自动焊接线", "diet": "两位清真，一位素食", "language": "普通话、日语"}, deeds=BIG,
    ),
    Story(
        "海川电器", "贺海川", 46, (1, 15), 8, ("plant", "workshop"), rivals="家电",
        words={"wants": "看总装线", "cameras": "一台相机"},
        deeds=(
            Deed(2, "yanming", "exception", {"ground": "late", "asked_by": "jiangnan", "reason": "展会顺路，客户重要"}),
            Deed(4, "jiangnan", "area", {"area": "plant", "answer": "refused", "reason": "同一天上午有同行来访"}),
        ),
    ),
    Story(
        "远东电气", "赵启明", 30, (6, 10), 14, ("plant", "workshop", "finished_goods"),
        words={"purpose": "年度供货考察"},
        deeds=(_opens("plant", 1), Deed(3, "hanmei", "area", {"area": "finished_goods", "answer": "refused", "reason": "那天盘点"})),
    ),
    Story("南城实验小学", "周老师", 20, (8, 9), 45, ("plant",), SCHOOL, words={"access": "一位学生坐轮椅"}, deeds=(_opens("plant", 2),)),
    Story("老客户介绍的朋友", "孙先生", 10, (5, 10), 3, ("plant",), NEW),
    Story("湖滨街道团购会", "马女士", 26, (7, 14), 16, ("plant", "workshop"), NEW),
    Story("启明资本", "Lena Hoffmann", 8, (4, 11), 5, (), ("company", "frequent", "management"), by="hanmei"),
    Story("江北商会", "陈秘书长", 60, (8, 14), 20, ("plant",), ("association", "none", "survey"), deeds=(Deed(20, "", "withdraw"),)),
)  # fmt: skip

"""What happened at the demo's headquarters: visits of the four classes, each with what was done about it and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

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


def received(areas: tuple[str, ...], persons: int, guide: str = "jiangnan") -> tuple[Deed, ...]:
    """From the answers to the passes."""
    return (*agreed(*areas), *hosted(areas, persons, guide))


def hosted(areas: tuple[str, ...], persons: int, guide: str) -> tuple[Deed, ...]:
    """From the approval to the passes."""
    return (
        Deed(7, "jiangnan", "task", {"task": "guide", "who": guide}),
        Deed(8, "jiangnan", "send_plan"),
        *(passes(area, persons, 20 + n) for n, area in enumerate(areas)),
    )


def way(*stops: str, after: float) -> Deed:
    """The way through the house: areas with their minutes, and who explains there where it isn't the guide."""
    return Deed(after, "jiangnan", "set_route", {"stops": stops})


def analysed(aims: str, needs: str, care: str, after: float) -> Deed:
    """What reception writes about a key account's aims and needs."""
    return Deed(after, "jiangnan", "analyse", {"aims": aims, "needs": needs, "care": care})


BIG = (
    analysed("续签三年供货框架", "看新的装配线和出厂检测", "不谈单价，单价由市场部另谈", 2),
    *received(("plant", "workshop"), 9),
    way("room 30", "workshop 60", "plant 30", after=8.5),
    Deed(9, "jiangnan", "ask_companion", {"who": "luodong"}),
    Deed(9.5, "luodong", "answer_companion", {"answer": "confirmed"}),
    Deed(
        10,
        "jiangnan",
        "direct",
        {"serve": "coffee", "directed_by": "yanming", "said": "咖啡，再备一壶龙井"},
    ),
    Deed(
        11,
        "jiangnan",
        "book_meal",
        {"hours": 3, "guests": 9, "ours": 3, "per_head": 16800, "place": "湖畔厅"},
    ),
    Deed(28, "jiangnan", "sign_rehearsal", {"passed": False, "mend": "检测那一段太长，压到十分钟"}),
    Deed(30, "jiangnan", "sign_rehearsal", {"passed": True}),
)
# Tomorrow's visit of a key account, which isn't ready yet: one leader can't, the other hasn't said, the table costs too much.
HALFWAY = (
    analysed("考察能不能供自动焊接整线", "自动焊接线、良品率数据、交付周期", "对方有日方专家，备一位日语讲解", 2),
    *received(("plant", "workshop"), 9),
    way("plant 30", "workshop 40", after=8.5),
    way("workshop 40", "plant 30", after=8.6),
    Deed(9, "jiangnan", "ask_companion", {"who": "luodong"}),
    Deed(12, "luodong", "answer_companion", {"answer": "declined", "reason": "那天在外地签约", "deputy": "yanming"}),
    analysed("考察能不能供自动焊接整线", "自动焊接线、良品率数据、交付周期、售后", "对方有日方专家，备一位日语讲解；当天下午有同行来，样件收好", 30),
    Deed(31, "jiangnan", "direct", {"serve": "other", "directed_by": "yanming", "said": "糕点和咖啡都备，另备无糖点心"}),
    Deed(150, "jiangnan", "ask_companion", {"who": "yanming"}),
    Deed(151, "jiangnan", "book_meal", {
        "hours": 3, "guests": 9, "ours": 4, "per_head": 26800, "place": "湖畔大酒店牡丹厅", "diet": "两位清真，一位素食",
    }),
    Deed(152, "jiangnan", "sign_rehearsal", {"passed": False, "mend": "良品率换成上个月的，车间噪音大要带扩音器"}),
)  # fmt: skip
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
        deeds=received(("plant",), 40, guide="hejun"),
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
# Who came in each of the weeks, in the order of `WEEK`.
GUESTS = (
    (
        ("长丰机械", "许文博"), ("东岳轴承", "孟繁星"), ("鸿泰包装", "邵立群"), ("北辰仪表", "祝英杰"),
        ("安达物流装备", "戚大勇"), ("国盛电缆", "闻人静"), ("同济阀门", "殷晓峰"), ("瑞昌精密铸造", "席慕云"),
    ),
    (
        ("城北职业学校", "方老师"), ("湖滨中学", "方老师"), ("市第二技师学院", "方老师"), ("南城实验小学", "方老师"),
        ("师范附属中学", "方老师"), ("新苗小学", "方老师"), ("工业职业学院", "方老师"), ("城东中学", "方老师"),
    ),
    (
        ("恒远集团", "钱总"), ("华能装备", "吕总"), ("海曙重工", "单总"), ("中原客车", "尉迟总"),
        ("蓝鲸新能源", "解总"), ("天工机器人", "柯总"), ("德润医疗器械", "卓总"), ("西部矿机", "仇总"),
    ),
    (
        ("街坊参观团", "刘阿姨"), ("银龄读书会", "石老师"), ("周末亲子团", "曹先生"), ("湖畔社区志愿者", "龚女士"),
        ("摄影爱好者", "车先生"), ("青年创业协会", "温女士"), ("球友会", "关先生"), ("退休职工联谊会", "骆师傅"),
    ),
)  # fmt: skip


def week(n: int) -> tuple[Story, ...]:
    """The visits of one week, each week of other guests; every other week the small group is a large one, and comes."""
    names = [own[n % len(own)] for own in GUESTS]
    found = [
        replace(one, visitor=visitor, contact=contact)
        for one, (visitor, contact) in zip(WEEK, names, strict=True)
    ]
    if n % 2:
        found[-1] = replace(found[-1], headcount=18, deeds=received(("plant",), 18))
    return tuple(found)


# Now: what comes today and in the next days, at every stage.
NOW = (
    Story(
        "市发展改革委调研组", "郭处长", 150, (0, 0), 10, ("plant", "rnd"), OFFICIAL, by="jiangnan",
        words={"purpose": "调研智能制造", "vehicles": "一辆中巴"}, guests=DELEGATION,
        deeds=(
            *received(("plant", "rnd"), 10),
            way("room 20", "rnd 45", "plant 45", after=9),
            Deed(24, "baihe", "task", {"task": "refreshments"}),
        ),
    ),
    Story(
        "华东家电股份有限公司采购与供应链管理中心", "欧阳慕云", 170, (1, 14), 9, ("plant", "workshop"), PARTNER,
        rivals="家电", words={"wants": "自动焊接线", "diet": "两位清真，一位素食", "language": "普通话、日语"}, deeds=HALFWAY,
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
    Story(
        "启明资本", "Lena Hoffmann", 8, (4, 11), 5, (), ("company", "frequent", "management"), by="hanmei",
        words={"language": "英语"},
    ),
    Story("凌云汽车配件", "秦朗", 20, (1, 9), 10, ("workshop",), words={"wants": "冲压线"}),
    Story("大江电网", "郑总", 12, (9, 10), 16, ("workshop", "rnd"), PARTNER, by="hanmei", department="生产部"),
    Story("晨光企业家读书会", "白女士", 100, (3, 10), 18, ("plant",), NEW, deeds=received(("plant",), 18)),
    Story(
        "城西探店直播团", "莫先生", 50, (6, 14), 7, (), ("celebrity", "none", "survey"),
        words={"cameras": "两台摄像机，全程直播"},
        deeds=(Deed(6, "yanming", "company", {"answer": "refused", "reason": "近期不接待直播拍摄"}),),
    ),
    Story("江北商会", "陈秘书长", 60, (8, 14), 20, ("plant",), ("association", "none", "survey"), deeds=(Deed(20, "", "withdraw"),)),
)  # fmt: skip

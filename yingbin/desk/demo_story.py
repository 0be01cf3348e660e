"""What happened at the demo's estate: each matter with what was done about it, in minutes after it came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | int | bool


@dataclass(frozen=True)
class Deed:
    """Something done so many minutes after the matter came in. to: of an offer the department's name."""

    after: int
    who: str
    event: str
    fields: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A matter. at: minutes after half past eight of its day, of today before now. part_of: the home whose fault it tells of.

    about: of a complaint, whom of the staff it is about."""

    at: int
    kind: str
    home: str
    caller: str
    subject: str
    title: str
    deeds: tuple[Deed, ...] = ()
    source: str = "call"
    by: str = "luojing"
    urgent: bool | None = None
    answer: str = ""
    part_of: str = ""
    about: str = ""


def repair(
    *, worker: str = "fanqiang", told: int = 120, satisfied: bool = True, to: str = "工程部"
) -> tuple[Deed, ...]:
    """The resident hears at once who comes; offered, accepted, mended, answered."""
    steps = (
        Deed(3, "luojing", "respond"),
        Deed(4, "luojing", "offer", {"to": to}),
        Deed(7, worker, "accept"),
        Deed(27, worker, "arrive"),
        Deed(told - 20, worker, "done"),
        Deed(told, "luojing", "tell"),
    )
    return steps if satisfied else steps[:-1]


# The price changes on site: a valve leaks too, so the work stops until the resident signs for the new price.
PAID = (
    Deed(2, "luojing", "respond"),
    Deed(3, "luojing", "offer", {"to": "工程部"}),
    Deed(12, "gongcheng", "accept"),
    Deed(50, "gongcheng", "arrive"),
    Deed(58, "gongcheng", "quote", {"items": "A01"}),
    Deed(62, "gongcheng", "agree", {"ink": True}),
    Deed(64, "gongcheng", "start"),
    Deed(78, "gongcheng", "quote", {"items": "A01 A02"}),
    Deed(81, "gongcheng", "agree", {"ink": True}),
    Deed(82, "gongcheng", "start"),
    Deed(110, "gongcheng", "done", {"ink": True, "minutes": 46, "used": "角阀"}),
    Deed(114, "luojing", "pay", {"way": "cash", "amount": 13500}),
    Deed(118, "luojing", "tell"),
)
# The valve drips again on the second day: part of the money goes back, once the supervisor has said yes.
REFUNDED = (
    *PAID,
    Deed(
        300,
        "luojing",
        "refund",
        {"amount": 2500, "why": "角阀还在渗水，住户要退角阀的钱。", "yes": "shenyi"},
    ),
)
# Of somebody of the house: they never see it, and the supervisor gives it to another clerk.
ABOUT_ONE = (
    Deed(6, "luojing", "respond"),
    Deed(15, "luojing", "assess", {"severity": "minor"}),
    Deed(60, "luojing", "investigate", {"note": "当班保洁说那天人手不够，态度急了。"}),
    Deed(64, "luojing", "cause", {"cause": "manner", "words": "早高峰一个人扫两栋，态度急。"}),
    Deed(
        66,
        "luojing",
        "correct",
        {"what": "早高峰两人一组，班前会讲礼貌用语", "who": "wuyue", "days": 3},
    ),
    Deed(80, "luojing", "answer", {"text": "已经当面道歉，早高峰改为两人一组。"}),
    Deed(90, "luojing", "tell"),
    Deed(120, "luojing", "agree", {"agreed": True}),
)
COMPLAINT = (
    Deed(6, "luojing", "respond"),
    Deed(15, "luojing", "assess", {"severity": "major"}),
    Deed(90, "luojing", "investigate", {"note": "看了监控，装修队中午十二点二十还在敲墙。"}),
    Deed(95, "luojing", "cause", {"cause": "neighbour", "words": "装修队不知道中午要停工。"}),
    Deed(
        100,
        "luojing",
        "correct",
        {"what": "进场时让装修队签字：中午停工", "who": "shenyi", "days": 5},
    ),
    Deed(
        130, "shenyi", "answer", {"text": "已要求装修队中午停工，押金扣罚，物业每天中午巡查一次。"}
    ),
    Deed(150, "luojing", "tell"),
    Deed(170, "luojing", "agree", {"agreed": True}),
)
AGAIN = (
    *COMPLAINT,
    Deed(240, "wuyue", "call", {"points": 2, "asked": False, "remark": "停了一天，今天中午又敲。"}),
    Deed(245, "luojing", "respond"),
    Deed(250, "luojing", "assess", {"severity": "major"}),
    Deed(280, "luojing", "investigate", {"note": "换了一支装修队，没有交代中午停工。"}),
    Deed(300, "shenyi", "answer", {"text": "新装修队已签字承诺，中午由保安到楼层看一次。"}),
    Deed(310, "luojing", "tell"),
    Deed(320, "luojing", "agree", {"agreed": True}),
)
CALLED = (
    *COMPLAINT,
    Deed(300, "wuyue", "call"),
    Deed(
        370,
        "wuyue",
        "call",
        {
            "points": 4,
            "asked": True,
            "wanted": "修门的师傅说自己带了锁芯，要另外给五十块。",
            "remark": "这次停得及时。",
        },
    ),
)
PAST = (
    Story(20, "help", "3-2-1801", "王女士", "leak", "厨房水管漏水", repair()),
    Story(45, "enquiry", "1-1-302", "李先生", "fees", "车位管理费怎么交", answer="每月五号前在前台或小程序交，开电子票。"),
    Story(70, "paid", "5-1-1203", "赵先生", "drain", "疏通厨房下水", PAID),
    Story(95, "help", "2-3-601", "陈阿姨", "door", "单元门禁刷不开", repair(worker="gongcheng", told=75)),
    Story(180, "suggestion", "6-2-904", "周先生", "parking", "地库加两个充电桩", (
        Deed(60, "luojing", "analyse", {"note": "同意的住户已有三十多户，要看变压器余量。"}),
        Deed(70, "luojing", "report"),
        Deed(200, "shenyi", "answer", {"text": "下季度先装两个，位置在地库B区。"}),
        Deed(215, "luojing", "tell"),
    ), source="visit"),
    Story(240, "complaint", "3-2-1702", "孙女士", "noise", "楼上装修中午敲墙", COMPLAINT),
    Story(420, "help", "4-1-1501", "刘先生", "lift", "4栋1单元电梯异响", (Deed(2, "luojing", "take"), *repair(told=90)), source="guard", by="panwei"),
    Story(150, "complaint", "5-2-1402", "曹先生", "noise", "楼下装修中午敲墙", AGAIN),
    Story(30, "complaint", "7-1-702", "韩女士", "noise", "隔壁装修早上七点开工", CALLED),
    Story(110, "paid", "4-2-1301", "邓女士", "drain", "洗菜盆堵了", REFUNDED),
    Story(125, "complaint", "1-2-501", "许阿姨", "staff", "保洁催人让路，说话难听", ABOUT_ONE, about="guifang"),
)  # fmt: skip
# What the front desk keeps to be answered with one tap: subject, question, answer, for how many days it holds.
KEPT = (
    ("fees", "车位管理费怎么交", "每月五号前在前台或小程序交，开电子票。", None),
    ("parcel", "快递柜超时费谁收", "快递柜公司收，超过十八小时一元；物业不收也不代退。", 60),
    ("fees", "国庆期间前台几点开", "十月一日到七日，九点到十七点。", -30),
)
# Minutes before now, so that the demo's day is under way at whatever hour one looks.
TODAY = (
    Story(330, "complaint", "3-2-1702", "孙女士", "noise", "楼上又在中午敲墙", (
        Deed(5, "luojing", "respond"),
    )),
    Story(260, "help", "7-1-2203", "钱先生", "power", "家里跳闸，推不上去", (
        Deed(3, "luojing", "offer", {"to": "工程部"}), Deed(6, "fanqiang", "accept"), Deed(22, "fanqiang", "arrive"),
        Deed(80, "fanqiang", "done"),
    )),
    Story(200, "suggestion", "北门岗亭", "", "green", "北门花池换成灌木", (), "letter"),
    Story(150, "help", "2-1-1001", "郭阿姨", "clean", "楼道有装修垃圾", (
        Deed(5, "luojing", "offer", {"to": "保洁部"}), Deed(30, "guifang", "accept"), Deed(55, "guifang", "arrive"),
    )),
    Story(110, "paid", "5-2-802", "何先生", "drain", "马桶堵了要疏通", (
        Deed(4, "wuyue", "offer", {"to": "工程部"}), Deed(15, "gongcheng", "accept"), Deed(48, "gongcheng", "arrive"),
        Deed(55, "gongcheng", "quote", {"items": "A01 A07"}),
    ), by="wuyue"),
    Story(70, "help", "6-1-403", "徐女士", "leak", "卫生间天花滴水", (Deed(3, "luojing", "offer", {"to": "工程部"}),)),
    Story(42, "help", "1-2-1602", "马先生", "clean", "楼道扔了一张旧沙发", (
        Deed(4, "luojing", "offer", {"to": "保洁部"}), Deed(15, "guifang", "decline", {"reason": "大件要叫车清运，保洁搬不动。"}),
    )),
    Story(25, "enquiry", "4-2-1105", "冯女士", "parcel", "快递柜超时费谁收", ()),
    Story(9, "help", "3-1-2001", "杨先生", "water", "家里突然没水", (), by="wuyue"),
    Story(7, "help", "3-1-1902", "", "water", "厨房没水了", part_of="3-1-2001"),
    Story(5, "help", "3-1-1702", "", "water", "水龙头没水", source="visit", by="wuyue", part_of="3-1-2001"),
)  # fmt: skip

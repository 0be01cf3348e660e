"""A quarter year of the demo's estate: what comes in on each of its days follows from the number of the day alone."""

from collections.abc import Iterator
from dataclasses import replace

from .demo_story import ABOUT_ONE, AGAIN, COMPLAINT, PAID, Deed, Story, repair

DAYS = 90
# Subject, words, whose work it is and who of them does it.
HELP = (
    ("leak", "厨房水管接头滴水", "工程部", "fanqiang"),
    ("door", "单元门关不上", "工程部", "gongcheng"),
    ("clean", "楼道有一袋装修垃圾", "保洁部", "guifang"),
    ("power", "走廊灯不亮", "工程部", "fanqiang"),
    ("green", "楼下灌木挡住路灯", "绿化部", "yeqing"),
    ("drain", "地漏反味", "工程部", "fanqiang"),
    ("lift", "电梯按钮按不亮", "工程部", "gongcheng"),
    ("clean", "电梯里有宠物尿", "保洁部", "guifang"),
    ("water", "水压小，热水器点不着", "工程部", "fanqiang"),
    ("parking", "地库道闸不抬杆", "工程部", "gongcheng"),
    ("green", "花池里有蚂蚁窝", "绿化部", "yeqing"),
)
ASKED = (
    ("fees", "物业费怎么开票", "小程序里点“开票”，电子票马上发到手机。"),
    ("parcel", "快递柜超时怎么收费", "快递柜公司收，超过十八小时一元。"),
    ("parking", "访客车怎么进", "小程序里填车牌，两小时内免费。"),
    ("other", "泳池几点开", "早七点到晚九点，周一换水不开。"),
    ("fees", "装修押金什么时候退", "验收三个月以后，带收据到前台办。"),
    ("safety", "门禁卡丢了怎么办", "带身份证到前台，当场注销旧卡、补新卡。"),
    ("pets", "养狗要不要登记", "要的，带犬证和疫苗本到前台登记。"),
)
ANGRY = (
    ("noise", "楼上装修中午不停", COMPLAINT),
    ("staff", "保洁不肯擦电梯门", ABOUT_ONE),
    ("parking", "车位被别人占了三次", COMPLAINT),
    ("noise", "隔壁晚上练琴到十一点", AGAIN),
)
WISHED = ("大堂放几把椅子", "儿童区换软地垫", "快递架按楼栋分", "东门加一盏路灯")
FLAWS = ("换厨房水龙头", "疏通洗菜盆", "换卫生间角阀", "修防盗门锁")
SUGGESTED = (
    Deed(50, "luojing", "analyse", {"note": "问过物业和业委会，花钱不多。"}),
    Deed(140, "luojing", "answer", {"text": "下个月就办，办好在群里说一声。"}),
    Deed(150, "luojing", "tell"),
)


def many(day: int) -> int:
    """How many matters come in on a day."""
    return 2 + (day * 5 + day // 7) % 3


def stories(day: int, homes: list[tuple[str, str]]) -> Iterator[Story]:
    """What comes in on a day; homes: as many as there are matters, each with how its resident calls themselves."""
    for n, (home, caller) in enumerate(homes):
        told = _story(day, n)
        yield replace(told, at=15 + n * 73 + day % 40, home=home, caller=caller)


def _story(day: int, n: int) -> Story:
    which = day * 3 + n
    if n == 0 and day % 5 == 2:
        return Story(0, "paid", "", "", "drain", FLAWS[day // 5 % len(FLAWS)], PAID)
    if n == 0 and day % 7 == 1:
        subject, title, deeds = ANGRY[day // 7 % len(ANGRY)]
        about = "guifang" if deeds is ABOUT_ONE else ""
        return Story(0, "complaint", "", "", subject, title, deeds, about=about)
    if n == 0 and day % 11 == 3:
        return Story(0, "suggestion", "", "", "other", WISHED[day // 11 % len(WISHED)], SUGGESTED, "visit")  # fmt: skip
    if n % 2:
        subject, title, answer = ASKED[which % len(ASKED)]
        return Story(0, "enquiry", "", "", subject, title, answer=answer)
    subject, title, department, worker = HELP[which % len(HELP)]
    late = 560 if which % 13 == 0 else 70 + which % 5 * 25
    return Story(0, "help", "", "", subject, title, repair(worker=worker, told=late, to=department))

"""What the rules' short names are called on a page."""

from collections.abc import Mapping

from yingbin.rules.tours.judging import CLASS_WORDS, GROUND_WORDS
from yingbin.rules.tours.plan import TASK_WORDS
from yingbin.rules.tours.verbs import AREA_WORDS

__all__ = ["AREA_WORDS", "CLASS_WORDS", "GROUND_WORDS", "TASK_WORDS"]

AREA_STATES = {"closed": "不开放", "asked": "等答复", "open": "开放", "refused": "不能看"}
AREA_LOOKS = {"closed": "", "asked": "waiting", "open": "free", "refused": "danger"}
# A visit that stands so waits for nobody's answer.
SETTLED = ("declined", "withdrawn", "refused", "lapsed", "over")
NO_LONGER = "不用答复了"
STATUS_LOOKS = {
    "declined": "danger", "needs_exception": "owed", "awaiting": "waiting", "approved": "free",
    "withdrawn": "", "refused": "danger", "lapsed": "danger", "over": "",
}  # fmt: skip
SENDERS = {
    "company": "企业", "office": "机关", "school": "学校", "association": "协会", "official": "官员",
    "celebrity": "知名人士", "company_head": "企业负责人",
}  # fmt: skip
RELATIONS = {"none": "没有往来", "frequent": "经常往来", "partner": "合作伙伴"}
PURPOSES = {
    "business": "商务洽谈", "products": "看产品", "production": "看生产", "management": "看管理",
    "alliance": "战略合作", "survey": "考察",
}  # fmt: skip
SERVES = {
    "pastries": "西点", "coffee": "咖啡", "cold_drinks": "冷饮", "other": "其他", "tea_snacks": "茶水点心",
}  # fmt: skip
# What a form asks beside the facts, by field.
APPLICATION_WORDS = {
    "purpose": "来访目的", "wants": "想看什么", "language": "语言", "diet": "饮食", "access": "无障碍",
    "vehicles": "车辆", "cameras": "拍照设备", "minors": "未满 18 岁的客人",
}  # fmt: skip
MINORS_SAID = {"yes": "有", "no": "没有"}
CLASH_WORDS = {
    "area_full": "同一时间人数超过容量", "rivals": "前后有同行来访，要错开", "no_room": "没有空的房间",
    "no_souvenirs": "纪念品不够",
}  # fmt: skip
EVENT_WORDS = {
    "apply": "申请", "word": "部门通知大客户来访", "reclass": "改类别", "area": "答复区域", "company": "公司批示",
    "exception": "特批", "edit": "改动", "withdraw": "取消", "task": "办好", "send_plan": "发接待方案",
    "permit_photo": "准许拍照", "issue": "发参观证", "clock": "到时间",
}  # fmt: skip
CLOCK_WORDS = {
    "unanswered": "没有答复，按不开放处理", "lapsed": "没有批准，作废", "area_late": "超时没有答复",
    "company_late": "超时没有批示", "task_late": "到期没有办好",
}  # fmt: skip

# Why a task that the plan calls done has to be done again; the name of whom it is about.
AGAIN = {
    "senior": "{}还没有答应现在的安排，请再请一位",
    "rehearsal": "签认以后又有要改的，改好再签认",
}


def why_class(klass: str, sender: str, relation: str, purpose: str) -> str:
    """Which answers make a visit's class, in words (CV-2)."""
    if klass == "institution":
        return f"来访的是{SENDERS.get(sender, sender)}"
    if klass == "general" and relation == "none":
        return "和公司还没有往来"
    return f"{RELATIONS.get(relation, relation)}，来{PURPOSES.get(purpose, purpose)}"


def area_words(state: str, status: str) -> str:
    """How an area of a visit stands; nobody is asked any more once the visit needs no answer."""
    return NO_LONGER if state == "asked" and status in SETTLED else AREA_STATES.get(state, "")


def area_look(state: str, status: str) -> str:
    """How that looks."""
    return "" if state == "asked" and status in SETTLED else AREA_LOOKS[state]


def application_words(told: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a form asked beside the facts, each with what it is called, as people read it."""
    said = {**told, "minors": MINORS_SAID.get(told.get("minors", ""), "")}
    return tuple((label, said[name]) for name, label in APPLICATION_WORDS.items() if said.get(name))

"""What an event of the contract lacks, in a clerk's words: the running desk never says a field's name."""

from yingbin.rules.decision import Refused
from yingbin.rules.desk.desk import Event
from yingbin.rules.malformed import Malformed

from ..prices import MOST

FIELDS = {
    "subject": "事项", "home": "哪一户或在哪里", "kind": "类别", "source": "来源", "urgent": "急缓", "answer": "答复",
    "to": "给谁", "reason": "原因", "as": "换经办人还是负责人", "note": "说明", "text": "答复", "amount": "金额",
    "agreed": "住户同意没有", "signed": "住户签字没有", "severity": "级别", "of": "和哪一件重复",
    "approved_by": "谁批准的", "reached": "打通没有", "score": "住户满意不满意", "asked": "有没有人提过要求",
    "remark": "住户怎么说",
}  # fmt: skip
TOO_MUCH = "金额要在 0 到 99,999.99 元之间，请改好。"


def in_words(no: Malformed) -> Refused:
    """The refusal for a field that is missing, empty, or no value of its kind."""
    words = no.fault.split()
    name = next((one for one in words if one in FIELDS), "")
    if not name:
        return Refused(None, "填得不全或不对，请刷新页面，重新填写再提交。")
    if "缺少" in no.fault or "不能为空" in no.fault:
        return Refused(None, f"还没有填{FIELDS[name]}，请填好再提交。", about=name)
    if "半个字符" in no.fault:
        return Refused(None, f"{FIELDS[name]}里有写不出的字符，请删掉再提交。", about=name)
    if name == "amount":
        return Refused(None, TOO_MUCH, about=name)
    return Refused(None, f"{FIELDS[name]}填得不对，请从给出的里面选。", about=name)


def check_amount(event: Event) -> None:
    """An amount is one that somebody can pay. Raises `Refused`."""
    amount = event.number("amount")
    if amount is not None and amount > MOST:
        raise Refused(None, TOO_MUCH, about="amount")

"""How matters are worded on screen and in notices."""

from uuid import UUID

STATUS = {
    "open": "待处理",
    "offered": "等人接手",
    "accepted": "处理中",
    "answered": "待告知客户",
    "closed": "已办结",
    "cancelled": "已取消",
}

VERBS = {
    "open": "提出",
    "offer": "转交",
    "accept": "接手",
    "decline": "不接",
    "withdraw": "收回转交",
    "answer": "答复",
    "tell": "已告知客户",
    "done": "办好了",
    "acknowledge": "知道了",
    "postpone": "改时限",
    "reopen": "重新打开",
    "cancel": "取消",
    "note": "备注",
    "remind": "提醒",
    "escalate": "超时上报",
}


def link_to(matter_id: UUID) -> str:
    """The page of a matter, as a path."""
    return f"/matters/{matter_id}/"

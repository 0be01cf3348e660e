"""How matters are worded on screen and in notices."""

from uuid import UUID

from django.urls import reverse

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
    "lapse": "不再需要",
}


def link_to(matter_id: UUID) -> str:
    """The page of a matter, as a path."""
    return reverse("matters:matter", args=[matter_id])


NEXT = {
    "accept": "等您接手",
    "answer": "等您答复",
    "tell": "请告诉客户",
    "done": "等您办",
    "acknowledge": "等您确认",
}

SAID = {
    "offer": "已转给对方，对方接手之前仍由原来的人负责。",
    "accept": "已接手，现在由您负责。",
    "decline": "已回绝，原负责人会收到原因。",
    "withdraw": "已收回，仍由原来的人负责。",
    "answer": "答复已记下，告诉客户之后才算办结。",
    "tell": "客户已得到答复，这件事办结了。",
    "done": "办好了，这件事办结了。",
    "acknowledge": "已确认。",
    "postpone": "时限已改。",
    "reopen": "已重新打开。",
    "cancel": "已取消。",
    "note": "备注已记下。",
}

"""信息传递单, 报修, 损坏: what somebody on duty writes down and owns until it is handed over or settled.

The owner (第一责任人) changes by a handover alone; whoever accepts one has it in hand, and the owner says when it is
settled. A repair is settled when it was verified: one that fails stays open and is mended again.
"""

from datetime import timedelta

from yingbin.matters.kinds import accept
from yingbin.rules.matters import ENDING, NORMAL, Kind, Level, Limit, Verb

_HOUR = timedelta(hours=1)
# Whom the ladder tells: the lead of the place, then whoever stands above too.
FIRST, SECOND = ("owner", "holder", "role:lead"), ("owner", "holder", "supervisor")
ABOVE = "duty.lead"
# The first responsible person (第一责任人) of a line changes by a handover alone, and what is settled stays settled.
_BY_HANDOVER = {
    "assign_owner": "负责人随交接班更换：请在「交接班」里交给接班的同事。",
    "reopen": "办完的不再打开。事情又来了，请另写一张，写明与这一张有关。",
    "change": "类别不能改。请另写一张，再把这一张办结。",
}
_OWNER = frozenset({"owner", "supervisor"})
_ANY = frozenset({"owner", "holder", "supervisor"})
TO_DO = frozenset({"", "promised", "failed"})
REPLY = Verb("回复进度", _ANY, keeps_pause=True, note="请写一句办到哪一步、什么时候能好。", tells=("owner", "asker"))  # fmt: skip
PUSH = Verb("催办", frozenset({"owner", "asker", "supervisor"}), keeps_pause=True, tells=("holder",))  # fmt: skip


def _limit(
    within: timedelta, title: str, *, warn: timedelta, again: timedelta, met: frozenset[str] = ENDING,
    starts: frozenset[str] = frozenset({"open"}), clock: str = "due",
) -> Limit:  # fmt: skip
    """A limit in working time with a reminder and the two rungs of the ladder."""
    rungs = (Level(timedelta(0), FIRST), Level(again, SECOND))
    return Limit(clock, title, within, warn=warn, ladder=rungs, met=met, starts=starts)


SETTLED = _limit(8 * _HOUR, "办结", warn=_HOUR, again=4 * _HOUR)
_MENDED = _limit(
    24 * _HOUR, "修好", warn=2 * _HOUR, again=8 * _HOUR,
    met=ENDING | {"finish"}, starts=frozenset({"open", "fail"}),
)  # fmt: skip
_VERIFIED = _limit(
    4 * _HOUR, "验收", warn=_HOUR, again=4 * _HOUR,
    met=frozenset({"done", "fail"}), starts=frozenset({"finish"}), clock="verify",
)  # fmt: skip
# Someone else has it in hand: they say that it is dealt with, the owner that it is settled.
_VERBS = {
    "finish": Verb("处理好了", frozenset({"holder"}), when=frozenset({""}), then="finished", tells=("owner",), waits="等您处理"),
    "done": Verb("办结", _OWNER, closes=True, waits="等您办结"),
    "reply": REPLY,
    "push": PUSH,
}  # fmt: skip
_STAGES = {"promised": "已约定时间", "finished": "等办结", "failed": "要重修"}
_NEXT = {"": ("done", "finish"), "finished": ("done",)}
SLIP = Kind(
    "slip", "信息传递单", "done", "SF-4.3.6", {NORMAL: (SETTLED, accept())},
    accepting="holder", supervisor=ABOVE, verbs=_VERBS, next=_NEXT, stages=_STAGES,
    refuses=_BY_HANDOVER,
)  # fmt: skip
DAMAGE = Kind(
    "damage", "损坏", "done", "SF-4.3.4",
    {NORMAL: (_limit(24 * _HOUR, "办结", warn=4 * _HOUR, again=8 * _HOUR), accept(_HOUR))},
    accepting="holder", supervisor=ABOVE, verbs=_VERBS, next=_NEXT, stages=_STAGES,
    refuses=_BY_HANDOVER,
)  # fmt: skip
_REPAIR_VERBS = {
    "promise": Verb("约定修好时间", _ANY, when=TO_DO, then="promised", agrees=True, tells=("owner", "holder")),
    "finish": Verb("修好了", _ANY, when=TO_DO, then="finished", photo="after", tells=("owner",), waits="等您修好"),
    "done": Verb("验收合格", _OWNER, when=frozenset({"finished"}), closes=True, waits="等您验收"),
    "fail": Verb(
        "验收不合格", _OWNER, when=frozenset({"finished"}), then="failed",
        note="请写一句哪里还没有修好。", tells=("holder",),
    ),
    "reply": REPLY,
    "push": PUSH,
}  # fmt: skip
REPAIR = Kind(
    "repair", "报修", "done", "SF-4.4", {NORMAL: (_MENDED, accept(_HOUR), _VERIFIED)},
    accepting="holder", supervisor=ABOVE, verbs=_REPAIR_VERBS,
    next=dict.fromkeys(TO_DO, ("finish",)) | {"finished": ("done",)},
    stages=_STAGES | {"finished": "等验收"},
    photos={"before": "维修前", "after": "维修后"},
    refuses=_BY_HANDOVER | {"postpone": "请用「约定修好时间」：什么时候能好、是谁答应的，都记在那里。"},
)  # fmt: skip
KINDS = (SLIP, REPAIR, DAMAGE)
# What each is in the words of the duty contract: a damage is written down as a slip.
LINE_OF = {"slip": "slip", "repair": "repair", "damage": "slip"}

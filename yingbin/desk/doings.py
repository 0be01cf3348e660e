"""The events of the contract as people meet them on a page: button, what it asks for, what stands below it."""

from dataclasses import dataclass

from yingbin.rules.desk.matter import Matter

from .allowed import Allowed


@dataclass(frozen=True)
class Doing:
    """One event on a page. asks: fields of its form in order; note: what its free words are called."""

    event: str
    title: str
    asks: tuple[str, ...] = ()
    note: str = ""
    hint: str = ""
    group: str = "work"
    icon: str = "check"
    clause: str = ""
    photos: bool = False


GROUPS = {"work": "接着办", "hand": "转手", "life": "时限与收尾"}
_ALL = (
    Doing("accept", "我来接", icon="check", hint="接手后由您经办；答复住户的仍是负责人。", clause="SD-4.4"),
    Doing("decline", "不接", ("reason",), "为什么不接", group="hand", clause="SD-4.4"),
    Doing("take", "我来负责", hint="治安员记下的事，由前台同事接过去。", clause="SD-4.4"),
    Doing("respond", "已经回了住户", icon="phone", hint="给住户打过电话或当面说过，先让人知道有人管。"),
    Doing("arrive", "到场了", icon="home", photos=True),
    Doing("quote", "报价", ("yuan",), hint="住户同意以后才能开工；改价要重新同意。", icon="note", clause="SD-4.2.3"),
    Doing("agree", "记住户的答复", ("agreed", "amount"), icon="chat"),
    Doing("start", "开工", icon="gear"),
    Doing("done", "办完了", ("signed", "amount"), icon="check", photos=True),
    Doing("analyse", "写分析", ("note",), "分析", icon="edit", clause="SD-4.2.4"),
    Doing("report", "上报", hint="报给主管，主管手上的报给主任；到答复为止一直开着。", icon="flag", clause="SD-4.2.4"),
    Doing("assess", "定级", ("severity",), hint="时限按级别重新起算。", icon="scale", clause="SD-4.2.5"),
    Doing("investigate", "写调查结果", ("note",), "调查结果", icon="search", clause="SD-4.2.5"),
    Doing("answer", "写答复", ("text",), "要告诉住户的话", icon="edit"),
    Doing("tell", "已经告诉住户", icon="chat", hint="电话或当面告诉住户以后再点，点了才算办结。", clause="SD-4.4"),
    Doing("conclude", "不再等住户同意，办结", ("reason",), "为什么办结", group="life", clause="SD-4.2.5"),
    Doing("offer", "转给部门", ("to",), hint="对方接手之前，仍由现在的人经办。", group="hand", icon="swap", clause="SD-4.4"),
    Doing("withdraw", "收回", group="hand"),
    Doing("assign", "改派", ("as", "to", "reason"), "原因", group="hand", clause="SD-4.4"),
    Doing("pause", "暂停", ("reason",), hint="时限停着不走；一件事能停的时间有数，用完自动接着走。", group="life", clause="SD-4.3"),
    Doing("resume", "接着办", group="work", icon="return"),
    Doing("change", "改类别或急缓", ("kind", "urgent", "reason"), "原因", group="life"),
    Doing("reduce", "减免或退款", ("yuan", "approved_by"), hint="要主管或主任批准，批准的人不能是自己。", group="life", clause="SD-4.2.3"),
    Doing("cancel", "取消", ("reason", "of"), group="life", clause="SD-4.3"),
    Doing("reopen", "重新打开", ("reason",), "为什么重新打开", group="life", clause="SD-4.3"),
    Doing("call", "打回访", icon="phone", clause="SD-4.3"),
)  # fmt: skip
DOINGS = {one.event: one for one in _ALL}
# Where there is more to say, an event has a page of its own: with lines, material, a signature, another's approval.
_PAGES = {
    ("paid", "quote"): "desk:quote",
    ("paid", "agree"): "desk:agree",
    ("paid", "done"): "desk:finish",
    ("help", "done"): "desk:finish",
}


def page_for(kind: str, event: str) -> str:
    """The name of the page on which this event happens; "" where it happens on the matter's own."""
    return "desk:account" if event == "reduce" else _PAGES.get((kind, event), "")


# What comes first for people of a department, and for the desk; the first that is allowed is the primary one.
_WORKER = (
    "accept", "resume", "start", "agree", "arrive", "done", "answer", "analyse", "investigate", "quote",
)  # fmt: skip
_DESK = (
    "accept", "take", "tell", "agree", "resume", "answer", "analyse", "investigate", "assess", "offer",
    "start", "done", "arrive", "quote", "respond", "call",
)  # fmt: skip
# Where a department is asked already or somebody is at work, the desk's next word is to the resident.
_WAITING = ("accept", "take", "tell", "agree", "respond", "call")


def primary(told: Allowed, found: Matter, *, works: bool) -> str:
    """The one event that this person should do next, "" for none. works: they are of a department."""
    if not works and found.is_of("complaint", "new") and "respond" in told:
        return "respond"
    others = found.offer or found.state.holder != found.state.owner
    order = _WORKER if works else _WAITING if others else _DESK
    begun = found.stage not in ("new", "analysed")
    return next((e for e in order if e in told and not (begun and e == "offer")), "")


# What somebody of a department does next with a task in hand, by its stage; posted from their list with one tap.
AT_HAND = {
    ("help", ""): "arrive",
    ("help", "arrived"): "done",
    ("paid", ""): "arrive",
}
# What a worker calls what the desk calls otherwise.
OF_WORKERS = {"pause": "现在办不了"}

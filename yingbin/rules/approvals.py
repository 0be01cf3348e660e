"""Something asked of somebody else: who may say yes or no to it, and when it is over by itself.

Nobody decides what they asked for themselves, or what is asked for them, whatever they may do elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from .decision import Refused

Status = Literal["asked", "granted", "declined", "withdrawn", "lapsed"]


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """A kind of request. decides: the permission of those who decide; deputies: of those who may once it is late.

    within: how long the answer may take. lapses: then it is over without an answer, and nothing was granted.
    decided: dotted path of what follows, called inside the write with the pen and the approval's row.
    one_at_a_time: whoever asked waits for the answer before asking again.
    heard_as: the kind of its notices, by which channels and phones tell them apart. back_to: the name of the page that
    the answer leads whoever asked to, the request's own without; on_yes: what they are told together with a yes.
    kept_from: dotted path of the condition on requests that somebody, named by their id, has to stay out of; it isn't there for them.
    confided: the roles that read its words beside whoever asks and whoever answers; everybody who sees it, without.
    """

    id: str
    title: str
    clause: str
    decides: str
    deputies: str = ""
    within: timedelta | None = None
    lapses: bool = False
    decided: str = ""
    one_at_a_time: bool = False
    heard_as: str = "approval"
    back_to: str = ""
    on_yes: str = ""
    kept_from: str = ""
    confided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands. for_whom: whose matter it is, where that isn't whoever asked."""

    kind: ApprovalKind
    asked_by: str
    asked_at: datetime
    for_whom: str = ""
    status: Status = "asked"

    @property
    def due_at(self) -> datetime | None:
        """By when the answer is owed."""
        return self.asked_at + self.kind.within if self.kind.within else None

    def is_late(self, at: datetime) -> bool:
        """Whether the answer is owed since before; on the stroke is late."""
        return self.status == "asked" and self.due_at is not None and self.due_at <= at


KINDS: dict[str, ApprovalKind] = {}


def add_kind(kind: ApprovalKind) -> None:
    """Makes a kind known. One id can't mean two kinds."""
    if KINDS.setdefault(kind.id, kind) != kind:
        raise ValueError(f"kind {kind.id} is already another one")


def kind_of(name: str) -> ApprovalKind:
    """The kind. Raises `Refused` for an unknown one."""
    if name not in KINDS:
        raise Refused(None, f"没有「{name}」这一类申请。")
    return KINDS[name]


def may_ask(kind: ApprovalKind, *, waiting: bool) -> None:
    """Refuses a second request of a kind that is asked one at a time, while the first is `waiting`."""
    if waiting and kind.one_at_a_time:
        raise Refused(
            kind.clause, f"「{kind.title}」已经申请了，正在等答复，请稍等；不需要了可以先收回。"
        )


def why_not(request: Request, who: str, held: frozenset[str], at: datetime) -> str:
    """Why this person may not decide it now, "" where they may. held: their permissions here."""
    kind = request.kind
    if request.status != "asked":
        return "这份申请已经有结果了。"
    if kind.lapses and request.is_late(at):
        return "这份申请已经过期，请申请人重新提出。"
    if who in (request.asked_by, request.for_whom):
        return "不能审批自己的申请，请另一位有权限的同事处理。"
    if kind.decides in held:
        return ""
    if kind.deputies and kind.deputies in held:
        return "" if request.is_late(at) else "还没有到时限，先由负责审批的同事处理。"
    return "这份申请要由有审批权限的同事处理。"


def reads(request: Request, who: str, roles: frozenset[str], *, decided_by: str = "") -> bool:
    """Whether this person reads why it was asked; the title is seen by everybody who sees the request."""
    known = (request.asked_by, request.for_whom, decided_by)
    confided = request.kind.confided
    return not confided or who in known or not roles.isdisjoint(confided)


def decide(
    request: Request, who: str, held: frozenset[str], at: datetime, *, grant: bool, words: str
) -> Status:
    """What it comes to; `Refused` where this person may not decide, or declines without saying why."""
    no = why_not(request, who, held, at)
    if no:
        raise Refused(request.kind.clause, no)
    if not grant and not words.strip():
        raise Refused(request.kind.clause, "不批准要写一句原因，申请人才知道怎么改。", "words")
    return "granted" if grant else "declined"


def withdraw(request: Request, who: str) -> Status:
    """Whoever asked takes it back while nobody has answered."""
    if request.status != "asked":
        raise Refused(request.kind.clause, "这份申请已经有结果了，不能收回。")
    if who != request.asked_by:
        raise Refused(request.kind.clause, "只有申请人自己可以收回。")
    return "withdrawn"

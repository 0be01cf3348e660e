"""The two questions at the door: what must be answered before a group is given to anybody (TQ-1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yingbin.rules.decision import Refused

FIRST = "「第一次来访吗？」还没有回答，请先问客户，点一个。"
CONTACT = "「和我们的同事联系过吗？」还没有回答，请先问客户，点一个。"
WHOM = "请点选客户说的那位同事；名字忘了就选「没有／忘了是谁」。"
WHO = "以前来过的，请在查到的客户里点选他；查过确实没有，就点「没找到」。"
LOOK = "还没有查。请先输姓名、首字母或电话后四位；客户什么都不愿说，就写「不愿说」。"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a group of customers said. first: their first visit; contacted: they know one of us, `named` whom.

    known: their card was chosen, or the number is somebody's; not_found: they say that they came before, were
    looked up, and no card was theirs. None: not asked.
    """

    first: bool | None
    contacted: bool | None
    named: bool
    known: bool
    not_found: bool


class Unanswered(Refused):
    """A question of TQ-1 is open. `field`: first, contact, named or q, where the answer belongs."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__("TQ-1", message, about=field)
        self.field = field


def open_questions(told: Answers) -> Iterator[Unanswered]:
    """What is still to be asked, in the order in which it is asked."""
    if told.first is None:
        yield Unanswered("first", FIRST)
    if told.contacted is None and not told.named:
        yield Unanswered("contact", CONTACT)
    if told.contacted and not told.named:
        yield Unanswered("named", WHOM)
    if told.first is False and not told.known and not told.not_found:
        yield Unanswered("q", WHO)

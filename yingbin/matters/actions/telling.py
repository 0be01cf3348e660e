"""Who is told of which step of a matter, and in what words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.queries import names_of
from yingbin.rules import matters as rule

from ..models import Matter
from ..words import link_to


@dataclass(frozen=True)
class Told:
    """A step that was taken, with the matter before and after it."""

    pen: Pen
    matter: Matter
    step: rule.Step
    before: rule.State
    after: rule.State
    index: int

    def to(self, who: Iterable[str], title: str, body: str = "", *, urgent: bool = False) -> None:
        """Tells these people, but not whoever acted."""
        people = [UUID(w) for w in who if w and w != self.step.by]
        tell(
            self.pen,
            to=people,
            kind=f"matter.{self.step.verb}",
            title=title,
            body=body,
            link=link_to(self.matter.id),
            urgent=urgent,
            clause=self.matter.clause,
            dedupe=f"matter:{self.matter.id}:{self.index}",
        )

    @property
    def actor(self) -> str:
        """The name of whoever acted."""
        if not self.step.by:
            return "系统"
        return names_of([UUID(self.step.by)]).get(self.step.by, "同事")


def of_opening(pen: Pen, matter: Matter) -> None:
    """The owner learns what they are responsible for; an alert is urgent."""
    alert = rule.KINDS[matter.kind].ends_by == "acknowledge"
    tell(
        pen,
        to=[matter.owner_id],
        kind="matter.open",
        title=f"{rule.KINDS[matter.kind].title}：{matter.title}",
        body=matter.detail[:200],
        link=link_to(matter.id),
        urgent=alert,
        clause=matter.clause,
        dedupe=f"matter:{matter.id}:0",
    )


def of_step(told: Told, supervisors: list[UUID]) -> None:
    """Tells those whom a step concerns; a verb that concerns nobody else tells nobody."""
    if told.step.verb == "escalate":
        _escalated(told, supervisors)
    elif told.step.verb in _TELL:
        _TELL[told.step.verb](told)


def _escalated(told: Told, supervisors: list[UUID]) -> None:
    who = [told.after.owner, *(str(s) for s in supervisors)]
    level = told.after.level
    title = f"已超时：{told.matter.title}" if level == 1 else f"仍未处理：{told.matter.title}"
    told.to(dict.fromkeys(who), title, f"负责人 {_owner(told)}，请尽快处理。", urgent=True)


def _owner(told: Told) -> str:
    return names_of([UUID(told.after.owner)]).get(told.after.owner, "同事")


def _offer(told: Told) -> None:
    body = told.step.note or "接手后由您负责；不接请写明原因。"
    told.to([told.after.offered_to], f"{told.actor}转给您：{told.matter.title}", body, urgent=True)


def _accept(told: Told) -> None:
    who = [told.before.owner, told.before.opened_by]
    told.to(dict.fromkeys(who), f"{told.actor}已接手：{told.matter.title}")


def _decline(told: Told) -> None:
    title = f"{told.actor}没有接：{told.matter.title}"
    told.to([told.after.owner], title, f"原因：{told.step.note}。仍由您负责。", urgent=True)


def _withdraw(told: Told) -> None:
    told.to([told.before.offered_to], f"不用接了：{told.matter.title}")


def _answer(told: Told) -> None:
    who = dict.fromkeys([told.after.owner, told.after.opened_by])
    told.to(who, f"有答复了，请告诉客户：{told.matter.title}", told.step.note)


def _ended(told: Told) -> None:
    words = {"tell": "客户已得到答复", "done": "已办好", "cancel": "已取消"}
    who = [told.before.owner, told.before.opened_by, told.before.offered_to]
    title = f"{words[told.step.verb]}：{told.matter.title}"
    told.to(dict.fromkeys(who), title, told.step.note)


def _owner_told(told: Told) -> None:
    words = {"reopen": "重新打开", "postpone": "时限已改"}
    title = f"{words[told.step.verb]}：{told.matter.title}"
    told.to([told.after.owner], title, told.step.note)


def _remind(told: Told) -> None:
    if told.step.note == "offer":
        told.to([told.after.offered_to], f"等您接手：{told.matter.title}", urgent=True)
        return
    told.to([told.after.owner], f"快到时限：{told.matter.title}")


_TELL = {
    "offer": _offer,
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "answer": _answer,
    "tell": _ended,
    "done": _ended,
    "cancel": _ended,
    "reopen": _owner_told,
    "postpone": _owner_told,
    "remind": _remind,
}

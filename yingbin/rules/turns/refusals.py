"""Every refusal of the turn queue: what is wrong, and what to do instead.

Clause null, TQ-6 for a claim, TQ-11 for an override or an adjustment, as the contract has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yingbin.rules.decision import Refused
from yingbin.rules.turns.state import ENDED, ENQUIRY, LEFT, RECEIVED, WAITING, State, Visit

_STAGE = {
    None: "没有这批客户的到访记录，请先核对是哪一批",
    WAITING: "这批客户还在等候，没有人在接待",
    RECEIVED: "这批客户正在接待",
    ENDED: "这批客户的接待已经结束",
    LEFT: "这批客户已经离开",
    ENQUIRY: "这是找人或问路，没有人接待",
}


def _stage(visit: Visit | None) -> str:
    return _STAGE[visit.stage if visit else None]


@dataclass(frozen=True, slots=True)
class Refusals:
    """Says no, with the names of the day."""

    names: Callable[[str], str]

    def finish(self, visit: Visit | None) -> Refused:
        """Not being received."""
        return Refused(None, f"不能结束：{_stage(visit)}；只有正在接待的客户可以结束接待。")

    def leave(self, visit: Visit | None) -> Refused:
        """Not waiting."""
        return Refused(None, f"不能登记离开：{_stage(visit)}；接待中的客户走了，请点结束接待。")

    def anyone(self, visit: Visit | None) -> Refused:
        """Not waiting for one person."""
        if visit and visit.stage == WAITING:
            return Refused(None, "不用改：这批客户等的不是某一个人，谁先空闲就由谁接待，请稍候。")
        return Refused(None, f"不能改为不指定：{_stage(visit)}；只有在等某一个人的客户可以改。")

    def away(self, state: State, who: str) -> Refused:
        """Away already, or not signed in."""
        name = self.names(who)
        if who in state.away:
            return Refused(None, f"{name}已经外出，不用再点；要换外出原因，请先点回来。")
        return Refused(None, f"{name}没有签到，不在接待顺序里；请先签到。")

    def back(self, state: State, who: str) -> Refused:
        """Neither away nor about to leave."""
        name = self.names(who)
        if state.is_salesperson(who) and state.position(who) is not None:
            return Refused(None, f"{name}就在现场，也没有要走，不用点回来。")
        return Refused(None, f"{name}没有签到，不在接待顺序里；来上班请点签到。")

    def sign_in(self, who: str) -> Refused:
        """Signed in already."""
        return Refused(None, f"{self.names(who)}已经签到，位置不变；外出归来请点回来。")

    def sign_out(self, who: str) -> Refused:
        """Not signed in."""
        return Refused(None, f"{self.names(who)}没有签到，不用签退。")

    def claim(self, message: str) -> Refused:
        """TQ-6 not met."""
        return Refused("TQ-6", message)

    def unclaimable(self, visit: Visit | None) -> Refused:
        """The visit can't be claimed, whoever confirms."""
        if visit is None or visit.stage not in (RECEIVED, ENDED):
            return self.claim(f"不能申报无关来访：{_stage(visit)}；有人接待过的客户才能申报。")
        if visit.claimed:
            return self.claim("这批客户已按无关来访补过一次，不能再补；有疑问请找经理更正。")
        return self.claim("这批客户本来就没有计入接待次数，没有占用轮次，不用申报。")

    def unconfirmed(self, customer_confirmed: bool, by: str | None) -> Refused:
        """Nobody, or the wrong person, confirmed it."""
        if not customer_confirmed:
            return self.claim("客户没有当面说明来意，不能算无关来访；请与客户一同向经理证明。")
        if by is None:
            return self.claim("经理还没有确认，暂不更改；请与客户一同向经理证明来意。")
        return self.claim(f"{self.names(by)}也是置业顾问，不能确认；请由经理或其指定的人确认。")

    def not_manager(self, by: str) -> Refused:
        """TQ-11 is the manager's or the delegate's alone."""
        who = self.names(by)
        return Refused(
            "TQ-11", f"{who}是当天的置业顾问，不能指定或更正；请由经理或其指定的人来做。"
        )

    def override_visit(self, visit: Visit | None) -> Refused:
        """Neither waiting nor being received."""
        return Refused("TQ-11", f"不能指定：{_stage(visit)}；只能指定等候中或接待中的客户。")

    def override_to(self, state: State, to: str) -> Refused:
        """The one it is given to is not free."""
        name = self.names(to)
        if to in state.receiving:
            return Refused(
                "TQ-11", f"不能指定给{name}：正在接待；请等这次接待结束，或指定空闲的人。"
            )
        if to in state.away:
            return Refused("TQ-11", f"不能指定给{name}：外出不在现场；请指定空闲的人。")
        return Refused("TQ-11", f"不能指定给{name}：没有签到；请指定空闲的人。")

    def adjust(self, who: str) -> Refused:
        """Not a salesperson of the day."""
        name = self.names(who)
        return Refused("TQ-11", f"不能更正：{name}不是当天的置业顾问；请核对姓名，或先签到。")

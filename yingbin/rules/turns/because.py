"""The reason of every decision: one Chinese sentence that a salesperson understands.

Ids become names through `names`. Reasons that people typed are left out: a decision is kept for
good, and free text may hold what must be erasable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import (
    NAMED,
    PEER,
    REGISTERED,
    TO_PERSON,
    Absence,
    State,
    Visit,
)
from yingbin.rules.turns.walk import (
    KEEP,
    LOSE,
    MAKE_UP,
    PAID_AWAY,
    PAID_FREE,
    RECEIVING,
    Ahead,
    Walk,
)

AWAY = {"business": "公事外出", "meal": "用餐", "private": "私事外出"}
_AHEAD = {
    RECEIVING: "正在接待，位置保留",
    PAID_FREE: "还一次欠轮，排到队尾",
    KEEP: "位置保留",
    PAID_AWAY: "还一次欠轮，排到队尾",
    MAKE_UP: "记一次轮空，排到队尾",
    LOSE: "错过这一轮，排到队尾",
}
_EARNED_BY = {
    "TQ-6": "因接待过无关来访",
    "TQ-7": "因公事外出时被轮空",
    "TQ-11": "因经理指定或更正",
}
_UNCOUNTED = "不计接待次数，接待顺序不变"


def away(absence: Absence) -> str:
    """Why someone is away, in a salesperson's words."""
    if absence.reason != absence.treated_as:
        return "外出未获经理批准（按私事算）"
    return AWAY[absence.reason]


@dataclass(frozen=True, slots=True)
class Because:
    """Writes the sentences, with the names of the day."""

    names: Callable[[str], str]

    def all(self, people: Iterable[str]) -> str:
        """Several names, one after another."""
        return "、".join(map(self.names, people))

    # A group is received

    def by_queue(self, state: State, visit: Visit, walk: Walk, later: bool) -> str:
        """Why the walk ended at this person, and what became of those ahead."""
        who = self.names(walk.receiver)
        if walk.goes_on_owing:
            why = "空闲的人都欠轮，由其中排在最前的接待，欠轮照旧"
        elif walk.ahead:
            why = f"前面的人这次轮不到，{who}是第一位空闲且不欠轮的"
        else:
            why = "排在最前且空闲"
        turn = f"{self._lead(state, visit, later)}轮到{who}：{why}"
        return "；".join([turn, *self._ahead(walk.ahead)]) + "。"

    def by_make_up(self, state: State, visit: Visit, who: str, clause: str, later: bool) -> str:
        """A make-up turn goes ahead of the queue."""
        earned = _EARNED_BY.get(clause, f"依{clause}")
        lead = self._lead(state, visit, later)
        return f"{lead}先由{self.names(who)}补接：{earned}得过一次补接，现在用掉；接待顺序不变。"

    def to_person(self, visit: Visit, paid: str, later: bool) -> str:
        """The named or registered person receives; `paid` tells its cost."""
        who = self.names(visit.whom or "")
        tie = f"客户找的就是{who}" if visit.origin == NAMED else f"客户是{who}登记的"
        now = f"{who}现在空闲了" if later else f"{who}空闲"
        return f"{tie}，{now}，由{who}接待；{paid}。"

    def to_last(self, state: State, visit: Visit, who: str, later: bool) -> str:
        """The last free person receives or assists, uncounted."""
        lead = self._lead(state, visit, later)
        verb = "接待" if visit.origin == PEER else "协助接待"
        return f"{lead}由空闲的人里排在最后的{self.names(who)}{verb}，{_UNCOUNTED}。"

    def paid(self, policy: TurnsPolicy, counted: bool, used_make_up: bool) -> str:
        """What a reception outside the queue costs its receiver."""
        if not counted:
            return _UNCOUNTED
        if policy.named_turn == "tail":
            return "计一次接待，随即排到队尾"
        if used_make_up:
            return "计一次接待，用自己的一次补接抵掉，位置不动"
        return "计一次接待，欠一轮，位置不动"

    def _lead(self, state: State, visit: Visit, later: bool) -> str:
        """What kind of group it is and, where it names someone, why that one does not receive.

        later: it waited until somebody became free.
        """
        lead = "现在有人空闲，" if later else ""
        if visit.origin == PEER:
            return f"{lead}同行市调，"
        if visit.whom is None:
            return lead
        whom = self.names(visit.whom)
        tie = f"客户找的{whom}" if visit.origin == NAMED else f"登记的接待人{whom}"
        if not state.on_floor(visit.whom):
            return f"{lead}{tie}不在现场，"
        if visit.whom in state.receiving:
            return f"{lead}{tie}正在接待，"
        return f"{lead}客户来时没能由{whom}接待，现在不再专等，"

    def _ahead(self, ahead: Iterable[Ahead]) -> list[str]:
        """One phrase for all who met the same fate, in the order in which they stood."""
        groups: dict[str, list[str]] = {}
        for who, how, absence in ahead:
            where = f"{away(absence)}，" if absence else ""
            groups.setdefault(where + _AHEAD[how], []).append(who)
        return [self.all(people) + fate for fate, people in groups.items()]

    # A group is not received

    def enquiry(self) -> str:
        """Nobody's turn (TQ-9)."""
        return "只是找人或问路，记录下来即可，不占任何人的轮次。"

    def waits(self, visit: Visit) -> str:
        """Nobody who may receive is free."""
        whom = self.names(visit.whom) if visit.whom is not None else ""
        if visit.way == TO_PERSON:
            tie = f"客户找的{whom}" if visit.origin == NAMED else f"客户的登记接待人{whom}"
            return (
                f"{tie}正在接待，先请客户稍候，{whom}一空闲就接待；客户愿意换人，可以改由别人接待。"
            )
        if visit.origin == REGISTERED:
            return f"登记的接待人{whom}不能接待，也没有空闲的人，先请客户稍候，有人空闲就协助。"
        if visit.origin == PEER:
            return "同行市调，现在没有空闲的人，先请稍候，有人空闲再接待。"
        lead = f"客户找的{whom}现在不能接待，也" if visit.origin == NAMED else "现在"
        return f"{lead}没有空闲的人，先请客户稍候，有人空闲就按规定接待。"

    # The manager's part

    def claim(self, who: str, by: str, paid_owed: bool) -> str:
        """An unrelated visitor, proven (TQ-6)."""
        turn = "抵掉一次欠轮" if paid_owed else "补接一次"
        return f"{self.names(by)}已向客户核实是无关来访：{self.names(who)}这次不计，{turn}。"

    def override(self, to: str, by: str, previous: str | None, given: str, paid: str) -> str:
        """The manager gives a visit to another (TQ-11); `given`: what the previous one gets."""
        before = f"原由{self.names(previous)}接待，{given}；" if previous is not None else ""
        return f"{self.names(by)}指定由{self.names(to)}接待；{before}{paid or '这次不计'}。"

    def given_back(self, visit: Visit, gives_back: bool, back_in_place: bool) -> str:
        """What the previous receiver gets back."""
        if not gives_back:
            return "已计的不退"
        if visit.claimed:
            return "已按无关来访补过，不再退"
        count = "退回一次计数" if visit.counted else "本来不计"
        place = "，回到原来的位置" if back_in_place else ""
        turns = {"queue": place, "make_up": "，补接还给本人", "owed": "，所占的一轮退还"}
        return count + turns.get(visit.turn, "")

    def adjust(self, who: str, by: str, count: int, turns: int) -> str:
        """The manager corrects an account (TQ-11)."""
        changes = []
        if count:
            changes.append(f"接待次数{count:+d}")
        if turns:
            changes.append(f"补还{turns}轮" if turns > 0 else f"记欠{-turns}轮")
        return f"{self.names(by)}更正{self.names(who)}的账：{'，'.join(changes) or '没有增减'}。"

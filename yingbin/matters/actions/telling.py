"""Who is told of which step of a matter, and in what words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.rules import matters as rule

from .. import queries
from ..models import Matter, MatterStep
from ..words import link_to


class Matters:
    """One matter in a write: its next place in the history, and whom its steps reach. last: its last place, if known."""

    def __init__(self, pen: Pen, matter: Matter, last: int | None = None) -> None:
        self.pen, self.matter = pen, matter
        self._index = last

    def next_index(self) -> int:
        """The place of the next step."""
        if self._index is None:
            self._index = MatterStep.objects.filter(matter=self.matter).count() - 1
        self._index += 1
        return self._index

    def of_step(self, step: rule.Step, before: rule.State, after: rule.State) -> None:
        """Tells those whom a step concerns; a verb that concerns nobody else tells nobody."""
        news = News(self.pen, self.matter, step, before, after, self._index or 0)
        if step.verb in _TELL:
            _TELL[step.verb](news)
        elif own := rule.KINDS[before.kind].verbs.get(step.verb):
            _of_the_wing(news, own)


@dataclass(frozen=True)
class News:
    """A step that was taken, with the matter before and after it."""

    pen: Pen
    matter: Matter
    step: rule.Step
    before: rule.State
    after: rule.State
    index: int

    def to(
        self,
        parties: Iterable[str],
        title: str,
        body: str = "",
        *,
        urgent: bool = False,
        listed: bool = False,
    ) -> None:
        """Tells these people and the people of these groups, but not whoever acted; listed: it waits for each of them."""
        found: dict[UUID, None] = {}
        for party in parties:
            here = queries.people_behind(self.pen.site_id, party, self.pen.at)
            found |= dict.fromkeys(here)
        self.people(found, title, body, urgent=urgent, listed=listed)

    def people(
        self,
        people: Iterable[UUID],
        title: str,
        body: str = "",
        *,
        urgent: bool = False,
        listed: bool = False,
    ) -> None:
        """Tells these people, each once, but not whoever acted and nobody whom the matter is about."""
        others = [who for who in people if str(who) != self.step.by]
        if rule.KINDS[self.before.kind].recuses:
            others = queries.without(self.pen.site_id, self.matter.id, others)
        tell(
            self.pen,
            to=others,
            kind=f"matter.{self.step.verb}",
            title=title,
            body=body,
            link=link_to(self.matter.id),
            urgent=urgent,
            clause=self.matter.clause,
            dedupe=f"matter:{self.matter.id}:{self.index}",
            listed=listed,
        )

    def named(self, parties: Iterable[str]) -> list[UUID]:
        """The people whom a limit names."""
        return queries.reached(self.pen.site_id, self.pen.at, self.after, parties)

    @cached_property
    def actor(self) -> str:
        """The name of whoever acted."""
        return self.name(self.step.by) if self.step.by else "系统"

    def name(self, party: str) -> str:
        """A person's or a group's name."""
        return queries.names_of_parties([party]).get(party, "同事")

    @cached_property
    def limit(self) -> rule.Limit | None:
        """The limit of the clock that a mark is of."""
        return rule.KINDS[self.after.kind].limit(self.after.grade, self.step.clock)


def of_opening(pen: Pen, matter: Matter, state: rule.State) -> None:
    """The owner learns what they are responsible for; an alert is urgent."""
    kind = rule.KINDS[matter.kind]
    tell(
        pen,
        to=queries.people_behind(pen.site_id, state.owner, pen.at),
        kind="matter.open",
        title=f"{kind.title}：{matter.title}",
        body=matter.detail[:200],
        link=link_to(matter.id),
        urgent=kind.ends_by == "acknowledge",
        clause=matter.clause,
        dedupe=f"matter:{matter.id}:0",
        listed=True,
    )


def _offer(news: News) -> None:
    body = news.step.note or "接手后由您负责；不接请写明原因。"
    title = f"{news.actor}转给您：{news.matter.title}"
    if rule.is_group(news.after.offered_to):
        title = f"{news.actor}转给{news.name(news.after.offered_to)}：{news.matter.title}"
    news.to([news.after.offered_to], title, body, urgent=True, listed=True)


def _accept(news: News) -> None:
    who = [news.before.owner, news.before.opened_by, news.before.offered_by]
    news.to(who, f"{news.actor}已接手：{news.matter.title}")


def _decline(news: News) -> None:
    title = f"{news.actor}没有接：{news.matter.title}"
    who = [news.after.owner, news.after.holder]
    news.to(who, title, f"原因：{news.step.note}。仍由您负责。", urgent=True)


def _withdraw(news: News) -> None:
    news.to([news.before.offered_to], f"不用接了：{news.matter.title}")


def _assigned(news: News) -> None:
    """The new one, the old ones, and whoever it was offered to."""
    job = "负责人" if news.step.verb == "assign_owner" else "经办人"
    title = f"{news.actor}改派了{job}：{news.matter.title}"
    body = f"{job}现在是{news.name(news.step.to)}。原因：{news.step.note}"
    who = [news.step.to, news.before.holder, news.before.owner, news.before.offered_to]
    news.to(who, title, body, urgent=True)


def _taken(news: News) -> None:
    news.to([news.before.owner, news.before.holder], f"{news.actor}来办：{news.matter.title}")


def _answer(news: News) -> None:
    who = [news.after.owner, news.after.opened_by]
    news.to(who, f"有答复了，请告诉客户：{news.matter.title}", news.step.note)


def _ended(news: News) -> None:
    words = {"tell": "客户已得到答复", "done": "已办好", "cancel": "已取消"}
    before = news.before
    who = [before.owner, before.holder, before.opened_by, before.offered_to]
    news.to(who, f"{words[news.step.verb]}：{news.matter.title}", news.step.note)


def _owner_told(news: News) -> None:
    words = {
        "reopen": "重新打开",
        "postpone": "时限已改",
        "change": "类别或级别已改",
        "pause": "已暂停",
        "resume": "继续办理",
        "pause_over": "暂停时间已用完，请继续办",
    }
    title = f"{words[news.step.verb]}：{news.matter.title}"
    news.to([news.after.owner, news.after.holder], title, news.step.note)


def _remind(news: News) -> None:
    named = news.limit.warned if news.limit else ("owner",)
    news.people(news.named(named), f"快到时限：{news.matter.title}")


def _of_the_wing(news: News, verb: rule.Verb) -> None:
    """A verb of the wing's own is told to those whom it names."""
    parts = {
        "owner": news.after.owner,
        "holder": news.after.holder,
        "asker": news.after.opened_by,
    }
    who = [parts[part] for part in verb.tells]
    news.to(who, f"{news.actor}：{verb.title}：{news.matter.title}", news.step.note)


def _chase(news: News) -> None:
    """Whoever has it in hand; the owner hears of it from the wing that chases."""
    after = news.after
    who = [p for p in (after.holder, after.offered_to) if p and p != after.owner]
    news.to(who, f"催办：{news.matter.title}", "请回一句办到哪一步、什么时候能好。", urgent=True)


def _late(news: News) -> None:
    if news.step.clock == rule.ACCEPT:
        news.to([news.after.offered_to], f"等您接手：{news.matter.title}", urgent=True)
        return
    _overdue(news, news.limit.late if news.limit else ("owner",), first=True)


def _escalated(news: News) -> None:
    """A rung of the ladder: those it names are told."""
    clock = next((c for c in news.after.going if c.name == news.step.clock), None)
    level = clock.level if clock else news.after.level
    rungs = news.limit.ladder if news.limit else ()
    named = rungs[level - 1].to if 0 < level <= len(rungs) else ("owner", "supervisor")
    _overdue(news, named, first=level == 1)


def _overdue(news: News, named: tuple[str, ...], *, first: bool) -> None:
    title = f"已超时：{news.matter.title}" if first else f"仍未处理：{news.matter.title}"
    body = f"负责人 {news.name(news.after.owner)}，请尽快处理。"
    news.people(news.named(named), title, body, urgent=True)


_TELL: dict[str, Callable[[News], None]] = {
    "offer": _offer,
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "assign": _assigned,
    "assign_owner": _assigned,
    "take": _taken,
    "answer": _answer,
    "tell": _ended,
    "done": _ended,
    "cancel": _ended,
    "reopen": _owner_told,
    "postpone": _owner_told,
    "change": _owner_told,
    "pause": _owner_told,
    "resume": _owner_told,
    "pause_over": _owner_told,
    "remind": _remind,
    "chase": _chase,
    "late": _late,
    "escalate": _escalated,
}

"""Who hears of what at the desk: just those whom the contract's notices name (`rules.desk.notices`), in a clerk's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from yingbin.approvals.actions import link_to as link_to_request
from yingbin.approvals.models import Approval
from yingbin.journal.write import Pen
from yingbin.matters import queries as matters
from yingbin.matters.words import link_to
from yingbin.notices.actions import forget_of, tell
from yingbin.rules.desk.kinds import CLOCK_TITLES
from yingbin.rules.desk.notices import Notice

from .models import DeskMatter

TITLES = {
    "repeat": "重复投诉",
    "grave": "特别严重的投诉",
    "offered": "转来一件事，请接手",
    "accepted": "已接手",
    "declined": "没有接",
    "ended": "不用接了",
    "assigned": "换了人",
    "changed": "有变动",
    "withdrawn": "超时以后住户撤回",
    "solved": "办好了，请答复住户",
    "not_agreed": "住户不认可",
    "asked": "回访：有人向住户提过要求",
    "reopened": "重新打开",
    "warn": "快到时限",
    "late": "已超时",
    "level": "超时仍未办",
    "pause_over": "暂停时间用完，请接着办",
}
RECUSED = "投诉涉及经手的人"
URGENT = frozenset(
    {"repeat", "grave", "offered", "declined", "withdrawn", "not_agreed", "asked", "late", "level"}
)
ALOUD = {
    "offered": "转来一件事，请接手",
    "late": "有一件事超时了",
    "level": "有一件事超时没有办",
    "grave": "有特别严重的投诉",
    "asked": "回访里有一件事请您亲自看",
}
# What a clock told needs no further words; of an event the decision's sentence stands below.
BY_CLOCK = frozenset({"warn", "late", "level", "pause_over"})


def page_of(matter_id: UUID) -> str:
    """The page of a matter of the desk: a head of department opens it too, whose it isn't."""
    return reverse("desk:matter", args=[matter_id])


@dataclass(frozen=True)
class News:
    """What is told of: the matter, a sentence, the name of whoever did it. apart: those who hear nothing of it."""

    row: DeskMatter
    sentence: str = ""
    actor: str = ""
    apart: frozenset[str] = frozenset()


def tell_of(pen: Pen, news: News, notices: Iterable[Notice]) -> None:
    """Tells everybody of one event or mark. A department's notice of an event reaches all its people but whoever acted."""
    for one in notices:
        here = matters.people_behind(pen.site_id, one.to, pen.at)
        heard = [who for who in here if one.notice in BY_CLOCK or str(who) != pen.by]
        tell(
            pen,
            to=[who for who in heard if str(who) not in news.apart],
            kind=f"desk.{one.notice}",
            title=_title(news, one),
            body=_body(news, one),
            link=page_of(news.row.matter_id),
            urgent=one.notice in URGENT,
            clause=news.row.matter.clause,
            aloud=ALOUD.get(one.notice, ""),
        )


def _title(news: News, one: Notice) -> str:
    head = TITLES[one.notice]
    if one.clock:
        head = f"{CLOCK_TITLES[one.clock]}{head}"
    by = f"{news.actor}：" if news.actor and one.notice not in BY_CLOCK else ""
    return f"{by}{head}：{news.row.matter.title}"


def _body(news: News, one: Notice) -> str:
    where = f"{news.row.said} · {news.row.place}"
    return f"{where}。{news.sentence}" if news.sentence else f"{where}。"


def tell_chief(pen: Pen, news: News, chief: str, said: str) -> None:
    """SD-4.2.5: whoever has a complaint is the one whom it is about; the chief hears at once, unless it was they who said so."""
    tell(
        pen, to=[UUID(chief)] if chief and chief != pen.by else [], kind="desk.recused",
        title=f"{RECUSED}：{news.row.matter.title}", body=f"{news.row.said} · {news.row.place}。{said}",
        link=page_of(news.row.matter_id), urgent=True, clause="SD-4.2.5", aloud="有一件投诉涉及经手的人",
    )  # fmt: skip


def forget_what_was_told(pen: Pen, matter_id: UUID, people: Iterable[UUID]) -> None:
    """What these people were told of a matter before it was known to be about them can be read no more."""
    named = list(people)
    if named:
        asked = Approval.objects.filter(site_id=pen.site_id, about__matter=str(matter_id))
        links = [page_of(matter_id), link_to(matter_id), *map(link_to_request, asked)]
        forget_of(pen, named, links=links)

"""户型资料: what is known of a show flat and may be said, kept by a lead in versions; the code at its door (SF-4.3.3)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.files.actions import attach
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import FlatFacts, GuestCode, PostRule
from ..queries.facts import FLAT, facts_of

CLAUSE = "SF-4.3.3"
MOST_ANSWERS = 40


@dataclass(frozen=True)
class Facts:
    """The card of a flat: layout, area, structure, advantages, and what may be answered to what."""

    layout: str
    area: str
    structure: str = ""
    advantages: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@action("duty.keep_facts")
def keep_facts(
    pen: Pen,
    *,
    post: UUID,
    told: Facts,
    before: int,
    keeps: tuple[UUID, ...] = (),
    adds: tuple[UUID, ...] = (),
) -> int:
    """A new version of a flat's card; its number.

    before: the version that was shown when it was edited, so that two leads don't overwrite one another. keeps:
    pictures of that version that stay; adds: files taken in for this one.
    """
    _a_flat(pen, post, CLAUSE)
    last = facts_of(pen.site_id, post)
    if before != (last.version if last else 0):
        raise Refused(CLAUSE, "刚才有人改过这张资料卡。请看一遍新的，再把您的改动填进去。")
    _check(told)
    known = set(last.pictures) if last else set()
    attach(pen, about=(FLAT, post), files=adds)
    pictures = [str(p) for p in (*(k for k in keeps if k in known), *adds)]
    who = actor(pen)
    assert who is not None
    row = FlatFacts(
        site_id=pen.site_id,
        post_id=post,
        version=before + 1,
        layout=told.layout.strip(),
        area=told.area.strip(),
        structure=told.structure.strip(),
        advantages=told.advantages.strip(),
        answers=[[q.strip(), a.strip()] for q, a in told.answers],
        pictures=pictures,
        at=pen.at,
        by=who,
    )
    names = ("version", "layout", "area", "structure", "advantages", "answers", "pictures")
    body = {"post": str(post), **{name: getattr(row, name) for name in names}}
    row.seq = pen.append("duty.facts", body, clause=CLAUSE).seq
    row.save(force_insert=True)
    return row.version


def _a_flat(pen: Pen, post: UUID, clause: str) -> None:
    flats = PostRule.objects.filter(site_id=pen.site_id, post_id=post, kind="show_flat")
    if not flats.exists():
        raise Refused(clause, "没有这个样板间，请刷新页面再选。")


def _check(told: Facts) -> None:
    if not told.layout.strip() or not told.area.strip():
        raise Refused(CLAUSE, "户型和建筑面积要写，例如 三房两厅两卫、约 118 平方米。", "layout")
    if len(told.answers) > MOST_ANSWERS:
        raise Refused(CLAUSE, f"可答的问题最多 {MOST_ANSWERS} 条，请合并几条。", "answers")
    if any(not q.strip() or not a.strip() for q, a in told.answers):
        raise Refused(CLAUSE, "每条都要有问题和答复，例如 层高？2.95 米。", "answers")


@action("duty.renew_code")
def renew_code(pen: Pen, *, post: UUID) -> int:
    """The code at a flat's door is renewed: the old one, on paper or photographed, opens nothing from now on."""
    _a_flat(pen, post, "SF-4.3.2")
    row = GuestCode.objects.filter(site_id=pen.site_id, post_id=post).first()
    row = row or GuestCode(site_id=pen.site_id, post_id=post, number=1)
    who = actor(pen)
    assert who is not None
    row.number, row.at, row.by = row.number + 1, pen.at, who
    body = {"post": str(post), "number": row.number}
    row.seq = pen.append("duty.guest_code", body, clause="SF-4.3.2").seq
    row.save()
    return row.number

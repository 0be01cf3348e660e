"""Opening checks, rounds, closing checks: each item answered, the whole signed off (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.rows import actor
from yingbin.rules.checklists.terms import Item, Section, name_of
from yingbin.rules.decision import Refused

from ..models import CheckAnswer, CheckReturn, DutyEvent
from ..words import CHECKS, ITEMS
from .checking import NO_PHOTO, Check, Filled, listed, unfilled
from .happen import Said, today
from .lines import Details, LineOpened, open_line_within

NOT_THIS_TIME = "模板：这一次不查"


@action("duty.answer")
def answer(
    pen: Pen,
    *,
    task: str,
    item: str,
    result: str,
    reason: str = "",
    filled: Filled | None = None,
) -> Said:
    """Answers one item; an earlier answer is replaced and all signatures are taken back.

    Raises `Refused` for what is in order only with something filled in that is missing (a photo, a number), and for
    not applicable without a reason or where it always applies.
    """
    check = Check(today(pen), task)
    section, found = check.item(item)
    why = reason.strip()
    if result == "na":
        _may_be_na(check, found, why)
        check.record(found, "na", reason=why)
        return Said(f"{name_of(section, found)}：不适用。")
    if wrong := check.fill(section, found, filled or Filled(item)):
        line = _open(check, section, found, wrong)
        return Said(f"{name_of(section, found)}{wrong}，已写第{line.number}号，由您负责。")
    if check.task.answers.get(item) == "na":
        return Said(f"{name_of(section, found)}没有拍照，领班已得知。")
    return Said(f"{name_of(section, found)}：正常。")


def _may_be_na(check: Check, item: Item, why: str) -> None:
    if not item.may_be_na:
        raise Refused(check.clause, f"「{item.title}」每次都要填，不能写不适用。", about="reason")
    if not why:
        raise Refused(None, "不适用要写一句原因。", about="reason")


@dataclass(frozen=True)
class RoomAnswered:
    """How many items were answered at once, and the lines of those that weren't in order by what was filled in."""

    items: int
    lines: tuple[int, ...] = ()


@action("duty.answer_room")
def answer_room(
    pen: Pen, *, task: str, section: str = "", filled: tuple[Filled, ...] = ()
) -> RoomAnswered:
    """本间全部正常: what was filled in is judged, everything else of the room, or of the whole check, is in order.

    Raises `Refused`, and nothing is answered, while a photo, number, choice, count or signature is missing. What was
    filled in and isn't in order is answered so, with its slip or repair, in the same write.
    """
    check = Check(today(pen), task)
    given = {one.item: one for one in filled}
    left = check.left(section)
    open_ones = [(s, i) for s, i in unfilled(left) if i.id not in given]
    if open_ones:
        names = listed([name_of(s, i) for s, i in open_ones])
        raise Refused(check.clause, f"先填{names}，再点全部正常。", about=open_ones[0][1].id)
    numbers = []
    for room, item in left:
        wrong = check.fill(room, item, given.get(item.id) or Filled(item.id))
        if wrong:
            numbers.append(_open(check, room, item, wrong).number)
    return RoomAnswered(len(left), tuple(numbers))


def _open(check: Check, section: Section, item: Item, why: str) -> LineOpened:
    """The slip or repair of what was filled in and isn't in order: by itself, in the same write."""
    if item.photo_if_failed:
        raise Refused(
            check.clause,
            f"{why}。不正常要拍照：点这一项的「有问题」，拍一张再记下。",
            about=item.id,
        )
    return _line(
        check, section, item, kind=item.line, title=f"{name_of(section, item)}：{why}"[:80]
    )


def _line(
    check: Check,
    section: Section,
    item: Item,
    *,
    kind: str,
    title: str,
    detail: str = "",
    photos: tuple[UUID, ...] = (),
) -> LineOpened:
    """A slip or a repair with the place it is about."""
    post = check.writing.names.of(check.task.post)
    place = f"地点：{post}，{section.title or '岗位'}（{CHECKS[check.task.kind]}，{item.title}）"
    return open_line_within(
        check.writing,
        kind="repair" if check.task.kind == "closing" else kind,
        post=UUID(check.task.post),
        title=title,
        detail=f"{place}\n{detail}".strip(),
        task=check.task.id,
        item=item.id,
        details=Details(photos=photos),
    )


@action("duty.failed")
def failed(
    pen: Pen,
    *,
    task: str,
    item: str,
    kind: str,
    title: str,
    detail: str = "",
    photos: tuple[UUID, ...] = (),
    filled: Filled | None = None,
    no_photo: str = "",
) -> LineOpened:
    """An item is not in order: the answer, and the slip or repair that follows from it, in one write.

    photos: of what is wrong; they go with the line. filled: the number or count that was found. no_photo: why none can be
    taken where the item asks for one. In a closing check it is a repair, which has to be open when the check is signed.
    """
    check = Check(today(pen), task)
    section, found = check.item(item)
    why = no_photo.strip()
    if found.photo_if_failed and not photos and not why:
        words = "这一项不正常要拍照，请拍一张再记下；拍不了就写原因。"
        raise Refused(check.clause, words, about="photos")
    if why and not photos:
        detail = f"{detail}\n{NO_PHOTO}{why}".strip()
    check.record(found, "failed", filled)
    return _line(check, section, found, kind=kind, title=title, detail=detail, photos=photos)


@action("duty.send_back")
def send_back(pen: Pen, *, task: str, item: str, word: str) -> UUID:
    """A lead sends an item back with a word: it is asked again, and until then the check isn't signed (SC-4.1).

    After the check was signed off the day stays as signed; what is answered then stands beside it.
    """
    check = Check(today(pen), task)
    section, found = check.item(item)
    why = word.strip()[:100]
    if not why:
        raise Refused(check.clause, "请写一句哪里不行，对方照着补。", about="word")
    if item in check.returns:
        raise Refused(check.clause, "这一项已经退回，等对方补好再看。")
    answered = DutyEvent.objects.filter(
        log=check.writing.log, event="answer", facts__task=task, facts__item=item
    ).order_by("index").last()  # fmt: skip
    if answered is None:
        raise Refused(check.clause, "这一项还没有填，不用退回。")
    salt = new_salt()
    row = CheckReturn(
        site_id=pen.site_id, log=check.writing.log, answered=answered, task=task, item=item,
        word=why, salt=salt, at=pen.at, by=actor(pen),
    )  # fmt: skip
    body: dict[str, object] = {
        "return": str(row.id),
        "answered": str(answered.id),
        "words": committed({"word": why}, salt),
    }
    row.seq = pen.append("duty.sent_back", body, clause=check.clause).seq
    row.save(force_insert=True)
    tell(
        pen, to=_last_by(answered), kind="duty.sent_back",
        title=f"{name_of(section, found)}请再看一次", body=why, link=f"/duty/check/{task}/",
        clause=check.clause or "",
    )  # fmt: skip
    return row.id


def _last_by(answered: DutyEvent) -> list[UUID]:
    """Who answered an item last: after the signature what is done again is no event of the day."""
    again = CheckAnswer.objects.filter(sent_back__answered=answered, event__isnull=True)
    last = again.order_by("seq").last()
    by = last.by if last is not None else answered.by
    return [by] if by else []


@action("duty.sign_check")
def sign_check(pen: Pen, *, task: str) -> Said:
    """Signs a check off; a closing check is done when a guard and somebody at the post have both signed.

    Raises `Refused` while something a lead sent back isn't answered again.
    """
    check = Check(today(pen), task)
    again = [name_of(s, i) for s, i in check.items() if i.id in check.returns]
    if again and check.task.state != "done":
        raise Refused(check.clause, f"领班退回了{listed(again)}，先补好再签。")
    asked_now = {i.id for _, i in check.items()}
    for item in check.task.items:
        if item not in asked_now and item not in check.task.answers and item not in ITEMS:
            told = {"task": task, "who": str(actor(pen)), "item": item, "result": "na"}
            check.writing.happen("answer", **told, reason=NOT_THIS_TIME)
    return check.writing.say("sign", task=task, who=str(actor(pen)))

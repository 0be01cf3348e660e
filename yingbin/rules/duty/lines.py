"""信息传递单、报修、交接班: every open line has an owner (第一责任人), whoever hands over to whom
(SF-4.3.6, SF-4.4, SC-4.3.8, SC-4.4)."""

from __future__ import annotations

from .day import DutyDay
from .dayfile import Event
from .log import Alert, Answer, NotNow
from .presence import known
from .terms import Handover, HandoverEntry, Line

GIVING, RECEIVING = "giving", "receiving"
KINDS = {"slip": "信息传递单", "repair": "报修"}
ENTRIES = {"line": "事项", "key": "钥匙", "stock": "物品"}


def line_open(day: DutyDay, event: Event) -> Answer:
    """Writes a slip or a repair, perhaps for a failed item; whoever writes it owns it."""
    who, post = event.text("who"), event.text("post")
    known(day, who)
    if post not in day.posts:
        raise NotNow(f"没有{post}这个岗位，请核对岗位名称。")
    task_id, item = event.maybe("task"), event.maybe("item")
    if task_id is not None:
        task = day.tasks.get(task_id)
        if task is None or task.post != post:
            raise NotNow(f"{post}没有{task_id}这项检查。")
        if item not in task.items:
            raise NotNow(f"{task_id}没有{item}这一项。")
    line = Line(event.text("line"), event.text("kind"), post, who, task_id, item)
    day.lines[line.id] = line
    return Answer(f"{who}写了{post}的{KINDS[line.kind]}{line.id}，第一责任人是{who}。")


def line_close(day: DutyDay, event: Event) -> Answer:
    """It is settled, says its owner or a lead."""
    who, line = event.text("who"), day.lines.get(event.text("line"))
    person = known(day, who)
    if line is None or not line.open:
        raise NotNow("没有这一条，或者已经办完。")
    if who != line.owner and person.role != "lead":
        raise NotNow(f"{line.id}由{line.owner}负责，只有{line.owner}或领班可以办结。")
    line.open = False
    return Answer(f"{who}办完了{line.post}的{KINDS[line.kind]}{line.id}。")


def about_handover(day: DutyDay, giver: str, receiver: str) -> str:
    """What a handover's entries stand under."""
    roles = [day.people[who].role if who in day.people else "" for who in (receiver, giver)]
    if roles[0] == "guard":
        return "handover_to_guard"
    return "handover_from_guard" if roles[1] == "guard" else "handover"


def handover_start(day: DutyDay, event: Event) -> Answer:
    """Freezes what is handed over; an unfinished handover of the same post is dropped."""
    post, giver, receiver = event.text("post"), event.text("giver"), event.text("receiver")
    known(day, giver)
    known(day, receiver)
    if post not in day.posts:
        raise NotNow(f"没有{post}这个岗位，请核对岗位名称。")
    if receiver == giver:
        raise NotNow("交班人和接班人不能是同一个人。")
    if receiver not in day.signed_on:
        raise NotNow(f"{receiver}还没有到岗，请先到岗再接班。")
    for other in day.handovers.values():
        if other.post == post and other.state == "open":
            other.state = "dropped"
    entries = [HandoverEntry("line", line.id) for line in _handed_on(day, post, giver)]
    entries += [HandoverEntry("key", key) for key in event.fields.get("keys", [])]
    entries += [HandoverEntry("stock", one["item"]) for one in event.fields.get("stock", [])]
    made = Handover(event.text("handover"), post, giver, receiver, event.at, entries)
    day.handovers[made.id] = made
    listed = [{"kind": e.kind, "id": e.id} for e in entries]
    return Answer(f"{giver}向{receiver}交接{post}，共{len(entries)}项。", {"entries": listed})


def _handed_on(day: DutyDay, post: str, giver: str) -> list[Line]:
    return [
        line
        for line in day.open_lines()
        if line.post == post and (line.owner == giver or line.owner not in day.signed_on)
    ]


def _open_handover(day: DutyDay, event: Event) -> Handover:
    found = day.handovers.get(event.text("handover"))
    if found is None or found.state != "open":
        raise NotNow("没有这次交接，或者已经完成、作废。")
    who = event.text("who")
    known(day, who)
    if who not in day.signed_on:
        raise NotNow(f"{who}没有到岗，不能办这次交接。")
    return found


def handover_answer(day: DutyDay, event: Event) -> Answer:
    """The receiver accepts or objects to one entry; signatures given before are taken back."""
    found, who = _open_handover(day, event), event.text("who")
    if who != found.receiver:
        raise NotNow(f"这次交接由{found.receiver}接班，只有接班人可以逐项确认。")
    kind, name = event.text("kind"), event.text("id")
    entry = next((e for e in found.entries if e.kind == kind and e.id == name), None)
    if entry is None:
        raise NotNow(f"这次交接没有{ENTRIES[kind]}{name}。")
    entry.accepted = bool(event.fields["accepts"])
    found.signed.clear()
    return Answer(f"{who}{'确认接收' if entry.accepted else '不接收'}{ENTRIES[kind]}{name}。")


def handover_sign(day: DutyDay, event: Event) -> Answer:
    """Signs for one side; with both, every accepted line has the receiver as its owner."""
    found, who = _open_handover(day, event), event.text("who")
    side = _side(day, found, who)
    left = [e.id for e in found.entries if e.accepted is None]
    if left:
        raise NotNow(f"还有{'、'.join(left)}没有确认，确认后才能签字。")
    if side in found.signed:
        raise NotNow(f"{'接班' if side == RECEIVING else '交班'}一方已经签过。")
    found.signed.add(side)
    if len(found.signed) < 2:
        waits = found.giver if side == RECEIVING else found.receiver
        return Answer(f"{who}已签，还等{waits}一方签字。", {"done": False})
    found.state = "done"
    for entry in found.entries:
        if entry.kind == "line" and entry.accepted and day.lines[entry.id].open:
            day.lines[entry.id].owner = found.receiver
    return Answer(
        f"{found.post}由{found.giver}交给{found.receiver}，交接完成。",
        {"done": True},
        tuple(_objections(day, found)),
    )


def _side(day: DutyDay, found: Handover, who: str) -> str:
    if who == found.receiver:
        return RECEIVING
    above = day.people[who].role in ("lead", "head") and found.giver not in day.signed_on
    if who == found.giver or above:
        return GIVING
    raise NotNow(
        f"这次交接由{found.giver}和{found.receiver}签字；{found.giver}不在岗时由领班或项目负责人代签。"
    )


def _objections(day: DutyDay, found: Handover) -> list[Alert]:
    about = about_handover(day, found.giver, found.receiver)
    return [
        Alert(
            "objected",
            "lead",
            day.clause(about, found.post),
            f"{found.receiver}接{found.post}时没有接收{ENTRIES[entry.kind]}{entry.id}，请处理。",
            {"handover": found.id, "kind": entry.kind, "id": entry.id},
        )
        for entry in found.entries
        if entry.accepted is False
    ]

"""What the journal witnesses of check lists, of what items were answered with, and of what a lead sent back."""

from collections.abc import Iterator
from functools import partial

from yingbin.journal.canonical import canonical
from yingbin.journal.held import Facts, Seen, differ, numbered, said, words
from yingbin.people.rows import person_behind

from ..actions.checking import answer_body
from ..models import CheckAnswer, CheckList, CheckReturn, SharedCheckList
from ..words import CHECKS, ITEMS

PAGE = "「检查模板」页"


def _list(row: CheckList, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    by = None if row.shipped or row.shared else person_behind(entry.actor)
    yield from differ(
        (
            "哪张表",
            [str(row.id), row.kind, row.version],
            [body["list"], body["kind"], body["version"]],
        ),
        ("是不是随程序带的", row.shipped, body["shipped"]),
        ("是不是公司统一的", row.shared, body.get("shared", False)),
        ("时间", row.at, entry.at),
        ("谁改的", row.by, by),
    )
    text = canonical(row.body).decode()
    yield from words("内容", text, row.salt, body["words"]["body"], lawful=False)


def _shared(row: SharedCheckList, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    told = [body[name] for name in ("list", "place", "kind", "version")]
    yield from differ(
        ("哪张表", [str(row.id), row.place, row.kind, row.version], told),
        ("时间", row.at, entry.at),
        ("谁定的", row.by, person_behind(entry.actor)),
    )
    text = canonical(row.body).decode()
    yield from words("内容", text, row.salt, body["words"]["body"], lawful=False)


def _place(row: CheckAnswer | CheckReturn) -> str:
    """Which item of which check; a task forged into something unreadable still has a place."""
    check = next((CHECKS[part] for part in row.task.split("/") if part in CHECKS), row.task)
    return f"{row.log.day} {check}的“{ITEMS.get(row.item, row.item[-6:])}”"


def _answer(row: CheckAnswer, seen: list[Seen], facts: Facts) -> Iterator[str]:
    told, body = answer_body(row), seen[0].body
    yield from differ(
        ("填的内容", told, {name: body.get(name) for name in told}),
        ("谁填的", row.by, person_behind(seen[0].actor)),
    )
    event = row.event
    if event is not None:
        yield from differ(
            ("结果", row.result, event.facts["result"]),
            ("哪一项", [row.task, row.item], [event.facts["task"], event.facts["item"]]),
            ("时间", row.at, event.at),
        )
    else:
        yield from differ(("时间", row.at, seen[0].at))


def _return(row: CheckReturn, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body, facts_of = seen[0].body, row.answered.facts
    yield from differ(
        ("哪一条", [str(row.id), str(row.answered_id)], [body["return"], body["answered"]]),
        ("哪一项", [row.task, row.item], [facts_of["task"], facts_of["item"]]),
        ("时间", row.at, seen[0].at),
        ("谁退的", row.by, person_behind(seen[0].actor)),
    )
    yield from said(row, seen, {"word": "哪里不行"}, erased=partial(facts.lawful, row.id))


CHECKED = (
    numbered(
        "检查模板",
        rows=lambda site: CheckList.objects.filter(site_id=site).order_by("seq"),
        kinds=("duty.check_list",),
        faults=_list,
        place=lambda row: f"{row.kind} 第 {row.version} 版",
        page=PAGE,
    ),
    numbered(
        "公司统一的检查模板",
        rows=lambda site: SharedCheckList.objects.filter(company_id=site).order_by("seq"),
        kinds=("duty.shared_list",),
        faults=_shared,
        place=lambda row: f"{row.kind} 第 {row.version} 版",
        page=PAGE,
    ),
    numbered(
        "检查填的内容",
        rows=lambda site: (
            CheckAnswer.objects.filter(site_id=site).select_related("event", "log").order_by("seq")
        ),
        kinds=("duty.check_answer",),
        faults=_answer,
        place=_place,
        page="「自查记录表」页",
    ),
    numbered(
        "检查退回",
        rows=lambda site: (
            CheckReturn.objects.filter(site_id=site)
            .select_related("answered", "log")
            .order_by("seq")
        ),
        kinds=("duty.sent_back",),
        faults=_return,
        place=_place,
        page="「自查记录表」页",
    ),
)

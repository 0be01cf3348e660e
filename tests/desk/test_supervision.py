"""督办: everything late or handed back, everybody's load, reassigning several at once, how much was in time (SD-3.3)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yingbin.desk.models import DeskMatter
from yingbin.desk.queries import supervision
from yingbin.matters.models import Matter
from yingbin.people.calendar import span

from .counter import Counter
from .test_callbacks import text

TODAY = date(2026, 11, 23)


def titles(counter: Counter, which: str) -> list[str]:
    """The matters under a heading."""
    rows = supervision.rows_of(counter.site, which, counter.now)
    return [one.matter.title for one in rows]


def busy(counter: Counter) -> dict[str, UUID]:
    """A morning: one declined, one in hand, one reported up, one that waits for its resident's word."""
    made = {
        "back": counter.record(title="门禁坏了", subject="door"),
        "hand": counter.record("叶", title="水管漏水"),
        "up": counter.record(kind="suggestion", title="加充电桩", subject="parking"),
    }
    counter.offer("苏", made["back"], counter.green)
    counter.act("周", "decline", made["back"], reason="这是门窗，不归绿化")
    counter.offer("叶", made["hand"])
    counter.act("钱", "accept", made["hand"])
    counter.act("苏", "analyse", made["up"], note="三十户同意")
    counter.act("苏", "report", made["up"])
    return made


@pytest.mark.clause("SD-3.3", "SD-4.4")
def test_what_was_declined_stands_with_its_reason_and_what_was_reported_waits_with_the_supervisor(
    counter: Counter,
) -> None:
    busy(counter)
    assert titles(counter, "bounced") == ["门禁坏了"]
    assert titles(counter, "supervisor") == ["加充电桩"]
    assert titles(counter, "late") == []
    page = text(counter, "林", reverse("desk:watch") + "?which=bounced")
    assert "这是门窗，不归绿化" in page
    counter.clock(minutes=40)
    assert titles(counter, "late") == ["门禁坏了", "水管漏水"]
    assert "加充电桩" in text(counter, "顾", reverse("desk:watch") + "?which=supervisor")


@pytest.mark.clause("SD-3.3")
def test_everybodys_load_is_owed_held_late_and_due_today(counter: Counter) -> None:
    made = busy(counter)
    counter.offer("苏", made["back"])
    counter.clock(minutes=40)
    found = {}
    for group in supervision.load(counter.site, counter.now):
        for one in (group, *group.people):
            found[one.name] = (one.owed, one.held, one.late, one.today, one.offered)
    assert found["工程部"][1] == 1
    assert found["工程部"][4] == 1, "offered, and nobody has taken it"
    assert found["钱"] == (0, 1, 1, 0, 0)
    assert found["叶"] == (1, 0, 1, 0, 0)
    assert found["林"][1] == 1
    assert "钱" in text(counter, "林", reverse("desk:load"))
    whose = f"{reverse('desk:watch')}?whose={counter.id('钱')}"
    assert "水管漏水" in text(counter, "林", whose)
    assert "门禁坏了" not in text(counter, "林", whose)
    assert "门禁坏了" in text(
        counter, "林", f"{reverse('desk:watch')}?whose=department:{counter.works.id}"
    )


@pytest.mark.clause("SD-3.3", "SD-4.4")
def test_several_are_reassigned_each_by_its_own_event_and_what_is_refused_is_said_by_row(
    counter: Counter,
) -> None:
    made = busy(counter)
    told: dict[str, Any] = {
        "key": "k", "one": [made["back"], made["hand"]], "to": counter.id("钱"), "as_": "holder", "reason": "今天都归他",
    }  # fmt: skip
    browser = counter.browser("林")
    html = browser.post(reverse("desk:reassign"), told, follow=True).content.decode()
    assert html.count("已改派</span>") == 1
    assert html.count("没有改</span>") == 1
    assert counter.stands(made["back"])[2] == "钱"
    assert counter.log(made["back"])[-1] == "assign"
    assert counter.log(made["hand"])[-1] == "accept", "they have it already"
    browser.post(reverse("desk:reassign"), told, follow=True)
    assert counter.log(made["back"]).count("assign") == 1, "a second tap writes nothing"
    assert counter.faults() == []


@pytest.mark.parametrize(
    ("said", "why"),
    [({"one": []}, "请先勾选"), ({"reason": ""}, "请写为什么改派"), ({"to": ""}, "请选择改派给")],
)
def test_what_is_missing_is_said_and_nothing_moves(
    counter: Counter, said: dict[str, Any], why: str
) -> None:
    made = busy(counter)
    counter.clock(minutes=40)
    told = {"key": "k", "one": [made["back"]], "to": counter.id("钱"), "as_": "holder", "reason": "请假"}  # fmt: skip
    answer = counter.browser("林").post(reverse("desk:reassign"), {**told, **said}, follow=True)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert counter.log(made["back"])[-1] == "decline"


@pytest.mark.clause("SD-3.3")
def test_in_time_counts_whom_a_resident_waited_for_and_leads_to_the_rows(counter: Counter) -> None:
    made = busy(counter)
    counter.clock(minutes=40)
    counter.act("苏", "cancel", made["back"], reason="withdrawn")
    told = supervision.in_time(counter.site, *span(TODAY, TODAY), counter.now)
    assert (told.total.total, told.total.late, told.total.percent) == (2, 1, 50)
    assert [(one.name, one.total, one.late) for one in told.kinds] == [
        ("求助", 1, 1),
        ("建议", 1, 0),
    ]
    assert [(one.name, one.late) for one in told.departments] == [("工程部", 1), ("客服前台", 0)]
    assert [(one.name, one.percent) for one in told.people] == [("钱", 0), ("林", 100)]
    for by, key in (
        ("kind", "help"),
        ("of", str(counter.works.id)),
        ("who", str(counter.id("钱"))),
    ):
        page = text(counter, "林", f"{reverse('desk:in_time')}?by={by}&key={key}")
        assert "水管漏水" in page
        assert "加充电桩" not in page
    assert "响应已超时" in _row(page)
    assert "超过时限" not in _row(page), "it isn't said twice"
    counter.act("叶", "respond", made["hand"])
    page = text(counter, "林", f"{reverse('desk:in_time')}?by=kind&key=help")
    assert "超过时限" in _row(page), "what was late once is said in its row"
    page = text(counter, "林", f"{reverse('desk:in_time')}?since=2020-01-01&until=2020-01-02")
    assert ("这些天没有登记过" in page, "0%" in page) == (True, False), "nothing is no 0 per cent"


def _row(page: str) -> str:
    """The first row of a list of matters."""
    row = page[page.index('<a class="list-group-item') :]
    return row[: row.index("</a>")]


@pytest.mark.clause("SD-3.3")
def test_a_word_from_the_list_reaches_whoever_owes_the_answer(counter: Counter) -> None:
    made = busy(counter)
    address = reverse("desk:say", args=[made["hand"]])
    counter.browser("林").post(address, {"key": "k", "words": "先关总阀"}, follow=True)
    assert counter.heard("叶")[-1] == "guidance"


@pytest.mark.clause("SD-3.3")
def test_three_hundred_matters_take_no_more_questions_than_three(counter: Counter) -> None:
    busy(counter)
    counter.clock(minutes=40)
    browser = counter.browser("林")

    def asked() -> list[int]:
        counted = []
        for name in ("desk:watch", "desk:load", "desk:in_time"):
            with CaptureQueriesContext(connection) as seen:
                browser.get(reverse(name) + "?by=kind&key=help", follow=True)
            counted.append(len(seen))
        return counted

    few = asked()
    many(counter, 300)
    assert "303" in text(counter, "林", reverse("desk:load"))
    assert asked() == few


def many(counter: Counter, how_many: int) -> None:
    """So many late matters of 叶, written past the actions: this is about reading them."""
    row = counter.desk(counter.record("叶", title="爆管"))
    matters, rows = [], []
    for n in range(1, how_many + 1):
        own = {"number": 1000 + n, "due_at": counter.now, "next_clock_at": None}
        matters.append(Matter(**{**columns(row.matter), "id": uuid4(), **own}))
        told = {"id": uuid4(), "number": 1000 + n, "matter_id": matters[-1].id}
        rows.append(DeskMatter(**{**columns(row), **told}))
    Matter.objects.bulk_create(matters)
    DeskMatter.objects.bulk_create(rows)


def columns(row: Model) -> dict[str, Any]:
    """A row's columns."""
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def test_clerks_and_workers_have_no_page_of_a_supervisor(counter: Counter) -> None:
    one = counter.record()
    for who in ("苏", "钱"):
        browser = counter.browser(who)
        for address in ("watch", "load", "in_time", "favours"):
            assert browser.get(reverse(f"desk:{address}"), follow=True).status_code == 403
        for address in (reverse("desk:reassign"), reverse("desk:say", args=[one])):
            assert browser.post(address, {"key": "k"}, follow=True).status_code == 403


@pytest.mark.clause("SD-4.3")
def test_every_open_matter_is_in_the_load_of_somebody(counter: Counter) -> None:
    made = busy(counter)
    groups = supervision.load(counter.site, counter.now)
    keys = [one.key for group in groups for one in (group, *group.people) if one.key]
    seen = {
        row.matter_id
        for key in keys
        for row in supervision.of_somebody(counter.site, key, counter.now)
    }
    assert seen == set(made.values())

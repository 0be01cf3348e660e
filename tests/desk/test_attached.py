"""One burst pipe, sixty homes: all hang on one fault, and everybody is answered when it is mended (SD-4.1, SD-4.4)."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yingbin.desk.actions import register as doing
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.register import AnsweredAll, answer_attached, register
from yingbin.desk.checking import Replayed
from yingbin.desk.models import DeskMatter
from yingbin.desk.places import of_words
from yingbin.desk.queries.alike import Said, known
from yingbin.desk.queries.mine import leaf
from yingbin.rules.decision import Refused

from .counter import Counter


def told(counter: Counter, home: str, **more: object) -> Record:
    """What a home says of the burst pipe."""
    said = {"kind": "help", "subject": "water", "source": "call", "title": "家里没水了", **more}
    return Record(place=of_words(counter.site, home), **said)  # type: ignore[arg-type]


def fault(counter: Counter, homes: int, by: str = "苏", **more: object) -> tuple[UUID, list[UUID]]:
    """A burst pipe, and so many homes that hang on it."""
    head = counter.record(by, title="楼道水管爆了，没水", subject="water", home="3-1-101")
    below = [
        counter.do(register, by, told=told(counter, f"3-1-{n}02", **more), parent=head).matter
        for n in range(1, homes + 1)
    ]
    return head, below


def mended(counter: Counter, head: UUID) -> None:
    """The works have closed the pipe."""
    counter.offer("苏", head)
    for event in ("accept", "arrive", "done"):
        counter.act("钱", event, head)


@pytest.mark.clause("SD-4.4")
def test_everybody_who_hangs_on_a_fault_is_answered_in_one_write_and_who_is_left_is_listed(
    counter: Counter,
) -> None:
    head, below = fault(counter, 3)
    mended(counter, head)
    assert counter.heard("苏")[-1] == "mended"
    done = counter.do(answer_attached, "苏", parent=head, text="水管修好了", told=tuple(below[:2]))
    assert (done.solved, done.told, done.left) == (3, 2, 1)
    assert [counter.stands(one)[0] for one in below] == ["closed", "closed", "solved"]
    assert counter.log(below[0]) == ["record", "respond", "arrive", "done", "tell"]
    page = counter.browser("苏").get(reverse("desk:attached", args=[head]), follow=True)
    html = page.content.decode()
    assert html.count("有答复，还没告诉") == 1
    assert html.count("已告诉</span>") == 2
    assert (
        "3 户挂在这一件上"
        in counter.browser("苏")
        .get(reverse("desk:matter", args=[head]), follow=True)
        .content.decode()
    )
    assert counter.faults() == []


@pytest.mark.clause("SD-4.4")
def test_a_clerk_answers_what_they_owe_and_the_supervisor_all_of_it(counter: Counter) -> None:
    head, [own] = fault(counter, 1)
    other = counter.do(register, "叶", told=told(counter, "3-1-902"), parent=head).matter
    mended(counter, head)
    browser = counter.browser("苏")
    form = {"key": "a", "text": "水管修好了", "everybody": "on"}
    answer = browser.post(reverse("desk:attached", args=[head]), form, follow=True)
    assert "1 户已有答复，其中 1 户已经告诉、办结。还有 1 户没办完。" in answer.content.decode()
    assert (counter.stands(own)[0], counter.stands(other)) == ("closed", ("new", "叶", "叶"))
    counter.do(answer_attached, "林", parent=head, text="水管修好了", told=(other,))
    assert counter.stands(other) == ("closed", "叶", "林")


@pytest.mark.clause("SD-4.4")
def test_nobody_is_answered_before_the_fault_is_mended(counter: Counter) -> None:
    head, below = fault(counter, 1)
    with pytest.raises(Refused, match="还没有办好，现在还不能统一答复"):
        counter.do(answer_attached, "苏", parent=head, text="快了")
    assert counter.stands(below[0])[0] == "new"


@pytest.mark.clause("SD-4.2.5")
def test_a_complaint_that_hangs_on_a_fault_keeps_its_own_way(counter: Counter) -> None:
    head, below = fault(counter, 1, kind="complaint")
    mended(counter, head)
    done = counter.do(answer_attached, "苏", parent=head, text="水管修好了", told=tuple(below))
    assert (done.solved, done.left) == (0, 1)
    assert counter.stands(below[0])[0] == "new"


@pytest.mark.clause("SD-4.1")
def test_what_was_recorded_before_the_fault_was_known_is_hung_on_it_later(counter: Counter) -> None:
    first = counter.record("叶", title="没水", subject="water", home="3-1-801")
    head, _ = fault(counter, 0)
    browser = counter.browser("苏")
    page = browser.get(reverse("desk:attached", args=[head]), follow=True).content.decode()
    assert f'name="matter" value="{first}"' in page
    told = {"key": "h", "matter": [str(first)]}
    said = browser.post(reverse("desk:attach", args=[head]), told, follow=True).content.decode()
    assert "挂上了 1 件。" in said
    assert "3-1-801" in said
    again = browser.post(
        reverse("desk:attach", args=[head]), {**told, "key": "i"}, follow=True
    ).content.decode()
    assert "没有勾选" in again


# Who tells of it, in turn: by whom it is written down, how it came in, and whether that was the first response.
WAYS = [("苏", "call", True), ("叶", "visit", True), ("叶", "letter", False)]


@pytest.mark.clause("SD-4.1", "SD-4.4")
def test_the_first_hour_of_a_burst_pipe_loses_nobody_and_the_sixtieth_home_costs_no_more_than_the_third(
    counter: Counter,
) -> None:
    def questions() -> int:
        said = Said("place:x", "3-1-9902", "water", "家里没水了")
        with CaptureQueriesContext(connection) as seen:
            found = known(counter.site, said, counter.now, None)
        assert found.heaps[0].attached == DeskMatter.objects.count() - 1
        return len(seen)

    head, below = fault(counter, 2)
    few = questions()
    for n in range(3, 61):
        counter.later(minutes=1)
        by, source, _ = WAYS[n % 3]
        home = told(counter, f"3-1-{n}02", source=source)
        below.append(counter.do(register, by, told=home, parent=head).matter)
    assert questions() == few <= 6
    rows = list(DeskMatter.objects.select_related("matter").order_by("seq"))
    assert [row.number for row in rows] == list(range(1, 62)), "each has its number, in turn"
    assert {row.matter.owner_id for row in rows} == {counter.id("苏"), counter.id("叶")}
    assert all(row.matter.due_at for row in rows), "each has something that falls due"
    for n, one in enumerate(below[2:], 3):
        assert counter.log(one) == ["record", "respond"][: 1 + WAYS[n % 3][2]]
    owed = [row for who in "苏叶" for row in leaf(counter.badge(who), "tasks", counter.now)]
    assert {row.matter_id for row in owed} == {head, *below}
    mended(counter, head)
    for left in (35, 10, 0):
        assert answered(counter, head, below).left == left
    assert {counter.stands(one)[0] for one in below} == {"closed"}
    assert list(Replayed(counter.site).faults()) == []


def answered(counter: Counter, head: UUID, below: list[UUID]) -> AnsweredAll:
    """The supervisor answers as many as one write takes, and has told all of them."""
    done = counter.do(answer_attached, "林", parent=head, text="水管修好了", told=tuple(below))
    assert isinstance(done, AnsweredAll)
    return done


@pytest.mark.clause("SD-4.4")
def test_one_tap_goes_on_in_writes_of_its_own_until_all_is_answered(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "AT_ONCE", 2)
    head, below = fault(counter, 3)
    paused = counter.do(register, "苏", told=told(counter, "3-1-9002"), parent=head).matter
    counter.act("苏", "pause", paused, reason="resident")
    mended(counter, head)
    form = {"key": "b", "text": "水管修好了", "told": list(map(str, below))}
    browser = counter.browser("苏")
    page = browser.post(reverse("desk:attached", args=[head]), form, follow=True).content.decode()
    assert "3 户已有答复，其中 3 户已经告诉、办结。还有 1 户没办完。" in page
    again = browser.post(reverse("desk:attached", args=[head]), form, follow=True).content.decode()
    assert "3 户已有答复" in again, "a second tap does nothing more"
    assert counter.stands(paused)[0] == "new"

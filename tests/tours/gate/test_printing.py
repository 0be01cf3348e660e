"""Hundreds of passes are printed by the worker, part by part, with how far it has come (CV-4.1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.actions import printing
from yingbin.tours.models import PassPaper, PassPrinting, PassPrintPart, VisitorPass
from yingbin.tours.privacy import empty_visits
from yingbin.tours.queries import printing as ask
from yingbin.tours.ticks import tick

from .post import Post
from .test_passes import paper

pytestmark = pytest.mark.clause("CV-4.1")


@pytest.fixture
def hall(post: Post, monkeypatch: pytest.MonkeyPatch) -> Post:
    """Three passes make a part, and a page prints two at most by itself."""
    monkeypatch.setattr(printing, "PART", 3)
    monkeypatch.setattr(printing, "_SLICE", 2)
    monkeypatch.setattr("yingbin.tours.views.passes.AT_ONCE", 2)
    printing._under_way.clear()
    return post


def group(hall: Post, many: int, **more: Any) -> list[int]:
    visit = hall.visit(many, **more)
    return [hall.issue(visit) for _ in range(many)]


def begun(hall: Post, **told: Any) -> PassPrinting:
    told = told or {"day": hall.now.date()}
    return PassPrinting.objects.get(id=hall.do(printing.begin_printing, "苏青", **told))


def worked(hall: Post, seconds: float = 9.0) -> int:
    hall.later(seconds=1, microseconds=123457)
    return printing.print_some(hall.now, seconds)


def test_a_days_passes_are_printed_in_parts_rare_names_and_all(hall: Post) -> None:
    first = group(hall, 4, visitor="𠮷野㐂商社")
    group(hall, 9, visitor="龘云科技")
    hall.do(verbs.revoke, "苏青", number=first[1], reason="不来了")
    group(hall, 1, opens=60 * 24)
    run = begun(hall)
    assert run.total == 12
    while worked(hall):
        pass
    run.refresh_from_db()
    assert (run.drawn, run.finished_at) == (12, hall.now)
    parts = ask.parts_of(run)
    assert [(p.first, p.last, p.passes) for p in parts] == [
        (1, 4, 3),
        (5, 7, 3),
        (8, 10, 3),
        (11, 13, 3),
    ]
    read = [paper(ask.part(run, p.number) or b"") for p in parts]
    said = "".join(text for _, text in read)
    assert [pages for pages, _ in read] == [1] * 4
    for rare, code in (("𠮷", "20BB7"), ("㐂", "3402"), ("龘", "9F98")):
        assert rare in said or f"〔U+{code}〕" in said, "never a box"
    assert PassPaper.objects.filter(what="printed").count() == 12
    assert hall.faults() == []


def test_the_bar_moves_while_a_part_is_drawn_and_another_process_begins_it_again(
    hall: Post,
) -> None:
    group(hall, 3)
    run = begun(hall)
    assert worked(hall, seconds=0) == 2
    run.refresh_from_db()
    assert run.drawn == 2
    assert not ask.parts_of(run)
    printing._under_way.clear()  # as in a process that begins
    assert worked(hall) == 3
    assert [one.passes for one in ask.parts_of(run)] == [3]


def test_a_pass_that_changes_while_its_part_is_drawn_is_printed_as_it_is_then(hall: Post) -> None:
    numbers = group(hall, 3)
    run = begun(hall)
    worked(hall, seconds=0)
    hall.do(verbs.revoke, "苏青", number=numbers[0], reason="不来了")
    worked(hall)
    assert ask.parts_of(run) == [], "what was drawn before is thrown away"
    worked(hall)
    assert [(p.first, p.passes) for p in ask.parts_of(run)] == [(numbers[1], 2)]
    assert hall.faults() == []


def test_a_part_that_another_worker_kept_meanwhile_is_kept_once(hall: Post) -> None:
    group(hall, 2)
    run = begun(hall)
    worked(hall)
    told = ask.revisions_of(list(VisitorPass.objects.all()))
    again = {"run_id": run.id, "after": 0, "revisions": told}

    def late(pen: Pen) -> dict[str, object]:
        return {"n": printing.keep_part.within(pen, b"%PDF", **again)}

    assert hall.within(late, "苏青") == {"n": 0}
    assert PassPaper.objects.count() == 2


def test_from_the_visits_page_many_are_printed_by_the_worker_and_few_at_once(hall: Post) -> None:
    visit = hall.visit()
    for _ in range(2):
        hall.issue(visit)
    browser = hall.browser("苏青")
    to = reverse("tours:print_passes", args=[visit.id])
    assert browser.post(to).headers["Content-Type"] == "application/pdf"
    hall.issue(visit)
    page = browser.post(to, follow=True).content.decode()
    assert "正在打印" in page
    assert "0 / 3" in page
    tick(hall.now)
    tick(hall.now)
    run = PassPrinting.objects.get()
    page = browser.get(reverse("tours:printing", args=[run.id])).content.decode()
    assert "1—3 号证，3 张" in page
    answer = browser.get(reverse("tours:print_part", args=[run.id, 1]))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    for who, status in (("高磊", 403), ("韩工", 404)):
        there = hall.browser(who).get(reverse("tours:print_part", args=[run.id, 1]))
        assert there.status_code == status, who


def test_by_the_day_from_reception(hall: Post) -> None:
    group(hall, 2)
    browser = hall.browser("苏青")
    told = {"day": f"{hall.now:%Y-%m-%d}", "card": "on"}
    page = browser.post(reverse("tours:prints"), told, follow=True).content.decode()
    assert "0 / 2" in page
    empty = browser.post(reverse("tours:prints"), {"day": "2026-12-24"})
    assert empty.status_code == 422
    assert "没有要打印的参观证" in empty.content.decode()
    assert "打印过的" in browser.get(reverse("tours:prints")).content.decode()
    with pytest.raises(Refused, match="一次来访，或一天"):
        hall.do(printing.begin_printing, "苏青")


def test_what_was_drawn_goes_after_a_day_and_at_once_when_a_visitor_is_forgotten(
    hall: Post,
) -> None:
    numbers = group(hall, 2)
    run = begun(hall)
    while worked(hall):
        pass
    hall.now = hall.now.replace(second=0) + timedelta(hours=23)
    printing.print_some(hall.now)
    assert PassPrintPart.objects.exists()
    hall.later(hours=2)
    printing.print_some(hall.now)
    run.refresh_from_db()
    assert (PassPrintPart.objects.count(), run.forgotten_at) == (0, hall.now)
    visit = hall.row(numbers[0]).visit_id
    other = begun(hall, visit_id=visit)
    worked(hall, seconds=0)
    hall.within(lambda pen: {"n": empty_visits(pen, [visit])}, "苏青")
    assert worked(hall) == 0, "a printing under way ends with it"
    other.refresh_from_db()
    assert other.forgotten_at
    assert not PassPrintPart.objects.exists()

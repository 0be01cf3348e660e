"""A visitor's question goes to the sales centre the flat refers to, is answered there, comes back, and the visitor is told (SF-4.3.3)."""

from uuid import UUID

import pytest
from django.utils import timezone

from yingbin.duty.actions import questions
from yingbin.duty.models import PassedQuestion
from yingbin.duty.queries.referring import flats_referring
from yingbin.duty.visit_ticks import tick
from yingbin.journal.action import Acting
from yingbin.matters.actions.steps import take
from yingbin.matters.models import Matter, MatterStep
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step

from .beside import Beside
from .doors import enter, here, shown
from .flat import Flat
from .full import findings
from .test_visits import come_in

pytestmark = pytest.mark.clause("SF-4.3.3")
PARKING = "地下车位多少钱一个？"


@pytest.fixture
def hall(desk: Flat) -> Beside:
    """The gallery that this flat refers to."""
    return Beside(desk).chosen()


def ask(flat: Flat, to: str = "gallery") -> Matter:
    visit = come_in(flat)
    told = {"visit_id": visit.id, "question": PARKING, "to": to}
    return Matter.objects.get(id=flat.do(questions.ask_question, "叶", **told).matter)


def there(hall: Beside) -> Matter:
    return Matter.objects.get(site_id=hall.site, kind="question")


def step(flat: Flat, matter: Matter, who: UUID, verb: str, note: str = "") -> None:
    from yingbin.journal.action import action

    @action(f"test.{verb}")
    def taken(pen: object) -> None:
        take(pen=pen, matter_id=matter.id, step=Step(verb, str(who), flat.now, note=note))  # type: ignore[arg-type]

    taken(Acting(matter.site_id, f"s{next(flat.keys)}", str(who), flat.now))


def told(flat: Flat, who: UUID) -> list[str]:
    return list(
        Notice.objects.filter(to_id=who).order_by("made_at").values_list("title", flat=True)
    )


def test_it_is_tracked_at_the_gallery_answered_back_and_open_until_the_visitor_knows(
    desk: Flat, hall: Beside
) -> None:
    asked = ask(desk)
    assert (tick(desk.now), tick(desk.now)) == (1, 0)
    question, manager = there(hall), hall.people["郑岚"]
    assert (question.title, question.owner_id, question.customer_id) == (PARKING, manager, None)
    step(desk, question, manager, "answer", "十八万一个，送一年物业费。")
    assert (tick(desk.now), tick(desk.now)) == (1, 0)
    asked.refresh_from_db()
    question.refresh_from_db()
    said = MatterStep.objects.get(matter=asked, verb="answer").note
    assert "郑岚：十八万一个，送一年物业费。" in said
    assert (asked.closed_at is None, question.closed_at is None) == (True, False)
    assert f"售楼处答复了，请告诉客人：{PARKING}" in told(desk, desk.people["叶"])
    step(desk, asked, desk.people["叶"], "tell")
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert findings(desk) == []


def test_a_gallery_without_a_manager_leaves_it_with_whoever_asked_and_says_so(
    desk: Flat, hall: Beside
) -> None:
    Assignment.objects.filter(site_id=hall.site, role="sales_manager").delete()
    asked = ask(desk)
    tick(desk.now)
    assert PassedQuestion.objects.get().state == "kept"
    assert f"售楼处没有接这个问题：{PARKING}" in told(desk, desk.people["叶"])
    assert (asked.owner_id, asked.closed_at) == (desk.people["叶"], None)
    assert findings(desk) == []


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("state", "answered", "到哪一步"),
        ("gallery_id", UUID(int=7), "售楼处"),
        ("gallery_matter", UUID(int=7), "售楼处的事项"),
        ("by", UUID(int=7), "谁转的"),
    ],
)
def test_a_forged_question_is_found(
    desk: Flat, hall: Beside, column: str, value: object, named: str
) -> None:
    ask(desk)
    PassedQuestion.objects.update(**{column: value})
    assert [f for f in findings(desk) if "转给售楼处的问题" in f and named in f]


def test_without_a_gallery_there_is_nobody_there_to_ask(desk: Flat) -> None:
    with pytest.raises(Refused, match="还没有设对接的售楼处"):
        ask(desk)
    assert not Matter.objects.filter(kind="question").exists()


def test_an_answer_that_comes_after_the_visitor_was_told_otherwise_changes_nothing(
    desk: Flat, hall: Beside
) -> None:
    asked = ask(desk)
    tick(desk.now)
    for verb, note in (("answer", "问了工程，有的。"), ("tell", "")):
        step(desk, asked, desk.people["叶"], verb, note)
    step(desk, there(hall), hall.people["郑岚"], "answer", "十八万。")
    tick(desk.now)
    assert MatterStep.objects.filter(matter=asked, verb="answer").count() == 1
    assert PassedQuestion.objects.get().state == "answered"
    assert findings(desk) == []


def test_the_page_offers_the_gallery_by_name_and_the_gallery_sees_which_flats_refer_to_it(
    desk: Flat, hall: Beside
) -> None:
    visit = come_in(desk)
    page = shown(enter(desk, "叶"), here(desk, f"guests/{visit.id}/"))
    assert "（售楼处）" in page
    assert [one.name for one in flats_referring(hall.site, timezone.now())] == [desk.place.name]
    assert flats_referring(desk.site, timezone.now()) == []


def test_a_gallery_that_is_chosen_hears_of_it(desk: Flat) -> None:
    hall = Beside(desk)
    sent = {"key": "a", "gallery": str(hall.site), "reason": "同一个项目"}
    answer = enter(desk, "许").post(here(desk, "guests/referring/"), sent)
    assert answer.status_code == 302
    (title,) = told(desk, hall.people["郑岚"])
    assert "把客人转介到这里" in title

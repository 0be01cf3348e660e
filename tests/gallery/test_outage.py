"""Without the system: the sheet says who is next, and paper entered later moves nothing decided since."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions.outage import Late, enter_late
from yingbin.gallery.models import GalleryDay, RegisterEntry, TurnDecision, Visit
from yingbin.gallery.queries import board as boards
from yingbin.gallery.queries import history, outage
from yingbin.rules.decision import Refused


@pytest.mark.clause("TQ-11")
def test_the_sheet_names_the_next_ten_in_the_order_the_rules_would_give(hall: Gallery) -> None:
    live = boards.board(hall.site)
    assert live is not None
    said = [u.name for u in outage.upcoming(live)]
    four = ["林悦", "周航", "吴敏", "陈思远"]
    assert said == (four * 3)[:10]
    really = []
    for _ in range(6):
        visit = hall.arrive(name="客户")
        really.append(hall.receiver(visit))
        hall.finish(visit)
    assert really == said[:6]


@pytest.mark.clause("TQ-11")
def test_paper_entered_later_counts_and_is_paid_with_the_next_turn(hall: Gallery) -> None:
    then = hall.now
    hall.later(60)
    visit = hall.arrive(name="后来的")  # decided since: 林悦
    before = list(TurnDecision.objects.order_by("seq", "position").values())
    late = Late(began_at=then, ended_at=then + timedelta(minutes=30), receiver=hall.id("周航"),
                name="张伟", phone="13812341234", group_size=3)  # fmt: skip
    done = hall.do(enter_late, "郑岚", lines=[late])
    entered = Visit.objects.get(id=done.visits[0])
    assert entered.arrived_at == then
    assert entered.late_at is not None
    assert hall.person("周航").counted == 1
    assert hall.person("周航").owes == 1
    after = list(TurnDecision.objects.order_by("seq", "position").values())
    assert after[: len(before)] == before
    assert hall.receiver(visit) == "林悦"
    assert RegisterEntry.objects.get().signed == "paper"
    assert hall.receiver(hall.arrive(name="下一批")) == "吴敏"  # 周航 pays the turn
    assert history.disagreements(GalleryDay.objects.get()) == []


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"began_at": timedelta(hours=1)}, "时间在现在之后"),
        ({"began_at": timedelta(days=-31)}, "超过 30 天"),
        ({"ended_at": timedelta(hours=-2)}, "早于开始"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_entered(
    hall: Gallery, change: dict[str, timedelta], said: str
) -> None:
    then = hall.now - timedelta(minutes=20)
    times = {k: hall.now + v for k, v in change.items()}
    good = Late(began_at=then, receiver=hall.id("周航"))
    wrong = Late(**({"began_at": then, "receiver": hall.id("吴敏")} | times))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=said):
        hall.do(enter_late, "郑岚", lines=[good, wrong])
    assert not Visit.objects.exists()


def test_the_same_line_is_not_entered_twice(hall: Gallery) -> None:
    late = Late(began_at=hall.now - timedelta(minutes=5), receiver=hall.id("周航"))
    hall.do(enter_late, "郑岚", lines=[late])
    with pytest.raises(Refused, match="已经补录过"):
        hall.do(enter_late, "郑岚", lines=[late])


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(plan=st.lists(st.tuples(st.sampled_from("alfn"), st.integers(0, 3)), max_size=14))
def test_whatever_is_entered_late_no_decision_made_before_changes(
    hall: Gallery, plan: list[tuple[str, int]]
) -> None:
    people = ["林悦", "周航", "吴敏", "陈思远"]
    for what, n in plan:
        before = list(TurnDecision.objects.order_by("seq", "position").values())
        try:
            if what == "a":
                hall.arrive(name="客户")
            elif what == "n":
                hall.arrive(name="客户", named=people[n])
            elif what == "l":
                began = hall.now - timedelta(minutes=7 * (n + 1))
                late = Late(began_at=began, receiver=hall.id(people[n]), counts=n != 3)
                hall.do(enter_late, "郑岚", lines=[late])
            else:
                mine = hall.person(people[n]).visit
                if mine:
                    hall.finish(mine)
        except Refused:
            continue
        after = list(TurnDecision.objects.order_by("seq", "position").values())
        assert after[: len(before)] == before
    assert history.disagreements(GalleryDay.objects.get()) == []


@pytest.mark.clause("TQ-11")
def test_opening_leads_to_the_sheet_and_a_refused_opening_says_why(
    client: Client, gallery: Gallery
) -> None:
    page = signed_in(client, gallery, "郑岚")
    opened = page.post("/gallery/supervision/open/", {"key": "o1", "sheet": "yes"}, follow=True)
    assert opened.redirect_chain[-1][0] == "/gallery/outage/?print=1"
    assert "data-print-now" in opened.content.decode()
    again = page.post("/gallery/supervision/open/", {"key": "o2", "sheet": "yes"}, follow=True)
    assert again.redirect_chain[-1][0] == "/gallery/supervision/"
    assert "开场" in "".join(str(m) for m in again.context["messages"])
    assert "data-print-now" not in page.get("/gallery/outage/").content.decode()


@pytest.mark.clause("TQ-11")
def test_the_manager_types_the_paper_in_and_what_is_wrong_keeps_every_line(
    client: Client, hall: Gallery
) -> None:
    page = signed_in(client, hall, "郑岚")
    assert "接下来十批" in page.get("/gallery/outage/").content.decode()
    hall.later(10)
    today = hall.now.date().isoformat()
    posted = {"key": "l1", "day": today, "l0-began": "08:31", "l0-q": "张伟 13812341234"}
    refused = page.post("/gallery/outage/late/", posted)
    assert refused.status_code == 422
    assert "第 1 行：开始时间和接待人都要填" in refused.content.decode()
    assert "13812341234" in refused.content.decode()  # what was typed stays with its writer
    posted["l0-receiver"] = str(hall.id("周航"))
    assert page.post("/gallery/outage/late/", posted).status_code == 302
    assert "纸面补录" in page.get("/gallery/decisions/").content.decode()

"""等待: cards that differ, tea that leaves its trace and is owed to nobody once they are received (SC-4.3.2)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions import waiting
from yingbin.gallery.models import Visit
from yingbin.journal.models import Entry
from yingbin.matters.actions import done, open_new
from yingbin.matters.models import Matter, MatterStep
from yingbin.matters.ticks import tick
from yingbin.notices.models import Notice


@pytest.fixture
def waits(hall: Gallery) -> Visit:
    """Everybody receives; one more group waits."""
    for n in range(4):
        hall.arrive(name=f"客户{n}")
    return hall.arrive(looks="红外套，带小孩", seat="3 号桌", note="想看顶楼", group_size=3)


def page_of(client: Client, hall: Gallery) -> str:
    page = signed_in(client, hall, "苏晴").get(reverse("gallery:waiting"))
    return str(page.content.decode())


@pytest.mark.clause("SC-4.3.2")
def test_a_card_says_number_since_when_looks_seat_note_and_leads_to_the_visit(
    client: Client, hall: Gallery, waits: Visit
) -> None:
    text = page_of(client, hall)
    for said in ("红外套，带小孩", "3 号桌", "想看顶楼", reverse("gallery:visit", args=[waits.id])):
        assert said in text
    assert f'id="v-{waits.number}"' in text


@pytest.mark.clause("SC-4.3.2")
def test_what_they_are_known_by_can_be_said_later_and_stays_out_of_the_journal(
    hall: Gallery, waits: Visit
) -> None:
    hall.do(waiting.describe, "叶小满", visit_id=waits.id, looks="蓝帽子", seat_at="吧台")
    waits.refresh_from_db()
    assert (waits.looks, waits.seat) == ("蓝帽子", "吧台")
    entry = Entry.objects.filter(kind="visit.described").get()
    assert "蓝帽子" not in str(entry.body)
    assert entry.actor == str(hall.id("叶小满"))


@pytest.mark.clause("SC-4.3.2")
def test_tea_leaves_its_trace_and_does_not_alarm_whoever_asked(
    client: Client, hall: Gallery, waits: Visit
) -> None:
    hall.do(waiting.ask_service, "苏晴", visit_id=waits.id, what="热茶")
    told = Notice.objects.filter(kind="service").values_list("to_id", flat=True)
    assert hall.id("苏晴") not in told
    assert hall.id("叶小满") in told
    assert "还没送" in page_of(client, hall)
    matter = Matter.objects.get(kind="service")
    hall.do(done, "叶小满", matter_id=matter.id)
    text = page_of(client, hall)
    assert "已送到" in text
    assert "苏晴" in text


@pytest.mark.clause("SC-4.3.2")
@pytest.mark.parametrize("how", ["received", "gone"])
def test_tea_is_owed_to_nobody_once_the_group_is_received_or_gone(
    hall: Gallery, waits: Visit, how: str
) -> None:
    hall.do(waiting.ask_service, "苏晴", visit_id=waits.id, what="热茶")
    if how == "received":
        hall.finish(Visit.objects.get(number=1))
        assert hall.receiver(waits) == "林悦"
    else:
        hall.do(waiting.leave, "苏晴", visit_id=waits.id, no_contact="赶时间")
    matter = Matter.objects.get(kind="service")
    assert matter.closed_at is not None
    assert MatterStep.objects.filter(matter=matter).latest("index").verb == "lapse"
    before = Notice.objects.count()
    tick(hall.now + timedelta(hours=1))
    assert Notice.objects.count() == before


def test_tea_asked_for_during_a_reception_is_owed_until_it_ends(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    hall.do(waiting.ask_service, "林悦", visit_id=visit.id, what="咖啡")
    other = hall.arrive(name="李娜")
    hall.finish(other)
    assert Matter.objects.get(kind="service").closed_at is None
    hall.finish(visit)
    assert Matter.objects.get(kind="service").closed_at is not None


@pytest.mark.clause("SC-4.3.2")
@pytest.mark.parametrize(
    ("fold", "sent", "says"),
    [
        ("leave", {"name": "李娜", "phone": ""}, "请尽量留下电话"),
        ("leave", {"name": "李娜", "phone": "1381"}, "电话不是有效号码"),
        ("question", {"question": " "}, "请写下客户问的问题"),
    ],
)
def test_a_refused_fold_stays_open_with_what_was_typed(
    client: Client, hall: Gallery, waits: Visit, fold: str, sent: dict[str, str], says: str
) -> None:
    desk = signed_in(client, hall, "苏晴")
    answer = desk.post(reverse(f"gallery:{fold}", args=[waits.id]), {**sent, "key": "k"})
    text = answer.content.decode()
    assert answer.status_code == 422
    opened = text[text.index(f'id="{fold[0]}-{waits.id}"') :]
    assert opened.split(">", 1)[0].endswith(" open")
    assert says in opened
    for typed in sent.values():
        assert typed.strip() in opened


@pytest.mark.clause("SC-4.3.1", "SF-4.3.3")
def test_a_question_is_due_alike_whether_opened_here_or_by_hand(
    hall: Gallery, waits: Visit
) -> None:
    hall.do(waiting.pass_question_on, "苏晴", visit_id=waits.id, question="学区怎么划", to=None)
    hall.do(open_new, "苏晴", kind="question", title="车位多少钱")
    spans = [m.due_at - m.opened_at for m in Matter.objects.filter(kind="question") if m.due_at]
    assert len(spans) == 2
    assert abs(spans[0] - spans[1]) < timedelta(seconds=5)

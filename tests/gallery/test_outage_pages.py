"""停电单与补录 as pages: the sheet on any day, and a paper of ten lines that says which of them is wrong."""

from datetime import date, datetime, time, timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from tests.gallery.conftest import ZONE, Gallery
from tests.gallery.test_reception import signed_in
from yingbin.customers.queries import receiver_of_record
from yingbin.gallery.actions import days, presence
from yingbin.gallery.actions.outage import Late, enter_late
from yingbin.gallery.forms.outage import LateSheetForm
from yingbin.gallery.models import GalleryDay, RegisterEntry, Visit
from yingbin.gallery.queries.outage import sheet
from yingbin.gallery.views.outage import _lines
from yingbin.journal.models import Entry
from yingbin.rules.decision import Refused

WHO = "01890000-0000-7000-8000-000000000001"


def paper(**typed: str) -> LateSheetForm:
    """The sheet as it comes from the page."""
    told = QueryDict(mutable=True)
    told.update({"day": "2026-11-21", **{k.replace("_", "-", 1): v for k, v in typed.items()}})
    return LateSheetForm(told, lines=10)


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"l0_began": "9点"}, "第 1 行：开始时间写成 14:05 这样"),
        ({"l0_began": "25:00"}, "第 1 行：开始时间写成 14:05 这样"),
        ({"l2_began": "09:05", "l2_receiver": WHO, "l2_ended": "十点"}, "第 3 行：结束时间写成"),
        ({"l0_began": "09:05"}, "第 1 行：开始时间和接待人都要填"),
        ({"l0_receiver": WHO}, "第 1 行：开始时间和接待人都要填"),
        ({"l9_q": "张伟"}, "第 10 行：开始时间和接待人都要填"),
        ({"l4_note": "同行"}, "第 5 行：开始时间和接待人都要填"),
        ({"l0_began": "09:05", "l0_receiver": WHO, "l0_q": "张伟 1381234"}, "第 1 行：电话不是有效号码"),
        ({"l0_began": "09:05", "l0_receiver": WHO, "l0_group_size": "两个"}, "第 1 行：人数请填 1 到 99 之间的整数"),
        ({"day": "昨天", "l0_began": "09:05", "l0_receiver": WHO}, "请选这些接待发生在哪一天"),
        ({"day": ""}, "请选这些接待发生在哪一天"),
    ],
)  # fmt: skip
def test_what_is_wrong_on_the_paper_is_said_with_its_line(typed: dict[str, str], says: str) -> None:
    form = paper(**typed)
    assert not form.is_valid()
    assert says in str(form.errors)


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_line_of_blanks_is_an_empty_line(blank: str) -> None:
    form = paper(l0_began="09:05", l0_receiver=WHO, l1_q=blank, l1_note=blank, l1_group_size="2")
    assert form.is_valid(), form.errors
    assert len(form.written) == 1


def test_a_line_is_read_as_it_was_written() -> None:
    form = paper(
        l0_began="09:05", l0_ended="09:40", l0_receiver=WHO, l0_q="13812341234 张伟",
        l0_group_size="3", l0_counts="no", l0_note="同行",
        l3_began="23:59", l3_receiver=WHO,
    )  # fmt: skip
    assert form.is_valid(), form.errors
    first, second = form.late()
    assert (first.name, first.phone, first.group_size) == ("张伟", "13812341234", 3)
    assert (first.counts, first.note) == (False, "同行")
    assert first.began_at == datetime(2026, 11, 21, 9, 5, tzinfo=ZONE)
    assert first.ended_at == datetime(2026, 11, 21, 9, 40, tzinfo=ZONE)
    assert (second.counts, second.group_size, second.ended_at) == (True, 1, None)
    assert second.began_at.astimezone(ZONE).date() == date(2026, 11, 21), "the day on the paper"


@pytest.mark.clause("TQ-11")
def test_an_empty_paper_is_refused_and_so_is_one_before_opening(
    hall: Gallery, client: Client
) -> None:
    manager = signed_in(client, hall, "郑岚")
    sent = {"key": "e", "day": hall.now.date().isoformat()}
    refused = manager.post("/gallery/outage/late/", sent)
    assert refused.status_code == 422
    assert "还没有填任何一行" in refused.content.decode()
    hall.do(days.close_gallery, "郑岚")
    late = Late(began_at=hall.now - timedelta(minutes=5), receiver=hall.id("周航"))
    with pytest.raises(Refused, match="今天还没有开场"):
        hall.do(enter_late, "郑岚", lines=[late])


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("ago", "refused"),
    [
        (timedelta(0), ""),
        (timedelta(seconds=-1), "时间在现在之后"),
        (timedelta(days=30), ""),
        (timedelta(days=30, seconds=1), "超过 30 天"),
    ],
)
def test_paper_is_taken_from_this_second_back_to_thirty_days(
    hall: Gallery, ago: timedelta, refused: str
) -> None:
    at = hall.now + timedelta(seconds=1)  # when the deed is done
    late = Late(began_at=at - ago, receiver=hall.id("周航"))
    if refused:
        with pytest.raises(Refused, match=refused):
            hall.do(enter_late, "郑岚", lines=[late])
        assert not Visit.objects.exists()
    else:
        hall.do(enter_late, "郑岚", lines=[late])
        assert Visit.objects.get().arrived_at == late.began_at


@pytest.mark.clause("TQ-11")
def test_the_receiver_on_paper_works_here(hall: Gallery) -> None:
    from uuid import uuid4

    late = Late(began_at=hall.now - timedelta(minutes=5), receiver=uuid4())
    with pytest.raises(Refused, match="第 1 行：请选当时的接待人"):
        hall.do(enter_late, "郑岚", lines=[late])


@pytest.mark.clause("TQ-11")
def test_the_same_form_sent_twice_enters_the_paper_once(hall: Gallery, client: Client) -> None:
    hall.later(60)
    manager = signed_in(client, hall, "郑岚")
    sent = {"key": "same", "day": hall.now.date().isoformat(), "l0-began": "08:40",
            "l0-receiver": str(hall.id("周航")), "l0-q": "张伟"}  # fmt: skip
    for _ in range(2):
        page = manager.post("/gallery/outage/late/", sent, follow=True)
        assert "已补录 1 批" in page.content.decode()
    assert Visit.objects.filter(late_at__isnull=False).count() == 1
    assert hall.person("周航").counted == 1


@pytest.mark.clause("TQ-9", "TQ-3")
@pytest.mark.parametrize(
    ("written", "counted", "rows", "theirs"),
    [
        ({"name": "张伟", "phone": "13812341234"}, 1, 1, True),
        ({"name": "张伟"}, 1, 1, True),
        ({"phone": "13812341234"}, 1, 0, True),
        ({}, 1, 0, False),
        ({"name": "张伟", "phone": "13812341234", "counts": False}, 0, 0, False),
    ],
)
def test_what_was_written_decides_what_is_kept(
    hall: Gallery, written: dict[str, str], counted: int, rows: int, theirs: bool
) -> None:
    late = Late(began_at=hall.now - timedelta(minutes=5), receiver=hall.id("周航"), **written)  # type: ignore[arg-type]
    hall.do(enter_late, "郑岚", lines=[late])
    visit = Visit.objects.get()
    assert hall.person("周航").counted == counted
    assert RegisterEntry.objects.count() == rows
    owner = receiver_of_record(hall.site, visit.customer_id) if visit.customer_id else None
    assert (owner == hall.id("周航")) is theirs


@pytest.mark.clause("TQ-8")
def test_paper_takes_no_customer_from_whoever_has_them(hall: Gallery) -> None:
    first = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(first)
    rows = RegisterEntry.objects.count()
    late = Late(began_at=hall.now - timedelta(minutes=1), receiver=hall.id("周航"),
                name="张伟", phone="13812341234")  # fmt: skip
    hall.do(enter_late, "郑岚", lines=[late])
    assert first.customer_id
    assert receiver_of_record(hall.site, first.customer_id) == hall.id("林悦")
    assert RegisterEntry.objects.count() == rows, "they stand in the register already"


@pytest.mark.clause("TQ-11")
def test_paper_of_another_day_counts_there_and_is_paid_today(gallery: Gallery) -> None:
    gallery.open("林悦", "周航")
    gallery.finish(gallery.arrive(name="昨天的"))
    gallery.do(days.close_gallery, "郑岚")
    yesterday = gallery.now
    gallery.later(24 * 60)
    for name in ("林悦", "周航"):
        gallery.do(presence.sign_in, name, who=gallery.id(name))
    gallery.do(days.open_gallery, "郑岚")
    first, second = GalleryDay.objects.order_by("day")
    lines = [
        Late(began_at=yesterday - timedelta(minutes=1), receiver=gallery.id("周航")),
        Late(began_at=yesterday - timedelta(days=2), receiver=gallery.id("周航")),
    ]
    gallery.do(enter_late, "郑岚", lines=lines)
    of = {v.arrived_at: (v.day_id, v.number) for v in Visit.objects.filter(late_at__isnull=False)}
    assert of[lines[0].began_at] == (first.id, 2)
    assert of[lines[1].began_at] == (second.id, 1), "a day that never opened counts today"
    assert gallery.person("周航").owes == 2


def test_no_words_of_the_paper_stand_in_the_journal(hall: Gallery) -> None:
    late = Late(began_at=hall.now - timedelta(minutes=5), receiver=hall.id("周航"),
                name="欧阳静", phone="13812341234", note="坐轮椅")  # fmt: skip
    hall.do(enter_late, "郑岚", lines=[late])
    told = " ".join(str(e.body) for e in Entry.objects.all())
    assert "visit.late" in Entry.objects.values_list("kind", flat=True)
    for words in ("欧阳静", "13812341234", "坐轮椅"):
        assert words not in told


def test_before_opening_there_is_no_sheet_and_the_page_says_so(
    client: Client, gallery: Gallery
) -> None:
    assert sheet(gallery.site, gallery.now) is None
    for name in ("苏晴", "郑岚"):
        page = signed_in(client, gallery, name).get("/gallery/outage/", {"print": "1"})
        assert "今天还没有开场" in page.content.decode()
        assert "data-print-now" not in page.content.decode(), "an empty sheet is not printed"


@pytest.mark.clause("TQ-11")
def test_the_sheet_proves_its_moment_and_says_who_is_out(client: Client, hall: Gallery) -> None:
    hall.do(presence.go_away, "林悦", who=hall.id("林悦"), reason="meal")
    made = sheet(hall.site, hall.now)
    assert made is not None
    last = Entry.objects.filter(site_id=hall.site).latest("seq")
    assert made.seq == last.seq
    assert made.upcoming[0].name == "周航"
    assert "林悦" not in {u.name for u in made.upcoming}
    text = signed_in(client, hall, "苏晴").get("/gallery/outage/").content.decode()
    assert f"记录链第 {made.seq} 条 {made.head[:16]}" in text
    assert "用餐" in text


@pytest.mark.clause("TQ-11")
def test_with_nobody_on_the_floor_the_sheet_names_nobody(client: Client, hall: Gallery) -> None:
    for name in ("林悦", "周航", "吴敏", "陈思远"):
        hall.do(presence.sign_out, name, who=hall.id(name))
    assert "没有人在岗" in signed_in(client, hall, "苏晴").get("/gallery/outage/").content.decode()


@pytest.mark.parametrize(("people", "lines"), [(1, 10), (8, 10), (12, 9), (20, 5), (30, 10)])
def test_a_sheet_has_as_many_lines_as_its_page_holds(people: int, lines: int) -> None:
    assert _lines(people) == lines


@pytest.mark.parametrize(("name", "opens"), [("郑岚", 200), ("苏晴", 403), ("林悦", 403)])
def test_paper_is_typed_in_by_the_manager_alone(
    client: Client, hall: Gallery, name: str, opens: int
) -> None:
    page = signed_in(client, hall, name)
    assert page.get("/gallery/outage/late/").status_code == opens
    began = (datetime.combine(hall.now.date(), time(8, 30))).strftime("%H:%M")
    sent = {"key": "x", "day": hall.now.date().isoformat(), "l0-began": began,
            "l0-receiver": str(hall.id("周航"))}  # fmt: skip
    page.post("/gallery/outage/late/", sent)
    assert Visit.objects.exists() is (opens == 200)

"""Lines leave the house: by which channel, how wide the window stays, and where people read it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from tests.journal.lines_of_a_day import busy, seq
from tests.journal.small_witness import SmallWitness
from yingbin.gallery.actions import days
from yingbin.journal import checkpoints, notes
from yingbin.journal.models import Departure
from yingbin.journal.write import Pen, write
from yingbin.notices import lines
from yingbin.notices.actions import choose_channel
from yingbin.notices.models import Delivery
from yingbin.people.models import Company


def test_the_companys_lines_leave_by_the_channels_its_sites_chose_for_lines(
    hall: Gallery, settings: Any
) -> None:
    settings.YINGBIN_CHANNELS = "审计=json://127.0.0.1:9 群=json://127.0.0.1:9"
    company = Company.objects.get().id

    def work(pen: Pen) -> dict[str, Any]:
        pen.append("role.given", {"staff": str(hall.id("林悦")), "role": "auditor"})
        return {}

    told = {"verb": "x", "by": "clock", "at": hall.now, "payload": {}}
    write(site_id=company, key="once", work=work, **told)
    assert not lines.is_set_up(company)
    hall.do(choose_channel, "郑岚", name="审计", use=True, kinds=["line"])
    hall.do(choose_channel, "郑岚", name="群", use=True)
    assert lines.is_set_up(company)
    lines.tick(hall.now + timedelta(hours=2))
    gone = Departure.objects.get(site_id=company)
    assert (gone.way, gone.size) == ("channel:审计", 1)
    sent = Delivery.objects.get(id=gone.ref)
    assert sent.title == "公司的记录链签名行：到第 1 条，请保存"
    assert str(company) in sent.body
    lines.tick(hall.now + timedelta(hours=3))
    assert Departure.objects.filter(site_id=company).count() == 1
    page = signed_in(Client(), hall, "郑岚").get("/notices/lines/").content.decode()
    assert "公司的记录链" in page


@pytest.fixture
def outside(hall: Gallery, settings: Any) -> None:
    """The auditor's mailbox gets the lines, the group gets everything."""
    settings.YINGBIN_CHANNELS = "审计=json://127.0.0.1:9 群=json://127.0.0.1:9"
    for name, kinds in (("审计", ["line"]), ("群", [])):
        hall.do(choose_channel, "郑岚", name=name, use=True, kinds=kinds)


def arrived(hall: Gallery) -> None:
    """The outbox has delivered all it had."""
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=hall.now)


def waiting_lines() -> list[str]:
    rows = Delivery.objects.filter(title__contains="签名行").order_by("made_at", "channel")
    return list(rows.values_list("channel", flat=True))


def test_a_line_goes_to_the_channel_chosen_for_lines_and_a_closing_to_the_group(
    hall: Gallery,
    outside: None,
) -> None:
    lines.tick(hall.now + timedelta(hours=1))
    lines.tick(hall.now + timedelta(hours=1))
    assert waiting_lines() == ["审计"]
    message = Delivery.objects.get(channel="审计", title__contains="签名行")
    assert message.body == checkpoints.latest(hall.site).text  # type: ignore[union-attr]
    hall.do(days.close_gallery, "郑岚")
    lines.tick(hall.now + timedelta(hours=1))
    assert sorted(waiting_lines()) == ["审计", "审计", "群"]


def test_the_window_is_at_most_an_hour_or_a_hundred_entries_once_a_line_goes_out(
    hall: Gallery,
    outside: None,
) -> None:
    """A busy half hour, then a slow hour and a half: what could be rewritten unseen stays small in both."""
    widest_entries = widest_minutes = 0
    for minute in range(120):
        if minute < 30 or minute % 10 == 0:
            busy(hall, 4)
        hall.now += timedelta(minutes=1)
        lines.tick(hall.now)
        arrived(hall)
        lines.settle(hall.now)
        window = checkpoints.window(hall.site, set_up=lines.is_set_up(hall.site))
        widest_entries = max(widest_entries, window.entries)
        widest_minutes = max(widest_minutes, window.minutes(hall.now))
    assert 90 < widest_entries <= 100
    assert 50 < widest_minutes <= 60


def test_a_message_that_didnt_arrive_closes_no_window(hall: Gallery, outside: None) -> None:
    lines.tick(hall.now + timedelta(hours=1))
    Delivery.objects.update(state=Delivery.State.GIVEN_UP)
    lines.settle(hall.now)
    window = checkpoints.window(hall.site, set_up=True)
    assert window.entries == seq(hall)
    assert window.last is None


def test_the_page_the_receipt_and_the_sheets_say_how_long_the_window_is(
    hall: Gallery,
    outside: None,
) -> None:
    page = signed_in(Client(), hall, "郑岚")
    assert "的记录只在本系统里" in page.get("/notices/lines/").content.decode()
    visit = hall.arrive(name="张伟")
    lines.tick(hall.now + timedelta(hours=1))
    arrived(hall)
    lines.settle(hall.now)
    line = checkpoints.latest(hall.site)
    assert line is not None
    short = notes.short(line.size, bytes(line.root))
    hall.arrive(name="李莉")
    code = hall.decision(visit).receipt
    for address in (
        "/notices/lines/",
        "/gallery/outage/",
        f"/gallery/decisions/receipt/?code={code}",
    ):
        text = page.get(address, follow=True).content.decode()
        assert short in text, address
        assert f"到第 {line.size} 条；之后" in text, address
    assert "<svg" in page.get("/gallery/outage/").content.decode()


def test_an_address_gives_the_newest_line_and_the_proof_that_a_witness_asks_for(
    hall: Gallery,
) -> None:
    page = signed_in(Client(), hall, "郑岚")
    assert page.get("/notices/lines/line/").status_code == 404
    busy(hall, 5)
    first = checkpoints.make(hall.site, hall.now)
    busy(hall, 5)
    second = checkpoints.make(hall.site, hall.now)
    assert first is not None
    assert second is not None
    assert page.get("/notices/lines/line/").content.decode() == second.text
    told = page.get(f"/notices/lines/proof/?old={first.size}").content.decode()
    watching = SmallWitness()
    watching.logs[checkpoints.origin(hall.site)] = checkpoints.log_key(hall.site).public
    watching.seen[checkpoints.origin(hall.site)] = (first.size, first.root)
    assert watching.add_checkpoint(told)[0] == 200
    assert page.get("/notices/lines/proof/?old=9999").status_code == 400
    stranger = Client().get("/notices/lines/line/")
    assert stranger.status_code in (302, 403)

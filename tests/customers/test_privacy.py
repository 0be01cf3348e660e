"""One person's data: handed to them, erased on request with every word gone and every proof whole."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.gallery.conftest import Gallery, gallery, hall  # noqa: F401
from tests.gallery.test_reception import signed_in
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer, Reveal
from yingbin.customers.queries import find
from yingbin.gallery.actions import calls, cases, days, receptions, steps, supervision
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.actions.steps import NeedsTold
from yingbin.gallery.models import GalleryDay, RegisterEntry
from yingbin.gallery.queries import history
from yingbin.journal.export import export_lines
from yingbin.journal.verify import verify
from yingbin.people.scrub import NoPhones, scrubbed
from yingbin.rules.decision import Refused

SECRETS = ("欧阳慕白", "13812341234", "+8613812341234", "海归子女陪读", "双胞胎要学区", "他舅舅")


@pytest.fixture
def known(hall: Gallery) -> tuple[Gallery, Customer]:  # noqa: F811
    """欧阳慕白 rang, came, was overridden, disputed, registered: words about them everywhere."""
    hall.do(
        calls.record_call,
        "林悦",
        told=CallTold(phone="13812341234", name="欧阳慕白", asked="双胞胎要学区"),
    )
    visit = hall.arrive(name="欧阳慕白", phone="13812341234", note="海归子女陪读")
    hall.do(supervision.override, "郑岚", visit_id=visit.id, to=hall.id("周航"), reason="他舅舅是业主欧阳慕白",
            counts=True, gives_back=True)  # fmt: skip
    needs = NeedsTold(area_min=90, said="双胞胎要学区")
    hall.do(steps.note_needs, "周航", visit_id=visit.id, needs=needs)
    hall.do(steps.do_step, "周航", visit_id=visit.id, which="talk", note="海归子女陪读")
    hall.sign(visit, by="周航", name="欧阳慕白", phone="13812341234", note="双胞胎要学区", why="")
    hall.do(receptions.finish, "周航", visit_id=visit.id, units_wanted=3)
    visit.refresh_from_db()
    hall.do(cases.open_dispute, "林悦", customer_id=visit.customer_id, parties=[hall.id("周航")],
            words="欧阳慕白是我接的电话")  # fmt: skip
    return hall, Customer.objects.get(id=visit.customer_id)


def everything_stored() -> str:
    """Every text and JSON column of every table, as one text."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema ="
            " 'public' and data_type in ('text', 'character varying', 'jsonb', 'ARRAY', 'json')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'select string_agg("{column}"::text, chr(10)) from "{table}"')
            parts.append(f"{table}.{column}: {cursor.fetchone()[0] or ''}")
    return "\n".join(parts)


def erase(hall: Gallery, customer: Customer, **more: Any) -> dict[str, Any]:  # noqa: F811
    told = {"reason": "本人来信要求", "sure": str(customer.number), **more}
    return hall.do(erase_person, "郑岚", customer_id=customer.id, **told)


def test_after_an_erasure_no_word_of_the_person_is_anywhere_and_all_proofs_hold(
    known: tuple[Gallery, Customer],
) -> None:
    hall, customer = known  # noqa: F811
    before = everything_stored()
    assert all(secret in before for secret in SECRETS)
    erase(hall, customer)
    after = everything_stored()
    for secret in SECRETS:
        lines = [line[:80] for line in after.split("\n") if secret in line]
        assert not lines, (secret, lines)
    assert find(hall.site, "13812341234") == []
    assert history.disagreements(GalleryDay.objects.get()) == []
    hall.do(days.close_gallery, "郑岚")
    _, faults = verify(export_lines(hall.site))
    assert faults == []
    assert RegisterEntry.objects.get().strokes  # the receiver's signature stays


def test_an_erasure_is_asked_for_with_reason_and_number(known: tuple[Gallery, Customer]) -> None:
    hall, customer = known  # noqa: F811
    with pytest.raises(Refused, match="请写明依据"):
        erase(hall, customer, reason="")
    with pytest.raises(Refused, match="手工输入客户编号"):
        erase(hall, customer, sure="999")
    visit = hall.arrive(customer_id=customer.id)
    assert hall.receiver(visit)
    with pytest.raises(Refused, match="正在接待中"):
        erase(hall, customer)


def test_a_person_reads_everything_and_each_number_shown_is_logged(
    client: Client, known: tuple[Gallery, Customer]
) -> None:
    hall, customer = known  # noqa: F811
    page = signed_in(client, hall, "郑岚")
    masked = page.get(f"/customers/{customer.id}/privacy/").content.decode()
    assert "13812341234" not in masked
    posted = {"reason": "本人到访", "key": "o"}
    text = page.post(f"/customers/{customer.id}/hand-out/", posted).content.decode()
    for told in ("欧阳慕白", "13812341234", "双胞胎要学区", "海归子女陪读", "第 1 号"):
        assert told in text, told
    assert Reveal.objects.filter(why__startswith="本人查阅").count() == 1
    assert (
        signed_in(client, hall, "林悦").get(f"/customers/{customer.id}/privacy/").status_code == 403
    )


def test_retention_is_previewed_and_only_the_ticked_are_erased(
    client: Client, known: tuple[Gallery, Customer]
) -> None:
    hall, customer = known  # noqa: F811
    Customer.objects.filter(id=customer.id).update(last_seen_at=hall.now.replace(year=2020))
    page = signed_in(client, hall, "郑岚")
    text = page.get("/customers/retention/?months=24").content.decode()
    assert "共 1 位" in text
    assert "138****1234" in text
    posted = {"key": "r", "customer": f"{customer.number}:{customer.id}", "reason": ""}
    page.post("/customers/retention/erase/", posted)
    assert Customer.objects.get(id=customer.id).erased_at is None
    page.post("/customers/retention/erase/", posted | {"reason": "保存两年", "key": "r2"})
    assert Customer.objects.get(id=customer.id).erased_at is not None


@pytest.mark.parametrize(
    "line",
    ["call 13812341234 now", "+86 138 1234 1234", "/find/?q=138-1234-1234", "tel=0571-88776655,"],
)
def test_no_phone_number_reaches_a_log(line: str) -> None:
    assert "[电话]" in scrubbed(line)
    assert "1234" not in scrubbed(line).replace("[电话]", "")
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "posted %s", (line,), None)
    assert "1234" not in NoPhones("{message}", style="{").format(record)


def test_ids_times_and_receipts_stay_readable_in_logs() -> None:
    plain = "2026-11-21 09:30:15 01a20aeb-879b-777e-a45d-577ba98b9c18 K7QF-2M9X seq 13812"
    assert scrubbed(plain) == plain

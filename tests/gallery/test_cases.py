"""Two salespeople over one family: the case file from the call three weeks ago to the ruling (TQ-11)."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.gallery.conftest import ZONE, Gallery
from tests.gallery.test_reception import signed_in
from yingbin.customers.actions import merge
from yingbin.gallery.actions import calls, cases, days, nudges, receptions, steps
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.actions.cases import Correction
from yingbin.gallery.models import Call, Dispute, GalleryDay, TurnEvent, Visit
from yingbin.gallery.queries import casefile, minute
from yingbin.gallery.queries.facts import Fact, in_order
from yingbin.notices.models import Notice


@pytest.mark.clause("TQ-11", "TQ-1")
def test_the_case_file_has_everything_in_order(quarrel: tuple[Gallery, Visit, Dispute]) -> None:
    hall, visit, dispute = quarrel
    facts = casefile.facts(hall.site, dispute.customer_id)
    kinds = [f.kind for f in facts]
    assert kinds.index("call") < kinds.index("visit") < kinds.index("decision")
    assert {"card", "call", "visit", "decision", "register", "receiver", "statement"} <= set(kinds)
    assert [f.at for f in facts] == sorted(f.at for f in facts)
    decision = next(f for f in facts if f.kind == "decision")
    assert decision.receipt == hall.decision(visit).receipt


@pytest.mark.clause("TQ-11", "TQ-2.2", "TQ-6")
def test_what_happened_during_a_visit_stands_in_the_file(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    hall.later(2)
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    hall.later(20)
    told = {"things": ("118 平样板间",), "note": "喜欢东边套", "visit_id": visit.id}
    hall.do(steps.do_step, "林悦", which="flat", **told)
    asked = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="像是同行")
    hall.do(receptions.decide_claim, "郑岚", claim_id=asked, confirm=False, how="是真客户")
    hall.later(10)
    hall.finish(visit)
    visit.refresh_from_db()
    facts = casefile.facts(hall.site, visit.customer_id)
    told_of = [f.title for f in facts if f.kind in {"accepted", "step", "claim", "ended"}]
    assert told_of == [
        "接单，2 分钟后",
        "看样板间、118 平样板间",
        "申报无关来访",
        "经理核实：不属实",
        "接待完毕，历时 32 分钟",
    ]
    Notice.objects.update(seen_at=datetime(2026, 11, 21, 1, 5, tzinfo=UTC))
    notice = next(f for f in casefile.facts(hall.site, visit.customer_id) if f.kind == "notice")
    assert "11-21 09:05 看到" in notice.title, "the hour on the wall, not in UTC"
    kinds = [f.kind for f in facts]
    assert kinds.index("decision") < kinds.index("accepted") < kinds.index("register")


@pytest.mark.clause("TQ-11")
def test_a_receiver_who_did_not_come_was_called_again_says_the_file(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812345678")
    first = hall.receiver(visit)
    hall.later()
    hall.do(nudges.call_again, "苏晴", visit_id=visit.id)
    hall.do(nudges.ask_for_another, "叶小满", visit_id=visit.id)
    visit.refresh_from_db()
    told = [f for f in casefile.facts(hall.site, visit.customer_id) if f.kind == "nudge"]
    assert [(f.title, f.clause, [hall.name(p) for p in f.people]) for f in told] == [
        ("还没接单，再叫一次", "TQ-1.1", [first, "苏晴"]),
        ("没来接单，请经理换人", "TQ-11", [first, "叶小满"]),
    ]


def test_a_case_file_asks_the_same_number_of_questions_however_long_it_is(hall: Gallery) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            casefile.facts(hall.site, customer)
        return len(seen)

    visit = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(visit)
    visit.refresh_from_db()
    customer = visit.customer_id
    few = asked()
    for _ in range(4):
        hall.finish(hall.arrive(phone="13812341234", customer_id=customer))
    assert len([f for f in casefile.facts(hall.site, customer) if f.kind == "visit"]) == 5
    assert asked() == few


@pytest.mark.clause("TQ-11")
def test_a_clock_that_steps_back_swaps_no_fact(hall: Gallery) -> None:
    rang = hall.do(
        calls.record_call, "陈思远", told=CallTold(phone="13812341234", name="张伟", asked="问三房")
    )
    visit = hall.arrive(name="李莉", phone="13812345678")
    hall.now -= timedelta(minutes=10)
    hall.finish(visit)
    hall.now -= timedelta(minutes=10)
    visit.refresh_from_db()
    customer = Call.objects.get(id=rang.call).customer_id
    hall.do(merge, "郑岚", into_id=customer, source_id=visit.customer_id, why="夫妻")
    hall.now -= timedelta(minutes=10)
    hall.do(cases.open_dispute, "陈思远", customer_id=customer, parties=[hall.id("林悦")],
            words="来电在先")  # fmt: skip
    facts = casefile.facts(hall.site, customer)
    told = [f.kind for f in facts if f.kind not in {"card", "matter", "receiver", "ended"}]
    once = list(dict.fromkeys(told))
    assert once == ["call", "visit", "decision", "notice", "register", "merge", "statement"]
    numbered = [f.seq for f in facts if f.seq]
    assert numbered == sorted(numbered)
    by_clock = [f.kind for f in sorted(facts, key=lambda f: (f.at, f.seq or 0))]
    assert by_clock.index("statement") < by_clock.index("visit"), "the clock alone would swap them"


@pytest.mark.clause("TQ-11")
def test_a_paper_row_entered_later_stands_where_it_truly_was(hall: Gallery) -> None:
    at = datetime(2026, 11, 21, 9, tzinfo=ZONE)
    later, early = Fact(at, "call", "", seq=9), Fact(at - timedelta(hours=1), "visit", "")
    lagging = Fact(at - timedelta(hours=2), "decision", "", seq=10)
    assert in_order([lagging, later, early]) == [early, later, lagging]


@pytest.mark.clause("TQ-11")
def test_the_board_at_any_minute_is_the_board_of_then(hall: Gallery) -> None:
    moments = [(hall.now, hall.queue(), 0)]
    for n in range(3):
        hall.later(5)
        hall.arrive(name=f"客户{n}")
        moments.append((hall.now, hall.queue(), n + 1))
    day = GalleryDay.objects.get()
    for at, queue, busy in moments:
        shown = minute.minute(day, at)
        assert [p.name for p in shown.places] == queue
        assert sum(p.status.startswith("接待") for p in shown.places) == busy


@pytest.mark.clause("TQ-11", "TQ-1.1")
def test_another_policy_is_asked_with_the_very_same_board(hall: Gallery) -> None:
    hall.arrive(name="甲")  # 林悦 is busy now
    visit = hall.arrive(name="乙", named="林悦")
    event = TurnEvent.objects.select_related("day").get(visit=visit)
    said = {o.label: o for o in minute.otherwise(event)}
    assisted = said["指名的人忙时末位协助"]
    assert not assisted.same
    assert assisted.decision is not None
    assert assisted.decision.receiver == str(hall.id("陈思远"))
    assert said["自己的老客户不计次"].same


def test_only_the_parties_the_manager_and_the_auditor_see_a_case(
    client: Client, quarrel: tuple[Gallery, Visit, Dispute]
) -> None:
    hall, _, dispute = quarrel
    address = f"/gallery/cases/{dispute.id}/"
    for name, status in {"林悦": 200, "陈思远": 200, "郑岚": 200, "吴敏": 404}.items():
        answer = signed_in(client, hall, name).get(address)
        assert answer.status_code == status, name
        assert "13812341234" not in answer.content.decode()


@pytest.mark.clause("TQ-11")
def test_the_packet_convinces_a_stranger_and_a_changed_word_is_found(
    client: Client, quarrel: tuple[Gallery, Visit, Dispute], tmp_path: Path
) -> None:
    hall, _, dispute = quarrel
    hall.do(cases.rule, "郑岚", dispute_id=dispute.id, for_whom=hall.id("陈思远"), reason="来电在先",
            corrections=[Correction(hall.id("陈思远"), count=1)])  # fmt: skip
    hall.do(days.close_gallery, "郑岚")
    answer = signed_in(client, hall, "郑岚").get(f"/gallery/cases/{dispute.id}/packet/")
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)

    def run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
        asked = [sys.executable, "-I", "-S", str(tmp_path / program), *words]
        return subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)

    checked = run("verify.py", str(tmp_path / "journal.jsonl"))
    assert checked.returncode == 0, checked.stdout
    assert run("check_case.py").returncode == 0
    case = json.loads((tmp_path / "case.json").read_text())
    words = (tmp_path / "case.json").read_text()
    (tmp_path / "case.json").write_text(words.replace("来电在先", "到访在先"))
    assert run("check_case.py").returncode == 1
    moved = next(f for f in case["facts"] if f["receipt"])
    moved["receipt"] = "0000-0000"
    (tmp_path / "case.json").write_text(json.dumps(case))
    assert "回执码" in run("check_case.py").stdout


@pytest.mark.clause("TQ-11")
def test_a_customers_file_needs_no_dispute_and_shows_both_cards_of_a_merge(
    client: Client, hall: Gallery, tmp_path: Path
) -> None:
    rang = hall.do(calls.record_call, "陈思远", told=CallTold(phone="13812341234", name="张伟"))
    visit = hall.arrive(name="李莉", phone="13812345678")
    hall.finish(visit)
    visit.refresh_from_db()
    customer = Call.objects.get(id=rang.call).customer_id
    hall.do(merge, "郑岚", into_id=customer, source_id=visit.customer_id, why="夫妻")
    page = signed_in(client, hall, "郑岚")
    card = page.get(f"/customers/{customer}/").content.decode()
    assert f"/gallery/customer/{customer}/file/" in card
    answer = page.get(f"/gallery/visit/{visit.id}/").content.decode()
    assert f"/gallery/customer/{visit.customer_id}/file/" in answer
    for one in (customer, visit.customer_id):
        text = page.get(f"/gallery/customer/{one}/file/").content.decode()
        assert (
            text.index("来电") < text.index("到访 1") < text.index("登记册第") < text.index("合并")
        )
        assert "13812341234" not in text
    sent = page.get(f"/gallery/customer/{customer}/packet/")
    zipfile.ZipFile(io.BytesIO(sent.content)).extractall(tmp_path)
    for words in (["verify.py", "journal.jsonl"], ["check_case.py"]):
        asked = [sys.executable, "-I", "-S", *words]
        checked = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)
        assert checked.returncode == 0, checked.stdout
    assert "全部经过" in (tmp_path / "case.html").read_text()


@pytest.mark.clause("TQ-11")
def test_a_customers_file_is_for_the_manager_and_the_auditor(hall: Gallery) -> None:
    visit = hall.arrive(name="李莉", phone="13812345678")
    may = {"郑岚": 200, "秦明": 200, "林悦": 403, "苏晴": 403}
    for who, status in may.items():
        page = signed_in(Client(), hall, who)
        for what in ("file", "packet"):
            at = f"/gallery/customer/{visit.customer_id}/{what}/"
            assert page.get(at).status_code == status, (who, what)
        shown = page.get(f"/gallery/visit/{visit.id}/").content.decode()
        assert ("全部经过" in shown) == (status == 200)

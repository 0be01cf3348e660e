"""A packet for a stranger: every fact held against its entry, the page bound to it, forgeries found and located (TQ-11)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.gallery.conftest import Gallery
from tests.gallery.forgeries import FORGERIES, ON_FILES, SIGN_IN, names_exchanged_without_salts
from tests.gallery.packets import Files, a_long_story, at, found, sealed, unpacked
from tests.journal.test_tampering_database import of_before
from yingbin.customers.queries import family
from yingbin.gallery import privacy
from yingbin.gallery.actions import (
    cases,
    days,
    reopening,
    steps,
)
from yingbin.gallery.actions.steps import NeedsTold
from yingbin.gallery.actions.succession import succeed
from yingbin.gallery.models import Dispute, Visit
from yingbin.gallery.offline.packet import as_text
from yingbin.journal.action import Acting
from yingbin.journal.verify import read
from yingbin.journal.write import Pen, write


@pytest.fixture
def files(hall: Gallery, story: Dispute) -> Files:
    return unpacked(hall, story)


@pytest.mark.clause("TQ-11")
def test_every_forged_fact_is_found_where_it_stands_though_the_house_sealed_it_anew(
    files: Files,
) -> None:
    assert found(files) == []
    assert found(sealed(dict(files))) == [], "sealing anew what is true finds nothing"
    entries = read(files["journal.jsonl"].decode().splitlines()).entries
    for name, forge in FORGERIES.items():
        case = json.loads(files["case.json"])
        case["sign_in"] = entries[SIGN_IN - 1][1]["receipt"]
        place = forge(case["facts"], case)
        del case["sign_in"]
        forged = files | {"case.json": as_text(case).encode()}
        assert forged != files, name
        told = [w for w in found(sealed(forged)) if w.file == "case.json"]
        assert told, name
        assert place is None or place + 1 in {w.fact for w in told}, (name, [str(w) for w in told])
    assert len(FORGERIES) >= 70


@pytest.mark.clause("TQ-11")
def test_every_file_of_a_packet_is_bound_to_it(files: Files) -> None:
    for forge, where in ON_FILES.items():
        forged = dict(files)
        forge(forged)
        assert where in {w.file for w in found(forged)}, forge.__name__


@pytest.mark.clause("TQ-11")
def test_exchanged_names_without_salts_pass_but_the_page_says_that_no_name_is_proven(
    files: Files,
) -> None:
    """The one exchange that the house can seal: names nobody committed to. The page says so itself."""
    before = files["case.html"].decode()
    names_exchanged_without_salts(files)
    assert found(files) == []
    page = files["case.html"].decode()
    assert "与记录链的存证相符" in before
    assert "与记录链的存证相符" not in page
    assert page.count("姓名未能核验") == len(json.loads(files["names.json"])["people"])


@pytest.mark.clause("TQ-11")
def test_what_cannot_be_proven_is_marked_on_the_page_and_listed_by_the_checker(
    files: Files, tmp_path: Path
) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    asked = [sys.executable, "-I", "-S", "check_case.py"]
    ran = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    facts = json.loads(files["case.json"])["facts"]
    noted = at(facts, "visit", 1) + 1
    assert f"未能核验 第{noted}项" not in ran.stdout
    page = files["case.html"].decode()
    assert "穿红衣" in page
    assert "这段文字" not in page
    assert "通知的内容、收件人和是否看到：未能核验" in page
    assert "称呼和电话未能核验" in page


@pytest.mark.clause("TQ-11")
def test_words_of_before_they_were_committed_to_are_marked(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yingbin.gallery.actions.events.came_form", of_before)
    story = a_long_story(hall)
    Visit.objects.update(salt="")
    files = unpacked(hall, story)
    assert found(files) == []
    page = files["case.html"].decode()
    assert page.index("穿红衣") < page.index("这段文字：未能核验")


def words_erased(who: Acting, *, ids: list[UUID]) -> dict[str, Any]:
    """What an erasure does to the words of a customer, in a write of its own."""

    def work(pen: Pen) -> dict[str, Any]:
        return dict(privacy.erase(pen=pen, customer_ids=ids))

    return write(
        site_id=who.site_id,
        key=who.key,
        verb="erase",
        by=str(who.by),
        at=who.at,
        payload={},
        work=work,
    )


@pytest.mark.clause("TQ-11")
def test_a_customer_handed_over_has_a_packet_that_says_why_and_erased_words_pass_as_erased(
    hall: Gallery, story: Dispute
) -> None:
    hall.do(succeed, "郑岚", leaver=hall.id("陈思远"), to=[hall.id("吴敏")], reason="10 月底离职")
    files = unpacked(hall, story)
    assert found(files) == []
    facts = json.loads(files["case.json"])["facts"]
    handed = [f for f in facts if f["kind"] == "receiver"][-1]
    assert handed["detail"] == "10 月底离职"
    hall.do(words_erased, "郑岚", ids=family(hall.site, story.customer_id))
    files = unpacked(hall, story)
    assert found(files) == []
    page = files["case.html"].decode()
    assert "穿红衣" not in page
    assert "原话（已删除）：未能核验" in page


@pytest.mark.clause("TQ-11")
def test_needs_told_before_anybody_knew_the_customer_stand_in_the_file(hall: Gallery) -> None:
    from yingbin.gallery.queries import casefile

    visit = hall.arrive()
    told = NeedsTold(rooms="3")
    hall.do(steps.note_needs, hall.receiver(visit), visit_id=visit.id, needs=told)
    hall.finish(visit)
    customer = Visit.objects.get(id=visit.id).customer_id
    assert customer is not None
    assert "needs" in {f.kind for f in casefile.facts(hall.site, customer)}


def test_the_checker_says_the_same_words_as_the_screens() -> None:
    from yingbin.gallery.models import AgencyRegistration, Step
    from yingbin.gallery.models import RegisterEntry as Row
    from yingbin.gallery.models.register import FloorWish, Purpose, Rooms
    from yingbin.gallery.offline import words

    pairs: list[tuple[Any, dict[str, str]]] = [
        (Step.Which, words.STEPS),
        (Row.Hand, words.HANDS),
        (Row.Signed, words.SIGNED),
        (AgencyRegistration.Standing, words.STANDINGS),
        (Rooms, words.ROOMS),
        (FloorWish, words.FLOORS),
        (Purpose, words.PURPOSES),
    ]
    for choices, told in pairs:
        assert dict(choices.choices) == told


@pytest.mark.clause("TQ-11")
def test_a_day_that_was_opened_again_is_one_day_in_a_packet(hall: Gallery) -> None:
    before = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(before)
    hall.do(days.close_gallery, "郑岚")
    hall.do(reopening.reopen_gallery, "郑岚", reason="还有客户要来", gone=[])
    again = hall.arrive(
        name="张伟", phone="13812341234", customer_id=Visit.objects.get(id=before.id).customer_id
    )
    hall.finish(again)
    opened = hall.do(cases.open_dispute, "陈思远", customer_id=Visit.objects.get(id=before.id).customer_id,
                     parties=[hall.id("林悦")], words="来电在先")  # fmt: skip
    files = unpacked(hall, Dispute.objects.get(id=opened.dispute))
    assert found(files) == []
    assert len([f for f in json.loads(files["case.json"])["facts"] if f["kind"] == "visit"]) == 2

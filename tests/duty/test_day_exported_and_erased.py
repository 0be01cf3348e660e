"""A day with everything in it as a file that others replay; and whose words go when a customer asks (TQ-11)."""

import argparse
import json
import re
from datetime import date

import pytest
from django.apps import apps
from django.db import models

from tests.force import unguarded
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.duty import cli
from yingbin.duty.export import contract_day, disagreements
from yingbin.duty.models import DutyAlert, DutyEvent, HandoverNote, LineDetail, ShowVisit
from yingbin.journal import verify
from yingbin.journal.export import export_lines
from yingbin.matters.models import Matter
from yingbin.rules.duty.replay import replay

from .flat import Flat
from .full import damage, findings

DAY = date(2026, 11, 23)
DECIDED = ("accepted", "refused")
Log = list[dict[str, object]]


def asked(day: Flat, on: date | None = DAY, site: str = "") -> argparse.Namespace:
    return argparse.Namespace(site=site or day.place.code, date=on)


def decided(text: str) -> Log:
    """What the command's own function decides of a file."""
    log = replay(json.loads(text))["log"]
    assert isinstance(log, list)
    return log


def exported(day: Flat, capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.export(asked(day)) == 0
    return capsys.readouterr().out


@pytest.mark.clause("SF-4.3.7")
def test_the_exported_day_replays_to_the_same_decisions(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    log = decided(exported(day, capsys))
    stored = DutyEvent.objects.filter(log=day.log).order_by("index")
    answers = [e["what"] for e in log if e["what"] in DECIDED]
    assert answers == ["accepted" if e.accepted else "refused" for e in stored]
    assert "refused" in answers


def test_and_to_the_same_alerts_in_the_same_order(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    log = decided(exported(day, capsys))
    names = {str(who): name for name, who in day.people.items()}
    stored = DutyAlert.objects.filter(log=day.log).order_by("index")
    again = [(e["what"], e["to"]) for e in log if e["what"] not in DECIDED]
    assert again == [(a.what, names.get(a.to, a.to)) for a in stored]
    assert len(again) > 10


def test_a_file_is_read_by_people_so_it_holds_names_and_no_ids(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    text = exported(day, capsys)
    own = json.loads(text)
    assert {p["who"] for p in own["people"]} == set(day.people)
    assert [p["post"] for p in own["posts"]] == ["样板间A"]
    assert "lists" not in own
    for who in day.people.values():
        assert str(who) not in text


@pytest.mark.parametrize("secret", ["王建国", "13812341234", "李女士", "带孩子", "发烧", "漏水"])
def test_no_customer_and_no_illness_leaves_the_house_in_a_file(
    day: Flat, capsys: pytest.CaptureFixture[str], secret: str
) -> None:
    assert secret not in exported(day, capsys)


def test_a_file_says_the_same_twice(day: Flat, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(day, capsys) == exported(day, capsys)


def test_an_event_left_out_of_the_file_decides_otherwise(day: Flat) -> None:
    """The control: the replay does look at the events."""
    file = json.loads(json.dumps(contract_day(day.log)))
    whole = len(decided(json.dumps(file)))
    came = next(e for e in file["events"] if e["event"] == "sign_on")
    file["events"].remove(came)
    assert len(decided(json.dumps(file))) != whole


@pytest.mark.parametrize(
    ("site", "on", "said"),
    [("", date(2026, 11, 22), "没有找到"), ("nowhere", DAY, "没有找到 nowhere")],
)
def test_what_was_never_written_is_not_exported(
    day: Flat, capsys: pytest.CaptureFixture[str], site: str, on: date, said: str
) -> None:
    assert cli.export(asked(day, on, site)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_the_check_of_a_good_day_says_how_many_days_it_looked_at(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.check(asked(day, None)) == 0
    assert capsys.readouterr().out == "核对 1 天，不一致 0 处\n"
    assert cli.check(asked(day, None, "nowhere")) == 2
    assert "没有代号为 nowhere 的项目" in capsys.readouterr().err


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update duty_dutyevent set accepted = true where not accepted", "存的是准许，重放是不准"),
        ("update duty_dutyalert set because = '没事' where index = 4", "第 4 条提醒起"),
        ("delete from duty_dutyalert where index = 17", "第 17 条提醒起"),
        ("update duty_dutylog set standing = '{}'", "存的当前情况"),
        ("update duty_dutylog set trouble = '[1]'", "存的异常"),
        ("update duty_dutylog set next_at = began_at", "记的下一次到时间"),
    ],
)
def test_the_check_of_a_forged_day_says_what_is_wrong_and_fails(
    day: Flat, capsys: pytest.CaptureFixture[str], sql: str, said: str
) -> None:
    unguarded(sql)
    assert cli.check(asked(day)) == 1
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("2026-11-23: ")
    assert said in first


# Erasing


def wang(day: Flat) -> Customer:
    visit = ShowVisit.objects.get(site_id=day.site, number=1, customer_id__isnull=False)
    return Customer.objects.get(id=visit.customer_id)


def erase(day: Flat, card: Customer) -> None:
    told = {"customer_id": card.id, "reason": "本人来信", "sure": str(card.number)}
    day.do(erase_person, "许", **told)


def test_a_visitor_who_asks_leaves_numbers_and_no_words(day: Flat) -> None:
    erase(day, wang(day))
    visit = ShowVisit.objects.get(site_id=day.site, number=1)
    assert (visit.called, visit.phone, visit.note, visit.salt) == ("", "", "", "")
    assert (visit.group_size, visit.left_at is None) == (2, False)
    assert ShowVisit.objects.get(site_id=day.site, number=2).note == "只看看"
    assert findings(day) == []


def test_words_put_back_after_an_erasure_are_found(day: Flat) -> None:
    erase(day, wang(day))
    ShowVisit.objects.filter(site_id=day.site, number=1).update(note="带孩子")
    assert [f for f in findings(day) if "备注已按客户要求删除过，却又有了" in f]


def test_who_was_there_when_the_vase_broke_goes_with_the_customer_it_is_about(day: Flat) -> None:
    card = wang(day)
    Matter.objects.filter(id=damage(day)).update(customer_id=card.id)
    erase(day, card)
    kept = LineDetail.objects.get(matter=damage(day))
    assert (kept.present, kept.salt) == ("", "")
    assert (kept.value, kept.cause) == (1800, "child")
    assert [f for f in findings(day) if "在场的人" in f] == []


def test_what_colleagues_wrote_to_one_another_stays(day: Flat) -> None:
    erase(day, wang(day))
    assert HandoverNote.objects.get(log=day.log).words == "备用钥匙在抽屉"
    assert list(disagreements(day.log)) == []


# Every column of the wing that holds words somebody typed, and what becomes of them.
BY_CUSTOMER = "emptied with the customer they are about"
OWN = "words about the house or colleagues, never asked for of a customer"
FIXED = "names the program itself gives"
TYPED = {
    "Asset.name": OWN, "Asset.place": OWN, "Asset.notes": OWN, "Asset.supplier": OWN,
    "Asset.contact": OWN, "Asset.mark": FIXED,
    "CheckAnswer.choice": OWN, "CheckAnswer.item": FIXED, "CheckAnswer.result": FIXED,
    "CheckAnswer.task": FIXED, "CheckDraft.kind": FIXED, "CheckList.kind": FIXED,
    "CheckReturn.item": FIXED, "CheckReturn.task": FIXED, "CheckReturn.word": OWN,
    "DutyAlert.because": FIXED, "DutyAlert.clause": FIXED, "DutyAlert.to": FIXED, "DutyAlert.what": FIXED,
    "DutyEvent.event": FIXED, "EmergencyProcedure.type": OWN, "EmergencyProcedure.why": OWN,
    "FaultReport.reason": OWN, "FaultReport.state": FIXED, "FaultReport.words": OWN,
    "FlatFacts.advantages": OWN, "FlatFacts.area": OWN, "FlatFacts.layout": OWN,
    "FlatFacts.structure": OWN, "Handover.facilities": FIXED, "HandoverNote.what": FIXED,
    "HandoverNote.words": OWN, "HandoverSignature.side": FIXED, "HandoverSignature.signed": FIXED,
    "Incident.kind": FIXED, "Incident.type": OWN, "IncidentCopy.form": FIXED,
    "IncidentCopy.sha256": FIXED, "IncidentCopy.why": OWN, "IncidentNote.role": FIXED,
    "IncidentNote.what": FIXED, "LineDetail.cause": FIXED, "LineDetail.present": BY_CUSTOMER,
    "LineDetail.supplier": OWN, "MatchConfirmation.word": OWN, "MatchSettlement.word": BY_CUSTOMER,
    "PostRule.kind": FIXED, "ShiftKind.mark": OWN, "ShiftKind.title": OWN, "ShiftSwap.status": FIXED,
    "ShowVisit.called": BY_CUSTOMER, "ShowVisit.note": BY_CUSTOMER, "ShowVisit.phone": BY_CUSTOMER,
    "ShowVisit.source": FIXED, "ShowVisit.wording": FIXED, "VisitReferral.because": FIXED,
    "VisitReferral.state": FIXED, "VisitSheet.digest": FIXED, "VisitSheet.receipt": FIXED,
    "VisitSheet.signed": FIXED, "VisitSheetCopy.form": FIXED, "VisitSheetCopy.sha256": FIXED,
    "VisitSheetCopy.why": OWN,
}  # fmt: skip


def test_every_column_of_words_has_been_thought_about() -> None:
    """A new one stands here with what becomes of its words, or this test names it."""
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("duty").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField) and field.name != "salt"
    }
    assert found == set(TYPED)


def test_whatever_is_emptied_for_a_customer_was_committed_to_with_a_salt() -> None:
    """Without one the journal couldn't hold words that may go again."""
    for name in (one for one, fate in TYPED.items() if fate == BY_CUSTOMER):
        model = apps.get_model("duty", name.split(".")[0])
        assert any(f.name == "salt" for f in model._meta.get_fields()), name


def test_no_id_of_a_row_is_read_by_people_in_what_the_check_says(day: Flat) -> None:
    unguarded("update duty_checkreturn set word = '很好'")
    unguarded("update duty_postrule set minimum = 3")
    unguarded("update duty_incidentnote set at = at - interval '1 hour'")
    found = findings(day)
    assert len(found) >= 3
    assert [f for f in found if re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", f)] == []


def test_the_one_file_verifier_finds_a_true_day_whole(day: Flat) -> None:
    lines = list(export_lines(day.site))
    assert verify.verify(lines)[1] == []
    assert any('"duty.visit"' in line for line in lines)
